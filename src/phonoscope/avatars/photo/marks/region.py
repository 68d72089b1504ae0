"""The head of a marked face: what moves together, where no finder of people can tell."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.faces import Face
from phonoscope.avatars.photo.finding.landmarks import CHIN, EAR_LEFT, EAR_RIGHT, FOREHEAD
from phonoscope.core.frames import Box

CUT_SIDE_PX = 160
"""The picture is cut at this size: heads have no finer outline, and it takes a tenth of a second."""

SURE, LIKELY, POSSIBLE = 0.75, 1.12, 1.75
"""Ellipses around the face, in its own half axes: surely head, likely head, and as far as it may reach."""

CUT_ROUNDS = 3

LEAST_SHARE, MOST_SHARE = 0.55, 0.985
"""Of the likely ellipse that a cut may call head; less is a failure of the cut. And of the possible one: a cut that
takes all of it has seen no outline."""

KNOWN_PERSON = 0.5
"""Share of a face that must be a person for the finder's word to count."""


def head_region(rgb: NDArray[np.uint8], face: Face, person: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what belongs to a face's head and body.

    Parameters
    ----------
    rgb
        uint8, shape (height, width, 3).
    person
        float32, shape (height, width): how surely each pixel shows a person, 0 to 1; it is believed where it knows the
        face.

    Returns
    -------
    float32, shape (height, width), 0 to 1.
    """
    height, width = rgb.shape[:2]
    radius = _radius(face, (width, height))
    if face.kind == "person" and float(person[radius < SURE].mean() if (radius < SURE).any() else 0) > KNOWN_PERSON:
        return person
    reach = POSSIBLE + 0.25
    rows, columns = (np.flatnonzero((radius < reach).any(axis)) for axis in (1, 0))
    likely = 1 - smoothstep(0.97, 1.03, radius / LIKELY)
    if not len(rows) or not len(columns):
        return likely.astype(np.float32)
    box = Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    cut = _cut(rgb[box.slices], radius[box.slices])
    if cut is None:
        return likely.astype(np.float32)
    found = np.zeros((height, width), np.float32)
    found[box.slices] = cut
    return found


def _radius(face: Face, size_px: tuple[int, int]) -> NDArray[np.float64]:
    """Return each pixel's distance from the face's middle, 1 on the ellipse through its ears, forehead and chin."""
    points = face.landmarks_px[:, :2]
    down = points[CHIN] - points[FOREHEAD]
    half_height = 0.5 * float(np.hypot(*down))
    down = down / max(2 * half_height, 1e-6)
    half_width = max(0.5 * float(np.hypot(*(points[EAR_RIGHT] - points[EAR_LEFT]))), 1.0)
    middle = 0.5 * (points[CHIN] + points[FOREHEAD])
    x, y = np.meshgrid(np.arange(size_px[0]) - middle[0], np.arange(size_px[1]) - middle[1])
    return np.asarray(
        np.hypot((x * down[1] - y * down[0]) / half_width, (x * down[0] + y * down[1]) / max(half_height, 1.0))
    )


def _cut(rgb: NDArray[np.uint8], radius: NDArray[np.float64]) -> NDArray[np.float32] | None:
    """Cut a head out of its surroundings (GrabCut; Rother et al. 2004), or return None where that fails."""
    height, width = rgb.shape[:2]
    scale = min(1.0, CUT_SIDE_PX / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    near = np.asarray(cv2.resize(radius, size, interpolation=cv2.INTER_AREA), np.float64)
    labels = np.full(near.shape, cv2.GC_BGD, np.uint8)
    labels[near < POSSIBLE] = cv2.GC_PR_BGD
    labels[near < LIKELY] = cv2.GC_PR_FGD
    labels[near < SURE] = cv2.GC_FGD
    if not (labels == cv2.GC_BGD).any() or not (labels == cv2.GC_FGD).any():
        return None
    # Its clusters start from OpenCV's random numbers.
    cv2.setRNGSeed(1)
    try:
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(small, labels, (0, 0, 1, 1), *models, CUT_ROUNDS, cv2.GC_INIT_WITH_MASK)
    except cv2.error:
        # Pictures of one colour have no clusters.
        return None
    head = ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).astype(np.uint8)
    head = _one_piece(head, near)
    likely, possible = head[near < LIKELY].mean(), head[near < POSSIBLE].mean()
    if likely < LEAST_SHARE or possible > MOST_SHARE:
        return None
    soft = cv2.GaussianBlur(head.astype(np.float32), (0, 0), 1.0)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _one_piece(head: NDArray[np.uint8], near: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return what hangs together with the face's middle, without holes."""
    _, pieces = cv2.connectedComponents(head)
    middle = pieces[np.unravel_index(int(near.argmin()), near.shape)]
    outside = (pieces != middle).astype(np.uint8)
    _, holes = cv2.connectedComponents(outside)
    rim = np.unique(np.concatenate([holes[0], holes[-1], holes[:, 0], holes[:, -1]]))
    return np.asarray(~np.isin(holes, rim[rim > 0]), np.uint8)
