"""From landmarks to the lip line: snapping to what the picture itself shows.

Landmarks sit up to 2 % of a face height beside the true lips; a skin layer cut there drags teeth or lip along. A closed
mouth is snapped to the dark valley between the lips, an open one to the edges between red lip and what lies behind.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from phonoscope.avatars.photo.lips.mouth_state import CLOSED_GAP, MouthState, mouth_state
from phonoscope.avatars.photo.lips.search import Band, cheapest_path
from phonoscope.avatars.photo.photometry import estimate_blur_px
from phonoscope.core.avatar import MouthHint

LEAST_OPENING, MOST_OPENING, OPENING_STEPS = 0.014, 0.10, 76
"""Openings in face heights that are looked for in a mouth that is said to be open, but does not look so; places that
are tried for an edge."""

VALLEY_REACH, VALLEY_STEPS = 0.022, 41
"""Search for the dark valley of a closed mouth: this far to each side (face heights), in so many steps."""

EDGE_REACH, EDGE_STEPS = 0.018, 33
"""The same for the lips' edges of an open mouth."""

EDGE_INSET_BLURS = 0.6
"""An edge found by gradient lies in the middle of the blur; the lip's own colour ends so many blur widths inside it."""

EDGE_INSET_LIMIT = 0.006
"""Most of that, in face heights: thin lips in a blurred picture must not be cut away whole."""

SMOOTH_COLUMNS = 12.0
"""Most columns over which the edge of a lip is smoothed: a cupid's bow is no wider."""

MIDDLE = slice(40, 89)
"""Columns of the mouth's middle."""


@dataclass(frozen=True, slots=True)
class _Images:
    """The face as the searches read it: float32, blurred by a lip's texture; grey and Lab; from `corner_px` on.

    `soft` is the picture's own blur in face heights.
    """

    grey: NDArray[np.float32]
    lab: NDArray[np.float32]
    corner_px: tuple[int, int]
    soft: float


def trace_lips(rgb: NDArray[np.uint8], frame: FaceFrame, look: MouthHint = "auto") -> LipLine:
    """Return the lip line of the face in a picture, uint8 (height, width, 3); `frame` is settled in its lattice.

    Parameters
    ----------
    look
        How the mouth was photographed; ``auto`` judges by the picture.
    """
    points = frame.points
    centre = 0.5 * (points[MOUTH_LEFT, 0] + points[MOUTH_RIGHT, 0])
    half = 0.5 * abs(points[MOUTH_RIGHT, 0] - points[MOUTH_LEFT, 0])
    x = np.linspace(-1, 1, COLUMNS)
    upper = _curve(x, (points[list(INNER_UPPER_LIP), 0] - centre) / half, points[list(INNER_UPPER_LIP), 1])
    lower = _curve(x, (points[list(INNER_LOWER_LIP), 0] - centre) / half, points[list(INNER_LOWER_LIP), 1])
    order = np.argsort(points[list(INNER_UPPER_LIP), 0])
    along = np.array(INNER_UPPER_LIP)[order]
    depth = np.interp(x, (points[along, 0] - centre) / half, points[along, 2])
    band = Band(frame, centre + x * half, 0.5 * (upper + lower), depth)
    images = _prepare(rgb, frame)
    gap = float(points[LOWER_LIP_INSIDE, 1] - points[UPPER_LIP_INSIDE, 1])
    state = _judge(rgb, frame, gap, look)
    lips = _Search(images, band, x)
    upper, lower = _trace(lips, upper, np.maximum(upper, lower), state, gap)
    closed = bool(np.array_equal(upper, lower))
    if not closed:
        inset = min(EDGE_INSET_BLURS * images.soft, EDGE_INSET_LIMIT) + 0.0015
        taper = 1 - np.abs(x) ** 6
        upper, lower = upper - inset * taper, lower + inset * taper
    opening = np.maximum(lower - upper, 0) * (1 - np.abs(x) ** 24)
    return LipLine(
        x=x,
        upper=upper,
        lower=lower,
        depth=depth,
        centre_u=float(centre),
        half_width=float(half),
        gap=opening,
        opening=float(opening[MIDDLE].max()),
        closed=closed,
        upper_thickness=float(points[UPPER_LIP_INSIDE, 1] - points[UPPER_LIP_TOP, 1]),
        lower_thickness=float(points[LOWER_LIP_BOTTOM, 1] - points[LOWER_LIP_INSIDE, 1]),
    )


def _judge(rgb: NDArray[np.uint8], frame: FaceFrame, gap: float, look: MouthHint) -> MouthState | None:
    """Return how the mouth was photographed; None where it is said to be open, but does not look so."""
    if look == "closed":
        return MouthState("closed", 0.0, 0.0, gap, 0.0, 0.0)
    state = mouth_state(rgb, frame)
    return None if look == "open" and not state.is_open else state


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """What the searches for a lip's edge read: the face, the line they start from, and its places `x`."""

    images: _Images
    band: Band
    x: NDArray[np.float64]


