# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, return-value"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""The compiled loops that lay a frame with holes over another: blended as encoded, as every editor does.

All of them work in place, on rectangles of the canvas. They take the canvas's planes, the patch's planes, where its
upper left corner lies on the canvas, and the rectangles: int32, shape (n, 4), left, top, right and bottom, even, within
both canvas and patch.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled


@numba.njit(inline="always")
def _over_255(number: int) -> int:
    """Divide by 255, rounded, without dividing: exact below 65408."""
    number = number + np.uint32(128)
    return (number + (number >> np.uint32(8))) >> np.uint32(8)


@numba.njit(inline="always")
def _mixed(front: int, behind: int, share: int) -> int:
    """Return front * share + behind * (255 - share), over 255."""
    return np.uint8(_over_255(np.uint32(front) * share + np.uint32(behind) * (np.uint32(255) - share)))


@compiled
def blend_luma(
    out: NDArray[np.uint8],
    front: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    opacity: int,
    origin: tuple[int, int],
    rectangles: NDArray[np.int32],
) -> None:
    """Write front * alpha + out * (1 - alpha); planes uint8 (height, width), opacity 0 to 255, origin (x, y)."""
    strength = np.uint32(opacity)
    for n in range(rectangles.shape[0]):
        x0, y0, x1, y1 = rectangles[n]
        width = np.uint64(x1 - x0)
        for y in range(y0, y1):
            here = out[y, x0:x1]
            above = front[y - origin[1], x0 - origin[0] : x1 - origin[0]]
            cover = alpha[y - origin[1], x0 - origin[0] : x1 - origin[0]]
            if strength == 255:
                for x in range(width):
                    here[x] = _mixed(above[x], here[x], np.uint32(cover[x]))
            else:
                for x in range(width):
                    here[x] = _mixed(above[x], here[x], _over_255(np.uint32(cover[x]) * strength))


@compiled
def blend_chroma(
    out: NDArray[np.uint8],
    front: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    opacity: int,
    origin: tuple[int, int],
    rectangles: NDArray[np.int32],
) -> None:
    """Do the same for chroma, uint8 (height / 2, width / 2, 2), with alpha averaged as left-sited chroma is."""
    strength = np.uint32(opacity)
    # One lane of bytes for both: neighbours in memory are blended at once.
    shares = np.empty(np.uint64(out.shape[1] * 2), np.uint16)
    for n in range(rectangles.shape[0]):
        x0, y0, x1, y1 = rectangles[n]
        width = np.uint64((x1 - x0) >> 1)
        for y in range(y0 >> 1, y1 >> 1):
            row = 2 * y - origin[1]
            spread_alpha(alpha[row], alpha[row + 1], x0 - origin[0], width, strength, shares)
            here = out[y, x0 >> 1 : x1 >> 1].reshape(-1)
            above = front[row >> 1, (x0 - origin[0]) >> 1 : (x1 - origin[0]) >> 1].reshape(-1)
            for k in range(np.uint64(2) * width):
                share = np.uint32(shares[k])
                mixed = np.uint32(above[k]) * share + np.uint32(here[k]) * (np.uint32(2040) - share)
                # Division by 2040 = 8 * 255, rounded, without dividing.
                mixed = (mixed + np.uint32(1020)) >> np.uint32(3)
                here[k] = np.uint8((mixed + np.uint32(1) + (mixed >> np.uint32(8))) >> np.uint32(8))


@compiled
def spread_alpha(
    upper: NDArray[np.uint8],
    lower: NDArray[np.uint8],
    left: int,
    width: int,
    strength: int,
    shares: NDArray[np.uint16],
) -> None:
    """Write how much of each of `width` chroma samples from column `left` on is covered: twice each, 0 to 2040."""
    for x in range(np.uint64(width)):
        here = np.uint64(left) + np.uint64(2) * x
        # Beyond the patch's edge, it is as at the edge.
        before = here - np.uint64(here > np.uint64(0))
        after = here + np.uint64(1)
        share = np.uint32(upper[before]) + np.uint32(2) * np.uint32(upper[here]) + np.uint32(upper[after])
        share += np.uint32(lower[before]) + np.uint32(2) * np.uint32(lower[here]) + np.uint32(lower[after])
        if strength != 255:
            share = (share * strength + np.uint32(127)) // np.uint32(255)
        shares[np.uint64(2) * x] = np.uint16(share)
        shares[np.uint64(2) * x + np.uint64(1)] = np.uint16(share)
