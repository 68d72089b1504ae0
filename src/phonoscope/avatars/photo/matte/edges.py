"""From a soft mask to alpha: the edge is found in the picture, within a band along the mask's own."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.matte.sampling import around, read_small

BAND = 0.055
"""Half-width of the band, in face heights: what lies farther from the mask's edge is all in front or all behind."""

LEAST_BAND_PX = 4.0

GUIDE_RADIUS, GUIDE_FLATNESS = 0.012, 1e-3
"""Radius of the guided filter in face heights, and variance below which a window is flat: larger ones haze."""

NEAR_WINDOW = 0.1
"""Side of the window in which the colours before and behind are measured, in face heights."""

SURE_ERROR, UNSURE_ERROR = 0.08, 0.35
"""How far alpha from the mask may be off where it is sure, and where it is in doubt."""

WINDOW_DETAIL = 8
"""Samples across the window in which colours are measured."""

WHOLE_CELL = 0.8
"""Share of a sample that must lie on one side for it to count there."""

HALVED_RADIUS = 5
"""A guided filter this wide is as good at half the size."""

NOISE = 0.02
"""Least spread of a colour, of full scale: compression, grain."""

_SOFT = (0.15, 0.85)
"""The mask's values that are taken for nobody and for somebody."""

_NOTHING = 1e-4


def find_edges(rgb: NDArray[np.uint8], mask: NDArray[np.float32], face_px: float) -> NDArray[np.float32]:
    """Return alpha, float32 (height, width), 0 to 1, from a mask of the same shape (0 to 1)."""
    band_px = max(LEAST_BAND_PX, BAND * face_px)
    somebody = mask > 0.5
    inside_px = _signed_distance(somebody)
    band = np.abs(inside_px) < band_px
    alpha = somebody.astype(np.float32)
    if not band.any():
        return alpha
    window = max(5, round(NEAR_WINDOW * face_px)) | 1
    box = around(band, window)
    colour = rgb[box].astype(np.float32) / 255
    prior = _guided(colour, mask[box], face_px)
    # Full say in the middle half of the band.
    nearness = np.clip(2 * (1 - np.abs(inside_px[band]) / band_px), 0, 1)
    alpha[band] += (_weigh_colours(colour, prior, inside_px[box], (band_px, window)) - alpha[band]) * nearness
    return alpha


def _signed_distance(inside: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the distance to the edge in pixels, positive inside; shape (height, width)."""
    if inside.all() or not inside.any():
        return np.full(inside.shape, 1e6 if inside.all() else -1e6, np.float32)
    within = cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)
    without = cv2.distanceTransform((~inside).astype(np.uint8), cv2.DIST_L2, 5)
    return np.asarray(np.where(inside, within - 0.5, 0.5 - without), np.float32)


def _guided(colour: NDArray[np.float32], mask: NDArray[np.float32], face_px: float) -> NDArray[np.float32]:
    """Let a soft mask follow the picture's own edges."""
    low, high = _SOFT
    sharp = np.clip((mask - low) / (high - low), 0, 1)
    radius = max(2, round(GUIDE_RADIUS * face_px))
    rows, columns = mask.shape
    if radius >= HALVED_RADIUS:
        half = (-(-columns // 2), -(-rows // 2))
        colour, sharp = (
            np.asarray(cv2.resize(image, half, interpolation=cv2.INTER_AREA), np.float32) for image in (colour, sharp)
        )
        radius //= 2
    alpha = cv2.ximgproc.guidedFilter(colour, sharp, radius, GUIDE_FLATNESS)
    if alpha.shape != (rows, columns):
        alpha = cv2.resize(alpha, (columns, rows), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip((alpha - 0.05) / 0.9, 0, 1), np.float32)


def _weigh_colours(
    colour: NDArray[np.float32],
    prior: NDArray[np.float32],
    inside_px: NDArray[np.float32],
    reach_px: tuple[float, int],
) -> NDArray[np.float32]:
    """Correct alpha by where each colour lies between those before and behind; return that of the band's n pixels.

    Both are measured in a window of pixels outside the middle of the band. Along the line between their means, a
    pixel's colour tells alpha as exactly as the line is long and the two are even; that is weighed against the prior's
    own error.
    """
    band_px, window = reach_px
    band = np.abs(inside_px) < band_px
    sides = (inside_px > 0.5 * band_px, inside_px < -0.5 * band_px)
    (before, spread_before), (behind, spread_behind) = _means_and_spreads(colour, sides, window, band)
    line = before - behind
    length2 = np.maximum(np.einsum("nc,nc->n", line, line), _NOTHING)
    told = np.clip(np.einsum("nc,nc->n", colour[band] - behind, line) / length2, 0, 1)
    error2 = (told**2 * spread_before + (1 - told) ** 2 * spread_behind + NOISE**2) / length2
    guess = prior[band]
    guess_error2 = (SURE_ERROR + (UNSURE_ERROR - SURE_ERROR) * 4 * guess * (1 - guess)) ** 2
    return np.asarray(guess + (told - guess) * (guess_error2 / (guess_error2 + error2)), np.float32)


def _means_and_spreads(
    colour: NDArray[np.float32],
    sides: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    window: int,
    band: NDArray[np.bool_],
) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Return, for the pixels of each side, their mean colour and variance (summed over the channels) around the band's.

    Shapes (n, 3) and (n,). Where there are none the variance is huge. Both are smooth, and so computed smaller.
    """
    height, width = band.shape
    shrink = max(1, window // WINDOW_DETAIL)
    size = (-(-width // shrink), -(-height // shrink))
    small = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.float32)
    square = cv2.resize(np.einsum("...c,...c->...", colour, colour), size, interpolation=cv2.INTER_AREA)
    found = []
    places = np.nonzero(band)
    for side in sides:
        weight = cv2.resize(side.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        # A cell that is partly on the other side has its colours too.
        weight = np.where(weight > WHOLE_CELL, weight, 0).astype(np.float32)
        sums = [np.dstack([small * weight[..., None], weight]), square * weight]
        sums = [np.asarray(cv2.GaussianBlur(plane, (0, 0), window / shrink / 3), np.float32) for plane in sums]
        colours, squares = (read_small(plane, band, places) for plane in sums)
        count = colours[:, 3]
        share = np.maximum(count, _NOTHING)
        mean = np.asarray(colours[:, :3] / share[:, None], np.float32)
        variance = np.maximum(squares / share - np.einsum("nc,nc->n", mean, mean), 0)
        found.append((mean, np.where(count > 10 * _NOTHING, variance, 1e3).astype(np.float32)))
    return found
