"""Fur over what moves: lips whose edge is hair, and lids that are not bare."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eyes import Eye
from phonoscope.avatars.photo.marks.shut_eye import SEEN, distance_from_eye, hidden_by_lid, shut_with
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.smooth_fill import fill_smoothly

HAIR, LOWER_HAIR = 0.005, 0.35
"""How far hair may reach over the edge of the upper lip, in face heights, and that share of it over the lower one:
where hair of both met across a narrow opening, it would be cut into dots."""

HAIR_FINE, HAIR_COARSE = 0.003, 0.012
"""Sizes between which the picture's detail is hair, in face heights."""

CORNER_HAIR, CORNER_FROM = 0.007, 0.55
"""Hair that reaches further towards the corners of the mouth, in face heights, and from where (`MouthBox.x`): a snout
parts in front, and its corners stay covered."""

LINE_DARK = 0.62
"""Darkness of the line of a shut eye."""

FUR_FROM = 1.4
"""The lid's hairs are copied from this far above it, in openings."""

FUR_COARSE, FUR_SMOOTH = 0.22, 0.12
"""Detail finer than this is hair; and what is coarser, smoothed so far, fades from all sides into the lid. In
openings."""

FUR_LIMIT = 2.5
"""Hairs are clipped at so many of their own typical deviations: no whisker, no ear is copied along."""

LID_LIGHT = 0.96
"""Light on a shut lid against the fur around it: its shade is what tells it from no eye at all."""

SMALL_PX = 72
"""Side of the box in which what is coarse is filled in."""


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
        box,
        upper_distance_px=box.upper_distance_px - reach,
        lower_distance_px=box.lower_distance_px + LOWER_HAIR * reach,
    )


def furry_lid(eye: Eye, rgb: NDArray[np.uint8]) -> Eye:
    """Return an eye whose shut lid is of the fur around it; `rgb` is the whole picture, uint8 (height, width, 3).

    Of an animal's lid a photo shows next to nothing, and animals' eyes are large and round: what is coarse is continued
    from all around the eye, and the hairs are those above it.
    """
    away = distance_from_eye(eye)
    hole = hidden_by_lid(eye.photo, away)
    if hole is None:
        return eye
    coarse = _filled(eye.photo, hole, max(1.0, FUR_SMOOTH * eye.sizes[0]))
    return shut_with(eye, coarse * np.float32(LID_LIGHT) + _hairs(eye, rgb, away), hole, LINE_DARK)


def _filled(photo: NDArray[np.uint8], hole: NDArray[np.bool_], smooth_px: float) -> NDArray[np.float32]:
    """Return the photo without detail, continued through a hole."""
    known = (~hole).astype(np.float32)
    weight = cv2.GaussianBlur(known, (0, 0), smooth_px)
    coarse = cv2.GaussianBlur(photo * known[..., None], (0, 0), smooth_px) / np.maximum(weight, 1e-3)[..., None]
    height, width = hole.shape
    scale = min(1.0, SMALL_PX / max(height, width))
    size = max(4, round(width * scale)), max(4, round(height * scale))
    small = np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_AREA), np.float64)
    inner = cv2.resize(hole.astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0
    inner[[0, -1]] = False
    inner[:, [0, -1]] = False
    small[inner] = fill_smoothly(small, inner)
    whole = cv2.resize(small.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(whole, np.float32)


def _hairs(eye: Eye, rgb: NDArray[np.uint8], away: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the detail of the fur above an eye, in grey levels, shape (height, width, 1)."""
    opening, down = eye.sizes[0], (eye.sizes[4], eye.sizes[5])
    columns = np.arange(eye.box.x0, eye.box.x1, dtype=np.float32) - np.float32(FUR_FROM * opening * down[0])
    rows = np.arange(eye.box.y0, eye.box.y1, dtype=np.float32) - np.float32(FUR_FROM * opening * down[1])
    x, y = np.meshgrid(columns, rows)
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    above = cv2.remap(grey, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32)
    fine = above - cv2.GaussianBlur(above, (0, 0), max(1.0, FUR_COARSE * opening))
    limit = FUR_LIMIT * 1.48 * float(np.median(np.abs(fine[away < SEEN[0]]))) + 1
    return np.asarray(limit * np.tanh(fine / limit), np.float32)[..., None]
