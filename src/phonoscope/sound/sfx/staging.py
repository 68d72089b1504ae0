"""Sounds put together: one after another, from left to right, in a room."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.synthesis.filters import Room, room_answer
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave, noise

Course = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Something that changes over time: moments in seconds → values."""

BOOTH = Room(0.35, 0.003, 6000)
STAGE = Room(1.3, 0.012, 5000)
CANYON = Room(2.8, 0.03, 3000)

WINDOW, HOP = 1024, 256
"""Samples of the short spectra through which noise is swept."""


def placed(sounds: Iterable[tuple[float, float, Wave]], duration_s: float, pan: float = 0.0) -> Wave:
    """Return sounds of shape (n,) laid at their times, shape (2, n).

    Parameters
    ----------
    sounds
        Start in seconds, gain, and the sound; what passes the end is cut.
    """
    stage = np.zeros((2, round(duration_s * RATE_HZ)), np.float32)
    for start_s, gain, sound in sounds:
        _add(stage, start_s, sides(pan) * np.float32(gain) * sound)
    return stage


def spread(sounds: Iterable[tuple[float, float, Wave]], duration_s: float) -> Wave:
    """Return sounds laid at their times and sides, shape (2, n): start in seconds, pan from -1 to 1, and the sound."""
    stage = np.zeros((2, round(duration_s * RATE_HZ)), np.float32)
    for start_s, pan, sound in sounds:
        _add(stage, start_s, sides(pan) * sound)
    return stage


def _add(stage: Wave, start_s: float, sound: Wave) -> None:
    at = round(start_s * RATE_HZ)
    count = min(sound.shape[1], stage.shape[1] - at)
    if count > 0:
        stage[:, at : at + count] += sound[:, :count]


def sides(pan: float) -> NDArray[np.float32]:
    """Return the gains of left and right, shape (2, 1), of equal power."""
    angle = (min(max(pan, -1.0), 1.0) + 1) * math.pi / 4
    return np.array([[math.cos(angle)], [math.sin(angle)]], np.float32)


def moving(wave: Wave, pan: NDArray[np.float64]) -> Wave:
    """Return a sound, shape (n,), that goes from side to side as `pan`, shape (n,), says."""
    angle = (np.clip(pan[: len(wave)], -1, 1) + 1) * (math.pi / 4)
    return np.asarray([wave * np.cos(angle), wave * np.sin(angle)], np.float32)


def in_room(stage: Wave, room: Room, amount: float, longer_s: float = 0.0) -> Wave:
    """Return sound, shape (2, n), in a room, with so much added at its end for the room to fade."""
    from scipy.signal import oaconvolve

    dry = np.pad(stage, ((0, 0), (0, round(longer_s * RATE_HZ))))
    wet = oaconvolve(dry, room_answer(room), axes=1)[:, : dry.shape[1]]
    return dry + np.float32(amount) * wet.astype(np.float32)


def swept_noise(duration_s: float, centre_hz: Course, octaves: float, rng: np.random.Generator) -> Wave:
    """Return noise, shape (n,), in a band that moves: air round something in flight.

    Parameters
    ----------
    octaves
        Standard deviation of the band.
    """
    samples = round(duration_s * RATE_HZ)
    grain = noise(duration_s + 2 * WINDOW / RATE_HZ, rng)
    hz = np.maximum(np.fft.rfftfreq(WINDOW, 1 / RATE_HZ), 20)
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    starts = np.arange(0, len(grain) - WINDOW, HOP)
    centres = centre_hz(starts / RATE_HZ)
    wave = np.zeros(len(grain), np.float32)
    for start, centre in zip(starts, centres, strict=True):
        band = np.exp(-0.5 * (np.log2(hz / centre) / octaves) ** 2) * (400 / centre) ** 0.5
        wave[start : start + WINDOW] += window * np.fft.irfft(
            np.fft.rfft(grain[start : start + WINDOW] * window) * band
        )
    return wave[WINDOW // 2 : WINDOW // 2 + samples]


def bump(moments: NDArray[np.float64], at_s: float, before_s: float, after_s: float) -> NDArray[np.float64]:
    """Return a gain that swells to 1 at a time and goes away again; standard deviations on either side."""
    return np.asarray(np.exp(-0.5 * ((moments - at_s) / np.where(moments < at_s, before_s, after_s)) ** 2))


def faded(stage: Wave, in_s: float, out_s: float) -> Wave:
    """Return sound, shape (..., n), that begins and ends at nothing."""
    first, last = round(in_s * RATE_HZ), round(out_s * RATE_HZ)
    gain = np.ones(stage.shape[-1], np.float32)
    gain[:first] *= np.sin(np.linspace(0, np.pi / 2, first)) ** 2
    gain[len(gain) - last :] *= np.cos(np.linspace(0, np.pi / 2, last)) ** 2
    return stage * gain
