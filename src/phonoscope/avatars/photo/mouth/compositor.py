# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="return-value, assignment, arg-type, call-overload, operator, no-any-return"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's float only.
"""The mouth's compositor: two layers of warped skin, and between them the drawn and photographed inside."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

_F = np.float32

_LIP_LIGHT = _F(1.8)
"""Where a lip throws a shadow it also throws its own red light: so many times the warmth of other shade."""
_CHEEK, _CHEEK_LIGHT = _F(0.8), _F(0.50)
"""Share of the inside of the cheeks at the mouth's corners, and the light on it."""
_RIM_LIGHT = _F(1.3)
"""Light on the lower lip's moist inside that shows over its edge: it faces the light; darker, it would be a second
contour of the lip."""
_SEAM_LIGHT = _F(0.52)
"""Light on the lips' moist inside where they nearly touch."""

SOFTNESS, SHADE_NEAR, SHADE_FAR, SHADE_LOWER = 0, 1, 2, 3
REACH_NEAR, REACH_FAR, OPEN_WIDE = 4, 5, 6
PLATE, PLATE_SHADE, MOVED, LOWER_TEETH = 7, 8, 9, 10
RIM, RIM_WIDTH, GLOSS = 11, 12, 13
CONTACT, CONTACT_REACH, CONTACT_HALF_WIDTH, PLANE_MIDDLE = 14, 15, 16, 17
CAVITY, MUCOSA, WARMTH = 18, 21, 24
SEAM, SEAM_REACH = 25, 26
TIP, TIP_FRONT, ROUND_SHADE, CORNER_SHADE = 27, 28, 29, 30
LOOK_SIZE = 31
"""Layout of the compositor's `look`, float32, shape (LOOK_SIZE,). Lengths are pixels, shares 0 to 1.

SOFTNESS
    Width of the lips' edges.
SHADE_NEAR, SHADE_FAR, SHADE_LOWER
    Light taken right under the upper lip by its contact shadow and by its wider one, and right over the lower lip.
REACH_NEAR, REACH_FAR
    How far the contact shadows, and the wider one, reach.
OPEN_WIDE
    Local opening from which light falls in freely; less is darker.
PLATE, PLATE_SHADE, MOVED
    Share of the photographed plate that is shown, share of the lips' shade that falls on it, and the mix of its two
    states (0 at rest, 1 moved).
LOWER_TEETH
    Share of the lower teeth that is shown: a raised tongue covers them.
RIM, RIM_WIDTH, GLOSS
    Share and height of the lower lip's moist inside that shows over its edge, and grey levels of its highlight.
CONTACT, CONTACT_REACH, CONTACT_HALF_WIDTH, PLANE_MIDDLE
    Depth of the shadow where lips of a photographed open mouth meet, its reach, and half its length in pixels of the
    upper teeth's plane, whose middle column is PLANE_MIDDLE.
CAVITY, MUCOSA
    Colours of the depth of the mouth and of the lower lip's inside; three entries each.
WARMTH
    Red that shaded teeth take on from the lips around them, and 0.4 of it in green.
SEAM, SEAM_REACH
    How far the lips' own shaded red replaces all else where they nearly touch, and from which local opening on.
TIP, TIP_FRONT
    Share of the tongue's raised tip that is shown, and the part of it that lies over the upper teeth's edge (th).
ROUND_SHADE, CORNER_SHADE
    Light that lips pushed forward keep from the whole inside, and light that is missing at the mouth's corners.
"""


@numba.njit(inline="always", fastmath=True)
def _rise(x: float) -> float:
    """Return a smooth rise from 0 at 0 to 1 at 1."""
    t = min(max(x, _F(0)), _F(1))
    return t * t * (_F(3) - _F(2) * t)


@numba.njit(inline="always", fastmath=True)
def _fade(x: float) -> float:
    """Return 1 up to 0, then a bell's flank."""
    t = max(x, _F(0))
    return _F(1) / (_F(1) + t * t * (_F(1) + t * t))


