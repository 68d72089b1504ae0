"""Lids of flat drawings: one colour, and a line."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eyes import Eye
from phonoscope.avatars.photo.marks.shut_eye import SEEN, distance_from_eye, hidden_by_lid, shut_with

LIGHTER = 55
"""Percentile of the brightness around an eye that is skin: the rest is outline."""

LINE_DARK = 0.9
"""Darkness of the line of a shut eye: ink."""


def cel_lid(eye: Eye) -> Eye:
    """Return an eye whose closed lid has the one colour of the skin around it."""
    away = distance_from_eye(eye)
    hole = hidden_by_lid(eye.photo, away)
    if hole is None:
        return eye
    colour = _ring_colour(eye.photo, (away > 0.5 * SEEN[0]) & (away < SEEN[1]) & ~hole)
    if colour is None:
        return eye
    lid = np.broadcast_to(colour, eye.photo.shape).astype(np.float32)
    return shut_with(eye, lid, hole, LINE_DARK, rides=False)


def _ring_colour(photo: NDArray[np.uint8], ring: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    pixels = photo[ring].astype(np.float32)
    if len(pixels) < 8:
        return None
    light = pixels.mean(1)
    return np.asarray(np.median(pixels[light >= np.percentile(light, LIGHTER)], 0), np.float32)
