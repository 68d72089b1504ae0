# mypy: disallow-untyped-decorators=False
"""Grain of film: strongest in the middle tones, of one size in the picture however many pixels it has."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.filters.settings import Grain
from phonoscope.scene.filters.stage import copy_box

SIZE = 0.00085
"""Standard deviation of a grain, of the frame's shorter side: 0.6 pixels of 720."""

STRONGEST = 16.0
"""Standard deviation of grain 1 in the middle tones, in levels, where grains are larger than pixels."""

TILE = 0.75
"""Side of the tile that grain is taken from, of the frame's shorter side, at least `LEAST_TILE_PX`; frames begin
anywhere in it, so that nobody sees it repeat."""

LEAST_TILE_PX = 256

PIXEL = 1 / 12
"""Variance of a pixel's width: pixels average grains that are finer."""

UNIT = 32
"""Value of one standard deviation in the tile: four of them fit a signed byte."""


class GrainStage:
    """Adds grain to luma."""

    reach_px = 0
    is_animated = True

    def __init__(self, settings: Grain, size_px: tuple[int, int]) -> None:
        self._seed = settings.seed
        self._size_px = size_px
        sigma_px = SIZE * min(size_px)
        side = max(LEAST_TILE_PX, round(TILE * min(size_px)))
        self._tile = _tile(settings.seed, side, sigma_px)
        strength = STRONGEST * settings.amount * sigma_px / (sigma_px**2 + PIXEL) ** 0.5
        self._strength = np.rint(_response() * strength / UNIT * 256).astype(np.int16)

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """See `Stage`."""
        offset = _offset(self._seed, number, self._tile.shape[0])
        for box in boxes:
            copy_box(frame, out, box)
            down, across = box.slices
            at = (offset[0] + box.x0, offset[1] + box.y0)
            _add(frame.luma[down, across], self._tile, self._strength, at, out.luma[down, across])


def _tile(seed: int, side: int, sigma_px: float) -> NDArray[np.int8]:
    """Return normally distributed noise with a standard deviation of `UNIT`, which repeats without a seam."""
    noise = np.random.default_rng(seed).standard_normal((side, side), np.float32)
    sigma = (sigma_px**2 + PIXEL) ** 0.5
    edge = int(np.ceil(4 * sigma))
    soft = cv2.GaussianBlur(np.pad(noise, edge, mode="wrap"), (2 * edge + 1, 2 * edge + 1), sigma)[
        edge:-edge, edge:-edge
    ]
    return np.asarray(np.clip(np.rint(soft * (UNIT / soft.std())), -127, 127), np.int8)


def _response() -> NDArray[np.float32]:
    """Return how strong grain is for each luma, shape (256,): strongest a little below the middle, never quite 0."""
    level = np.clip((np.arange(256, dtype=np.float32) - 16) / 219, 0, 1)
    return np.asarray(0.18 + 0.82 * (level**0.8 * (1 - level)) / 0.2565, np.float32)


def _offset(seed: int, number: int, side: int) -> tuple[int, int]:
    """Return where in the tile a frame begins: a hash of its number (splitmix64)."""
    mixed = (number * 0x9E3779B97F4A7C15 + seed * 0xD1B54A32D192ED03 + 0x632BE59BD9B4E019) & (2**64 - 1)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = ((mixed ^ mixed >> shift) * factor) & (2**64 - 1)
    mixed ^= mixed >> 31
    return (mixed & 0xFFFFFFFF) % side, (mixed >> 32) % side


@compiled
def _add(
    luma: NDArray[np.uint8],
    tile: NDArray[np.int8],
    strength: NDArray[np.int16],
    at: tuple[int, int],
    out: NDArray[np.uint8],
) -> None:
    """Add the tile, repeated from `at` on, as strongly as each luma has it."""
    side = tile.shape[0]
    for y in range(luma.shape[0]):
        row = tile[(at[1] + y) % side]
        x = 0
        while x < luma.shape[1]:
            # From here to the seam of the tile.
            begin = (at[0] + x) % side
            run = min(side - begin, luma.shape[1] - x)
            for k in range(run):
                level = luma[y, x + k]
                moved = np.int32(level) + ((np.int32(row[begin + k]) * strength[level] + np.int32(128)) >> np.int32(8))
                out[y, x + k] = np.uint8(min(max(moved, np.int32(16)), np.int32(235)))
            x += run
