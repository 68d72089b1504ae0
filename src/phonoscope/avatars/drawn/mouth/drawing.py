"""Draws a mouth with Skia, in its style's own stroke and colours.

The shut mouth is a stroke, the open one a shape with that same stroke around it: the stroke's two edges part where the
lips do, so nothing ever jumps.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.mouth.geometry import MouthForm, form_mouth
from phonoscope.avatars.drawn.mouth.outlines import (
    hanging_tongue_path,
    lips_path,
    lower_teeth_path,
    opening_path,
    tongue_path,
    upper_teeth_path,
)
from phonoscope.avatars.drawn.mouth.skia_library import load_skia
from phonoscope.avatars.drawn.mouth.wishes import read_wishes
from phonoscope.avatars.drawn.puppet import Colour, MouthLook, Sprite
from phonoscope.core.performance import Pose

OUTWARD = 0.8
"""How far the stroke lies outside an opening, in halves of its width: inside it would fill a small one."""

EDGE_KEPT = 0.5
"""Share of the stroke's width that is left around a mouth without an outline when it is wide open."""

RIM, LEAST_RIM_PX, INNER_RIM = 0.4, 1.0, 0.14
"""What is dark between that mouth's edge and its teeth, in widths of the stroke, and at least: without it a mouth full
of teeth is a pale patch. The last is the least of it that lies within the opening: it rounds off slivers of teeth."""

WIDEST, HIGHEST, MARGIN_PX = 1.65, 1.0, 3
"""Room around a mouth: to the side and up and down beside its opening, in halves of its width, and for soft edges."""


class MouthPainter:
    """Draws one mouth, frame after frame, into one and the same patch.

    Parameters
    ----------
    look
        How the mouth looks.
    face_height_px
        Crown to chin: what one "face height" of a performance is.

    Raises
    ------
    MissingPartError
        Skia, or what it needs, is not installed.
    """

    def __init__(self, look: MouthLook, face_height_px: float) -> None:
        self._skia = skia = load_skia()
        self._look = look
        self._face_height_px = face_height_px
        x0, y0, x1, y1 = patch_box(look)
        self._pixels: NDArray[np.uint8] = np.zeros((y1 - y0, x1 - x0, 4), np.uint8)
        info = skia.ImageInfo.Make(x1 - x0, y1 - y0, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)
        self._surface = skia.Surface.MakeRasterDirect(info, self._pixels)
        self._canvas = self._surface.getCanvas()
        self._canvas.translate(look.centre_px[0] - x0, look.centre_px[1] - y0)
        self._canvas.rotate(look.tilt_deg)
        self._sprite = Sprite(self._pixels[:], x0, y0)
        colours = {"inside": look.inside, "teeth": look.teeth, "tongue": look.tongue, "lip": look.lip or look.inside}
        self._fill = {name: _paint(skia, colour) for name, colour in colours.items() if colour is not None}
        self._pen = _pen(skia, look.line or look.inside, look)
        self._brush = _pen(skia, look.inside, look)
        self._shut_colour = look.line or look.inside
        self._last: MouthForm | None = None

    def paint(self, pose: Pose) -> Sprite:
        """Return the mouth of a pose.

        The sprite is always the same one, drawn over by the next call.
        """
        form = form_mouth(read_wishes(pose), self._look, self._face_height_px)
        if form != self._last:
            self._draw(form)
            self._last = form
        return self._sprite

    def _draw(self, form: MouthForm) -> None:
        look, canvas = self._look, self._canvas
        canvas.clear(0)
        if look.kind == "lips":
            self._draw_lips(form)
        if look.line is not None and look.kind != "shape":
            self._draw_outlined(form)
        else:
            self._draw_bare(form)
        if form.tongue_out_px > 0 and look.tongue is not None:
            self._draw_hanging_tongue(form)

    def _draw_outlined(self, form: MouthForm) -> None:
        """Draw an opening with a stroke around it."""
        look, canvas = self._look, self._canvas
        outward_px = min(OUTWARD * 0.5 * look.line_px, 0.5 * form.gap_px) if look.kind == "line" else 0.0
        opening = opening_path(self._skia, form, outward_px)
        if form.gap_px > 0:
            canvas.drawPath(opening, self._fill["inside"])
            self._draw_interior(form, opening)
        canvas.drawPath(opening, self._pen)

    def _draw_bare(self, form: MouthForm) -> None:
        """Draw an opening without an outline: grown by the stroke that it is when shut, which stays dark."""
        skia, look, canvas, brush = self._skia, self._look, self._canvas, self._brush
        share = min(1.0, form.gap_px / (2 * look.line_px))
        outside_px = 0.5 * look.line_px * (1 - (1 - EDGE_KEPT) * share)
        opening = opening_path(skia, form, 0.0)
        brush.setColor(skia.Color(*_mixed(self._shut_colour, look.inside, share)))
        brush.setStyle(skia.Paint.kStrokeAndFill_Style)
        brush.setStrokeWidth(2 * outside_px)
        canvas.drawPath(opening, brush)
        if form.gap_px <= 0:
            return
        self._draw_interior(form, opening)
        inside_px = max(RIM * look.line_px, LEAST_RIM_PX) - outside_px
        brush.setStyle(skia.Paint.kStroke_Style)
        brush.setStrokeWidth(2 * max(inside_px, INNER_RIM * look.line_px))
        canvas.drawPath(opening, brush)

    def _draw_lips(self, form: MouthForm) -> None:
        lips = lips_path(self._skia, form)
        self._canvas.drawPath(lips, self._fill["lip"])
        if self._look.line is not None:
            self._canvas.drawPath(lips, self._pen)

    def _draw_interior(self, form: MouthForm, opening: Any) -> None:
        """Draw teeth and tongue, as far as the opening lets them be seen."""
        skia, canvas, fill = self._skia, self._canvas, self._fill
        if form.gap_px <= 0 or not {"teeth", "tongue"} & fill.keys():
            return
        canvas.save()
        canvas.clipPath(opening, skia.ClipOp.kIntersect, True)
        if form.tongue_px > 0 and "tongue" in fill:
            canvas.drawPath(tongue_path(skia, form), fill["tongue"])
        if form.teeth_lower_px > 0 and "teeth" in fill:
            canvas.drawPath(lower_teeth_path(skia, form), fill["teeth"])
        if form.teeth_upper_px > 0 and "teeth" in fill:
            canvas.drawPath(upper_teeth_path(skia, form), fill["teeth"])
        canvas.restore()

    def _draw_hanging_tongue(self, form: MouthForm) -> None:
        path = hanging_tongue_path(self._skia, form)
        self._canvas.drawPath(path, self._fill["tongue"])
        if self._look.line is not None:
            self._canvas.drawPath(path, self._pen)


