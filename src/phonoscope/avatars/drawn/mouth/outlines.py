"""Paths of a mouth: the opening, teeth, tongue and lips, each a Skia path in the mouth's own frame."""

from __future__ import annotations

from typing import Any

from phonoscope.avatars.drawn.mouth.geometry import MouthForm

Point = tuple[float, float]
"""x and y."""

ELLIPSE = 0.5523
"""Handle of a cubic that follows a quarter of an ellipse, as a share of its half axis."""

CORNER = 0.97
"""The same for the corner of a rectangle."""

TEETH_BEND = 0.5
"""How far the teeth's edge follows the bend of the upper lip, but in a rectangle."""

TEETH_STRAIGHT = 0.2
"""Height of teeth, in halves of the mouth's width, from which on they do so no more than that."""

TONGUE_WIDTH, TIP_WIDTH, OUT_WIDTH = 0.62, 0.42, 0.45
"""Half the width of the tongue, of its raised tip, and of one that is put out, in halves of the mouth's."""

BOW_PEAK, BOW_DIP = 0.30, 0.72
"""Peaks of the upper lip from its middle, in halves of its width; height of the dip between them, in lip heights."""

BELLY = 0.85
"""How full the lower lip is towards its corners: height at a third of the way, in lip heights."""


def opening_path(skia: Any, form: MouthForm, outward_px: float) -> Any:
    """Return the edge of the opening: along the upper lip to the right, and back along the lower one."""
    x = form.middle_x
    path = skia.Path()
    path.moveTo(*form.left)
    _edge(path, form, (form.left, (x, form.upper_y - outward_px), form.right), form.round_upper)
    _edge(path, form, (form.right, (x, form.lower_y + outward_px), form.left), form.round_lower)
    path.close()
    return path


def _edge(path: Any, form: MouthForm, along: tuple[Point, Point, Point], roundness: float) -> None:
    """Go along a lip's edge, from one corner through its middle to the other corner."""
    start, middle, end = along
    handle = ELLIPSE + (CORNER - ELLIPSE) * form.square
    first, second = _handles(start, middle, roundness, handle)
    path.cubicTo(*first, *second, *middle)
    second, first = _handles(end, middle, roundness, handle)
    path.cubicTo(*first, *second, *end)


def _handles(corner: Point, middle: Point, roundness: float, handle: float) -> tuple[Point, Point]:
    """Return the handles at a corner and at the middle: of a parabola's half, or of a quarter of an ellipse."""
    across, down = middle[0] - corner[0], middle[1] - corner[1]
    at_corner_x = across / 3 * (1 - roundness)
    at_corner_y = down * (2 / 3 + (handle - 2 / 3) * roundness)
    at_middle_x = across * (1 / 3 + (handle - 1 / 3) * roundness)
    return (corner[0] + at_corner_x, corner[1] + at_corner_y), (middle[0] - at_middle_x, middle[1])


def upper_teeth_path(skia: Any, form: MouthForm) -> Any:
    """Return the upper row of teeth: everything above its edge, to be clipped by the opening."""
    high_px = form.teeth_upper_px
    # They come into view all along the lip, and are straight when they are seen whole.
    half = 0.5 * (form.right[0] - form.left[0])
    flat = (1 - TEETH_BEND * (1 - form.square)) * min(1.0, high_px / (TEETH_STRAIGHT * half))
    left, right = ((x, y + flat * (form.upper_y - y) + high_px) for x, y in (form.left, form.right))
    top_y = min(form.upper_y, form.left[1], form.right[1]) - 1
    path = skia.Path()
    path.moveTo(left[0], top_y)
    path.lineTo(*left)
    _edge(path, form, (left, (form.middle_x, form.upper_y + high_px), right), form.round_upper * (1 - flat))
    path.lineTo(right[0], top_y)
    path.close()
    return path


def lower_teeth_path(skia: Any, form: MouthForm) -> Any:
    """Return the lower row of teeth, which stands on the lower lip."""
    path = skia.Path()
    path.addRect(skia.Rect(form.left[0], form.lower_y - form.teeth_lower_px, form.right[0], form.lower_y + 1))
    return path


