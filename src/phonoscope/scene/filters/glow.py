# mypy: disallow-untyped-decorators=False
"""Glow: what is bright sheds light on its surroundings."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import VideoFrame
from phonoscope.scene.filters.blur import Gaussian
from phonoscope.scene.filters.settings import Glow

SMALL = 4
"""Light is gathered at a quarter of the size; nothing finer is in it."""

NEAR, FAR = 0.007, 0.028
"""Standard deviations of the two halos that a lens makes, of the frame's shorter side."""

FIRST_LIGHT, FULL_LIGHT = 0.3, 1.0
"""Levels, 0 to 1, from which and at which a pixel sheds light."""

STRONGEST = 0.75
"""Of the light that glow 1 sheds."""

WHITE_LIGHT = 1 << 16
"""Luma light that takes any pixel to white; no pixel sheds as much."""

LEVEL_LIGHT = WHITE_LIGHT // 219
"""Luma light of one level."""

ONE = 1 << 8
"""A level of chroma light."""


class GlowFilter:
    """Screens light gathered from around over a frame."""

    def __init__(self, settings: Glow, size_px: tuple[int, int]) -> None:
        side = min(size_px) / SMALL
        self._near, self._far = Gaussian.of(NEAR * side), Gaussian.of(FAR * side)
        factor = max(self._near.factor, self._far.factor)
        self.grid_px = SMALL * factor
        self.reach_px = SMALL * (max(self._near.reach_px, self._far.reach_px) + 2)
        self._shed = _shed(settings.amount)

    def filter(self, frame: VideoFrame) -> VideoFrame:
        """See `Surrounding`."""
        height, width = frame.luma.shape
        light = self._gather(frame)
        halo = np.asarray(cv2.addWeighted(self._near.blur(light), 0.5, self._far.blur(light), 0.5, 0), np.uint16)
        # 8-bit halos would show their steps in dark areas; 16 bits of them are interpolated smoothly.
        luma_light = _enlarge(np.ascontiguousarray(halo[..., 0]), (width, height))
        chroma_light = _enlarge(halo, (width // 2, height // 2))
        luma, chroma = np.empty_like(frame.luma), np.empty_like(frame.chroma)
        _screen_luma(frame.luma, luma_light, luma)
        _screen_chroma(frame.luma, frame.chroma, chroma_light, chroma)
        return VideoFrame(luma, chroma, frame.alpha)

    def _gather(self, frame: VideoFrame) -> NDArray[np.uint16]:
        """Return the light that each small pixel sheds, uint16, shape (height, width, 3).

        Luma from 0 to `WHITE_LIGHT`; chroma in parts of `ONE`, from 128 levels on.
        """
        height, width = frame.luma.shape
        size = (width // SMALL, height // SMALL)
        luma = cv2.resize(frame.luma, size, interpolation=cv2.INTER_AREA)
        chroma = cv2.resize(frame.chroma, size, interpolation=cv2.INTER_AREA)
        if frame.alpha is None:
            alpha = np.full((1, 1), 255, np.uint8)
        else:
            alpha = np.asarray(cv2.resize(frame.alpha, size, interpolation=cv2.INTER_AREA), np.uint8)
        light = np.empty((size[1], size[0], 3), np.uint16)
        _gather_light(np.asarray(luma), np.asarray(chroma), alpha, self._shed, light)
        return light


def _enlarge(light: NDArray[np.uint16], size_px: tuple[int, int]) -> NDArray[np.uint16]:
    return np.asarray(cv2.resize(light, size_px, interpolation=cv2.INTER_LINEAR), np.uint16)


def _shed(amount: float) -> NDArray[np.uint16]:
    """Return the share of its light that a pixel of each luma sheds, shape (256,), in parts of 2**15."""
    level = (np.arange(256, dtype=np.float32) - 16) / 219
    rise = np.clip((level - FIRST_LIGHT) / (FULL_LIGHT - FIRST_LIGHT), 0, 1)
    return np.asarray(np.rint(rise * rise * (3 - 2 * rise) * (STRONGEST * amount * (1 << 15))), np.uint16)


@compiled
def _gather_light(
    luma: NDArray[np.uint8],
    chroma: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    shed: NDArray[np.uint16],
    light: NDArray[np.uint16],
) -> None:
    """Write what `GlowFilter._gather` returns; alpha of shape (1, 1) counts for all."""
    everywhere = alpha.shape[0] == 1 and luma.shape[0] > 1
    for y in range(luma.shape[0]):
        for x in range(luma.shape[1]):
            shown = alpha[0, 0] if everywhere else alpha[y, x]
            share = np.int32(shed[luma[y, x]]) * np.int32(shown) // np.int32(255)
            level = max(np.int32(luma[y, x]) - np.int32(16), np.int32(0))
            light[y, x, 0] = np.uint16((np.int64(level * share) * LEVEL_LIGHT) >> 15)
            for k in range(2):
                away = (np.int32(chroma[y, x, k]) - np.int32(128)) * share
                light[y, x, k + 1] = np.uint16((away >> np.int32(7)) + np.int32(128 * ONE))


@compiled
def _screen_luma(luma: NDArray[np.uint8], light: NDArray[np.uint16], out: NDArray[np.uint8]) -> None:
    """Add light as far as there is room up to white: a + b - a b."""
    for y in range(np.uint64(luma.shape[0])):
        for x in range(np.uint64(luma.shape[1])):
            room = max(np.int32(235) - np.int32(luma[y, x]), np.int32(0))
            added = (room * np.int32(light[y, x]) + np.int32(1 << 15)) >> np.int32(16)
            out[y, x] = np.uint8(np.int32(luma[y, x]) + added)


@compiled
def _screen_chroma(
    luma: NDArray[np.uint8], chroma: NDArray[np.uint8], light: NDArray[np.uint16], out: NDArray[np.uint8]
) -> None:
    """Do the same to chroma: each colour as far as the other leaves room."""
    for y in range(chroma.shape[0]):
        for x in range(chroma.shape[1]):
            here = (np.int32(luma[2 * y, 2 * x]) + np.int32(luma[2 * y + 1, 2 * x])) >> np.int32(1)
            room = np.int64(max(np.int32(235) - here, np.int32(0)))
            kept = np.int64(WHITE_LIGHT) - np.int64(light[y, x, 0])
            for k in range(2):
                own = (np.int64(chroma[y, x, k]) - 128) * kept
                shed = ((np.int64(light[y, x, k + 1]) - 128 * ONE) * room * LEVEL_LIGHT) >> 8
                out[y, x, k] = np.uint8(((own + shed + (1 << 15)) >> 16) + 128)
