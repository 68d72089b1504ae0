# mypy: disallow-untyped-decorators=False
"""From what Skia paints to frames in the encoder's layout."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box, VideoFrame

if TYPE_CHECKING:
    import skia

Draw = Callable[["skia.Canvas"], None]


def even_box(left: float, top: float, right: float, bottom: float) -> Box:
    """Return the smallest box with even coordinates around a rectangle, at least two pixels wide and high."""
    x0, y0 = 2 * math.floor(left / 2), 2 * math.floor(top / 2)
    return Box(x0, y0, max(x0 + 2, 2 * math.ceil(right / 2)), max(y0 + 2, 2 * math.ceil(bottom / 2)))


def rasterise(draw: Draw, box: Box) -> NDArray[np.uint8]:
    """Return what is drawn in a box of the canvas.

    Parameters
    ----------
    draw
        Draws on a canvas in the coordinates that `box` is in.

    Returns
    -------
    uint8, shape (height, width, 4): RGBA, premultiplied; drawn in place, without a copy.
    """
    import skia

    rgba = np.zeros((box.height, box.width, 4), np.uint8)
    surface = skia.Surface(
        rgba, colorType=skia.ColorType.kRGBA_8888_ColorType, alphaType=skia.AlphaType.kPremul_AlphaType
    )
    with surface as canvas:
        canvas.translate(-box.x0, -box.y0)
        draw(canvas)
    return rgba


def drawn_part(rgba: NDArray[np.uint8]) -> Box | None:
    """Return the smallest even box around all that is not transparent; None where nothing is."""
    import cv2

    x, y, width, height = cv2.boundingRect(np.ascontiguousarray(rgba[..., 3]))
    if width == 0:
        return None
    return even_box(x, y, x + width, y + height)


def draw_frame(draw: Draw, box: Box) -> tuple[Box, VideoFrame] | None:
    """Return what is drawn in an even box as a frame, and the part of the box that it fills; None for nothing."""
    rgba = rasterise(draw, box)
    part = drawn_part(rgba)
    if part is None:
        return None
    placed = Box(box.x0 + part.x0, box.y0 + part.y0, box.x0 + part.x1, box.y0 + part.y1)
    return placed, rgba_to_frame(rgba[part.slices])


def rgba_to_frame(rgba: NDArray[np.uint8], out: VideoFrame | None = None) -> VideoFrame:
    """Convert premultiplied RGBA into a frame with alpha, not premultiplied.

    Parameters
    ----------
    rgba
        uint8, shape (height, width, 4), even sizes; its corner lies at even coordinates of the canvas.
    out
        A frame of the same size with alpha, which is overwritten; None for a new one.
    """
    height, width = rgba.shape[:2]
    if out is None:
        out = VideoFrame(
            np.empty((height, width), np.uint8),
            np.empty((height // 2, width // 2, 2), np.uint8),
            np.empty((height, width), np.uint8),
        )
    if out.alpha is None:
        raise ValueError("A frame for what has holes needs alpha.")
    _convert(rgba, out.luma, out.chroma, out.alpha)
    return out


# BT.709 in limited range, as in `core.colour`: how far full red, green and blue move luma and both chromas.
_KR, _KB = 0.2126, 0.0722
_YR, _YG, _YB = 219 * _KR, 219 * (1 - _KR - _KB), 219 * _KB
_UR, _UG, _UB = -112 * _KR / (1 - _KB), -112 * (1 - _KR - _KB) / (1 - _KB), 112.0
_VR, _VG, _VB = 112.0, -112 * (1 - _KR - _KB) / (1 - _KR), -112 * _KB / (1 - _KR)


@compiled
def _convert(
    rgba: NDArray[np.uint8], luma: NDArray[np.uint8], chroma: NDArray[np.uint8], alpha: NDArray[np.uint8]
) -> None:
    """Write luma, alpha, and chroma weighted by alpha over the six pixels that a left-sited sample stands for."""
    for y in range(np.uint64(luma.shape[0])):
        for x in range(np.uint64(luma.shape[1])):
            shown = rgba[y, x, 3]
            alpha[y, x] = shown
            light = np.float32(_YR) * np.float32(rgba[y, x, 0]) + np.float32(_YG) * np.float32(rgba[y, x, 1])
            light += np.float32(_YB) * np.float32(rgba[y, x, 2])
            luma[y, x] = np.uint8(np.float32(16.5) + light / max(np.float32(shown), np.float32(1)))
    for y in range(np.uint64(chroma.shape[0])):
        for x in range(np.uint64(chroma.shape[1])):
            here = np.uint64(2) * x
            before = here - np.uint64(1) if here > 0 else here
            red, green, blue, shown = np.uint32(0), np.uint32(0), np.uint32(0), np.uint32(0)
            for below in range(2):
                row = np.uint64(2) * y + np.uint64(below)
                for column, weight in ((before, 1), (here, 2), (here + np.uint64(1), 1)):
                    red += np.uint32(weight) * np.uint32(rgba[row, column, 0])
                    green += np.uint32(weight) * np.uint32(rgba[row, column, 1])
                    blue += np.uint32(weight) * np.uint32(rgba[row, column, 2])
                    shown += np.uint32(weight) * np.uint32(rgba[row, column, 3])
            all_shown = max(np.float32(shown), np.float32(1))
            r, g, b = np.float32(red), np.float32(green), np.float32(blue)
            cb = (np.float32(_UR) * r + np.float32(_UG) * g + np.float32(_UB) * b) / all_shown
            cr = (np.float32(_VR) * r + np.float32(_VG) * g + np.float32(_VB) * b) / all_shown
            chroma[y, x, 0] = np.uint8(np.float32(128.5) + cb)
            chroma[y, x, 1] = np.uint8(np.float32(128.5) + cr)
