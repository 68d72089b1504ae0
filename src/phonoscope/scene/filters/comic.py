# mypy: disallow-untyped-decorators=False
"""Comic: even areas of strong colour, and ink along the edges.

After Winnemöller, Olsen and Gooch, "Real-time video abstraction" (SIGGRAPH 2006): an edge-preserving blur, luma in soft
steps, and lines where a difference of Gaussians falls below a threshold. Steps and lines set in gradually, so that they
do not flicker where luma hovers around a threshold.
"""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import VideoFrame
from phonoscope.scene.filters.settings import Comic

WORK_SIDE_PX = 400
"""Areas and lines are found where the frame's shorter side is about as long."""

LINE_BLUR = (5, 18.0, 2.0)
"""The edge-preserving blur that lines are found in: side of its window, standard deviations of levels that count as one
area, and of distances; pixels of the working size. It keeps eyes and mouths, and drops pores."""

AREA_BLUR = (7, 26.0, 3.0)
"""The blur, after the first, that tones are found in."""

AREA_PASSES = 2

THRESHOLDS = (0.17, 0.36, 0.56, 0.78)
"""Levels, 0 to 1, at which one tone ends and the next begins."""

TONES = (0.02, 0.29, 0.53, 0.76, 0.97)
"""Levels of the tones: dark hair is solid ink, skin falls on three of them."""

SOFTNESS = 0.022
"""Half the way from one tone to the next, in levels of the picture: less of it flickers."""

LINE = 0.0022
"""Standard deviation of the narrower Gaussian, of the shorter side: half the width of a line."""

WIDER = 1.6
"""The other Gaussian, times as wide: together they are close to the Laplacian of one (Marr and Hildreth)."""

FIRST_INK = 1.0
"""Difference, in levels, where ink begins."""

FULL_INK = (6.0, 2.6)
"""Difference where ink is black, at comic 0 and 1."""

PRECISION = 64
"""Of differences: parts of a level."""

STRONGEST_COLOUR = 1.5
"""Gain of chroma at comic 1."""


