"""Fits an eye's lines to the picture: landmarks know where eyes are, hardly how large they were drawn."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import EyeShape

_COLUMNS = 25
_UPPER_RANGE, _LOWER_RANGE = (-0.22, 0.12), (-0.14, 0.24)
"""How far the lids are sought from the landmarks' lines, in openings, down."""
_STEP = 0.02
_ACROSS = 0.06
"""Half the distance, in openings, over which an edge is measured."""
_AWAY = 0.30
"""What a place as far from the landmarks as this, in openings, must have more of: all of a full edge."""
_BEND = 0.12
"""What a step between neighbouring columns costs, of a full edge, for each `_STEP`."""
_SMOOTH = 4.5
"""Lids have no bumps: paths are smoothed over so many columns."""
_CORNER_STEP, _LONGEST, _LIKE_WHITE = 0.02, 0.12, 0.7
"""Corners are moved out by such steps, up to so many eye widths, while the picture there is at most so many times as
far from the white of the eye as from the skin."""
_TOLD_APART = 60.0
"""Difference of eye and skin, summed over red, green and blue, below which corners are not sought."""
_LEAST_CONTRAST = 24.0
"""Contrast of a full edge at least, in grey levels: in flat shade there is nothing to follow."""


def fit_outline(rgb: NDArray[np.uint8], eye: EyeShape) -> EyeShape:
    """Move both lids to the picture's edges; `rgb` is uint8, the eye's box."""
    along = (np.arange(_COLUMNS) + 0.5) / _COLUMNS
    contrast = _contrast(rgb, eye)
    upper_offsets = np.arange(_UPPER_RANGE[0], _UPPER_RANGE[1] + 1e-6, _STEP)
    lower_offsets = np.arange(_LOWER_RANGE[0], _LOWER_RANGE[1] + 1e-6, _STEP)
    grey = rgb.astype(np.float32).mean(2)
    blurred = np.asarray(cv2.GaussianBlur(grey, (0, 0), max(0.6, 0.03 * eye.opening_px)), np.float32)
    red = rgb[..., 0].astype(np.float32) - rgb[..., 1]
    reddish = np.asarray(cv2.GaussianBlur(red, (0, 0), max(0.6, 0.05 * eye.opening_px)), np.float32)
    line = eye.below_upper

    def at(image: NDArray[np.float32], base: NDArray[np.float64], offsets: NDArray[np.float64]) -> NDArray[np.float64]:
        return _profile(image, eye, along, base, offsets)

    # Above: dark lashes end, the eyeball begins; where the iris begins they do not tell, and neighbours decide.
    zero = np.zeros(_COLUMNS)
    upper_edge = at(blurred, zero, upper_offsets + _ACROSS) - at(blurred, zero, upper_offsets - _ACROSS)
    upper = _path(np.clip(upper_edge / contrast, -0.3, 1.4), upper_offsets)
    # Below: the eyeball ends at a rim that is redder, or at a dark line.
    gap = _gaps(eye, along) / eye.opening_px
    change = at(blurred, gap, lower_offsets - _ACROSS) - at(blurred, gap, lower_offsets + _ACROSS)
    redder = at(reddish, gap, lower_offsets + _ACROSS) - at(reddish, gap, lower_offsets - _ACROSS)
    lower_edge = np.maximum(change, -0.3 * change) + np.maximum(redder, 0)
    lower = _path(np.clip(lower_edge / contrast, 0, 1.4), lower_offsets)
    arch = np.clip(1 - (2 * eye.along - 1) ** 4, 0, 1)
    move_upper = np.interp(eye.along, along, upper) * arch * eye.opening_px
    move_lower = np.interp(eye.along, along, lower) * arch * eye.opening_px
    return replace(eye, below_upper=line - move_upper, gap=np.maximum(eye.gap + move_lower - move_upper, 0.0))


