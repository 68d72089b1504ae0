"""Pictures and video frames in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A still picture, upright, sRGB.

    Attributes
    ----------
    rgb
        uint8, shape (height, width, 3); read-only.
    alpha
        uint8, shape (height, width), or None for an opaque picture. `rgb` is not premultiplied.
    """

    rgb: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None

    def __post_init__(self) -> None:
        self.rgb.setflags(write=False)
        if self.alpha is not None:
            self.alpha.setflags(write=False)

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.rgb.shape[1], self.rgb.shape[0]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels: left and top inside, right and bottom just outside."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Width in pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Height in pixels."""
        return self.y1 - self.y0

    def union(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    @property
    def slices(self) -> tuple[slice, slice]:
        """Index of the box in an image array."""
        return slice(self.y0, self.y1), slice(self.x0, self.x1)


@dataclass(frozen=True, slots=True, eq=False)
class VideoFrame:
    """A frame in the encoder's own layout (NV12: 4:2:0, limited range, BT.709), so that nothing is converted.

    Attributes
    ----------
    luma
        uint8, shape (height, width), even sizes, 16 to 235. Writable: frames are drawn in place and reused.
    chroma
        uint8, shape (height / 2, width / 2, 2): Cb and Cr, 16 to 240. Sited left, as H.264 and VP9 assume.
    alpha
        uint8, shape (height, width): how opaque each pixel is, 0 to 255; None for a frame without holes. Luma and
        chroma are not premultiplied.
    """

    luma: NDArray[np.uint8]
    chroma: NDArray[np.uint8]
    alpha: NDArray[np.uint8] | None = None

    @property
    def size_px(self) -> tuple[int, int]:
        """(width, height)."""
        return self.luma.shape[1], self.luma.shape[0]


def blank_frame(size_px: tuple[int, int], transparent: bool = False) -> VideoFrame:
    """Return a frame with anything in it."""
    width, height = size_px
    luma, chroma = np.empty((height, width), np.uint8), np.empty((height // 2, width // 2, 2), np.uint8)
    return VideoFrame(luma, chroma, np.empty((height, width), np.uint8) if transparent else None)
