"""A second look at a face whose landmarks waver: people are seen from most crops, animals by chance on one."""

from __future__ import annotations

from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.avatars.photo.finding.landmarks import CHIN, FOREHEAD

DOUBTFUL_SPREAD = 0.005
"""Spread of the landmarks, in face heights, from which a face is looked at again. Sure people rarely reach it (a very
wrinkled one comes to .006); animals that pass as sure start at .0063."""

LOOK_SCALES, LOOK_TURNS_DEG, LOOK_MIRRORED = (1.6, 2.2, 3.0), (-8.0, 8.0), (False, True)
"""The looks: sides of the crop in sides of the landmarks' box, turns, and mirroring; each with each."""

LEAST_VOTES = 4
"""Looks, of the twelve, on which a person is seen: people in doubt got 8 and more, animals up to 2."""

LOOK_PX = 256
"""Side of a look: the detector works on 192."""

ASIDE = 0.33
"""Distance from the middle, in sides of the landmarks' box, up to which a box found is of the same face."""


def is_seen_again(rgb: NDArray[np.uint8], points: NDArray[np.float64], finder: LandmarkFinder) -> bool:
    """Tell whether the detector sees a person where landmarks, shape (478, 3) in pixels of the picture, lie."""
    looks = product(LOOK_SCALES, LOOK_TURNS_DEG, LOOK_MIRRORED)
    votes = sum(_is_seen(_look(rgb, points, *look), look[0], finder) for look in looks)
    return votes >= LEAST_VOTES


def _look(
    rgb: NDArray[np.uint8], points: NDArray[np.float64], grow: float, turn_deg: float, mirrored: bool
) -> NDArray[np.uint8]:
    """Cut the face out upright but for a turn, on grey where the picture ends."""
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    up = points[FOREHEAD, :2] - points[CHIN, :2]
    angle = float(np.arctan2(up[0], -up[1])) + np.radians(turn_deg)
    side_px = max(1.0, grow * float((high - low).max()))
    scale = LOOK_PX / side_px
    turn = scale * np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    middle = 0.5 * (low + high)
    # Only the part that is looked at is blurred: a large picture takes its time.
    limit = np.array(rgb.shape[1::-1])
    first = np.clip((middle - side_px).astype(int), 0, limit - 1)
    last = np.clip((middle + side_px).astype(int), first + 1, limit)
    part = rgb[first[1] : last[1], first[0] : last[0]]
    if scale < 1:
        part = np.asarray(cv2.blur(part, (max(1, round(1 / scale)),) * 2), np.uint8)
    matrix = np.column_stack([turn, np.full(2, LOOK_PX / 2) - turn @ (middle - first)])
    look = cv2.warpAffine(part, matrix, (LOOK_PX, LOOK_PX), borderValue=(128, 128, 128))
    return np.ascontiguousarray(look[:, ::-1] if mirrored else look, np.uint8)


def _is_seen(look: NDArray[np.uint8], grow: float, finder: LandmarkFinder) -> bool:
    """Tell whether a face is seen in the middle of a look."""
    reach = ASIDE * LOOK_PX / grow
    return any(
        abs(0.5 * (box.x0 + box.x1) - LOOK_PX / 2) < reach and abs(0.5 * (box.y0 + box.y1) - LOOK_PX / 2) < reach
        for box in finder.detect_faces(look)
    )
