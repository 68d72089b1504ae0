"""Where the eyes look."""

from __future__ import annotations

import itertools
from collections import deque
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL
from phonoscope.performance.easing import ease, present
from phonoscope.performance.noise import chance
from phonoscope.performance.timeline import LOOK_BACK_S, Window

FULL_DEG = 30.0
"""Turn of the eye at ``eyeLook…`` 1, as ARKit has it, about."""

LIMIT = 0.3
"""Most that a photographed iris can move before the white behind it has to be invented."""

FIXATION_S = (0.7, 2.6)
AVERSION_S = (0.35, 0.9)
"""How long a look rests: on the viewer, and away from it."""

VIEWER_DEG = (1.3, 0.7)
"""How far looks at the viewer's eyes and mouth scatter, across and up."""

AVERSION_DEG = ((3.0, 5.5), (-1.5, 3.0))
"""How far a look away goes: across (either way), and up. People look away, rather up, while they think."""

AVERSION_CHANCE = {"sentence": 0.5, "pause": 0.25, "speech": 0.06}
"""How often a new look is a look away, by what happens (Argyle & Cook 1976: at the start of a turn, not at its end)."""

SENTENCE_AHEAD_S = 0.15
"""A speaker looks away just before the sentence begins."""

SETTLE_S = 0.4
"""Shortest look; also the time until the first one."""

SACCADE_BASE_S, SACCADE_S_PER_DEG = 0.021, 0.0022
"""Length of a saccade by its size (the main sequence; Carpenter 1988)."""

EDGE_S = 0.5

_KIND, _TIME, _ACROSS, _UP = 30, 31, 32, 33


class Look(NamedTuple):
    """From `at_s` on the eyes aim so many degrees to the picture's right, and up, of the viewer."""

    at_s: float
    across_deg: float
    up_deg: float


class Gaze:
    """Decides looks one after the other, in absolute time."""

    def __init__(self, seed: int, expressiveness: float) -> None:
        self._seed = seed
        self._scale = 0.4 + 0.6 * expressiveness
        self._number = 0
        self._due_s = SETTLE_S + 0.8 * chance(seed, _TIME, 0)
        self._looks: deque[Look] = deque([Look(-1.0, 0.0, 0.0)])
        self._sentence_s = -1.0

    def act(self, window: Window) -> NDArray[np.float64]:
        """Return the aim in degrees, shape (frames, 2): to the picture's right, and up."""
        while (event := self._next_event(window)) is not None:
            self._look(window, *event)
        while len(self._looks) > 2 and self._looks[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._looks.popleft()
        aim = np.zeros((len(window.times_s), 2))
        aim[:] = self._looks[0][1:]
        looks = list(self._looks)
        for before, after in itertools.pairwise(looks):
            step = np.array(after[1:]) - np.array(before[1:])
            length_s = SACCADE_BASE_S + SACCADE_S_PER_DEG * float(np.hypot(*step))
            aim += step * ease(window.times_s, after.at_s, after.at_s + length_s)[:, None]
        return aim * present(window, 1e-3, EDGE_S)[:, None]

    def _next_event(self, window: Window) -> tuple[float, str] | None:
        """Return when and why the eyes move next, if that is before the window's end."""
        for span in window.spans:
            at_s = span.start_s - SENTENCE_AHEAD_S
            if at_s > self._sentence_s and at_s <= min(self._due_s, float(window.times_s[-1])):
                self._sentence_s = at_s
                if at_s - self._looks[-1].at_s > SETTLE_S and at_s > SETTLE_S:
                    return at_s, "sentence"
        if self._due_s > window.times_s[-1]:
            return None
        speaking = any(s.start_s <= self._due_s <= s.end_s for s in window.spans)
        return self._due_s, "speech" if speaking else "pause"

    def _look(self, window: Window, at_s: float, reason: str) -> None:
        """Choose the next look and how long it rests."""
        self._number += 1

        def among(limits: tuple[float, float], stream: int) -> float:
            return limits[0] + (limits[1] - limits[0]) * chance(self._seed, stream, self._number)

        was_away = abs(self._looks[-1].across_deg) > 2 * VIEWER_DEG[0] * self._scale
        kind = chance(self._seed, _KIND, self._number) / AVERSION_CHANCE[reason]
        if kind < 1 and not was_away:
            across, up = among(AVERSION_DEG[0], _ACROSS) * (1 if kind < 0.5 else -1), among(AVERSION_DEG[1], _UP)
            rest_s = among(AVERSION_S, _TIME)
        else:
            across = among((-VIEWER_DEG[0], VIEWER_DEG[0]), _ACROSS)
            up = among((-VIEWER_DEG[1], VIEWER_DEG[1]), _UP)
            rest_s = among(FIXATION_S, _TIME)
        self._looks.append(Look(at_s, across * self._scale, up * self._scale))
        self._due_s = at_s + rest_s


def turn_eyes(curves: NDArray[np.float64], aim_deg: NDArray[np.float64], head: NDArray[np.float64]) -> None:
    """Turn the eyes so that they keep their aim while the head moves.

    ARKit's left and right are the person's own: the left eye is on the picture's right, and to look to the picture's
    right it looks out.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)); changed in place.
    aim_deg
        Shape (frames, 2), from `Gaze.act`.
    head
        Shape (frames, 5).
    """
    across, up = np.clip((aim_deg - head[:, :2]) / FULL_DEG, -LIMIT, LIMIT).T
    for names, values in (
        (("eyeLookOutLeft", "eyeLookInRight"), across),
        (("eyeLookInLeft", "eyeLookOutRight"), -across),
        (("eyeLookUpLeft", "eyeLookUpRight"), up),
        (("eyeLookDownLeft", "eyeLookDownRight"), -up),
    ):
        for name in names:
            curves[:, CHANNEL[name]] = np.maximum(values, 0.0)
