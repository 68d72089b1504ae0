"""The face's own coordinates: u to the picture's right, v down, w away from the viewer, in face heights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FaceFrame:
    """Where a face lies in the picture.

    Attributes
    ----------
    landmarks_px
        float64, shape (478, 3): x right, y down, z away, in pixels of the picture.
    points
        float64, shape (478, 3): the same landmarks in the face's own coordinates (u, v, w), in face heights.
    rotation
        float64, shape (3, 3): columns are the face's axes u, v, w in picture coordinates.
    origin_px
        float64, shape (3,): the bridge of the nose, origin of the face's coordinates.
    height_px
        Face height: distance from the top of the forehead (landmark 10) to the chin (152), in pixels.
    """

    landmarks_px: NDArray[np.float64]
    points: NDArray[np.float64]
    rotation: NDArray[np.float64]
    origin_px: NDArray[np.float64]
    height_px: float

    def to_picture(
        self, u: NDArray[np.float64], v: NDArray[np.float64], w: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project face coordinates (any equal shapes) to picture pixels x, y (orthographic)."""
        place = np.stack(np.broadcast_arrays(u, v, w), -1) @ self.rotation.T * self.height_px + self.origin_px
        return place[..., 0], place[..., 1]
