# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="return-value, assignment, arg-type, call-overload, operator, no-any-return"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's float only.
"""Draws an eye whose lids move and whose eyeball turns."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.eyes.eye_shape import FOLD_DROP, UPPER_SHARE
from phonoscope.core.compiled import compiled

_F = np.float32

Rgb = tuple[float, float, float]

_NOTHING = (_F(0), _F(0), _F(0))

BELOW, GAP, LASH_LINE, LASHES, FREE, LID, COVER = 0, 1, 2, 3, 4, 5, 6
"""Layout of an eye's `lines`, float32, shape (height, width, 7).

BELOW, GAP
    Pixels below the upper lid's edge, and height of the opening in pixels.
LASH_LINE, LASHES
    Light left by the lashes, 0 to 1: typically at this place along the eye, and at this very pixel.
FREE
    1 where nothing lies in front of the lid.
LID
    1 where lids may be redrawn, falling to 0 before the box ends.
COVER
    1 where nothing of an open eye may be left when it is shut.
"""

PHOTO, CLEAN, PLATE = 0, 3, 6
"""First channels of an eye's `skins`, uint8, shape (height, width, 9): the photo without what lies in front of the
lids; the same without lashes; the closed lid."""

_UPPER_SHARE = _F(UPPER_SHARE)
_SQUINT_UPPER, _SQUINT_LOWER = _F(0.10), _F(0.28)
"""Parts of the opening that a squint takes from above and from below: cheeks push the lower lid up."""
_WIDE = _F(0.16)
"""How far wide eyes lift the upper lid, in openings."""
_FOLD_DROP = _F(FOLD_DROP)
_LASH_TURN = _F(1.5)
"""Hanging lashes look shorter than lifted ones by this factor."""
_LASH_ROOT = _F(0.05)
"""They are darkest this far above the lid's edge, in openings; hanging, that place lies on the edge."""
_HIGHEST, _LOWEST = _F(-0.30), _F(0.50)
"""Lashes hang, and the lid's edge is dark, from so far above that edge to so far below, in openings."""
_LID_SHADOW = _F(0.22)
"""Light that a sinking lid takes from the eyeball beneath its edge."""


@numba.njit(inline="always", fastmath=True)
def _unit(value: float) -> float:
    return min(max(value, _F(0)), _F(1))


@numba.njit(inline="always", fastmath=True)
def _step(low: float, high: float, value: float) -> float:
    x = _unit((value - low) / max(high - low, _F(1e-6)))
    return x * x * (_F(3) - _F(2) * x)


@numba.njit(inline="always", fastmath=True)
def _level(value: float) -> int:
    return np.uint8(min(max(value, _F(0)), _F(255)) + _F(0.5))


@numba.njit(inline="always", fastmath=True)
def _clean(image: NDArray[np.uint8], skins: NDArray[np.uint8], place: tuple[int, int], share: float) -> None:
    """Take the tips of lashes off skin that does not move."""
    row, column = place
    for k in range(3):
        change = _F(skins[row, column, CLEAN + k]) - _F(skins[row, column, PHOTO + k])
        value = _F(image[row, column, k]) + change * share
        image[row, column, k] = _level(value)


@numba.njit(inline="always", fastmath=True)
def _lashes(lines: NDArray[np.float32], x: float, y: float) -> float:
    """Return the darkness of the photo's lashes between pixels, 0 to 1; 0 outside the box."""
    if x < _F(0) or y < _F(0) or x > _F(lines.shape[1] - 1.001) or y > _F(lines.shape[0] - 1.001):
        return _F(0)
    j, i = int(x), int(y)
    fx, fy = x - _F(j), y - _F(i)
    top = lines[i, j, LASHES] * (_F(1) - fx) + lines[i, j + 1, LASHES] * fx
    bottom = lines[i + 1, j, LASHES] * (_F(1) - fx) + lines[i + 1, j + 1, LASHES] * fx
    return _F(1) - (top * (_F(1) - fy) + bottom * fy)


