"""Sights of a coloured wall inside a mask: between loose hair, under an arm. What masks take for part of a person.

Only a plain wall of a clear colour can be known again so surely; hair and skin never have its colour.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

WORK_PX = 480
"""Longest side of the picture while the wall is looked for: a sight of it is some pixels wide."""

LEAST_CHROMA = 32.0
"""Of a wall's colour (Lab a*, b*): grey, beige and dark walls have the colours of hair and clothes."""

LEAST_SHARE = 0.1
"""Of what is behind, to have such a colour at all."""

PLAIN = 9.0
"""Most spread of its colour nearby (Lab), as a standard deviation."""

NEARBY = 0.6
"""How far off the wall's colour is taken, in face heights: light changes along a wall."""

LIGHTNESS_SHARE = 0.5
"""Weight of lightness in a distance of colours: shadows fall on walls."""

ALIKE, ALIKE_SPREADS = 9.0, 1.5
"""A pixel this near to the wall's colour (Lab), or so many of its spreads, is wall."""

PALER_SHARE = 0.35
"""Weight of a distance along the wall's own hue: single hairs before a wall make it paler."""

DEEP = 0.4
"""Farther inside the mask than this, in face heights, everything is the person: their colours are learnt there."""

WORN_SHARE, WORN_BIN = 0.002, 8
"""Share of what is deep inside from which on a colour is worn; side of the colour's cell (a*, b*)."""

LEAST_CELLS = 3
"""Sights narrower than this, in pixels of the work size, are noise."""


def see_wall(rgb: NDArray[np.uint8], mask: NDArray[np.float32], face_px: float) -> NDArray[np.bool_]:
    """Return where a plain coloured wall is seen inside a mask, bool (height, width).

    Parameters
    ----------
    rgb
        The photo, uint8, shape (height, width, 3).
    mask
        Where somebody is, float32 (height, width), 0 to 1.
    face_px
        Height of a face.
    """
    scale = min(1.0, WORK_PX / max(mask.shape))
    size = max(2, round(mask.shape[1] * scale)), max(2, round(mask.shape[0] * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    lab = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2LAB), np.float32) * np.array((LIGHTNESS_SHARE, 1, 1), np.float32)
    said = np.asarray(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), np.float32)
    unit = face_px * scale
    behind, inside = said < 0.1, said > 0.5
    coloured = behind & (np.hypot(lab[..., 1], lab[..., 2]) > LEAST_CHROMA)
    if coloured.sum() <= LEAST_SHARE * behind.sum():
        return np.zeros(mask.shape, bool)
    wall = (_like_wall(lab, behind, unit) & inside & ~_worn(lab, inside, unit)).astype(np.float32)
    wide = cv2.morphologyEx(wall, cv2.MORPH_OPEN, np.ones((LEAST_CELLS, LEAST_CELLS), np.float32))
    return np.asarray(cv2.resize(wide, mask.shape[::-1], interpolation=cv2.INTER_LINEAR) > 0)


def _like_wall(lab: NDArray[np.float32], behind: NDArray[np.bool_], unit: float) -> NDArray[np.bool_]:
    """Return the pixels that have the colour of a plain wall near them."""
    reach = 2 * round(NEARBY * unit) + 1
    weight = _mean(behind.astype(np.float32), reach)
    seen = np.maximum(weight, 1e-6)
    colour = _mean(lab * behind[..., None], reach) / seen[..., None]
    square = _mean((lab * lab).sum(2) * behind, reach) / seen
    spread = np.sqrt(np.maximum(square - (colour * colour).sum(2), 0))
    is_plain = (weight > 0.02) & (spread < PLAIN) & (np.hypot(colour[..., 1], colour[..., 2]) > LEAST_CHROMA)
    apart = lab - colour
    hue = colour[..., 1:] / np.maximum(np.linalg.norm(colour[..., 1:], axis=2), 1e-6)[..., None]
    paler = (apart[..., 1:] * hue).sum(2)
    apart[..., 1:] -= (1 - PALER_SHARE) * paler[..., None] * hue
    limit = np.maximum(ALIKE, ALIKE_SPREADS * spread)
    return np.asarray(is_plain & (np.linalg.norm(apart, axis=2) < limit))


def _worn(lab: NDArray[np.float32], inside: NDArray[np.bool_], unit: float) -> NDArray[np.bool_]:
    """Return the pixels deep inside, and all that have a colour that is frequent there."""
    framed = np.pad(inside.astype(np.uint8), 1, mode="edge")
    deep = cv2.distanceTransform(framed, cv2.DIST_L2, 5)[1:-1, 1:-1] > DEEP * unit
    cell = np.clip((lab[..., 1:] + 128) / WORN_BIN, 0, 256 // WORN_BIN - 1).astype(int)
    count = np.zeros((256 // WORN_BIN,) * 2, np.float32)
    np.add.at(count, (cell[deep][:, 0], cell[deep][:, 1]), 1)
    near = cv2.boxFilter(count, -1, (3, 3), normalize=False, borderType=cv2.BORDER_CONSTANT)
    is_worn = near > WORN_SHARE * max(1, int(deep.sum()))
    return np.asarray(deep | is_worn[cell[..., 0], cell[..., 1]])


def _mean(image: NDArray[np.float32], side: int) -> NDArray[np.float32]:
    return np.asarray(cv2.blur(image, (side, side), borderType=cv2.BORDER_REPLICATE), np.float32)