def tongue_path(skia: Any, form: MouthForm) -> Any:
    """Return the tongue: a mound on the lower lip, narrower where its tip is raised."""
    width = TONGUE_WIDTH + (TIP_WIDTH - TONGUE_WIDTH) * form.tongue_tip
    half, x, y = 0.5 * width * (form.right[0] - form.left[0]), form.middle_x, form.lower_y
    path = skia.Path()
    path.addOval(skia.Rect(x - half, y - form.tongue_px, x + half, y + form.tongue_px))
    return path


def hanging_tongue_path(skia: Any, form: MouthForm) -> Any:
    """Return a tongue that is put out: it leaves the opening and ends round."""
    half = 0.5 * OUT_WIDTH * (form.right[0] - form.left[0])
    left, right = form.middle_x - half, form.middle_x + half
    top, bottom = form.lower_y - 0.5 * form.gap_px, form.lower_y + form.tongue_out_px
    bend = bottom - min(1.1 * half, 0.8 * (bottom - top))
    path = skia.Path()
    path.moveTo(left, top)
    path.lineTo(left, bend)
    path.cubicTo(left, bottom, right, bottom, right, bend)
    path.lineTo(right, top)
    return path


def lips_path(skia: Any, form: MouthForm) -> Any:
    """Return the outer edge of both lips, with the bow of the upper one."""
    grow = 0.55 * form.upper_lip_px * form.rounded
    left, right = (form.left[0] - grow, form.left[1]), (form.right[0] + grow, form.right[1])
    path = skia.Path()
    path.moveTo(*left)
    _upper_lip(path, form, left, right)
    _lower_lip(path, form, left, right)
    path.close()
    return path


def _upper_lip(path: Any, form: MouthForm, left: Point, right: Point) -> None:
    """Go along the upper lip's outer edge to the right: up to a peak, through the dip, over the other peak."""
    x, half, bow = form.middle_x, 0.5 * (right[0] - left[0]), 1 - form.rounded
    top_y = form.upper_y - form.upper_lip_px
    dip_y = form.upper_y - form.upper_lip_px * (1 - (1 - BOW_DIP) * bow)
    handles = []
    for corner, sign in ((left, -1), (right, 1)):
        # The lip follows the bend of the mouth's line.
        peak = (x + sign * BOW_PEAK * half, top_y + BOW_PEAK**2 * (corner[1] - form.upper_y))
        rise = (
            corner[0] + 0.45 * bow * (peak[0] - corner[0]),
            corner[1] + (0.6 + 0.1 * bow) * (peak[1] - corner[1]),
        )
        handles.append((rise, (peak[0] + sign * 0.22 * half, peak[1]), peak, (peak[0] - sign * 0.14 * half, peak[1])))
    (rise, near, peak, off), (rise_right, near_right, peak_right, off_right) = handles
    path.cubicTo(*rise, *near, *peak)
    path.cubicTo(*off, x - 0.06 * half, dip_y, x, dip_y)
    path.cubicTo(x + 0.06 * half, dip_y, *off_right, *peak_right)
    path.cubicTo(*near_right, *rise_right, *right)


def _lower_lip(path: Any, form: MouthForm, left: Point, right: Point) -> None:
    """Go along the lower lip's outer edge back to the left: the inner edge, and as far below as the lip is high."""
    middle = (form.middle_x, form.lower_y)
    handle = ELLIPSE + (CORNER - ELLIPSE) * form.square
    high = form.lower_lip_px
    roundness = max(0.25, form.round_lower)
    sides = [_handles(corner, middle, roundness, handle) for corner in (right, left)]
    (right_1, right_2), (left_1, left_2) = [((a[0], a[1] + BELLY * high), (b[0], b[1] + high)) for a, b in sides]
    path.cubicTo(*right_1, *right_2, middle[0], middle[1] + high)
    path.cubicTo(*left_2, *left_1, *left)
