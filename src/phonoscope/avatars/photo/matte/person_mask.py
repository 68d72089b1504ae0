"""Where the people of a photo are: the segmenter looks at the whole picture, and closer at every head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.core.frames import Box

LOOK_PX = 256
"""Side of what the segmenter sees."""

HEAD_SIDE, HEAD_RISE = 2.3, 0.14
"""The close look at a head: side, and how far its middle lies above the face's, in face heights; hair reaches higher
than chins reach down."""

BUST_SIDE, BUST_DROP = 4.6, 0.75
"""The look at a bust: side, and how far its middle lies below the face's, in face heights."""

LEAST_GAIN = 1.25
"""A closer look is taken where it shows this many times more detail than the whole picture."""

NEIGHBOUR_SURE = 0.6
"""In a group, what the look at the whole picture sees more surely than this is not given up altogether."""

SAY_DETAIL = 64
"""Samples across the weight of a look, which is smooth."""

EDGE_REACH = (0.08, 0.2)
"""Closer looks move edges, they do not find or lose people: up to the first distance from an uncertain pixel of the
look at the whole picture they decide, beyond the second they have no say; in face heights."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a face is: its middle and its height, in pixels."""

    x_px: float
    y_px: float
    height_px: float


@dataclass(frozen=True, slots=True)
class _Square:
    """What a look shows."""

    x_px: float
    y_px: float
    side_px: float

    def shows(self, head: Head) -> bool:
        return max(abs(head.x_px - self.x_px), abs(head.y_px - self.y_px)) < self.side_px / 2

    def inside(self, size_px: tuple[int, int]) -> Box:
        """Return the part of it that lies in a picture of this size: at least one pixel."""
        width, height = size_px
        low_x, low_y = self.x_px - self.side_px / 2, self.y_px - self.side_px / 2
        x0, y0 = int(np.clip(low_x, 0, width - 1)), int(np.clip(low_y, 0, height - 1))
        x1 = int(np.clip(round(low_x + self.side_px), x0 + 1, width))
        y1 = int(np.clip(round(low_y + self.side_px), y0 + 1, height))
        return Box(x0, y0, x1, y1)


def find_people(rgb: NDArray[np.uint8], heads: Sequence[Head], finder: LandmarkFinder) -> NDArray[np.float32]:
    """Return how surely each pixel of a picture, uint8 (height, width, 3), shows a person.

    Returns
    -------
    float32, shape (height, width), 0 to 1. Edges are as soft as the look that saw them was coarse.
    """
    height, width = rgb.shape[:2]
    mask = _whole_look(rgb, finder)
    longest = max(width, height)
    busts = [_Square(h.x_px, h.y_px + BUST_DROP * h.height_px, BUST_SIDE * h.height_px) for h in heads]
    # A look that cuts a neighbour in two mistakes him for furniture.
    busts = [square for square in busts if sum(square.shows(head) for head in heads) == 1]
    squares = busts + [_Square(h.x_px, h.y_px - HEAD_RISE * h.height_px, HEAD_SIDE * h.height_px) for h in heads]
    for square in squares:
        if square.side_px * LEAST_GAIN < longest:
            box = square.inside((width, height))
            reach_px = square.side_px / HEAD_SIDE
            say = _say(square, box) * _near_edges(mask[box.slices], reach_px)
            seen = _resized(_look(rgb, square, finder), box.width, box.height)
            if len(heads) > 1:
                # A look at one head takes its neighbour's coat for a wall.
                seen = np.maximum(seen, (mask[box.slices] - NEIGHBOUR_SURE) / (1 - NEIGHBOUR_SURE))
            mask[box.slices] += (seen - mask[box.slices]) * say
    return mask


