"""Filling a hole in a small picture with a smooth surface, fast."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE_PX = 40
"""The surface is solved on a grid of about this many pixels a side: it has no detail to lose."""
_ROUNDS = 80
"""Rounds of relaxation there: enough after a start from ever wider means."""


def fill_membrane(colour: NDArray[np.float32], hole: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return a picture whose hole is filled with about the solution of Laplace's equation.

    Parameters
    ----------
    colour
        float32, shape (height, width, channels): used outside the hole only.
    hole
        bool, shape (height, width).
    """
    height, width = hole.shape
    scale = min(1.0, _SIDE_PX / max(height, width))
    size = max(4, round(width * scale)), max(4, round(height * scale))
    known = (~hole).astype(np.float32)
    weight = np.asarray(cv2.resize(known, size, interpolation=cv2.INTER_AREA), np.float32)
    small = np.asarray(cv2.resize(colour * known[..., None], size, interpolation=cv2.INTER_AREA), np.float32)
    fixed = (weight > 0.3)[..., None]
    start = _widening_means(small, weight)
    surface = np.where(fixed, small / np.maximum(weight, 1e-6)[..., None], start).astype(np.float32)
    kernel = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], np.float32) / 4
    for _ in range(_ROUNDS):
        relaxed = cv2.filter2D(surface, -1, kernel, borderType=cv2.BORDER_REPLICATE)
        surface = np.where(fixed, surface, relaxed)
    filled = cv2.resize(surface, (width, height), interpolation=cv2.INTER_CUBIC if scale < 1 else cv2.INTER_NEAREST)
    return np.asarray(np.where(hole[..., None], filled, colour), np.float32)


def _widening_means(small: NDArray[np.float32], weight: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what is known, spread by ever wider blurs: the nearest counts most."""
    spread, share = small.copy(), weight.copy()
    for k, sigma in enumerate((1.5, 4.0, 12.0)):
        gain = 10.0 ** (-2 * (k + 1))
        spread += gain * cv2.GaussianBlur(small, (0, 0), sigma)
        share += gain * cv2.GaussianBlur(weight, (0, 0), sigma)
    return np.asarray(spread / np.maximum(share, 1e-9)[..., None], np.float32)
