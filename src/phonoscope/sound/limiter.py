"""Peaks are held under a ceiling by turning the sound down a moment before them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.true_peaks import TruePeaks

STEP_S = 0.001
"""The gain is drawn in steps of this length, with straight lines between."""

AHEAD_STEPS = 3
"""Steps before a peak in which the gain goes down: slow enough not to click."""

RELEASE_S = 0.06
"""How long the gain takes to recover: quicker would growl in deep voices, slower would duck syllables."""


def limit_peaks(
    pieces: Iterable[NDArray[np.float32]], rate_hz: int, gain: float, ceiling: float
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound times `gain`, with true peaks no higher than `ceiling`; the same length, no delay.

    Parameters
    ----------
    pieces
        Consecutive sound, shape (channels, any).
    gain, ceiling
        Factors; 1 is full scale.
    """
    limiter = Limiter(rate_hz, ceiling)
    channels = 0
    taken = given = 0
    for piece in pieces:
        channels = len(piece)
        taken += piece.shape[1]
        ready = limiter.take(piece * np.float32(gain))
        given += ready.shape[1]
        if ready.shape[1]:
            yield ready
    while given < taken:
        ready = limiter.take(np.zeros((channels, limiter.step * 64), np.float32))[:, : taken - given]
        given += ready.shape[1]
        yield ready


class Limiter:
    """Holds peaks under a ceiling; a stream of sound in, the same out, some milliseconds late.

    Attributes
    ----------
    step
        Samples for which a gain is chosen.
    """

    def __init__(self, rate_hz: int, ceiling: float) -> None:
        self.step = max(1, round(STEP_S * rate_hz))
        self._ceiling = ceiling
        self._recovery = 1 - np.exp(-STEP_S / RELEASE_S)
        self._peaks = TruePeaks()
        self._sound: NDArray[np.float32] | None = None
        self._late = self._peaks.delay
        self._fresh = np.zeros(0, np.float32)
        # Gains asked for by the last steps: those before the start ask for nothing.
        self._asked = np.ones(AHEAD_STEPS)
        self._held = 1.0
        self._drawn = np.zeros(0)

    def take(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take sound of shape (channels, n) and return what is ready, shape (channels, m)."""
        waiting = planes if self._sound is None else np.concatenate([self._sound, planes], axis=1)
        gains = self._gains(self._peaks.take(planes, self._ceiling / 2))
        ready = waiting[:, : len(gains)] * gains.astype(np.float32)
        self._sound = waiting[:, len(gains) :].copy()
        return ready

    def _gains(self, peaks: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the gains of the next samples that are settled."""
        dropped = min(self._late, len(peaks))
        self._late -= dropped
        fresh = np.concatenate([self._fresh, peaks[dropped:]])
        steps = len(fresh) // self.step
        self._fresh = fresh[steps * self.step :].copy()
        if not steps:
            return np.zeros(0)
        highest = fresh[: steps * self.step].reshape(steps, self.step).max(axis=1)
        asked = np.concatenate([self._asked, np.minimum(1, self._ceiling / np.maximum(highest, 1e-9))])
        self._asked = asked[max(0, len(asked) - 2 * AHEAD_STEPS) :]
        if len(asked) <= 2 * AHEAD_STEPS:
            return np.zeros(0)
        return self._draw(self._recovered(_least_of(asked, 2 * AHEAD_STEPS + 1)))

    def _recovered(self, least: NDArray[np.float64]) -> NDArray[np.float64]:
        """Let the gain fall at once and rise slowly."""
        held = self._held
        out = np.empty_like(least)
        for place, wanted in enumerate(least.tolist()):
            held = min(wanted, held + (1 - held) * self._recovery)
            out[place] = held
        self._held = held
        return out

    def _draw(self, held: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the gain of every sample of the steps that have a neighbour on either side.

        A step's line joins the means of its gain with those of its neighbours. All three heed the step's peaks, as
        each heeds `AHEAD_STEPS` on either side; so the line does.
        """
        points = np.concatenate([self._drawn if len(self._drawn) else held[:1], held])
        self._drawn = points[-2:]
        corners = (points[:-1] + points[1:]) / 2
        ramp = (np.arange(self.step) + 0.5) / self.step
        return np.asarray((corners[:-1, None] * (1 - ramp) + corners[1:, None] * ramp).ravel())


def _least_of(values: NDArray[np.float64], width: int) -> NDArray[np.float64]:
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, width).min(axis=1))