def _whole_look(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> NDArray[np.float32]:
    """Segment the whole picture twice: in its own shape, with filled bars, and stretched to a square.

    Each misses what the other sees: people out of shape, or people beside bars.
    """
    height, width = rgb.shape[:2]
    square = _Square(width / 2, height / 2, float(max(width, height)))
    own_shape = _resized(_look(rgb, square, finder), width, height)
    if max(width, height) < LEAST_GAIN * min(width, height):
        return own_shape
    stretched = _segment(_scaled(rgb, LOOK_PX, LOOK_PX), finder)
    return 0.5 * (own_shape + _resized(stretched, width, height))


def _look(rgb: NDArray[np.uint8], square: _Square, finder: LandmarkFinder) -> NDArray[np.float32]:
    """Segment a square, and return the mask of its part inside the picture, float32, as large as it was seen."""
    height, width = rgb.shape[:2]
    box = square.inside((width, height))
    scale = LOOK_PX / square.side_px
    columns = int(np.clip(round(box.width * scale), 1, LOOK_PX))
    rows = int(np.clip(round(box.height * scale), 1, LOOK_PX))
    left = int(np.clip(round((box.x0 - square.x_px) * scale + LOOK_PX / 2), 0, LOOK_PX - columns))
    top = int(np.clip(round((box.y0 - square.y_px) * scale + LOOK_PX / 2), 0, LOOK_PX - rows))
    part = _scaled(rgb[box.slices], columns, rows)
    seen = np.empty((LOOK_PX, LOOK_PX, 3), np.uint8)
    # What lies outside the picture has its mean colour: a flat bar, which is nobody.
    seen[:] = part.reshape(-1, 3).mean(0)
    inside = slice(top, top + rows), slice(left, left + columns)
    seen[inside] = part
    return np.ascontiguousarray(_segment(seen, finder)[inside])


def _segment(seen: NDArray[np.uint8], finder: LandmarkFinder) -> NDArray[np.float32]:
    """Segment a picture and its mirror image: the mean is steadier along edges than either."""
    mirrored = finder.segment_person(np.ascontiguousarray(seen[:, ::-1]))[:, ::-1]
    return np.asarray(0.5 * (finder.segment_person(seen) + mirrored), np.float32)


def _say(square: _Square, box: Box) -> NDArray[np.float32]:
    """Return how much a look counts over the pixels of `box`: 1, falling to 0 in a round corner of its square."""
    rows, columns = min(box.height, SAY_DETAIL), min(box.width, SAY_DETAIL)
    x = box.x0 + (np.arange(columns) + 0.5) * (box.width / columns)
    y = box.y0 + (np.arange(rows)[:, None] + 0.5) * (box.height / rows)
    off_x, off_y = (x - square.x_px) / square.side_px * 2, (y - square.y_px) / square.side_px * 2
    say = 1 - smoothstep(0.7, 1.0, (off_x**4 + off_y**4) ** 0.25)
    return _resized(say.astype(np.float32), box.width, box.height)


def _near_edges(mask: NDArray[np.float32], face_px: float) -> NDArray[np.float32]:
    """Return 1 near uncertain pixels of a mask, falling to 0 farther away."""
    sure = (np.abs(mask - 0.5) > 0.4).astype(np.uint8)
    # What is sure on both sides still has an edge between.
    sure &= (cv2.Laplacian((mask > 0.5).astype(np.uint8), cv2.CV_8U) == 0).astype(np.uint8)
    distance = cv2.distanceTransform(sure, cv2.DIST_L2, 3) / face_px
    low, high = EDGE_REACH
    return np.asarray(np.clip((high - distance) / (high - low), 0, 1), np.float32)


def _scaled(rgb: NDArray[np.uint8], columns: int, rows: int) -> NDArray[np.uint8]:
    smooth = cv2.INTER_AREA if rows < rgb.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(rgb, (columns, rows), interpolation=smooth), np.uint8)


def _resized(mask: NDArray[np.float32], width: int, height: int) -> NDArray[np.float32]:
    """Return a mask in another size."""
    smooth = cv2.INTER_CUBIC if mask.shape[0] < height else cv2.INTER_AREA
    return np.asarray(np.clip(cv2.resize(mask, (width, height), interpolation=smooth), 0, 1), np.float32)
