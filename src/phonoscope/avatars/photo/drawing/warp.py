"""The movement of a face as a map from output pixels to pixels of the photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.drawing import lattice_kernels
from phonoscope.avatars.photo.drawing.resampling import SIDE_PX, padded, resample
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.motion.fields import FieldSet
from phonoscope.avatars.photo.motion.head import HeadMotion
from phonoscope.avatars.photo.motion.lattice import Lattice
from phonoscope.core.frames import Box

VISIBLE_PX = 0.02
"""A movement below this is not drawn: it is finer than what the interpolation resolves."""

BREATH_RISE = 0.012
"""Rise of the chest at breath 1, in face heights."""

SHOULDER_FOLLOW = 0.18
"""Share of the head's shift that the shoulders make: a head does not leave its body behind."""

HAIR_SWAY = 0.012
"""Way of the tips of the hair at a full sway, in face heights."""

UPPER, LOWER, SEEN = 0, 1, 2
"""Layers of `Warp.sources`: upper skin, lower skin, and whichever is seen."""


@dataclass(frozen=True, slots=True, eq=False)
class PixelGrid:
    """Which nodes of a lattice the rows and elements of a plane lie between.

    Attributes
    ----------
    rows, columns
        For each row, and for each element of a row, that the lattice covers: the node before it (uint32), and the
        share of the next one (float32).
    cell_rows
        intp, shape (rows,): the row of cells that each row lies in.
    scale
        Pixels of the picture per pixel of the plane: 1, or 2 for left-sited chroma.
    channels
        Elements per pixel.
    """

    rows: tuple[NDArray[np.uint32], NDArray[np.float32]]
    columns: tuple[NDArray[np.uint32], NDArray[np.float32]]
    cell_rows: NDArray[np.intp]
    scale: int
    channels: int


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Where the pixels of a frame come from.

    Attributes
    ----------
    lattice
        The lattice that the movement is known on.
    forward
        float32, shape (2 layers, 2, rows, columns): where each node of the photo goes, relative to itself, in pixels.
    sources
        float32, shape (3, 2, rows, columns): where each node of the frame comes from, relative to itself, in pixels.
    moving
        int32, shape (rows, 2): cells of each row that move: from, to before. Even, as chroma needs.
    """

    lattice: Lattice
    forward: NDArray[np.float32]
    sources: NDArray[np.float32]
    moving: NDArray[np.int32]

    def draw(self, grid: PixelGrid, source: NDArray[np.uint8], plane: NDArray[np.uint8]) -> None:
        """Draw what moves.

        Parameters
        ----------
        grid
            Of the plane (`pixel_grid`).
        source
            The plane unmoved, `resampling.padded`.
        plane
            uint8, shape (height, width[, channels]), contiguous: drawn over.
        """
        scale, channels, box = grid.scale, grid.channels, self.lattice.box
        elements = self.lattice.step_px * channels
        spans = self.moving[grid.cell_rows] * elements // scale
        top, left = box.y0 // scale, box.x0 // scale * channels
        resample(
            self.sources[SEEN],
            (*grid.rows, *grid.columns),
            np.asarray(spans, np.int32),
            (top, left + SIDE_PX * channels, left, channels, 1 / scale),
            source,
            plane.reshape(len(plane), -1)[top : top + len(spans)],
        )

    def read(
        self, layer: int, box: Box, grid: PixelGrid, image: NDArray[np.uint8], image_box: Box
    ) -> NDArray[np.uint8]:
        """Return the pixels of `box` as a layer shows them.

        Parameters
        ----------
        grid
            Of an RGB picture.
        image, image_box
            uint8, shape (height, width, 3): a part of the picture, and where it lies.
        """
        x, y = box.x0 - self.lattice.box.x0, box.y0 - self.lattice.box.y0
        rows, columns = slice(y, y + box.height), slice(x * 3, (x + box.width) * 3)
        out = np.empty((box.height, box.width, 3), np.uint8)
        resample(
            self.sources[layer],
            (grid.rows[0][rows], grid.rows[1][rows], grid.columns[0][columns], grid.columns[1][columns]),
            np.tile(np.array([0, box.width * 3], np.int32), (box.height, 1)),
            (box.y0 - image_box.y0, (box.x0 - image_box.x0 + SIDE_PX) * 3, 0, 3, 1.0),
            padded(image),
            out.reshape(box.height, -1),
        )
        return out

    def read_smooth(self, layer: int, box: Box, image: NDArray[np.float32], image_box: Box) -> NDArray[np.float32]:
        """Return the pixels of `box` as a layer shows a smooth float32 image (height, width) of `image_box`."""
        x, y = (self.lattice.spread(self.sources[layer, axis], box).astype(np.float32) for axis in (0, 1))
        x += np.arange(box.x0 - image_box.x0, box.x1 - image_box.x0, dtype=np.float32)
        y += np.arange(box.y0 - image_box.y0, box.y1 - image_box.y0, dtype=np.float32)[:, None]
        return np.asarray(cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class WarpSolver:
    """Everything about a photo that its warps have in common, and room to compute one.

    Attributes
    ----------
    nodes
        float32, shape (3, rows * columns): u, v, w.
    rgb_grid
        The pixels of an RGB picture.
    moves
        uint8, shape (3, fields, 3): 1 where a field moves along an axis: fields that are the same in both layers,
        others in the upper layer, others in the lower one.
    """

    frame: FaceFrame
    lattice: Lattice
    fields: FieldSet
    motion: HeadMotion
    nodes: NDArray[np.float32]
    rgb_grid: PixelGrid
    moves: NDArray[np.uint8]

    def solve(
        self,
        weights: NDArray[np.float32],
        movement: NDArray[np.float64],
        breath: float,
        sway: tuple[float, float] = (0.0, 0.0),
    ) -> Warp:
        """Return the warp for field weights, a head movement (3, 4), a breath, and a sway of the hair (right, down)."""
        count = self.nodes.shape[1]
        rows, columns = self.lattice.shape
        matrices = self._matrices(movement, breath, sway)
        # Expressions move both layers alike: what they do is summed once.
        shared = np.zeros((3, count), np.float32)
        lattice_kernels.sum_fields(weights, self.fields.upper, self.moves[0], shared)
        forward = np.empty((2, 2, count), np.float32)
        follow, breathe, hair = (
            part.reshape(-1) for part in (self.motion.follow, self.motion.breathe, self.motion.hair)
        )
        for layer, fields in enumerate((self.fields.upper, self.fields.lower)):
            skin = shared.copy()
            lattice_kernels.sum_fields(weights, fields, self.moves[1 + layer], skin)
            lattice_kernels.project_movement(skin, self.nodes, follow, breathe, hair, matrices, forward[layer])
        forward = forward.reshape(2, 2, rows, columns)
        sources = np.empty((3, 2, rows, columns), np.float32)
        lattice_kernels.invert_movement(
            forward[UPPER], forward[LOWER], self.fields.differs, self.fields.below_lower, self.lattice.step_px, sources
        )
        return Warp(self.lattice, forward, sources, _moving_cells(sources[SEEN]))

    def _matrices(self, movement: NDArray[np.float64], breath: float, sway: tuple[float, float]) -> NDArray[np.float32]:
        """Return `lattice_kernels.project_movement`'s matrices."""
        size, axes = self.frame.height_px, self.frame.rotation
        turned = axes @ (movement[:, :3] - np.eye(3))
        shift = axes @ movement[:, 3]
        pivot = self.motion.pivot
        # What the head's pivot does, the shoulders do in part.
        shoulders = SHOULDER_FOLLOW * (turned @ pivot + shift)[:2] + (0.0, -BREATH_RISE * breath)
        hair = HAIR_SWAY * np.array(sway)
        parts = [axes[:2], turned[:2], shift[:2, None], shoulders[:, None], hair[:, None]]
        return np.asarray(np.concatenate(parts, 1) * size, np.float32)


