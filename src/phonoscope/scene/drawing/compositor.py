"""All layers of a frame, put over each other; what does not change is left as it is."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.blending import blend_chroma, blend_luma
from phonoscope.scene.drawing.damage import Damage
from phonoscope.scene.drawing.holes import HoledCanvas
from phonoscope.scene.drawing.layer import Patch

BLACK_LUMA, GREY_CHROMA = 16, 128


@dataclass(frozen=True, slots=True, eq=False)
class Composed:
    """A frame, and what of it is new.

    Attributes
    ----------
    frame
        The next call overwrites it.
    changed
        Boxes, within the canvas and apart from each other, outside of which the frame is as the last call left it.
    """

    frame: VideoFrame
    changed: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What tells whether a patch shows the same as in the last frame."""

    box: Box
    key: Hashable
    opacity: int


class Compositor:
    """Puts patches over each other, in a frame that the next call overwrites.

    The result depends on the patches alone, whatever was composed before.

    Parameters
    ----------
    size_px
        (width, height) of the canvas, even.
    transparent
        Where nothing is, the frame has holes (`VideoFrame.alpha`); else it is black there, and the frame has no alpha.
    """

    def __init__(self, size_px: tuple[int, int], transparent: bool = False) -> None:
        width, height = size_px
        self._size_px = size_px
        self._frame = VideoFrame(
            np.empty((height, width), np.uint8),
            np.empty((height // 2, width // 2, 2), np.uint8),
            np.empty((height, width), np.uint8) if transparent else None,
        )
        self._holed = HoledCanvas(self._frame) if transparent else None
        self._damage = Damage(size_px)
        self._last: list[_Shown | None] | None = None

    def compose(self, patches: Sequence[Patch | None]) -> Composed:
        """Return patches over each other, from the bottom to the top.

        Parameters
        ----------
        patches
            One of each layer, None where a layer shows nothing: the same layers in the same order with every call.
        """
        shown = [_seen(patch) for patch in patches]
        self._find_damage(shown)
        hiding = [
            (n, now.box)
            for n, (patch, now) in enumerate(zip(patches, shown, strict=True), 1)
            if patch is not None and now is not None and patch.frame.alpha is None and now.opacity == 255
        ]
        rectangles = self._damage.rectangles(hiding)
        self._damage.clear()
        self._last = shown
        if len(rectangles):
            self._clear(rectangles[rectangles[:, 4] == 0])
            for n, (patch, now) in enumerate(zip(patches, shown, strict=True), 1):
                if patch is not None and now is not None:
                    self._draw(patch, now.opacity, _clipped(rectangles, n, patch.box))
        return Composed(self._frame, tuple(Box(*map(int, rectangle[:4])) for rectangle in rectangles))

    def _find_damage(self, shown: list[_Shown | None]) -> None:
        """Mark what is no longer as it was."""
        if self._last is None or len(self._last) != len(shown):
            self._damage.add(Box(0, 0, *self._size_px))
            return
        for before, now in zip(self._last, shown, strict=True):
            if before == now:
                continue
            for what in (before, now):
                if what is not None:
                    self._damage.add(what.box)

    def _clear(self, rectangles: NDArray[np.int32]) -> None:
        """Empty what no layer hides wholly."""
        for x0, y0, x1, y1, _ in rectangles.tolist():
            self._frame.luma[y0:y1, x0:x1] = BLACK_LUMA
            self._frame.chroma[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2] = GREY_CHROMA
            if self._holed is not None:
                self._holed.fill(Box(x0, y0, x1, y1), 0)

    def _draw(self, patch: Patch, opacity: int, rectangles: NDArray[np.int32]) -> None:
        """Put a patch over what is below it, within rectangles of the canvas."""
        if not len(rectangles):
            return
        front, alpha = patch.frame, patch.frame.alpha
        if alpha is None and opacity == 255:
            self._copy(patch, rectangles)
            return
        if alpha is None:
            alpha = np.full(front.luma.shape, 255, np.uint8)
        origin = patch.box.x0, patch.box.y0
        if self._holed is not None:
            self._holed.blend(VideoFrame(front.luma, front.chroma, alpha), opacity, origin, rectangles)
            return
        blend_luma(self._frame.luma, front.luma, alpha, opacity, origin, rectangles)
        blend_chroma(self._frame.chroma, front.chroma, alpha, opacity, origin, rectangles)

    def _copy(self, patch: Patch, rectangles: NDArray[np.int32]) -> None:
        """Copy an opaque patch."""
        left, top = patch.box.x0, patch.box.y0
        out, front = self._frame, patch.frame
        for x0, y0, x1, y1 in rectangles.tolist():
            out.luma[y0:y1, x0:x1] = front.luma[y0 - top : y1 - top, x0 - left : x1 - left]
            rows, columns = slice((y0 - top) // 2, (y1 - top) // 2), slice((x0 - left) // 2, (x1 - left) // 2)
            out.chroma[y0 // 2 : y1 // 2, x0 // 2 : x1 // 2] = front.chroma[rows, columns]
            if self._holed is not None:
                self._holed.fill(Box(x0, y0, x1, y1), 255)


def _seen(patch: Patch | None) -> _Shown | None:
    """Return what a patch shows; None for nothing.

    Raises
    ------
    ValueError
        It does not fit its box: the loops that draw it would read beyond its ends.
    """
    if patch is None:
        return None
    box, frame = patch.box, patch.frame
    odd = (box.x0 | box.y0 | box.x1 | box.y1) & 1
    if odd or frame.size_px != (box.width, box.height):
        raise ValueError(f"a frame of {frame.size_px} does not fit {box}, which has to be even")
    opacity = round(min(max(patch.opacity, 0.0), 1.0) * 255)
    return _Shown(patch.box, patch.key, opacity) if opacity else None


def _clipped(rectangles: NDArray[np.int32], layer: int, box: Box) -> NDArray[np.int32]:
    """Return the parts within a box of the rectangles that a layer is seen in, int32, shape (n, 4)."""
    parts = rectangles[rectangles[:, 4] <= layer, :4]
    np.maximum(parts[:, :2], (box.x0, box.y0), out=parts[:, :2])
    np.minimum(parts[:, 2:], (box.x1, box.y1), out=parts[:, 2:])
    return parts[(parts[:, 0] < parts[:, 2]) & (parts[:, 1] < parts[:, 3])]
