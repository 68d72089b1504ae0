"""What happens to voices on their way to a listener, and voices unlike those in the recordings; always the same."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_toeplitz
from scipy.signal import butter, fftconvolve, lfilter, resample_poly, sosfilt

from phonoscope.core.sound import Sound

Samples = NDArray[np.float64]

SEED = 1891
NOISE_DB, MUSIC_DB, QUIET_DB = 10.0, 5.0, -50.0
"""Speech over noise, speech over music, and a whole recording's level."""

CLIPPED_SHARE = 0.3
"""Share of the peak at which clipped sound is cut off."""

TELEPHONE_HZ, TELEPHONE_BAND_HZ = 8000, (300.0, 3400.0)
ROOM_DECAY_S, ROOM_DB = 0.5, 3.0
"""Time in which a room's echoes fall by 60 dB, and the direct sound over them."""

CHILD_RATIO = (4, 3)
"""Pitch and formants of a child against an adult's: 5 semitones."""

CHORDS = ((57, 60, 64, 69), (53, 57, 60, 65), (48, 55, 60, 64), (55, 59, 62, 67))
"""MIDI notes of a song's four chords, 1.5 s each."""

CHORD_S = 1.5
STRETCH_WINDOW_S, STRETCH_SEARCH_S = 0.03, 0.008
WHISPER_WINDOW_S, WHISPER_ORDER_PER_KHZ = 0.025, 1.1


def telephone(sound: Sound) -> Sound:
    """Return what an old telephone line leaves: 8 kHz, a narrow band, 8 bits on a logarithmic scale (ITU-T G.711)."""
    samples = _resampled(_mono(sound), sound.rate_hz, TELEPHONE_HZ)
    narrow = sosfilt(butter(3, TELEPHONE_BAND_HZ, "bandpass", fs=TELEPHONE_HZ, output="sos"), samples)
    level = narrow / max(float(np.abs(narrow).max()), 1e-9)
    squeezed = np.round(np.sign(level) * np.log1p(255 * np.abs(level)) / np.log(256) * 127) / 127
    return _sound(np.sign(squeezed) * (256 ** np.abs(squeezed) - 1) / 255, TELEPHONE_HZ)


def clipped(sound: Sound) -> Sound:
    """Return sound recorded far too loud."""
    samples = _mono(sound)
    limit = CLIPPED_SHARE * float(np.abs(samples).max())
    return _sound(np.clip(samples, -limit, limit) / max(limit, 1e-9), sound.rate_hz)


def noisy(sound: Sound) -> Sound:
    """Return speech in white noise."""
    samples = _mono(sound)
    return _mixed(samples, np.random.default_rng(SEED).standard_normal(len(samples)), NOISE_DB, sound.rate_hz)


def over_music(sound: Sound) -> Sound:
    """Return speech over plucked chords with a bass."""
    samples = _mono(sound)
    return _mixed(samples, chords(len(samples), sound.rate_hz), MUSIC_DB, sound.rate_hz)


def in_a_hall(sound: Sound) -> Sound:
    """Return sound as heard across a bare room."""
    samples = _mono(sound)
    times_s = np.arange(round(ROOM_DECAY_S * sound.rate_hz)) / sound.rate_hz
    echoes = np.random.default_rng(SEED).standard_normal(len(times_s)) * 10 ** (-3 * times_s / ROOM_DECAY_S)
    echoes[: round(0.005 * sound.rate_hz)] = 0
    echoes *= 10 ** (-ROOM_DB / 20) / float(np.sqrt((echoes**2).sum()))
    return _sound(samples + fftconvolve(samples, echoes)[: len(samples)], sound.rate_hz)


def child_like(sound: Sound) -> Sound:
    """Return a voice with pitch and formants of a child, at its own pace."""
    samples = _mono(sound)
    up, down = CHILD_RATIO
    slow = _stretched(samples, up / down, sound.rate_hz)
    high = resample_poly(slow, down, up)
    return _sound(np.pad(high, (0, max(0, len(samples) - len(high))))[: len(samples)], sound.rate_hz)


def whispered(sound: Sound) -> Sound:
    """Return a voice whose vocal tract is excited by noise alone (linear prediction, Makhoul 1975)."""
    samples = _mono(sound)
    half = round(WHISPER_WINDOW_S * sound.rate_hz / 2)
    order = round(min(sound.rate_hz, 16000) / 1000 * WHISPER_ORDER_PER_KHZ) + 2
    window = np.hanning(2 * half)
    noise = np.random.default_rng(SEED).standard_normal(len(samples) + 2 * half)
    result = np.zeros(len(samples) + 2 * half)
    padded = np.pad(np.append(samples[0], samples[1:] - 0.9 * samples[:-1]), (0, 2 * half))
    for at in range(0, len(samples), half):
        frame = padded[at : at + 2 * half] * window
        correlation = np.correlate(frame, frame, "full")[2 * half - 1 :][: order + 1]
        correlation[0] = correlation[0] * 1.0001 + 1e-9
        predictor = solve_toeplitz(correlation[:-1], correlation[1:])
        power = max(float(correlation[0] - predictor @ correlation[1:]), 0.0)
        voiced = lfilter([np.sqrt(power / half)], np.append(1.0, -predictor), noise[at : at + 2 * half])
        result[at : at + 2 * half] += voiced * window
    return _sound(result[: len(samples)], sound.rate_hz)