@numba.njit(inline="always", fastmath=True)
def _sample(plane: NDArray[np.float32], place: NDArray[np.float32], x: float, y: float) -> tuple[float, ...]:
    """Read an RGBA plane between its pixels where `place`, shape (2, 3), puts output pixel (x, y); clear outside."""
    px = place[0, 0] * x + place[0, 1] * y + place[0, 2]
    py = place[1, 0] * x + place[1, 1] * y + place[1, 2]
    if px < _F(0) or py < _F(0) or px > _F(plane.shape[1] - 1.001) or py > _F(plane.shape[0] - 1.001):
        return _F(0), _F(0), _F(0), _F(0)
    j, i = int(px), int(py)
    fx, fy = px - _F(j), py - _F(i)
    a, b = (_F(1) - fx) * (_F(1) - fy), fx * (_F(1) - fy)
    c, d = (_F(1) - fx) * fy, fx * fy
    return (
        plane[i, j, 0] * a + plane[i, j + 1, 0] * b + plane[i + 1, j, 0] * c + plane[i + 1, j + 1, 0] * d,
        plane[i, j, 1] * a + plane[i, j + 1, 1] * b + plane[i + 1, j, 1] * c + plane[i + 1, j + 1, 1] * d,
        plane[i, j, 2] * a + plane[i, j + 1, 2] * b + plane[i + 1, j, 2] * c + plane[i + 1, j + 1, 2] * d,
        plane[i, j, 3] * a + plane[i, j + 1, 3] * b + plane[i + 1, j, 3] * c + plane[i + 1, j + 1, 3] * d,
    )


@numba.njit(inline="always", fastmath=True)
def _across(at: tuple[float, float], maps: NDArray[np.float32], look: NDArray[np.float32]) -> float:
    """Return how far output pixel `at` lies from the mouth's middle, 1 at its corners."""
    m = maps[2]
    return abs(m[0, 0] * at[0] + m[0, 1] * at[1] + m[0, 2] - look[PLANE_MIDDLE]) / look[CONTACT_HALF_WIDTH]


@numba.njit(inline="always", fastmath=True)
def _byte(value: float) -> int:
    return np.uint8(min(max(value, _F(0)), _F(255)) + _F(0.5))


