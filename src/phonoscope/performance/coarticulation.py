"""Visemes → articulators over time, by dominance functions.

Each gesture pulls every articulator towards its target, the stronger the nearer in time; the mouth is the weighted mean
of all pulls (Cohen & Massaro 1993, "Modeling coarticulation in synthetic visual speech").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.cues import PAUSE_S, Cue
from phonoscope.performance.hints import blend
from phonoscope.performance.timeline import Window
from phonoscope.performance.visemes import (
    ARTICULATORS,
    CHANNEL_WEIGHT,
    GAP,
    JAW,
    PUCKER,
    ROUND,
    UPPER,
    VISEMES,
    VOWELS,
    WIDE,
)

TIME_CONSTANT_S = np.array([0.075, 0.060, 0.090, 0.100, 0.110, 0.070, 0.050])
"""How fast a pull fades, per articulator: the heavy jaw and the pushed-forward lips are slow, the tongue is quick."""

SHAPE = 1.5
"""Exponent of the fading: between a cusp (1) and a bell (2)."""

REACH_S = 0.45
"""Where a pull ends altogether, so that a frame depends on nothing farther away."""

PLATEAU_SHARE = 0.6
"""Share of a gesture's time in which its pull is full."""

HESITATION_S = 0.08
"""From this gap between two phones on, the mouth heads for a pause's opening."""

STRESS_OPENNESS = {0: 0.92, 1: 1.08, 2: 1.0}
"""Factor on a vowel's opening by stress: stressed vowels are wider, reduced ones smaller."""


class Pull(NamedTuple):
    """One gesture in absolute time, ready to be weighed.

    Attributes
    ----------
    targets
        float64, shape (ARTICULATORS,).
    dominance
        float64, shape (ARTICULATORS,).
    """

    start_s: float
    end_s: float
    targets: NDArray[np.float64]
    dominance: NDArray[np.float64]


def articulate(window: Window, lead_s: float, expressiveness: float) -> NDArray[np.float64]:
    """Return the articulators of the window's frames.

    Returns
    -------
    float64, shape (frames, ARTICULATORS); columns as in `visemes`, the gap in mm. Rows far from any speech are 0.
    """
    times_s = window.times_s + lead_s
    pulled = np.zeros((len(times_s), ARTICULATORS))
    weights = np.full((len(times_s), ARTICULATORS), 1e-9)
    effort = 0.85 + 0.15 * expressiveness
    for pull in _pulls(window.cues, effort):
        # Sums run gesture by gesture, so that they come out the same however many others are known.
        first, last = np.searchsorted(times_s, (pull.start_s - REACH_S, pull.end_s + REACH_S))
        if first == last:
            continue
        weight = _weight(times_s[first:last], pull)
        pulled[first:last] += weight * pull.targets
        weights[first:last] += weight
    return blend(pulled / weights, times_s, window.hints)


def _pulls(cues: tuple[Cue, ...], effort: float) -> Iterator[Pull]:
    """Yield the gestures of all cues, and one for each short silence between them."""
    pause = VISEMES["pause"]
    previous_end_s = None
    for cue in cues:
        if previous_end_s is not None and HESITATION_S <= cue.start_s - previous_end_s < PAUSE_S:
            yield Pull(
                previous_end_s, cue.start_s, np.array(pause[:ARTICULATORS]), np.full(ARTICULATORS, pause.dominance)
            )
        previous_end_s = cue.end_s
        length_s = cue.end_s - cue.start_s
        for gesture in cue.gestures:
            targets = np.array(VISEMES[gesture.viseme][:ARTICULATORS])
            dominance = VISEMES[gesture.viseme].dominance * np.array(CHANNEL_WEIGHT.get(gesture.viseme, (1.0,)))
            opens = cue.openness * effort
            if gesture.viseme in VOWELS:
                opens *= STRESS_OPENNESS.get(cue.stress, 1.0)
            targets[[JAW, GAP, UPPER]] *= opens
            targets[ROUND] = max(targets[ROUND], gesture.rounded)
            targets[PUCKER] = max(targets[PUCKER], gesture.rounded)
            targets[WIDE] = min(1.0, targets[WIDE] + gesture.spread - 0.3 * gesture.rounded)
            yield Pull(
                cue.start_s + gesture.start * length_s,
                cue.start_s + gesture.end * length_s,
                targets,
                np.broadcast_to(dominance, ARTICULATORS),
            )


def _weight(times_s: NDArray[np.float64], pull: Pull) -> NDArray[np.float64]:
    """Return a pull's weight, shape (frames, ARTICULATORS)."""
    half_s = 0.5 * (pull.end_s - pull.start_s)
    # A drawn-out sound keeps its pull up to 0.2 s from its ends.
    plateau_s = max(PLATEAU_SHARE * half_s, half_s - 0.2)
    away_s = np.maximum(np.abs(times_s - 0.5 * (pull.start_s + pull.end_s)) - plateau_s, 0.0)
    taper = np.maximum(1 - (away_s / REACH_S) ** 2, 0.0) ** 2
    fading = np.exp(-((away_s[:, None] / TIME_CONSTANT_S) ** SHAPE))
    return np.asarray(pull.dominance * fading * taper[:, None])