def quiet(sound: Sound) -> Sound:
    """Return sound recorded far too quietly, in 16 bits."""
    samples = _mono(sound) * 10 ** (QUIET_DB / 20)
    return Sound((np.round(samples * 32768) / 32768).astype(np.float32), sound.rate_hz)


def one_sided(sound: Sound) -> Sound:
    """Return stereo whose right channel is silent."""
    samples = _mono(sound)
    return Sound(np.column_stack((samples, np.zeros_like(samples))).astype(np.float32), sound.rate_hz)


def chords(samples: int, rate_hz: int) -> Samples:
    """Return plucked chords with a bass, shape (samples,)."""
    times_s = np.arange(samples) / rate_hz
    music = np.zeros(samples)
    for index, start_s in enumerate(np.arange(0, samples / rate_hz, CHORD_S)):
        now = slice(round(start_s * rate_hz), round((start_s + CHORD_S) * rate_hz))
        since_s = times_s[now] - start_s
        chord = CHORDS[index % len(CHORDS)]
        for note in (*chord, chord[0] - 12):
            hz = 440 * 2 ** ((note - 69) / 12)
            for partial in range(1, 7):
                fall = np.exp(-since_s * (1 + partial))
                music[now] += np.sin(2 * np.pi * hz * partial * since_s + note) * fall / partial
    return music


def drums(samples: int, rate_hz: int) -> Samples:
    """Return two hits a second, a deep one and a noisy one in turn, shape (samples,)."""
    noise = np.random.default_rng(SEED).standard_normal(samples)
    times_s = np.arange(samples) / rate_hz
    since_s = times_s % 0.5
    deep = np.sin(2 * np.pi * 60 * since_s) * np.exp(-since_s * 15)
    return np.where(times_s % 1 < 0.5, deep, 0.4 * noise * np.exp(-since_s * 25))


def without_voice(duration_s: float = 12.0, rate_hz: int = 16_000) -> dict[str, Sound]:
    """Return sounds in which nobody speaks."""
    count = round(duration_s * rate_hz)
    times_s = np.arange(count) / rate_hz
    noise = np.random.default_rng(SEED).standard_normal(count)
    hum = sum(np.sin(2 * np.pi * 50 * n * times_s) / n for n in range(1, 6))
    waves = np.maximum(0, np.sin(2 * np.pi * times_s / 4))
    breath = sosfilt(butter(2, (500, 4000), "bandpass", fs=rate_hz, output="sos"), noise) * waves
    faint = 1e-4 * noise
    return {
        "silence": Sound(np.zeros(count, np.float32), rate_hz),
        "faint hiss": Sound(faint.astype(np.float32), rate_hz),
        "white noise": _sound(noise, rate_hz),
        "mains hum": _sound(hum + faint, rate_hz),
        "breathing": _sound(breath + faint, rate_hz),
        "chords": _sound(chords(count, rate_hz) + faint, rate_hz),
        "drums": _sound(drums(count, rate_hz) + faint, rate_hz),
    }


DEGRADATIONS: dict[str, Callable[[Sound], Sound]] = {
    "telephone, 8 kHz, µ-law": telephone,
    "clipped at 30 % of the peak": clipped,
    "white noise, 10 dB": noisy,
    "music, 5 dB": over_music,
    "bare room": in_a_hall,
    "child-like, 5 semitones up": child_like,
    "whispered": whispered,
    "50 dB down": quiet,
    "stereo, one channel silent": one_sided,
}
"""What to call each; all keep the recording's time."""


def _mono(sound: Sound) -> Samples:
    samples = sound.samples.astype(np.float64)
    return samples if samples.ndim == 1 else samples.mean(axis=1)


def _sound(samples: Samples, rate_hz: int) -> Sound:
    """Return sound that fills the scale to -1 dB: what is degraded is not also clipped."""
    return Sound((samples * 0.89 / max(float(np.abs(samples).max()), 1e-9)).astype(np.float32), rate_hz)


def _mixed(speech: Samples, other: Samples, over_db: float, rate_hz: int) -> Sound:
    gain = np.sqrt((speech**2).mean() / (other**2).mean()) * 10 ** (-over_db / 20)
    return _sound(speech + gain * other, rate_hz)


def _resampled(samples: Samples, from_hz: int, to_hz: int) -> Samples:
    divisor = int(np.gcd(from_hz, to_hz))
    return np.asarray(resample_poly(samples, to_hz // divisor, from_hz // divisor))


def _stretched(samples: Samples, factor: float, rate_hz: int) -> Samples:
    """Return sound that takes `factor` times as long at the same pitch (WSOLA, Verhelst & Roelands 1993)."""
    half = round(STRETCH_WINDOW_S * rate_hz / 2)
    reach = round(STRETCH_SEARCH_S * rate_hz)
    window = np.hanning(2 * half + 1)[:-1]
    source = np.pad(samples, (reach, 4 * half + 2 * reach))
    length = round(len(samples) * factor)
    result = np.zeros(length + 2 * half)
    follow = source[reach : reach + 2 * half]
    for at in range(0, length, half):
        first = min(round(at / factor), len(samples))
        likeness = np.correlate(source[first : first + 2 * half + 2 * reach], follow, "valid")
        best = first + int(likeness.argmax())
        result[at : at + 2 * half] += source[best : best + 2 * half] * window
        follow = source[best + half : best + 3 * half]
    return result[:length]
