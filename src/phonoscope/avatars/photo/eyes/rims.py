"""Finds what crosses an eyelid in front of it: the rims of glasses, a strand of hair."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import EyeShape

_THICKNESS = 0.42
"""A rim is thinner than this, in openings of the eye."""
_CONTRAST, _LEAST_CONTRAST = 0.17, 12.0
"""A rim differs from its surroundings by this share of their brightness, and by so many grey levels."""
_LEVELS = (1.0, 1.9)
"""Such multiples of that are tried: a high one parts a rim from the lashes that it touches."""
_LENGTH, _OUTSIDE = 0.95, 0.4
"""It is so many eye widths long, and so much of it lies outside the lids: lashes and creases do not."""
_EYE_HALF_WIDTH = 0.43
"""Lids are counted this far from the middle of the eye, in eye widths."""
_HALF_THICKNESS = 0.12
"""Nearly all of it is thinner than twice this, in openings: hatching and hair are not."""
_MOST_HOLES = 3
"""Hatching and hair are nets, with more holes than this."""
_BESIDE = 0.5
"""Share of a piece that must lie beside a rim to be part of it."""
_NEXT = 0.5
"""A line that leaves the box, too, is part of a rim so many openings away."""
_LASHES = 0.16
"""Nearer to the upper lid's edge than this, in openings, dark lines are lashes."""


_WORK_OPENING_PX = 26.0
"""Rims are looked for in a picture whose eye is at most this high."""


def find_rims(rgb: NDArray[np.uint8], eye: EyeShape, lid: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return how much of each pixel lies in front of the lid, 0 to 1.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the eye's box.
    lid
        bool, shape (height, width): pixels that the closed lid repaints.
    """
    size = rgb.shape[1::-1]
    eye = eye.scaled(_WORK_OPENING_PX / eye.opening_px)
    small = eye.below_upper.shape[::-1]
    rgb = np.asarray(cv2.resize(rgb, small, interpolation=cv2.INTER_AREA), np.uint8)
    lid = cv2.resize(lid.astype(np.uint8), small, interpolation=cv2.INTER_NEAREST) > 0
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    side = max(3, int(_THICKNESS * eye.opening_px) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    base = cv2.GaussianBlur(grey, (0, 0), float(side)).astype(np.float32)
    threshold = np.maximum(_CONTRAST * base, _LEAST_CONTRAST)
    near = lid & (np.abs(eye.along - 0.5) < _EYE_HALF_WIDTH)
    # What belongs to the eye itself must not tie a rim to the lashes.
    own = (eye.below_upper > -_LASHES * eye.opening_px) & (eye.inside_px() > -_LASHES * eye.opening_px)
    found = np.zeros(grey.shape, bool)
    maybe: list[NDArray[np.bool_]] = []
    for hat in (cv2.MORPH_BLACKHAT, cv2.MORPH_TOPHAT):
        contrast = cv2.morphologyEx(grey, hat, kernel)
        for level in _LEVELS:
            thin = ((contrast > level * threshold) & ~own).astype(np.uint8)
            count, labels, stats, _ = cv2.connectedComponentsWithStats(thin, connectivity=8)
            for label in range(1, count):
                if stats[label, cv2.CC_STAT_AREA] < eye.opening_px:
                    continue
                part = labels == label
                outside = (part & ~near).sum() / part.sum()
                if not (_is_line(part, eye) and _holes(part) <= _MOST_HOLES):
                    continue
                if outside >= _OUTSIDE and _goes_on(part) and _length(part) > _LENGTH * eye.width_px:
                    found |= part
                else:
                    maybe.append(part)
    if found.any():
        # The gloss along a rim, and its hinges.
        beside = cv2.dilate(found.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        near_px = max(5, int(_NEXT * eye.opening_px) | 1)
        next_to = cv2.dilate(found.astype(np.uint8), np.ones((near_px, near_px), np.uint8)) > 0
        for part in maybe:
            goes_on = _goes_on(part) and (part & next_to).any()
            if goes_on or (part & beside).sum() > _BESIDE * part.sum():
                found |= part
    if not (found & lid).any():
        return np.zeros(size[::-1], np.float32)
    grown = cv2.dilate(found.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.float32)
    soft = cv2.GaussianBlur(grown, (0, 0), 0.7)
    return np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _goes_on(part: NDArray[np.bool_]) -> bool:
    """Tell whether something leaves the eye's box: glasses sit on a nose, the lines of an eye end at the eye."""
    return bool(part[:2].any() or part[-2:].any() or part[:, :2].any() or part[:, -2:].any())


def _is_line(part: NDArray[np.bool_], eye: EyeShape) -> bool:
    depth = cv2.distanceTransform(np.pad(part.astype(np.uint8), 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    return bool(np.percentile(depth[part], 95) < max(_HALF_THICKNESS * eye.opening_px, 1.5))


def _length(part: NDArray[np.bool_]) -> float:
    return float(np.hypot(*np.ptp(np.nonzero(part), 1)))


def _holes(part: NDArray[np.bool_]) -> int:
    """Count the holes of something connected."""
    _, levels = cv2.findContours(part.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return int((levels[0, :, 3] >= 0).sum())
