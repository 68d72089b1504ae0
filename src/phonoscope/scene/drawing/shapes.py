"""Rounded rectangles with smooth edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import Box, VideoFrame


def rounded(shape: Box, radius_px: float, area: Box) -> NDArray[np.float32]:
    """Return how much of each pixel of an area a rounded rectangle covers, float32 (height, width), 0 to 1.

    Half the shorter side as radius makes a circle of a square.
    """
    radius = min(radius_px, shape.width / 2, shape.height / 2)
    x = np.abs(np.arange(area.x0, area.x1) + 0.5 - (shape.x0 + shape.x1) / 2) - (shape.width / 2 - radius)
    y = np.abs(np.arange(area.y0, area.y1) + 0.5 - (shape.y0 + shape.y1) / 2) - (shape.height / 2 - radius)
    beyond = np.hypot(np.maximum(x, 0), np.maximum(y, 0)[:, None])
    within = np.minimum(np.maximum(x, y[:, None]), 0)
    return np.asarray(np.clip(0.5 + radius - beyond - within, 0, 1), np.float32)


def grown(box: Box, by_px: int) -> Box:
    """Return a box that reaches further on all sides, or less far for a number below 0."""
    return Box(box.x0 - by_px, box.y0 - by_px, box.x1 + by_px, box.y1 + by_px)


def even(box: Box) -> Box:
    """Return the smallest box around another that has even coordinates."""
    return Box(box.x0 // 2 * 2, box.y0 // 2 * 2, -(-box.x1 // 2) * 2, -(-box.y1 // 2) * 2)


def tinted(coverage: NDArray[np.float32], rgba: tuple[int, int, int, int]) -> VideoFrame:
    """Return a frame of one colour, as opaque as told: float32 (height, width), even sizes, times the colour's own."""
    height, width = coverage.shape
    dot = rgb_to_frame(np.full((2, 2, 3), rgba[:3], np.uint8))
    return VideoFrame(
        np.full((height, width), dot.luma[0, 0]),
        np.ascontiguousarray(np.broadcast_to(dot.chroma[0, 0], (height // 2, width // 2, 2))),
        np.rint(coverage * rgba[3]).astype(np.uint8),
    )
