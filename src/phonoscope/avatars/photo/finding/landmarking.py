"""Landmarks on one face: placed on several crops, upright, and believed only where the crops agree."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.finder import LandmarkFinder, ScoredBox
from phonoscope.avatars.photo.finding.landmarks import (
    CHIN,
    EYES,
    FACE_OVAL,
    FOREHEAD,
    LOWER_LIP_BOTTOM,
    NOSE_BASE,
    NOSE_BRIDGE,
    UPPER_LIP_TOP,
)

CROP_SCALE = 2.0
"""Side of the crop for the landmarks, in sides of the face's box."""

CROP_PX = (320, 1024)
"""Least and largest side of that crop after scaling: small faces are enlarged, large ones need no more detail."""

CROP_JITTER = ((1.0, 0.0, 0.0), (0.9, 0.03, 0.02), (1.12, -0.03, 0.02), (1.0, 0.02, -0.04), (1.06, -0.02, -0.03))
"""Crops (scale, shift right and down in sides of the box) whose landmarks are averaged: one crop alone jitters by a
pixel or two of its 192 x 192 network input, as much as a thin lip."""

UPRIGHT_ROLL_DEG = 10.0
"""Heads tilted by more are looked at again on crops turned upright: the network has seen few tilted ones. At 45 degrees
the landmarks of a face were off by up to .06 face heights, and by .01 on an upright crop."""

SLIPPED = 0.05
"""A crop whose worst landmark is this far from the median (face heights) has slipped, and is no part of the mean."""

SURE_SPREAD = 0.010
"""Mean distance of the crops' landmarks from their median, in face heights, up to which they are sure. Faces of people,
paintings, statues and drawings measured .0015 to .0059; those of animals .0063 to .09: see `second_look`."""

LEAST_LOOKS = 3
"""Crops on which a face must be found."""

ASYMMETRY = 0.035
"""How far the middles between left and right landmarks may lie from the face's middle, on average, in face heights:
turned and painted faces come to .016."""

NOISE = 6.0
"""Fine noise in grey levels, of a crop at the network's own size, from which it is smoothed first."""

DENOISING = 1.8
"""Strength of the smoothing, in standard deviations of that noise: grain is coarser than what is measured of it."""

CLEAN_PX = 320
"""Side at which it is smoothed: the network sees 192 pixels of it, single ones, grain and all."""

_PAIRS = ((33, 263), (61, 291), (133, 362), (234, 454), (50, 280), (78, 308), (105, 334), (149, 378), (98, 327))
"""Landmarks that mirror each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Landmarks as placed.

    Attributes
    ----------
    points
        float64, shape (478, 3), in pixels of the picture.
    spread
        Mean distance between the crops' landmarks and their median, in face heights: how unsure they are.
    """

    points: NDArray[np.float64]
    spread: float


def place_landmarks(rgb: NDArray[np.uint8], box: ScoredBox, finder: LandmarkFinder) -> Placed | None:
    """Place landmarks on the face in `box` of a picture, uint8 (height, width, 3); None without a plausible face."""
    placed = _agree([_look(rgb, box, jitter, finder) for jitter in CROP_JITTER])
    if placed is None:
        # On a tilted or noisy face only some crops may show it: one will do to look again from.
        return None
    roll = head_angles_deg(measure_face_frame(placed.points))[2]
    tilt = roll - box.tilt_deg
    if abs(tilt) > UPRIGHT_ROLL_DEG:
        upright = _around(placed.points, roll, box.score)
        again = _agree([_look(rgb, upright, jitter, finder) for jitter in CROP_JITTER])
        if again is not None and again.spread < max(placed.spread, SURE_SPREAD):
            placed = again
    return placed if _is_plausible(placed.points, box) else None


def _agree(found: list[NDArray[np.float64] | None]) -> Placed | None:
    """Return the mean of the looks that agree, and how far they spread."""
    seen = [points for points in found if points is not None]
    if not seen:
        return None
    looks = np.stack(seen)
    middle = np.median(looks, 0)
    size = max(float(np.linalg.norm(middle[FOREHEAD] - middle[CHIN])), 1e-6)
    apart = np.linalg.norm(looks[..., :2] - middle[:, :2], axis=2) / size
    good = looks[np.abs(looks[..., :2] - middle[:, :2]).max((1, 2)) < SLIPPED * size]
    # Where hardly any crop shows a face, agreement means nothing.
    spread = float(apart.mean()) if len(seen) >= LEAST_LOOKS else 2 * SURE_SPREAD
    return Placed(good.mean(0) if len(good) else middle, spread)


def _around(points: NDArray[np.float64], roll_deg: float, score: float) -> ScoredBox:
    """Return the box of a face whose landmarks are known, as the detector draws it: from the brows to the chin."""
    face = points[:468, :2]
    middle = 0.5 * (points[NOSE_BRIDGE, :2] + points[NOSE_BASE, :2])
    half = 0.5 * float(np.linalg.norm(points[FOREHEAD, :2] - points[CHIN, :2]))
    half = max(half, 0.5 * float(np.linalg.norm(np.ptp(face, 0)) / np.sqrt(2)))
    return ScoredBox(middle[0] - half, middle[1] - half, middle[0] + half, middle[1] + half, score, tilt_deg=roll_deg)


