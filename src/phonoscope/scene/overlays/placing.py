"""Where overlays lie, in whole pixels, so that straight edges are sharp."""

from __future__ import annotations

from phonoscope.scene.document.places import Place
from phonoscope.scene.overlays.rect import Rect


def placed(place: Place, thing_px: tuple[float, float], canvas_px: tuple[int, int]) -> Rect:
    """Return the box of a thing of a size, with whole pixels' edges."""
    width, height = max(1, round(thing_px[0])), max(1, round(thing_px[1]))
    left, top = place.corner_px((width, height), canvas_px)
    return Rect.of_size(round(left), round(top), width, height)
