"""The colour of what is in front, without what shines through its edges.

Blur-fusion foreground estimation (M. Forte, "Approximate Fast Foreground Colour Estimation", ICIP 2021), two passes.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.matte.sampling import around, read_small
from phonoscope.core.pull_push import fill_in

WIDE_REACH, NEAR_REACH = 0.12, 0.015
"""Sides of the windows of the two passes, in face heights: first where colours come from, then which are close by."""

LEAST_WIDE_PX, LEAST_NEAR_PX = 15, 5

WIDE_DETAIL = 12
"""Samples across the wide window: its means are smooth, and so computed smaller."""

_NOTHING = 1e-4
"""Weight below which a window holds nothing of its kind."""

_Colours = NDArray[np.float32]


def estimate_foreground(rgb: NDArray[np.uint8], alpha: NDArray[np.float32], face_px: float) -> NDArray[np.uint8]:
    """Return the colours of the foreground everywhere: mixed ones are unmixed, and beyond its edges it goes on.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3).
    alpha
        float32, shape (height, width), 0 to 1.
    face_px
        Height of a face in the picture.
    """
    filled = _continued(rgb, alpha)
    mixed = (alpha > 0) & (alpha < 1)
    if not mixed.any():
        return np.where(alpha[..., None] > 0, rgb, filled)
    share = alpha[mixed][:, None]
    colour = rgb[mixed].astype(np.float32)
    front, behind = _wide_means(rgb, alpha, max(LEAST_WIDE_PX, round(WIDE_REACH * face_px)), mixed)
    front = np.clip(front + share * (colour - share * front - (1 - share) * behind), 0, 255)
    window = max(LEAST_NEAR_PX, round(NEAR_REACH * face_px))
    box = around(mixed, window)
    front, behind = _near_means(rgb[box], alpha[box], window, (mixed[box], front, behind))
    front = np.clip(front + share * (colour - share * front - (1 - share) * behind), 0, 255)
    # Where hardly anything is in front, what was unmixed is noise.
    beyond = filled[mixed]
    front = beyond + (front - beyond) * np.clip(share * 4, 0, 1)
    cv2.copyTo(rgb, (alpha >= 1).astype(np.uint8), filled)
    filled[mixed] = np.rint(front)
    return filled


def _continued(rgb: NDArray[np.uint8], alpha: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return the foreground's colours continued beyond its edges; smooth, and so computed at half the size."""
    height, width = alpha.shape
    half = (max(1, width // 2), max(1, height // 2))
    # Only what is opaque has a colour of its own.
    opaque = cv2.resize((alpha > 0.98).astype(np.float32), half, interpolation=cv2.INTER_AREA)
    small = cv2.resize(rgb, half, interpolation=cv2.INTER_AREA)
    filled = fill_in(small.astype(np.float32), (opaque >= 1).astype(np.float32))
    return np.asarray(cv2.resize(np.rint(filled).astype(np.uint8), (width, height)), np.uint8)


def _wide_means(
    rgb: NDArray[np.uint8], alpha: NDArray[np.float32], window_px: int, wanted: NDArray[np.bool_]
) -> tuple[_Colours, _Colours]:
    """Return the mean colours in front and behind, each float32 (n, 3), around the n wanted pixels."""
    height, width = alpha.shape
    shrink = max(1, window_px // WIDE_DETAIL)
    size = (-(-width // shrink), -(-height // shrink))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    small_alpha = np.asarray(cv2.resize(alpha, size, interpolation=cv2.INTER_AREA), np.float32)
    window = (max(3, window_px // shrink),) * 2
    means = []
    places = np.nonzero(wanted)
    for share in (small_alpha, 1 - small_alpha):
        weight = np.maximum(cv2.blur(share, window), _NOTHING)[..., None]
        means.append(read_small(cv2.blur(small * share[..., None], window) / weight, wanted, places))
    return means[0], means[1]


def _near_means(
    rgb: NDArray[np.uint8],
    alpha: NDArray[np.float32],
    window_px: int,
    guess: tuple[NDArray[np.bool_], _Colours, _Colours],
) -> tuple[_Colours, _Colours]:
    """Return closer means, from where nothing is mixed and from a guess (where, in front, behind) elsewhere."""
    mixed, front, behind = guess
    means = []
    window = (window_px, window_px)
    for share, own in ((alpha, front), (1 - alpha, behind)):
        parts = np.asarray(cv2.bitwise_and(rgb, rgb, mask=(share >= 1).astype(np.uint8)), np.float32)
        parts[mixed] = own * share[mixed][:, None]
        weight = np.maximum(cv2.blur(share, window)[mixed], _NOTHING)[:, None]
        means.append(np.asarray(cv2.blur(parts, window)[mixed] / weight, np.float32))
    return means[0], means[1]
