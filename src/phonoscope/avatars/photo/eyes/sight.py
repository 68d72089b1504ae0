"""Which eyes of a photo can be seen to move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import EyeShape
from phonoscope.avatars.photo.photometry import Photometry

_SHUT = 0.085
"""An eye whose lids are no further apart than this, in eye widths, is shut: it stays so."""
_NEARLY_SHUT = 0.16
"""So is one no further open than this that shows no iris."""
_DARK, _DARK_PERCENTILE = 0.34, 80
"""Behind sunglasses, or under hair, nearly all around an eye has less than this share of the skin's light."""
_AROUND = 0.7
"""How far around the eye that is looked at, in openings."""
_PLAIN, _LINES_AROUND = 0.13, 0.25
"""Where the picture differs by less than this share of the skin's light, so far around, in openings, there is no eye:
eyes have lines."""


def is_hidden(rgb: NDArray[np.uint8], eye: EyeShape, has_iris: bool, photometry: Photometry) -> bool:
    """Tell whether an eye is shut, or behind dark glasses or hair; `rgb` is uint8, the eye's box."""
    middle = np.abs(eye.along - 0.5) < 0.5
    if not middle.any():
        return True
    openness = float(eye.gap[middle].max()) / eye.width_px
    if openness < (_SHUT if has_iris else _NEARLY_SHUT):
        return True
    around = middle & (eye.inside_px() > -_LINES_AROUND * eye.opening_px)
    shades = np.percentile(rgb[around].mean(1), (3, 97))
    if shades[1] - shades[0] < _PLAIN * float(photometry.skin.mean()):
        return True
    near = middle & (eye.inside_px() > -_AROUND * eye.opening_px)
    light = float(np.percentile(rgb[near].mean(1), _DARK_PERCENTILE))
    return not has_iris and light < _DARK * float(photometry.skin.mean())
