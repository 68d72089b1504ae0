"""Pictures out of focus: a photo's own background without the people in front of it, or a whole picture."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import Box, Picture
from phonoscope.core.pull_push import fill_in

LARGEST_RADIUS = 0.045
"""Radius of the blur at strength 1, of the picture's shorter side."""

CLEARANCE = 0.03
"""The background is read this far from anybody, of the shorter side: nearer lie stray hairs and shadows of contact."""

WORK_RADIUS_PX = 8
"""Radius that the blur is computed at: a wider one is smooth enough to be made smaller."""

GAMMA = 2.2
"""Of the encoding: lights spread as light does, and stay lights."""


def defocus(photo: Picture, cut_out: Picture, photo_box: Box, strength: float) -> NDArray[np.uint8]:
    """Return the background of a photo as a lens would blur it, uint8, shape (height, width, 3).

    Nobody's colours are in it, so that no halo surrounds them; what they hide, and what lies outside the photo, is
    filled in from around.

    Parameters
    ----------
    photo, cut_out
        The canvas with the photo, and the people in it, of the same size.
    photo_box
        The part of the canvas that is photo.
    strength
        0 to 1.
    """
    height, width = photo.rgb.shape[:2]
    side = min(photo_box.width, photo_box.height)
    radius_px = max(0.5, LARGEST_RADIUS * strength**1.5 * side)
    clear_px = max(2, round(CLEARANCE * side))
    alpha = cut_out.alpha if cut_out.alpha is not None else np.zeros((height, width), np.uint8)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * clear_px + 1, 2 * clear_px + 1))
    seen = np.zeros((height, width), np.float32)
    seen[photo_box.slices] = (cv2.dilate(alpha, ellipse) < 8)[photo_box.slices]
    return _blur(fill_in(_light(photo.rgb), seen), radius_px)


def out_of_focus(rgb: NDArray[np.uint8], radius_px: float) -> NDArray[np.uint8]:
    """Return a whole picture as a lens would blur it, uint8, shape (height, width, 3)."""
    return _blur(_light(rgb), max(0.5, radius_px))


def _light(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    return (rgb.astype(np.float32) / 255) ** GAMMA


def _blur(light: NDArray[np.float32], radius_px: float) -> NDArray[np.uint8]:
    """Spread light over discs, and encode it."""
    height, width = light.shape[:2]
    scale = min(1.0, WORK_RADIUS_PX / radius_px)
    small = cv2.resize(
        light, (max(2, round(width * scale)), max(2, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    spread = cv2.filter2D(small, -1, _disc(radius_px * scale), borderType=cv2.BORDER_REFLECT)
    large = cv2.resize(spread, (width, height), interpolation=cv2.INTER_CUBIC) if scale < 1 else spread
    return np.asarray(np.rint(np.clip(large, 0, 1) ** (1 / GAMMA) * 255), np.uint8)


def _disc(radius_px: float) -> NDArray[np.float32]:
    """Return the image of a point of light: an even disc with a soft rim."""
    reach = int(np.ceil(radius_px)) + 1
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disc = np.clip(radius_px + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(disc / disc.sum(), np.float32)