def _look(
    rgb: NDArray[np.uint8], box: ScoredBox, jitter: tuple[float, float, float], finder: LandmarkFinder
) -> NDArray[np.float64] | None:
    """Find landmarks in a square crop about twice the box, turned upright by its tilt, in pixels of the picture."""
    grow, right, down = jitter
    face_side = max(box.x1 - box.x0, box.y1 - box.y0)
    side = face_side * CROP_SCALE * grow
    target = int(np.clip(side, *CROP_PX))
    scale = target / side
    angle = np.radians(box.tilt_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    shift = turn.T @ (np.array([right, down]) * face_side)
    centre = np.array([0.5 * (box.x0 + box.x1), 0.5 * (box.y0 + box.y1)]) + shift
    matrix = np.column_stack([scale * turn, target / 2 - scale * turn @ centre])
    points = finder.find_landmarks(_crop(rgb, matrix, target))
    if points is None:
        return None
    inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]
    found = points.copy()
    found[:, :2] = points[:, :2] @ inverse[:, :2].T + inverse[:, 2]
    found[:, 2] = points[:, 2] / scale
    return found


def _crop(rgb: NDArray[np.uint8], matrix: NDArray[np.float64], target_px: int) -> NDArray[np.uint8]:
    """Cut a square out of a picture, and take away what would only confuse the network."""
    scale = float(np.hypot(*matrix[0, :2]))
    if scale < 1:
        # Only the part that is looked at is blurred: a large picture takes its time.
        inverse = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]
        corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) * target_px @ inverse[:, :2].T + inverse[:, 2]
        limit = np.array(rgb.shape[1::-1])
        low = np.clip(np.floor(corners.min(0)).astype(int) - 4, 0, limit - 1)
        high = np.clip(np.ceil(corners.max(0)).astype(int) + 4, low + 1, limit)
        rgb = rgb[low[1] : high[1], low[0] : high[0]]
        matrix = np.column_stack([matrix[:, :2], matrix[:, 2] + matrix[:, :2] @ low])
        # Shrinking needs area averaging, which warpAffine does not do.
        rgb = np.asarray(cv2.blur(rgb, (max(1, round(1 / scale)),) * 2), np.uint8)
    crop = cv2.warpAffine(rgb, matrix, (target_px, target_px), flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR)
    return smooth_grain(np.asarray(crop, np.uint8))


def smooth_grain(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a square crop without its grain, by non-local means (Buades et al. 2005); a clean one as it is."""
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    # Half of all pixels are rougher than this: edges are fewer, grain is everywhere (1.48: of a normal distribution).
    noise = float(np.median(np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.0)))) * 1.48
    if noise < NOISE:
        return rgb
    side = rgb.shape[0]
    small = cv2.resize(rgb, (CLEAN_PX, CLEAN_PX), interpolation=cv2.INTER_AREA) if side > CLEAN_PX else rgb
    strength = DENOISING * noise
    clean = cv2.fastNlMeansDenoisingColored(small, None, strength, strength, 5, 13)
    return np.asarray(cv2.resize(clean, (side, side), interpolation=cv2.INTER_CUBIC), np.uint8)


def _is_plausible(landmarks: NDArray[np.float64], box: ScoredBox) -> bool:
    """Tell whether landmarks form a face and lie where the detector saw one."""
    frame = measure_face_frame(landmarks)
    if not np.isfinite(frame.points).all() or frame.height_px <= 0:
        return False
    v = frame.points[:, 1]
    eyes = max(v[list(eye.upper_lid)].mean() for eye in EYES)
    in_order = eyes < v[NOSE_BASE] < v[UPPER_LIP_TOP] + 0.02 < v[LOWER_LIP_BOTTOM] + 0.02 < v[CHIN] + 0.02
    outline = landmarks[list(FACE_OVAL), :2].astype(np.float32)
    parts = [landmarks[i, :2] for i in (UPPER_LIP_TOP, LOWER_LIP_BOTTOM, NOSE_BASE)]
    inside = all(cv2.pointPolygonTest(outline, (float(x), float(y)), True) > -0.03 * frame.height_px for x, y in parts)
    middle = landmarks[:, :2].mean(0)
    reach = 0.5 * max(box.x1 - box.x0, box.y1 - box.y0)
    near = abs(middle[0] - (box.x0 + box.x1) / 2) < reach and abs(middle[1] - (box.y0 + box.y1) / 2) < reach
    return bool(in_order and inside and near and _asymmetry(frame.points) < ASYMMETRY)


def _asymmetry(points: NDArray[np.float64]) -> float:
    """Return how far the two halves of a face are from mirroring each other, in face heights."""
    left, right = (points[[pair[side] for pair in _PAIRS]] for side in (0, 1))
    across = np.abs(left[:, 0] + right[:, 0]).mean() / 2
    return float(max(across, np.abs(left[:, 1] - right[:, 1]).mean(), np.abs(left[:, 2] - right[:, 2]).mean()))
