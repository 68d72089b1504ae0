# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, index, return-value"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's only.
"""Multiplies the light of drawn pixels; their colour differences stay, as in the encoder's planes."""

from __future__ import annotations

import cv2
import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box

BLACK = 16
"""Black in the encoder's luma."""

RUN, UNSEEN = 32, np.float32(0.0015)
"""Pixels of a row that are passed over together where no gain differs from 1 by more: a third of a grey level."""


def shade_luma(plane: NDArray[np.uint8], box: Box, gain: NDArray[np.float32]) -> None:
    """Multiply a part of a luma plane, uint8, shape (height, width), by gains at nodes of equal cells of the part."""
    pixels = cv2.resize(gain, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
    _shade_luma(plane[box.slices], pixels)


def shade_rgb(picture: NDArray[np.uint8], box: Box, gain: NDArray[np.float32]) -> None:
    """Do the same to a part of an RGB picture, uint8, shape (height, width, 3)."""
    pixels = cv2.resize(gain, (box.width, box.height), interpolation=cv2.INTER_LINEAR)
    _shade_rgb(picture[box.slices], pixels)


@numba.njit(fastmath=True)
def _shows(gain: NDArray[np.float32], start: int, end: int) -> bool:
    """Tell whether any gain of a run differs from 1."""
    most = np.float32(0)
    for j in range(start, end):
        most = max(most, abs(gain[j] - np.float32(1)))
    return most > UNSEEN


@compiled
def _shade_luma(plane: NDArray[np.uint8], gain: NDArray[np.float32]) -> None:
    low, top, half = np.float32(BLACK), np.float32(235), np.float32(0.5)
    for i in range(plane.shape[0]):
        for j in range(plane.shape[1]):
            value = (np.float32(plane[i, j]) - low) * gain[i, j] + low + half
            plane[i, j] = np.uint8(np.int32(min(max(value, low), top + half)))


@compiled
def _shade_rgb(picture: NDArray[np.uint8], gain: NDArray[np.float32]) -> None:
    width = picture.shape[1]
    for i in range(picture.shape[0]):
        for start in range(0, width, RUN):
            end = min(start + RUN, width)
            if _shows(gain[i], start, end):
                _shade_run(picture[i], gain[i], start, end)


@numba.njit(fastmath=True)
def _shade_run(row: NDArray[np.uint8], gain: NDArray[np.float32], start: int, end: int) -> None:
    none, most, half, one = np.float32(0), np.float32(255.5), np.float32(0.5), np.float32(1)
    red, green, blue = np.float32(0.2126), np.float32(0.7152), np.float32(0.0722)
    for j in range(start, end):
        r, g, b = np.float32(row[j, 0]), np.float32(row[j, 1]), np.float32(row[j, 2])
        more = (red * r + green * g + blue * b) * (gain[j] - one) + half
        row[j, 0] = np.uint8(np.int32(min(max(r + more, none), most)))
        row[j, 1] = np.uint8(np.int32(min(max(g + more, none), most)))
        row[j, 2] = np.uint8(np.int32(min(max(b + more, none), most)))
