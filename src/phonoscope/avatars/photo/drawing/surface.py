"""What an avatar draws on: an RGB picture, or the encoder's own planes, with the same three strokes."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.drawing.resampling import padded
from phonoscope.avatars.photo.drawing.warp import SEEN, Warp, pixel_grid
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.avatars.photo.skin.light import shade_luma, shade_rgb
from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, Picture, VideoFrame

RIM_PX = 2
"""Pixels around a patch that its chroma filter reads."""

AROUND_CELLS = 2
"""Cells around one whose pixels it may show: movement differs within a cell, and interpolation reaches beyond it."""


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

    def shade(self, box: Box, gain: NDArray[np.float32]) -> None:
        """Multiply the light of what has been drawn; `gain` holds nodes in the middle of equal cells of the box."""
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


class _Outline:
    """How opaque the drawing is: the photo's alpha, moved like its colours. Paint and pastes lie well inside."""

    def __init__(self, alpha: NDArray[np.uint8], lattices: tuple[Lattice, ...]) -> None:
        self._plane = _Plane(alpha, lattices, 1)
        self._edges = [_Edges(alpha, lattice) for lattice in lattices]

    @property
    def alpha(self) -> NDArray[np.uint8]:
        return self._plane.frame

    def begin(self) -> None:
        self._plane.begin()

    def warp(self, face: int, warp: Warp) -> None:
        for cells in self._edges[face].spans(warp):
            low, high = np.maximum(warp.moving[:, 0], cells[:, 0]), np.minimum(warp.moving[:, 1], cells[:, 1])
            self._plane.warp(face, replace(warp, moving=np.stack([low, high], 1)))


class _Edges:
    """The cells of a lattice that an edge of alpha lies in or comes to; the rest is even, and needs no drawing."""

    def __init__(self, alpha: NDArray[np.uint8], lattice: Lattice) -> None:
        rows, columns = lattice.shape
        cells = alpha[lattice.box.slices].reshape(rows, lattice.step_px, columns, lattice.step_px)
        around = np.ones((2 * AROUND_CELLS + 1,) * 2, np.uint8)
        self._least = np.asarray(cv2.erode(cells.min((1, 3)), around), np.uint8)
        self._most = np.asarray(cv2.dilate(cells.max((1, 3)), around), np.uint8)
        self._places = np.arange(rows)[:, None], np.arange(columns)
        self._step_px = lattice.step_px

    def spans(self, warp: Warp) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return the cells of each row to draw, in the left half and in the right: a head has an edge on both sides.

        Each is int32, shape (rows, 2): from, to before; even, as `Warp.moving`.
        """
        rows, columns = self._least.shape
        x, y = np.rint(warp.sources[SEEN] / self._step_px).astype(np.intp)
        source = np.clip(self._places[0] + y, 0, rows - 1), np.clip(self._places[1] + x, 0, columns - 1)
        least = np.minimum(self._least[source], self._least)
        changing = np.maximum(self._most[source], self._most) != least
        middle = columns // 4 * 2
        return _span(changing[:, :middle], 0), _span(changing[:, middle:], middle)


def _span(changing: NDArray[np.bool_], start: int) -> NDArray[np.int32]:
    """Return from the first to after the last cell of each row, even; nothing where there is none."""
    columns = changing.shape[1]
    first = changing.argmax(1) // 2 * 2
    last = np.minimum((columns - changing[:, ::-1].argmax(1) + 1) // 2 * 2, columns)
    spans = np.stack([first, last], 1) + start
    return np.where(changing.any(1)[:, None], spans, 0).astype(np.int32)


class RgbSurface:
    """Draws an RGB picture.

    Parameters
    ----------
    photo
        With `alpha` where it has been cut out of its background.
    lattices
        One for each face; they cover the parts that may change.
    """

    def __init__(self, photo: Picture, lattices: tuple[Lattice, ...]) -> None:
        self._plane = _Plane(photo.rgb, lattices, 1)
        self._outline = _Outline(photo.alpha, lattices) if photo.alpha is not None else None
        self.paint = self._plane.paint

    def begin(self) -> None:
        """See `Surface`."""
        self._plane.begin()
        if self._outline:
            self._outline.begin()

    def warp(self, face: int, warp: Warp) -> None:
        """See `Surface`."""
        self._plane.warp(face, warp)
        if self._outline:
            self._outline.warp(face, warp)

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        self._plane.frame[box.slices] = rgb

    def shade(self, box: Box, gain: NDArray[np.float32]) -> None:
        """See `Surface`."""
        shade_rgb(self._plane.frame, box, gain)

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The drawing; the next frame overwrites it."""
        return self._plane.frame

    @property
    def alpha(self) -> NDArray[np.uint8] | None:
        """How opaque the drawing is; the next frame overwrites it."""
        return self._outline.alpha if self._outline else None


class FrameSurface:
    """Draws the encoder's planes; parameters as of `RgbSurface`."""

    def __init__(self, photo: Picture, lattices: tuple[Lattice, ...]) -> None:
        planes = rgb_to_frame(photo.rgb)
        self._rgb = photo.rgb
        self._luma = _Plane(planes.luma, lattices, 1)
        self._chroma = _Plane(planes.chroma, lattices, 2)
        self._outline = _Outline(photo.alpha, lattices) if photo.alpha is not None else None

    def begin(self) -> None:
        """See `Surface`."""
        self._luma.begin()
        self._chroma.begin()
        if self._outline:
            self._outline.begin()

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
        if self._outline:
            self._outline.warp(face, warp)

    def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
        """See `Surface`."""
        part = rgb_to_frame(rgb)
        self._luma.frame[box.slices] = part.luma
        inner = _halved(box)
        self._chroma.frame[inner.slices] = part.chroma

    def shade(self, box: Box, gain: NDArray[np.float32]) -> None:
        """See `Surface`."""
        shade_luma(self._luma.frame, box, gain)

    @property
    def frame(self) -> VideoFrame:
        """The drawing; the next frame overwrites it."""
        return VideoFrame(self._luma.frame, self._chroma.frame, self._outline.alpha if self._outline else None)


def _halved(box: Box) -> Box:
    return Box(box.x0 // 2, box.y0 // 2, box.x1 // 2, box.y1 // 2)
