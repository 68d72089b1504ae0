# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="return-value, assignment, arg-type, call-overload, operator, no-any-return"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's float only.
"""The compositor of a drawn mouth: two layers of warped skin, flat colours between them, and an outline around."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

_F = np.float32

SOFTNESS, HALF_WIDTH, OPENING, LINE_SHARE, TONGUE, TEETH = 0, 1, 2, 3, 4, 5
LINE, CAVITY, TONGUE_COLOUR, TOOTH = 6, 9, 12, 15
LOOK_SIZE = 18
"""Layout of `look`, float32, shape (LOOK_SIZE,). Lengths are pixels.

SOFTNESS
    Width of all edges.
HALF_WIDTH
    Half the mouth's width.
OPENING
    Between the lips at the middle.
LINE_SHARE
    How far the drawn line replaces the photographed one, 0 to 1.
TONGUE, TEETH
    Height of the tongue over the lower lip, and of the band of teeth under the upper lip.
LINE, CAVITY, TONGUE_COLOUR, TOOTH
    Colours, three entries each.
"""

_TONGUE_REACH = _F(0.66)
_TEETH_REACH = _F(0.78)
_OUTWARD = _F(0.8)


@numba.njit(inline="always", fastmath=True)
def _share(x: float) -> float:
    return min(max(x + _F(0.5), _F(0)), _F(1))


@numba.njit(inline="always", fastmath=True)
def _byte(value: float) -> int:
    return np.uint8(min(max(value, _F(0)), _F(255)) + _F(0.5))


@compiled
def compose_drawn_mouth(
    out: NDArray[np.uint8],
    skins: tuple[NDArray[np.uint8], NDArray[np.uint8]],
    distances: tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    line_px: NDArray[np.float32],
    look: NDArray[np.float32],
) -> None:
    """Compose the mouth's box of a frame.

    Parameters
    ----------
    out
        uint8, shape (height, width, 3): written.
    skins
        Upper and lower skin layer, already warped; uint8, same shape.
    distances
        Distances below the upper and below the lower lip's edge in pixels, and the place across the mouth (-1 and 1 at
        its corners), warped with their skins; float32, shape (height, width).
    line_px
        Half the line's width along the mouth, from corner to corner; float32, shape (n,).
    look
        float32, shape (LOOK_SIZE,).
    """
    upper_skin, lower_skin = skins
    below_upper, below_lower, across = distances
    sharp = _F(1) / look[SOFTNESS]
    last = _F(line_px.shape[0] - 1)
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            over, under, x = below_upper[row, column], -below_lower[row, column], across[row, column]
            upper = _share(-over * sharp)
            lower = min(_share(-under * sharp), _F(1) - upper)
            inside = _F(1) - upper - lower
            r, g, b = look[CAVITY], look[CAVITY + 1], look[CAVITY + 2]
            if inside > _F(0.002):
                arch = _F(1) - (x / _TONGUE_REACH) * (x / _TONGUE_REACH)
                k = _share((look[TONGUE] * arch - under) * sharp)
                r += (look[TONGUE_COLOUR] - r) * k
                g += (look[TONGUE_COLOUR + 1] - g) * k
                b += (look[TONGUE_COLOUR + 2] - b) * k
                beside = (_TEETH_REACH - abs(x)) * look[HALF_WIDTH]
                k = _share(min(look[TEETH] - over, beside) * sharp)
                r, g, b = r + (look[TOOTH] - r) * k, g + (look[TOOTH + 1] - g) * k, b + (look[TOOTH + 2] - b) * k
            r = r * inside + _F(lower_skin[row, column, 0]) * lower + _F(upper_skin[row, column, 0]) * upper
            g = g * inside + _F(lower_skin[row, column, 1]) * lower + _F(upper_skin[row, column, 1]) * upper
            b = b * inside + _F(lower_skin[row, column, 2]) * lower + _F(upper_skin[row, column, 2]) * upper

            place = min(max((x + _F(1)) * _F(0.5) * last, _F(0)), last - _F(0.001))
            before = int(place)
            part = place - _F(before)
            half = line_px[before] * (_F(1) - part) + line_px[before + 1] * part
            if over + under > _F(0):
                # Around an opening the line lies on the skin, or it would fill a small one.
                aside = min(_OUTWARD * half, _F(0.5) * (over + under))
                away = min(abs(over + aside), abs(under + aside))
            else:
                # Shut lips overlap: their line runs half-way between both edges.
                away = abs(over - under) * _F(0.5)
            beyond = (abs(x) - _F(1)) * look[HALF_WIDTH]
            if beyond > _F(0):
                away = np.sqrt(away * away + beyond * beyond)
            k = _share((half - away) * sharp) * look[LINE_SHARE]
            out[row, column, 0] = _byte(r + (look[LINE] - r) * k)
            out[row, column, 1] = _byte(g + (look[LINE + 1] - g) * k)
            out[row, column, 2] = _byte(b + (look[LINE + 2] - b) * k)
