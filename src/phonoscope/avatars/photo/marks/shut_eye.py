"""An eye that shuts without skin to show: what it hides, and the line that is left."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.eyes.eye_kernels import BELOW, CLEAN, COVER, GAP, LASH_LINE, LASHES, PHOTO, PLATE
from phonoscope.avatars.photo.eyes.eye_shape import UPPER_SHARE
from phonoscope.avatars.photo.eyes.eyes import Eye

HOLE, RIM = 0.16, 0.34
"""Around the opening a shut eye hides the photo this far, and where the photo is dark this far: lids of animals and of
drawings have dark edges. In openings."""

RIM_DARK = 0.72
"""Light of such an edge against what is around it, at most."""

REACH = 0.6
"""How far above the opening a lid moves at least what is there, in openings."""

SEEN = (0.40, 0.85)
"""What is around the eye is seen between these distances from the opening, in openings."""

LINE_HALF, LINE_BETWEEN = 0.045, 0.25
"""Half the width of the line of a shut eye, in openings, and the part of its darkness that a lid's edge has on its
way."""


def shut_with(eye: Eye, lid: NDArray[np.float32], hole: NDArray[np.bool_], darkness: float, rides: bool = True) -> Eye:
    """Return an eye that shuts with a lid of given looks.

    Parameters
    ----------
    lid
        float32, shape (height, width, 3): the closed lid, 0 to 255, used in the hole.
    hole
        bool, shape (height, width): of `hidden_by_lid`.
    darkness
        Of the line of the shut eye, 0 to 1.
    rides
        The photographed edge of the lid goes along with it.
    """
    opening = eye.sizes[0]
    soft = cv2.GaussianBlur(hole.astype(np.float32), (0, 0), max(0.8, 0.03 * opening))
    shut = eye.photo + (lid - eye.photo) * soft[..., None]
    skins, lines = eye.skins.copy(), eye.lines.copy()
    for first in (CLEAN, PLATE):
        skins[..., first : first + 3] = np.clip(shut + 0.5, 0, 255)
    if not rides:
        beside = (distance_from_eye(eye) > 0)[..., None]
        skins[..., PHOTO : PHOTO + 3] = np.where(beside, skins[..., PLATE : PLATE + 3], skins[..., PHOTO : PHOTO + 3])
    lines[..., LASHES] = 1
    lines[..., LASH_LINE] = 1 - darkness * _line(lines, opening)
    lines[..., COVER] = np.maximum(lines[..., COVER], soft)
    sizes = (*eye.sizes[:2], max(eye.sizes[2], REACH), *eye.sizes[3:])
    return replace(eye, skins=np.ascontiguousarray(skins), lines=np.ascontiguousarray(lines), sizes=sizes)


def distance_from_eye(eye: Eye) -> NDArray[np.float32]:
    """Return each pixel's distance from the opening, in openings; 0 inside."""
    below, gap = eye.lines[..., BELOW], eye.lines[..., GAP]
    inside = (below > 0) & (below < gap)
    away = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(away / eye.sizes[0], np.float32)


def hidden_by_lid(photo: NDArray[np.uint8], away: NDArray[np.float32]) -> NDArray[np.bool_] | None:
    """Return what a shut eye hides: the opening, and the dark edge around it; None if nothing around is seen."""
    light = photo.mean(2, dtype=np.float32)
    ring = (away > SEEN[0]) & (away < SEEN[1])
    hole = away < HOLE
    if not ring.any() or not (away == 0).any():
        return None
    dark = (light < RIM_DARK * float(np.median(light[ring]))) & (away < RIM)
    _, pieces = cv2.connectedComponents((dark | hole).astype(np.uint8))
    hole |= np.isin(pieces, np.unique(pieces[hole])) & dark
    hole = cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    hole[[0, -1]] = False
    hole[:, [0, -1]] = False
    return np.asarray(hole)


def _line(lines: NDArray[np.float32], opening: float) -> NDArray[np.float32]:
    """Return the share of the lids' line, 0 to 1: thin and full where a shut eye has it, faint where a lid passes."""
    below, gap = lines[..., BELOW], lines[..., GAP]
    from_line = (below - UPPER_SHARE * gap) / opening
    ends = smoothstep(0.02, 0.45, gap / opening)
    shape = LINE_BETWEEN + (1 - LINE_BETWEEN) * np.exp(-((from_line / LINE_HALF) ** 2))
    return np.asarray(ends * shape, np.float32)