@numba.njit(inline="always", fastmath=True)
def _add(sum_rgb: Rgb, skins: NDArray[np.uint8], place: tuple[int, float, float], weight: float) -> Rgb:
    """Add a colour between pixels (first channel, x, y), times its weight."""
    first, x, y = place
    x = min(max(x, _F(0)), _F(skins.shape[1] - 1.001))
    y = min(max(y, _F(0)), _F(skins.shape[0] - 1.001))
    j, i = int(x), int(y)
    fx, fy = x - _F(j), y - _F(i)
    red, green, blue = sum_rgb
    if fx + fy < _F(0.004):
        return (
            red + weight * _F(skins[i, j, first]),
            green + weight * _F(skins[i, j, first + 1]),
            blue + weight * _F(skins[i, j, first + 2]),
        )
    a, b = weight * (_F(1) - fx) * (_F(1) - fy), weight * fx * (_F(1) - fy)
    c, d = weight * (_F(1) - fx) * fy, weight * fx * fy
    n, m = j + 1, i + 1
    red += a * _F(skins[i, j, first]) + b * _F(skins[i, n, first])
    red += c * _F(skins[m, j, first]) + d * _F(skins[m, n, first])
    green += a * _F(skins[i, j, first + 1]) + b * _F(skins[i, n, first + 1])
    green += c * _F(skins[m, j, first + 1]) + d * _F(skins[m, n, first + 1])
    blue += a * _F(skins[i, j, first + 2]) + b * _F(skins[i, n, first + 2])
    blue += c * _F(skins[m, j, first + 2]) + d * _F(skins[m, n, first + 2])
    return red, green, blue


@numba.njit(inline="always", fastmath=True)
def _open_eye(
    skins: NDArray[np.uint8],
    ball: NDArray[np.uint8],
    where: tuple[int, int, float, float, float],
    motion: tuple[float, float],
    eye: tuple[float, float, float],
) -> Rgb:
    """Return what is seen between the lids: as photographed, unless the eyeball has turned or been uncovered."""
    row, column, away, bottom, edge = where
    closed, turned = motion
    opening, down_x, down_y = eye
    share = turned * _step(_F(-0.01), _F(0.09), min(away, bottom) / opening)
    x, y = _F(column), _F(row)
    if edge < _F(0) and away < _F(0.12) * opening:
        x, y = x - down_x * edge, y - down_y * edge
    shade = _unit(_F(1) - away / (_F(0.16) * opening))
    light = _F(1) - _LID_SHADOW * _unit(closed * _F(4)) * shade * shade
    red, green, blue = _add(_NOTHING, skins, (PHOTO, x, y), _F(1) - share)
    return (
        (red + _F(ball[row, column, 0]) * share) * light,
        (green + _F(ball[row, column, 1]) * share) * light,
        (blue + _F(ball[row, column, 2]) * share) * light,
    )


@numba.njit(inline="always", fastmath=True)
def _upper_lid(
    skins: NDArray[np.uint8],
    where: tuple[float, float, float, float],
    line: tuple[float, float, float],
    motion: tuple[float, float, float],
    eye: tuple[float, float, float, float, float],
) -> Rgb:
    """Mix the skin that rides on the lid's edge, the fold above it, and the closed lid that comes out between them."""
    x, y, v, edge = where
    gap, arch, cover = line
    closed, rooted, standing = motion
    opening, fold, above, down_x, down_y = eye
    near = fold * opening * (_F(0.35) + _F(0.65) * arch)
    most = _FOLD_DROP * opening
    drop = edge if edge < _F(0) else most * edge / (most + edge)
    free = _step(-above * opening, -near, v)
    strip = _F(1) - _step(_F(0.5) * near, near, edge - v)
    skin = _F(1) - _step(drop - near, drop - _F(0.5) * near, v)
    # The plate holds the fold of a shut eye.
    skin *= _F(1) - closed * closed * free
    if strip + skin > _F(1):
        strip /= strip + skin
        skin = _F(1) - strip
    open_part = _F(1) - cover * closed * closed
    strip *= open_part
    skin *= open_part
    shift = drop * free
    rgb = _NOTHING
    # Roots of lashes ride on the lid until it hangs; their tips do not stay behind where the lid was.
    riding = (x - down_x * edge, y - down_y * edge)
    if strip * (_F(1) - rooted) > _F(0.002):
        rgb = _add(rgb, skins, (PHOTO, riding[0], riding[1]), strip * (_F(1) - rooted))
    if strip * rooted > _F(0.002):
        rgb = _add(rgb, skins, (CLEAN, riding[0], riding[1]), strip * rooted)
    if skin * (_F(1) - standing) > _F(0.002):
        rgb = _add(rgb, skins, (PHOTO, x - down_x * shift, y - down_y * shift), skin * (_F(1) - standing))
    if skin * standing > _F(0.002):
        rgb = _add(rgb, skins, (CLEAN, x - down_x * shift, y - down_y * shift), skin * standing)
    plate = _F(1) - strip - skin
    if plate > _F(0.002):
        ahead = max(gap * _UPPER_SHARE - edge, _F(0)) * closed
        rgb = _add(rgb, skins, (PLATE, x + down_x * ahead, y + down_y * ahead), plate)
    return rgb


