"""Lines along which skin folds: where exactly they run in a photo, and the relief of a fold along one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.skin.skin_map import SkinMap

SAMPLES = 14
"""Points of a line."""

OFFSETS = 11
"""Places tried beside each point."""

STAY, SMOOTH = 0.02, 0.03
"""Cost, in relief, of the farthest place from where folds usually run, and of a bend by one place."""

DEEP = 0.12
"""Relief of a fold that is so deep in the photo that none needs to be drawn."""


@dataclass(frozen=True, slots=True)
class Crease:
    """A kind of fold; lengths in face heights.

    Attributes
    ----------
    width
        Of the valley (half, at 1/e).
    depth
        Of the valley.
    bulge
        Height of the skin that it pushes up on the line's right hand, as one walks along it down the picture.
    search
        How far from its usual place it may lie in a photo.
    """

    width: float
    depth: float
    bulge: float = 0.0
    search: float = 0.0


def trace_crease(skin: SkinMap, line: NDArray[np.float64], search: float) -> NDArray[np.float64]:
    """Move a line, shape (n, 2), onto the fold that the photo shows near it; returns shape (SAMPLES, 2)."""
    points = _resampled(line)
    if search <= 0:
        return points
    steps = np.linspace(-1, 1, OFFSETS)
    normals = _normals(points)
    places = points[:, None] + normals[:, None] * (steps * search)[None, :, None]
    cost = skin.look_up(skin.relief * skin.skin, places) + STAY * steps**2
    # The cheapest way through all points: dynamic programming.
    bend = SMOOTH * (np.arange(OFFSETS)[:, None] - np.arange(OFFSETS)[None]) ** 2
    total, came = cost[0], []
    for own in cost[1:]:
        reach = total[None] + bend
        came.append(reach.argmin(1))
        total = reach.min(1) + own
    chosen = [int(total.argmin())]
    for back in reversed(came):
        chosen.append(int(back[chosen[-1]]))
    return np.asarray(points + normals * (steps[chosen[::-1]] * search)[:, None])


def raise_crease(
    skin: SkinMap, line: NDArray[np.float64], kind: Crease, number: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the height of a fold along a traced line, in face heights, and how near its valley is, 0 to 1.

    Both of the map's shape. A fold tapers at its ends; what the photo shows of it is not raised again. The `number`
    sets folds apart that run side by side: skin is never as even as a drawing of it.
    """
    height, valley = np.zeros(skin.relief.shape), np.zeros(skin.relief.shape)
    reach = 4 * kind.width + (4 * kind.width if kind.bulge else 0)
    low, high = line.min(0) - reach, line.max(0) + reach
    columns = slice(*np.searchsorted(skin.x, (low[0], high[0])))
    rows = slice(*np.searchsorted(skin.y, (low[1], high[1])))
    x, y = np.meshgrid(skin.x[columns], skin.y[rows])
    if not x.size:
        return height, valley
    shown = np.clip(-skin.look_up(skin.relief, line) / DEEP, 0, 1)
    strength = np.sin(np.pi * np.linspace(0.06, 0.94, len(line))) ** 0.7 * (1 - 0.7 * shown)
    if number:
        # Stronger here, hardly there, and another time each line.
        way = np.linspace(0, np.pi, len(line))
        slow, fast = np.sin((1.7 + 0.4 * number) * way + 2.4 * number), np.sin(4.3 * way + 1.7 * number)
        strength *= np.clip(0.5 + 0.35 * slow + 0.25 * fast, 0, 1)
    aside, along = _line_coordinates(line, x, y)
    new = np.interp(along, np.linspace(0, 1, len(line)), strength)
    end = np.exp(-((_past_ends(line, x, y) / kind.width) ** 2))
    dip = np.exp(-((aside / kind.width) ** 2)) * end
    height[rows, columns] = -kind.depth * new * dip
    if kind.bulge:
        height[rows, columns] += (
            kind.bulge * new * end * np.exp(-(((aside - 2.2 * kind.width) / (2 * kind.width)) ** 2))
        )
    valley[rows, columns] = new * dip
    return height, valley


def near_crease(skin: SkinMap, line: NDArray[np.float64], reach: float) -> NDArray[np.float64]:
    """Return how near nodes lie to a line, 1 on it, down to 1/e at `reach`."""
    near = np.zeros(skin.relief.shape)
    low, high = line.min(0) - 3 * reach, line.max(0) + 3 * reach
    columns = slice(*np.searchsorted(skin.x, (low[0], high[0])))
    rows = slice(*np.searchsorted(skin.y, (low[1], high[1])))
    x, y = np.meshgrid(skin.x[columns], skin.y[rows])
    if x.size:
        aside, _ = _line_coordinates(line, x, y)
        near[rows, columns] = np.exp(-((np.hypot(aside, _past_ends(line, x, y)) / reach) ** 2))
    return near


def _resampled(line: NDArray[np.float64]) -> NDArray[np.float64]:
    way = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    even = np.linspace(0, way[-1], SAMPLES)
    return np.stack([np.interp(even, way, line[:, axis]) for axis in (0, 1)], 1)


def _normals(points: NDArray[np.float64]) -> NDArray[np.float64]:
    along = np.gradient(points, axis=0)
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    return np.stack([-along[:, 1], along[:, 0]], 1)


def _line_coordinates(
    line: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the signed distance from a line (positive on its right hand), and the way along it, 0 to 1."""
    nearest = np.full(x.shape, np.inf)
    aside, along = np.zeros(x.shape), np.zeros(x.shape)
    for k, (start, stop) in enumerate(itertools.pairwise(line)):
        dx, dy = stop - start
        length = max(float(np.hypot(dx, dy)), 1e-9)
        t = np.clip(((x - start[0]) * dx + (y - start[1]) * dy) / length**2, 0, 1)
        ox, oy = x - start[0] - t * dx, y - start[1] - t * dy
        distance = np.hypot(ox, oy)
        nearer = distance < nearest
        nearest = np.where(nearer, distance, nearest)
        side = np.where((x - start[0]) * -dy + (y - start[1]) * dx > 0, 1.0, -1.0)
        aside = np.where(nearer, distance * side, aside)
        along = np.where(nearer, (k + t) / (len(line) - 1), along)
    return aside, along


def _past_ends(line: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far beyond an end of the line nodes lie, along it."""
    past = np.zeros(x.shape)
    for end, before in ((line[0], line[1]), (line[-1], line[-2])):
        dx, dy = (end - before) / max(float(np.hypot(*(end - before))), 1e-9)
        past = np.maximum(past, (x - end[0]) * dx + (y - end[1]) * dy)
    return past
