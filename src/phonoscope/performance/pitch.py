"""How high the voice is on each vowel, against how high it has been so far."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.core.sound import Sound
from phonoscope.performance.loudness import samples_between

LOWEST_HZ, HIGHEST_HZ = 65.0, 500.0
"""Voices of men, women and children in talk."""

LISTEN_S = 0.06
"""How much of a vowel's middle is listened to: four periods of the lowest voice."""

PERIODIC = 0.5
"""Autocorrelation from which on a vowel counts as voiced."""

FIRST_SHARE = 0.85
"""The first peak this near to the highest counts: two periods correlate as well as one, and would halve the pitch."""

MEMORY = 12
"""Number of vowels over which the usual pitch is remembered: about two phrases."""


class PitchReference:
    """A memory of the speaker's pitch."""

    def __init__(self) -> None:
        self._usual = math.nan

    def compare(self, pitch_hz: float) -> float:
        """Return how many semitones a vowel lies above what has been usual, then remember it; 0 if it has no pitch."""
        if math.isnan(pitch_hz):
            return 0.0
        height = 12 * math.log2(pitch_hz)
        if math.isnan(self._usual):
            self._usual = height
        above = height - self._usual
        self._usual += above / MEMORY
        return above


def pitch_hz(sound: Sound, start_s: float, end_s: float) -> float:
    """Return the pitch in the middle of a stretch of sound, by autocorrelation; NaN where there is none."""
    middle_s, half_s = 0.5 * (start_s + end_s), 0.5 * min(LISTEN_S, end_s - start_s)
    part = samples_between(sound, middle_s - half_s, middle_s + half_s)
    if part.ndim > 1:
        part = part.mean(axis=1)
    shortest, longest = round(sound.rate_hz / HIGHEST_HZ), round(sound.rate_hz / LOWEST_HZ)
    longest = min(longest, int(0.6 * len(part)))
    if longest <= shortest + 1 or not np.isfinite(part).all() or not part.any():
        return math.nan
    part = part - part.mean()
    size = 1 << (len(part) + longest).bit_length()
    correlation = np.fft.irfft(np.abs(np.fft.rfft(part, size)) ** 2, size)[: longest + 1]
    # Fewer samples overlap at longer lags.
    correlation = correlation / (correlation[0] + 1e-12) * len(part) / (len(part) - np.arange(longest + 1))
    inner = correlation[shortest:-1]
    peaks = shortest + np.flatnonzero(
        (inner >= correlation[shortest - 1 : -2]) & (inner >= correlation[shortest + 1 :])
    )
    if not peaks.size or (highest := correlation[peaks].max()) < PERIODIC:
        return math.nan
    return float(sound.rate_hz / peaks[np.argmax(correlation[peaks] >= FIRST_SHARE * highest)])
