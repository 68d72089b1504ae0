# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value"
# Scalars in compiled code are 32-bit floats and unsigned integers; the type checker knows Python's only.
"""Reads a picture through a movement of its lattice: bicubic, and faster than a general remap.

A general remap fetches sixteen scattered bytes a pixel. Here the movement is smooth: along a row, long runs of pixels
share the whole part of their shift, so that their sources lie side by side and are read eight at a time.
"""

from __future__ import annotations

import cv2
import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

_F, _U = np.float32, np.uint64
# Unsigned indices spare the loops Python's test for negative ones, which would keep them from being vectorised.

SHARPNESS = np.float32(-0.75)
"""Slope of the bicubic kernel; OpenCV's."""

SIDE_PX = 32
"""Pixels repeated at each side of a source, for taps and whole vectors that reach beyond its rows."""

_BIAS = 4096
"""Largest movement in pixels; added, so that truncation rounds down."""

_VECTOR = 16
"""Elements that runs are rounded up to. What is too much is overwritten by the run that follows."""


def padded(plane: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a copy of a plane, (height, width) or (height, width, channels), as a source of `resample`.

    Returns
    -------
    uint8, shape (height, (width + 2 * SIDE_PX) * channels): the rows, their first and last pixels repeated.
    """
    sides = cv2.copyMakeBorder(plane, 0, 0, SIDE_PX, SIDE_PX, cv2.BORDER_REPLICATE)
    return np.asarray(sides, np.uint8).reshape(len(plane), -1)


@numba.njit(fastmath=True)
def _spread(
    nodes: NDArray[np.float32], columns: tuple[NDArray[np.uint32], NDArray[np.float32]], out: NDArray[np.float32]
) -> None:
    """Interpolate a row of nodes to its elements."""
    for k in range(_U(columns[0].size)):
        j = columns[0][k]
        here = nodes[j]
        out[k] = here + (nodes[j + np.uint32(1)] - here) * columns[1][k]


@numba.njit(fastmath=True)
def _weigh(t: float, weights: NDArray[np.float32], k: int) -> None:
    """Write the four weights of a place `t` after the second tap."""
    s = _F(1) - t
    weights[0, k] = SHARPNESS * t * s * s
    weights[1, k] = ((SHARPNESS + _F(2)) * t - (SHARPNESS + _F(3))) * t * t + _F(1)
    weights[2, k] = ((SHARPNESS + _F(2)) * s - (SHARPNESS + _F(3))) * s * s + _F(1)
    weights[3, k] = SHARPNESS * s * t * t


@numba.njit(fastmath=True)
def _run_end(whole: NDArray[np.int32], start: int) -> int:
    """Return where the run of equal values ends; what follows the row ends every run."""
    value, end = whole[start], start + 1
    while True:
        others = 0
        for k in range(_U(_VECTOR)):
            others += whole[_U(end) + k] != value
        if others:
            break
        end += _VECTOR
    while whole[end] == value:
        end += 1
    return end


@numba.njit(fastmath=True)
def _clamped(row: int, count: int) -> int:
    return _U(min(max(row, 0), count - 1))


@numba.njit(inline="always", fastmath=True)
def _draw_run(
    source: NDArray[np.uint8],
    place: tuple[int, int, int],
    weights: tuple[NDArray[np.float32], NDArray[np.float32]],
    run: tuple[int, int],
    drawn: NDArray[np.float32],
) -> None:
    """Interpolate a run, (first element, size), whose first tap lies at `place`: row, element; channels."""
    y, x, channels = place
    across, down = weights
    first, size = run
    height, step = source.shape[0], _U(channels)
    a = _U(x)
    b, c, d = a + step, a + _U(2) * step, a + _U(3) * step
    q, r, s, t = _clamped(y, height), _clamped(y + 1, height), _clamped(y + 2, height), _clamped(y + 3, height)
    for k in range(size):
        e = first + k
        u, v, w, z = across[0, e], across[1, e], across[2, e], across[3, e]
        value = down[0, e] * (
            u * _F(source[q, a + k]) + v * _F(source[q, b + k]) + w * _F(source[q, c + k]) + z * _F(source[q, d + k])
        )
        value += down[1, e] * (
            u * _F(source[r, a + k]) + v * _F(source[r, b + k]) + w * _F(source[r, c + k]) + z * _F(source[r, d + k])
        )
        value += down[2, e] * (
            u * _F(source[s, a + k]) + v * _F(source[s, b + k]) + w * _F(source[s, c + k]) + z * _F(source[s, d + k])
        )
        value += down[3, e] * (
            u * _F(source[t, a + k]) + v * _F(source[t, b + k]) + w * _F(source[t, c + k]) + z * _F(source[t, d + k])
        )
        drawn[e] = value


@compiled
def resample(
    nodes: NDArray[np.float32],
    grid: tuple[NDArray[np.uint32], NDArray[np.float32], NDArray[np.uint32], NDArray[np.float32]],
    spans: NDArray[np.int32],
    place: tuple[int, int, int, int, float],
    source: NDArray[np.uint8],
    out: NDArray[np.uint8],
) -> None:
    """Draw rows of a plane, each element from where its movement says.

    Parameters
    ----------
    nodes
        float32, shape (2, rows, columns): source minus place (x, y) at the nodes of the lattice.
    grid
        For each row of `out` the node before it (uint32) and the share of the next one (float32); then the same for
        each element of a row that the lattice covers.
    spans
        int32, shape (height, 2): elements to draw in each row, from the first that the lattice covers: from, to before.
    place
        Row of `source` and element of its rows for the first element that the lattice covers, unmoved; element of
        `out` for it; channels; pixels of the plane per pixel of `nodes`.
    source
        uint8, shape (any, any): see `padded`. Above and below, its first and last rows go on.
    out
        uint8, shape (height, any): drawn over within the spans.
    """
    top, left, at, channels, gain = place
    width = grid[2].size
    columns = grid[2], grid[3]
    room = width + 2 * _VECTOR
    across, down = np.zeros((4, room), np.float32), np.zeros((4, room), np.float32)
    drawn, whole = np.zeros(room, np.float32), np.empty(room, np.int32)
    ends = np.empty((4, width), np.float32)
    limit = source.shape[1]
    known = -1
    for row in range(out.shape[0]):
        first, last = spans[row, 0], spans[row, 1]
        if first >= last:
            continue
        node = np.int64(grid[0][row])
        if node != known:
            known = node
            for k in range(2):
                _spread(nodes[k, node], columns, ends[k])
                _spread(nodes[k, node + 1], columns, ends[k + 2])
        below = grid[1][row] * _F(gain)
        above = _F(gain) - below
        start, count = _U(first), _U(last - first)
        for k in range(count):
            x = ends[0, start + k] * above + ends[2, start + k] * below + _F(_BIAS)
            y = ends[1, start + k] * above + ends[3, start + k] * below + _F(_BIAS)
            whole_x, whole_y = np.int32(x), np.int32(y)
            whole[k] = whole_y * np.int32(65536) + whole_x
            _weigh(x - _F(whole_x), across, k)
            _weigh(y - _F(whole_y), down, k)
        for k in range(count, count + _U(2 * _VECTOR)):
            whole[k] = np.int32(-1)
        begin, stop = 0, last - first
        while begin < stop:
            end = _run_end(whole, begin)
            size = (end - begin + _VECTOR - 1) // _VECTOR * _VECTOR
            y = top + row + (whole[begin] >> 16) - _BIAS - 1
            x = left + first + begin + ((whole[begin] & 65535) - _BIAS - 1) * channels
            x = min(max(x, 0), limit - size - 3 * channels)
            _draw_run(source, (y, x, channels), (across, down), (_U(begin), _U(size)), drawn)
            begin = end
        target = _U(at) + start
        for k in range(count):
            out[row, target + k] = np.uint8(np.int32(min(max(drawn[k] + _F(0.5), _F(0)), _F(255))))
