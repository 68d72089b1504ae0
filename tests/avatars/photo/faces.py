"""Pictures, measurements and stand-ins that the photo avatar's tests share."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.finder import ScoredBox
from phonoscope.avatars.photo.finding.landmarks import INNER_LOWER_LIP, INNER_UPPER_LIP
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
from phonoscope.core.frames import Picture


def enlarged(picture: Picture, crop: tuple[int, int, int, int], side: int) -> Picture:
    """Return the square crop (left, top, right, bottom) at `side` pixels."""
    left, top, right, bottom = crop
    part = picture.rgb[top:bottom, left:right]
    return Picture(np.asarray(cv2.resize(part, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8))


def lip_gap(rgb: NDArray[np.uint8]) -> float:
    """Return the inner-lip distance over the distance of the outer eye corners, as the landmark finder sees it."""
    points = mediapipe_finder().find_landmarks(rgb)
    assert points is not None
    middle = slice(4, 7)
    upper, lower = points[list(INNER_UPPER_LIP)[middle], :2], points[list(INNER_LOWER_LIP)[middle], :2]
    return float(np.linalg.norm(upper - lower, axis=1).mean() / np.linalg.norm(points[33, :2] - points[263, :2]))


class BoxFinder:
    """Finds the bright squares of a dark picture, and gives each the landmarks of a model face."""

    def __init__(self, model: NDArray[np.float64]) -> None:
        self.model = model
        self.pictures_seen = 0

    def detect_faces(self, rgb: NDArray[np.uint8]) -> tuple[ScoredBox, ...]:
        self.pictures_seen += 1
        mask = (rgb[..., 0] > 200).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        return tuple(ScoredBox(float(x), float(y), float(x + w), float(y + h), 0.9) for x, y, w, h, _ in stats[1:count])

    def find_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        """Fit the model face to the square in the middle."""
        boxes = self.detect_faces(rgb)
        middle = rgb.shape[0] / 2
        for box in boxes:
            if box.x0 < middle < box.x1 and box.y0 < middle < box.y1:
                points = self.model - self.model.mean(0)
                points = points * ((box.x1 - box.x0) / np.ptp(points[:, 0]))
                points[:, 0] += (box.x0 + box.x1) / 2
                points[:, 1] += (box.y0 + box.y1) / 2
                return np.asarray(points, np.float64)
        return None

    def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.ones(rgb.shape[:2], np.float32)
