"""Where skin folds: the lines of each movement, as they usually run, placed on a face by its landmarks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES

WANDER = 0.005
"""How far the lines of a forehead stray from its curve, in face heights."""

_CHEEK_FOLDS = ((129, 203, 206, 216, 212, 202), (358, 423, 426, 436, 432, 422))
"""From each wing of the nose, past the corner of the mouth."""

SIDES = (-1.0, 1.0)
"""The picture's left and right."""

SULCUS, INNER_BROWS = 18, (107, 336)
_CORNERS = (61, 291)
_EYE_CORNERS = (33, 263)
_INNER_CORNERS = (133, 362)
_WINGS = (129, 358)


class FoldLines:
    """Lines of shape (n, 2), in face heights of the picture; what they push up lies at the right of who walks them.

    Attributes
    ----------
    points
        Shape (478, 2): the landmarks.
    right, down
        The face's axes as seen in the picture; a turned face is narrower.
    """

    def __init__(self, frame: FaceFrame) -> None:
        self.points = frame.landmarks_px[:, :2] / frame.height_px
        self.right, self.down = frame.rotation[:2, 0], frame.rotation[:2, 1]

    def place(self, origin: NDArray[np.float64], right: float, down: float) -> NDArray[np.float64]:
        """Return a place so far to the face's right of another, and below it."""
        return np.asarray(origin + right * self.right + down * self.down)

    def cheek(self, index: int, side: float) -> NDArray[np.float64]:
        """From a wing of the nose past the corner of the mouth."""
        line = self.points[list(_CHEEK_FOLDS[index])]
        return line if side < 0 else line[::-1]

    def crow(self, index: int, side: float) -> list[NDArray[np.float64]]:
        """From the outer corner of the eye."""
        corner = self.points[_EYE_CORNERS[index]]
        lines = []
        for start, stop in (
            ((0.030, -0.014), (0.075, -0.040)),
            ((0.034, 0.004), (0.085, 0.004)),
            ((0.028, 0.020), (0.075, 0.042)),
        ):
            line = np.stack([self.place(corner, side * right, down) for right, down in (start, stop)])
            lines.append(line[::-1] if side < 0 else line)
        return lines

    def bag(self, index: int) -> NDArray[np.float64]:
        """Under the lower lid."""
        lid = self.points[list(EYES[index].lower_lid)]
        line = np.stack([p + self.down * 0.030 for p in lid[1:-1]])
        # From right to left its right hand is up: the bag lies between the fold and the lid.
        return np.asarray(line[::-1] if line[0, 0] > line[-1, 0] else line, np.float64)

    def corner(self, index: int, side: float) -> NDArray[np.float64]:
        """The short fold beside a smiling corner of the mouth."""
        corner = self.points[_CORNERS[index]]
        line = [
            self.place(corner, side * right, down) for right, down in ((0.014, -0.020), (0.021, 0.0), (0.018, 0.020))
        ]
        return np.stack(line if side < 0 else line[::-1])

    def droop(self, index: int, side: float) -> NDArray[np.float64]:
        """From a corner of the mouth down to the jaw."""
        corner = self.points[_CORNERS[index]]
        line = [
            self.place(corner, side * right, down) for right, down in ((0.004, 0.012), (0.016, 0.04), (0.022, 0.085))
        ]
        return np.stack(line if side < 0 else line[::-1])

    def nose(self, index: int, side: float) -> list[NDArray[np.float64]]:
        """Two wrinkles across the side of the bridge."""
        wing, eye = self.points[_WINGS[index]], self.points[_INNER_CORNERS[index]]
        lines = []
        for share in (0.66, 0.82):
            origin = wing + (eye - wing) * share
            lines.append(
                np.stack([self.place(origin, -side * 0.045, -0.012), self.place(origin, -side * 0.012, 0.006)])
            )
        return [line if side < 0 else line[::-1] for line in lines]

    def forehead(self) -> Iterator[NDArray[np.float64]]:
        """Across the forehead, above the brows and along them."""
        brows = np.concatenate([self.points[[70, 63, 105, 66, 107]], self.points[[336, 296, 334, 293, 300]]])
        top = self.points[10]
        # The longest first.
        for share in (0.48, 0.28, 0.70):
            # Nearer to the hair the lines straighten.
            level = brows + (top - brows.mean(0)) * share
            middle = level.mean(0)
            yield self._wandering(middle + (level - middle) * np.array([0.92 - 0.25 * share, 1.0]), 9 * share)

    def frown(self) -> Iterator[NDArray[np.float64]]:
        """Upright, between the brows."""
        left, right = (self.points[i] for i in INNER_BROWS)
        middle = 0.5 * (left + right)
        for side, brow in zip(SIDES, (left, right), strict=True):
            origin = middle + 0.42 * (brow - middle)
            line = [self.place(origin, side * 0.004, -0.035), origin, self.place(origin, -side * 0.002, 0.04)]
            yield np.stack(line if side < 0 else line[::-1])

    def chin(self) -> NDArray[np.float64]:
        """Under the lower lip; what it pushes up is the chin."""
        origin = self.points[SULCUS]
        line = [self.place(origin, right, 0.012 + 3.2 * right**2) for right in (-0.075, -0.04, 0.0, 0.04, 0.075)]
        # From left to right its right hand is down.
        return np.stack(line)

    def _wandering(self, line: NDArray[np.float64], phase: float) -> NDArray[np.float64]:
        """Let a line stray up and down: skin is not ruled."""
        way = np.linspace(0, 1, 2 * len(line))
        fine = np.stack([np.interp(way, np.linspace(0, 1, len(line)), axis) for axis in line.T], 1)
        stray = np.sin(9.1 * way + phase) + 0.6 * np.sin(21.7 * way + 2.3 * phase)
        return np.asarray(fine + WANDER * stray[:, None] * self.down)
