"""Where an eye's lids begin, and where they meet."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.puppet import Colour

SOLID = 96
"""Alpha from which a pixel belongs to the eye."""

SMOOTH = 0.06
"""How far an outline is smoothed, in widths of the eye: lids are no staircases."""

SOFT_PX = 2
"""Width of an eye's soft edge."""

LASH_ALPHA, LASH_SHARE = 200, 0.4
"""Alpha of lashes, and the share of such pixels around an eye that says that it has some."""

SHADOW_ASIDE = 0.10
"""How far from an eye's middle, in eye sizes, the middle of what surrounds it is for a shadow."""

LINE_DISTANCE = 60
"""Largest distance of colours, per channel, at which a rim is made of the lid's line."""

RIM_SHARE = 0.6
"""Share of a lower rim in that colour at which an eye is outlined."""


@dataclass(frozen=True, slots=True, eq=False)
class Lids:
    """An eye's lids in its patch.

    Attributes
    ----------
    curves
        float32, shape (11, width). In each column of the patch: y of the eye's upper and lower end, and y where the
        lids meet, all smooth; then room for four more; the upper and lower end as drawn, and room for two more.
    ends
        First and last column of the eye.
    has_lashes
        What is drawn around it is solid, as lashes are; sockets and shadows are clear.
    has_shadow
        It lies to one side, as shadows do, which go with what throws them.
    """

    curves: NDArray[np.float32]
    ends: tuple[int, int]
    has_lashes: bool
    has_shadow: bool


def find_lids(white: NDArray[np.uint32], box: tuple[float, float, float, float], shut_height: float) -> Lids:
    """Find the lids of an eye, uint32 pixels of shape (height, width), within its box x0, y0, x1, y1."""
    height, width = white.shape
    x0, x1 = max(round(box[0]), 0), min(max(round(box[2]), round(box[0]) + 3), width)
    y0, y1 = max(round(box[1]), 0), min(max(round(box[3]), round(box[1]) + 3), height)
    solid = (white[y0:y1, x0:x1] >> 24) >= SOLID
    filled = solid.any(0)
    # A pixel's middle is its place: its upper end lies half a pixel above.
    top = np.where(filled, y0 + solid.argmax(0) - 0.5, np.nan)
    bottom = np.where(filled, y1 - solid[::-1].argmax(0) - 0.5, np.nan)
    if filled.sum() < 3:
        top, bottom = _ellipse(x1 - x0, box)
        filled = np.ones(x1 - x0, bool)
    first, last = (int(i) for i in np.flatnonzero(filled)[[0, -1]])
    inside = np.arange(first, last + 1)
    known = np.flatnonzero(filled)
    spread = max(SMOOTH * len(inside), 0.5)
    upper, lower = (_smoothed(np.interp(inside, known, values[filled]), spread) for values in (top, bottom))
    across = np.linspace(-1, 1, len(inside))
    corners = np.interp(across, [-1, 1], [0.5 * (upper[0] + lower[0]), 0.5 * (upper[-1] + lower[-1])])
    middle = upper.min() + shut_height * (lower.max() - upper.min()) + 0.08 * (lower.max() - upper.min())
    sag = max(middle - float(np.interp(0.0, across, corners)), 0.0)
    meet = np.clip(corners + sag * (1 - across**2), np.minimum(upper, lower), np.maximum(upper, lower))
    curves = np.zeros((11, width), np.float32)
    columns = np.arange(width)
    for row, values in enumerate((upper, lower, meet)):
        curves[row] = np.interp(columns, x0 + inside, values)
    ends = x0 + first, x0 + max(last, first + 1)
    # The outline as drawn, and soft edges at its sides.
    for row, values, nothing in ((7, top, 1e4), (8, bottom, -1e4)):
        drawn = np.interp(columns, x0 + known, values[filled])
        curves[row] = np.where((columns >= ends[0] - SOFT_PX) & (columns <= ends[1] + SOFT_PX), drawn, nothing)
    rows = np.arange(height)[:, None]
    around = (white >> 24 > 0) & ((rows < curves[7] - SOFT_PX) | (rows > curves[8] + SOFT_PX))
    if not around.any():
        return Lids(curves, ends, False, False)
    has_lashes = float((white[around] >> 24 >= LASH_ALPHA).mean()) > LASH_SHARE
    middle = np.array([0.5 * (y0 + y1), 0.5 * (x0 + x1)])
    aside = np.abs(np.argwhere(around).mean(0) - middle) / (y1 - y0, x1 - x0)
    return Lids(curves, ends, has_lashes, float(aside.max()) > SHADOW_ASIDE)


def is_outlined(white: NDArray[np.uint32], lids: Lids, line: Colour) -> bool:
    """Return whether an eye's lower rim has the colour of its line."""
    columns = np.arange(lids.ends[0], lids.ends[1] + 1)[2:-2]
    rows = np.clip(np.floor(lids.curves[1, columns] - 1.0).astype(int), 0, len(white) - 1)
    rim = white[rows, columns]
    colours = np.stack([rim & 255, (rim >> 8) & 255, (rim >> 16) & 255], -1).astype(int)
    alike = (np.abs(colours - np.array(line)).max(-1) < LINE_DISTANCE) & ((rim >> 24) > SOLID)
    return bool(len(columns)) and float(alike.mean()) > RIM_SHARE


def _ellipse(columns: int, box: tuple[float, float, float, float]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the outline of an eye that shows none."""
    across = np.linspace(-1, 1, columns)
    half = 0.5 * (box[3] - box[1]) * np.sqrt(np.maximum(1 - across**2, 0))
    middle = 0.5 * (box[1] + box[3]) - 0.5
    return middle - half, middle + half


def _smoothed(values: NDArray[np.float64], spread: float) -> NDArray[np.float64]:
    line = np.ascontiguousarray(values[None], np.float64)
    smooth = np.asarray(cv2.GaussianBlur(line, (0, 0), spread, borderType=cv2.BORDER_REPLICATE), np.float64)
    return smooth.reshape(-1)
