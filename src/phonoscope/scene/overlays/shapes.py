"""Shapes: rectangles, ellipses, lines, arrows, stars, hearts and speech bubbles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from phonoscope.scene.document.overlays import Shape
from phonoscope.scene.overlays.artwork import Part, StillArtwork
from phonoscope.scene.overlays.outlines import OUTLINES
from phonoscope.scene.overlays.painting import fill, stroke
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.stage import OverlayStage

if TYPE_CHECKING:
    import skia


def shape_artwork(shape: Shape, stage: OverlayStage) -> StillArtwork:
    """Return how a shape looks."""
    width_px, height_px = stage.size_px
    box = placed(shape.place, (shape.width * width_px, shape.height * height_px), stage.size_px)
    line_px = shape.stroke_width * stage.short_px
    path = OUTLINES[shape.shape](box, shape.radius)
    paints: list[skia.Paint] = []
    if shape.shape == "line":
        # A line has no inside: its colour is the fill's where it has none of its own.
        colour = shape.stroke or shape.fill
        if colour is not None and line_px > 0:
            paints.append(stroke(colour, line_px))
    else:
        if shape.fill is not None:
            paints.append(fill(shape.fill))
        if shape.stroke is not None and line_px > 0:
            paints.append(stroke(shape.stroke, line_px))

    def paint(canvas: skia.Canvas) -> None:
        for one in paints:
            canvas.drawPath(path, one)

    if not paints:
        return StillArtwork(box, ())
    return StillArtwork(box, (Part(paint, box.grown(line_px / 2 + 1)),))
