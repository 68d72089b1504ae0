"""A coarse lattice over the face: where each node lies in the face's own coordinates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import (
    CHIN,
    EAR_LEFT,
    EAR_RIGHT,
    FACE_OVAL,
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    NOSE_BASE,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
)
from phonoscope.core.frames import Box

CELLS_PER_FACE = 64
"""Lattice cells in a face height: fine enough for a lip, coarse enough for 3 ms a frame."""

LEAST_STEP_PX = 3
"""Smallest cell: below this a lattice costs more than the picture."""

REACH_SIDE, REACH_UP, REACH_DOWN = 1.15, 0.75, 0.85
"""How far the lattice reaches from the face's middle, forehead and chin, in face heights: hair, neck and falloff."""

DEPTH_RINGS = ((1.22, 0.55), (1.6, 0.9), (2.2, 1.0), (4.5, 1.0))
"""Rings around the face oval (scale, share of the ear's depth): the head curves back to its ears, then stays flat."""

DEPTH_BLUR = 0.018
"""Blur of the depth, in face heights: landmarks are triangles, heads are round."""

ROUNDING = 1e-9
"""Share of a triangle by which a node may lie outside and still belong to it: none on an edge may fall between."""

SETTLED_LANDMARKS = (
    *INNER_UPPER_LIP,
    *INNER_LOWER_LIP,
    *OUTER_UPPER_LIP,
    *OUTER_LOWER_LIP,
    CHIN,
    NOSE_BASE,
)
"""Landmarks whose raw depth is inconsistent and is looked up in the lattice instead."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Nodes in the middle of square cells of `step_px`, so that `cv2.resize` upsamples node values exactly.

    Attributes
    ----------
    box
        Part of the picture that the cells cover, even on all sides; width and height are multiples of `step_px`.
    step_px
        Side of a cell.
    x, y
        float32, shape (rows, columns): place of each node, in pixels from the box's top left.
    u, v, w
        float64, shape (rows, columns): the same nodes in face coordinates, in face heights.
    """

    box: Box
    step_px: int
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    u: NDArray[np.float64]
    v: NDArray[np.float64]
    w: NDArray[np.float64]

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns)."""
        return self.x.shape[0], self.x.shape[1]

    def sample(
        self, nodes: NDArray[np.floating[Any]], x_px: NDArray[np.floating[Any]], y_px: NDArray[np.floating[Any]]
    ) -> NDArray[np.float64]:
        """Interpolate node values at places given in picture pixels (any equal shapes).

        Linear, as the warp is: cubic interpolation of OpenCV does not even keep a ramp straight.
        """
        rows, columns = self.shape
        column = np.clip((np.asarray(x_px) - self.box.x0 + 0.5) / self.step_px - 0.5, 0, columns - 1)
        row = np.clip((np.asarray(y_px) - self.box.y0 + 0.5) / self.step_px - 0.5, 0, rows - 1)
        j, i = np.minimum(column.astype(int), columns - 2), np.minimum(row.astype(int), rows - 2)
        right, down = column - j, row - i
        above = nodes[i, j] * (1 - right) + nodes[i, j + 1] * right
        below = nodes[i + 1, j] * (1 - right) + nodes[i + 1, j + 1] * right
        return np.asarray(above * (1 - down) + below * down, np.float64)

    def spread(self, nodes: NDArray[np.floating[Any]], box: Box) -> NDArray[np.float64]:
        """Interpolate node values at all pixels of a box within the lattice's; shape (box.height, box.width)."""
        rows, columns = self.shape
        step = self.step_px
        left, top = box.x0 - self.box.x0, box.y0 - self.box.y0
        # One node more to each side, so that the rim is interpolated, not extended.
        j0, i0 = max(left // step - 1, 0), max(top // step - 1, 0)
        j1 = min(-(-(left + box.width) // step) + 1, columns)
        i1 = min(-(-(top + box.height) // step) + 1, rows)
        part = np.ascontiguousarray(nodes[i0:i1, j0:j1], np.float64)
        pixels = cv2.resize(part, ((j1 - j0) * step, (i1 - i0) * step), interpolation=cv2.INTER_LINEAR)
        y, x = top - i0 * step, left - j0 * step
        return np.asarray(pixels[y : y + box.height, x : x + box.width], np.float64)


def build_lattice(frame: FaceFrame, size_px: tuple[int, int]) -> Lattice:
    """Lay a lattice over the face of `frame` in a picture of `size_px` (width, height)."""
    step = max(LEAST_STEP_PX, round(frame.height_px / CELLS_PER_FACE))
    box = _covered_box(frame, size_px, step)
    rows, columns = box.height // step, box.width // step
    x, y = np.meshgrid(np.arange(0.5, columns) * step - 0.5, np.arange(0.5, rows) * step - 0.5)
    w = _node_depth(frame, np.asarray(x + box.x0, np.float64), np.asarray(y + box.y0, np.float64), step)
    axes = frame.rotation
    place = np.stack([x + box.x0 - frame.origin_px[0], y + box.y0 - frame.origin_px[1]], -1) / frame.height_px
    flat = place - w[..., None] * axes[:2, 2]
    uv = flat @ np.linalg.inv(axes[:2, :2]).T
    return Lattice(box, step, x.astype(np.float32), y.astype(np.float32), uv[..., 0], uv[..., 1], w)


def settle_landmarks(frame: FaceFrame, lattice: Lattice) -> FaceFrame:
    """Return `frame` with the mouth's landmarks at the lattice's depth.

    Fields of movement live on the lattice; curves that cut it must use the same depth, or they part under rotation.
    """
    points = frame.points.copy()
    index = list(SETTLED_LANDMARKS)
    x, y = frame.landmarks_px[index, 0], frame.landmarks_px[index, 1]
    for axis, nodes in enumerate((lattice.u, lattice.v, lattice.w)):
        points[index, axis] = lattice.sample(nodes, x, y)
    return replace(frame, points=points)


def distance_outside_face(frame: FaceFrame, lattice: Lattice) -> NDArray[np.float64]:
    """Return each node's distance outside the face oval, in face heights, negative inside."""
    from scipy.ndimage import distance_transform_edt

    corner = np.array([lattice.box.x0, lattice.box.y0])
    outline = (frame.landmarks_px[list(FACE_OVAL), :2] - corner + 0.5) / lattice.step_px - 0.5
    inside = np.zeros(lattice.shape, np.uint8)
    cv2.fillPoly(inside, [np.round(outline * 8).astype(np.int32)], (1,), shift=3)
    distance = distance_transform_edt(inside == 0) - distance_transform_edt(inside)
    return np.asarray(distance * lattice.step_px / frame.height_px, np.float64)


def at_nodes(image: NDArray[Any], lattice: Lattice) -> NDArray[Any]:
    """Return the mean of an image, shape (height, width[, channels]), over each cell of a lattice."""
    rows, columns = lattice.shape
    return np.asarray(cv2.resize(image[lattice.box.slices], (columns, rows), interpolation=cv2.INTER_AREA), image.dtype)


def _covered_box(frame: FaceFrame, size_px: tuple[int, int], step: int) -> Box:
    """Choose the part of the picture that may move; corners even, sides multiples of twice the step."""
    width, height = size_px
    x, y = frame.landmarks_px[:, 0], frame.landmarks_px[:, 1]
    face = frame.height_px
    x0 = int(max(0, x.mean() - REACH_SIDE * face)) // 2 * 2
    y0 = int(max(0, y.min() - REACH_UP * face)) // 2 * 2
    x1 = int(min(width, x.mean() + REACH_SIDE * face))
    y1 = int(min(height, y.max() + REACH_DOWN * face))
    return Box(x0, y0, x0 + (x1 - x0) // (2 * step) * 2 * step, y0 + (y1 - y0) // (2 * step) * 2 * step)


def interpolate_at_nodes(
    places: NDArray[np.float64], values: NDArray[np.float64], shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Interpolate scattered values linearly over Delaunay triangles, at the whole coordinates of a grid.

    Each triangle fills in its own nodes: a search for each node's triangle, as scipy's interpolator does it, now and
    then takes ten seconds.

    Parameters
    ----------
    places
        Shape (n, 2): x, y in units of the grid.
    values
        Shape (n,).
    shape
        Rows and columns of the grid.

    Returns
    -------
    ndarray
        float64, `shape`; NaN outside the convex hull of the places.
    """
    from scipy.spatial import Delaunay

    rows, columns = shape
    found = np.full(shape, np.nan)
    for corners in Delaunay(places).simplices:
        a, b, c = places[corners]
        j0, i0 = np.maximum(np.ceil(np.minimum(np.minimum(a, b), c)).astype(int), 0)
        j1, i1 = np.floor(np.maximum(np.maximum(a, b), c)).astype(int) + 1
        x, y = np.arange(j0, min(j1, columns)) - c[0], np.arange(i0, min(i1, rows))[:, None] - c[1]
        (ux, uy), (vx, vy) = a - c, b - c
        area = ux * vy - uy * vx
        if x.size == 0 or y.size == 0 or area == 0:
            continue
        share_a, share_b = (x * vy - y * vx) / area, (ux * y - uy * x) / area
        share_c = 1 - share_a - share_b
        inside = np.minimum(np.minimum(share_a, share_b), share_c) >= -ROUNDING
        value = share_a * values[corners[0]] + share_b * values[corners[1]] + share_c * values[corners[2]]
        part = found[i0 : i0 + y.size, j0 : j0 + x.size]
        part[inside] = value[inside]
    return found


def _node_depth(
    frame: FaceFrame, x_px: NDArray[np.float64], y_px: NDArray[np.float64], step: int
) -> NDArray[np.float64]:
    """Interpolate the depth w at picture places from the landmarks and from rings around the face."""
    from scipy.ndimage import gaussian_filter

    oval = list(FACE_OVAL)
    outline = frame.landmarks_px[oval, :2]
    middle = outline.mean(0)
    ear_depth = 0.5 * (frame.points[EAR_LEFT, 2] + frame.points[EAR_RIGHT, 2])
    far_depth = max(ear_depth, frame.points[oval, 2].max())
    places, depths = [frame.landmarks_px[:468, :2]], [frame.points[:468, 2]]
    for scale, share in DEPTH_RINGS:
        places.append(middle + (outline - middle) * scale)
        depths.append(frame.points[oval, 2] * (1 - share) + far_depth * share)
    # In units of the lattice, where node (i, j) lies at (j, i).
    corner = np.array([x_px[0, 0], y_px[0, 0]])
    w = interpolate_at_nodes(
        (np.concatenate(places) - corner) / step, np.concatenate(depths), (x_px.shape[0], x_px.shape[1])
    )
    w = np.where(np.isnan(w), ear_depth, w)
    return np.asarray(gaussian_filter(w, DEPTH_BLUR * frame.height_px / step), np.float64)
