"""Where faces may be: the gate's look at the whole picture, from afar, and in tiles."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.finder import LandmarkFinder, ScoredBox

OVERLAP_LIMIT = 0.35
"""Share of two boxes' union above which they are the same face."""

TILE_SIDE = 1.25
"""Side of a tile at n tiles across: this over n times the longer side of the picture, so that neighbours overlap."""

TILE_STRIDE = 0.66
"""Step from tile to tile, in sides of a tile: a face that one tile's border cuts lies whole in the next."""

TILE_RIM = 0.02
"""A box this close to an inner border of its tile (in sides of a tile) is cut, and its face lies whole elsewhere."""

TILE_LEAST_PX = 160
"""Smaller tiles hold no face that could speak."""

LOOK_PX = 1024
"""Longer side of what the detector is shown: it works on 192 pixels by itself, and larger pictures only cost memory."""

WIDEST_ASPECT = 4
"""A panorama is tiled as if it were this many times as long as it is high, or its tiles would be too coarse."""

AFAR_SCALES = (1.5, 2.0)
"""Sides of a grey canvas around the picture for looks from afar, in its longer sides: the detector misses some faces
that fill the picture, and finds them once they fill less."""

PLAIN_PX, SOFT_PX = 320, (1.5, 2.5)
"""Longer side of looks at a grainy picture, and blurs of it: the detector reads single pixels, so it reads grain."""

TURNS_DEG = (90, -90, 50, -50)
"""How the picture is turned for a look at heads that lie or hang: photos stored sideways, and tilts that the detector,
which knows heads to about 50 degrees, has missed."""

TURNED_SCORE = 0.6
"""Least score of a face in a turned look: more looks are more chances for a mistake."""


def search_faces(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> list[ScoredBox]:
    """Return the boxes of all faces in a picture, uint8 (height, width, 3), each once, best first."""
    boxes = _look(rgb, finder) or _detect_from_afar(rgb, finder) or _detect_in_grain(rgb, finder)
    for across in (2, 3):
        # A third, finer look only where the coarser ones saw nothing.
        if across == 2 or not boxes:
            boxes += _detect_in_tiles(rgb, finder, across)
    return _without_doubles(boxes or _detect_turned(rgb, finder))


def _detect_from_afar(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> list[ScoredBox]:
    """Look for a face that fills the picture, on a larger canvas."""
    height, width = rgb.shape[:2]
    for scale in AFAR_SCALES:
        small = _shrunk(rgb, LOOK_PX / scale)
        side = int(scale * max(small.shape[:2]))
        y, x = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
        canvas = np.full((side, side, 3), 128, np.uint8)
        canvas[y : y + small.shape[0], x : x + small.shape[1]] = small
        found = finder.detect_faces(canvas)
        if found:
            back = width / small.shape[1], height / small.shape[0]
            return [box.shifted(-x, -y).scaled(*back) for box in found]
    return []


def _detect_in_grain(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> list[ScoredBox]:
    """Look at the picture small and soft."""
    small = _shrunk(rgb, PLAIN_PX)
    back = rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]
    for softness_px in SOFT_PX:
        soft = np.asarray(cv2.GaussianBlur(small, (0, 0), softness_px), np.uint8)
        found = finder.detect_faces(soft)
        if found:
            return [box.scaled(*back) for box in found]
    return []


def _detect_turned(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> list[ScoredBox]:
    """Look at the picture turned; a box found there stands where the face is, and knows its tilt."""
    small = _shrunk(rgb, LOOK_PX / 2)
    height, width = small.shape[:2]
    back = rgb.shape[1] / width, rgb.shape[0] / height
    for turn in TURNS_DEG:
        # Turned anticlockwise, so that a face tilted clockwise by as much stands upright.
        matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0), np.float64)
        reach = np.abs(matrix[:, :2]) @ np.array([width, height])
        matrix[:, 2] += 0.5 * (reach - (width, height))
        size = int(reach[0]), int(reach[1])
        turned = np.asarray(cv2.warpAffine(small, matrix, size, borderValue=(128, 128, 128)), np.uint8)
        found = [box for box in finder.detect_faces(turned) if box.score >= TURNED_SCORE]
        if found:
            upright = np.linalg.inv(matrix[:, :2])
            return [_turned_back(box, upright, matrix[:, 2], float(turn)).scaled(*back) for box in found]
    return []


def _turned_back(
    box: ScoredBox, upright: NDArray[np.float64], shift: NDArray[np.float64], tilt_deg: float
) -> ScoredBox:
    """Return a box of a turned look where it belongs in the picture, square."""
    x, y = upright @ (np.array([0.5 * (box.x0 + box.x1), 0.5 * (box.y0 + box.y1)]) - shift)
    half = 0.5 * max(box.x1 - box.x0, box.y1 - box.y0)
    return ScoredBox(x - half, y - half, x + half, y + half, box.score, tilt_deg)


def _look(rgb: NDArray[np.uint8], finder: LandmarkFinder) -> list[ScoredBox]:
    """Show a picture to the detector, made smaller where it is large."""
    small = _shrunk(rgb, LOOK_PX)
    back = rgb.shape[1] / small.shape[1], rgb.shape[0] / small.shape[0]
    return [box.scaled(*back) for box in finder.detect_faces(small)]


def _shrunk(rgb: NDArray[np.uint8], longest_px: float) -> NDArray[np.uint8]:
    """Return the picture with its longer side at most `longest_px`."""
    height, width = rgb.shape[:2]
    scale = longest_px / max(height, width)
    if scale >= 1:
        return rgb
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _detect_in_tiles(rgb: NDArray[np.uint8], finder: LandmarkFinder, across: int) -> list[ScoredBox]:
    """Look for smaller faces in overlapping tiles, `across` of them along the longer side."""
    found = []
    height, width = rgb.shape[:2]
    longer = min(max(height, width), WIDEST_ASPECT * min(height, width))
    side = min(int(TILE_SIDE * longer / across), max(height, width))
    if side < TILE_LEAST_PX:
        return []
    for y in _tile_starts(height, side):
        for x in _tile_starts(width, side):
            tile = rgb[y : y + side, x : x + side]
            rim = TILE_RIM * side
            right, bottom = x + tile.shape[1], y + tile.shape[0]
            for box in (found_box.shifted(x, y) for found_box in _look(tile, finder)):
                cut = (
                    (x > 0 and box.x0 < x + rim)
                    or (y > 0 and box.y0 < y + rim)
                    or (right < width and box.x1 > right - rim)
                    or (bottom < height and box.y1 > bottom - rim)
                )
                if not cut:
                    found.append(box)
    return found


def _tile_starts(length: int, side: int) -> Iterator[int]:
    if length <= side:
        return iter((0,))
    count = int(np.ceil((length - side) / (side * TILE_STRIDE))) + 1
    return (round(start) for start in np.linspace(0, length - side, count))


def _without_doubles(boxes: list[ScoredBox]) -> list[ScoredBox]:
    """Keep the best of boxes that overlap (non-maximum suppression)."""
    kept: list[ScoredBox] = []
    for box in sorted(boxes, key=lambda b: -b.score):
        if all(_overlap(box, other) < OVERLAP_LIMIT for other in kept):
            kept.append(box)
    return kept


def _overlap(a: ScoredBox, b: ScoredBox) -> float:
    """Intersection over union."""
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.y1, b.y1) - max(a.y0, b.y0)
    shared = max(0.0, width) * max(0.0, height)
    return shared / max(a.area + b.area - shared, 1e-9)