def make_solver(frame: FaceFrame, lattice: Lattice, fields: FieldSet, motion: HeadMotion) -> WarpSolver:
    """Return a solver for a photo."""
    nodes = np.stack([lattice.u, lattice.v, lattice.w]).reshape(3, -1).astype(np.float32)
    alike = np.array([np.array_equal(*both) for both in zip(fields.upper, fields.lower, strict=True)])[:, None]
    upper, lower = fields.upper.any(2), fields.lower.any(2)
    moves = np.stack([upper & alike, upper & ~alike, lower & ~alike]).astype(np.uint8)
    grid = pixel_grid(lattice, 1, 3)
    return WarpSolver(frame, lattice, fields, motion, np.ascontiguousarray(nodes), grid, moves)


def pixel_grid(lattice: Lattice, scale: int, channels: int) -> PixelGrid:
    """Place the elements of a plane of the whole picture on a lattice."""
    box, step = lattice.box, lattice.step_px
    rows, columns = lattice.shape
    x = np.arange(box.width // scale) * float(scale)
    # Left-sited chroma lies on even columns, and half-way between two rows.
    y = np.arange(box.height // scale) * scale + 0.5 * (scale - 1)
    before, share = _between_nodes(x, columns, step)
    return PixelGrid(
        rows=_between_nodes(y, rows, step),
        columns=(np.repeat(before, channels), np.repeat(share, channels)),
        cell_rows=(y // step).astype(np.intp),
        scale=scale,
        channels=channels,
    )


def _moving_cells(seen: NDArray[np.float32]) -> NDArray[np.int32]:
    """Return `Warp.moving`."""
    moving = np.abs(seen).max(0) > VISIBLE_PX
    # One cell more on each side: values between a still node and a moving one.
    grown = np.asarray(cv2.dilate(moving.astype(np.uint8), np.ones((3, 3), np.uint8)), np.bool_)
    columns = grown.shape[1]
    first = grown.argmax(1) // 2 * 2
    last = np.minimum((columns - grown[:, ::-1].argmax(1) + 1) // 2 * 2, columns)
    return np.where(grown.any(1)[:, None], np.stack([first, last], 1), 0).astype(np.int32)


def _between_nodes(
    places: NDArray[np.floating[Any]], count: int, step_px: int
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    position = np.clip((places + 0.5) / step_px - 0.5, 0, count - 1)
    before = np.minimum(position.astype(np.uint32), np.uint32(count - 2))
    return before, (position - before).astype(np.float32)
