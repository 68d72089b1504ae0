"""What an avatar draws on: an RGB picture, or the encoder's own planes, with the same three strokes."""

from __future__ import annotations

from dataclasses import astuple
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.drawing.resampling import padded
from phonoscope.avatars.photo.drawing.warp import Warp, pixel_grid
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame

RIM_PX = 2
"""Pixels around a patch that its chroma filter reads."""


class Surface(Protocol):
    """A drawing of the photo. Boxes are in pixels of the picture; those of pastes are even on all sides."""

    def begin(self) -> None:
        """Start a frame: everything is as in the photo."""
        ...

    def paint(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """Paint over the photo before it is warped; `rgb` is uint8, shape (height, width, 3)."""
        ...

    def warp(self, face: int, warp: Warp) -> None:
        """Draw what moves with one face, counted from 0 in the order of the lattices."""
        ...

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """Draw over the warped picture."""
        ...


class _Plane:
    """One plane of the drawing (or interleaved ones): the photo, the photo with paint on it, the frame."""

    def __init__(self, photo: NDArray[np.uint8], lattices: tuple[Lattice, ...], scale: int) -> None:
        self.photo = photo
        self.frame = photo.copy()
        self._areas = [Box(*(side // scale for side in astuple(lattice.box))).slices for lattice in lattices]
        self._grids = [pixel_grid(lattice, scale, photo[0, 0].size) for lattice in lattices]
        self._source = padded(photo)
        self._painted: list[slice] = []

    def begin(self) -> None:
        for area in self._areas:
            self.frame[area] = self.photo[area]
        for rows in self._painted:
            self._source[rows] = padded(self.photo[rows])
        self._painted.clear()

    def paint(self, box: Box, pixels: NDArray[np.uint8]) -> None:
        # Where nothing moves nothing is warped, but the paint shows.
        self.frame[box.slices] = pixels
        rows = slice(box.y0, box.y1)
        self._source[rows] = padded(self.frame[rows])
        self._painted.append(rows)

    def warp(self, face: int, warp: Warp) -> None:
        warp.draw(self._grids[face], self._source, self.frame)


class RgbSurface:
    """Draws an RGB picture.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the photo.
    lattices
        One for each face; they cover the parts that may change.
    """

    def __init__(self, rgb: NDArray[np.uint8], lattices: tuple[Lattice, ...]) -> None:
        self._plane = _Plane(rgb, lattices, 1)
        self.begin, self.paint, self.warp = self._plane.begin, self._plane.paint, self._plane.warp

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        self._plane.frame[box.slices] = rgb

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The drawing; the next frame overwrites it."""
        return self._plane.frame


class FrameSurface:
    """Draws the encoder's planes; parameters as of `RgbSurface`."""

    def __init__(self, rgb: NDArray[np.uint8], lattices: tuple[Lattice, ...]) -> None:
        photo = rgb_to_frame(rgb)
        self._rgb = rgb
        self._luma = _Plane(photo.luma, lattices, 1)
        self._chroma = _Plane(photo.chroma, lattices, 2)

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

    def warp(self, face: int, warp: Warp) -> None:
        """See `Surface`."""
        self._luma.warp(face, warp)
        self._chroma.warp(face, warp)

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
