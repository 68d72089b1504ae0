"""Filters for waves that are made once, and rooms for them to sound in."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.synthesis.waves import RATE_HZ, Wave, seeded

HIGHEST_HZ = 0.45 * RATE_HZ

Kind = Literal["lowpass", "highpass", "bandpass"]


@functools.lru_cache(512)
def _sections(kind: Kind, edges_hz: tuple[float, ...], order: int) -> NDArray[np.float64]:
    from scipy.signal import butter

    edges = edges_hz if len(edges_hz) > 1 else edges_hz[0]
    return np.asarray(butter(order, edges, kind, output="sos", fs=RATE_HZ))


def _filtered(wave: Wave, kind: Kind, edges_hz: tuple[float, ...], order: int) -> Wave:
    from scipy.signal import sosfilt

    edges_hz = tuple(round(min(edge, HIGHEST_HZ), 1) for edge in edges_hz)
    filtered: Wave = sosfilt(_sections(kind, edges_hz, order), wave, axis=-1).astype(np.float32)
    return filtered


def low_pass(wave: Wave, edge_hz: float, order: int = 2) -> Wave:
    """Return what is under a frequency; Butterworth, along the last axis."""
    return _filtered(wave, "lowpass", (edge_hz,), order)


def high_pass(wave: Wave, edge_hz: float, order: int = 2) -> Wave:
    """Return what is over a frequency."""
    return _filtered(wave, "highpass", (edge_hz,), order)


def band_pass(wave: Wave, low_hz: float, high_hz: float, order: int = 2) -> Wave:
    """Return what is between two frequencies."""
    return _filtered(wave, "bandpass", (low_hz, high_hz), order)


def resonant(wave: Wave, bumps: tuple[tuple[float, float, float], ...]) -> Wave:
    """Return a wave with resonances added, as a body gives them.

    Parameters
    ----------
    bumps
        Frequency in hertz, quality, and how much of the resonance is added.
    """
    from scipy.signal import iirpeak, lfilter

    total = wave.copy()
    for hz, quality, amount in bumps:
        numerator, denominator = iirpeak(hz, quality, fs=RATE_HZ)
        total += (amount * lfilter(numerator, denominator, wave, axis=-1)).astype(np.float32)
    return total


@dataclass(frozen=True, slots=True)
class Room:
    """A room that answers.

    Attributes
    ----------
    decay_s
        Time in which middle frequencies fall by 60 dB.
    before_s
        Silence before the first answer: how far the walls are.
    dark_hz
        Above this it answers little and briefly.
    """

    decay_s: float
    before_s: float
    dark_hz: float


BANDS_HZ = 180.0, 500.0, 1400.0, 4000.0, 9000.0
"""Middles of the bands in which a room decays each at its own pace."""

BAND_DECAYS = 1.0, 1.1, 1.0, 0.7, 0.4
"""Decay of each band over that of the room: air and walls swallow high frequencies first."""

FIRST_ANSWERS = 9
"""Single reflections heard before they melt into a tail."""


@functools.lru_cache(16)
def room_answer(room: Room) -> Wave:
    """Return a room's impulse response of two unlike channels, shape (2, n), of unit power each."""
    rng = seeded("room", room.decay_s, room.before_s, room.dark_hz)
    samples = round(room.decay_s * 1.1 * RATE_HZ)
    moments = np.arange(samples) / RATE_HZ
    answer = np.zeros((2, samples), np.float32)
    for hz, share in zip(BANDS_HZ, BAND_DECAYS, strict=True):
        grain = band_pass(rng.standard_normal((2, samples), np.float32), hz / 1.7, hz * 1.7, 1)
        darkening = 1 / (1 + (hz / room.dark_hz) ** 2)
        decay_s = room.decay_s * share
        answer += (darkening * np.exp(moments * (-math.log(1000) / decay_s))).astype(np.float32) * grain
    # A tail grows out of single reflections; without this, noise begins at once and sounds like a hiss.
    answer *= np.clip(moments / 0.03, 0.15, 1).astype(np.float32)
    tail = math.sqrt(float((answer**2).sum()) / 2)
    for at, side in zip(rng.uniform(0.004, 0.05, FIRST_ANSWERS), rng.uniform(-1, 1, FIRST_ANSWERS), strict=True):
        answer[:, round(at * RATE_HZ)] += 0.12 * tail * np.array([1 - side, 1 + side], np.float32) / (1 + 30 * at)
    answer = low_pass(answer, room.dark_hz * 1.6, 1)
    answer /= np.sqrt((answer**2).sum(axis=1, keepdims=True))
    return np.pad(answer, ((0, 0), (round(room.before_s * RATE_HZ), 0)))
