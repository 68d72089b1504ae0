"""The lip line of the photographed mouth, refined from the landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLUMNS = 129
"""Number of samples across the mouth, from corner to corner."""


@dataclass(frozen=True, slots=True, eq=False)
class LipLine:
    """Inner contours of the lips in face coordinates, sampled at `x`, COLUMNS places from corner to corner.

    Attributes
    ----------
    x
        float64, shape (COLUMNS,), from -1 (picture's left corner) to 1; u = centre_u + x * half_width.
    upper, lower
        float64, shape (COLUMNS,): v of the lower edge of the upper lip, and of the upper edge of the lower lip.
        Equal where the mouth is closed.
    depth
        float64, shape (COLUMNS,): w of the lip line.
    centre_u, half_width
        The mouth's middle and half its inner width, in face heights.
    gap
        float64, shape (COLUMNS,): the photographed opening, `lower` - `upper`, tapered to 0 at the corners.
    opening
        The largest photographed opening near the middle, in face heights.
    closed
        True when the lips touch in the photo.
    upper_thickness, lower_thickness
        Height of the red of each lip at the middle, in face heights.
    """

    x: NDArray[np.float64]
    upper: NDArray[np.float64]
    lower: NDArray[np.float64]
    depth: NDArray[np.float64]
    centre_u: float
    half_width: float
    gap: NDArray[np.float64]
    opening: float
    closed: bool
    upper_thickness: float
    lower_thickness: float

    @property
    def millimetre(self) -> float:
        """One millimetre of an average mouth, in face heights, capped for small mouths in tall faces."""
        return min(1 / 175, 2 * min(self.half_width, 0.165) / 48)
