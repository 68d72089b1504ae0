"""Overlays on small stages."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from phonoscope.core.frames import VideoFrame
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.drawing.layer import Layer, Patch
from phonoscope.scene.overlays.layers import overlay_layer
from phonoscope.scene.overlays.stage import OverlayStage, VideoSpan

OVERLAY: TypeAdapter[Any] = TypeAdapter(Overlay)
FPS = 20
WIDE, TALL = (320, 180), (180, 320)


class Folder:
    """Finds assets in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, asset: str) -> Path:
        return self._folder / asset


def stage_of(size_px: tuple[int, int] = WIDE, folder: Path = Path(), language: str = "") -> OverlayStage:
    return OverlayStage(size_px, Fraction(FPS), Folder(folder), VideoSpan(0.0, 4.0), 3.0, language)


def layer_of(
    document: dict[str, Any], stage: OverlayStage | None = None, span_s: tuple[float, float] = (0.5, 2.5)
) -> Layer:
    return overlay_layer(OVERLAY.validate_python(document), *span_s, stage or stage_of())


def picture_of(patch: Patch | None, size_px: tuple[int, int] = WIDE) -> NDArray[np.float32]:
    """Return how opaque each pixel of the canvas is, 0 to 1, float32 (height, width)."""
    canvas = np.zeros((size_px[1], size_px[0]), np.float32)
    if patch is None:
        return canvas
    box = patch.box
    alpha = np.zeros((box.height, box.width), np.float32) + (
        1 if patch.frame.alpha is None else patch.frame.alpha / 255
    )
    x0, y0, x1, y1 = max(0, box.x0), max(0, box.y0), min(size_px[0], box.x1), min(size_px[1], box.y1)
    canvas[y0:y1, x0:x1] = alpha[y0 - box.y0 : y1 - box.y0, x0 - box.x0 : x1 - box.x0] * patch.opacity
    return canvas


def same_pixels(one: VideoFrame, other: VideoFrame) -> bool:
    def same(first: NDArray[np.uint8] | None, second: NDArray[np.uint8] | None) -> bool:
        return first is second or (first is not None and second is not None and np.array_equal(first, second))

    return same(one.luma, other.luma) and same(one.chroma, other.chroma) and same(one.alpha, other.alpha)


def copied(frame: VideoFrame) -> VideoFrame:
    return VideoFrame(frame.luma.copy(), frame.chroma.copy(), None if frame.alpha is None else frame.alpha.copy())
