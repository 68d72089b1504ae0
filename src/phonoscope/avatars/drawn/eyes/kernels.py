# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="arg-type, assignment, operator, type-var, index, no-any-return, return-value, call-overload"
# Scalars in compiled code are numbers of the machine; the type checker knows Python's only.
"""Compiled: one eye's pixels, from its pictures and its lids."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.drawing.pixels import over, sampled
from phonoscope.core.compiled import compiled

(
    MIDDLE_X, MIDDLE_Y, SCALE_X, SCALE_Y, SHIFT_X, SHIFT_Y, PUPIL_X, PUPIL_Y,
    UPPER, LOWER, LID_ALPHA, LOWER_ALPHA, LINE_PX, LINE_SHARE, LINE_FROM, LINE_TO, LINE_Y, LINE_SAG,
    HAS_LIDS, HAS_LASHES, STAYS,
    SIZE,
) = range(22)  # fmt: skip
"""An eye's numbers: what it is stretched about and by, its shift, its pupil's; how far the lids have come (0 to 1), how
much of their edges is seen; the line that it becomes: width, share, ends, height, sag; whether it has lids,
and lashes, and how much stays of what else is around it."""

BILINEAR = 1.35
"""Flattening up to which four pixels are enough for one."""

EDGE_PX = 2.0
"""How far an eye's soft edge reaches beyond its outline."""


@numba.njit(inline="always")
def _at(picture: tuple[NDArray[np.uint32], int, int], x: int, y: int) -> int:
    """Interpolate a picture (pixels, width, height) at a fixed-point place; nothing beyond it."""
    pixels, width, height = picture
    column, row = x >> 16, y >> 16
    if column < 0 or row < 0 or column >= width - 1 or row >= height - 1:
        return np.int64(0)
    return sampled(pixels, row * width + column, width, x, y)


@numba.njit(inline="always")
def _fixed(value: float) -> int:
    """Return a place as a fixed-point number, rounded to the interpolation's weights."""
    return np.int64(np.floor(value * 65536.0 + 128.0))


@numba.njit(inline="always")
def _faded(pixel: int, share: float) -> int:
    """Return a premultiplied pixel, made clearer."""
    weight = np.int64(min(max(share, 0.0), 1.0) * 256.0 + 0.5)
    low = ((pixel & 0x00FF00FF) * weight + 0x00800080) >> 8
    high = ((pixel >> 8) & 0x00FF00FF) * weight + 0x00800080
    return (low & 0x00FF00FF) | (high & 0xFF00FF00)


@numba.njit(fastmath=True)
def _set_lids(lids: NDArray[np.float32], n: NDArray[np.float64], columns: NDArray[np.float64]) -> None:
    """Place the lids' edges, and the outline, in the columns of the drawn eye: rows 3 to 6, 9 and 10 of `lids`."""
    width = lids.shape[1]
    for column in range(width):
        near = min(max(columns[column], 0.0), width - 1.001)
        k = np.int64(near)
        t = near - k
        top, end = lids[0, k] + (lids[0, k + 1] - lids[0, k]) * t, lids[1, k] + (lids[1, k + 1] - lids[1, k]) * t
        meet = lids[2, k] + (lids[2, k + 1] - lids[2, k]) * t
        lids[3, column], lids[4, column] = top + (meet - top) * n[UPPER], end + (meet - end) * n[LOWER]
        lids[5, column], lids[6, column] = top, end
        # The outline itself, without interpolation: beyond the eye's ends there is none.
        nearest = np.int64(near + 0.5)
        lids[9, column], lids[10, column] = lids[7, nearest], lids[8, nearest]
        for row in (3, 4, 5, 6, 9, 10):
            lids[row, column] = n[MIDDLE_Y] + (lids[row, column] - n[MIDDLE_Y]) * n[SCALE_Y] + n[SHIFT_Y]


@numba.njit(inline="always")
def _down(column: NDArray[np.int64], y: float) -> int:
    """Interpolate a column of pixels."""
    near = min(max(y, 0.0), column.size - 1.001)
    k = np.int64(near)
    t = near - k
    if t < 1.0 / 512.0:
        return column[k]
    return _faded(column[k], 1.0 - t) + _faded(column[k + 1], t)


@numba.njit(fastmath=True)
def _close_lids(lids: NDArray[np.float32], has_lashes: bool, stays: float, out: NDArray[np.uint32]) -> None:
    """Let lids cover an open eye; lashes come down with the upper one, so much of a socket or a shadow stays."""
    height, width = out.shape
    before = np.empty(height, np.int64)
    for column in range(width):
        upper, lower = lids[3, column], lids[4, column]
        down, up = upper - lids[5, column], lids[6, column] - lower
        if down < 0.05 and up < 0.05:
            continue
        for row in range(height):
            before[row] = out[row, column]
        least = min(max(lower - upper, 0.0), 1.0)
        # Soft edges belong to the eye.
        top, end = lids[9, column] - EDGE_PX, lids[10, column] + EDGE_PX
        for row in range(height):
            if row > end or (row < top and not has_lashes):
                if stays < 1 and before[row] >> 24:
                    out[row, column] = _faded(before[row], stays)
                continue
            below_upper = min(max(row - upper + 0.5, 0.0), 1.0) if down >= 0.05 else 1.0
            above_lower = min(max(lower - row + 0.5, 0.0), 1.0) if up >= 0.05 else 1.0
            pixel = _faded(before[row], min(below_upper, above_lower, least)) if row >= top else np.int64(0)
            if has_lashes and row - down <= top:
                pixel = over(pixel, _down(before, row - down))
            out[row, column] = pixel


