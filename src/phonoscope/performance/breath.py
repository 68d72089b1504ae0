"""Breathing."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.cues import PAUSE_S
from phonoscope.performance.easing import ease, present
from phonoscope.performance.timeline import Window

INHALE_S = 0.9
"""Speakers breathe in quickly, in pauses …"""

EXHALE_S = 3.6
"""… and out slowly, over the phrase."""

CYCLE_S = (2.4, 5.0)
"""Shortest and longest time from one breath to the next; about 15 a minute."""

REST_CYCLE_S = 4.0
"""That time in silence."""

EDGE_S = 0.6
"""Time in which the shoulders come back at the end."""


class Breath:
    """Places breaths in the pauses as they come."""

    def __init__(self) -> None:
        # Start of each breath, and how full the chest was then.
        self._breaths: deque[tuple[float, float]] = deque([(0.0, 0.0)])

    def act(self, window: Window) -> NDArray[np.float64]:
        """Return the chest's movement, shape (frames,), in [-1, 1]; 0 at the first and the last frame of all."""
        last_s = float(window.times_s[-1])
        while (next_s := _next_breath(window, self._breaths[-1][0], last_s)) is not None:
            self._breaths.append((next_s, float(_chest(np.array([next_s]), *self._breaths[-1])[0])))
        while len(self._breaths) > 1 and self._breaths[1][0] < window.times_s[0]:
            self._breaths.popleft()
        chest = np.zeros(len(window.times_s))
        for start_s, before in self._breaths:
            chest = np.where(window.times_s >= start_s, _chest(window.times_s, start_s, before), chest)
        return chest * present(window, EDGE_S, EDGE_S)


def _next_breath(window: Window, previous_s: float, until_s: float) -> float | None:
    """Return when the next breath begins, or None if that is not before `until_s`."""
    shortest_s, longest_s = previous_s + CYCLE_S[0], previous_s + CYCLE_S[1]
    resting_s = previous_s + REST_CYCLE_S
    talking = any(span.start_s - INHALE_S < resting_s < span.end_s for span in window.spans)
    due_s = longest_s if talking else resting_s
    for index, span in enumerate(window.spans):
        follows_s = window.spans[index + 1].start_s if index + 1 < len(window.spans) else math.inf
        if shortest_s <= span.end_s <= until_s and follows_s - span.end_s >= PAUSE_S:
            due_s = min(due_s, span.end_s)
    return due_s if due_s <= until_s else None


def _chest(times_s: NDArray[np.float64], start_s: float, before: float) -> NDArray[np.float64]:
    """Return one breath: full from `before`, then slowly empty, shape (frames,)."""
    inhaling = before + (1 - before) * ease(times_s, start_s, start_s + INHALE_S)
    exhaled = np.clip((times_s - start_s - INHALE_S) / EXHALE_S, 0.0, 1.0)
    return np.where(exhaled > 0, np.cos(np.pi * exhaled), inhaling)
