# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""A canvas with holes: layers over each other where nothing may be behind them.

T. Porter and T. Duff, "Compositing digital images", SIGGRAPH 1984: the operator *over*, on straight alpha.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.blending import spread_alpha


class HoledCanvas:
    """A frame with alpha that layers are laid on.

    Chroma has an alpha of its own: what covers a sample is never read from its neighbours on the canvas, so that
    rectangles can be drawn one by one.
    """

    def __init__(self, frame: VideoFrame) -> None:
        if frame.alpha is None:
            raise ValueError("the frame has no alpha")
        self._frame, self._alpha = frame, frame.alpha
        self._chroma_alpha = np.zeros(frame.chroma.shape[:2], np.uint16)

    def fill(self, box: Box, alpha: int) -> None:
        """Make a box as opaque as told, 0 to 255."""
        self._alpha[box.slices] = alpha
        self._chroma_alpha[box.y0 // 2 : box.y1 // 2, box.x0 // 2 : box.x1 // 2] = alpha * 8

    def blend(self, front: VideoFrame, opacity: int, origin: tuple[int, int], rectangles: NDArray[np.int32]) -> None:
        """Lay a frame with alpha over it; `blending` tells of the arguments."""
        if front.alpha is None:
            raise ValueError("the frame has no alpha")
        _luma_over(self._frame.luma, self._alpha, front.luma, front.alpha, opacity, origin, rectangles)
        _chroma_over(self._frame.chroma, self._chroma_alpha, front.chroma, front.alpha, opacity, origin, rectangles)


@compiled
def _luma_over(
    out: NDArray[np.uint8],
    out_alpha: NDArray[np.uint8],
    front: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    opacity: int,
    origin: tuple[int, int],
    rectangles: NDArray[np.int32],
) -> None:
    """Lay luma and alpha, uint8 (height, width), over others."""
    for n in range(rectangles.shape[0]):
        x0, y0, x1, y1 = rectangles[n]
        for y in range(y0, y1):
            for x in range(x0, x1):
                share = (np.int64(alpha[y - origin[1], x - origin[0]]) * opacity + 127) // 255
                if share == 0:
                    continue
                luma, under = np.int64(front[y - origin[1], x - origin[0]]), np.int64(out_alpha[y, x])
                if share == 255 or under == 0:
                    out[y, x], out_alpha[y, x] = np.uint8(luma), np.uint8(share)
                    continue
                # In 255ths of 255ths.
                rest = under * (255 - share)
                both = share * 255 + rest
                out[y, x] = np.uint8((luma * share * 255 + np.int64(out[y, x]) * rest + both // 2) // both)
                out_alpha[y, x] = np.uint8((both + 127) // 255)


@compiled
def _chroma_over(
    out: NDArray[np.uint8],
    out_alpha: NDArray[np.uint16],
    front: NDArray[np.uint8],
    alpha: NDArray[np.uint8],
    opacity: int,
    origin: tuple[int, int],
    rectangles: NDArray[np.int32],
) -> None:
    """Lay chroma, uint8 (height / 2, width / 2, 2), with its own alpha, 0 to 2040, over other."""
    shares = np.empty(np.uint64(out.shape[1] * 2), np.uint16)
    for n in range(rectangles.shape[0]):
        x0, y0, x1, y1 = rectangles[n]
        for y in range(y0 >> 1, y1 >> 1):
            row = 2 * y - origin[1]
            spread_alpha(alpha[row], alpha[row + 1], x0 - origin[0], (x1 - x0) >> 1, opacity, shares)
            for x in range(x0 >> 1, x1 >> 1):
                share = np.int64(shares[2 * (x - (x0 >> 1))])
                if share == 0:
                    continue
                rest = np.int64(out_alpha[y, x]) * (2040 - share)
                both = share * 2040 + rest
                for k in range(2):
                    colour = np.int64(front[row >> 1, x - (origin[0] >> 1), k])
                    out[y, x, k] = np.uint8((colour * share * 2040 + np.int64(out[y, x, k]) * rest + both // 2) // both)
                out_alpha[y, x] = np.uint16((both + 1020) // 2040)
