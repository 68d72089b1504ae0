"""The lines of an eye in the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EyeLandmarks
from phonoscope.core.frames import Box

UPPER_SHARE = 0.88
"""Part of the opening that the upper lid travels in a blink; the lower lid rises by the rest."""
FOLD_DROP = 0.11
"""How far the fold above the eye comes down with the lid, in openings."""
MIN_OPENING = 0.18
"""Least height of an eye's opening in eye widths: narrower eyes are treated as if this open."""
TAPER = 0.70
"""Half the lid's length in eye widths: it ends past the corners, whose lashes go on, and which drawn eyes exceed."""
_SIDE_MARGIN = 0.30
_TOP_MARGIN, _BOTTOM_MARGIN = 1.1, 0.8
"""Space around the eye: in eye widths sideways, in openings up and down."""
_LID_REACH = (0.38, 0.72)
"""Range of how far above the eye the lid is repainted, in openings; brows close by make it less."""


@dataclass(frozen=True, slots=True, eq=False)
class EyeShape:
    """An eye's lines, in a box of the picture. Arrays have the box's shape, float64, unless told.

    Attributes
    ----------
    box
        Where it lies in the picture.
    below_upper
        Distance below the upper lid's edge, along the eye's own vertical, in pixels.
    gap
        Height of the opening at this place along the eye, in pixels.
    along
        Place along the eye: 0 at the picture's left corner, 1 at the right one.
    taper
        1 in the middle, falling to 0 just past the corners.
    width_px, opening_px
        Size of the eye.
    axes
        float64, shape (2, 2): rows are unit vectors along the eye and down.
    lid_reach
        How far above the eye the lid is repainted, in openings.
    iris_px, iris_radius_px
        Centre of the iris in the box, float64, shape (2,), x and y, and its radius.
    """

    box: Box
    below_upper: NDArray[np.float64]
    gap: NDArray[np.float64]
    along: NDArray[np.float64]
    taper: NDArray[np.float64]
    width_px: float
    opening_px: float
    axes: NDArray[np.float64]
    lid_reach: float
    iris_px: NDArray[np.float64]
    iris_radius_px: float

    def inside_px(self) -> NDArray[np.float64]:
        """Depth inside the opening: distance to the nearer lid, negative outside."""
        return np.minimum(self.below_upper, self.gap - self.below_upper)

    def part(self, box: Box) -> EyeShape:
        """Return the same eye in a part of its box."""
        x0, y0 = self.box.x0, self.box.y0
        return replace(
            self,
            box=Box(x0 + box.x0, y0 + box.y0, x0 + box.x1, y0 + box.y1),
            below_upper=self.below_upper[box.slices],
            gap=self.gap[box.slices],
            along=self.along[box.slices],
            taper=self.taper[box.slices],
            iris_px=self.iris_px - (box.x0, box.y0),
        )

    def scaled(self, scale: float) -> EyeShape:
        """Return the same eye in a smaller picture, whose box begins at 0."""
        if scale >= 1:
            return self
        height, width = self.below_upper.shape
        size = max(8, round(width * scale)), max(8, round(height * scale))

        def small(array: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.asarray(cv2.resize(array, size, interpolation=cv2.INTER_LINEAR), np.float64)

        return replace(
            self,
            box=Box(0, 0, *size),
            below_upper=small(self.below_upper) * scale,
            gap=small(self.gap) * scale,
            along=small(self.along),
            taper=small(self.taper),
            width_px=self.width_px * scale,
            opening_px=self.opening_px * scale,
            iris_px=self.iris_px * scale,
            iris_radius_px=self.iris_radius_px * scale,
        )


def trace_eye(
    frame: FaceFrame, eye: EyeLandmarks, size_px: tuple[int, int], longer: tuple[float, float] = (0.0, 0.0)
) -> EyeShape:
    """Trace an eye's lids from the landmarks.

    Parameters
    ----------
    size_px
        The picture's (width, height).
    longer
        How far the eye goes on past its landmarks, to the left and to the right, in eye widths.
    """
    points = frame.landmarks_px[:, :2]
    upper, lower = points[list(eye.upper_lid)], points[list(eye.lower_lid)]
    corner = upper[0]
    along = upper[-1] - corner
    share = np.linspace(-longer[0], longer[1], len(upper))[:, None]
    upper, lower = upper + share * along, lower + share * along
    corner = upper[0]
    along = upper[-1] - corner
    width_px = max(float(np.hypot(*along)), 1.0)
    along = along / width_px
    down = np.array([-along[1], along[0]])
    axes = np.stack([along, down])
    upper_t, upper_v = axes @ (upper - corner).T
    lower_t, lower_v = axes @ (lower - corner).T
    samples = np.linspace(0, width_px, 40)
    opening_px = float(np.max(np.interp(samples, lower_t, lower_v) - np.interp(samples, upper_t, upper_v)))
    opening_px = max(opening_px, MIN_OPENING * width_px)
    brow_v = float(np.percentile((axes @ (points[list(eye.brow)] - corner).T)[1], 75))
    lid_reach = 0.55 * (float(np.interp(0.5 * width_px, upper_t, upper_v)) - brow_v) / opening_px

    top, bottom = upper_v.min() - _TOP_MARGIN * opening_px, lower_v.max() + _BOTTOM_MARGIN * opening_px
    sides = -_SIDE_MARGIN * width_px, (1 + _SIDE_MARGIN) * width_px
    box = _bounds(corner + np.array([[t, v] for t in sides for v in (top, bottom)]) @ axes, size_px)
    x, y = np.meshgrid(np.arange(box.x0, box.x1) - corner[0], np.arange(box.y0, box.y1) - corner[1])
    t, v = x * along[0] + y * along[1], x * down[0] + y * down[1]
    clipped = np.clip(t, 0, width_px)
    upper_line = _curve(upper_t, upper_v, clipped)
    lower_line = np.maximum(_curve(lower_t, lower_v, clipped), upper_line)
    q = t / width_px
    centre, radius_px = _iris(points[list(eye.iris)], 0.5 * (upper.mean(0) + lower.mean(0)), (width_px, opening_px))
    return EyeShape(
        box=box,
        below_upper=v - upper_line,
        gap=lower_line - upper_line,
        along=q,
        taper=np.sqrt(np.clip(1 - ((q - 0.5) / TAPER) ** 4, 0, 1)),
        width_px=width_px,
        opening_px=opening_px,
        axes=axes,
        lid_reach=float(np.clip(lid_reach, *_LID_REACH)),
        iris_px=centre - (box.x0, box.y0),
        iris_radius_px=radius_px,
    )


def _iris(
    landmarks_px: NDArray[np.float64], middle: NDArray[np.float64], size_px: tuple[float, float]
) -> tuple[NDArray[np.float64], float]:
    """Return the iris's centre and radius; where nobody knows them, a large one in the middle of the eye."""
    width_px, opening_px = size_px
    radius = float(np.hypot(*(landmarks_px[1:] - landmarks_px[0]).T).mean())
    known = np.isfinite(landmarks_px).all() and 0.05 * width_px < radius < 0.6 * width_px
    if known and np.hypot(*(landmarks_px[0] - middle)) < 0.5 * width_px:
        return landmarks_px[0], max(radius, 1.0)
    return middle, max(min(0.30 * width_px, 0.55 * opening_px), 1.0)


def _bounds(corners: NDArray[np.float64], size_px: tuple[int, int]) -> Box:
    """Return the box around points, at least 8 pixels a side, inside the picture."""
    low, high = np.floor(corners.min(0)).astype(int), np.ceil(corners.max(0)).astype(int) + 2
    x0, y0 = (int(np.clip(c, 0, max(0, n - 8))) for c, n in zip(low, size_px, strict=True))
    x1, y1 = (int(min(max(c, c0 + 8), n)) for c, c0, n in zip(high, (x0, y0), size_px, strict=True))
    return Box(x0, y0, x1, y1)


def _curve(t: NDArray[np.float64], v: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    if np.all(np.diff(t) > 0):
        from scipy.interpolate import PchipInterpolator

        return np.asarray(PchipInterpolator(t, v)(at))
    order = np.argsort(t)
    return np.interp(at, t[order], v[order])
