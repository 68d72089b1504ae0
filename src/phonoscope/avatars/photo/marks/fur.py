"""Fur over what moves: lips whose edge is hair, and lids that are not bare."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_kernels import BELOW, GAP, PLATE
from phonoscope.avatars.photo.eyes.eyes import Eye
from phonoscope.avatars.photo.mouth.box import MouthBox

HAIR = 0.006
"""How far hair may reach over the edge of a lip, in face heights."""

HAIR_FINE, HAIR_COARSE = 0.003, 0.012
"""Sizes between which the picture's detail is hair, in face heights."""

CORNER_HAIR, CORNER_FROM = 0.010, 0.55
"""Hair that reaches further towards the corners of the mouth, in face heights, and from where (`MouthBox.x`): a snout
parts in front, and its corners stay covered."""

LID_ABOVE = 1.12
"""Fur for the lid is taken from this far above it, in openings of the eye."""

LID_COARSE = 0.16
"""Detail finer than this is fur, in openings."""

LID_GAIN = 0.9

LID_LIKE_ABOVE, LID_SMOOTH = 0.7, 0.35
"""How far a lid's brightness is pulled to that of the fur above it, smoothed over so many openings."""


def furry_lips(box: MouthBox, rgb: NDArray[np.uint8], height_px: float) -> MouthBox:
    """Return a mouth whose lips end in hair, as the picture's own hair runs.

    Hair reaches over the opening only, so that shut lips stay shut.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3): the whole picture.
    height_px
        Face height.
    """
    grey = cv2.cvtColor(rgb[box.box.slices], cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = cv2.GaussianBlur(grey, (0, 0), max(0.5, HAIR_FINE * height_px))
    hair = fine - cv2.GaussianBlur(grey, (0, 0), max(1.0, HAIR_COARSE * height_px))
    hair = np.clip(0.5 + 0.5 * hair / (2 * float(hair.std()) + 1.0), 0, 1)
    reach = HAIR * hair
    reach = reach + CORNER_HAIR * smoothstep(CORNER_FROM, 1.0, np.abs(box.x)) * (0.4 + 0.6 * hair)
    reach = (reach * height_px).astype(np.float32)
    return replace(
        box, upper_distance_px=box.upper_distance_px - reach, lower_distance_px=box.lower_distance_px + reach
    )


def furry_lid(eye: Eye, rgb: NDArray[np.uint8]) -> Eye:
    """Return an eye whose closed lid has the fur above it; `rgb` is the whole picture, uint8 (height, width, 3)."""
    opening = eye.sizes[0]
    below, gap = eye.lines[..., BELOW], eye.lines[..., GAP]
    up = LID_ABOVE * opening
    columns = np.arange(eye.box.x0, eye.box.x1, dtype=np.float32)
    rows = np.arange(eye.box.y0, eye.box.y1, dtype=np.float32) - np.float32(up)
    x, y = np.meshgrid(columns, np.abs(rows))
    above = cv2.remap(rgb, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32)
    detail = above - cv2.GaussianBlur(above, (0, 0), max(1.0, LID_COARSE * opening))
    limit = 3 * float(np.median(np.abs(detail))) + 4
    lid = smoothstep(-0.12 * opening, 0.05 * opening, below) * (
        1 - smoothstep(-0.05 * opening, 0.12 * opening, below - gap)
    )
    moving = np.abs(eye.skins[..., PLATE : PLATE + 3].astype(np.float32) - eye.photo).max(-1) > 0
    skins = eye.skins.copy()
    plate = skins[..., PLATE : PLATE + 3].astype(np.float32)
    smooth_px = max(1.0, LID_SMOOTH * opening)
    fur = cv2.GaussianBlur(above, (0, 0), smooth_px) - cv2.GaussianBlur(plate, (0, 0), smooth_px)
    fur = LID_LIKE_ABOVE * fur + LID_GAIN * np.clip(detail, -limit, limit)
    plate = plate + fur * (lid * moving)[..., None]
    skins[..., PLATE : PLATE + 3] = np.clip(plate + 0.5, 0, 255)
    return replace(eye, skins=np.ascontiguousarray(skins))
