"""Pictures of one ink: sepia prints, toned photographs, marble; what is drawn into them takes on their tone."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import FACE_OVAL

_SIDE_PX = 64
"""The face is reduced to this before its colours are compared: compression blurs colours in blocks."""
_ONE_TONE, _ONE_TONE_LIP = 2.2, 2.0
"""Deviation of a face's Lab colours, and of its lips', from one line of tones below which there is only that line.
Sepia prints, compressed, measured 2.0 and 1.5; the least colourful painting 2.5 and 2.5."""
_KNOWN_PERCENTILES = (2, 98)
"""Lightness between which a face's tones are known; beyond, they fade to black and white."""


def measure_tint(rgb: NDArray[np.uint8], frame: FaceFrame, lip: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the colour of each grey level in a picture of one tone, float64 (256, 3), or None if it has more.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3).
    lip
        The lips' colour, sRGB 0 to 255, shape (3,): where there is colour at all, it is there.
    """
    outline = frame.landmarks_px[list(FACE_OVAL), :2]
    low = np.clip(np.floor(outline.min(0)).astype(int), 0, np.array(rgb.shape[1::-1]) - 2)
    high = np.maximum(np.ceil(outline.max(0)).astype(int), low + 2)
    face = cv2.resize(rgb[low[1] : high[1], low[0] : high[0]], (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(face.astype(np.float32) / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.float64)
    tones = np.linalg.lstsq(_powers(lab[:, 0]), lab[:, 1:], rcond=None)[0]
    lip_lab = cv2.cvtColor((lip / 255).astype(np.float32).reshape(1, 1, 3), cv2.COLOR_RGB2LAB)
    lip_lab = np.asarray(lip_lab, np.float64).reshape(1, 3)
    spread = np.hypot(*(lab[:, 1:] - _powers(lab[:, 0]) @ tones).std(0))
    lip_spread = np.hypot(*(lip_lab[:, 1:] - _powers(lip_lab[:, 0]) @ tones)[0])
    if spread > _ONE_TONE or lip_spread > _ONE_TONE_LIP:
        return None
    first, last = np.percentile(lab[:, 0], _KNOWN_PERCENTILES)
    grey = np.repeat(np.arange(256, dtype=np.float32)[None, :, None] / 255, 3, 2)
    light = cv2.cvtColor(grey, cv2.COLOR_RGB2LAB)[0, :, 0].astype(np.float64)
    fade = np.clip(light / max(first, 1.0), 0, 1) * np.clip((100 - light) / max(100 - last, 1.0), 0, 1)
    colour = _powers(np.clip(light, first, last)) @ tones * fade[:, None]
    table = np.dstack([light[None], colour[None]]).astype(np.float32)
    return np.asarray(np.clip(cv2.cvtColor(table, cv2.COLOR_LAB2RGB)[0] * 255, 0, 255), np.float64)


def tinted(colour: NDArray[np.float64], tint: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Return sRGB colours, shape (..., 3), in a picture's one tone; as they are if it has more."""
    if tint is None:
        return colour
    level = np.clip(colour.mean(-1), 0, 255)
    return np.stack([np.interp(level, np.arange(256), tint[:, channel]) for channel in range(3)], -1)


def _powers(light: NDArray[np.float64]) -> NDArray[np.float64]:
    share = np.asarray(light, np.float64) / 100
    return np.stack([np.ones_like(share), share, share**2], 1)