class ComicFilter:
    """Redraws frames."""

    def __init__(self, settings: Comic, size_px: tuple[int, int]) -> None:
        side = min(size_px)
        self.grid_px = 2 ** max(0, round(np.log2(max(1, side) / WORK_SIDE_PX)))
        self._line_px = max(0.6, LINE * side / self.grid_px)
        line_reach = int(np.ceil(3 * WIDER * self._line_px))
        self.reach_px = self.grid_px * (LINE_BLUR[0] // 2 + max(AREA_PASSES * (AREA_BLUR[0] // 2), line_reach) + 4)
        # From the middle on, everything is drawn, and grows bolder only.
        self._share = round(min(1.0, 2 * settings.amount) * 256)
        self._steps = _steps()
        self._ink = _ink(settings.amount)
        self._colour = round((1 + (STRONGEST_COLOUR - 1) * settings.amount) * 256)

    def filter(self, frame: VideoFrame) -> VideoFrame:
        """See `Surrounding`."""
        height, width = frame.luma.shape
        small = frame.luma
        if self.grid_px > 1:
            size = (width // self.grid_px, height // self.grid_px)
            small = np.asarray(cv2.resize(frame.luma, size, interpolation=cv2.INTER_AREA), np.uint8)
        sharp = _flattened(small, LINE_BLUR)
        areas = sharp
        for _ in range(AREA_PASSES):
            areas = _flattened(areas, AREA_BLUR)
        difference = self._difference(sharp)
        if self.grid_px > 1:
            areas = np.asarray(cv2.resize(areas, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
            difference = np.asarray(cv2.resize(difference, (width, height), interpolation=cv2.INTER_CUBIC), np.int16)
        luma, chroma = np.empty_like(frame.luma), np.empty_like(frame.chroma)
        flat = np.asarray(cv2.medianBlur(frame.chroma, 5), np.uint8)
        _draw_luma(frame.luma, areas, difference, (self._steps, self._ink, self._share), luma)
        _draw_chroma((frame.chroma, flat), difference, self._ink, (self._share, self._colour), chroma)
        return VideoFrame(luma, chroma, frame.alpha)

    def _difference(self, luma: NDArray[np.uint8]) -> NDArray[np.int16]:
        """Return how much darker each pixel is than its surroundings, in 1 / PRECISION levels."""
        exact = luma.astype(np.uint16) * np.uint16(PRECISION)
        narrow, wide = (_blurred(exact, sigma) for sigma in (self._line_px, self._line_px * WIDER))
        return np.asarray(wide.astype(np.int16) - narrow.astype(np.int16), np.int16)


def _flattened(luma: NDArray[np.uint8], blur: tuple[int, float, float]) -> NDArray[np.uint8]:
    """Return luma blurred, but for edges."""
    return np.asarray(cv2.bilateralFilter(luma, *blur, borderType=cv2.BORDER_REPLICATE), np.uint8)


def _blurred(exact: NDArray[np.uint16], sigma_px: float) -> NDArray[np.uint16]:
    side = 2 * int(np.ceil(3 * sigma_px)) + 1
    return np.asarray(cv2.GaussianBlur(exact, (side, side), sigma_px, borderType=cv2.BORDER_REPLICATE), np.uint16)


def _smooth(level: NDArray[np.float64], begin: float, end: float) -> NDArray[np.float64]:
    """Rise from 0 to 1 between `begin` and `end`."""
    rise = np.clip((level - begin) / (end - begin), 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise), np.float64)


def _steps() -> NDArray[np.uint8]:
    """Return luma in soft steps, for each luma, shape (256,)."""
    level = (np.arange(256) - 16) / 219
    tone = np.full(256, TONES[0])
    for threshold, (below, above) in zip(THRESHOLDS, pairwise(TONES), strict=True):
        tone += (above - below) * _smooth(level, threshold - SOFTNESS, threshold + SOFTNESS)
    return np.asarray(np.rint(16 + 219 * tone), np.uint8)


def _ink(amount: float) -> NDArray[np.uint16]:
    """Return what ink leaves of each difference from 0 on, in parts of 256, shape (1024,)."""
    full = FULL_INK[0] + (FULL_INK[1] - FULL_INK[0]) * amount
    covered = _smooth(np.arange(1024) / PRECISION, FIRST_INK, full)
    return np.asarray(np.rint(256 * (1 - covered)), np.uint16)


@compiled
def _draw_luma(
    luma: NDArray[np.uint8],
    areas: NDArray[np.uint8],
    difference: NDArray[np.int16],
    tables: tuple[NDArray[np.uint8], NDArray[np.uint16], int],
    out: NDArray[np.uint8],
) -> None:
    """Write the steps of `areas` with ink over them, mixed with `luma`."""
    steps, ink, drawn = tables
    share = np.int32(drawn)
    for y in range(luma.shape[0]):
        for x in range(luma.shape[1]):
            left = np.int32(ink[min(max(difference[y, x], np.int16(0)), np.int16(1023))])
            level = (np.int32(steps[areas[y, x]]) - np.int32(16)) * left >> np.int32(8)
            mixed = (level + np.int32(16)) * share + np.int32(luma[y, x]) * (np.int32(256) - share)
            out[y, x] = np.uint8((mixed + np.int32(128)) >> np.int32(8))


@compiled
def _draw_chroma(
    chromas: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    difference: NDArray[np.int16],
    ink: NDArray[np.uint16],
    strengths: tuple[int, int],
    out: NDArray[np.uint8],
) -> None:
    """Write stronger colours, and none in ink."""
    chroma, flat = chromas
    share, colour = np.int32(strengths[0]), np.int32(strengths[1])
    for y in range(chroma.shape[0]):
        for x in range(chroma.shape[1]):
            left = np.int32(ink[min(max(difference[2 * y, 2 * x], np.int16(0)), np.int16(1023))])
            gain = colour * left >> np.int32(8)
            for k in range(2):
                strong = (np.int32(flat[y, x, k]) - np.int32(128)) * gain >> np.int32(8)
                strong = min(max(strong + np.int32(128), np.int32(16)), np.int32(240))
                mixed = strong * share + np.int32(chroma[y, x, k]) * (np.int32(256) - share) + np.int32(128)
                out[y, x, k] = np.uint8(mixed >> np.int32(8))
