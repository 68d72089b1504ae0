# mypy: disallow-untyped-decorators=False
"""One frame over another, where it is opaque."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import VideoFrame


class Compositor:
    """Puts frames that have holes in front of others, in a frame that the next call overwrites."""

    def __init__(self, size_px: tuple[int, int]) -> None:
        width, height = size_px
        self._frame = VideoFrame(np.empty((height, width), np.uint8), np.empty((height // 2, width // 2, 2), np.uint8))

    def composite(self, front: VideoFrame, behind: VideoFrame) -> VideoFrame:
        """Return `front` over `behind`, both of the compositor's size; blended as encoded, as every editor does."""
        if front.alpha is None:
            return front
        out = self._frame
        _blend_luma(front.luma, behind.luma, front.alpha, out.luma)
        _blend_chroma(front.chroma, behind.chroma, front.alpha, out.chroma)
        return out


@compiled
def _blend_luma(
    front: NDArray[np.uint8], behind: NDArray[np.uint8], alpha: NDArray[np.uint8], out: NDArray[np.uint8]
) -> None:
    """Write front * alpha + behind * (1 - alpha), all uint8 of one shape (height, width)."""
    for y in range(np.uint64(front.shape[0])):
        for x in range(np.uint64(front.shape[1])):
            shown = np.uint32(alpha[y, x])
            mixed = np.uint32(front[y, x]) * shown + np.uint32(behind[y, x]) * (np.uint32(255) - shown) + np.uint32(128)
            # Division by 255, rounded, without dividing.
            out[y, x] = np.uint8((mixed + (mixed >> np.uint32(8))) >> np.uint32(8))


@compiled
def _blend_chroma(
    front: NDArray[np.uint8], behind: NDArray[np.uint8], alpha: NDArray[np.uint8], out: NDArray[np.uint8]
) -> None:
    """Do the same for chroma, uint8 (height / 2, width / 2, 2), with alpha averaged as left-sited chroma is."""
    rows, columns = np.uint64(front.shape[0]), np.uint64(front.shape[1])
    for y in range(rows):
        above, below = alpha[np.uint64(2) * y], alpha[np.uint64(2) * y + np.uint64(1)]
        for x in range(columns):
            here = np.uint64(2) * x
            before = here - np.uint64(1) if here > 0 else here
            after = here + np.uint64(1)
            shown = np.uint32(above[before]) + np.uint32(2) * np.uint32(above[here]) + np.uint32(above[after])
            shown += np.uint32(below[before]) + np.uint32(2) * np.uint32(below[here]) + np.uint32(below[after])
            hidden = np.uint32(2040) - shown
            for k in range(2):
                mixed = np.uint32(front[y, x, k]) * shown + np.uint32(behind[y, x, k]) * hidden + np.uint32(1020)
                out[y, x, k] = np.uint8(mixed // np.uint32(2040))
