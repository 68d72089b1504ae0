"""The drawing surface of the mouth's inside: flat RGBA planes in mouth coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.photometry import Photometry
from phonoscope.avatars.photo.tone import tinted

LEFT, RIGHT, TOP, BOTTOM = -0.19, 0.19, -0.11, 0.13
"""Extent of a plane in face heights around the lip line's middle: wider than any mouth, tall enough for the jaw."""

MOST_PX = 1300
"""Planes are no finer than for a face this high: drawing them takes time, and teeth have no finer detail."""

_SMALL_FACE_PX, _LARGE_FACE_PX = 400, 750
"""Faces lower than the first are drawn three times finer before they are reduced, up to the second twice."""
_GRAIN_SIGMA_PX = 0.7
_GRAIN_GAIN = 1.9
"""Blurring white noise by `_GRAIN_SIGMA_PX` lowers its deviation by this factor."""


@dataclass(frozen=True, slots=True, eq=False)
class MouthGrid:
    """Sample points of a plane while it is drawn, finer than the picture.

    Attributes
    ----------
    x, y
        float64, shape (height, width): millimetres right of the mouth's middle, and below the lip line.
    height_px
        Face height in the picture, in pixels.
    oversampling
        Samples per picture pixel in each direction.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    height_px: float
    oversampling: int


def mouth_grid(height_px: float, millimetre: float) -> MouthGrid:
    """Return the sample points for a face `height_px` high, whose mouth's millimetre is so many face heights."""
    oversampling = 3 if height_px < _SMALL_FACE_PX else 2 if height_px < _LARGE_FACE_PX else 1
    columns, rows = (max(4, round(side * height_px)) * oversampling for side in (RIGHT - LEFT, BOTTOM - TOP))
    x = LEFT + (np.arange(columns) + 0.5) / (height_px * oversampling)
    y = TOP + (np.arange(rows) + 0.5) / (height_px * oversampling)
    x, y = np.meshgrid(x / millimetre, y / millimetre)
    return MouthGrid(x, y, height_px, oversampling)


def develop(
    colour: NDArray[np.float64], alpha: NDArray[np.float64], grid: MouthGrid, photometry: Photometry, seed: int
) -> NDArray[np.float32]:
    """Reduce a drawn plane to the picture's resolution, as blurred and as grainy as the photo.

    Parameters
    ----------
    colour
        Shape (height, width, 3), sRGB 0 to 255, not premultiplied.
    alpha
        Shape (height, width), 0 to 1.

    Returns
    -------
    float32, shape (height / oversampling, width / oversampling, 4), premultiplied.
    """
    premultiplied = np.dstack([colour * alpha[..., None], alpha]).astype(np.float32)
    soft = cv2.GaussianBlur(premultiplied, (0, 0), max(0.01, 0.9 * photometry.blur_px * grid.oversampling))
    size = soft.shape[1] // grid.oversampling, soft.shape[0] // grid.oversampling
    plane: NDArray[np.float32] = np.asarray(cv2.resize(soft, size, interpolation=cv2.INTER_AREA), np.float32)
    if photometry.tint is not None:
        cover = plane[..., 3:]
        level = np.asarray(plane[..., :3] / np.maximum(cover, 1e-3), np.float64)
        plane[..., :3] = tinted(level, photometry.tint) * cover
    plane[..., :3] += grain(plane.shape[:2], photometry.grain, seed)[..., None] * plane[..., 3:]
    return np.ascontiguousarray(plane, np.float32)


def grain(shape: tuple[int, ...], deviation: float, seed: int) -> NDArray[np.float32]:
    """Return fine noise like a photo's, float32, of a standard deviation in grey levels."""
    noise = np.random.default_rng(seed).normal(0, 1, shape).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(noise, (0, 0), _GRAIN_SIGMA_PX) * np.float32(_GRAIN_GAIN * deviation))