def _trace(
    lips: _Search, upper: NDArray[np.float64], lower: NDArray[np.float64], state: MouthState | None, gap: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both contours; the very same array twice when the mouth is closed."""
    if state is not None and not state.is_open:
        valley = _snap_to_valley(lips)
        return valley, valley
    if gap < CLOSED_GAP:
        # Landmarks lie on one line somewhere in or beside the opening: put it where the picture shows it.
        if state is not None:
            top, opening = state.top - float(np.median(lips.band.v[MIDDLE])), state.opening
        else:
            top, opening = _hidden_opening(lips)
        profile = np.clip(1 - lips.x**2, 0, 1) ** 0.6
        upper, lower = lips.band.v + top * profile, lips.band.v + (top + opening) * profile
    middle = 0.5 * (upper + lower)
    upper = np.minimum(_snap_to_edge(lips, upper, side=1), middle)
    return upper, np.maximum(_snap_to_edge(lips, lower, side=-1), middle)


def _hidden_opening(lips: _Search) -> tuple[float, float]:
    """Return where an opening begins, below the landmarks' lip line, and its height: that of the clearest two edges."""
    offsets = np.linspace(-MOST_OPENING / 2, MOST_OPENING, OPENING_STEPS)
    lab = np.median(lips.band.read(lips.images.lab, offsets, lips.images.corner_px)[:, MIDDLE], 1)
    change = np.linalg.norm(np.gradient(lab, axis=0), axis=1)
    step = offsets[1] - offsets[0]
    least, most = round(LEAST_OPENING / step), round(MOST_OPENING / step)
    best, found = 0.0, (-LEAST_OPENING / 2, LEAST_OPENING)
    for top in np.flatnonzero(offsets <= LEAST_OPENING):
        for bottom in range(top + least, min(top + most + 1, OPENING_STEPS)):
            score = float(min(change[top], change[bottom]))
            if offsets[bottom] > 0 and score > best:
                best, found = score, (float(offsets[top]), float(offsets[bottom] - offsets[top]))
    return found


def _curve(x: NDArray[np.float64], at: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Interpolate landmarks along the mouth without overshoot."""
    from scipy.interpolate import PchipInterpolator

    order = np.argsort(at)
    at, values = at[order], values[order]
    distinct = np.concatenate([[True], np.diff(at) > 1e-4])
    at, values = at[distinct], values[distinct]
    if len(at) < 3:
        return np.interp(x, at, values)
    return np.asarray(PchipInterpolator(at, values)(np.clip(x, at[0], at[-1])), np.float64)


def _prepare(rgb: NDArray[np.uint8], frame: FaceFrame) -> _Images:
    low, high = frame.landmarks_px[:, :2].min(0).astype(int), frame.landmarks_px[:, :2].max(0).astype(int)
    x0, y0 = np.clip(low, 0, (rgb.shape[1] - 2, rgb.shape[0] - 2)).tolist()
    face = rgb[y0 : max(high[1], y0 + 2), x0 : max(high[0], x0 + 2)]
    sharp_grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    sharp_lab = cv2.cvtColor(face.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
    grey = cv2.GaussianBlur(sharp_grey, (0, 0), max(0.5, 0.004 * frame.height_px))
    lab = cv2.GaussianBlur(sharp_lab, (0, 0), max(0.6, 0.003 * frame.height_px))
    soft = estimate_blur_px(rgb, frame) / frame.height_px
    return _Images(np.asarray(grey, np.float32), np.asarray(lab, np.float32), (x0, y0), soft)


def _snap_to_valley(lips: _Search) -> NDArray[np.float64]:
    """Move a closed mouth's line into the darkest valley nearby; returns v, shape (COLUMNS,)."""
    from scipy.ndimage import gaussian_filter1d

    offsets = np.linspace(-VALLEY_REACH, VALLEY_REACH, VALLEY_STEPS)
    light = lips.band.read(lips.images.grey, offsets, lips.images.corner_px)
    light = (light - light.mean()) / (light.std() + 1e-3)
    cost = light + 0.5 * (offsets[:, None] / 0.016) ** 2
    shift = gaussian_filter1d(offsets[cheapest_path(cost, 2, 0.25)], 2.5)
    # Corners of the landmarks are better than corners of the valley, which runs on into the cheeks' creases.
    return np.asarray(lips.band.v + shift * (1 - 0.5 * np.abs(lips.x) ** 6), np.float64)


def _snap_to_edge(lips: _Search, line: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Move an inner contour of an open mouth to the steepest change of colour nearby.

    Parameters
    ----------
    side
        1 where the opening lies below the line (upper lip), -1 where it lies above (lower lip).
    """
    from scipy.ndimage import gaussian_filter1d

    images, band, x = lips.images, lips.band, lips.x
    offsets = np.linspace(-EDGE_REACH, EDGE_REACH, EDGE_STEPS)
    lab = Band(band.frame, band.u, line, band.w).read(images.lab, offsets, images.corner_px)
    step = max(1, round(0.004 / (offsets[1] - offsets[0])))
    change = np.zeros_like(lab)
    change[step:-step] = (lab[2 * step :] - lab[: -2 * step]) * side
    # Lips are redder than teeth or cavity: a* must drop. Lightness may rise (teeth) or fall (cavity).
    colour = float(np.clip(np.abs(images.lab[..., 1]).mean() / 4, 0, 1))
    edge = colour * np.clip(-change[..., 1], 0, None) * 2.2 + np.abs(change[..., 0]) * (0.6 if colour > 0.5 else 1.2)
    cost = -1.6 * edge / (edge.max() + 1e-3) + 0.35 * (offsets[:, None] / 0.014) ** 2
    # Nothing finer than the picture's own blur is a lip's shape.
    columns = float(np.clip(images.soft * COLUMNS / np.ptp(band.u), 2.0, SMOOTH_COLUMNS))
    shift = gaussian_filter1d(offsets[cheapest_path(cost, 1, 0.12)], columns)
    return np.asarray(line + shift * (1 - np.abs(x) ** 8), np.float64)
