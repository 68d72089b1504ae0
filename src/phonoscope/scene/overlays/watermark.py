"""Watermarks: text or a picture at its place, or all over the canvas."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from phonoscope.scene.document.overlays import Watermark
from phonoscope.scene.overlays.artwork import Artwork, Part, StillArtwork
from phonoscope.scene.overlays.images import plain_picture
from phonoscope.scene.overlays.lettering import LetterLook, Room, fit_text, text_part
from phonoscope.scene.overlays.painting import Painter
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

if TYPE_CHECKING:
    import skia

_SLANT_DEG: Final = -28.0
"""Turn of tiled watermarks: along no edge of a usual picture."""

_GAP_ACROSS, _LEAST_GAP_ACROSS, _GAP_DOWN = 0.5, 2.5, 4.0
"""Between tiles: across, of their width and at least of their height; down, of their height."""

_MOST_TILES: Final = 30
"""From the canvas's middle to its corner: more are no mark, but a pattern that takes long to draw."""

_WIDEST: Final = 0.5
"""Most width of a text, of the canvas's."""

_SHADOW: Final = 0.6
"""So that white is seen on white, too."""


def watermark_artwork(mark: Watermark, stage: OverlayStage) -> Artwork:
    """Return how a watermark looks; a picture goes before a text."""
    if mark.image is not None:
        picture = plain_picture(mark.image, mark.place, mark.size, stage)
        if not mark.tiled:
            return picture
        (part,) = picture.content(0.0, 0.0).parts
        return _tiled(part.paint, picture.box, stage)
    if not mark.text.strip():
        return StillArtwork(Rect(0, 0, 1, 1), ())
    look = LetterLook(mark.size * stage.short_px, mark.colour)
    room = Room(_WIDEST * stage.size_px[0], 0.5 * stage.size_px[1], None)
    lettering = fit_text(mark.text, look, room, stage.language)
    box = placed(mark.place, (lettering.width_px, lettering.height_px), stage.size_px)
    part = text_part(lettering, box.left, box.top, _SHADOW)
    if mark.tiled:
        return _tiled(part.paint, box, stage)
    return StillArtwork(box, (part,))


def _tiled(painter: Painter, tile: Rect, stage: OverlayStage) -> StillArtwork:
    """Return a thing all over the canvas, in slanted rows that are shifted against each other."""
    width_px, height_px = stage.size_px
    whole = Rect(0, 0, width_px, height_px)
    reach = math.hypot(width_px, height_px) / 2
    across = tile.width + max(_GAP_ACROSS * tile.width, _LEAST_GAP_ACROSS * tile.height)
    down = tile.height * (1 + _GAP_DOWN)
    across, down = max(across, reach / _MOST_TILES), max(down, reach / _MOST_TILES)
    rows, columns = math.ceil(reach / down), math.ceil(reach / across) + 1

    def paint(canvas: skia.Canvas) -> None:
        canvas.translate(*whole.middle)
        canvas.rotate(_SLANT_DEG)
        for row in range(-rows, rows + 1):
            for column in range(-columns, columns + 1):
                canvas.save()
                x = (column + (0.5 if row % 2 else 0.0)) * across
                canvas.translate(x - tile.middle[0], row * down - tile.middle[1])
                painter(canvas)
                canvas.restore()

    return StillArtwork(whole, (Part(paint, whole),))
