"""Lids of flat drawings: one colour, and a line."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_kernels import BELOW, CLEAN, GAP, PLATE
from phonoscope.avatars.photo.eyes.eyes import Eye

AROUND = (0.12, 0.45)
"""The skin's colour is read in a ring this far around the opening, in openings."""

LIGHTER = 55
"""Percentile of the ring's brightness that is skin: the rest is outline."""

COVER = 0.10
"""How far a lid reaches over the opening's edge, in openings: over the outline."""


def cel_lid(eye: Eye) -> Eye:
    """Return an eye whose closed lid has the one colour of the skin around it."""
    opening = eye.sizes[0]
    below, gap = eye.lines[..., BELOW] / opening, eye.lines[..., GAP] / opening
    outside = np.maximum(-below, below - gap)
    open_part = gap > 0.06
    inside = ((outside < 0) & open_part).astype(np.uint8)
    if not inside.any():
        return eye
    away = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3) / opening
    lid = 1 - smoothstep(COVER, COVER + max(1.2 / opening, 0.02), away)
    colour = _ring_colour(eye.photo, (away > AROUND[0]) & (away < AROUND[1]))
    if colour is None:
        return eye
    skins = eye.skins.copy()
    for first in (CLEAN, PLATE):
        # What lies outside the eye is the drawing itself, freed of nothing.
        plain = eye.photo + (colour - eye.photo) * lid[..., None]
        skins[..., first : first + 3] = np.clip(plain + 0.5, 0, 255)
    return replace(eye, skins=np.ascontiguousarray(skins))


def _ring_colour(photo: NDArray[np.uint8], ring: NDArray[np.bool_]) -> NDArray[np.float32] | None:
    pixels = photo[ring].astype(np.float32)
    if len(pixels) < 8:
        return None
    light = pixels.mean(1)
    return np.asarray(np.median(pixels[light >= np.percentile(light, LIGHTER)], 0), np.float32)
