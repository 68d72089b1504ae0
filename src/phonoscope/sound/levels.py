"""Levels of sound over time: those of speech, and those of the noise in its pauses."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FRAME_S = 0.05
"""Stretch whose level is taken: about a phone."""

LOWEST_DB = -100.0
"""Levels below this count as this: 16 bits end at -96."""

STEPS_A_DB = 2

FLOOR_SHARE = 0.1
"""The noise floor is the level that a tenth of the frames does not exceed: the pauses of speech."""

SPEECH_GATE_DB = -10.0
"""Frames this far under the mean power are pauses, as in the loudness standard's relative gate."""


@dataclass(frozen=True, slots=True)
class Levels:
    """RMS of the pauses and of what is not pauses, in dB relative to full scale, at least -100."""

    floor_db: float
    speech_db: float

    @property
    def snr_db(self) -> float:
        """Estimated ratio of speech alone to noise, at least 0."""
        over = 10 ** (self.speech_db / 10) - 10 ** (self.floor_db / 10)
        return max(0.0, 10 * math.log10(over) - self.floor_db) if over > 0 else 0.0


class SpeechLevels:
    """Counts how often each level occurs in a stream of sound."""

    def __init__(self, rate_hz: int) -> None:
        self._frames = Averages(round(FRAME_S * rate_hz), keep=False)
        self._counts = np.zeros(round(-LOWEST_DB * STEPS_A_DB) + 1, np.int64)

    def take(self, planes: NDArray[np.float32]) -> None:
        """Take the next stretch of sound, shape (channels, n)."""
        powers = self._frames.take(np.square(planes, dtype=np.float64).mean(axis=0))
        places = np.rint((10 * np.log10(powers + 1e-12) - LOWEST_DB) * STEPS_A_DB).astype(int)
        np.add.at(self._counts, np.clip(places, 0, len(self._counts) - 1), 1)

    def levels(self) -> Levels:
        """Return what has been found so far."""
        counts = self._counts
        levels_db = LOWEST_DB + np.arange(len(counts)) / STEPS_A_DB
        total = counts.sum()
        if not total:
            return Levels(LOWEST_DB, LOWEST_DB)
        floor_db = float(levels_db[np.searchsorted(np.cumsum(counts), FLOOR_SHARE * total)])
        powers = 10 ** (levels_db / 10)
        mean = (counts * powers).sum() / total
        loud = powers >= mean * 10 ** (SPEECH_GATE_DB / 10)
        return Levels(floor_db, float(10 * np.log10((counts * powers)[loud].sum() / counts[loud].sum())))


class Averages:
    """Means of consecutive stretches of a stream of numbers.

    Attributes
    ----------
    means
        All of them so far, where they are kept.
    """

    def __init__(self, size: int, keep: bool = True) -> None:
        self._size = max(1, size)
        self._keep = keep
        self._rest = np.zeros(0)
        self.means = array("d")

    def take(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Take numbers, and return the means that are complete with them."""
        joined = np.concatenate([self._rest, values])
        whole = len(joined) // self._size * self._size
        means: NDArray[np.float64] = joined[:whole].reshape(-1, self._size).mean(axis=1)
        self._rest = joined[whole:].copy()
        if self._keep:
            self.means.frombytes(means.tobytes())
        return means

    def rest(self) -> NDArray[np.float64]:
        """Return the mean of the stretch that is not complete, if there is any."""
        return self._rest.mean(keepdims=True) if len(self._rest) else self._rest
