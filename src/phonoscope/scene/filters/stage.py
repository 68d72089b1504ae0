"""What a chain of filters is made of, and how filters that look around work on parts of a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame


class Stage(Protocol):
    """One step of a chain."""

    @property
    def reach_px(self) -> int:
        """How far from a changed pixel others change with it."""
        ...

    @property
    def is_animated(self) -> bool:
        """Whether every frame differs, even of a still."""
        ...

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """Write what `frame` looks like, with frame number `number`, into `out`, within `boxes` (even) only.

        Both have the chain's size; `out` has alpha exactly where `frame` has. They share no memory.
        """
        ...


class Surrounding(Protocol):
    """A filter that looks at the surroundings of each pixel."""

    grid_px: int
    """It resamples in squares of this size, a power of two."""

    reach_px: int
    """How far it looks."""

    def filter(self, frame: VideoFrame) -> VideoFrame:
        """Return the filtered frame; its sizes are multiples of `grid_px`."""
        ...


class Windowed:
    """Runs a filter on no more of a frame than has changed, with the same result as on all of it."""

    is_animated = False

    def __init__(self, surrounding: Surrounding) -> None:
        self._filter = surrounding
        self._grid_px = max(2, surrounding.grid_px)
        # What changes in a square of the grid changes all of it.
        self.reach_px = even_up(surrounding.reach_px + self._grid_px)

    def apply(self, frame: VideoFrame, out: VideoFrame, number: int, boxes: Sequence[Box]) -> None:
        """See `Stage`."""
        for box in boxes:
            window = self._window(box, frame.size_px)
            filtered = self._filter.filter(_cut(frame, window))
            _paste(filtered, out, box, window)

    def _window(self, box: Box, size_px: tuple[int, int]) -> Box:
        """Return what must be seen for `box` to come out right, on the grid; it may end beyond the frame."""
        grid, reach = self._grid_px, self.reach_px
        width, height = (-(-side // grid) * grid for side in size_px)
        return Box(
            max(0, (box.x0 - reach) // grid * grid),
            max(0, (box.y0 - reach) // grid * grid),
            min(width, -(-(box.x1 + reach) // grid) * grid),
            min(height, -(-(box.y1 + reach) // grid) * grid),
        )


def even_up(number: float) -> int:
    """Return the next even number."""
    return 2 * int(np.ceil(number / 2))


def whole(frame: VideoFrame) -> Box:
    """Return the box of all of a frame."""
    return Box(0, 0, *frame.size_px)


def copy_box(frame: VideoFrame, out: VideoFrame, box: Box) -> None:
    """Copy a box (even) from a frame to another."""
    down, across = box.slices
    out.luma[down, across] = frame.luma[down, across]
    out.chroma[halved(box).slices] = frame.chroma[halved(box).slices]
    copy_alpha(frame, out, box)


def copy_alpha(frame: VideoFrame, out: VideoFrame, box: Box) -> None:
    """Copy the alpha of a box from a frame to another."""
    if frame.alpha is not None and out.alpha is not None:
        out.alpha[box.slices] = frame.alpha[box.slices]


def halved(box: Box) -> Box:
    """Return an even box in pixels of chroma."""
    return Box(box.x0 // 2, box.y0 // 2, box.x1 // 2, box.y1 // 2)


def _cut(frame: VideoFrame, window: Box) -> VideoFrame:
    """Return part of a frame; beyond its right and lower edge its last pixels go on."""
    alpha = None if frame.alpha is None else _cut_plane(frame.alpha, window)
    return VideoFrame(_cut_plane(frame.luma, window), _cut_plane(frame.chroma, halved(window)), alpha)


def _cut_plane(plane: NDArray[np.uint8], window: Box) -> NDArray[np.uint8]:
    inside = plane[window.slices]
    below, right = window.height - inside.shape[0], window.width - inside.shape[1]
    if below == 0 and right == 0:
        return inside
    return np.asarray(cv2.copyMakeBorder(inside, 0, below, 0, right, cv2.BORDER_REPLICATE), np.uint8)


def _paste(filtered: VideoFrame, out: VideoFrame, box: Box, window: Box) -> None:
    """Copy what belongs to `box` from a filtered window."""
    part = Box(box.x0 - window.x0, box.y0 - window.y0, box.x1 - window.x0, box.y1 - window.y0)
    out.luma[box.slices] = filtered.luma[part.slices]
    out.chroma[halved(box).slices] = filtered.chroma[halved(part).slices]
    if out.alpha is not None and filtered.alpha is not None:
        out.alpha[box.slices] = filtered.alpha[part.slices]
