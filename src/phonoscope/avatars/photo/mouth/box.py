"""The surroundings of the photographed mouth, with each pixel's distance from both lip edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box


@dataclass(frozen=True, slots=True, eq=False)
class MouthBox:
    """Signed distances from the lip line in a box of the picture.

    Attributes
    ----------
    box
        Where it lies in the picture: the outer lips and a margin around them.
    upper_distance_px, lower_distance_px
        float32, shape (box.height, box.width): how far a pixel lies below the lower edge of the upper lip, and below
        the upper edge of the lower lip, in pixels. Between the lips the first is positive and the second negative.
    upper_height, lower_height
        float32, same shape: how far a pixel lies straight below the lower edge of the upper lip, and below the upper
        edge of the lower lip, in face heights.
    x
        float32, same shape: place across the mouth, -1 at the picture's left corner, 1 at the right one.
    """

    box: Box
    upper_distance_px: NDArray[np.float32]
    lower_distance_px: NDArray[np.float32]
    upper_height: NDArray[np.float32]
    lower_height: NDArray[np.float32]
    x: NDArray[np.float32]

    def inside_px(self) -> NDArray[np.float32]:
        """Depth inside the opening: distance to the nearer lip edge, negative outside, in pixels."""
        return np.minimum(self.upper_distance_px, -self.lower_distance_px)
