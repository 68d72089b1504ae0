"""The face's own coordinates: u to the picture's right, v down, w away from the viewer, in face heights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.landmarks import CHIN, EAR_LEFT, EAR_RIGHT, FOREHEAD, NOSE_BRIDGE

PITCH_BIAS_DEG = 8.0
"""The line from forehead top to chin leans this much on a face that looks straight ahead (canonical face model)."""


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


def measure_face_frame(landmarks_px: NDArray[np.float64]) -> FaceFrame:
    """Return the face's own coordinates from its landmarks, shape (478, 3)."""
    bias = np.radians(PITCH_BIAS_DEG)
    lean = np.array([[1, 0, 0], [0, np.cos(bias), np.sin(bias)], [0, -np.sin(bias), np.cos(bias)]])
    rotation = _axes(landmarks_px) @ lean
    height_px = float(np.linalg.norm(landmarks_px[FOREHEAD] - landmarks_px[CHIN]))
    origin_px = landmarks_px[NOSE_BRIDGE].copy()
    return FaceFrame(landmarks_px, (landmarks_px - origin_px) @ rotation / height_px, rotation, origin_px, height_px)


def head_angles_deg(frame: FaceFrame) -> tuple[float, float, float]:
    """Return yaw (to the picture's right), pitch (chin up) and roll (clockwise) of the photographed head."""
    r = frame.rotation
    yaw = np.degrees(np.arctan2(-r[0, 2], r[2, 2]))
    pitch = np.degrees(np.arcsin(np.clip(r[1, 2], -1, 1)))
    roll = np.degrees(np.arctan2(r[1, 0], r[0, 0]))
    return float(yaw), float(pitch), float(roll)


def _axes(landmarks_px: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the columns right (ear to ear), down (forehead to chin) and away of the face, orthonormal."""
    right = landmarks_px[EAR_RIGHT] - landmarks_px[EAR_LEFT]
    right = right / np.linalg.norm(right)
    down = landmarks_px[CHIN] - landmarks_px[FOREHEAD]
    down = down - right * (down @ right)
    down = down / np.linalg.norm(down)
    return np.stack([right, down, np.cross(right, down)], 1)
