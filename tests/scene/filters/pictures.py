"""Frames to filter."""

from __future__ import annotations

import cv2
import numpy as np
import skimage.data

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.frames import VideoFrame

SIZE = (322, 182)
"""No multiple of any grid."""


def astronaut(size_px: tuple[int, int] = SIZE) -> VideoFrame:
    """Return a frame full of detail."""
    picture = np.ascontiguousarray(skimage.data.astronaut()[:288])
    return rgb_to_frame(np.asarray(cv2.resize(picture, size_px, interpolation=cv2.INTER_AREA), np.uint8))


def grey(level: int, size_px: tuple[int, int] = SIZE) -> VideoFrame:
    """Return a frame of one luma."""
    width, height = size_px
    return VideoFrame(np.full((height, width), level, np.uint8), np.full((height // 2, width // 2, 2), 128, np.uint8))


def holed(frame: VideoFrame) -> VideoFrame:
    """Return a frame with a soft-edged disc as its alpha, and bright colours where it hides them."""
    height, width = frame.luma.shape
    y, x = np.mgrid[:height, :width]
    alpha = np.clip((height / 3 - np.hypot(x - width / 2, y - height / 2)) / 4 + 0.5, 0, 1)
    hidden = alpha == 0
    luma, chroma = frame.luma.copy(), frame.chroma.copy()
    luma[hidden] = 235
    chroma[hidden[::2, ::2] & hidden[1::2, 1::2]] = (16, 240)
    return VideoFrame(luma, chroma, np.rint(alpha * 255).astype(np.uint8))


def blank(like: VideoFrame) -> VideoFrame:
    """Return a frame of the same size, full of something else."""
    alpha = None if like.alpha is None else np.full_like(like.alpha, 77)
    return VideoFrame(np.full_like(like.luma, 99), np.full_like(like.chroma, 33), alpha)


def same(first: VideoFrame, second: VideoFrame) -> bool:
    """Tell whether frames are the same to the pixel."""
    alphas = (first.alpha, second.alpha)
    if (alphas[0] is None) != (alphas[1] is None):
        return False
    return (
        np.array_equal(first.luma, second.luma)
        and np.array_equal(first.chroma, second.chroma)
        and (alphas[0] is None or alphas[1] is None or np.array_equal(alphas[0], alphas[1]))
    )
