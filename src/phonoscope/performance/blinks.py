"""Blinks."""

from __future__ import annotations

import math
from collections import deque

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.easing import ease
from phonoscope.performance.gestures import AGAIN_S
from phonoscope.performance.noise import chance
from phonoscope.performance.timeline import LOOK_BACK_S, Window

CLOSING_S, CLOSED_S, OPENING_S = 0.085, 0.042, 0.170
"""A blink's phases: lids fall fast, stay shut for a frame at 25 a second, and rise slowly (Caffier et al. 2003)."""

BLINK_S = CLOSING_S + CLOSED_S + OPENING_S

REFRACTORY_S = 1.0
MEAN_WAIT_S = 2.6
MAX_WAIT_S = 7.0
"""Intervals: a dead time, then chance with this mean and limit, which gives about 18 blinks a minute (Bentivoglio et
al. 1997: 17 at rest, 26 in talk)."""

FIRST_S = (0.9, 2.2)
"""When the first blink falls: early, so that even a short clip has one."""

DOUBLE_CHANCE = 0.1
DOUBLE_S = (0.36, 0.46)
"""How often a second blink follows at once, and after what time from the first one's start."""

FREEDOM_S = 0.5
STEP_S = 0.05
"""A blink may wait this long for a better moment, tried in such steps."""

PAUSE_COST, VOWEL_COST, STRESS_COST, WAIT_COST_PER_S = -0.6, 0.25, 1.0, 0.4
"""Speakers blink in pauses and at the ends of phrases, hardly ever within an accented vowel."""

ANSWER_CHANCE = 0.35
ANSWER_S = (0.05, 0.4)
"""How often, and how soon, a listener blinks when a speaker ends a phrase (Nakano & Kitazawa 2010: listeners' blinks
follow the speaker's pauses by 0.25 to 0.5 s)."""

LIDS_BUSY_S = {"wink": (-0.2, 0.8), "blink": (-0.5, 0.9)}
"""From when to when, about a gesture of the lids, they do nothing else: a wink beside a blink is none."""

_WAIT, _DOUBLE, _DOUBLE_WAIT, _ANSWER, _ANSWER_WAIT = 20, 21, 22, 23, 24


class Blinks:
    """Decides blinks one after the other, in absolute time."""

    def __init__(self, seed: int, wait: float = 1.0) -> None:
        self._seed = seed
        self._wait = wait
        self._number = 0
        self._heard_s = -1.0
        low, high = FIRST_S
        self._due_s = low + (high - low) * chance(seed, _WAIT, 0)
        self._exact = False
        self._starts_s: deque[float] = deque()

    def act(self, window: Window) -> NDArray[np.float64]:
        """Return how far the lids are shut, shape (frames,), in [0, 1]."""
        # A blink is put on a frame, and so may begin a little before it is due.
        last_s = float(window.times_s[-1] + 1 / window.fps)
        self._answer(window, last_s)
        while self._due_s <= last_s:
            self._decide(window)
            self._answer(window, last_s)
        while self._starts_s and self._starts_s[0] < window.times_s[0] - LOOK_BACK_S:
            self._starts_s.popleft()
        lids = np.zeros(len(window.times_s))
        for start_s in self._starts_s:
            lids = np.maximum(lids, _blink(window.times_s, start_s))
        return lids

    def _answer(self, window: Window, last_s: float) -> None:
        """Let the next blink come earlier where somebody else ends a phrase before it is due."""
        for span in window.heard:
            if not self._heard_s < span.end_s <= min(self._due_s, last_s):
                continue
            self._heard_s = span.end_s
            number = round(span.end_s * 1000)
            blinked_s = self._starts_s[-1] if self._starts_s else 0.0
            low, high = ANSWER_S
            at_s = span.end_s + low + (high - low) * chance(self._seed, _ANSWER_WAIT, number)
            is_free = at_s < self._due_s and at_s - blinked_s > REFRACTORY_S
            if is_free and chance(self._seed, _ANSWER, number) < ANSWER_CHANCE:
                self._due_s, self._exact = at_s, False

    def _decide(self, window: Window) -> None:
        """Place the blink that is due, and say when the next one is."""
        start_s = self._due_s if self._exact else _best_moment(window, self._due_s)
        freed_s = _freed(window, start_s)
        if freed_s > start_s:
            self._due_s, self._exact = freed_s, False
            return
        # The shut lids are met by a frame at any frame rate.
        shut_s = CLOSING_S + 0.5 * CLOSED_S
        start_s = round((start_s + shut_s) * float(window.fps)) / float(window.fps) - shut_s
        if window.end_s is None or start_s + BLINK_S < window.end_s:
            self._starts_s.append(start_s)
        self._number += 1
        doubled = not self._exact and chance(self._seed, _DOUBLE, self._number) < DOUBLE_CHANCE
        if doubled:
            low, high = DOUBLE_S
            wait_s = low + (high - low) * chance(self._seed, _DOUBLE_WAIT, self._number)
        else:
            wait_s = -MEAN_WAIT_S * math.log(1 - chance(self._seed, _WAIT, self._number))
            wait_s = REFRACTORY_S + self._wait * min(MAX_WAIT_S, wait_s)
        self._exact = doubled
        self._due_s = start_s + wait_s


def _best_moment(window: Window, due_s: float) -> float:
    """Return the cheapest start for a blink from when it is due."""
    moments_s = due_s + STEP_S * np.arange(round(FREEDOM_S / STEP_S))
    cost = WAIT_COST_PER_S * (moments_s - due_s)
    middle_s = moments_s + CLOSING_S
    silent = np.ones(len(moments_s), bool)
    for cue in window.cues:
        inside = (cue.start_s <= middle_s) & (middle_s < cue.end_s)
        silent &= ~inside
        if cue.is_vowel:
            cost = cost + inside * (STRESS_COST if cue.stress == 1 else VOWEL_COST)
    return float(moments_s[np.argmin(cost + silent * PAUSE_COST)])


def _freed(window: Window, start_s: float) -> float:
    """Return the start of a blink, later where a gesture of the lids is in its way."""
    played_s: dict[str, float] = {}
    for direction in window.directions:
        if direction.name not in LIDS_BUSY_S:
            continue
        at_s = max(direction.at_s, played_s.get(direction.name, -math.inf) + AGAIN_S)
        played_s[direction.name] = at_s
        before_s, after_s = LIDS_BUSY_S[direction.name]
        if at_s + before_s - BLINK_S < start_s < at_s + after_s:
            start_s = at_s + after_s
    return start_s


def _blink(times_s: NDArray[np.float64], start_s: float) -> NDArray[np.float64]:
    """Return one blink, shape (frames,)."""
    closing = ease(times_s, start_s, start_s + CLOSING_S)
    reopen_s = start_s + CLOSING_S + CLOSED_S
    t = np.clip((times_s - reopen_s) / OPENING_S, 0.0, 1.0)
    # The lids let go at once and settle slowly.
    return np.asarray(closing * (1 - t) ** 2 * (1 + 2 * t))
