"""The highest value of sound between its samples too: what a converter or another rate makes of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERSAMPLING = 4
"""Times the rate, as ITU-R BS.1770-5, annex 2, asks for."""

TAPS_A_PHASE = 32
"""Nearly three times as many as in the standard's example: peaks of esses, just under half the rate, are seen too."""

CHUNK = 1024
"""Samples that are looked at, or skipped, together."""


class TruePeaks:
    """The peak around each sample of a stream of sound."""

    def __init__(self) -> None:
        from scipy.signal import firwin

        taps = OVERSAMPLING * firwin(OVERSAMPLING * TAPS_A_PHASE + 1, 1.0 / OVERSAMPLING, window=("kaiser", 4.0))
        self._taps = taps.astype(np.float32)
        self._past: NDArray[np.float32] | None = None

    @property
    def delay(self) -> int:
        """How many samples the peaks are late."""
        return TAPS_A_PHASE // 2

    def take(self, planes: NDArray[np.float32], ignored: float = 0.0) -> NDArray[np.float32]:
        """Return the peak of all channels around each sample.

        Parameters
        ----------
        planes
            The next stretch of sound, shape (channels, n).
        ignored
            Where samples stay under this, only they are looked at, not what lies between.

        Returns
        -------
        ndarray
            Shape (n,), `delay` samples late.
        """
        if self._past is None:
            self._past = np.zeros((len(planes), TAPS_A_PHASE), np.float32)
        joined = np.concatenate([self._past, planes], axis=1)
        count = planes.shape[1]
        heights = np.abs(joined).max(axis=0)
        peaks: NDArray[np.float32] = heights[self.delay : self.delay + count].copy()
        for start in range(0, count, CHUNK):
            end = min(start + CHUNK, count)
            if heights[start : end + TAPS_A_PHASE].max() > ignored:
                between = self._between(joined[:, start : end + TAPS_A_PHASE])
                np.maximum(peaks[start:end], between, out=peaks[start:end])
        self._past = joined[:, count:].copy()
        return peaks

    def _between(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the peaks, shape (n,), of sound with its past, shape (channels, `TAPS_A_PHASE` + n)."""
        from scipy.signal import upfirdn

        fine = upfirdn(self._taps, planes, OVERSAMPLING, axis=1)
        first = OVERSAMPLING * TAPS_A_PHASE
        length = OVERSAMPLING * (planes.shape[1] - TAPS_A_PHASE)
        highest: NDArray[np.float32] = np.abs(fine[:, first : first + length]).max(axis=0)
        return np.asarray(highest.reshape(-1, OVERSAMPLING).max(axis=1))
