# mypy: disallow-untyped-decorators=False
"""A run of colour filters as one table, looked up in the encoder's own colours.

Luma has an entry for each of its values, so that curves are exact; between the entries of chroma, which curves rarely
bend, it is interpolated. Entries are at 0, 8, 16 ... 256 of Cb and of Cr; neutral, 128, is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import RGB_TO_YCC, YCC_TO_RGB
from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.filters.grading import grade
from phonoscope.scene.filters.settings import ColourSettings

NODES = 33
"""Entries along Cb and along Cr."""

SCALE = 64
"""Of values in the table: six bits of fraction, and 256 still fits 16 bits."""

BLACK, WHITE = 16, 235


class ColourTable:
    """Looks every pixel of a frame up."""

    reach_px = 2
    """Chroma lies between pixels: what changes in it changes the neighbours."""

    is_animated = False

    def __init__(self, filters: Sequence[ColourSettings]) -> None:
        self._luma, self._chroma = tabulate(filters)

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """See `Stage`."""
        for box in boxes:
            edges = (box.x0, box.y0, box.x1, box.y1)
            _look_up_luma(frame.luma, frame.chroma, self._luma, out.luma, edges)
            _look_up_chroma(frame.luma, frame.chroma, self._chroma, out.chroma, edges)


def tabulate(filters: Sequence[ColourSettings]) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the tables of luma, int16, shape (NODES * NODES * 256,), and of chroma, (NODES * NODES * 256, 2).

    Indexed by Cb, Cr and luma, in this order.

    Raises
    ------
    InputError
        A .cube file cannot be used.
    """
    node = np.arange(NODES, dtype=np.float32) * 8
    luma = np.arange(BLACK, WHITE + 1, dtype=np.float32)
    ycc = np.stack(np.broadcast_arrays(luma, node[:, None, None], node[:, None]), axis=-1).reshape(-1, 3)
    rgb = np.clip((ycc @ YCC_TO_RGB[:, :3].T + YCC_TO_RGB[:, 3]) / 255, 0, 1)
    graded = (grade(rgb, filters) * 255) @ RGB_TO_YCC[:, :3].T + RGB_TO_YCC[:, 3]
    table = np.rint(graded * SCALE).astype(np.int16).reshape(NODES, NODES, luma.size, 3)
    # Blacker than black and whiter than white are taken for black and white.
    table = np.pad(table, ((0, 0), (0, 0), (BLACK, 255 - WHITE), (0, 0)), mode="edge").reshape(-1, 3)
    return np.ascontiguousarray(table[:, 0]), np.ascontiguousarray(table[:, 1:])


@compiled
def _look_up_luma(
    luma: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
    table: NDArray[np.int16],
    out: NDArray[np.uint8],
    edges: tuple[int, int, int, int],
) -> None:
    """Write the luma of `out` within the box with these edges."""
    left, top, right, bottom = edges
    last_row, last_column = chroma.shape[0] - 1, chroma.shape[1] - 1
    for y in range(top, bottom):
        # Rows of chroma lie half-way between rows of luma: three parts of the nearer, one of the next.
        near = y >> 1
        far = min(max(near + (y & 1) * 2 - 1, 0), last_row)
        i = left >> 1
        cb = np.int32(3) * chroma[near, i, 0] + chroma[far, i, 0]
        cr = np.int32(3) * chroma[near, i, 1] + chroma[far, i, 1]
        for i in range(left >> 1, right >> 1):
            after = min(i + 1, last_column)
            next_cb = np.int32(3) * chroma[near, after, 0] + chroma[far, after, 0]
            next_cr = np.int32(3) * chroma[near, after, 1] + chroma[far, after, 1]
            out[y, 2 * i] = _between(table, 2 * cb, 2 * cr, luma[y, 2 * i])
            out[y, 2 * i + 1] = _between(table, cb + next_cb, cr + next_cr, luma[y, 2 * i + 1])
            cb, cr = next_cb, next_cr


@compiled
def _between(table: NDArray[np.int16], cb: np.int32, cr: np.int32, luma: np.uint8) -> np.uint8:
    """Interpolate luma between four entries; chroma in eighths."""
    at = ((np.uint32(cb) >> np.uint32(6)) * np.uint32(NODES) + (np.uint32(cr) >> np.uint32(6))) * np.uint32(256)
    at += np.uint32(luma)
    down, right = np.int32(cb) & np.int32(63), np.int32(cr) & np.int32(63)
    here = np.int32(table[at]) * (np.int32(64) - right) + np.int32(table[at + np.uint32(256)]) * right
    at += np.uint32(NODES * 256)
    below = np.int32(table[at]) * (np.int32(64) - right) + np.int32(table[at + np.uint32(256)]) * right
    return np.uint8((here * (np.int32(64) - down) + below * down + np.int32(1 << 17)) >> np.int32(18))


@compiled
def _look_up_chroma(
    luma: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
    table: NDArray[np.int16],
    out: NDArray[np.uint8],
    edges: tuple[int, int, int, int],
) -> None:
    """Write the chroma of `out` within the box with these edges."""
    left, top, right, bottom = edges
    for j in range(top >> 1, bottom >> 1):
        for i in range(left >> 1, right >> 1):
            x, y = 2 * i, 2 * j
            before = max(x - 1, 0)
            # Luma where chroma lies: on the even column, half-way between the rows.
            mean = np.uint32(luma[y, before]) + np.uint32(2) * luma[y, x] + np.uint32(luma[y, x + 1])
            mean += np.uint32(luma[y + 1, before]) + np.uint32(2) * luma[y + 1, x] + np.uint32(luma[y + 1, x + 1])
            cb, cr = np.uint32(chroma[j, i, 0]), np.uint32(chroma[j, i, 1])
            at = ((cb >> np.uint32(3)) * np.uint32(NODES) + (cr >> np.uint32(3))) * np.uint32(256)
            at += (mean + np.uint32(4)) >> np.uint32(3)
            across, along = np.int32(cr & np.uint32(7)), np.int32(cb & np.uint32(7))
            below = at + np.uint32(NODES * 256)
            for k in range(2):
                first = np.int32(table[at, k]) * (8 - across) + np.int32(table[at + np.uint32(256), k]) * across
                second = np.int32(table[below, k]) * (8 - across) + np.int32(table[below + np.uint32(256), k]) * across
                out[j, i, k] = np.uint8((first * (8 - along) + second * along + (1 << 11)) >> 12)
