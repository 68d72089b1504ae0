"""Paints a drawn mouth as a pen would: an outline of even width around flat colours.

The outline is drawn through the places that the lips' edges have moved to, and not warped with the skin: what a warp
does to a stroke, no pen does.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

FINE, FINE_UNTIL_PX = 4, 400
"""Masks are drawn so many times finer than the picture; half of it for boxes longer than the second."""

SHIFT = 4
"""Bits behind the point in OpenCV's coordinates."""

SOFT_PX = 2
"""Pixels beyond a line that its soft edge may reach."""

OUTWARD = 0.8
"""How far the line lies outside an opening, in halves of its width: it would fill a small one."""

TONGUE_REACH, TEETH_REACH = 0.66, 0.80
"""Half the width of the tongue, and of the band of teeth, in halves of the opening's width."""

ROUND_WIDTH, ROUND_HEIGHT = 0.55, 0.72
"""Half the width of fully rounded lips against that of the mouth, and their height against their width."""

ROUND_FROM = 0.01
"""Opening, in face heights, at which rounded lips are a ring; below, they shut."""


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """How a mouth is painted; lengths in pixels, colours float32, shape (3,), 0 to 255.

    Attributes
    ----------
    line_px
        Half the line's width.
    shown
        How far the painted mouth replaces the photographed one, 0 to 1.
    tongue, teeth
        Height of the tongue over the lower lip, and of the band of teeth under the upper one, in openings.
    line_colour, cavity_colour, tongue_colour, tooth_colour
        Flat colours.
    """

    line_px: float
    shown: float
    tongue: float
    teeth: float
    line_colour: NDArray[np.float32]
    cavity_colour: NDArray[np.float32]
    tongue_colour: NDArray[np.float32]
    tooth_colour: NDArray[np.float32]


def round_outline(edges: NDArray[np.float64], rounded: float, opening: float) -> NDArray[np.float64]:
    """Return the lips' edges of a mouth that is drawn as a ring.

    Parameters
    ----------
    edges
        float64, shape (2, n, 2): places along the upper and the lower edge from corner to corner, in pixels.
    rounded
        0 leaves them, 1 draws a ring.
    opening
        In face heights.
    """
    across = edges.mean(0)[-1] - edges.mean(0)[0]
    width = max(float(np.hypot(*across)), 1e-6)
    right = across / width
    down = np.array([-right[1], right[0]])
    middle = len(edges[0]) // 2
    heights = (edges - edges[0, :1]) @ down
    # Lips that are shut overlap; a pen draws one line.
    overlap = np.maximum(heights[0] - heights[1], 0)
    edges = edges + np.array([[-0.5], [0.5]])[..., None] * (overlap[:, None] * down)
    share = rounded * min(max(opening, 0.0) / ROUND_FROM, 1.0)
    if share <= 0:
        return np.asarray(edges, np.float64)
    half = 0.5 * width * ROUND_WIDTH
    tall = max(0.5 * float(np.hypot(*(edges[1, middle] - edges[0, middle]))), ROUND_HEIGHT * half)
    angle = np.linspace(-0.5 * np.pi, 0.5 * np.pi, edges.shape[1])
    along = np.sin(angle)[:, None] * half * right
    away = np.cos(angle)[:, None] * tall * down
    centre = edges[:, middle].mean(0)
    ring = np.stack([centre + along - away, centre + along + away])
    return np.asarray(edges + (ring - edges) * share, np.float64)


