"""Where the eyes look."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL
from phonoscope.performance.easing import ease, present
from phonoscope.performance.noise import chance
from phonoscope.performance.styles import STYLE, Style
from phonoscope.performance.timeline import LOOK_BACK_S, Window

FULL_DEG = 30.0
"""Turn of the eye at ``eyeLook…`` 1, as ARKit has it, about."""

LIMIT = 0.3
"""Most that a photographed iris can move before the white behind it has to be invented."""

FAR_LIMIT = 0.9
"""The same for a look at something: that the eyes have turned must be seen, even where some white is invented."""

START_S = 0.3
"""When the eyes leave the viewer for a place that they keep to."""

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
    """From `at_s` on the eyes aim so many degrees to the picture's right, and up, of the viewer.

    Attributes
    ----------
    share
        How much of that the head takes over.
    """

    at_s: float
    across_deg: float
    up_deg: float
    share: float = 0.0


class Aim(NamedTuple):
    """Where the eyes look over the frames of a window.

    Attributes
    ----------
    eyes_deg
        float64, shape (frames, 2): to the picture's right, and up.
    head_deg
        float64, shape (frames, 2): how far the head turns along: yaw, pitch.
    reach
        float64, shape (frames,): 1 where they look at something, and may turn as far as they can, 0 where they rest on
        the viewer or beside it.
    """

    eyes_deg: NDArray[np.float64]
    head_deg: NDArray[np.float64]
    reach: NDArray[np.float64]


HEAD_LATE_S, HEAD_TURN_S, HEAD_TURN_S_PER_DEG = 0.06, 0.30, 0.03
"""The head follows a look later and slower than the eyes (Zangemeister & Stark 1982: 50 to 100 ms; 0.3 to 0.6 s)."""

HEAD_MOST_DEG = np.array([6.0, 3.0])
"""Farthest that the head turns for a look."""


def follow(looks: Iterable[Look], window: Window) -> Aim:
    """Return what eyes and head do to take looks, one after the other."""
    looks = list(looks)
    times_s = window.times_s
    eyes, turn, reach = np.zeros((len(times_s), 2)), np.zeros((len(times_s), 2)), np.zeros(len(times_s))
    eyes[:] = looks[0][1:3]
    turn[:] = _turn(looks[0])
    reach[:] = looks[0].share > 0
    for before, after in itertools.pairwise(looks):
        step = np.array(after[1:3]) - np.array(before[1:3])
        size_deg = float(np.hypot(*step))
        taken = ease(times_s, after.at_s, after.at_s + SACCADE_BASE_S + SACCADE_S_PER_DEG * size_deg)
        eyes += step * taken[:, None]
        if before.share or after.share:
            reach += (float(after.share > 0) - float(before.share > 0)) * taken
            turned = _turn(after) - _turn(before)
            length_s = HEAD_TURN_S + HEAD_TURN_S_PER_DEG * float(np.hypot(*turned))
            begin_s = after.at_s + HEAD_LATE_S
            turn += turned * ease(times_s, begin_s, begin_s + length_s)[:, None]
    return Aim(eyes * present(window, 1e-3, EDGE_S)[:, None], turn, reach)


def _turn(look: Look) -> NDArray[np.float64]:
    return np.clip(look.share * np.array(look[1:3]), -HEAD_MOST_DEG, HEAD_MOST_DEG)


class Gaze:
    """Decides looks one after the other, in absolute time: at the viewer, with breaks."""

    def __init__(self, seed: int, expressiveness: float, style: Style = STYLE["presenter"]) -> None:
        self._seed = seed
        self._scale = (0.4 + 0.6 * expressiveness) * style.scatter
        self._aversion = style.aversion
        self._number = 0
        self._due_s = SETTLE_S + 0.8 * chance(seed, _TIME, 0)
        self._looks: deque[Look] = deque([Look(-1.0, 0.0, 0.0)])
        self._sentence_s = -1.0

    def act(self, window: Window) -> Aim:
        """Return where the eyes look."""
        while (event := self._next_event(window)) is not None:
            self._look(window, *event)
        while len(self._looks) > 2 and self._looks[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._looks.popleft()
        return follow(self._looks, window)

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
        kind = chance(self._seed, _KIND, self._number) / max(1e-9, self._aversion * AVERSION_CHANCE[reason])
        if kind < 1 and not was_away:
            across, up = among(AVERSION_DEG[0], _ACROSS) * (1 if kind < 0.5 else -1), among(AVERSION_DEG[1], _UP)
            rest_s = among(AVERSION_S, _TIME)
        else:
            across = among((-VIEWER_DEG[0], VIEWER_DEG[0]), _ACROSS)
            up = among((-VIEWER_DEG[1], VIEWER_DEG[1]), _UP)
            rest_s = among(FIXATION_S, _TIME)
        self._looks.append(Look(at_s, across * self._scale, up * self._scale))
        self._due_s = at_s + rest_s


class Steady:
    """Looks at one place all the time, with the small movements without which eyes look dead."""

    SHARE = 0.35
    """How much of it the head takes over."""

    def __init__(self, seed: int, across_deg: float, up_deg: float) -> None:
        self._seed = seed
        self._aim = across_deg, up_deg
        self._number = 0
        share = self.SHARE if max(abs(across_deg), abs(up_deg)) > 2 * VIEWER_DEG[0] else 0.0
        self._share = share
        self._looks: deque[Look] = deque([Look(-1.0, 0.0, 0.0), Look(START_S, across_deg, up_deg, share)])

    def act(self, window: Window) -> Aim:
        """Return where the eyes look."""
        while self._looks[-1].at_s <= window.times_s[-1]:
            self._number += 1
            wait_s = FIXATION_S[0] + (FIXATION_S[1] - FIXATION_S[0]) * chance(self._seed, _TIME, self._number)
            across = self._aim[0] + VIEWER_DEG[0] * (chance(self._seed, _ACROSS, self._number) - 0.5)
            up = self._aim[1] + VIEWER_DEG[1] * (chance(self._seed, _UP, self._number) - 0.5)
            self._looks.append(Look(self._looks[-1].at_s + wait_s, across, up, self._share))
        while len(self._looks) > 2 and self._looks[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._looks.popleft()
        return follow(self._looks, window)


def turn_eyes(curves: NDArray[np.float64], aim: Aim, head: NDArray[np.float64]) -> None:
    """Turn the eyes so that they keep their aim while the head moves.

    ARKit's left and right are the person's own: the left eye is on the picture's right, and to look to the picture's
    right it looks out.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)); changed in place.
    aim
        Where they look.
    head
        Shape (frames, 5).
    """
    limit = (LIMIT + (FAR_LIMIT - LIMIT) * np.clip(aim.reach, 0.0, 1.0))[:, None]
    across, up = np.clip((aim.eyes_deg - head[:, :2]) / FULL_DEG, -limit, limit).T
    for names, values in (
        (("eyeLookOutLeft", "eyeLookInRight"), across),
        (("eyeLookInLeft", "eyeLookOutRight"), -across),
        (("eyeLookUpLeft", "eyeLookUpRight"), up),
        (("eyeLookDownLeft", "eyeLookDownRight"), -up),
    ):
        for name in names:
            curves[:, CHANNEL[name]] = np.maximum(values, 0.0)


def look_at(aim: Aim, look: NDArray[np.float64]) -> Aim:
    """Return an aim that gives way to a look, shape (frames, 3): degrees across and up, and how far it gives way."""
    if not look[:, 2].any():
        return aim
    share = look[:, 2]
    eyes = aim.eyes_deg * (1 - share)[:, None] + look[:, :2]
    return aim._replace(eyes_deg=eyes, reach=np.maximum(aim.reach, share))
