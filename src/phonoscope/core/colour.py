"""sRGB to and from the encoder's BT.709 limited range, with left-sited chroma (ITU-R BT.709-6, H.264 Annex E)."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import VideoFrame

_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB
_Y_SCALE, _C_SCALE = 219 / 255, 224 / 255

RGB_TO_YCC = np.array(
    [
        [_KR * _Y_SCALE, _KG * _Y_SCALE, _KB * _Y_SCALE, 16],
        [
            -_KR / (2 - 2 * _KB) * _C_SCALE,
            -_KG / (2 - 2 * _KB) * _C_SCALE,
            0.5 * _C_SCALE,
            128,
        ],
        [0.5 * _C_SCALE, -_KG / (2 - 2 * _KR) * _C_SCALE, -_KB / (2 - 2 * _KR) * _C_SCALE, 128],
    ],
    np.float32,
)
"""sRGB, 0 to 255, to Y, Cb and Cr; the last column is added. Shape (3, 4)."""

YCC_TO_RGB = np.linalg.inv(np.vstack([RGB_TO_YCC, [0, 0, 0, 1]]))[:3].astype(np.float32)
"""The way back."""

# Left-sited chroma lies on the even columns, half-way between two rows: a 1-2-1 filter across, a plain mean down.
_SITING = np.array([[1, 2, 1], [1, 2, 1]], np.float32) / 8


def rgb_to_frame(rgb: NDArray[np.uint8]) -> VideoFrame:
    """Convert an RGB picture, shape (height, width, 3), even sizes, into a new video frame."""
    # cv2.transform on bytes rounds and saturates by itself.
    ycc = cv2.transform(rgb, RGB_TO_YCC)
    # Anchor (1, 0): the kernel covers this row and the next, and one column to each side.
    chroma = cv2.filter2D(ycc[..., 1:], -1, _SITING, anchor=(1, 0), borderType=cv2.BORDER_REPLICATE)
    return VideoFrame(np.ascontiguousarray(ycc[..., 0]), np.ascontiguousarray(chroma[::2, ::2]))


def frame_to_rgb(frame: VideoFrame) -> NDArray[np.uint8]:
    """Convert a video frame into a new RGB picture, shape (height, width, 3)."""
    chroma = spread_chroma(frame.chroma, frame.size_px)
    ycc = cv2.merge([frame.luma, chroma[..., 0], chroma[..., 1]])
    return np.asarray(cv2.transform(ycc, YCC_TO_RGB), np.uint8)


def spread_chroma(chroma: NDArray[np.integer[Any]], size_px: tuple[int, int]) -> NDArray[Any]:
    """Interpolate left-sited chroma, shape (height / 2, width / 2, 2), to every pixel of a frame of `size_px`."""
    # Luma column x lies at chroma column x / 2 (left-sited), luma row y at chroma row (y - .5) / 2.
    spread = np.array([[0.5, 0, 0], [0, 0.5, -0.25]], np.float32)
    return np.asarray(
        cv2.warpAffine(
            chroma, spread, size_px, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
        )
    )
