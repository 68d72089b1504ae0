"""What else may have been said: the mouth that the recogniser's probabilities expect, whichever phones it decided for.

A speaker says "bim blue" for "bin blue", and a recogniser takes one vowel for another: between the mouth of the
likeliest phones and the mean of all mouths by their probabilities lies the one that agrees best with real lips.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Evidence
from phonoscope.performance.ipa import gestures
from phonoscope.performance.visemes import ARTICULATORS, CHANNEL_WEIGHT, VISEMES

SHARE = 0.35
"""How much of the mouth follows the probabilities; the rest follows the phones."""

CERTAIN = 0.3
"""Pull from which on the probabilities have this share: below, most of what is heard is silence."""

SMOOTH_S = 0.025
"""Standard deviation of the smoothing over time: lips do not jump."""

REACH_S = 0.08
"""Where the smoothing ends."""


class Hints:
    """The expected pulls on the articulators over time."""

    def __init__(self) -> None:
        self._times_s = np.zeros(0)
        self._pulls = np.zeros((0, 2 * ARTICULATORS))

    def add(self, evidence: Evidence, offset_s: float) -> None:
        """Append the evidence of a piece that begins at `offset_s`."""
        count = len(evidence.probabilities)
        # Whole microseconds are the same however the pieces were cut.
        times_s = np.floor((offset_s + (np.arange(count) + 0.5) / evidence.rate_hz) * 1e6 + 0.501) / 1e6
        pulls = np.zeros((count, 2 * ARTICULATORS))
        # Summed column by column, so that a row comes out the same whatever rows it comes with.
        for column, symbol in enumerate(evidence.symbols):
            pull = _pull(symbol)
            if pull is not None:
                probable = np.nan_to_num(evidence.probabilities[:, column].astype(np.float64))
                pulls += probable[:, None] * pull
        self._times_s = np.concatenate((self._times_s, times_s))
        self._pulls = np.concatenate((self._pulls, pulls))

    def forget(self, before_s: float) -> None:
        """Drop what ended before a time."""
        first = np.searchsorted(self._times_s, before_s)
        self._times_s, self._pulls = self._times_s[first:].copy(), self._pulls[first:].copy()

    def near(self, first_s: float, last_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the times, shape (n,), and the pulls, shape (n, 2 * ARTICULATORS), about a stretch of time."""
        first, last = np.searchsorted(self._times_s, (first_s, last_s))
        return self._times_s[first:last], self._pulls[first:last]


def blend(
    articulators: NDArray[np.float64], times_s: NDArray[np.float64], hints: tuple[NDArray[np.float64], ...]
) -> NDArray[np.float64]:
    """Let the articulators follow the probabilities a little.

    Parameters
    ----------
    articulators
        Shape (frames, ARTICULATORS): what the phones ask for.
    times_s
        Shape (frames,).
    hints
        From `Hints.near`, at least `REACH_S` around all frames.
    """
    rows_s, pulls = hints
    if not len(rows_s):
        return articulators
    total = np.zeros((len(times_s), 2 * ARTICULATORS))
    norm = np.full(len(times_s), 1e-9)
    first = np.searchsorted(rows_s, times_s - REACH_S)
    last = np.searchsorted(rows_s, times_s + REACH_S)
    for step in range(int((last - first).max())):
        row = np.minimum(first + step, len(rows_s) - 1)
        weight = np.where(first + step < last, np.exp(-0.5 * ((rows_s[row] - times_s) / SMOOTH_S) ** 2), 0.0)
        total += weight[:, None] * pulls[row]
        norm += weight
    pulled, pull = total[:, :ARTICULATORS], total[:, ARTICULATORS:]
    share = SHARE * np.minimum(pull / norm[:, None] / CERTAIN, 1.0)
    return np.asarray(articulators + share * (pulled / np.maximum(pull, 1e-9) - articulators))


@lru_cache(maxsize=1024)
def _pull(symbol: str) -> NDArray[np.float64] | None:
    """Return a phone's targets times its dominance, then its dominance; None for silence."""
    moves = gestures(symbol)
    if not moves:
        return None
    pull = np.zeros(2 * ARTICULATORS)
    for gesture in moves:
        viseme = VISEMES[gesture.viseme]
        channels = np.array(CHANNEL_WEIGHT.get(gesture.viseme, (1.0,) * ARTICULATORS))
        dominance = (gesture.end - gesture.start) * viseme.dominance * channels
        pull += np.concatenate((dominance * np.array(viseme[:ARTICULATORS]), dominance))
    return pull