@numba.njit(inline="always", fastmath=True)
def _lower_lid(
    skins: NDArray[np.uint8],
    pushed: tuple[float, float],
    place: tuple[float, float],
    bare: float,
    cover: float,
) -> Rgb:
    """Mix the skin that is pushed up, which loses its liner, and the closed lid that hides the rest of the eye."""
    rgb = _NOTHING
    if bare < _F(1):
        rgb = _add(rgb, skins, (PHOTO, pushed[0], pushed[1]), _F(1) - bare)
    if bare * (_F(1) - cover) > _F(0):
        rgb = _add(rgb, skins, (CLEAN, pushed[0], pushed[1]), bare * (_F(1) - cover))
    if bare * cover > _F(0):
        rgb = _add(rgb, skins, (PLATE, place[0], place[1]), bare * cover)
    return rgb


@numba.njit(inline="always", fastmath=True)
def _lash_dark(
    lines: NDArray[np.float32],
    where: tuple[int, int, float, float],
    closed: float,
    eye: tuple[float, float, float, float],
) -> float:
    """Return how dark the lashes of a closing eye are: hanging ones fade in, and the thin dark edge of the lid."""
    row, column, v, away = where
    opening, down_x, down_y, blur = eye
    back = v + _LASH_TURN * away + _LASH_ROOT * opening
    hanging = _lashes(lines, _F(column) - down_x * back, _F(row) - down_y * back) * closed * closed * _F(0.85)
    width = _F(0.035) + _F(0.075) * closed if away > _F(0) else _F(0.045) + _F(0.01) * closed
    e = away / max(width * opening, blur, _F(0.8))
    line = (_F(1) - lines[row, column, LASH_LINE]) * (_F(0.75) + _F(0.15) * closed)
    line *= _unit(closed * _F(4)) / (_F(1) + e * e * (_F(1) + e * e * _F(2)))
    return max(hanging, line)


