"""The head: nods on accents, a new posture with each phrase, and a slow drift under both."""

from __future__ import annotations

import itertools
from collections import deque
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import HEAD
from phonoscope.performance.easing import bump, ease, present
from phonoscope.performance.noise import chance, drift
from phonoscope.performance.prosody import Accent
from phonoscope.performance.styles import STYLE, Style
from phonoscope.performance.timeline import LOOK_BACK_S, Window

DRIFT_HZ = (0.12, 0.35, 0.9)
DRIFT = np.array([
    # yaw    pitch  roll   x       y
    [0.60, 0.35, 0.40, 0.0025, 0.0015],
    [0.65, 0.38, 0.30, 0.0020, 0.0012],
    [0.15, 0.12, 0.08, 0.0004, 0.0004],
])  # fmt: skip
"""Standard deviation of the drift per band, in degrees and face heights. Real speakers' heads vary by 0.2 to 0.9
degrees in three seconds of plain reading; nothing of this is quicker than 3 Hz."""

POSTURE = np.array([1.1, 0.6, 0.6, 0.004, 0.002])
"""Most that a phrase's posture lies off straight ahead."""

SHIFT_BEFORE_S, SHIFT_AFTER_S = 0.3, 0.6
"""A speaker takes a new posture around the start of a phrase."""

NOD_DEG = (1.2, 2.8)
NOD_STRENGTH_SHARE = 0.6
"""Depth of a nod, by the accent's strength and, for the rest, by chance."""

NOD_HALF_S = 0.30
NOD_CHANCE = 0.65
"""Half a nod's length, and how many accents get one."""

BEAT_DEG = np.array([0.5, 0.35])
"""Most that an accent turns and tilts the head besides."""

SILENT_SHARE = 0.5
"""How much of the drift is left in silence."""

LIMIT = np.array([6.0, 5.0, 3.0, 0.03, 0.02])
"""Farther, a photographed head shows that it is flat."""

START_S, END_S = 0.7, 0.6
"""Time in which the head leaves the photograph, and comes back to it."""

_DRIFT, _POSTURE, _NOD, _BEAT, _DEPTH = 40, 60, 80, 81, 88


class Shift(NamedTuple):
    """A new posture, and when it is begun; shape (5,)."""

    at_s: float
    posture: NDArray[np.float64]


class Head:
    """Moves the head, phrase by phrase."""

    def __init__(self, seed: int, expressiveness: float, style: Style = STYLE["presenter"]) -> None:
        self._seed = seed
        self._scale = expressiveness
        self._style = style
        self._phrases = 0
        self._phrase_s = -1.0
        self._shifts: deque[Shift] = deque([Shift(-10.0, np.zeros(len(HEAD)))])

    def act(
        self,
        window: Window,
        accents: tuple[Accent, ...],
        posture: NDArray[np.float64] | float = 0.0,
        energy: NDArray[np.float64] | None = None,
    ) -> NDArray[np.float64]:
        """Return the head's movement, shape (frames, 5): see `HEAD`; 0 at the first and last frame of all.

        Parameters
        ----------
        posture
            What is added to it, of the same shape: an expression's posture, a turn to somebody.
        energy
            Factor on the head's own movement, shape (frames,).
        """
        self._take_postures(window)
        times_s = window.times_s
        lively = (SILENT_SHARE + (1 - SILENT_SHARE) * _talk(window))[:, None]
        head = self._style.drift * self._drift(times_s) * lively + self._style.posture * self._posture(times_s)
        for accent in accents:
            self._nod(head, times_s, accent)
        if energy is not None:
            head = head * energy[:, None]
        limit = LIMIT * self._style.limit
        # A head that is turned to somebody moves as much as one that is not.
        head = limit * np.tanh(self._scale * head / limit) + posture
        return np.asarray(head * present(window, START_S, END_S)[:, None])

    def _drift(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        total = np.zeros((len(times_s), len(HEAD)))
        for band, (rate_hz, sizes) in enumerate(zip(DRIFT_HZ, DRIFT, strict=True)):
            for column, size in enumerate(sizes):
                total[:, column] += size * drift(self._seed, _DRIFT + band * len(HEAD) + column, rate_hz, times_s)
        return total

    def _take_postures(self, window: Window) -> None:
        """Decide the posture of each phrase that has come near."""
        for span in window.spans:
            if span.start_s > self._phrase_s:
                self._phrase_s = span.start_s
                self._phrases += 1
                chances = [chance(self._seed, _POSTURE + c, self._phrases) for c in range(len(HEAD))]
                self._shifts.append(Shift(span.start_s, POSTURE * (2 * np.array(chances) - 1)))
        while len(self._shifts) > 2 and self._shifts[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._shifts.popleft()

    def _posture(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        posture = np.zeros((len(times_s), len(HEAD)))
        posture[:] = self._shifts[0].posture
        shifts = list(self._shifts)
        for before, after in itertools.pairwise(shifts):
            taken = ease(times_s, after.at_s - SHIFT_BEFORE_S, after.at_s + SHIFT_AFTER_S)
            posture += taken[:, None] * (after.posture - before.posture)
        return posture

    def _nod(self, head: NDArray[np.float64], times_s: NDArray[np.float64], accent: Accent) -> None:
        """Add what one accent does to the head."""
        beat = bump(times_s, accent.at_s, NOD_HALF_S)
        if chance(self._seed, _NOD, accent.number) < NOD_CHANCE * self._style.nod_chance:
            depth = NOD_STRENGTH_SHARE * accent.strength
            depth += (1 - NOD_STRENGTH_SHARE) * chance(self._seed, _DEPTH, accent.number)
            depth_deg = NOD_DEG[0] + (NOD_DEG[1] - NOD_DEG[0]) * depth
            head[:, HEAD.index("pitch")] -= beat * self._style.nod * depth_deg
        for column, size in zip((HEAD.index("yaw"), HEAD.index("roll")), BEAT_DEG, strict=True):
            head[:, column] += (
                beat * self._style.nod * size * (2 * chance(self._seed, _BEAT + column, accent.number) - 1)
            )


def _talk(window: Window) -> NDArray[np.float64]:
    """Return a slow envelope of speech, shape (frames,)."""
    talk = np.zeros(len(window.times_s))
    for span in window.spans:
        rise = ease(window.times_s, span.start_s - 0.4, span.start_s + 0.4)
        talk = np.maximum(talk, rise * (1 - ease(window.times_s, span.end_s, span.end_s + 0.8)))
    return talk
