"""How loud each phone is, against how loud the speaker has been so far."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound

MEMORY_S = 12.0
"""Seconds of vowels after which the reference has moved by 63 %: slow, so that a quiet sentence shows as one."""

TRUST_S = 1.0
"""Seconds of vowels after which half of what a vowel differs from the usual level is believed: recordings are 30 dB
louder or quieter than each other, and from the first syllables it cannot be told which of them is the usual one."""

FLOOR_DB = -80.0
"""A vowel below this is taken as not heard; it does not move the reference."""

OPENNESS_DB = 40.0
"""Decibels for a factor of ten in opening: 6 dB louder opens 1.4 times wider. JALI (Edwards et al. 2016) also
opens jaw and lips with the voice's intensity; the slope is ours."""

OPENNESS_RANGE = (0.7, 1.25)
"""Limits of that factor: a whisper still moves the lips, a shout does not unhinge the jaw."""


class LoudnessReference:
    """A memory of the level of the speaker's vowels: quick at first, then slow."""

    def __init__(self) -> None:
        self._usual_db = 0.0
        self._heard_s = 0.0

    def compare(self, level_db: float, duration_s: float) -> float:
        """Return how many dB a vowel lies above what has been usual, then remember it; 0 for the first one."""
        if level_db <= FLOOR_DB:
            level_db = FLOOR_DB
            duration_s = 0.0
        excess_db = level_db - self._usual_db if self._heard_s else 0.0
        trust = self._heard_s / (self._heard_s + TRUST_S)
        if duration_s > 0:
            self._usual_db = self._usual_db if self._heard_s else level_db
            self._heard_s += duration_s
            share = max(1 - math.exp(-duration_s / MEMORY_S), duration_s / self._heard_s)
            self._usual_db += excess_db * share
        return trust * excess_db


def openness(excess_db: float) -> float:
    """Return the factor by which a vowel opens, given its level above the reference."""
    low, high = OPENNESS_RANGE
    return min(high, max(low, 10 ** (excess_db / OPENNESS_DB)))


def level_db(sound: Sound, start_s: float, end_s: float) -> float:
    """Return the RMS level of a stretch of sound in dB below full scale; -inf for silence."""
    part = samples_between(sound, start_s, end_s).ravel()
    power = float(np.dot(part, part)) / part.size if part.size else 0.0
    return 10 * math.log10(power) if power > 0 and math.isfinite(power) else -math.inf


def samples_between(sound: Sound, start_s: float, end_s: float) -> NDArray[np.float32]:
    """Return the samples of a stretch of sound, shape (n,) or (n, channels)."""
    # A thousandth of a sample keeps the cut where it is, however the seconds were added up.
    first = max(0, math.floor(start_s * sound.rate_hz + 0.501))
    last = math.floor(end_s * sound.rate_hz + 0.501)
    return sound.samples[first:last]
