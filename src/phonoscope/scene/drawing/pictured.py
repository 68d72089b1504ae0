"""A layer that shows the frames of something in a box: an avatar."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, VideoFrame
from phonoscope.scene.drawing.layer import Patch
from phonoscope.scene.drawing.mirror import Mirror

Draw = Callable[[int], VideoFrame]
"""Returns frame `number` of the scene, of the box's size; the next call may overwrite it."""


class PictureLayer:
    """Something that moves, in its box.

    Parameters
    ----------
    draw
        Returns its frame by number.
    box
        Where it is.
    mask
        What of the box is seen, uint8 (height, width); None for all of it.
    mirror
        Left and right change places.
    """

    def __init__(self, draw: Draw, box: Box, mask: NDArray[np.uint8] | None = None, mirror: bool = False) -> None:
        self.box = box
        self._draw = draw
        self._mask = mask
        self._mirror = Mirror((box.width, box.height)) if mirror else None
        self._alpha = np.empty((box.height, box.width), np.uint8)
        self._foreseen: tuple[int, VideoFrame] | None = None

    def patch(self, number: int) -> Patch:
        """See `Layer`."""
        foreseen, self._foreseen = self._foreseen, None
        frame = foreseen[1] if foreseen is not None and foreseen[0] == number else self._seen(number)
        return Patch(self.box, self._masked(frame), number)

    def foresee(self, number: int) -> NDArray[np.uint8] | None:
        """Return where a frame is seen, uint8 (height, width), or None for one that has no holes of its own.

        If `patch` is called for it next, it is drawn only once.
        """
        frame = self._seen(number)
        self._foreseen = number, frame
        return None if frame.alpha is None else self._masked(frame).alpha

    def _seen(self, number: int) -> VideoFrame:
        frame = self._draw(number)
        return frame if self._mirror is None else self._mirror.flip(frame)

    def _masked(self, frame: VideoFrame) -> VideoFrame:
        if self._mask is None:
            return frame
        if frame.alpha is None:
            return VideoFrame(frame.luma, frame.chroma, self._mask)
        cv2.multiply(frame.alpha, self._mask, dst=self._alpha, scale=1 / 255)
        return VideoFrame(frame.luma, frame.chroma, self._alpha)
