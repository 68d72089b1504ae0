# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value, call-overload"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""Compiled loops from drawn tiles to the encoder's planes (the weights of core/colour, in fixed-point numbers)."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

TILE_PX = 8

_SHIFT = 16


def _weights() -> NDArray[np.int64]:
    """Return the weights of red, green and blue in luma, Cb and Cr (ITU-R BT.709-6, limited range), in 1/65536."""
    kr, kb = 0.2126, 0.0722
    kg = 1 - kr - kb
    luma = np.array([kr, kg, kb]) * 219 / 255
    blue = np.array([-kr, -kg, 1 - kb]) / (2 - 2 * kb) * 224 / 255
    red = np.array([1 - kr, -kg, -kb]) / (2 - 2 * kr) * 224 / 255
    return np.round(np.stack([luma, blue, red]) * (1 << _SHIFT)).astype(np.int64)


(_YR, _YG, _YB), (_BR, _BG, _BB), (_RR, _RG, _RB) = (tuple(np.int32(v) for v in row) for row in _weights())
# Sums fit 32 bits, which lets the loops take more pixels at a time.
_LUMA_BASE = np.int32((16 << _SHIFT) + (1 << (_SHIFT - 1)))
_CHROMA_BASE = np.int32((128 << (_SHIFT + 3)) + (1 << (_SHIFT + 2)))
_ONE, _TWO = np.uint64(1), np.uint64(2)
_BYTE, _8, _16 = np.int32(255), np.int32(8), np.int32(16)
_DOWN, _DOWN_CHROMA = np.int32(_SHIFT), np.int32(_SHIFT + 3)


@numba.njit(inline="always")
def _chroma_at(canvas: NDArray[np.uint32], y: int, x: int) -> tuple[int, int, int, int]:
    """Return 8 times the mean of red, green, blue and alpha around a chroma sample: 1-2-1 across, two rows."""
    left = max(x - 1, 0)
    low = high = np.int64(0)
    for row in range(y, y + 2):
        a, b, c = np.int64(canvas[row, left]), np.int64(canvas[row, x]), np.int64(canvas[row, x + 1])
        low += (a & 0x00FF00FF) + 2 * (b & 0x00FF00FF) + (c & 0x00FF00FF)
        high += ((a >> 8) & 0x00FF00FF) + 2 * ((b >> 8) & 0x00FF00FF) + ((c >> 8) & 0x00FF00FF)
    return low & 0xFFFF, high & 0xFFFF, low >> 16, high >> 16


@numba.njit(inline="always")
def _pair(upper: NDArray[np.uint32], lower: NDArray[np.uint32], x: int) -> tuple[int, int]:
    """Return the sums of two pixels above each other: of red and blue, and of green and alpha."""
    a, b = np.int64(upper[x]), np.int64(lower[x])
    return (a & 0x00FF00FF) + (b & 0x00FF00FF), ((a >> 8) & 0x00FF00FF) + ((b >> 8) & 0x00FF00FF)


