# mypy: disallow-untyped-decorators=False
"""Frames made larger about their middle."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import VideoFrame


def zoomed(frame: VideoFrame, scale: float, out: VideoFrame) -> None:
    """Write a frame `scale` times as large, 1 or more, of which only the middle is seen then."""
    height, width = frame.luma.shape
    across = _places(width, 1, 0, scale)
    along = _places(height, 1, 0, scale)
    _scale_luma(frame.luma, across, along, out.luma)
    # Left-sited chroma: on even columns, half-way between two rows.
    chroma_across, chroma_along = _places(width, 2, 0, scale), _places(height, 2, 0.5, scale)
    _scale_chroma(frame.chroma, chroma_across, chroma_along, out.chroma)
    if out.alpha is None:
        return
    if frame.alpha is None:
        out.alpha[...] = 255
    else:
        _scale_luma(frame.alpha, across, along, out.alpha)


Places = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]
"""For each sample: the two that it lies between, and the share of the second, 0 to 256."""


def _places(length_px: int, spacing: int, first_px: float, scale: float) -> Places:
    """Return where samples come from, that lie at first_px, first_px + spacing ... of a side of `length_px`."""
    count = length_px // spacing
    middle = (length_px - 1) / 2
    at_px = (np.arange(count) * spacing + first_px - middle) / scale + middle
    sample = (at_px - first_px) / spacing
    before = np.floor(sample).astype(np.int64)
    share = np.rint((sample - before) * 256).astype(np.int32)
    last = count - 1
    return np.clip(before, 0, last).astype(np.int32), np.clip(before + 1, 0, last).astype(np.int32), share


@compiled
def _scale_luma(plane: NDArray[np.uint8], across: Places, along: Places, out: NDArray[np.uint8]) -> None:
    """Interpolate a plane, shape (height, width), first down, then across."""
    line = np.empty(plane.shape[1], np.uint16)
    left, right, after = across
    for y in range(out.shape[0]):
        _between_rows(plane[along[0][y]], plane[along[1][y]], along[2][y], line)
        for x in range(out.shape[1]):
            share = np.uint32(after[x])
            mixed = np.uint32(line[left[x]]) * (np.uint32(256) - share) + np.uint32(line[right[x]]) * share
            out[y, x] = np.uint8((mixed + np.uint32(1 << 15)) >> np.uint32(16))


@compiled
def _scale_chroma(plane: NDArray[np.uint8], across: Places, along: Places, out: NDArray[np.uint8]) -> None:
    """Do the same to chroma."""
    line = np.empty(plane.shape[1] * 2, np.uint16)
    left, right, after = across
    for y in range(out.shape[0]):
        _between_rows(plane[along[0][y]].reshape(-1), plane[along[1][y]].reshape(-1), along[2][y], line)
        for x in range(out.shape[1]):
            share = np.uint32(after[x])
            for k in range(2):
                before, behind = np.uint32(line[2 * left[x] + k]), np.uint32(line[2 * right[x] + k])
                mixed = before * (np.uint32(256) - share) + behind * share
                out[y, x, k] = np.uint8((mixed + np.uint32(1 << 15)) >> np.uint32(16))


@compiled
def _between_rows(
    above: NDArray[np.uint8], below: NDArray[np.uint8], share: np.int32, line: NDArray[np.uint16]
) -> None:
    """Write the row between two, times 256."""
    lower = np.uint16(share)
    upper = np.uint16(np.uint16(256) - lower)
    for x in range(np.uint64(line.shape[0])):
        line[x] = np.uint16(np.uint16(above[x]) * upper + np.uint16(below[x]) * lower)
