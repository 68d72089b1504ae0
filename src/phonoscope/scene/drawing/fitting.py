"""A picture at the size of the canvas: cut, between bars, or distorted; darker, out of focus."""

from __future__ import annotations

from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.media.pictures import scale_picture
from phonoscope.scene.defocus import out_of_focus
from phonoscope.scene.drawing.plain import Rgba, paint_colour
from phonoscope.scene.layout import cover

Fit = Literal["cover", "contain", "blur", "stretch"]

BARS_STRENGTH, BARS_DARKEN = 0.6, 0.3
"""How far out of focus, and how much darker, the picture's own copy is in its bars: it must not compete with it."""

BLUR_RADIUS = 0.12
"""Radius at strength 1, of the shorter side: what is behind a picture in a picture is further away than a room is."""


def fit_picture(
    picture: Picture, size_px: tuple[int, int], fit: Fit, focus: tuple[float, float], bars: Rgba
) -> Picture:
    """Lay a picture out on a canvas.

    Parameters
    ----------
    size_px
        (width, height) of the canvas.
    focus
        Which part a cut leaves, or where between its bars the picture is: 0 left or above, 1 right or below.
    bars
        Colour of the bars, and of what shines through a picture with holes.
    """
    if fit == "stretch":
        return flatten_onto(bars, scale_picture(picture, size_px))
    if fit == "cover":
        return flatten_onto(bars, cover_canvas(picture, size_px, focus))
    box = contain(picture.size_px, size_px, focus)
    inner = scale_picture(picture, (box.width, box.height))
    if fit == "contain":
        canvas = paint_colour(bars, size_px)
    else:
        behind = cover_canvas(flatten_onto((*bars[:3], 255), picture), size_px, (0.5, 0.5))
        canvas = darker(blurred(behind, BARS_STRENGTH), BARS_DARKEN)
    return _put(inner, box, canvas)


def cover_canvas(picture: Picture, size_px: tuple[int, int], focus: tuple[float, float] = (0.5, 0.5)) -> Picture:
    """Scale a picture so that it covers a canvas, and cut what is too much."""
    width, height, _, _ = cover(picture.size_px, size_px)
    left, top = int(focus[0] * (width - size_px[0])), int(focus[1] * (height - size_px[1]))
    part = Box(left, top, left + size_px[0], top + size_px[1])
    scaled = scale_picture(picture, (width, height))
    alpha = None if scaled.alpha is None else np.ascontiguousarray(scaled.alpha[part.slices])
    return Picture(np.ascontiguousarray(scaled.rgb[part.slices]), alpha)


def contain(picture_px: tuple[int, int], size_px: tuple[int, int], focus: tuple[float, float]) -> Box:
    """Return where on a canvas the whole of a picture is seen as large as it fits."""
    scale = min(size_px[0] / picture_px[0], size_px[1] / picture_px[1])
    width, height = (max(1, min(side, round(own * scale))) for side, own in zip(size_px, picture_px, strict=True))
    left, top = round(focus[0] * (size_px[0] - width)), round(focus[1] * (size_px[1] - height))
    return Box(left, top, left + width, top + height)


def frame_of(picture: Picture) -> VideoFrame:
    """Return a picture of an even size as a frame, with its alpha."""
    frame = rgb_to_frame(picture.rgb)
    return VideoFrame(frame.luma, frame.chroma, picture.alpha)


def flatten_onto(colour: Rgba, picture: Picture) -> Picture:
    """Put a picture with holes on a colour, which may be transparent itself."""
    if picture.alpha is None:
        return picture
    return _put(picture, Box(0, 0, *picture.size_px), paint_colour(colour, picture.size_px))


def blurred(picture: Picture, strength: float) -> Picture:
    """Return a picture out of focus, its holes as they are; strength 0 to 1."""
    if strength <= 0:
        return picture
    radius_px = BLUR_RADIUS * strength**1.5 * min(picture.size_px)
    return Picture(out_of_focus(picture.rgb, radius_px), picture.alpha)


def darker(picture: Picture, darken: float) -> Picture:
    """Return a picture whose light is less by `darken`, 0 to 1, as encoded."""
    if darken <= 0:
        return picture
    return Picture(np.asarray(cv2.convertScaleAbs(picture.rgb, alpha=1 - darken), np.uint8), picture.alpha)


def _put(picture: Picture, box: Box, canvas: Picture) -> Picture:
    """Return the canvas with the picture in the box over it."""
    if picture.alpha is None and box == Box(0, 0, *canvas.size_px):
        return picture
    rgb = canvas.rgb.copy()
    alpha = None if canvas.alpha is None else canvas.alpha.copy()
    if picture.alpha is None:
        rgb[box.slices] = picture.rgb
        if alpha is not None:
            alpha[box.slices] = 255
        return Picture(rgb, alpha)
    share = picture.alpha[..., None].astype(np.float32) / 255
    below = np.float32(1) if alpha is None else alpha[box.slices][..., None].astype(np.float32) / 255
    both = share + below * (1 - share)
    mixed = picture.rgb.astype(np.float32) * share + rgb[box.slices] * (below * (1 - share))
    rgb[box.slices] = _bytes(mixed / np.maximum(both, 1e-6))
    if alpha is not None:
        alpha[box.slices] = _bytes(both[..., 0] * 255)
    return Picture(rgb, alpha)


def _bytes(values: NDArray[Any]) -> NDArray[np.uint8]:
    return np.asarray(np.clip(np.rint(values), 0, 255), np.uint8)
