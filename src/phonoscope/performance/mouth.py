"""The mouth's channels, step by step: coarticulation, then contacts, then rest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL
from phonoscope.performance.coarticulation import articulate
from phonoscope.performance.contact import lip_closure, teeth_on_lip
from phonoscope.performance.options import PerformOptions
from phonoscope.performance.rest import inhaling, photographed, shaped, speaking
from phonoscope.performance.timeline import Window
from phonoscope.performance.visemes import GAP, JAW, PUCKER, ROUND, TONGUE, UPPER, VISEMES, WIDE

FACE_MM = 175.0
"""Height of the face that the viseme table is written for."""

UPPER_UP_MM = 2.5
"""Raising of the upper lip at ``mouthUpperUp`` 1."""

SMILE_SHARE = 0.1
"""Share of the width that the cheeks take up: spread lips lift the corners a little."""

INHALE_GAP_MM = 3.5
INHALE_JAW = 0.1
"""A breath that is heard parts the lips: less than any open vowel does."""

TEETH_GAP_MM = VISEMES["labiodental"].gap_mm
TEETH_UPPER_MM = 1.3
"""f and v: what is seen between the lips is the upper teeth on the lower lip."""

TEETH_UNROUND = 0.6
"""How much of their roundness f and v take from the lips: all of it within a frame or two would be a twitch."""

_SHAPES = frozenset(
    {"mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight", "mouthSmileLeft", "mouthSmileRight"}
)


def move_mouth(curves: NDArray[np.float64], window: Window, options: PerformOptions) -> None:
    """Fill in the mouth's channels.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)); changed in place.
    """
    articulators = articulate(window, options.lead_s, options.expressiveness)
    shut = lip_closure(window, options.lead_s)
    teeth = teeth_on_lip(window, options.lead_s)
    # A word that begins or ends with p, b, m closes the lips although the mouth is still on its way from or to rest.
    speech = np.maximum(speaking(window), shut)
    rest = np.minimum(photographed(window, options.return_in_pauses), 1 - shut)
    inhaled = inhaling(window)
    if options.return_in_pauses:
        rest = rest * (1 - inhaled)
    inhaled = inhaled * (1 - speech)
    shape = shaped(window)
    for moved, still in ((speech, 0.0), (shape, 0.0), (inhaled, 0.0), (rest, 1.0)):
        moved[_ends(window)] = still

    gap_mm = (articulators[:, GAP] * (1 - teeth) + TEETH_GAP_MM * teeth) * (1 - shut)
    upper_mm = (articulators[:, UPPER] * (1 - teeth) + TEETH_UPPER_MM * teeth) * (1 - 0.7 * shut)
    columns = {
        "jawOpen": articulators[:, JAW],
        "lipGap": gap_mm / FACE_MM,
        "mouthFunnel": articulators[:, ROUND] * (1 - TEETH_UNROUND * teeth),
        "mouthPucker": articulators[:, PUCKER],
        "mouthStretchLeft": articulators[:, WIDE],
        "mouthStretchRight": articulators[:, WIDE],
        "mouthSmileLeft": SMILE_SHARE * articulators[:, WIDE],
        "mouthSmileRight": SMILE_SHARE * articulators[:, WIDE],
        "mouthUpperUpLeft": upper_mm / UPPER_UP_MM,
        "mouthUpperUpRight": upper_mm / UPPER_UP_MM,
        "mouthPressLeft": shut,
        "mouthPressRight": shut,
        "mouthRollLower": teeth * (1 - shut),
        "tongueUp": articulators[:, TONGUE] * (1 - shut),
    }
    for name, values in columns.items():
        curves[:, CHANNEL[name]] = np.clip(values, 0.0, 1.0) * (shape if name in _SHAPES else speech)
    curves[:, CHANNEL["lipGap"]] += inhaled * INHALE_GAP_MM / FACE_MM
    curves[:, CHANNEL["jawOpen"]] += inhaled * INHALE_JAW
    curves[:, CHANNEL["mouthRest"]] = rest


def _ends(window: Window) -> NDArray[np.bool_]:
    """Return the first and the last frame of all, which are the photograph, whatever is said there; shape (frames,)."""
    ends = window.times_s <= 0
    if window.end_s is not None:
        ends |= window.times_s >= window.end_s - 1e-9
    return np.asarray(ends)
