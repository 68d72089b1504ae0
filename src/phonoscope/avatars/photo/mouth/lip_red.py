"""The red of lips that close after a wide-open mouth: it gets the outline that closed lips have."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.lip_closing import gapes_by
from phonoscope.avatars.photo.mouth.box import MouthBox

_LEAST_UPPER, _LEAST_LOWER = 0.030, 0.052
"""Least heights of the lips' red at the middle, in face heights: a yawn stretches them thin."""
_UPPER_POWER, _LOWER_POWER = 1.6, 3.0
"""Shape of that height along the mouth, 1 - |x| to this power: the lower lip is fuller beside its middle."""
_BOW, _BOW_WIDTH = 0.16, 0.16
"""Depth of the dent in the middle of the upper lip, as a share of its height, and its reach across the mouth."""
_EDGE = 0.006
"""Half the width of the red's outer edge, in face heights."""
_FULL_RED, _TAKEN = 0.92, 0.9
"""Share of the way from the skin's colour to the lips' that a lip shows at least; share of it that skin loses."""
_OUTSIDE, _BESIDE, _SKIN_BLUR = 2.2, 1.35, 0.035
"""Skin begins so many heights of a lip from its edge, or so far across the mouth; blur of its colour, face heights."""
_LIP_BAND, _LIP_MIDDLE, _LEAST_CONTRAST = (0.25, 0.9), 0.6, 8.0
"""Where a lip shows its colour: shares of its height, and across the mouth; its least difference from the skin."""
_DARKEST = 0.7
"""Least light of a lip against the skin around it, in each channel."""
_AROUND = 0.085, 0.12
"""Heights over the lips, in face heights, up to which colours are changed, and from which on they are the photo's."""


def reshape_red(
    colour: NDArray[np.float32], lips: LipLine, distances: MouthBox, height_px: float
) -> NDArray[np.float32]:
    """Return colours of the mouth's box, float32 (height, width, 3), with the red of lips that gaped in a closed shape.

    An open mouth draws its lips out into a ring, which stays a box when it is only pushed together.
    """
    gaping = gapes_by(lips)
    if gaping <= 0:
        return colour
    x = np.abs(distances.x).astype(np.float64)
    upper = max(lips.upper_thickness, _LEAST_UPPER) * np.clip(1 - x**_UPPER_POWER, 0, 1)
    upper *= 1 - _BOW * np.exp(-((x / _BOW_WIDTH) ** 2))
    lower = max(lips.lower_thickness, _LEAST_LOWER) * np.clip(1 - x**_LOWER_POWER, 0, 1)
    above, below = -distances.upper_height.astype(np.float64), distances.lower_height.astype(np.float64)
    # Between the lips both are negative: there everything is lip.
    wanted = np.minimum(
        1 - smoothstep(-_EDGE, _EDGE, above - upper), 1 - smoothstep(-_EDGE, _EDGE, below - lower)
    ) * smoothstep(0.0, 0.15, 1.02 - x)
    near = (1 - smoothstep(*_AROUND, np.maximum(above, below))) * (1 - smoothstep(1.1, 1.5, x)) * gaping
    skin = _skin_around(colour, lips, distances, height_px)
    red = _lip_colours(colour, skin, lips, distances, height_px) - skin
    has = (((colour - skin) * red).sum(-1) / np.maximum((red * red).sum(-1), _LEAST_CONTRAST**2)).astype(np.float64)
    # Red is added up to what lips need; where there shall be skin, skin takes the place of what red there was.
    added = near * wanted * np.clip(_FULL_RED - has, 0, _FULL_RED)
    taken = near * (1 - wanted) * _TAKEN * smoothstep(0.0, 0.5, has)
    change = added[..., None] * red + taken[..., None] * (skin - colour)
    return np.asarray(colour + change, np.float32)


def _lip_colours(
    colour: NDArray[np.float32], skin: NDArray[np.float32], lips: LipLine, distances: MouthBox, height_px: float
) -> NDArray[np.float32]:
    """Return the colour of the upper lip above the opening and of the lower lip below, shape (height, width, 3)."""
    near = np.abs(distances.x) < _LIP_MIDDLE
    first, last = _LIP_BAND
    found = np.empty_like(colour)
    lower_half = distances.lower_height + distances.upper_height > 0
    for side, away, thickness in (
        (~lower_half, -distances.upper_distance_px / height_px, lips.upper_thickness),
        (lower_half, distances.lower_distance_px / height_px, lips.lower_thickness),
    ):
        band = near & (away > first * thickness) & (away < last * thickness)
        # In tiny faces, a lip is thinner than a pixel: none of its red can be read, and none is added.
        found[side] = np.median(colour[band], 0) if band.any() else skin[side]
    # Where the lip's edge was traced a little outside the opening, it is the dark of the mouth that is read.
    found = np.maximum(found, _DARKEST * skin)
    return np.asarray(cv2.GaussianBlur(found, (0, 0), _EDGE * height_px), np.float32)


def _skin_around(
    colour: NDArray[np.float32], lips: LipLine, distances: MouthBox, height_px: float
) -> NDArray[np.float32]:
    """Return the colour of the nearest skin outside the photographed lips, smooth, shape (height, width, 3)."""
    above, below = -distances.upper_distance_px / height_px, distances.lower_distance_px / height_px
    is_skin = (above > _OUTSIDE * lips.upper_thickness) | (below > _OUTSIDE * lips.lower_thickness)
    is_skin |= np.abs(distances.x) > _BESIDE
    weight = is_skin.astype(np.float32) + 1e-4
    sigma = _SKIN_BLUR * height_px
    total = cv2.GaussianBlur(colour * weight[..., None], (0, 0), sigma)
    return np.asarray(total / cv2.GaussianBlur(weight, (0, 0), sigma)[..., None], np.float32)