@numba.njit(fastmath=True)
def _stroke_lid(
    curve: NDArray[np.float32], ends: tuple[float, float], line_px: float, line: int, out: NDArray[np.uint32]
) -> None:
    """Draw a lid's edge: a stroke along a curve, y by column, with round ends."""
    height, width = out.shape
    reach = 0.5 * line_px + 1.0
    first, last = max(np.int64(np.ceil(ends[0])), 0), min(np.int64(ends[1]), width - 1)
    for column in range(max(np.int64(ends[0] - reach), 0), min(np.int64(ends[1] + reach) + 2, width)):
        left, right = max(np.int64(column - reach) - 1, first), min(np.int64(column + reach) + 1, last)
        if left >= right:
            continue
        low = high = curve[left]
        for k in range(left, right + 1):
            low, high = min(low, curve[k]), max(high, curve[k])
        for row in range(max(np.int64(low - reach), 0), min(np.int64(high + reach) + 2, height)):
            nearest = reach * reach
            for k in range(left, right):
                # The distance to the piece between two columns.
                rise, away = curve[k + 1] - curve[k], row - curve[k]
                share = min(max((column - k + away * rise) / (1.0 + rise * rise), 0.0), 1.0)
                across, along = column - k - share, away - rise * share
                nearest = min(nearest, across * across + along * along)
            cover = min(0.5 * line_px + 0.5 - np.sqrt(nearest), 1.0)
            if cover > 0:
                out[row, column] = over(np.int64(out[row, column]), _faded(line, cover))


@numba.njit(fastmath=True)
def _paint_open(
    white: NDArray[np.uint32], pupil: NDArray[np.uint32], clip: NDArray[np.uint32],
    pupil_box: tuple[int, int, int, int], shift: tuple[float, float], out: NDArray[np.uint32],
) -> None:  # fmt: skip
    """Draw an open eye: its white, and over it the pupil, shifted."""
    height, width = out.shape
    out[:] = white.reshape(height, width)
    x0, x1 = max(np.int64(pupil_box[0] + shift[0]) - 1, 0), min(np.int64(pupil_box[2] + shift[0]) + 2, width)
    y0, y1 = max(np.int64(pupil_box[1] + shift[1]) - 1, 0), min(np.int64(pupil_box[3] + shift[1]) + 2, height)
    moved = abs(shift[0]) + abs(shift[1]) > 1.0 / 256.0
    for row in range(y0, y1):
        y, from_x = _fixed(row - shift[1]), _fixed(-shift[0])
        for column in range(x0, x1):
            look = _at((pupil, width, height), (column << 16) + from_x, y)
            if look >> 24 == 0:
                continue
            pixel, seen = np.int64(out[row, column]), np.int64(clip[row * width + column]) >> 24
            if seen == 255 or not moved:
                pixel = over(pixel, look)
            else:
                # Atop: at the white's soft edge, the pupil takes its place and adds nothing to it.
                pixel = _faded(pixel, 1.0 - (look >> 24) / 255.0) + _faded(look, seen / 255.0)
            out[row, column] = pixel


@numba.njit(fastmath=True)
def _mean_down(picture: NDArray[np.uint32], size: tuple[int, int], column: int, ends: tuple[float, float]) -> int:
    """Return the mean of a column of pixels from a height to another; pixel n reaches from n to n + 1."""
    width, height = size
    first, last = max(np.int64(np.floor(ends[0])), 0), min(np.int64(np.floor(ends[1])), height - 1)
    alike = picture[first * width + column]
    row = first + 1
    while row <= last and picture[row * width + column] == alike:
        row += 1
    if row > last and ends[0] >= 0 and ends[1] <= height:
        return np.int64(alike)
    scale = 65536.0 / (ends[1] - ends[0])
    red = green = blue = alpha = np.int64(0)
    for row in range(first, last + 1):
        weight = np.int64((min(ends[1], row + 1.0) - max(ends[0], float(row))) * scale)
        p = np.int64(picture[row * width + column])
        red += (p & 255) * weight
        green += ((p >> 8) & 255) * weight
        blue += ((p >> 16) & 255) * weight
        alpha += (p >> 24) * weight
    half = np.int64(32768)
    return (
        ((red + half) >> 16) | ((green + half) >> 16 << 8) | ((blue + half) >> 16 << 16) | ((alpha + half) >> 16 << 24)
    )