@compiled
def compose_mouth(
    out: NDArray[np.uint8],
    skins: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    distances: tuple[NDArray[np.float32], NDArray[np.float32]],
    layers: tuple[NDArray[np.float32], ...],
    controls: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> None:
    """Compose the mouth's box of a frame.

    At each pixel upper skin + lower skin + inside = 1, with lower ≤ 1 − upper: plain "over" would draw a line past the
    corners of the mouth, where both skins meet.

    Parameters
    ----------
    out
        uint8, shape (height, width, 3): written.
    skins
        Upper and lower skin layer, already warped; uint8, same shape.
    distances
        Distances below the upper and below the lower lip's edge, warped with their skins, in pixels; float32, shape
        (height, width).
    layers
        `Interior.layers`: tongue, lower teeth, upper teeth, the photographed mouth at rest and moved, and the
        tongue's raised tip.
    controls
        `state.place_planes`, float32, shape (5, 2, 3), and `state.mouth_look`, float32, shape (LOOK_SIZE,).
    """
    upper_skin, lower_skin = skins
    below_upper, below_lower = distances
    maps, look = controls
    sharp = _F(1) / look[SOFTNESS]
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            at = _F(column), _F(row)
            gap = below_upper[row, column], -below_lower[row, column]
            upper = min(max(_F(0.5) - gap[0] * sharp, _F(0)), _F(1))
            lower = min(max(_F(0.5) - gap[1] * sharp, _F(0)), _F(1), _F(1) - upper)
            inside = _F(1) - upper - lower
            r, g, b = _F(0), _F(0), _F(0)
            if inside > _F(0.002):
                r, g, b = _inside(at, gap, layers, maps, look)
                r, g, b = r * inside, g * inside, b * inside
            r += _F(lower_skin[row, column, 0]) * lower + _F(upper_skin[row, column, 0]) * upper
            g += _F(lower_skin[row, column, 1]) * lower + _F(upper_skin[row, column, 1]) * upper
            b += _F(lower_skin[row, column, 2]) * lower + _F(upper_skin[row, column, 2]) * upper
            if look[CONTACT] > _F(0):
                k = _contact(at, gap, maps, look)
                r, g, b = r * k * (_F(1) + _LIP_LIGHT * look[WARMTH] * (_F(1) - k)), g * k, b * k
            out[row, column, 0] = _byte(r)
            out[row, column, 1] = _byte(g)
            out[row, column, 2] = _byte(b)


@numba.njit(fastmath=True)
def _inside(
    at: tuple[float, float],
    gap: tuple[float, float],
    layers: tuple[NDArray[np.float32], ...],
    maps: NDArray[np.float32],
    look: NDArray[np.float32],
) -> tuple[float, float, float]:
    """Return red, green and blue of the mouth's inside at output pixel `at`, `gap` pixels from both lips."""
    x, y = at
    opening = gap[0] + gap[1]
    across = _across(at, maps, look)
    r, g, b = _depth(gap, across, look)
    tr, tg, tb, ta = _sample(layers[0], maps[0], x, y)
    keep = _F(1) - ta
    r, g, b = r * keep + tr, g * keep + tg, b * keep + tb
    if look[LOWER_TEETH] > _F(0):
        pr, pg, pb, pa = _sample(layers[1], maps[1], x, y)
        k = look[LOWER_TEETH]
        keep = _F(1) - pa * k
        k *= _F(0.65) + _F(0.35) * _rise(gap[0] / (_F(2) * look[REACH_FAR]))
        r, g, b = r * keep + pr * k, g * keep + pg * k, b * keep + pb * k
    if look[TIP] > _F(0):
        k = look[TIP]
        tr, tg, tb, ta = _sample(layers[5], maps[4], x, y)
        tr, tg, tb, ta = tr * k, tg * k, tb * k, ta * k
        keep = _F(1) - ta
        r, g, b = r * keep + tr, g * keep + tg, b * keep + tb
    pr, pg, pb, pa = _sample(layers[2], maps[2], x, y)
    keep = _F(1) - pa
    r, g, b = r * keep + pr, g * keep + pg, b * keep + pb

    near, far = _F(1) / look[REACH_NEAR], _F(1) / look[REACH_FAR]
    lips = (_F(1) - look[SHADE_NEAR] * _fade(gap[0] * near)) * (_F(1) - look[SHADE_FAR] * _fade(gap[0] * far))
    lips *= _F(1) - look[SHADE_LOWER] * _fade(gap[1] * near)
    # What light is missing is replaced by a little that lips and gums have coloured.
    k = lips * (_F(0.80) + _F(0.20) * _rise(opening / look[OPEN_WIDE]))
    warm = look[WARMTH] * (_F(1) - k)
    r, g, b = r * k * (_F(1) + warm), g * k * (_F(1) + _F(0.4) * warm), b * k
    if look[PLATE] > _F(0.003):
        pr, pg, pb, pa = _photographed(at, lips, layers, maps, look)
        keep = _F(1) - pa
        r, g, b = r * keep + pr, g * keep + pg, b * keep + pb
    if look[TIP] * look[TIP_FRONT] > _F(0):
        keep = _F(1) - ta * look[TIP_FRONT]
        k = look[TIP_FRONT] * lips
        r, g, b = r * keep + tr * k, g * keep + tg * k, b * keep + tb * k
    k = _F(1) - look[ROUND_SHADE]
    k *= _F(1) - look[CORNER_SHADE] * _rise((across - _F(0.55)) * _F(2.2))
    warm = look[WARMTH] * (_F(1) - k)
    r, g, b = r * k * (_F(1) + warm), g * k, b * k
    if look[RIM] > _F(0.003):
        pr, pg, pb, pa = _moist_rim(gap, lips, look)
        keep = _F(1) - pa
        r, g, b = r * keep + pr, g * keep + pg, b * keep + pb
    if look[SEAM] > _F(0):
        k = look[SEAM] * (_F(1) - _rise(opening / look[SEAM_REACH]))
        keep, k = _F(1) - k, k * _SEAM_LIGHT
        r, g, b = r * keep + look[MUCOSA] * k, g * keep + look[MUCOSA + 1] * k, b * keep + look[MUCOSA + 2] * k
    return r, g, b


@numba.njit(fastmath=True)
def _depth(gap: tuple[float, float], across: float, look: NDArray[np.float32]) -> tuple[float, float, float]:
    """Return the colour of the depth of the mouth: darkest under the palate; the floor catches some light."""
    k = _F(0.6) + _F(0.7) * _rise(gap[0] / max(gap[0] + gap[1], _F(1)))
    # At the corners the insides of the cheeks are seen.
    cheek = _CHEEK * _rise((across - _F(0.5)) * _F(2.5))
    k, cheek = k * (_F(1) - cheek), cheek * _CHEEK_LIGHT
    return (
        look[CAVITY] * k + look[MUCOSA] * cheek,
        look[CAVITY + 1] * k + look[MUCOSA + 1] * cheek,
        look[CAVITY + 2] * k + look[MUCOSA + 2] * cheek,
    )


@numba.njit(fastmath=True)
def _photographed(
    at: tuple[float, float],
    lips: float,
    layers: tuple[NDArray[np.float32], ...],
    maps: NDArray[np.float32],
    look: NDArray[np.float32],
) -> tuple[float, ...]:
    """Return the photographed plate, premultiplied RGBA; `lips` is the light that the lips' shadows leave."""
    x, y = at
    t = look[MOVED]
    r0, g0, b0, a0 = _sample(layers[3], maps[3], x, y)
    r1, g1, b1, a1 = _sample(layers[4], maps[3], x, y)
    a = (a0 * (_F(1) - t) + a1 * t) * look[PLATE]
    light = _F(1) - look[PLATE_SHADE] * (_F(1) - lips)
    k = a * light
    warm = _F(1) + _LIP_LIGHT * look[WARMTH] * (_F(1) - light)
    return (r0 * (_F(1) - t) + r1 * t) * k * warm, (g0 * (_F(1) - t) + g1 * t) * k, (b0 * (_F(1) - t) + b1 * t) * k, a


@numba.njit(fastmath=True)
def _moist_rim(gap: tuple[float, float], lips: float, look: NDArray[np.float32]) -> tuple[float, ...]:
    """Return the lower lip's moist inside, premultiplied RGBA; it shows once the mouth is well open."""
    t = gap[1] / look[RIM_WIDTH]
    a = look[RIM] * (_F(1) - _rise(t)) * _rise((gap[0] + gap[1]) / look[OPEN_WIDE] - _F(0.8))
    e = (t - _F(0.3)) * _F(4)
    k = a * lips * _RIM_LIGHT * (_F(1) - _F(0.3) * _rise(t))
    shine = a * look[GLOSS] / (_F(1) + e * e * (_F(1) + e * e))
    return look[MUCOSA] * k + shine, look[MUCOSA + 1] * k + shine, look[MUCOSA + 2] * k + shine, a


@numba.njit(fastmath=True)
def _contact(
    at: tuple[float, float], gap: tuple[float, float], maps: NDArray[np.float32], look: NDArray[np.float32]
) -> float:
    """Return the light left by the shadow where the lips of a photographed open mouth meet."""
    reach = look[CONTACT_REACH]
    near = min(_F(1) - (gap[0] + gap[1]) / reach, _F(1))
    if near <= _F(0):
        return _F(1)
    near *= _F(1) - _rise((_across(at, maps, look) - _F(0.45)) / _F(0.5))
    e = gap[0] / (_F(0.30) * reach)
    return _F(1) - look[CONTACT] * near * np.exp(-e * e)
