"""The movement of a face as a map from output pixels to pixels of the photo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo import kernels
from phonoscope.avatars.photo.face_frame import FaceFrame
from phonoscope.avatars.photo.fields import FieldSet
from phonoscope.avatars.photo.head import HeadMotion
from phonoscope.avatars.photo.lattice import Lattice
from phonoscope.core.frames import Box

VISIBLE_PX = 0.02
"""A movement below this is not drawn: it is finer than what the interpolation resolves."""

BAND_ROWS = 4
"""Lattice rows per band: the moving part of a picture is a blob, and bands leave out the corners of its box."""

DETAIL_LEVELS = 2
"""Cubic and linear interpolation that differ by no more grey levels than this look the same, and linear is thrice as
fast."""

DETAIL_REACH_CELLS = 3
"""Detail may move this far."""

BREATH_RISE = 0.012
"""Rise of the chest at breath 1, in face heights."""

UPPER, LOWER, SEEN = 0, 1, 2
"""Layers of `Warp.sources`: upper skin, lower skin, and whichever is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class PixelMap:
    """Source pixels, as `cv2.remap` reads them.

    Attributes
    ----------
    whole
        int16, shape (height, width, 2): x and y.
    fraction
        uint16, shape (height, width): 32nds of a pixel beyond, 32 * y + x.
    """

    whole: NDArray[np.int16]
    fraction: NDArray[np.uint16]

    def read(self, image: NDArray[Any], interpolation: int, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """Return the image seen through the map."""
        return cv2.remap(image, self.whole, self.fraction, interpolation, dst=out, borderMode=cv2.BORDER_REPLICATE)

    def columns(self, first: int, last: int) -> PixelMap:
        """Return columns `first` to before `last`."""
        return PixelMap(self.whole[:, first:last], self.fraction[:, first:last])

    def within(self, box: Box) -> PixelMap:
        """Return the map into a part of the picture."""
        return PixelMap(self.whole - np.array([box.x0, box.y0], np.int16), self.fraction)


@dataclass(frozen=True, slots=True, eq=False)
class PixelGrid:
    """Which nodes of a lattice the rows and columns of pixels lie between, at one resolution.

    Attributes
    ----------
    x0, y0
        First column and row of the tables, in pixels of that resolution.
    rows, columns
        The node before each row or column (uint32), and the share of the next one (float32).
    """

    x0: int
    y0: int
    rows: tuple[NDArray[np.uint32], NDArray[np.float32]]
    columns: tuple[NDArray[np.uint32], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Where the pixels of a frame come from.

    Attributes
    ----------
    lattice
        The lattice that the movement is known on.
    grids
        Its pixels, of luma and of chroma.
    detail
        uint8, shape (rows, columns): 1 where the photo is so fine that interpolation shows.
    forward
        float32, shape (2 layers, 2, rows, columns): where each node of the photo goes, relative to itself, in pixels.
    sources
        float32, shape (3, 2, rows, columns): where each node of the frame comes from, relative to itself, in pixels.
    """

    lattice: Lattice
    grids: tuple[PixelGrid, PixelGrid]
    detail: NDArray[np.uint8]
    forward: NDArray[np.float32]
    sources: NDArray[np.float32]

    def bands(self) -> Iterator[tuple[Box, tuple[int, int]]]:
        """Yield the parts of the picture that move, and which of their columns hold fine detail.

        Boxes lie on lattice cells, in pixels of the picture; columns count from the box's left.
        """
        rows, columns = self.lattice.shape
        step, corner = self.lattice.step_px, self.lattice.box
        moving = np.abs(self.sources[SEEN]).max(0) > VISIBLE_PX
        # One cell more on each side: values between a still node and a moving one.
        moving = np.asarray(cv2.dilate(moving.astype(np.uint8), np.ones((3, 3), np.uint8)), np.uint8)
        detail = self.detail & moving
        for top in range(0, rows, BAND_ROWS):
            bottom = min(top + BAND_ROWS, rows)
            whole = _even_span(moving[top:bottom], columns)
            if whole is None:
                continue
            left, right = whole
            fine = _even_span(detail[top:bottom], columns) or (left, left)
            x, y = corner.x0 + left * step, corner.y0 + top * step
            box = Box(x, y, x + (right - left) * step, y + (bottom - top) * step)
            yield box, ((fine[0] - left) * step, (fine[1] - left) * step)

    def map(self, layer: int, box: Box, scale: int = 1) -> PixelMap:
        """Return where the pixels of `box` (even on all sides) come from, at full (1) or half resolution (2).

        Half resolution is that of left-sited chroma.
        """
        grid = self.grids[scale - 1]
        left, top, right, bottom = (side // scale for side in (box.x0, box.y0, box.x1, box.y1))
        down, across = slice(top - grid.y0, bottom - grid.y0), slice(left - grid.x0, right - grid.x0)
        rows = grid.rows[0][down], grid.rows[1][down]
        columns = grid.columns[0][across], grid.columns[1][across]
        height, width = bottom - top, right - left
        whole, fraction = np.empty((height, 2 * width), np.int16), np.empty((height, width), np.uint16)
        kernels.expand_map(self.sources[layer], rows, columns, (left, top), 1 / scale, (whole, fraction))
        return PixelMap(whole.reshape(height, width, 2), fraction)


@dataclass(frozen=True, slots=True, eq=False)
class WarpSolver:
    """Everything about a photo that its warps have in common, and room to compute one.

    Attributes
    ----------
    nodes
        float32, shape (3, rows * columns): u, v, w.
    grids
        The lattice's pixels, of luma and of chroma.
    detail
        uint8, shape (rows, columns): 1 where the photo is so fine that interpolation shows.
    """

    frame: FaceFrame
    lattice: Lattice
    fields: FieldSet
    motion: HeadMotion
    nodes: NDArray[np.float32]
    grids: tuple[PixelGrid, PixelGrid]
    detail: NDArray[np.uint8]

    def solve(self, weights: NDArray[np.float32], movement: NDArray[np.float64], breath: float) -> Warp:
        """Return the warp for field weights, a head movement (3, 4) and a breath."""
        count = self.nodes.shape[1]
        rows, columns = self.lattice.shape
        matrices = self._matrices(movement, breath)
        skin = np.empty((3, count), np.float32)
        forward = np.empty((2, 2, count), np.float32)
        follow, breathe = self.motion.follow.reshape(-1), self.motion.breathe.reshape(-1)
        for layer, fields in enumerate((self.fields.upper, self.fields.lower)):
            kernels.sum_fields(weights, fields, skin)
            kernels.project_movement(skin, self.nodes, follow, breathe, matrices, forward[layer])
        forward = forward.reshape(2, 2, rows, columns)
        sources = np.empty((3, 2, rows, columns), np.float32)
        kernels.invert_movement(
            forward[UPPER], forward[LOWER], self.fields.differs, self.fields.below_lower, self.lattice.step_px, sources
        )
        return Warp(self.lattice, self.grids, self.detail, forward, sources)

    def _matrices(self, movement: NDArray[np.float64], breath: float) -> NDArray[np.float32]:
        """Return `kernels.project_movement`'s matrices."""
        size, axes = self.frame.height_px, self.frame.rotation
        turned = axes @ (movement[:, :3] - np.eye(3))
        shift = axes @ movement[:, 3]
        lift = np.array([0.0, -BREATH_RISE * breath])
        parts = [axes[:2], turned[:2], shift[:2, None], lift[:, None]]
        return np.asarray(np.concatenate(parts, 1) * size, np.float32)


def make_solver(
    rgb: NDArray[np.uint8], frame: FaceFrame, lattice: Lattice, fields: FieldSet, motion: HeadMotion
) -> WarpSolver:
    """Return a solver for a photo, uint8 (height, width, 3)."""
    nodes = np.stack([lattice.u, lattice.v, lattice.w]).reshape(3, -1).astype(np.float32)
    grids = _pixel_grid(lattice, 1), _pixel_grid(lattice, 2)
    return WarpSolver(frame, lattice, fields, motion, np.ascontiguousarray(nodes), grids, _find_detail(rgb, lattice))


def _find_detail(rgb: NDArray[np.uint8], lattice: Lattice) -> NDArray[np.uint8]:
    """Find the cells where a half-pixel shift looks different by linear and by cubic interpolation."""
    grey = cv2.cvtColor(rgb[lattice.box.slices], cv2.COLOR_RGB2GRAY)
    shift = np.array([[1, 0, 0.5], [0, 1, 0.5]], np.float32)
    size = grey.shape[1], grey.shape[0]
    linear, cubic = (
        cv2.warpAffine(grey, shift, size, flags=kind | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
        for kind in (cv2.INTER_LINEAR, cv2.INTER_CUBIC)
    )
    rows, columns = lattice.shape
    step = lattice.step_px
    difference = cv2.absdiff(linear, cubic).reshape(rows, step, columns, step).max((1, 3))
    reach = 2 * DETAIL_REACH_CELLS + 1
    detail = (difference > DETAIL_LEVELS).astype(np.uint8)
    return np.asarray(cv2.dilate(detail, np.ones((reach, reach), np.uint8)), np.uint8)


def _even_span(cells: NDArray[np.uint8], columns: int) -> tuple[int, int] | None:
    """Return the span of columns that holds all nonzero cells, on even columns, as chroma needs; None without any."""
    found = np.flatnonzero(cells.any(0))
    if not len(found):
        return None
    return int(found[0]) // 2 * 2, min((int(found[-1]) + 2) // 2 * 2, columns)


def _pixel_grid(lattice: Lattice, scale: int) -> PixelGrid:
    """Place the pixels of luma (1) or left-sited chroma (2) on a lattice."""
    box, step = lattice.box, lattice.step_px
    rows, columns = lattice.shape
    x = np.arange(box.width // scale) * float(scale)
    # Left-sited chroma lies on even columns, and half-way between two rows.
    y = np.arange(box.height // scale) * scale + 0.5 * (scale - 1)
    return PixelGrid(box.x0 // scale, box.y0 // scale, _between_nodes(y, rows, step), _between_nodes(x, columns, step))


def _between_nodes(
    places: NDArray[np.floating[Any]], count: int, step_px: int
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    position = np.clip((places + 0.5) / step_px - 0.5, 0, count - 1)
    before = np.minimum(position.astype(np.uint32), np.uint32(count - 2))
    return before, (position - before).astype(np.float32)
