"""The lip line of a marked face: where the person says, pulled into a dark line only where one runs right beside it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import (
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    LOWER_LIP_BOTTOM,
    LOWER_LIP_INSIDE,
    MOUTH_LEFT,
    MOUTH_RIGHT,
    UPPER_LIP_INSIDE,
    UPPER_LIP_TOP,
)
from phonoscope.avatars.photo.lips.line import COLUMNS, LipLine
from phonoscope.avatars.photo.lips.search import Band, cheapest_path

REACH, STEPS = 0.011, 23
"""How far to each side of a marked closed mouth a dark line is sought (face heights), in so many steps: as far as a
hand is off."""

STAY = 1.2
"""Cost of leaving the marks as far as `REACH`, in standard deviations of lightness: fur is full of dark lines."""

CLOSED_GAP = 0.003
"""Marked opening, in face heights, below which a mouth is closed."""


def lips_from_marks(rgb: NDArray[np.uint8], frame: FaceFrame) -> LipLine:
    """Return the lip line of a marked face; `rgb` is uint8 (height, width, 3), `frame` is settled in its lattice."""
    points = frame.points
    centre = 0.5 * float(points[MOUTH_LEFT, 0] + points[MOUTH_RIGHT, 0])
    half = 0.5 * abs(float(points[MOUTH_RIGHT, 0] - points[MOUTH_LEFT, 0]))
    x = np.linspace(-1, 1, COLUMNS)
    upper, _ = _contour(points, INNER_UPPER_LIP, x, centre, half)
    lower, depth = _contour(points, INNER_LOWER_LIP, x, centre, half)
    opening = np.maximum(lower - upper, 0) * (1 - np.abs(x) ** 24)
    closed = bool(opening.max() < CLOSED_GAP)
    if closed:
        middle = 0.5 * (upper + lower)
        upper = lower = _into_dark_line(rgb, Band(frame, centre + x * half, middle, depth), x)
        opening = np.zeros(COLUMNS)
    return LipLine(
        x=x,
        upper=upper,
        lower=np.maximum(upper, lower),
        depth=depth,
        centre_u=centre,
        half_width=half,
        gap=opening,
        opening=float(opening[40:89].max()),
        closed=closed,
        upper_thickness=max(float(points[UPPER_LIP_INSIDE, 1] - points[UPPER_LIP_TOP, 1]), 0.005),
        lower_thickness=max(float(points[LOWER_LIP_BOTTOM, 1] - points[LOWER_LIP_INSIDE, 1]), 0.005),
    )


def _contour(
    points: NDArray[np.float64], index: tuple[int, ...], x: NDArray[np.float64], centre: float, half: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return height and depth of a contour along the mouth."""
    from scipy.interpolate import PchipInterpolator

    at = (points[list(index), 0] - centre) / half
    order = np.argsort(at)
    at, heights, depths = at[order], points[list(index), 1][order], points[list(index), 2][order]
    distinct = np.concatenate([[True], np.diff(at) > 1e-4])
    at, heights, depths = at[distinct], heights[distinct], depths[distinct]
    inside = np.clip(x, at[0], at[-1])
    return np.asarray(PchipInterpolator(at, heights)(inside), np.float64), np.interp(x, at, depths)


def _into_dark_line(rgb: NDArray[np.uint8], band: Band, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move a closed mouth's line into a dark line close by; returns v, shape (COLUMNS,)."""
    from scipy.ndimage import gaussian_filter1d

    frame = band.frame
    low = np.clip(frame.landmarks_px[:, :2].min(0).astype(int), 0, None)
    high = np.ceil(frame.landmarks_px[:, :2].max(0)).astype(int)
    face = rgb[low[1] : max(high[1], low[1] + 2), low[0] : max(high[0], low[0] + 2)]
    if not face.size:
        return band.v
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.6, 0.004 * frame.height_px)), np.float32)
    offsets = np.linspace(-REACH, REACH, STEPS)
    light = band.read(grey, offsets, (int(low[0]), int(low[1])))
    light = (light - light.mean()) / (light.std() + 4.0)
    cost = light + STAY * (offsets[:, None] / REACH) ** 2
    shift = gaussian_filter1d(offsets[cheapest_path(cost, 1, 0.25)], 4.0)
    return np.asarray(band.v + shift * (1 - x**6), np.float64)
