"""What it takes to find faces: swappable, so that only one module knows a library's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ScoredBox:
    """Where a face may be, in pixels, and how surely (0 to 1).

    `tilt_deg` tells by how much it is known to be turned clockwise; the box is square then, and upright.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    score: float
    tilt_deg: float = 0.0

    @property
    def area(self) -> float:
        """Area in square pixels."""
        return max(0.0, self.x1 - self.x0) * max(0.0, self.y1 - self.y0)

    def scaled(self, across: float, down: float) -> ScoredBox:
        """Return the box in a picture enlarged by these factors."""
        return ScoredBox(self.x0 * across, self.y0 * down, self.x1 * across, self.y1 * down, self.score, self.tilt_deg)

    def shifted(self, x: float, y: float) -> ScoredBox:
        """Return the box moved by (x, y)."""
        return ScoredBox(self.x0 + x, self.y0 + y, self.x1 + x, self.y1 + y, self.score, self.tilt_deg)


class LandmarkFinder(Protocol):
    """Something that sees faces. Pictures are uint8, shape (height, width, 3), RGB."""

    def detect_faces(self, rgb: NDArray[np.uint8]) -> tuple[ScoredBox, ...]:
        """Return the boxes of human faces (no animals), best first."""
        ...

    def find_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Return the 478 landmarks of the clearest face, float64 (478, 3) in pixels, or None."""
        ...

    def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return how surely each pixel shows a person, float32 (height, width), 0 to 1."""
        ...
