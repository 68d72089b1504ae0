"""The cheapest line through a picture: dynamic programming along the lips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a picture along a line across the mouth.

    Attributes
    ----------
    frame
        Where the face lies.
    u, v, w
        float64, shape (columns,): the line, in face coordinates.
    """

    frame: FaceFrame
    u: NDArray[np.float64]
    v: NDArray[np.float64]
    w: NDArray[np.float64]

    def read(
        self, image: NDArray[np.float32], offsets: NDArray[np.float64], corner_px: tuple[int, int] = (0, 0)
    ) -> NDArray[np.float32]:
        """Return the image at `offsets` (n,) below the line, in face heights; shape (n, columns[, channels]).

        `corner_px` is the place (x, y) of the image's first pixel in the picture.
        """
        u, offset = np.meshgrid(self.u, offsets)
        x, y = self.frame.to_picture(u, self.v[None] + offset, np.broadcast_to(self.w[None], u.shape))
        x, y = x - corner_px[0], y - corner_px[1]
        values = cv2.remap(
            image, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(values, np.float32)


def cheapest_path(cost: NDArray[np.floating[Any]], reach: int, slope_cost: float) -> NDArray[np.int64]:
    """Return for each column the row of the cheapest path from left to right.

    Parameters
    ----------
    cost
        Shape (rows, columns).
    reach
        Most rows that the path may climb or fall from column to column.
    slope_cost
        Cost of each of them.
    """
    rows, columns = cost.shape
    total = np.array(cost, np.float64)
    came_from = np.zeros((rows, columns), np.int64)
    row = np.arange(rows)
    # All moves at once: candidate rows for each row, clamped at the rims.
    moves = np.arange(-reach, reach + 1)
    before = np.clip(row[:, None] + moves, 0, rows - 1)
    penalty = np.abs(moves) * slope_cost
    for column in range(1, columns):
        candidates = total[before, column - 1] + penalty
        best = candidates.argmin(1)
        total[:, column] += candidates[row, best]
        came_from[:, column] = before[row, best]
    path = np.zeros(columns, np.int64)
    path[-1] = total[:, -1].argmin()
    for column in range(columns - 1, 0, -1):
        path[column - 1] = came_from[path[column], column]
    return path
