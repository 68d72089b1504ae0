# mypy: disallow-untyped-decorators=False, disable-error-code="arg-type"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's float only.
"""Compiled loops over the lattice: sum the fields, and invert the movement."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

NEWTON_STEPS = 4
"""Steps towards each node's source. Three leave less than .3 px for the upper layer; the lower one moves farther."""

CONVERGED_PX = 0.1
"""A step shorter than this is the last: the next one would be its square, in cells, and finer than the eye sees."""


@compiled
def sum_fields(
    weights: NDArray[np.float32], fields: NDArray[np.float32], moves: NDArray[np.uint8], out: NDArray[np.float32]
) -> None:
    """Add the weighted sum of fields (k, 3, n) to out (3, n); `moves`, uint8, shape (k, 3), is 0 where one is all 0."""
    for axis in range(3):
        for k in range(fields.shape[0]):
            weight = weights[k]
            if weight != 0 and moves[k, axis]:
                for i in range(fields.shape[2]):
                    out[axis, i] += weight * fields[k, axis, i]


@compiled
def project_movement(
    skin: NDArray[np.float32],
    nodes: NDArray[np.float32],
    follow: NDArray[np.float32],
    breathe: NDArray[np.float32],
    hair: NDArray[np.float32],
    matrices: NDArray[np.float32],
    out: NDArray[np.float32],
) -> None:
    """Project the movement of skin and head to the picture.

    Parameters
    ----------
    skin
        float32, shape (3, n): movement of the skin in face heights.
    nodes
        float32, shape (3, n): u, v, w of the nodes.
    follow, breathe, hair
        float32, shape (n,): how a node follows the head, the chest, and loose hair.
    matrices
        float32, shape (2, 9): for x and y, what a unit of skin movement (3), a unit of the turned place (3), the shift
        of the head, the chest and the hair move, in pixels.
    out
        float32, shape (2, n): movement in pixels.
    """
    for axis in range(2):
        a0, a1, a2 = matrices[axis, 0], matrices[axis, 1], matrices[axis, 2]
        g0, g1, g2 = matrices[axis, 3], matrices[axis, 4], matrices[axis, 5]
        shift, chest, sway = matrices[axis, 6], matrices[axis, 7], matrices[axis, 8]
        for i in range(skin.shape[1]):
            du, dv, dw = skin[0, i], skin[1, i], skin[2, i]
            turned = g0 * (nodes[0, i] + du) + g1 * (nodes[1, i] + dv) + g2 * (nodes[2, i] + dw) + shift
            out[axis, i] = a0 * du + a1 * dv + a2 * dw + follow[i] * turned + breathe[i] * chest + hair[i] * sway


@numba.njit(inline="always", fastmath=True)
def _source(
    dx: NDArray[np.float32], dy: NDArray[np.float32], px: float, py: float, start: tuple[float, float], step: float
) -> tuple[float, float]:
    """Solve q + d(q) = p for q by Newton steps on the bilinear displacement."""
    rows, columns = dx.shape
    one = np.float32(1)
    inverse = one / step
    x, y = start
    for _ in range(NEWTON_STEPS):
        u = min(max((x + np.float32(0.5)) * inverse - np.float32(0.5), np.float32(0)), np.float32(columns - 1.001))
        v = min(max((y + np.float32(0.5)) * inverse - np.float32(0.5), np.float32(0)), np.float32(rows - 1.001))
        j, i = int(u), int(v)
        fx, fy = u - np.float32(j), v - np.float32(i)
        a, b, c, d = dx[i, j], dx[i, j + 1], dx[i + 1, j], dx[i + 1, j + 1]
        ex = (a * (one - fx) + b * fx) * (one - fy) + (c * (one - fx) + d * fx) * fy
        xx = one + ((b - a) * (one - fy) + (d - c) * fy) * inverse
        xy = ((c - a) * (one - fx) + (d - b) * fx) * inverse
        a, b, c, d = dy[i, j], dy[i, j + 1], dy[i + 1, j], dy[i + 1, j + 1]
        ey = (a * (one - fx) + b * fx) * (one - fy) + (c * (one - fx) + d * fx) * fy
        yx = ((b - a) * (one - fy) + (d - c) * fy) * inverse
        yy = one + ((c - a) * (one - fx) + (d - b) * fx) * inverse
        rx, ry = x + ex - px, y + ey - py
        # Where skin folds over, the determinant vanishes; a quarter keeps the step finite.
        det = max(xx * yy - xy * yx, np.float32(0.25))
        limit = np.float32(2) * step
        sx = min(max((yy * rx - xy * ry) / det, -limit), limit)
        sy = min(max((xx * ry - yx * rx) / det, -limit), limit)
        x -= sx
        y -= sy
        if abs(sx) + abs(sy) < np.float32(CONVERGED_PX):
            break
    return x, y


@compiled
def invert_movement(
    upper: NDArray[np.float32],
    lower: NDArray[np.float32],
    differs: NDArray[np.uint8],
    below_lower: NDArray[np.float32],
    step_px: int,
    sources: NDArray[np.float32],
) -> None:
    """Find where each node's pixel comes from, in both layers of skin.

    Parameters
    ----------
    upper, lower
        float32, shape (2, rows, columns): movement of each layer in pixels (x, y).
    differs
        uint8, shape (rows, columns): 1 where the cell right of and below a node differs between the layers.
    below_lower
        float32, shape (rows, columns): positive below the lower lip's edge.
    sources
        float32, shape (3, 2, rows, columns), written: source minus node, in pixels, of the upper layer, of the lower
        layer, and of whichever is seen.
    """
    rows, columns = below_lower.shape
    step = np.float32(step_px)
    half = np.float32(0.5)
    for i in range(rows):
        for j in range(columns):
            px, py = (np.float32(j) + half) * step - half, (np.float32(i) + half) * step - half
            x, y = _source(upper[0], upper[1], px, py, (px - upper[0, i, j], py - upper[1, i, j]), step)
            sources[0, 0, i, j], sources[0, 1, i, j] = x - px, y - py
            column = min(max(int((x + half) / step - half), 0), columns - 2)
            row = min(max(int((y + half) / step - half), 0), rows - 2)
            if differs[row, column] or differs[i, j]:
                xl, yl = _source(lower[0], lower[1], px, py, (px - lower[0, i, j], py - lower[1, i, j]), step)
            else:
                xl, yl = x, y
            sources[1, 0, i, j], sources[1, 1, i, j] = xl - px, yl - py
            column = min(max(int((xl + half) / step), 0), columns - 1)
            row = min(max(int((yl + half) / step), 0), rows - 1)
            if below_lower[row, column] > 0:
                x, y = xl, yl
            sources[2, 0, i, j], sources[2, 1, i, j] = x - px, y - py
