# mypy: disallow-untyped-decorators=False
"""Transitions whose edge passes over the picture: how much of the second frame each pixel shows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.scene.transitions.mixing import ONE, Shares
from phonoscope.scene.transitions.settings import DIRECTIONS, Direction

WIPE_EDGE = 0.16
"""Width of a wipe's edge, of the way that it goes."""

CIRCLE_EDGE = 0.05
"""Width of a circle's edge, of the frame's shorter side."""


def wipe_shares(direction: Direction, share: float, size_px: tuple[int, int]) -> Shares:
    """Return what an edge leaves behind it after `share` of its way."""
    right, down = DIRECTIONS[direction]
    width, height = size_px
    if down == 0:
        across = (np.arange(width, dtype=np.float32) + 0.5) / width
        row = _behind(across if right > 0 else 1 - across, share)[None]
        return Shares(row, np.ascontiguousarray(row[:, ::2]))
    along = (np.arange(height, dtype=np.float32) + 0.5) / height
    along = along if down > 0 else 1 - along
    # Chroma lies half-way between two rows.
    halves = (along[::2] + along[1::2]) / 2
    return Shares(
        np.repeat(_behind(along, share)[:, None], width, axis=1),
        np.repeat(_behind(halves, share)[:, None], width // 2, axis=1),
    )


def circle_shares(share: float, size_px: tuple[int, int]) -> Shares:
    """Return a disc in the middle that covers the frame when `share` is 1, and nothing at 0."""
    width, height = size_px
    edge_px = CIRCLE_EDGE * min(size_px)
    outer_px = (float(np.hypot(width, height)) / 2 + edge_px) * share
    luma = np.empty((height, width), np.uint16)
    chroma = np.empty((height // 2, width // 2), np.uint16)
    _disc(outer_px, edge_px, ((width - 1) / 2, (height - 1) / 2), 1.0, luma)
    _disc(outer_px, edge_px, ((width - 1) / 2, (height - 1) / 2 - 0.5), 2.0, chroma)
    return Shares(luma, chroma)


def _behind(way: NDArray[np.float32], share: float) -> NDArray[np.uint16]:
    """Return the shares at these parts of the way, 0 to 1, that an edge goes."""
    front = share * (1 + WIPE_EDGE)
    rise = np.clip((front - way) / WIPE_EDGE, 0, 1)
    return np.asarray(np.rint(rise * rise * (3 - 2 * rise) * ONE), np.uint16)


@compiled
def _disc(
    outer_px: float, edge_px: float, middle: tuple[float, float], spacing: float, out: NDArray[np.uint16]
) -> None:
    """Write a disc whose edge begins at `outer_px`, for pixels that are `spacing` apart."""
    radius, edge, step = np.float32(outer_px), np.float32(1 / edge_px), np.float32(spacing)
    for y in range(out.shape[0]):
        below = np.float32(y) * step - np.float32(middle[1])
        for x in range(out.shape[1]):
            right = np.float32(x) * step - np.float32(middle[0])
            rise = (radius - np.sqrt(right * right + below * below)) * edge
            rise = min(max(rise, np.float32(0)), np.float32(1))
            out[y, x] = np.uint16(
                rise * rise * (np.float32(3) - np.float32(2) * rise) * np.float32(256) + np.float32(0.5)
            )
