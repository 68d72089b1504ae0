"""A face straightened and brought to one size, so that all faces are measured alike."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame, measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.core.frames import Picture

VIEW_FACE_PX = 256
"""Face height in the view: enough for lashes and rims, and no more than portraits of old cameras have."""

VIEW_SIDE_PX = 512
"""Side of the view: the face with half a face height around it."""

SAMPLE_PX = 5
"""Half the side of a colour sample: .02 face heights, a median without pores that is smaller than any cheek."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceView:
    """A face, straightened.

    Attributes
    ----------
    rgb, lab
        uint8 and float32, shape (VIEW_SIDE_PX, VIEW_SIDE_PX, 3).
    points
        float64, shape (478, 2): landmarks in the view, x and y.
    inside
        bool, shape (VIEW_SIDE_PX, VIEW_SIDE_PX): what the picture shows; the rest is past its edges.
    enlarged
        How many times larger the view is than the picture; below 1 it was made smaller.
    frame
        Where the face lies in the picture.
    picture_rgb
        uint8: the picture itself.
    """

    rgb: NDArray[np.uint8]
    lab: NDArray[np.float32]
    points: NDArray[np.float64]
    inside: NDArray[np.bool_]
    enlarged: float
    frame: FaceFrame
    picture_rgb: NDArray[np.uint8]

    def colour(self, landmarks: tuple[int, ...]) -> NDArray[np.float64]:
        """Return the median Lab colour around some landmarks, float64 (3,)."""
        patches = []
        for x, y in np.clip(self.points[list(landmarks)].astype(int), SAMPLE_PX, VIEW_SIDE_PX - SAMPLE_PX - 1):
            part = slice(y - SAMPLE_PX, y + SAMPLE_PX + 1), slice(x - SAMPLE_PX, x + SAMPLE_PX + 1)
            patches.append(self.lab[part].reshape(-1, 3))
        return np.asarray(np.median(np.concatenate(patches), 0), np.float64)

    def mask(self, outline: tuple[int, ...], grow: float = 1.0) -> NDArray[np.bool_]:
        """Return the pixels inside an outline of landmarks, grown about its middle."""
        points = self.points[list(outline)]
        middle = points.mean(0)
        mask = np.zeros(self.inside.shape, np.uint8)
        cv2.fillPoly(mask, [np.round(middle + grow * (points - middle)).astype(np.int32)], (1,))
        return mask > 0


def view_face(picture: Picture, face: Face) -> FaceView:
    """Straighten a face by its roll, and scale it to VIEW_FACE_PX."""
    frame = measure_face_frame(face.landmarks_px)
    points = face.landmarks_px[:, :2]
    middle = 0.5 * (points.min(0) + points.max(0))
    # Seen from the side a face is foreshortened across only: its height stays the measure.
    scale = VIEW_FACE_PX / max(frame.height_px, 1.0)
    angle = np.radians(face.roll_deg)
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    matrix = np.column_stack([turn, np.full(2, VIEW_SIDE_PX / 2) - turn @ middle])
    low, high = _needed(matrix, picture.size_px)
    rgb = picture.rgb[low[1] : high[1], low[0] : high[0]]
    if scale < 1:
        # Shrinking needs area averaging, which warpAffine does not do.
        rgb = np.asarray(cv2.blur(rgb, (max(1, round(1 / scale)),) * 2), np.uint8)
    local = matrix.copy()
    local[:, 2] += matrix[:, :2] @ low
    size = (VIEW_SIDE_PX, VIEW_SIDE_PX)
    flags = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    view = np.asarray(cv2.warpAffine(rgb, local, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    inside = cv2.warpAffine(np.ones(rgb.shape[:2], np.uint8), local, size, flags=cv2.INTER_NEAREST)
    lab = np.asarray(cv2.cvtColor(view.astype(np.float32) / 255, cv2.COLOR_RGB2LAB), np.float32)
    moved = points @ matrix[:, :2].T + matrix[:, 2]
    return FaceView(view, lab, moved, inside > 0, scale, frame, picture.rgb)


def _needed(matrix: NDArray[np.float64], size_px: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the corners of the part of the picture that the view shows: a large picture is not blurred as a whole."""
    back = np.linalg.inv(matrix[:, :2])
    corners = (np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) * VIEW_SIDE_PX - matrix[:, 2]) @ back.T
    limit = np.array(size_px)
    low = np.clip(np.floor(corners.min(0)).astype(np.int64) - 2, 0, limit - 1)
    return low, np.clip(np.ceil(corners.max(0)).astype(np.int64) + 3, low + 1, limit)
