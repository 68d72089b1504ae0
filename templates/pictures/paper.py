"""What the pictures of the templates are drawn on: areas of colour, from the back to the front."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import skia
from PIL import Image

Points = Sequence[tuple[float, float]]

QUALITY = 82
"""Of WebP: areas of one colour stay clean from about here on."""


class Paper:
    """A picture that is being drawn; sizes and places in its own units, from the upper left corner.

    Attributes
    ----------
    width, height
        In units; a unit is a pixel of the file.
    """

    def __init__(self, width: int, height: int, top: str, bottom: str | None = None) -> None:
        """Take a sheet of a colour, or of one that becomes another downwards."""
        self.width, self.height = width, height
        self._surface = skia.Surface(width, height)
        self._canvas = self._surface.getCanvas()
        self.rect(0, 0, width, height, top, bottom=bottom)

    def rect(
        self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0.0,
        bottom: str | None = None,
    ) -> None:  # fmt: skip
        """Draw a rectangle, perhaps with round corners, perhaps of a colour that becomes another downwards."""
        box = skia.Rect.MakeXYWH(x, y, width, height)
        self._canvas.drawRRect(skia.RRect.MakeRectXY(box, radius, radius), _fill(colour, bottom, y, y + height))

    def oval(self, x: float, y: float, across: float, down: float, colour: str, bottom: str | None = None) -> None:
        """Draw an ellipse around a point, by its half axes."""
        box = skia.Rect.MakeLTRB(x - across, y - down, x + across, y + down)
        self._canvas.drawOval(box, _fill(colour, bottom, y - down, y + down))

    def area(self, points: Points, colour: str, bottom: str | None = None) -> None:
        """Draw a polygon."""
        heights = [y for _, y in points]
        self._canvas.drawPath(_path(points, closed=True), _fill(colour, bottom, min(heights), max(heights)))

    def line(self, points: Points, width: float, colour: str) -> None:
        """Draw a line with round ends and corners."""
        self._canvas.drawPath(_path(points, closed=False), _stroke(width, colour))

    def arc(
        self, centre: tuple[float, float], radii: tuple[float, float], degrees: tuple[float, float], width: float,
        colour: str,
    ) -> None:  # fmt: skip
        """Draw a part of an ellipse: it begins at the first angle (0 right, 90 below), and is as long as the second."""
        (x, y), (across, down) = centre, radii
        box = skia.Rect.MakeLTRB(x - across, y - down, x + across, y + down)
        self._canvas.drawArc(box, *degrees, False, _stroke(width, colour))

    def save(self, path: Path) -> None:
        """Write it as a WebP file."""
        rgba = self._surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
        Image.fromarray(rgba).convert("RGB").save(path, quality=QUALITY, method=6)


def _colour(colour: str) -> int:
    """Return a #rrggbb or #rrggbbaa colour as Skia wants it."""
    red, green, blue, *alpha = bytes.fromhex(colour[1:])
    return int(skia.Color(red, green, blue, alpha[0] if alpha else 255))


def _fill(colour: str, bottom: str | None, from_y: float, to_y: float) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=_colour(colour))
    if bottom is not None:
        ends = [skia.Point(0, from_y), skia.Point(0, to_y)]
        paint.setShader(skia.GradientShader.MakeLinear(ends, [_colour(colour), _colour(bottom)]))
    return paint


def _stroke(width: float, colour: str) -> skia.Paint:
    return skia.Paint(
        AntiAlias=True, Color=_colour(colour), Style=skia.Paint.kStroke_Style, StrokeWidth=width,
        StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join,
    )  # fmt: skip


def _path(points: Points, *, closed: bool) -> skia.Path:
    builder = skia.PathBuilder()
    builder.addPolygon([skia.Point(x, y) for x, y in points], closed)
    return builder.detach()
