# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value, call-overload"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""The compiled loop that lays moved layers over each other, tile by tile.

Drawings are flat: most tiles show one colour, and the same one as in the last frame. Such a tile costs one look at
each layer; only tiles on edges are drawn pixel by pixel, and of these only the layers that are seen.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.drawing.pixels import NEXT, blended, interpolated, over, sampled
from phonoscope.core.compiled import compiled

TILE_PX = 8
"""Size of a tile."""

NODE_PX = 2 * TILE_PX
"""Distance of the nodes on which movements are known."""

SQUARE_UNIFORM_PX = 11
UNIFORM_PX = 6
"""A square between nodes, or a tile, shows one colour where its source does so far around its middle: half its size,
stretched by a tenth, and what the interpolation adds."""

SEVERAL = 1 << 40
"""In a plan, more than any colour."""

_MIXER, _NEGATIVE = np.int64(-7046029254386353131), np.int64(-(2**63))
"""An odd number near 2**64 over the golden ratio, which spreads what is multiplied by it; and the sign."""

ONE = 65536
"""1 in the loop's fixed-point numbers."""


@numba.njit(fastmath=True)
def _draw_within(
    buffer: NDArray[np.int64],
    sources: NDArray[np.int64],
    pixels: NDArray[np.uint32],
    picture: tuple[int, int],
    corners: tuple[float, float, float, float, float, float, float, float],
) -> bool:
    """Lay a picture's part over a tile where all of the tile lies within the picture; tell whether it does.

    One long loop without a branch, which the compiler turns into operations on several pixels at a time: that is
    quicker than to look for stretches of one colour.

    Parameters
    ----------
    buffer
        int64, shape (TILE_PX * TILE_PX,): the tile's pixels, read and written.
    sources
        int64, shape (3, TILE_PX * TILE_PX): room for what each pixel is made of.
    pixels
        uint32, shape (n,): the picture's, row by row.
    picture
        Its width and height.
    corners
        Places in the picture (x, y) of the tile's left/right top, left/right bottom.
    """
    width, height = picture
    upper, lower, shares = sources[0], sources[1], sources[2]
    ax, ay, bx, by, cx, cy, dx, dy = corners
    if min(ax, bx, cx, dx) < 0 or min(ay, by, cy, dy) < 0:
        return False
    if max(ax, bx, cx, dx) >= width - 2 or max(ay, by, cy, dy) >= height - 2:
        return False
    share = 1.0 / TILE_PX
    for row in range(TILE_PX):
        t = row * share
        left_x, left_y = ax + (cx - ax) * t, ay + (cy - ay) * t
        right_x, right_y = bx + (dx - bx) * t, by + (dy - by) * t
        # Half a step of the interpolation's weights, so that rounding goes to the nearest.
        x, y = np.int64(left_x * ONE + 128.0), np.int64(left_y * ONE + 128.0)
        step_x = np.int64(np.floor((right_x - left_x) * (ONE * share)))
        step_y = np.int64(np.floor((right_y - left_y) * (ONE * share)))
        for k in range(np.uint64(row * TILE_PX), np.uint64(row * TILE_PX + TILE_PX)):
            here = np.uint64((y >> 16) * width + (x >> 16))
            below = here + np.uint64(width)
            upper[k] = np.int64(pixels[here]) | np.int64(pixels[here + NEXT]) << 32
            lower[k] = np.int64(pixels[below]) | np.int64(pixels[below + NEXT]) << 32
            shares[k] = (x >> 8) & 255 | (y & 0xFF00)
            x += step_x
            y += step_y
    for k in range(np.uint64(TILE_PX * TILE_PX)):
        buffer[k] = blended(buffer[k], interpolated(upper[k], lower[k], shares[k]))
    return True