def paint_drawn_mouth(out: NDArray[np.uint8], edges: NDArray[np.float64], ink: Ink) -> None:
    """Paint a mouth over plain skin.

    Parameters
    ----------
    out
        uint8, shape (height, width, 3): painted over.
    edges
        float64, shape (2, n, 2): the upper and the lower lip's edge from corner to corner, in pixels of `out`.
    """
    fine = FINE if max(out.shape[:2]) < FINE_UNTIL_PX else FINE // 2
    opening_px = float(np.hypot(*(edges[1] - edges[0]).T).max())
    line_px = ink.line_px + min(OUTWARD * ink.line_px, 0.5 * opening_px)
    # Everything lies within the line: nothing beyond is touched.
    left, top = np.maximum(np.floor(edges.min((0, 1)) - line_px - SOFT_PX), 0).astype(int)
    right, bottom = np.maximum(np.ceil(edges.max((0, 1)) + line_px + SOFT_PX), 0).astype(int)
    part = out[top:bottom, left:right]
    if not part.size:
        return
    edges = edges - (left, top)
    ring = np.concatenate([edges[0], edges[1, ::-1]])
    line, inside = _mask(part.shape, fine), _mask(part.shape, fine)
    cv2.polylines(line, [_fixed(ring, fine)], True, (255,), max(1, round(2 * line_px * fine)), cv2.LINE_8, SHIFT)
    layers = [(line, ink.line_colour)]
    if opening_px > 1:
        cv2.fillPoly(inside, [_fixed(ring, fine)], (255,), cv2.LINE_8, SHIFT)
        layers.append((inside, ink.cavity_colour))
        layers.append((inside & _tongue(part.shape, fine, edges, ink.tongue), ink.tongue_colour))
        if ink.teeth > 0:
            layers.append((inside & _teeth(part.shape, fine, edges, ink.teeth), ink.tooth_colour))
    _lay(part, layers, ink.shown)


def _lay(out: NDArray[np.uint8], layers: list[tuple[NDArray[np.uint8], NDArray[np.float32]]], shown: float) -> None:
    """Lay colours over pixels, (height, width, 3), each through its fine mask (0 to 255)."""
    size = out.shape[1], out.shape[0]
    # One plane for each colour: whole rows at a time.
    painted = np.ascontiguousarray(out.transpose(2, 0, 1)).astype(np.float32)
    change = np.empty_like(painted)
    for mask, colour in layers:
        share = cv2.resize(mask, size, interpolation=cv2.INTER_AREA).astype(np.float32)
        share *= shown / 255
        np.subtract(colour[:, None, None], painted, out=change)
        change *= share
        painted += change
    # Between two colours of 0 to 255 nothing overflows.
    painted += 0.5
    out[:] = painted.astype(np.uint8).transpose(1, 2, 0)


def _tongue(shape: tuple[int, ...], fine: int, edges: NDArray[np.float64], height: float) -> NDArray[np.uint8]:
    """Return a mask of the tongue: it rises from the lower lip's edge."""
    mask = _mask(shape, fine)
    share = np.linspace(-1, 1, edges.shape[1])
    arch = height * np.clip(1 - (share / TONGUE_REACH) ** 2, 0, 1)
    top = edges[1] + (edges[0] - edges[1]) * arch[:, None]
    cv2.fillPoly(mask, [_fixed(np.concatenate([top, edges[1, ::-1]]), fine)], (255,), cv2.LINE_8, SHIFT)
    return mask


def _teeth(shape: tuple[int, ...], fine: int, edges: NDArray[np.float64], height: float) -> NDArray[np.uint8]:
    """Return a mask of the band of teeth: as high all along the upper lip."""
    mask = _mask(shape, fine)
    inner = np.abs(np.linspace(-1, 1, edges.shape[1])) < TEETH_REACH
    middle = edges.shape[1] // 2
    down = (edges[1, middle] - edges[0, middle]) * height
    upper = edges[0, inner]
    cv2.fillPoly(mask, [_fixed(np.concatenate([upper - down, (upper + down)[::-1]]), fine)], (255,), cv2.LINE_8, SHIFT)
    return mask


def _mask(shape: tuple[int, ...], fine: int) -> NDArray[np.uint8]:
    return np.zeros((shape[0] * fine, shape[1] * fine), np.uint8)


def _fixed(points: NDArray[np.float64], fine: int) -> NDArray[np.int32]:
    """Return points as OpenCV's fixed-point coordinates of a fine mask."""
    # Pixel centres lie half a pixel inside.
    return np.asarray(np.rint(((points + 0.5) * fine - 0.5) * (1 << SHIFT)), np.int32)