@compiled
def draw_eye(
    out: NDArray[np.uint8],
    ball: NDArray[np.uint8],
    skins: NDArray[np.uint8],
    lines: NDArray[np.float32],
    sizes: tuple[float, float, float, float, float, float, float, float],
    state: tuple[float, float, float, float],
) -> None:
    """Move the lids of an eye, over its eyeball.

    The skin next to the upper lid's edge rides along with it, the fold above follows a little, and between the two the
    closed lid comes out. The lower lid's skin is pushed up. Lashes are upright as long as the eye is open, and hang
    when it is shut.

    Parameters
    ----------
    out
        uint8, shape (height, width, 3): the photo; drawn over.
    ball
        uint8, same shape: the eyeball without lids.
    skins
        uint8, shape (height, width, 9): see above.
    lines
        float32, shape (height, width, 7): see above.
    sizes
        Height of the opening in pixels; in openings: how far above it lies the fold, how far above and below it skin
        moves; the unit vector (x, y) down the eye; how much more green and blue than red lashes take, as a share;
        and the photo's blur in pixels.
    state
        How far the eye is shut, squinted and opened wide, and how far the eyeball has to be shown; 0 to 1.
    """
    opening, fold, above, beneath = _F(sizes[0]), _F(sizes[1]), _F(sizes[2]), _F(sizes[3])
    down_x, down_y, warmth, blur = _F(sizes[4]), _F(sizes[5]), _F(sizes[6]), _F(sizes[7])
    closed, squint, wide, turned = _F(state[0]), _F(state[1]), _F(state[2]), _F(state[3])
    awake = _F(1) - closed
    soft = _F(1) / max(_F(0.8), _F(0.05) * opening, _F(1.2) * blur)
    rooted, standing = _step(_F(0.25), _F(0.80), closed), _step(_F(0), _F(0.5), closed)
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            drawn = lines[row, column, LID] * lines[row, column, FREE]
            v, gap = lines[row, column, BELOW], lines[row, column, GAP]
            if drawn <= _F(0) or v > gap + beneath * opening:
                continue
            if v < -above * opening:
                if standing > _F(0):
                    _clean(out, skins, (row, column), standing * drawn)
                continue
            arch = min(_F(1), gap / opening)
            cover = lines[row, column, COVER]
            rise = gap * ((_F(1) - _UPPER_SHARE) * closed + _SQUINT_LOWER * squint * awake)
            edge = (
                gap * (_UPPER_SHARE * closed + _SQUINT_UPPER * squint * awake) - _WIDE * wide * awake * opening * arch
            )
            away, bottom = v - edge, gap - rise - v
            if closed == _F(0) and edge == _F(0) and rise == _F(0) and min(away, bottom) < -opening * _F(0.02):
                continue
            upper = _unit(_F(0.5) - away * soft)
            lower = min(_unit(_F(0.5) - bottom * soft), _F(1) - upper)
            x, y = _F(column), _F(row)
            seen = _F(1) - upper - lower
            red, green, blue = _NOTHING
            if seen > _F(1e-4):
                where = (row, column, away, bottom, edge)
                part = _open_eye(skins, ball, where, (closed, turned), (opening, down_x, down_y))
                red, green, blue = seen * part[0], seen * part[1], seen * part[2]
            if upper > _F(0):
                part = _upper_lid(
                    skins,
                    (x, y, v, edge),
                    (gap, arch, cover),
                    (closed, rooted, standing),
                    (opening, fold, above, down_x, down_y),
                )
                red, green, blue = red + upper * part[0], green + upper * part[1], blue + upper * part[2]
            if lower > _F(0):
                push = rise * (_F(1) - _step(_F(0.10), beneath, -bottom / opening))
                part = _lower_lid(skins, (x + down_x * push, y + down_y * push), (x, y), closed * closed, cover)
                red, green, blue = red + lower * part[0], green + lower * part[1], blue + lower * part[2]
            dark = _F(0)
            if closed > _F(0) and away > _HIGHEST * opening and away < _LOWEST * opening:
                dark = _lash_dark(lines, (row, column, v, away), closed, (opening, down_x, down_y, blur))
            for k, value in enumerate((red, green, blue)):
                # Changed is what differs from the photo behind what lies in front: where nothing does, nothing changes.
                light = max(_F(1) - dark * (_F(1) + warmth * _F(k)), _F(0))
                change = value * light - _F(skins[row, column, PHOTO + k])
                out[row, column, k] = _level(_F(out[row, column, k]) + change * drawn)


@compiled
def compose_eyeball(
    out: NDArray[np.uint8],
    white: NDArray[np.uint8],
    iris: NDArray[np.uint8],
    glints: NDArray[np.uint8],
    rest: NDArray[np.int16],
    share: float,
) -> None:
    """Lay an iris, RGBA, over the white, and add the catchlights, and a share of what the photo shows more."""
    more = _F(share)
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            opacity = _F(iris[row, column, 3]) * _F(1 / 255)
            for k in range(3):
                value = _F(white[row, column, k])
                value += (_F(iris[row, column, k]) - value) * opacity + _F(glints[row, column, k])
                value = min(value, _F(255)) + more * _F(rest[row, column, k])
                out[row, column, k] = np.uint8(min(max(value, _F(0)), _F(255)) + _F(0.49))
