"""Pixels in other places and sizes, by OpenCV's loops: Skia takes ten times as long for that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, Picture
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.overlays.painting import fill, rounded
from phonoscope.scene.overlays.rect import Rect

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """A picture in its own size, and in half of it where it is shown much smaller.

    Attributes
    ----------
    whole, half
        Premultiplied RGBA, uint8, shape (height, width, 4).
    """

    whole: NDArray[np.uint8]
    half: NDArray[np.uint8] | None = None


def levels_of(picture: Picture, nearest: float) -> Levels:
    """Return a picture for zooms between 1 and `nearest`; it has the size of the nearest one."""
    import cv2

    opaque = np.full(picture.rgb.shape[:2], 255, np.uint8)
    alpha = opaque if picture.alpha is None else picture.alpha
    rgb = picture.rgb
    if picture.alpha is not None:
        rgb = np.asarray(cv2.multiply(rgb, cv2.merge([alpha, alpha, alpha]), scale=1 / 255), np.uint8)
    whole = np.asarray(cv2.merge([*cv2.split(rgb), alpha]), np.uint8)
    if nearest <= 1.4:
        return Levels(whole)
    height, width = alpha.shape
    half = cv2.resize(whole, (max(1, width // 2), max(1, height // 2)), interpolation=cv2.INTER_AREA)
    return Levels(whole, np.asarray(half, np.uint8))


def zoomed(levels: Levels, size_px: tuple[int, int], zoom: float, mask: NDArray[np.uint8] | None) -> NDArray[np.uint8]:
    """Return the middle of a picture.

    Parameters
    ----------
    size_px
        (width, height) of the result; the whole picture fills it at a zoom of 1.
    mask
        uint8, shape (height, width, 4): what of it is seen; None for all.

    Returns
    -------
    Premultiplied RGBA, uint8, shape (height, width, 4).
    """
    import cv2

    whole = levels.whole
    if zoom == 1 and (whole.shape[1], whole.shape[0]) == size_px:
        seen = whole
    else:
        seen = _middle(whole, size_px, zoom)
        if levels.half is not None:
            # Between the sizes, both are mixed, so that sharpness does not jump.
            smaller = math.log2(max(1.0, whole.shape[1] / (size_px[0] * zoom)))
            if smaller > 0:
                share = min(1.0, smaller)
                mixed = cv2.addWeighted(seen, 1 - share, _middle(levels.half, size_px, zoom), share, 0)
                seen = np.asarray(mixed, np.uint8)
    return seen if mask is None else np.asarray(cv2.multiply(seen, mask, scale=1 / 255), np.uint8)


def rounded_mask(size_px: tuple[int, int], radius_px: float) -> NDArray[np.uint8] | None:
    """Return what is seen of a picture with rounded corners, in all four channels; None for all."""
    import cv2

    if radius_px <= 0:
        return None
    shape = rounded(Rect(0, 0, *size_px), radius_px)
    covered = rasterise(lambda canvas: canvas.drawRRect(shape, fill("white")), Box(0, 0, *size_px))[..., 3]
    return np.asarray(cv2.merge([covered] * 4), np.uint8)


def transformed(
    pixels: NDArray[np.uint8], origin: tuple[int, int], matrix: Sequence[float], region: Box
) -> NDArray[np.uint8]:
    """Return pixels that are moved, turned and scaled.

    Parameters
    ----------
    pixels
        Premultiplied RGBA, uint8, shape (height, width, 4); its upper left corner lies at `origin` of the canvas.
    matrix
        (a, b, c, d, e, f): (x, y) of the canvas goes to (a x + b y + c, d x + e y + f).
    region
        Which part of the canvas is returned.
    """
    import cv2

    forth = np.array([[*matrix[:3]], [*matrix[3:]], [0, 0, 1]], np.float64)
    # OpenCV counts from the middle of the first pixel.
    from_source, from_region = np.eye(3), np.eye(3)
    from_source[:2, 2] = origin[0] + 0.5, origin[1] + 0.5
    from_region[:2, 2] = region.x0 + 0.5, region.y0 + 0.5
    back = np.linalg.inv(from_source) @ np.linalg.inv(forth) @ from_region
    return np.asarray(
        cv2.warpAffine(
            pixels, back[:2], (region.width, region.height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT, borderValue=(0, 0, 0, 0),
        ),
        np.uint8,
    )  # fmt: skip


def _middle(pixels: NDArray[np.uint8], size_px: tuple[int, int], zoom: float) -> NDArray[np.uint8]:
    """Return a picture's middle, enlarged from its own size."""
    import cv2

    height, width = pixels.shape[:2]
    across, down = width / (size_px[0] * zoom), height / (size_px[1] * zoom)
    back = np.array(
        [
            [across, 0, width / 2 - across * size_px[0] / 2 + across / 2 - 0.5],
            [0, down, height / 2 - down * size_px[1] / 2 + down / 2 - 0.5],
        ]
    )
    return np.asarray(
        cv2.warpAffine(
            pixels, back, size_px, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        ),
        np.uint8,
    )  # fmt: skip
