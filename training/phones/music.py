"""Music without words, and other sounds that are not speech: what the recogniser must stay silent at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import RATE_HZ

_CHORDS = ((0, 4, 7), (0, 3, 7), (0, 5, 9), (0, 4, 7, 10), (0, 3, 7, 10), (0, 7, 12))
_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)


def play(seconds: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Return instrumental music, about -20 dB, shape (seconds * RATE_HZ,)."""
    sound = np.zeros(int(seconds * RATE_HZ), np.float32)
    beat_s = chance.uniform(0.25, 0.7)
    root_hz = 55 * 2 ** chance.uniform(0, 2)
    timbre = chance.uniform(0.8, 2.2)
    drums = chance.random() < 0.6
    for beat in range(int(seconds / beat_s)):
        at = int(beat * beat_s * RATE_HZ)
        if beat % 4 == 0:
            step = chance.integers(0, 7)
            chord = [root_hz * 2 ** ((_SCALE[step] + note) / 12) for note in _CHORDS[chance.integers(len(_CHORDS))]]
            for hz in chord:
                _add(sound, at, _note(hz, beat_s * 4, timbre, chance) * 0.5)
        if chance.random() < 0.7:
            hz = root_hz * 4 * 2 ** (_SCALE[chance.integers(8)] / 12)
            _add(sound, at, _note(hz, beat_s * chance.choice([0.5, 1, 2]), timbre, chance))
        if drums:
            _add(sound, at, _drum(chance, beat % 2 == 0))
    return sound * np.float32(0.1 / (sound.std() + 1e-6))


def noises(samples: int, level: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Return a pause as microphones hear it: breaths, clicks and rustling at up to `level`, or nothing at all."""
    sound = np.zeros(samples, np.float32)
    if chance.random() < 0.3:
        return sound
    for _ in range(chance.integers(1, 4)):
        length = int(min(samples - 1, np.exp(chance.uniform(np.log(0.005), np.log(0.4))) * RATE_HZ))
        noise = chance.normal(0, 1, length)
        if chance.random() < 0.3:
            noise = np.cumsum(noise)
        if chance.random() < 0.6:
            noise = np.convolve(noise, np.hanning(int(chance.integers(2, 14)) + 2), "same")
        noise = (noise - noise.mean()) / (noise.std() + 1e-6)
        shape = np.hanning(length) if chance.random() < 0.6 else np.exp(-5 * np.arange(length) / length)
        gain = level * 10 ** (-chance.uniform(3, 40) / 20)
        _add(sound, int(chance.integers(0, samples - length)), (noise * shape * gain).astype(np.float32))
    return sound


def _note(hz: float, seconds: float, timbre: float, chance: np.random.Generator) -> NDArray[np.float32]:
    """Return a plucked or bowed note: harmonics that fade the faster the higher they are."""
    t = np.arange(int(seconds * RATE_HZ), dtype=np.float32) / RATE_HZ
    fade = chance.uniform(0.3, 6)
    note = np.zeros_like(t)
    for harmonic in range(1, 12):
        if harmonic * hz > 7000:
            break
        strength = harmonic**-timbre * chance.uniform(0.3, 1)
        note += (
            strength * np.sin(2 * np.pi * harmonic * hz * t + chance.uniform(0, 6)) * np.exp(-fade * harmonic**0.5 * t)
        )
    attack = np.minimum(1, t / chance.uniform(0.003, 0.08))
    return np.asarray(note * attack * np.minimum(1, (t[-1:] - t) / 0.02 + 1e-3), np.float32)


def _drum(chance: np.random.Generator, low: bool) -> NDArray[np.float32]:
    t = np.arange(int(0.15 * RATE_HZ), dtype=np.float32) / RATE_HZ
    if low:
        return np.asarray(2 * np.sin(2 * np.pi * 60 * t + 8 * np.exp(-40 * t)) * np.exp(-25 * t), np.float32)
    noise = np.diff(chance.normal(0, 1, len(t) + 1)).astype(np.float32)
    return np.asarray(0.4 * noise * np.exp(-chance.uniform(20, 80) * t), np.float32)


def _add(sound: NDArray[np.float32], at: int, part: NDArray[np.float32]) -> None:
    """Add a part to the sound at a sample, as far as it reaches."""
    room = min(len(part), len(sound) - at)
    if room > 0:
        sound[at : at + room] += part[:room]
