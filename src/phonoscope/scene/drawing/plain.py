"""Colours and gradients."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Picture
from phonoscope.scene.background import DIRECTIONS

Rgba = tuple[int, int, int, int]


def paint_colour(colour: Rgba, size_px: tuple[int, int]) -> Picture:
    """Return a picture of one colour."""
    width, height = size_px
    alpha = None if colour[3] == 255 else np.full((height, width), colour[3], np.uint8)
    return Picture(np.full((height, width, 3), colour[:3], np.uint8), alpha)


def paint_gradient(first: Rgba, last: Rgba, direction: str, size_px: tuple[int, int]) -> Picture:
    """Return a gradient, dithered so that it shows no bands; `direction` is a name in `DIRECTIONS`."""
    width, height = size_px
    right, down = DIRECTIONS[direction]
    x = (np.arange(width, dtype=np.float32) + 0.5) / width - 0.5
    y = (np.arange(height, dtype=np.float32) + 0.5)[:, None] / height - 0.5
    share = np.broadcast_to((right * x + down * y) / (abs(right) + abs(down)) + 0.5, (height, width))
    # The same noise for all channels, so that it has no colour.
    noise = np.random.default_rng(0).random((height, width, 1), np.float32) - 0.5
    rgb = _between(first[:3], last[:3], share) + noise
    alpha = None
    if min(first[3], last[3]) < 255:
        alpha = np.clip(np.rint(_between(first[3:], last[3:], share) + noise), 0, 255).astype(np.uint8)[..., 0]
    return Picture(np.clip(np.rint(rgb), 0, 255).astype(np.uint8), alpha)


def _between(first: tuple[int, ...], last: tuple[int, ...], share: NDArray[np.float32]) -> NDArray[np.float32]:
    start, end = np.array(first, np.float32), np.array(last, np.float32)
    return np.asarray(start + (end - start) * share[..., None], np.float32)
