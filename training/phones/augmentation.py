"""Synthetic sentences → what microphones make of people: rooms, noise, music, telephones, whispers, children, singers.

Nothing mattered more for real recordings than this, after voices that were made from recordings. Each batch is a pure
function of the corpus, the seed and its number.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from phonoscope.speech.hearing.features import (
    BAND_SHARE,
    BANDS,
    DEPTH,
    FFT,
    FLOOR,
    HOP,
    LOUDEST,
    RATE_HZ,
    SPREAD,
    WINDOW,
    hz_to_mel,
    mel_bank,
)
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE
from training.phones.labels import SAMPLES, load
from training.phones.music import noises

CROP_S = 3.2
BATCH = 24
VIEWS = 2
"""Pictures taken of each batch of sound, each with its own vocal tract, rhythm and gaps: sound is dear, views cheap."""

WEIGHTS = {
    "espeak": 1.7, "flite-rms": 1.1, "flite-awb": 1.1, "flite-slt": 1.0, "flite-kal16": 0.8, "festival": 0.36,
    "monotone": 0.25,
}  # fmt: skip
"""How often each source is drawn, by the beginning of its name; festival's are thirteen, and more of
espeak-ng did worse."""

NO_SPEECH_SHARE = 0.04
SONG_SHARE = 0.10
"""Crops without a voice, and crops that are sung; half of the sung ones are monotone to begin with."""

LONGEST_STEP = 5
"""Semitones between a song's highest note and its middle."""

VIBRATO = 0.015
"""Largest depth of a singer's vibrato, as a factor on pitch."""

WARPS = np.exp(np.linspace(-0.22, 0.22, 17))
"""Vocal tract lengths, as factors on frequency."""

LARGEST_RESAMPLING = 0.2
"""Natural logarithm of the largest change of pitch, pace and formants together."""

VOWELS = tuple(CLASSES.index(name) for name in "i I e E ae a A O o u U V @ er y oe".split())
N_FFT = 65_536


@dataclass(frozen=True, slots=True)
class Batch:
    """Normalised frames, float32 (n, time, BANDS), and their classes, int64 (n, time)."""

    frames: Tensor
    classes: Tensor


