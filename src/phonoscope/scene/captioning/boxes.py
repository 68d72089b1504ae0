"""The box behind captions: one shape behind all lines, with round corners inside and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from phonoscope.scene.captioning.looks import CaptionLook
from phonoscope.scene.text import TextLayout

if TYPE_CHECKING:
    import skia

STEP: Final = 2.2
"""Lines whose ends are closer than this, of the corners' radius, end together: a smaller step is a notch."""


def paint_boxes(canvas: skia.Canvas, layout: TextLayout, look: CaptionLook, corner_px: tuple[float, float]) -> None:
    """Paint the box of a layout whose upper left corner lies at a place."""
    import skia

    red, green, blue, alpha = look.box or (0, 0, 0, 0)
    paint = skia.Paint(Color=skia.Color(red, green, blue, alpha), AntiAlias=True)
    # Of the whole outline: also where a longer line follows a shorter one.
    paint.setPathEffect(skia.CornerPathEffect.Make(look.radius_px))
    canvas.drawPath(_outline(layout, look, corner_px), paint)


def _outline(layout: TextLayout, look: CaptionLook, corner_px: tuple[float, float]) -> skia.Path:
    """Return the outline of all lines with room around them, clockwise, with corners that are not yet round."""
    import skia

    x_px, y_px = corner_px
    middle = x_px + layout.size_px[0] / 2
    halves = even_halves([(line.box.right_px - line.box.left_px) / 2 for line in layout.lines], STEP * look.radius_px)
    # The last line's lower edge is the next one's upper edge: no seam, no overlap.
    edges = [line.box.top_px for line in layout.lines] + [layout.lines[-1].box.bottom_px]
    edges = [edge + y_px for edge in edges]
    room = look.padding_px
    edges[0] -= room * _UPRIGHT
    edges[-1] += room * _UPRIGHT
    right: list[tuple[float, float]] = []
    for number, half in enumerate(halves):
        top, bottom = edges[number], edges[number + 1]
        # A wider line takes its room from its narrower neighbours.
        if number and half > halves[number - 1]:
            top -= room * _UPRIGHT
        if number and half < halves[number - 1]:
            top += room * _UPRIGHT
        if number + 1 < len(halves) and half > halves[number + 1]:
            bottom += room * _UPRIGHT
        if number + 1 < len(halves) and half < halves[number + 1]:
            bottom -= room * _UPRIGHT
        same = number and half == halves[number - 1]
        if same:
            right[-1] = (half + room, bottom)
        else:
            right += [(half + room, top), (half + room, bottom)]
    points = [(middle + across, down) for across, down in right]
    points += [(middle - across, down) for across, down in reversed(right)]
    return skia.Path.Polygon([skia.Point(*point) for point in points], True)


_UPRIGHT: Final = 0.5
"""Room above and below lines, of that beside them: lines have some of their own."""


def even_halves(halves: list[float], step_px: float) -> list[float]:
    """Return half the widths of lines, those made equal that differ by less than a step from their neighbours."""
    even = list(halves)
    for _ in even:
        for number in range(len(even) - 1):
            if abs(even[number] - even[number + 1]) < step_px:
                even[number] = even[number + 1] = max(even[number], even[number + 1])
    return even
