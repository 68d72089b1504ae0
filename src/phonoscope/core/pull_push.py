"""Filling holes in a picture, however large, by averages of ever larger blocks.

The pull and push of S. Gortler et al., "The Lumigraph", SIGGRAPH 1996.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_NOTHING = 1e-4
"""Weight below which a block holds nothing."""

_KNOWN = 0.25
"""A block of which this share is known is known: its mean is as good as it gets."""


def fill_in(colour: NDArray[np.float32], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Continue colours smoothly to where they are not known.

    Parameters
    ----------
    colour
        float32, shape (height, width, 3).
    weight
        float32, shape (height, width): how well each is known, 0 to 1.

    Returns
    -------
    float32, shape (height, width, 3); unchanged where the weight is 1.
    """
    height, width = weight.shape
    if min(height, width) <= 2:
        total = max(float(weight.sum()), _NOTHING)
        mean = (colour * weight[..., None]).sum((0, 1)) / total
        return np.asarray(colour * weight[..., None] + mean * (1 - weight[..., None]), np.float32)
    half = (-(-width // 2), -(-height // 2))
    small_weight = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    small = cv2.resize(colour * weight[..., None], half, interpolation=cv2.INTER_AREA)
    small = small / np.maximum(small_weight, _NOTHING)[..., None]
    below = fill_in(np.asarray(small, np.float32), np.asarray(np.clip(small_weight / _KNOWN, 0, 1), np.float32))
    around = cv2.resize(below, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(around + (colour - around) * weight[..., None], np.float32)