@numba.njit(fastmath=True)
def _stretch(
    picture: NDArray[np.uint32], box: tuple[int, int, int, int], n: NDArray[np.float64], out: NDArray[np.uint32]
) -> None:
    """Draw an eye's picture, stretched and shifted; `box` is x0, y0, x1, y1 of what it shows."""
    height, width = out.shape
    size = width, height
    grow_x, grow_y = 1.0 / n[SCALE_X], 1.0 / n[SCALE_Y]
    from_x = n[MIDDLE_X] - (n[SHIFT_X] + n[MIDDLE_X]) * grow_x
    from_y = n[MIDDLE_Y] - (n[SHIFT_Y] + n[MIDDLE_Y]) * grow_y
    out[:] = 0
    x0, x1 = max(np.int64((box[0] - from_x) / grow_x) - 2, 0), min(np.int64((box[2] - from_x) / grow_x) + 3, width)
    y0, y1 = max(np.int64((box[1] - from_y) / grow_y) - 2, 0), min(np.int64((box[3] - from_y) / grow_y) + 3, height)
    for row in range(y0, y1):
        y = from_y + row * grow_y
        # A flatter eye's pixels are means of the taller one's.
        ends = y + 0.5 - 0.5 * grow_y, y + 0.5 + 0.5 * grow_y
        fixed_y = _fixed(y)
        for column in range(x0, x1):
            x = _fixed(from_x + column * grow_x)
            if grow_y <= BILINEAR:
                out[row, column] = _at((picture, width, height), x, fixed_y)
                continue
            k, t = x >> 16, (x >> 8) & 255
            if k < 0 or k >= width - 1:
                continue
            pixel = _mean_down(picture, size, k, ends)
            if t:
                beside = _mean_down(picture, size, k + 1, ends)
                pixel = _faded(pixel, 1.0 - t / 256.0) + _faded(beside, t / 256.0)
            out[row, column] = pixel


@numba.njit(fastmath=True)
def _lined(pixel: int, n: NDArray[np.float64], x: float, y: float, line: int) -> int:
    """Return a pixel of an eye that becomes a line."""
    place = min(max(x, n[LINE_FROM]), n[LINE_TO])
    along = 2.0 * (place - n[LINE_FROM]) / max(n[LINE_TO] - n[LINE_FROM], 1.0) - 1.0
    away = y - (n[LINE_Y] - n[LINE_SAG] * along * along)
    away = np.sqrt((x - place) * (x - place) + away * away)
    cover = min(max(0.5 * n[LINE_PX] + 0.5 - away, 0.0), 1.0)
    # The line comes first, and the eye goes when it is hidden by it: half of both would let the skin shine through.
    return over(_faded(pixel, 5.0 - 5.0 * n[LINE_SHARE]), _faded(line, cover * min(16.0 * n[LINE_SHARE], 1.0)))


@compiled
def paint_eye(
    pictures: tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint32]],
    boxes: tuple[tuple[int, int, int, int], tuple[int, int, int, int]],
    lids: NDArray[np.float32],
    ends: tuple[int, int],
    numbers: NDArray[np.float64],
    line: int,
    out: NDArray[np.uint32],
) -> None:
    """Draw an eye.

    Parameters
    ----------
    pictures
        Its white, its pupil, and what the pupil is seen through (alpha): uint32, shape (height * width,),
        premultiplied.
    boxes
        x0, y0, x1, y1 of all that is shown, and of the pupil at rest.
    lids
        float32, shape (11, width): see `lids.Lids`.
    ends
        First and last column of the eye.
    numbers
        float64, shape (SIZE,).
    line
        Pixel of the lids' edges.
    out
        uint32, shape (height, width), written.
    """
    white, pupil, clip = pictures
    n = numbers
    height, width = out.shape
    shift = n[PUPIL_X], n[PUPIL_Y]
    if n[SCALE_X] == 1 and n[SCALE_Y] == 1 and n[SHIFT_X] == 0 and n[SHIFT_Y] == 0:
        _paint_open(white, pupil, clip, boxes[1], shift, out)
    else:
        eye = np.empty((height, width), np.uint32)
        _paint_open(white, pupil, clip, boxes[1], shift, eye)
        _stretch(eye.reshape(-1), boxes[0], n, out)
    if n[LINE_SHARE] > 0:
        for row in range(height):
            for column in range(width):
                pixel = np.int64(out[row, column])
                out[row, column] = _lined(pixel, n, column - n[SHIFT_X], row - n[SHIFT_Y], line)
    if n[HAS_LIDS] > 0:
        from_x = n[MIDDLE_X] - (n[SHIFT_X] + n[MIDDLE_X]) / n[SCALE_X]
        _set_lids(lids, n, from_x + np.arange(width) / n[SCALE_X])
        _close_lids(lids, n[HAS_LASHES] > 0, n[STAYS], out)
        drawn = (ends[0] - from_x) * n[SCALE_X], (ends[1] - from_x) * n[SCALE_X]
        if n[LOWER_ALPHA] > 0:
            _stroke_lid(lids[4], drawn, n[LINE_PX], _faded(line, n[LOWER_ALPHA]), out)
        if n[LID_ALPHA] > 0:
            _stroke_lid(lids[3], drawn, n[LINE_PX], _faded(line, n[LID_ALPHA]), out)