def patch_box(look: MouthLook) -> tuple[int, int, int, int]:
    """Return the box that a mouth never leaves, x0, y0, x1, y1 in whole pixels of the canvas."""
    half = look.half_width_px
    thick = look.line_px + MARGIN_PX + (look.lip_height * half if look.kind == "lips" else 0.0)
    side = WIDEST * half + abs(look.skew) * half + thick
    up = HIGHEST * half + 0.5 * min(look.reach_px, 2 * half) + thick
    down = HIGHEST * half + min(look.reach_px, 2 * half) + thick
    turn = math.radians(look.tilt_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    corners = [(x * cos - y * sin, x * sin + y * cos) for x in (-side, side) for y in (-up, down)]
    xs, ys = zip(*corners, strict=True)
    x, y = look.centre_px
    return math.floor(x + min(xs)), math.floor(y + min(ys)), math.ceil(x + max(xs)), math.ceil(y + max(ys))


def _paint(skia: Any, colour: Colour) -> Any:
    return skia.Paint(Color=skia.Color(*colour), AntiAlias=True)


def _mixed(first: Colour, second: Colour, share: float) -> list[int]:
    return [round(a + (b - a) * share) for a, b in zip(first, second, strict=True)]


def _pen(skia: Any, colour: Colour, look: MouthLook) -> Any:
    """Return what strokes are drawn with.

    A shut mouth is a path that turns back at its corners: a round join there is a round cap, and a bevel a flat one.
    """
    return skia.Paint(
        Color=skia.Color(*colour),
        AntiAlias=True,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=look.line_px,
        StrokeJoin=skia.Paint.kRound_Join if look.round_ends else skia.Paint.kBevel_Join,
    )