@numba.njit(fastmath=True)
def _draw_layer(
    buffer: NDArray[np.int64],
    sources: NDArray[np.int64],
    pixels: NDArray[np.uint32],
    uniform_px: NDArray[np.uint8],
    places: NDArray[np.int32],
    layer: int,
    corners: tuple[float, float, float, float, float, float, float, float],
    origin: tuple[int, int],
) -> None:
    """Lay a layer's part over a tile; `corners` are source minus place (x, y) at left/right top, left/right bottom."""
    offset, width, height = np.int64(places[layer, 0]), np.int64(places[layer, 1]), np.int64(places[layer, 2])
    x0, y0 = origin[0] - places[layer, 3], origin[1] - places[layer, 4]
    ax, ay, bx, by, cx, cy, dx, dy = corners
    right, below = x0 + TILE_PX, y0 + TILE_PX
    ends = (ax + x0, ay + y0, bx + right, by + y0, cx + x0, cy + below, dx + right, dy + below)
    if _draw_within(buffer, sources, pixels[offset : offset + width * height], (width, height), ends):
        return
    share = 1.0 / TILE_PX
    within_x, within_y = np.uint64(max(width - 1, 0)), np.uint64(max(height - 1, 0))
    for row in range(TILE_PX):
        t = row * share
        left_x, left_y = ax + (cx - ax) * t + x0, ay + (cy - ay) * t + y0 + row
        right_x, right_y = bx + (dx - bx) * t + x0 + TILE_PX, by + (dy - by) * t + y0 + row
        # Half a step of the interpolation's weights, so that rounding goes to the nearest.
        x, y = np.int64(np.floor(left_x * ONE + 128.0)), np.int64(np.floor(left_y * ONE + 128.0))
        step_x = np.int64((right_x - left_x) * (ONE * share))
        step_y = np.int64((right_y - left_y) * (ONE * share))
        k = row * TILE_PX
        end = k + TILE_PX
        while k < end:
            i, j = x >> 16, y >> 16
            run = 1
            # One comparison each: what is negative is a very large unsigned number.
            if np.uint64(i) < within_x and np.uint64(j) < within_y:
                at = offset + j * width + i
                around = np.int64(uniform_px[np.uint64(at)])
                if around > 1:
                    # One colour for a while.
                    run = min(max(((around - 1) * 7) >> 3, 1), end - k)
                    pixel = np.int64(pixels[np.uint64(at)])
                else:
                    pixel = sampled(pixels, at, width, x, y)
                alpha = pixel >> 24
                if alpha == 255:
                    for n in range(np.uint64(k), np.uint64(k + run)):
                        buffer[n] = pixel
                elif alpha:
                    for n in range(np.uint64(k), np.uint64(k + run)):
                        buffer[n] = over(buffer[n], pixel)
            k += run
            x += step_x * run
            y += step_y * run


@numba.njit(inline="always")
def _between(a: float, b: float, c: float, d: float, fx: float, fy: float) -> float:
    """Interpolate between values at left/right top, left/right bottom."""
    wd = fx * fy
    wb, wc = fx - wd, fy - wd
    return a * (1.0 - fx - wc) + b * wb + c * wc + d * wd


