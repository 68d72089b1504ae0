"""Chooses among mouths that are pictures."""

from __future__ import annotations

import math

from phonoscope.core.mouth_shapes import MOUTH_SHAPES, nearest_shapes
from phonoscope.core.performance import Pose


def choose_shape(pose: Pose) -> str:
    """Return which of `MOUTH_SHAPES` to show: the one that was chosen, or else the one nearest to the pose's curves.

    A performance whose shapes were chosen, and held for a while each, tells them in its channel ``mouthShape``.
    """
    chosen = pose["mouthShape"]
    if math.isfinite(chosen) and 1 <= round(chosen) <= len(MOUTH_SHAPES):
        return MOUTH_SHAPES[round(chosen) - 1]
    return MOUTH_SHAPES[nearest_shapes(pose.curves[None])[0]]
