"""Outlines of the shapes, as Skia paths."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from phonoscope.scene.overlays.painting import rounded, skia_rect
from phonoscope.scene.overlays.rect import Rect

if TYPE_CHECKING:
    import skia

_STAR_WAIST: Final = 0.42
"""Inner radius of the star, of its outer one: between the pentagram's 0.38 and a badge's 0.5."""

_HEAD_LENGTH: Final = 0.95
"""Length of an arrow's head, of its height; at most half of the arrow."""

_SHAFT: Final = 0.42
"""Thickness of an arrow's shaft, of its head's height."""

_TAIL_HEIGHT: Final = 0.22
"""Height of a bubble's tail, of the bubble's with its tail."""

_BUBBLE_RADIUS: Final = 0.3
"""Of a bubble's corners, of its body's shorter side."""


def rectangle(box: Rect, radius: float) -> skia.Path:
    """Return a rectangle with corners of a radius, of its shorter side."""
    import skia

    return skia.Path.RRect(rounded(box, radius * min(box.width, box.height)))


def ellipse(box: Rect, radius: float) -> skia.Path:
    """Return an ellipse."""
    import skia

    return skia.Path.Oval(skia_rect(box))


def line(box: Rect, radius: float) -> skia.Path:
    """Return a horizontal line through the middle."""
    import skia

    return skia.Path.Line((box.left, box.middle[1]), (box.right, box.middle[1]))


def arrow(box: Rect, radius: float) -> skia.Path:
    """Return a broad arrow that points to the right."""
    middle = box.middle[1]
    neck = box.right - min(_HEAD_LENGTH * box.height, box.width / 2)
    half = _SHAFT * box.height / 2
    return _polygon(
        [
            (box.left, middle - half), (neck, middle - half), (neck, box.top), (box.right, middle),
            (neck, box.bottom), (neck, middle + half), (box.left, middle + half),
        ]
    )  # fmt: skip


def star(box: Rect, radius: float) -> skia.Path:
    """Return a star with five points, which fill the box."""
    points = []
    for corner in range(10):
        reach = 1.0 if corner % 2 == 0 else _STAR_WAIST
        angle = math.pi * corner / 5
        points.append((reach * math.sin(angle), -reach * math.cos(angle)))
    across, down = zip(*points, strict=True)
    wide, tall = max(across) - min(across), max(down) - min(down)
    return _polygon(
        [
            (box.left + (x - min(across)) / wide * box.width, box.top + (y - min(down)) / tall * box.height)
            for x, y in points
        ]
    )


def heart(box: Rect, radius: float) -> skia.Path:
    """Return a heart, which fills the box."""
    import skia

    path = skia.PathBuilder()

    def at(x: float, y: float) -> tuple[float, float]:
        return box.left + x * box.width, box.top + y * box.height

    # The lobes' highest points lie at a quarter and three quarters; each side is one curve from there to the tip.
    path.moveTo(at(0.5, 0.2))
    path.cubicTo(at(0.44, 0.07), at(0.34, 0.0), at(0.255, 0.0))
    path.cubicTo(at(0.11, 0.0), at(0.0, 0.125), at(0.0, 0.3))
    path.cubicTo(at(0.0, 0.58), at(0.27, 0.77), at(0.5, 1.0))
    path.cubicTo(at(0.73, 0.77), at(1.0, 0.58), at(1.0, 0.3))
    path.cubicTo(at(1.0, 0.125), at(0.89, 0.0), at(0.745, 0.0))
    path.cubicTo(at(0.66, 0.0), at(0.56, 0.07), at(0.5, 0.2))
    path.close()
    return path.detach()


def bubble(box: Rect, radius: float) -> skia.Path:
    """Return a speech bubble, whose tail points down to the left."""
    import skia

    tail = _TAIL_HEIGHT * box.height
    left, top, right, bottom = box.left, box.top, box.right, box.bottom - tail
    corner = max(radius, _BUBBLE_RADIUS) * min(box.width, bottom - top)
    corner = min(corner, box.width / 2, (bottom - top) / 2)
    turn = 2 * corner
    base = min(max(left + corner, left + 0.2 * box.width), right - corner)
    breadth = min(1.1 * tail, right - corner - base)
    path = skia.PathBuilder()
    path.moveTo((left + corner, top))
    path.lineTo((right - corner, top))
    path.arcTo(skia.Rect.MakeLTRB(right - turn, top, right, top + turn), -90, 90, False)
    path.lineTo((right, bottom - corner))
    path.arcTo(skia.Rect.MakeLTRB(right - turn, bottom - turn, right, bottom), 0, 90, False)
    path.lineTo((base + breadth, bottom))
    # The tail leans outwards, and both of its sides are hollow, as if drawn with a pen.
    tip = (max(left, base - 0.55 * tail), box.bottom)
    path.quadTo((base + 0.42 * breadth, bottom + 0.62 * tail), tip)
    path.quadTo((base + 0.05 * breadth, bottom + 0.5 * tail), (base, bottom))
    path.lineTo((left + corner, bottom))
    path.arcTo(skia.Rect.MakeLTRB(left, bottom - turn, left + turn, bottom), 90, 90, False)
    path.lineTo((left, top + corner))
    path.arcTo(skia.Rect.MakeLTRB(left, top, left + turn, top + turn), 180, 90, False)
    path.close()
    return path.detach()


OUTLINES: Final[dict[str, Callable[[Rect, float], skia.Path]]] = {
    "rectangle": rectangle, "ellipse": ellipse, "line": line, "arrow": arrow, "star": star, "heart": heart,
    "bubble": bubble,
}  # fmt: skip
"""By the document's names: from a box, and the radius of its corners where it has such."""


def _polygon(points: list[tuple[float, float]]) -> skia.Path:
    import skia

    return skia.Path.Polygon([skia.Point(*point) for point in points], True)
