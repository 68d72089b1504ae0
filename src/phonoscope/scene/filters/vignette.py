# mypy: disallow-untyped-decorators=False
"""Vignette: a gain for each pixel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.filters.settings import Vignette
from phonoscope.scene.filters.stage import halved

DARKEST = 2.6
"""How steeply vignette 1 falls: the very corners keep 28 % of their level, the middles of the sides 60 and more."""

BEND = 1.4
"""Power of the amount: a light vignette is wanted most, which is felt and not seen."""

ROUNDNESS = 0.5
"""0 is an ellipse of the frame's shape, 1 a circle."""

ONE = 1 << 15
"""Gain 1 in 16 bits."""

BAYER = np.array([[0, 2], [3, 1]])


class VignetteStage:
    """Darkens towards the corners."""

    reach_px = 0
    is_animated = False

    def __init__(self, settings: Vignette, size_px: tuple[int, int]) -> None:
        width, height = size_px
        x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        self._luma = _gain(x, y, size_px, settings.amount)
        # Left-sited chroma: on even columns, half-way between two rows.
        self._chroma = _gain(x[::2], y[::2] + 0.5, size_px, settings.amount)
        self._dither = np.tile(_bayer(8), (1, -(-width // 8)))

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """See `Stage`."""
        for box in boxes:
            down, across = box.slices
            dither = np.roll(self._dither, -(box.y0 % 8), axis=0)[:, across]
            _darken_luma(frame.luma[down, across], self._luma[down, across], dither, out.luma[down, across])
            part = halved(box).slices
            _darken_chroma(frame.chroma[part], self._chroma[part], out.chroma[part])


def _gain(
    x: NDArray[np.float32], y: NDArray[np.float32], size_px: tuple[int, int], amount: float
) -> NDArray[np.uint16]:
    """Return the gains at columns `x` and rows `y`, in parts of `ONE`."""
    width, height = size_px
    # From the middle, 1 at the sides; a circle takes the larger half for both.
    across = (width / 2) ** (1 - ROUNDNESS) * (max(size_px) / 2) ** ROUNDNESS
    down = (height / 2) ** (1 - ROUNDNESS) * (max(size_px) / 2) ** ROUNDNESS
    right2 = ((x - (width - 1) / 2) / across) ** 2
    below2 = ((y - (height - 1) / 2) / down) ** 2
    corner2 = (width / 2 / across) ** 2 + (height / 2 / down) ** 2
    far2 = (right2 + below2[:, None]) / corner2
    return np.asarray(np.rint(ONE / (1 + DARKEST * amount**BEND * far2 * far2)), np.uint16)


def _bayer(side: int) -> NDArray[np.uint16]:
    """Return an ordered dither: thresholds from 0 to below `ONE`, shape (side, side)."""
    order = np.zeros((1, 1), np.int64)
    while order.shape[0] < side:
        order = np.block([[4 * order + BAYER[0, 0], 4 * order + BAYER[0, 1]], [4 * order + BAYER[1, 0], 4 * order + 1]])
    return np.asarray((order * 2 + 1) * ONE // (2 * side * side), np.uint16)


@compiled
def _darken_luma(
    luma: NDArray[np.uint8], gain: NDArray[np.uint16], dither: NDArray[np.uint16], out: NDArray[np.uint8]
) -> None:
    """Bring luma nearer to black; the dither, shape (8, width), hides the steps of large dark areas."""
    for y in range(np.uint64(luma.shape[0])):
        row = dither[y & np.uint64(7)]
        for x in range(np.uint64(luma.shape[1])):
            level = np.int32(luma[y, x]) - np.int32(16)
            out[y, x] = np.uint8(((level * np.int32(gain[y, x]) + np.int32(row[x])) >> np.int32(15)) + np.int32(16))


@compiled
def _darken_chroma(chroma: NDArray[np.uint8], gain: NDArray[np.uint16], out: NDArray[np.uint8]) -> None:
    """Bring chroma nearer to grey."""
    for y in range(np.uint64(chroma.shape[0])):
        for x in range(np.uint64(chroma.shape[1])):
            share = np.int32(gain[y, x])
            for k in range(2):
                level = (np.int32(chroma[y, x, k]) - np.int32(128)) * share + np.int32(1 << 14)
                out[y, x, k] = np.uint8((level >> np.int32(15)) + np.int32(128))
