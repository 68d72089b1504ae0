"""The brows: raised on some accents, with questions, and at the start of some phrases."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL
from phonoscope.performance.easing import bump, present
from phonoscope.performance.noise import chance, drift
from phonoscope.performance.prosody import Accent
from phonoscope.performance.timeline import Window

ACCENT_RAISE = (0.12, 0.38)
ACCENT_CHANCE = 0.45
ACCENT_HALF_S = 0.34
"""How high and how often an accent lifts the brows, and half its length: brows accompany emphasis, not every beat."""

QUESTION_RAISE = 0.5
QUESTION_BEFORE_S = 0.25
QUESTION_HALF_S = 0.45
"""A question lifts them at its end, from 0.7 s before the last word is over."""

DRIFT_RAISE, DRIFT_HZ = 0.05, 0.2
"""Brows are never quite still."""

OUTER_SHARE = 0.7

_CHANCE, _DRIFT = 90, 91


def raise_brows(
    curves: NDArray[np.float64], window: Window, accents: tuple[Accent, ...], seed: int, size: float
) -> None:
    """Fill in the brows' channels.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)); changed in place.
    size
        Factor on how high they go; accents raise them more often, too, where it is more than 1.
    """
    times_s = window.times_s
    raised = DRIFT_RAISE * (1 + np.clip(drift(seed, _DRIFT, DRIFT_HZ, times_s), -1, 2))
    for accent in accents:
        if chance(seed, _CHANCE, accent.number) < ACCENT_CHANCE * max(size, 1.0):
            low, high = ACCENT_RAISE
            raised = raised + bump(times_s, accent.at_s, ACCENT_HALF_S) * (low + (high - low) * accent.strength)
    for mark in window.marks:
        if mark.sign == "?":
            raised = raised + QUESTION_RAISE * bump(times_s, mark.at_s - QUESTION_BEFORE_S, QUESTION_HALF_S)
    raised = np.clip(size * raised, 0.0, 1.0) * present(window, 0.5, 0.5)
    curves[:, CHANNEL["browInnerUp"]] = raised
    for name in ("browOuterUpLeft", "browOuterUpRight"):
        curves[:, CHANNEL[name]] = OUTER_SHARE * raised
