"""Frames whose left and right change places."""

from __future__ import annotations

import cv2
import numpy as np

from phonoscope.core.frames import VideoFrame

_BETWEEN = np.array([[0.5, 0.5]], np.float32)


class Mirror:
    """Mirrors frames of one size, into a frame that the next call overwrites."""

    def __init__(self, size_px: tuple[int, int]) -> None:
        width, height = size_px
        self._luma, self._alpha = np.empty((2, height, width), np.uint8)
        self._flipped, self._chroma = np.empty((2, height // 2, width // 2, 2), np.uint8)

    def flip(self, frame: VideoFrame) -> VideoFrame:
        """Return the frame's mirror image."""
        cv2.flip(frame.luma, 1, dst=self._luma)
        cv2.flip(frame.chroma, 1, dst=self._flipped)
        # Left-sited samples come to lie on the odd columns: those on the even ones are half-way between two of them.
        cv2.filter2D(self._flipped, -1, _BETWEEN, dst=self._chroma, anchor=(1, 0), borderType=cv2.BORDER_REPLICATE)
        if frame.alpha is None:
            return VideoFrame(self._luma, self._chroma)
        cv2.flip(frame.alpha, 1, dst=self._alpha)
        return VideoFrame(self._luma, self._chroma, self._alpha)