@compiled
def write_planes(
    canvas: NDArray[np.uint32],
    changed: NDArray[np.uint8],
    luma: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
) -> None:
    """Convert the tiles that have changed, of an opaque canvas: stretches of them at a time, which makes long loops."""
    height, width = luma.shape
    for i in range(changed.shape[0]):
        y0, y1 = i * TILE_PX, min((i + 1) * TILE_PX, height)
        j = 0
        while j < changed.shape[1]:
            if not changed[i, j]:
                j += 1
                continue
            x0 = j * TILE_PX
            while j < changed.shape[1] and changed[i, j]:
                j += 1
            x1 = min(j * TILE_PX, width)
            for y in range(y0, y1):
                source, to = canvas[y, x0:x1], luma[y, x0:x1]
                for x in range(np.uint64(max(x1 - x0, 0))):
                    p = np.int32(source[x])
                    r, g, b = p & _BYTE, (p >> _8) & _BYTE, (p >> _16) & _BYTE
                    to[x] = np.uint8((_YR * r + _YG * g + _YB * b + _LUMA_BASE) >> _DOWN)
            # The tile to the right, which has not changed, reads this one's last column.
            for y in range(y0 // 2, y1 // 2):
                upper, lower = canvas[2 * y], canvas[2 * y + 1]
                low_left, high_left = _pair(upper, lower, max(x0 - 1, 0))
                for x in range(np.uint64(x0 // 2), np.uint64(min(x1 // 2 + 1, width // 2))):
                    low, high = _pair(upper, lower, _TWO * x)
                    low_right, high_right = _pair(upper, lower, _TWO * x + _ONE)
                    low, high = low_left + 2 * low + low_right, high_left + 2 * high + high_right
                    low_left, high_left = low_right, high_right
                    r, g, b = low & 0xFFFF, high & 0xFFFF, low >> 16
                    chroma[y, x, 0] = np.uint8((_BR * r + _BG * g + _BB * b + _CHROMA_BASE) >> _DOWN_CHROMA)
                    chroma[y, x, 1] = np.uint8((_RR * r + _RG * g + _RB * b + _CHROMA_BASE) >> _DOWN_CHROMA)


@compiled
def write_clear_planes(
    canvas: NDArray[np.uint32],
    changed: NDArray[np.uint8],
    luma: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
) -> None:
    """Convert the tiles that have changed, of a canvas with holes: colours are divided by how opaque they are."""
    height, width = luma.shape
    for i in range(changed.shape[0]):
        for j in range(changed.shape[1]):
            if not changed[i, j]:
                continue
            x0, x1 = j * TILE_PX, min((j + 1) * TILE_PX, width)
            y0, y1 = i * TILE_PX, min((i + 1) * TILE_PX, height)
            for y in range(y0, y1):
                for x in range(x0, x1):
                    p = np.int64(canvas[y, x])
                    a = p >> 24
                    alpha[y, x] = a
                    if a:
                        total = _YR * (p & 255) + _YG * ((p >> 8) & 255) + _YB * ((p >> 16) & 255)
                        # 255 / a, rounded to the nearest.
                        luma[y, x] = 16 + min((2 * 255 * total // a + (1 << _SHIFT)) >> (_SHIFT + 1), 219)
                    else:
                        luma[y, x] = 16
            for y in range(y0 // 2, y1 // 2):
                for x in range(x0 // 2, min(x1 // 2 + 1, width // 2)):
                    r, g, b, a = _chroma_at(canvas, 2 * y, 2 * x)
                    if a:
                        blue, red = (_BR * r + _BG * g + _BB * b) * 255, (_RR * r + _RG * g + _RB * b) * 255
                        blue = (blue // a + (1 << (_SHIFT - 1))) >> _SHIFT
                        red = (red // a + (1 << (_SHIFT - 1))) >> _SHIFT
                        chroma[y, x, 0] = 128 + min(max(blue, -112), 112)
                        chroma[y, x, 1] = 128 + min(max(red, -112), 112)
                    else:
                        chroma[y, x, 0] = chroma[y, x, 1] = 128


@compiled
def unpremultiply(canvas: NDArray[np.uint32], rgba: NDArray[np.uint8]) -> None:
    """Write the canvas as RGBA that is not premultiplied, shape (height, width, 4)."""
    height, width = rgba.shape[:2]
    for y in range(height):
        for x in range(width):
            p = np.int64(canvas[y, x])
            a = p >> 24
            if a in (0, 255):
                rgba[y, x, 0], rgba[y, x, 1], rgba[y, x, 2] = p & 255, (p >> 8) & 255, (p >> 16) & 255
            else:
                rgba[y, x, 0] = min((2 * 255 * (p & 255) + a) // (2 * a), 255)
                rgba[y, x, 1] = min((2 * 255 * ((p >> 8) & 255) + a) // (2 * a), 255)
                rgba[y, x, 2] = min((2 * 255 * ((p >> 16) & 255) + a) // (2 * a), 255)
            rgba[y, x, 3] = a