@numba.njit(fastmath=True)
def _tile_corners(
    nodes: NDArray[np.float32], layer: int, tile: tuple[int, int]
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return the movement of a layer at a tile's corners: (x, y) left/right top, left/right bottom."""
    row, column = tile
    i, j = row * TILE_PX // NODE_PX, column * TILE_PX // NODE_PX
    share = float(TILE_PX) / NODE_PX
    left, top = column * share - j, row * share - i
    right, low = left + share, top + share
    # Unsigned indices spare the test for negative ones.
    layer_, upper, lower, here, beside = (
        np.uint64(layer),
        np.uint64(i),
        np.uint64(i + 1),
        np.uint64(j),
        np.uint64(j + 1),
    )
    ax, ay = nodes[layer_, upper, here, 0], nodes[layer_, upper, here, 1]
    bx, by = nodes[layer_, upper, beside, 0], nodes[layer_, upper, beside, 1]
    cx, cy = nodes[layer_, lower, here, 0], nodes[layer_, lower, here, 1]
    dx, dy = nodes[layer_, lower, beside, 0], nodes[layer_, lower, beside, 1]
    return (
        _between(ax, bx, cx, dx, left, top),
        _between(ay, by, cy, dy, left, top),
        _between(ax, bx, cx, dx, right, top),
        _between(ay, by, cy, dy, right, top),
        _between(ax, bx, cx, dx, left, low),
        _between(ay, by, cy, dy, left, low),
        _between(ax, bx, cx, dx, right, low),
        _between(ay, by, cy, dy, right, low),
    )


@numba.njit(inline="always")
def _nearest(x: float, y: float, width: int, height: int, beyond: int) -> int:
    """Return the index of the pixel nearest to a place in a picture, or -1 for a place far outside."""
    if x < -beyond or y < -beyond or x >= width + beyond or y >= height + beyond:
        return np.int64(-1)
    # The border of a picture is transparent, so that its first and last pixels speak for what lies beyond.
    return min(max(np.int64(y), 0), height - 1) * width + min(max(np.int64(x), 0), width - 1)


@numba.njit(fastmath=True)
def _colour(pixels: NDArray[np.uint32], uniform_px: NDArray[np.uint8], offset: int, at: int, least_px: int) -> int:
    """Return the colour that a picture has around a pixel: 0 for one outside (-1), -1 where it has several."""
    if at < 0:
        return np.int64(0)
    if uniform_px[np.uint64(offset + at)] < least_px:
        return np.int64(-1)
    return np.int64(pixels[np.uint64(offset + at)])


@compiled
def plan_tiles(
    pixels: NDArray[np.uint32],
    uniform_px: NDArray[np.uint8],
    places: NDArray[np.int32],
    nodes: NDArray[np.float32],
    spans: NDArray[np.int32],
    plan: NDArray[np.int64],
    counts: NDArray[np.int32],
) -> None:
    """Find what each tile shows, from the front until nothing shines through any more.

    Parameters
    ----------
    pixels, uniform_px, places
        The `Atlas`.
    nodes
        float32, shape (layers, rows + 1, columns + 1, 2): source minus place (x, y) at the nodes, in pixels.
    spans
        int32, shape (layers, 4): the squares between nodes in which each layer lies: columns from, to before, rows
        from, to before.
    plan
        int64, shape (tile rows, tile columns, layers), written: the colour that a layer shows there, or
        `SEVERAL` + the layer where it shows several.
    counts
        int32, shape (tile rows, tile columns, 2), written: how many layers a tile shows, and how many of them in
        several colours; where the rearmost is opaque, -1 - the first.
    """
    counts[:] = 0
    half_square, half_tile = 0.5 * NODE_PX, 0.5 * TILE_PX
    for layer in range(places.shape[0] - 1, -1, -1):
        offset, width, height = np.int64(places[layer, 0]), np.int64(places[layer, 1]), np.int64(places[layer, 2])
        left, top = places[layer, 3], places[layer, 4]
        for i in range(spans[layer, 2], spans[layer, 3]):
            for j in range(spans[layer, 0], spans[layer, 1]):
                ax, bx = nodes[layer, i, j, 0], nodes[layer, i, j + 1, 0]
                cx, dx = nodes[layer, i + 1, j, 0], nodes[layer, i + 1, j + 1, 0]
                ay, by = nodes[layer, i, j, 1], nodes[layer, i, j + 1, 1]
                cy, dy = nodes[layer, i + 1, j, 1], nodes[layer, i + 1, j + 1, 1]
                x, y = j * NODE_PX + half_square - left, i * NODE_PX + half_square - top
                x, y = x + 0.25 * (ax + bx + cx + dx), y + 0.25 * (ay + by + cy + dy)
                at = _nearest(x, y, width, height, SQUARE_UNIFORM_PX)
                square_colour = _colour(pixels, uniform_px, offset, at, SQUARE_UNIFORM_PX)
                if square_colour >= 0 and square_colour >> 24 == 0:
                    continue
                for part in range(4):
                    pi, pj = part >> 1, part & 1
                    row, column = 2 * i + pi, 2 * j + pj
                    count = counts[row, column, 0]
                    if count < 0:
                        continue
                    colour = square_colour
                    if colour < 0:
                        fx, fy = 0.25 + 0.5 * pj, 0.25 + 0.5 * pi
                        wd = fx * fy
                        wb, wc, wa = fx - wd, fy - wd, 1.0 - fx - fy + wd
                        x = column * TILE_PX + half_tile - left + ax * wa + bx * wb + cx * wc + dx * wd
                        y = row * TILE_PX + half_tile - top + ay * wa + by * wb + cy * wc + dy * wd
                        at = _nearest(x, y, width, height, UNIFORM_PX)
                        colour = _colour(pixels, uniform_px, offset, at, UNIFORM_PX)
                        if colour >= 0 and colour >> 24 == 0:
                            continue
                    plan[row, column, count] = colour if colour >= 0 else SEVERAL + layer
                    counts[row, column, 1] += colour < 0
                    counts[row, column, 0] = -2 - count if colour >= 0 and colour >> 24 == 255 else count + 1


@numba.njit(fastmath=True)
def _draw_tile(
    pixels: NDArray[np.uint32],
    uniform_px: NDArray[np.uint8],
    places: NDArray[np.int32],
    nodes: NDArray[np.float32],
    tile: tuple[int, int],
    shown: NDArray[np.int64],
    buffer: NDArray[np.int64],
    sources: NDArray[np.int64],
) -> None:
    """Draw what a tile shows, the rearmost last in `shown`, over what the buffer holds."""
    row, column = tile
    for n in range(shown.size - 1, -1, -1):
        if shown[n] < SEVERAL:
            for k in range(TILE_PX * TILE_PX):
                buffer[k] = over(buffer[k], shown[n])
            continue
        layer = shown[n] - SEVERAL
        corners = _tile_corners(nodes, layer, tile)
        origin = column * TILE_PX, row * TILE_PX
        _draw_layer(buffer, sources, pixels, uniform_px, places, layer, corners, origin)


@numba.njit(fastmath=True)
def _signature(
    shown: NDArray[np.int64], bits: NDArray[np.int32], versions: NDArray[np.int64], square: tuple[int, int]
) -> int:
    """Return a negative number that stands for what a tile shows in several colours, and how that has moved."""
    i, j = square
    mixed = np.int64(1)
    for n in range(shown.size):
        mixed = (mixed ^ shown[n]) * _MIXER
        if shown[n] >= SEVERAL:
            layer = np.uint64(shown[n] - SEVERAL)
            mixed = (mixed ^ versions[layer]) * _MIXER
            for row in range(np.uint64(i), np.uint64(i + 2)):
                for column in range(np.uint64(j), np.uint64(j + 2)):
                    both = np.int64(bits[layer, row, column, 0]) << 32 ^ np.int64(bits[layer, row, column, 1])
                    mixed = (mixed ^ (mixed >> 29) ^ both) * _MIXER
    return mixed ^ (mixed >> 29) | _NEGATIVE


@numba.njit(fastmath=True)
def _put_tile(buffer: NDArray[np.int64], canvas: NDArray[np.uint32], x0: int, y0: int) -> None:
    """Copy a tile's pixels to its place on the canvas."""
    for row in range(np.uint64(TILE_PX)):
        line = canvas[y0 + np.int64(row), x0 : x0 + TILE_PX]
        for column in range(np.uint64(TILE_PX)):
            line[column] = buffer[row * np.uint64(TILE_PX) + column]


@compiled
def draw_tiles(
    atlas: tuple[NDArray[np.uint32], NDArray[np.uint8], NDArray[np.int32], NDArray[np.int64]],
    nodes: NDArray[np.float32],
    planned: tuple[NDArray[np.int64], NDArray[np.int32]],
    background: int,
    canvas: NDArray[np.uint32],
    flat: NDArray[np.int64],
    changed: NDArray[np.uint8],
) -> None:
    """Draw the tiles that show several colours, or another one than before.

    Parameters
    ----------
    atlas, nodes, planned
        What `plan_tiles` was given, with `Atlas.versions`, and what it wrote.
    background
        A premultiplied pixel.
    canvas
        uint32, shape (rows * NODE_PX, columns * NODE_PX), written where it changes.
    flat
        int64, shape (tile rows, tile columns): the colour of tiles that show only one, else a negative number that
        stands for what they show; read and written. -1 is none.
    changed
        uint8, same shape: set to 1 for tiles that were written; never cleared.
    """
    pixels, uniform_px, places, versions = atlas
    plan, counts = planned
    bits = nodes.view(np.int32)
    buffer = np.empty(TILE_PX * TILE_PX, np.int64)
    sources = np.empty((3, TILE_PX * TILE_PX), np.int64)
    for row in range(flat.shape[0]):
        for column in range(flat.shape[1]):
            count, base = np.int64(counts[row, column, 0]), np.int64(background)
            if count < 0:
                # The rearmost is opaque.
                count = -2 - count
                base = plan[row, column, count]
            else:
                plan[row, column, count] = base
            y0, x0 = row * TILE_PX, column * TILE_PX
            if counts[row, column, 1]:
                square = row * TILE_PX // NODE_PX, column * TILE_PX // NODE_PX
                signature = _signature(plan[row, column, : count + 1], bits, versions, square)
                if flat[row, column] == signature:
                    continue
                buffer[:] = base
                _draw_tile(pixels, uniform_px, places, nodes, (row, column), plan[row, column, :count], buffer, sources)
                flat[row, column] = signature
                changed[row, column] = 1
                _put_tile(buffer, canvas, x0, y0)
                continue
            for n in range(count - 1, -1, -1):
                base = over(base, plan[row, column, n])
            if flat[row, column] != base:
                flat[row, column] = base
                changed[row, column] = 1
                buffer[:] = base
                _put_tile(buffer, canvas, x0, y0)
