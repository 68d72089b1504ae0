"""Somebody or nobody: large areas that a mask leaves open are decided by their colours.

GrabCut (Rother, Kolmogorov, Blake, SIGGRAPH 2004): what is surely in front and surely behind tells the colours of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.matte.person_mask import Head

WORK_PX = 200
"""Longest side of the picture while its colours are sorted; edges are found later, at full size."""

ROUNDS = 4

OPEN = (0.1, 0.9)
"""Between these a mask does not know."""

LEAST_OPEN_SHARE = 0.004
"""Share of the picture that must be open, beside edges, for the colours to be asked."""

EDGE_CELLS = 4
"""Open cells this near to both sides are an edge, which is no question."""

SUBJECT = ((0.5, 0.65), (1.5, 1.9))
"""Half-axes of the ellipses around a marked face, across and down, in face heights: surely part of the animal, and
surely holding most of it."""


PLAIN = 7
"""Levels by which a plain background may vary from its colour at the picture's rim."""

BESIDE = 1.25
"""Rim this far outside a face, in the half-axes of what surely is part of it, shows what is behind."""

MOST_PLAIN = 0.7
"""Share of a thing's face that a plain background may take: what a thing's outline is, nobody has marked."""

CHIN = 0.5
"""Below this, in face heights under a face's middle, a body may reach the rim; a thing has none."""


def decide(rgb: NDArray[np.uint8], mask: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a mask, float32 (height, width), whose large uncertain areas are settled."""
    small_rgb, small = _small(rgb), _small(mask)
    unsure = (small > OPEN[0]) & (small < OPEN[1])
    wide = cv2.morphologyEx(unsure.astype(np.uint8), cv2.MORPH_OPEN, np.ones((EDGE_CELLS, EDGE_CELLS), np.uint8)) > 0
    if wide.mean() < LEAST_OPEN_SHARE or small.max() < OPEN[1] or small.min() > OPEN[0]:
        return mask
    marks = np.where(small > 0.5, cv2.GC_PR_FGD, cv2.GC_PR_BGD).astype(np.uint8)
    marks[small >= OPEN[1]] = cv2.GC_FGD
    marks[small <= OPEN[0]] = cv2.GC_BGD
    front = _sort_colours(small_rgb, marks)
    near = np.asarray(cv2.dilate(wide.astype(np.float32), np.ones((3, 3))), np.float32)
    settled, say = (_large(plane, mask.shape) for plane in (front, near))
    return np.asarray(mask + (settled - mask) * say, np.float32)


def find_subject(rgb: NDArray[np.uint8], heads: Sequence[Head], bodies: bool = True) -> NDArray[np.float32]:
    """Return a mask of what marked faces belong to, float32 (height, width), 0 to 1: for animals, toys and things.

    What has the colours of the faces, and not those of the picture's rim far from them, belongs to them; a plain
    background is followed from the rim. `bodies` tells that more may hang on the faces.
    """
    small_rgb = _small(rgb)
    scale = small_rgb.shape[0] / rgb.shape[0]
    rows, columns = small_rgb.shape[:2]
    y, x = np.mgrid[:rows, :columns]
    marks = np.full((rows, columns), cv2.GC_BGD, np.uint8)
    sure = np.zeros((rows, columns), bool)
    for head in heads:
        across, down = (x / scale - head.x_px) / head.height_px, (y / scale - head.y_px) / head.height_px
        for (half_across, half_down), mark in zip(SUBJECT, (None, cv2.GC_PR_BGD), strict=True):
            inside = (across / half_across) ** 2 + (down / half_down) ** 2 < 1
            if mark is None:
                sure |= inside
            else:
                # Below a head is a body.
                marks[inside | ((np.abs(across) < half_across) & (down > 0))] = mark
    marks[sure] = cv2.GC_FGD
    marks[cv2.dilate(sure.astype(np.uint8), np.ones((3, 3))).astype(bool) & ~sure] = cv2.GC_PR_FGD
    if not (marks == cv2.GC_BGD).any():
        # The face fills the picture: its corners are what is left of the background.
        reach = max(2, rows // 12), max(2, columns // 12)
        corner = np.zeros((rows, columns), bool)
        corner[: reach[0], : reach[1]] = corner[: reach[0], -reach[1] :] = True
        marks[corner & ~sure] = cv2.GC_BGD
    plain = _plain_background(small_rgb, heads, scale, bodies)
    if bodies or plain[sure].mean() > MOST_PLAIN:
        plain &= ~sure
    marks[plain] = cv2.GC_BGD
    return _large(_sort_colours(small_rgb, marks), rgb.shape[:2])


def _plain_background(rgb: NDArray[np.uint8], heads: Sequence[Head], scale: float, bodies: bool) -> NDArray[np.bool_]:
    """Return what hangs together with the rim by its colour, bool (height, width)."""
    rows, columns = rgb.shape[:2]
    y, x = np.mgrid[:rows, :columns]
    seeds = np.zeros((rows, columns), bool)
    seeds[[0, -1]] = True
    seeds[:, [0, -1]] = True
    for head in heads:
        across, down = (x / scale - head.x_px) / head.height_px, (y / scale - head.y_px) / head.height_px
        half_across, half_down = SUBJECT[0]
        seeds &= np.hypot(across / half_across, down / half_down) > BESIDE
        if bodies:
            seeds &= down < CHIN
    found = np.zeros((rows + 2, columns + 2), np.uint8)
    flags = 4 | (1 << 8) | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE
    flat = np.ascontiguousarray(rgb)
    for row, column in zip(*np.nonzero(seeds), strict=True):
        if not found[row + 1, column + 1]:
            cv2.floodFill(flat, found, (int(column), int(row)), (0, 0, 0), (PLAIN,) * 3, (PLAIN,) * 3, flags)
    return found[1:-1, 1:-1] > 0


def _sort_colours(rgb: NDArray[np.uint8], marks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return 1 where GrabCut sees the foreground, else 0; the marks are its own."""
    # Its clusters start at random places: always the same ones here.
    cv2.setRNGSeed(0)
    behind, front = np.zeros((1, 65)), np.zeros((1, 65))
    sorted_marks = marks.copy()
    cv2.grabCut(rgb, sorted_marks, (0, 0, 1, 1), behind, front, ROUNDS, cv2.GC_INIT_WITH_MASK)
    return np.isin(sorted_marks, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.float32)


def _small(image: NDArray[Any]) -> NDArray[Any]:
    """Return a picture or a mask at the size to work at."""
    height, width = image.shape[:2]
    scale = min(1.0, WORK_PX / max(height, width))
    size = max(2, round(width * scale)), max(2, round(height * scale))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))


def _large(mask: NDArray[np.float32], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return a mask at full size."""
    soft = cv2.GaussianBlur(mask, (0, 0), 0.7)
    return np.asarray(np.clip(cv2.resize(soft, shape[1::-1], interpolation=cv2.INTER_CUBIC), 0, 1), np.float32)
