# mypy: disallow-untyped-decorators=False
# mypy: disable-error-code="return-value, assignment, arg-type, call-overload, operator, no-any-return"
# Scalars in compiled code are 32-bit floats; the type checker knows Python's float only.
"""Draws a moving lid over an eye."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled

_F = np.float32

BELOW, GAP, TAPER, LASH_LINE, LASHES, FREE = 0, 1, 2, 3, 4, 5
"""Layout of an eye's `lines`, float32, shape (height, width, 6).

BELOW, GAP
    Pixels below the upper lid's edge, and height of the opening in pixels.
TAPER
    1 in the middle of the eye, falling to 0 past the corners.
LASH_LINE, LASHES
    Light left by the lashes, 0 to 1: typically at this place along the eye, and at this very pixel.
FREE
    1 where nothing lies in front of the lid.
"""

_UPPER_SHARE = _F(0.90)
"""Part of the opening that the upper lid travels; the lower lid rises by the rest."""
_LASH_TURN = _F(1.7)
"""Hanging lashes look shorter than lifted ones by this factor."""
_LASH_ROOT = _F(0.05)
"""They are darkest this far above the lid's edge, in openings; hanging, that place lies on the edge."""


@numba.njit(inline="always", fastmath=True)
def _unit(value: float) -> float:
    return min(max(value, _F(0)), _F(1))


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


@compiled
def draw_lid(
    out: NDArray[np.uint8],
    plate: NDArray[np.float32],
    lines: NDArray[np.float32],
    sizes: tuple[float, float, float, float, float, float, float],
    blink: float,
) -> None:
    """Close the lids over an eye.

    The photo's own lashes ride on the lid's edge: upright as long as the eye is open, turned down when it is shut.

    Parameters
    ----------
    out
        uint8, shape (height, width, 3): the open eye; drawn over.
    plate
        float32, same shape: the closed lid (`eyelids.paint_lid`).
    lines
        float32, shape (height, width, 6): see above.
    sizes
        Height of the opening in pixels; how far above it, and below it, the lids are repainted, in openings; the unit
        vector (x, y) down the eye; how much more green and blue than red lashes take, as a share; and the
        photo's blur in pixels.
    blink
        0 to 1.
    """
    opening, above, beneath = _F(sizes[0]), _F(sizes[1]), _F(sizes[2])
    down_x, down_y = _F(sizes[3]), _F(sizes[4])
    closed = _F(blink)
    soft = _F(1) / max(_F(0.8), _F(0.05) * opening, _F(1.2) * _F(sizes[6]))
    line_above = _F(1) / max((_F(0.05) + _F(0.01) * closed) * opening, _F(0.8) * _F(sizes[6]))
    line_below = _F(1) / max((_F(0.04) + _F(0.08) * closed) * opening, _F(0.8) * _F(sizes[6]))
    started = min(_F(1), closed * _F(6))
    for row in range(out.shape[0]):
        for column in range(out.shape[1]):
            taper = lines[row, column, TAPER]
            if taper <= _F(0):
                continue
            v, gap = lines[row, column, BELOW], lines[row, column, GAP]
            edge = gap * _UPPER_SHARE * closed
            away = v - edge
            ends = min(_F(1), taper * _F(3)) * lines[row, column, FREE]
            upper = _unit(_F(0.5) - away * soft) * _unit((v + above * opening * taper) / (_F(0.14) * opening))
            if v < _F(0):
                upper *= min(_F(1), closed * _F(3))
            lower = _unit((v - gap * (_F(1) - (_F(1) - _UPPER_SHARE) * closed)) * soft + _F(0.5))
            lower *= _unit((gap + beneath * opening - v) / (_F(0.10) * opening)) * closed
            cover = min(upper + lower, _F(1)) * ends
            # Lashes: lifted ones fade out, hanging ones fade in; and the thin dark edge of the lid itself.
            lifted = _lashes(lines, _F(column) - down_x * edge, _F(row) - down_y * edge)
            back = v + _LASH_TURN * away + _LASH_ROOT * opening
            hanging = _lashes(lines, _F(column) - down_x * back, _F(row) - down_y * back)
            e = away * (line_below if away > _F(0) else line_above)
            line = (_F(1) - lines[row, column, LASH_LINE]) * (_F(0.75) + _F(0.15) * closed)
            line /= _F(1) + e * e * (_F(1) + e * e * _F(2))
            dark = max(lifted * (_F(1) - closed * closed), hanging * closed * _F(0.85), line) * started * ends
            over = max(cover, dark) if away < _F(0) else cover
            for c in range(3):
                light_lid = max(_F(1) - dark * (_F(1) + _F(sizes[5]) * _F(c)), _F(0))
                value = _F(out[row, column, c])
                if away < _F(0):
                    value += (plate[row, column, c] * light_lid - value) * over
                else:
                    value = (value + (plate[row, column, c] - value) * cover) * light_lid
                out[row, column, c] = np.uint8(min(max(value, _F(0)), _F(255)) + _F(0.5))
