"""The lattice seen from the mouth: distances from the lip line, and profiles along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import CHIN, NOSE_BASE
from phonoscope.avatars.photo.lips.line import COLUMNS, LipLine
from phonoscope.avatars.photo.motion.lattice import Lattice

SPREAD_POWER = 0.9
"""Shape of an opening along the mouth, (1 - x²) to this power: nearly a parabola, as between spread lips."""

ROUND_WIDTH, USUAL_HALF_WIDTH = 0.7, 0.135
"""A round opening takes this much of a mouth no wider than usual (half its inner width, in face heights)."""

JAW_CLOSING, JAW_CLOSING_FROM = 0.85, 0.025
"""Share of a photographed opening that the jaw closes, past a first part (face heights) that lips close alone."""


@dataclass(frozen=True, slots=True, eq=False)
class MouthSpace:
    """The lattice seen from the mouth; arrays of shape (rows, columns), lengths in face heights.

    Attributes
    ----------
    x
        Across the mouth, -1 and 1 at the corners.
    above, below
        Distance above the upper line and below the lower line, clamped at 0 past the cut between the corners.
    away
        Signed mean distance below both lines, not clamped.
    spread, rounded
        Profile of an opening along the mouth: of a spread one, and of a round one.
    gap
        The photographed opening at the node's place across the mouth.
    chin, nose
        Distances from the lines to the chin and the nose's base.
    lips
        The photographed lip line.
    """

    x: NDArray[np.float64]
    above: NDArray[np.float64]
    below: NDArray[np.float64]
    away: NDArray[np.float64]
    spread: NDArray[np.float64]
    rounded: NDArray[np.float64]
    gap: NDArray[np.float64]
    chin: float
    nose: float
    lips: LipLine

    @property
    def upper_grip(self) -> NDArray[np.float64]:
        """How the skin above follows the upper lip: 1 on the lip, 0 at the nose."""
        t = self.lips.upper_thickness
        return np.where(self.above < 0, 1.0, 1 - smoothstep(0.6 * t, max(self.nose, 1.3 * t), self.above))

    @property
    def lower_grip(self) -> NDArray[np.float64]:
        """How the skin below follows the lower lip: 1 on the lip, 0 near the chin."""
        t = self.lips.lower_thickness
        return np.where(self.below < 0, 1.0, 1 - smoothstep(0.6 * t, max(0.8 * self.chin, 1.5 * t), self.below))


def see_mouth(frame: FaceFrame, lattice: Lattice, lips: LipLine) -> MouthSpace:
    """Measure the lattice against the lip line."""
    x = (lattice.u - lips.centre_u) / lips.half_width
    below_upper = lattice.v - np.interp(x, lips.x, lips.upper)
    below_lower = lattice.v - np.interp(x, lips.x, lips.lower)
    spread = spread_profile(x)
    clamp = smoothstep(0, 0.35, spread)
    middle = COLUMNS // 2
    return MouthSpace(
        x=x,
        above=-(below_upper - np.maximum(below_upper, 0) * clamp),
        below=below_lower - np.minimum(below_lower, 0) * clamp,
        away=0.5 * (below_upper + below_lower),
        spread=spread,
        rounded=np.clip(1 - (x / _round_width(lips)) ** 2, 0, 1) ** 0.75,
        gap=np.interp(x, lips.x, lips.gap),
        chin=float(frame.points[CHIN, 1] - lips.lower[middle]),
        nose=float(lips.upper[middle] - frame.points[NOSE_BASE, 1]),
        lips=lips,
    )


def photographed_drop(lips: LipLine) -> float:
    """Return how far the jaw of the photographed mouth has dropped, in face heights, judged by its opening."""
    inner = np.abs(lips.x) < 0.8
    return max(0.0, JAW_CLOSING * float((lips.gap[inner] / spread_profile(lips.x[inner])).min()) - JAW_CLOSING_FROM)


def spread_profile(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the height of a spread opening along the mouth (x from -1 to 1), 1 in the middle."""
    return np.asarray(np.clip(1 - x**2, 0, 1) ** SPREAD_POWER, np.float64)


def _round_width(lips: LipLine) -> float:
    """Return half the width of a round opening, in half widths of the mouth: wide mouths round in their middle only."""
    return ROUND_WIDTH * float(np.clip(USUAL_HALF_WIDTH / lips.half_width, 0.6, 1))
