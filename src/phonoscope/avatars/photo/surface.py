"""What an avatar draws on: an RGB picture, or the encoder's own planes, with the same three strokes."""

from __future__ import annotations

from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.warp import SEEN, PixelMap, Warp
from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame

RIM_PX = 2
"""Pixels around a patch that its chroma filter reads."""


class Surface(Protocol):
    """A drawing of the photo. Boxes are in pixels of the picture; those of bands and pastes are even on all sides."""

    def begin(self) -> None:
        """Start a frame: everything is as in the photo."""
        ...

    def paint(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """Paint over the photo before it is warped; `rgb` is uint8, shape (height, width, 3)."""
        ...

    def warp(self, warp: Warp) -> None:
        """Draw the moving parts of the picture."""
        ...

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """Draw over the warped picture."""
        ...


class _Layer:
    """One plane (or interleaved planes) of the drawing: the photo, the painted photo, the frame."""

    def __init__(self, photo: NDArray[np.uint8], area: Box) -> None:
        self.photo = photo
        self.painted = photo.copy()
        self.frame = photo.copy()
        self._area = area
        self._dirty: list[Box] = []

    def begin(self) -> None:
        area = self._area.slices
        self.frame[area] = self.photo[area]
        for box in self._dirty:
            self.painted[box.slices] = self.photo[box.slices]
        self._dirty.clear()

    def paint(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        self.painted[box.slices] = pixels
        # Where nothing moves nothing is warped, but the paint shows.
        self.frame[box.slices] = pixels
        self._dirty.append(box)

    def draw(self, box: Box, source: PixelMap, fine: tuple[int, int]) -> None:
        """Warp a band: cubic in the columns `fine`, linear in the others."""
        out = self.frame[box.slices]
        for first, last, interpolation in (
            (0, fine[0], cv2.INTER_LINEAR),
            (fine[0], fine[1], cv2.INTER_CUBIC),
            (fine[1], box.width, cv2.INTER_LINEAR),
        ):
            if first < last:
                source.columns(first, last).read(self.painted, interpolation, out[:, first:last])


class RgbSurface:
    """Draws an RGB picture.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the photo.
    area
        The part of it that may change.
    """

    def __init__(self, rgb: NDArray[np.uint8], area: Box) -> None:
        self._layer = _Layer(rgb, area)
        self.begin, self.paint = self._layer.begin, self._layer.paint

    def warp(self, warp: Warp) -> None:
        """See `Surface`."""
        for box, fine in warp.bands():
            self._layer.draw(box, warp.map(SEEN, box), fine)

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        self._layer.frame[box.slices] = rgb

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The drawing; the next frame overwrites it."""
        return self._layer.frame


class FrameSurface:
    """Draws the encoder's planes: luma cubic where it holds detail, chroma, soft by nature, always linear."""

    def __init__(self, rgb: NDArray[np.uint8], area: Box) -> None:
        photo = rgb_to_frame(rgb)
        self._rgb = rgb
        self._luma = _Layer(photo.luma, area)
        self._chroma = _Layer(photo.chroma, _halved(area))

    def begin(self) -> None:
        """See `Surface`."""
        self._luma.begin()
        self._chroma.begin()

    def paint(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        # With the photo around it, so that its chroma meets its surroundings'.
        height, width = self._rgb.shape[:2]
        wide = Box(
            max(box.x0 - RIM_PX, 0) // 2 * 2,
            max(box.y0 - RIM_PX, 0) // 2 * 2,
            min((box.x1 + RIM_PX + 1) // 2 * 2, width),
            min((box.y1 + RIM_PX + 1) // 2 * 2, height),
        )
        patch = self._rgb[wide.slices].copy()
        y, x = box.y0 - wide.y0, box.x0 - wide.x0
        patch[y : y + box.height, x : x + box.width] = rgb
        part = rgb_to_frame(patch)
        self._luma.paint(wide, part.luma)
        self._chroma.paint(_halved(wide), part.chroma)

    def warp(self, warp: Warp) -> None:
        """See `Surface`."""
        for box, fine in warp.bands():
            self._luma.draw(box, warp.map(SEEN, box), fine)
            self._chroma.draw(_halved(box), warp.map(SEEN, box, 2), (0, 0))

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        part = rgb_to_frame(rgb)
        self._luma.frame[box.slices] = part.luma
        inner = _halved(box)
        self._chroma.frame[inner.slices] = part.chroma

    @property
    def frame(self) -> VideoFrame:
        """The drawing; the next frame overwrites it."""
        return VideoFrame(self._luma.frame, self._chroma.frame)


def _halved(box: Box) -> Box:
    return Box(box.x0 // 2, box.y0 // 2, box.x1 // 2, box.y1 // 2)