class Augmenter:
    """Draws batches from a corpus."""

    def __init__(self, corpus: Path, seed: int) -> None:
        self._seed = seed
        self._sources = []
        self._monotone = []
        weights = []
        for path in sorted(corpus.glob("*.labels.npy")):
            name = path.name.removesuffix(".labels.npy")
            if name == "music":
                self._music = load(corpus / name).samples
                continue
            if name.startswith("monotone"):
                self._monotone.append(load(corpus / name))
            self._sources.append(load(corpus / name))
            weights.append(next(weight for key, weight in WEIGHTS.items() if name.startswith(key)))
        self._shares = np.array(weights) / sum(weights)
        self._banks = torch.from_numpy(np.stack([mel_bank(warp) for warp in WARPS]))
        self._window = torch.hann_window(WINDOW)

    def batches(self, number: int) -> list[Batch]:
        """Return the views of batch `number`."""
        r = np.random.default_rng([self._seed, number])
        torch.manual_seed(int(r.integers(2**31)))
        sound, classes, sung = self._speech(r)
        sound = _recorded(sound, sung, r, self._music)
        power = self._power(sound)
        return [_view(power, classes.clone(), self._banks, r) for _ in range(VIEWS)]

    def _speech(self, r: np.random.Generator) -> tuple[Tensor, Tensor, NDArray[np.bool_]]:
        """Return crops with pauses let in, shape (BATCH, samples), their classes, and which of them are sung."""
        n = int(CROP_S * RATE_HZ)
        sound = np.zeros((BATCH, n), np.float32)
        classes = np.full((BATCH, n // HOP), SILENCE, np.int64)
        sung = r.random(BATCH) < SONG_SHARE
        for b in range(BATCH):
            if r.random() < NO_SPEECH_SHARE:
                sound[b] = self._no_speech(n, r)
                continue
            sound[b], classes[b] = self._crop(n, bool(sung[b]), r)
            if r.random() < 0.25:
                frames = int(r.uniform(0.1, 0.8) * n / HOP / 4)
                at = int(r.integers(0, n // HOP - frames))
                sound[b, at * HOP : (at + frames) * HOP] = noises(frames * HOP, float(sound[b].std()), r)
                classes[b, at : at + frames] = SILENCE
            # People vary in loudness far more than synthesisers.
            contour = np.interp(np.arange(n), np.linspace(0, n, 8), r.normal(0, r.uniform(0, 0.4), 8))
            sound[b] *= np.exp(contour)
        return torch.from_numpy(sound), torch.from_numpy(classes), sung

    def _crop(self, n: int, sung: bool, r: np.random.Generator) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return a crop of a random voice, resampled, and its classes every 10 ms."""
        if sung and r.random() < 0.5:
            source = self._monotone[r.integers(len(self._monotone))]
        else:
            source = self._sources[r.choice(len(self._sources), p=self._shares)]
        pace = np.full(n, math.exp(r.uniform(-LARGEST_RESAMPLING, LARGEST_RESAMPLING)))
        if sung:
            pace *= _melody(n, r)
        where = np.cumsum(pace) - pace[0]
        length = int(where[-1]) + 3
        first = int(r.integers(0, len(source.labels) - length // SAMPLES - 2))
        piece = source.samples[first * SAMPLES : first * SAMPLES + length].astype(np.float32) / 32768
        sound = np.interp(where, np.arange(len(piece)), piece).astype(np.float32)
        at = where[HOP // 2 :: HOP] / SAMPLES
        return sound, source.labels[np.minimum(first + at.astype(int), len(source.labels) - 1)].astype(np.int64)

    def _no_speech(self, n: int, r: np.random.Generator) -> NDArray[np.float32]:
        """Return music or a room's noises."""
        if r.random() < 0.5:
            return self._some_music(n, r)
        return noises(n, 0.1, r) + r.normal(0, 10 ** r.uniform(-5, -2), n).astype(np.float32)

    def _some_music(self, n: int, r: np.random.Generator) -> NDArray[np.float32]:
        at = int(r.integers(0, len(self._music) - n))
        return self._music[at : at + n].astype(np.float32) / 32768

    def _power(self, sound: Tensor) -> Tensor:
        """Return power spectra, shape (BATCH, FFT // 2 + 1, time), as `features.LogMels` sees them."""
        padded = F.pad(sound, (WINDOW // 2 - HOP // 2, WINDOW // 2))
        spectrum = torch.fft.rfft(padded.unfold(1, WINDOW, HOP) * self._window, FFT)
        return (spectrum.real**2 + spectrum.imag**2).transpose(1, 2)


def _melody(n: int, r: np.random.Generator) -> NDArray[np.float64]:
    """Return factors on pitch, shape (n,): notes of a fifth to one second, with a vibrato."""
    notes = r.uniform(-LONGEST_STEP, LONGEST_STEP, math.ceil(n / (0.2 * RATE_HZ)))
    bounds = np.cumsum(r.uniform(0.2, 1.0, len(notes))) * RATE_HZ
    at = np.arange(n)
    vibrato = r.uniform(0, VIBRATO) * np.sin(2 * np.pi * r.uniform(4.5, 6.5) * at / RATE_HZ)
    return np.asarray(2 ** (notes[np.searchsorted(bounds, at)] / 12) * (1 + vibrato))


def _recorded(sound: Tensor, sung: NDArray[np.bool_], r: np.random.Generator, music: NDArray[np.int16]) -> Tensor:
    """Send sound through rooms, noise and microphones; songs are often sung to music as loud as they are."""
    batch, n = sound.shape
    response = torch.from_numpy(np.stack([_response(r) for _ in range(batch)]))
    heard = torch.fft.irfft(torch.fft.rfft(sound, N_FFT) * response, N_FFT)[:, :n]
    level = heard.pow(2).mean(1, keepdim=True).sqrt() + 1e-5
    heard = heard + _noise(batch, n, r) * level
    babble = sound.roll(1, 0) + sound.roll(2, 0) + sound.roll(3, 0)
    heard = heard + babble / (babble.std(1, keepdim=True) + 1e-5) * level * _amounts(batch, 0.2, (8, 20), r)
    for b in range(batch):
        if r.random() < (0.6 if sung[b] else 0.12):
            at = int(r.integers(0, len(music) - n))
            tune = torch.from_numpy(music[at : at + n].astype(np.float32))
            below_db = r.uniform(-3, 15) if sung[b] else r.uniform(0, 22)
            heard[b] += tune / (tune.std() + 1e-3) * level[b] * 10 ** (-below_db / 20)
        if r.random() < 0.05:
            limit = float(heard[b].abs().max()) * r.uniform(0.2, 0.7)
            heard[b] = heard[b].clamp(-limit, limit)
        if r.random() < 0.05:
            heard[b] = _mu_law(heard[b], int(r.choice([12, 24, 64])))
    # The recording's own level: the hiss of `FLOOR` does not scale with it.
    return heard * torch.from_numpy(np.exp(r.normal(-0.5, 0.9, (batch, 1))).astype(np.float32))


def _response(r: np.random.Generator) -> NDArray[np.complex64]:
    """Return the frequency response of a microphone in a room, shape (N_FFT // 2 + 1,)."""
    hz = np.arange(N_FFT // 2 + 1) * RATE_HZ / N_FFT
    knots = np.linspace(0, float(hz_to_mel(8000)), 9)
    curve = np.interp(hz_to_mel(hz), knots, r.normal(0, r.uniform(0, 0.7), 9))
    curve += r.uniform(-0.35, 0.35) * np.log2(np.maximum(hz, 100) / 1000)
    gain = np.exp(curve)
    if r.random() < 0.25:
        highest, lowest = r.choice([3400, 3800, 5000, 6500]), r.choice([20, 100, 300])
        gain = gain / (1 + (hz / highest) ** 24) / (1 + (lowest / np.maximum(hz, 1)) ** 8)
    elif r.random() < 0.5:
        gain = gain / (1 + (r.uniform(30, 150) / np.maximum(hz, 1)) ** 4)
    response = gain.astype(np.complex64)
    if r.random() < 0.55:
        reverberation_s = math.exp(r.uniform(math.log(0.08), math.log(0.5)))
        length = min(4000, int(reverberation_s * RATE_HZ))
        echo = r.normal(0, 1, length) * np.exp(-6.9 * np.arange(length) / (reverberation_s * RATE_HZ))
        echo *= 10 ** (r.uniform(-25, -3) / 20) / np.sqrt((echo**2).sum())
        echo[0] = 1
        response = response * torch.fft.rfft(torch.from_numpy(echo.astype(np.float32)), N_FFT).numpy()
    return response


def _noise(batch: int, n: int, r: np.random.Generator) -> Tensor:
    """Return coloured noise of 15 to 50 dB below speech, in three of ten 2 to 15 dB."""
    spectrum = torch.fft.rfft(torch.randn(batch, n))
    tilt = torch.tensor(r.uniform(0, 1.4, batch), dtype=torch.float32)[:, None]
    bins = torch.arange(spectrum.shape[1]).float().clamp(min=20)
    noise = torch.fft.irfft(spectrum * (bins[None] / 200) ** -tilt, n)
    below_db = np.where(r.random(batch) < 0.3, r.uniform(2, 15, batch), r.uniform(15, 50, batch))
    gain = torch.tensor(10 ** (-below_db / 20), dtype=torch.float32)[:, None]
    return noise / (noise.std(1, keepdim=True) + 1e-6) * gain


def _amounts(batch: int, share: float, below_db: tuple[float, float], r: np.random.Generator) -> Tensor:
    """Return factors, shape (batch, 1): 0 for most, for a share of them a random number of decibels below 1."""
    amounts = np.where(r.random(batch) < share, 10 ** (-r.uniform(*below_db, batch) / 20), 0)
    return torch.tensor(amounts, dtype=torch.float32)[:, None]


def _mu_law(sound: Tensor, levels: int) -> Tensor:
    """Quantise as ITU-T G.711 does, coarsely."""
    peak = sound.abs().max() + 1e-6
    packed = torch.sign(sound) * torch.log1p(255 * sound.abs() / peak) / math.log(256)
    packed = torch.round(packed * levels) / levels
    return torch.sign(packed) * (torch.exp(packed.abs() * math.log(256)) - 1) / 255 * peak


def _view(power: Tensor, classes: Tensor, banks: Tensor, r: np.random.Generator) -> Batch:
    """Return one picture of a batch of power spectra."""
    bank = banks[torch.from_numpy(r.integers(0, len(banks), len(power)))]
    mels = torch.log(torch.bmm(bank, power) + FLOOR)
    for b in range(len(mels)):
        if r.random() < 0.07:
            mels[b] = _whispered(mels[b], r)
        if r.random() < 0.6:
            mels[b], classes[b] = _hurried(mels[b], classes[b], r)
        if r.random() < 0.35:
            mels[b] = _slurred(mels[b], r)
    frames = torch.stack([_normalised(mels[b], r) for b in range(len(mels))])
    for b in range(len(frames)):
        if r.random() < 0.3:
            width = int(r.integers(1, 9))
            at = int(r.integers(0, BANDS - width))
            frames[b, at : at + width] = frames[b].mean()
        if r.random() < 0.25:
            width = int(r.integers(1, 8))
            at = int(r.integers(0, frames.shape[2] - width))
            frames[b, :, at : at + width] = frames[b].mean()
    return Batch(frames.transpose(1, 2).contiguous(), classes)


def _whispered(mels: Tensor, r: np.random.Generator) -> Tensor:
    """Take the voice out: harmonics blurred, low bands weak, noise in its place."""
    blurred = _blur(mels.T[:, None], float(r.uniform(1.0, 2.0)))[:, 0].T
    hz = torch.linspace(0, float(hz_to_mel(7600)), BANDS)
    hz = 700 * (10 ** (hz / 2595) - 1)
    weak = float(r.uniform(1, 4)) * torch.exp(-hz / 500)
    shape = torch.linspace(2, 8, BANDS)[:, None].expand_as(mels)
    grain = torch.log(torch._standard_gamma(shape) / shape)
    return blurred - weak[:, None] + grain


def _hurried(mels: Tensor, classes: Tensor, r: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Change the pace within a crop: syllables squeezed to half or stretched, sometimes vowels held as in a song."""
    time = mels.shape[1]
    pace = np.interp(np.arange(time), np.linspace(0, time, 10), np.exp(r.normal(0, 0.35, 10)))
    if r.random() < 0.08:
        held = np.isin(classes.numpy(), VOWELS)
        pace = np.where(held, pace * r.uniform(0.12, 0.5), pace)
    at = np.cumsum(pace) - pace[0]
    if at[-1] > time - 1:
        at = at * ((time - 1) / at[-1])
    where = torch.from_numpy(at.astype(np.float32))
    low = where.long().clamp(max=time - 2)
    share = where - low
    mixed = mels[:, low] * (1 - share) + mels[:, low + 1] * share
    return mixed, classes[where.round().long().clamp(max=time - 1)]


def _slurred(mels: Tensor, r: np.random.Generator) -> Tensor:
    """Blur over time: sloppy articulation."""
    return _blur(mels[:, None], float(r.uniform(0.5, 1.8)))[:, 0]


def _blur(rows: Tensor, sigma: float) -> Tensor:
    """Blur the last axis of rows, shape (n, 1, length), with a Gaussian."""
    kernel = torch.exp(-0.5 * (torch.arange(-4, 5).float() / sigma) ** 2)
    return F.conv1d(F.pad(rows, (4, 4), mode="replicate"), (kernel / kernel.sum())[None, None])


def _normalised(mels: Tensor, r: np.random.Generator) -> Tensor:
    """Do what `features.level` does, measured on all frames or, as a live voice is, on some."""
    around = mels
    if r.random() < 0.4:
        length = int(r.uniform(0.15, 1) * mels.shape[1])
        at = int(r.integers(0, mels.shape[1] - length + 1))
        around = mels[:, at : at + length]
    top = torch.quantile(around.flatten(), LOUDEST)
    levels = (around - top).clamp(min=-DEPTH)
    loudness = levels.mean(0)
    colour = levels[:, loudness >= loudness.median()].mean(1)
    offset = BAND_SHARE * colour + (1 - BAND_SHARE) * colour.mean()
    return ((mels - top).clamp(min=-DEPTH) - offset[:, None]) / SPREAD
