"""The nine mouth shapes of 2D animation, and which of them comes nearest to a face's curves."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL

MOUTH_SHAPES: Final = ("X", "A", "B", "C", "D", "E", "F", "G", "H")
"""Mouth shapes that animators use (Preston Blair's, as Rhubarb Lip Sync names them): X idle, A lips shut (p b m),
B clenched teeth (k s t i), C open (e), D wide open (a), E slightly rounded (o), F puckered (u w), G teeth on lip (f v),
H tongue up (l). https://github.com/DanielSWolf/rhubarb-lip-sync#mouth-shapes"""

X, A, B, C, D, E, F, G, H = range(len(MOUTH_SHAPES))
"""Their places."""

SHUT_GAP: Final = 0.0008
"""Lips nearer than this, in face heights, touch: a seventh of a millimetre on a real face."""

AT_REST: Final = 0.5
"""Rest from which on the mouth idles; an expression that opens it (surprise) has left its rest."""

BITTEN: Final = 0.5
"""Contact of lower lip and teeth from which on it is seen."""

TONGUE, TONGUE_GAP, TONGUE_ROUND = 0.72, 0.016, 0.35
"""The tongue is seen from so far up, in an opening of so many face heights, in lips no rounder than this."""

_SCALES: Final = np.array([0.012, 0.28, 0.70])
"""What is one step of gap (face heights), roundness and spread to the eye."""

_TARGETS: Final = np.array(
    [
        # gap, round, wide
        [0.026, 0.00, 0.50],
        [0.048, 0.00, 0.20],
        [0.068, 0.00, 0.05],
        [0.036, 0.50, 0.00],
        [0.012, 0.90, 0.00],
    ]
)
"""Middles of B, C, D, E and F."""


def nearest_shapes(curves: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return the place in `MOUTH_SHAPES` of the nearest shape.

    Parameters
    ----------
    curves
        Shape (frames, len(CHANNELS)).

    Returns
    -------
    int8, shape (frames,). `A` wherever the lips touch and the mouth does not rest.
    """
    curves = np.nan_to_num(curves, nan=0.0, posinf=1.0, neginf=0.0)
    column = {name: curves[:, CHANNEL[name]] for name in ("lipGap", "mouthRest", "mouthRollLower", "tongueUp")}
    gap, rest = column["lipGap"], column["mouthRest"]
    rounded = np.maximum(curves[:, CHANNEL["mouthFunnel"]], 0.9 * curves[:, CHANNEL["mouthPucker"]])
    wide = 0.5 * (curves[:, CHANNEL["mouthStretchLeft"]] + curves[:, CHANNEL["mouthStretchRight"]])
    away = (np.stack([gap, rounded, wide], axis=1)[:, None] - _TARGETS) / _SCALES
    shapes = B + np.argmin((away * away).sum(-1), axis=1)
    tongue = (column["tongueUp"] > TONGUE) & (gap > TONGUE_GAP) & (rounded < TONGUE_ROUND)
    shapes[tongue] = H
    shapes[column["mouthRollLower"] >= BITTEN] = G
    shapes[gap <= SHUT_GAP] = A
    shapes[rest >= AT_REST] = X
    return np.asarray(shapes, np.int8)