def find_outer_corner(rgb: NDArray[np.uint8], eye: EyeShape, side: int) -> float:
    """Return how far the white of the eye goes on past its outer corner, in eye widths.

    `side` is -1 where that corner is the left one, 1 where it is the right one. Inner corners are not sought: the nose
    beside them is as bright as an eye.
    """
    inside = (eye.inside_px() > 0.12 * eye.opening_px) & (eye.along > 0.1) & (eye.along < 0.9)
    if inside.sum() < 16:
        return 0.0
    below = (eye.below_upper - eye.gap) / eye.opening_px
    skin_area = (below > 0.25) & (below < 0.6) & (np.abs(eye.along - 0.5) < 0.6)
    light = rgb.astype(np.float32).mean(2)
    white = np.median(rgb[inside & (light >= np.percentile(light[inside], 70))], axis=0)
    skin = np.median(rgb[skin_area], axis=0) if skin_area.any() else white
    if np.abs(white - skin).sum() < _TOLD_APART:
        return 0.0
    middle = np.abs(eye.below_upper - 0.5 * eye.gap) < 0.12 * eye.opening_px
    length = 0.0
    for step in range(1, round(_LONGEST / _CORNER_STEP) + 1):
        place = 0.5 + side * (0.5 + step * _CORNER_STEP)
        spot = middle & (np.abs(eye.along - place) < 0.5 * _CORNER_STEP + 0.5 / eye.width_px)
        if not spot.any():
            break
        colour = rgb[spot].astype(np.float64)
        like = np.abs(colour - white).sum(1) < _LIKE_WHITE * np.abs(colour - skin).sum(1)
        if like.mean() < 0.5:
            break
        length = step * _CORNER_STEP
    return length


def _contrast(rgb: NDArray[np.uint8], eye: EyeShape) -> float:
    near = (eye.inside_px() > -0.3 * eye.opening_px) & (np.abs(eye.along - 0.5) < 0.5)
    values = rgb[near].mean(1) if near.any() else np.zeros(1)
    return max(_LEAST_CONTRAST, 0.45 * float(np.percentile(values, 95) - np.percentile(values, 5)))


def _gaps(eye: EyeShape, along: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the heights of the opening at places along the eye, in pixels."""
    place = np.clip((eye.along * _COLUMNS).astype(int), 0, _COLUMNS - 1)
    inside = (eye.along >= 0) & (eye.along <= 1)
    count = np.bincount(place[inside], minlength=_COLUMNS)
    total = np.bincount(place[inside], eye.gap[inside], _COLUMNS)
    known = count > 0
    return np.interp(along, along[known], total[known] / count[known])


def _profile(
    image: NDArray[np.float32],
    eye: EyeShape,
    along: NDArray[np.float64],
    base: NDArray[np.float64],
    offsets: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Read an image at offsets below a line, in openings; shape (columns, offsets)."""
    # The upper line's height at each column, from the box's own map of distances below it.
    rows, columns = np.indices(eye.below_upper.shape)
    on_line = np.abs(eye.below_upper) < 0.75
    x_line = columns[on_line] - eye.below_upper[on_line] * eye.axes[1, 0]
    y_line = rows[on_line] - eye.below_upper[on_line] * eye.axes[1, 1]
    order = np.argsort(eye.along[on_line])
    places = eye.along[on_line][order]
    x = np.interp(along, places, x_line[order])
    y = np.interp(along, places, y_line[order])
    depth = (base[:, None] + offsets[None]) * eye.opening_px
    map_x = (x[:, None] + depth * eye.axes[1, 0]).astype(np.float32)
    map_y = (y[:, None] + depth * eye.axes[1, 1]).astype(np.float32)
    return np.asarray(cv2.remap(image, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float64)


def _path(edges: NDArray[np.float64], offsets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the smooth path of offsets, one for each column, that follows the strongest edges."""
    value = edges - (offsets / _AWAY) ** 2
    cost = _BEND * np.abs(np.subtract.outer(np.arange(len(offsets)), np.arange(len(offsets))))
    best = value[0]
    came = np.zeros(edges.shape, int)
    for column in range(1, len(edges)):
        reach = best[None] - cost
        came[column] = np.argmax(reach, 1)
        best = value[column] + reach.max(1)
    path = np.empty(len(edges), int)
    path[-1] = int(np.argmax(best))
    for column in range(len(edges) - 1, 0, -1):
        path[column - 1] = came[column, path[column]]
    weights = np.exp(-0.5 * (np.arange(-9, 10) / _SMOOTH) ** 2)
    return np.convolve(np.pad(offsets[path], 9, "reflect"), weights / weights.sum(), "valid")
