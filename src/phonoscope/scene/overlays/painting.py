"""Paints, shadows and surfaces of Skia, in the document's colours."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.overlays.rect import Rect

if TYPE_CHECKING:
    import skia

Painter = Callable[["skia.Canvas"], None]

_SHADOW_GRAIN_PX: Final = 2.0
"""Standard deviation at which shadows are blurred: wider ones are drawn smaller and enlarged, which nobody sees."""

_COPIED_LIMIT_PX: Final = 12_000_000
"""Largest shadow that is kept in its full size, to be copied: a 4K canvas and what is around it."""

_LIGHT: Final = 0.55
"""Luma, 0 to 1, from which a colour is light, and stands out from a dark shadow."""


def skia_colour(colour: str, opacity: float = 1.0) -> int:
    """Return a colour of the document for Skia."""
    import skia

    red, green, blue, alpha = rgba_of(colour)
    return int(skia.ColorSetARGB(round(alpha * opacity), red, green, blue))


def fill(colour: str, opacity: float = 1.0) -> skia.Paint:
    """Return a paint that fills."""
    import skia

    return skia.Paint(AntiAlias=True, Color=skia_colour(colour, opacity))


def stroke(colour: str, width_px: float) -> skia.Paint:
    """Return a paint that draws round-cornered lines."""
    import skia

    return skia.Paint(
        AntiAlias=True, Color=skia_colour(colour), Style=skia.Paint.kStroke_Style, StrokeWidth=width_px,
        StrokeJoin=skia.Paint.kRound_Join, StrokeCap=skia.Paint.kRound_Cap,
    )  # fmt: skip


def is_light(colour: str) -> bool:
    """Tell whether a colour stands out from dark better than from light."""
    red, green, blue, _ = rgba_of(colour)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 >= _LIGHT


def readable_on(ground: str, colour: str) -> str:
    """Return a colour for text on a ground: the one that is asked for, unless both are light or both dark."""
    if is_light(ground) != is_light(colour):
        return colour
    return "#14171f" if is_light(ground) else "white"


def skia_rect(rect: Rect) -> skia.Rect:
    """Return a rectangle for Skia."""
    import skia

    return skia.Rect.MakeLTRB(rect.left, rect.top, rect.right, rect.bottom)


def rounded(rect: Rect, radius_px: float) -> skia.RRect:
    """Return a rectangle with rounded corners."""
    import skia

    radius_px = min(radius_px, rect.width / 2, rect.height / 2)
    return skia.RRect.MakeRectXY(skia_rect(rect), radius_px, radius_px)


def image_of(pixels: NDArray[np.uint8]) -> skia.Image:
    """Return premultiplied RGBA, uint8, shape (height, width, 4), for Skia.

    At whole pixels, and in the layout of what it is painted on, it is copied; all else takes Skia twenty times as long.
    """
    import skia

    surface = skia.Surface(
        pixels, colorType=skia.ColorType.kRGBA_8888_ColorType, alphaType=skia.AlphaType.kPremul_AlphaType
    )
    return surface.makeImageSnapshot()


def shadow_of(painter: Painter, bounds: Rect, sigma_px: float, colour: str, strength: float) -> tuple[Painter, Rect]:
    """Return what paints the soft shadow of something, drawn once, and what it covers.

    Parameters
    ----------
    sigma_px
        Standard deviation of the blur.
    strength
        Opacity of the shadow, 0 to 1.
    """
    import skia

    spread = bounds.grown(3 * sigma_px + 1)
    spread = Rect(*(float(round(edge)) for edge in (spread.left, spread.top, spread.right, spread.bottom)))
    grain = max(1.0, sigma_px / _SHADOW_GRAIN_PX)
    size = max(1, math.ceil(spread.width / grain)), max(1, math.ceil(spread.height / grain))
    red, green, blue, alpha = rgba_of(colour)
    tint = skia.ColorFilters.Blend(skia.ColorSetARGB(255, red, green, blue), skia.BlendMode.kSrcIn)
    blur = skia.ImageFilters.Blur(sigma_px / grain, sigma_px / grain, skia.TileMode.kDecal)
    layer = skia.Paint(ImageFilter=blur, ColorFilter=tint, Alphaf=strength * alpha / 255)

    def paint_small(canvas: skia.Canvas) -> None:
        canvas.scale(1 / grain, 1 / grain)
        canvas.translate(-spread.left, -spread.top)
        canvas.saveLayer(None, layer)
        painter(canvas)
        canvas.restore()

    small = rasterise(paint_small, Box(0, 0, *size))
    if spread.width * spread.height <= _COPIED_LIMIT_PX:
        enlarged = image_of(_enlarged(small, grain, (int(spread.width), int(spread.height))))
        return lambda canvas: canvas.drawImage(enlarged, spread.left, spread.top), spread
    image, smooth = image_of(small), skia.SamplingOptions(skia.FilterMode.kLinear)
    place = skia.Rect.MakeXYWH(spread.left, spread.top, size[0] * grain, size[1] * grain)
    return lambda canvas: canvas.drawImageRect(image, place, smooth), spread


def _enlarged(pixels: NDArray[np.uint8], factor: float, size_px: tuple[int, int]) -> NDArray[np.uint8]:
    """Return premultiplied RGBA enlarged by a factor, cut to (width, height)."""
    import cv2

    if factor == 1:
        return pixels
    # OpenCV counts from the middle of the first pixel.
    back = np.array([[1 / factor, 0, 0.5 / factor - 0.5], [0, 1 / factor, 0.5 / factor - 0.5]])
    return np.asarray(cv2.warpAffine(pixels, back, size_px, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP), np.uint8)


def both(*painters: Painter) -> Painter:
    """Return what paints one after the other."""

    def paint(canvas: skia.Canvas) -> None:
        for painter in painters:
            painter(canvas)

    return paint
