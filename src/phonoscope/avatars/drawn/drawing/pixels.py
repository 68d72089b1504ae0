# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value, call-overload"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""Premultiplied pixels in one number each, red in the lowest byte: compiled, and inlined where they are used."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

_LANES = 0x00FF00FF
_ROUND = 0x00800080
NEXT = np.uint64(1)
_UPPER_LANES = 0xFF00FF00


@numba.njit(inline="always")
def over(below: int, above: int) -> int:
    """Lay a premultiplied pixel over another, two channels at a time."""
    clear = 255 - (above >> 24)
    if clear == 0:
        return above
    low = (below & _LANES) * clear + _ROUND
    high = ((below >> 8) & _LANES) * clear + _ROUND
    low = ((low + ((low >> 8) & _LANES)) >> 8) & _LANES
    high = (high + ((high >> 8) & _LANES)) & _UPPER_LANES
    return above + low + high


@numba.njit(inline="always")
def sampled(pixels: NDArray[np.uint32], at: int, width: int, x: int, y: int) -> int:
    """Interpolate between four pixels; `x` and `y` are the fixed-point place, `at` the index of its left upper one."""
    fx, fy = (x >> 8) & 255, (y >> 8) & 255
    # Unsigned indices spare the test for negative ones.
    here, below = np.uint64(at), np.uint64(at + width)
    a = np.int64(pixels[here])
    if fx | fy == 0:
        return a
    b, c, d = np.int64(pixels[here + NEXT]), np.int64(pixels[below]), np.int64(pixels[below + NEXT])
    if a == b and a == c and a == d:
        return a
    wd = (fx * fy + 128) >> 8
    wb, wc = fx - wd, fy - wd
    wa = 256 - fx - fy + wd
    low = (a & _LANES) * wa + (b & _LANES) * wb + (c & _LANES) * wc + (d & _LANES) * wd + _ROUND
    high = (
        ((a >> 8) & _LANES) * wa
        + ((b >> 8) & _LANES) * wb
        + ((c >> 8) & _LANES) * wc
        + ((d >> 8) & _LANES) * wd
        + _ROUND
    )
    return ((low >> 8) & _LANES) | (high & _UPPER_LANES)


@numba.njit(inline="always")
def blended(below: int, above: int) -> int:
    """Do the same as `over`, without a branch."""
    clear = 255 - ((above >> 24) & 255)
    low = (below & _LANES) * clear + _ROUND
    high = ((below >> 8) & _LANES) * clear + _ROUND
    low = ((low + ((low >> 8) & _LANES)) >> 8) & _LANES
    high = (high + ((high >> 8) & _LANES)) & _UPPER_LANES
    return above + low + high


@numba.njit(inline="always")
def interpolated(upper: int, lower: int, shares: int) -> int:
    """Do the same as `sampled`, without a branch: between two pairs of pixels, the left ones in the lower halves."""
    fx, fy = shares & 255, (shares >> 8) & 255
    # Masks tell the compiler that these are small numbers, whose products are quicker.
    wd = ((fx * fy + 128) >> 8) & 511
    wb, wc = (fx - wd) & 511, (fy - wd) & 511
    wa = (256 - fx - fy + wd) & 511
    low = (upper & _LANES) * wa + ((upper >> 32) & _LANES) * wb
    low += (lower & _LANES) * wc + ((lower >> 32) & _LANES) * wd + _ROUND
    high = ((upper >> 8) & _LANES) * wa + ((upper >> 40) & _LANES) * wb
    high += ((lower >> 8) & _LANES) * wc + ((lower >> 40) & _LANES) * wd + _ROUND
    return ((low >> 8) & _LANES) | (high & _UPPER_LANES)


@compiled
def put_cropped(picture: NDArray[np.uint32], room: NDArray[np.uint32]) -> tuple[int, int, int, int]:
    """Copy what a picture shows into a room, with a border of one transparent pixel for the interpolation.

    Returns
    -------
    Where the copy lies within the picture (x, y; its border may lie outside), and its size (width, height).
    """
    height, width = picture.shape
    x0, x1, y0, y1 = width, 0, height, 0
    for y in range(height):
        first = 0
        while first < width and picture[y, first] >> 24 == 0:
            first += 1
        if first == width:
            continue
        last = width - 1
        while picture[y, last] >> 24 == 0:
            last -= 1
        x0, x1 = min(x0, first), max(x1, last + 1)
        y0, y1 = min(y0, y), y + 1
    if x1 <= x0:
        return 0, 0, 0, 0
    across = x1 - x0 + 2
    at = 0
    for y in range(y0 - 1, y1 + 1):
        for x in range(x0 - 1, x1 + 1):
            inside = x0 <= x < x1 and y0 <= y < y1
            room[at] = picture[y, x] if inside else np.uint32(0)
            at += 1
    return x0 - 1, y0 - 1, across, y1 - y0 + 2
