"""Text anywhere on the canvas, plain or on a box."""

from __future__ import annotations

from typing import Final

from phonoscope.scene.document.overlays import TextLook, TextOverlay
from phonoscope.scene.overlays.artwork import Part, StillArtwork
from phonoscope.scene.overlays.lettering import LetterLook, Room, fit_text, is_right_to_left, text_part
from phonoscope.scene.overlays.painting import fill, rounded
from phonoscope.scene.overlays.placing import placed
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.overlays.stage import OverlayStage

_SAFE: Final = 0.03
"""Distance from the canvas's edges that text keeps, of its shorter side, even where the document says less."""

_HIGHEST: Final = 0.94
"""Most height of a text, of the canvas's."""


def text_artwork(overlay: TextOverlay, stage: OverlayStage) -> StillArtwork:
    """Return how a text looks."""
    if not overlay.text.strip():
        return StillArtwork(Rect(0, 0, 1, 1), ())
    look = letter_look(overlay.look, stage)
    padding_px = overlay.look.padding * look.size_px if overlay.look.box else 0.0
    width_px, height_px = stage.size_px
    margin_px = max(overlay.place.margin if overlay.place.at else 0.0, _SAFE) * stage.short_px
    highest = _HIGHEST if overlay.height is None else min(overlay.height, _HIGHEST)
    room = Room(
        max(2.0, min(overlay.width * width_px, width_px - 2 * margin_px - 2 * padding_px)),
        max(2.0, min(highest * height_px, height_px - 2 * margin_px) - 2 * padding_px),
    )
    lettering = fit_text(overlay.text, look, room, stage.language)
    # Padding is of the letters as they have become.
    padding_px = overlay.look.padding * lettering.look.size_px if overlay.look.box else 0.0
    # The eye needs less above and below than beside, as lines are longer than they are high.
    size_px = lettering.width_px + 2.3 * padding_px, lettering.height_px + 2 * padding_px
    box = placed(overlay.place, size_px, stage.size_px)
    parts: list[Part] = []
    if overlay.look.box is not None:
        shape = rounded(box, overlay.look.box_radius * lettering.look.size_px)
        paint = fill(overlay.look.box)
        parts.append(Part(lambda canvas: canvas.drawRRect(shape, paint), box.grown(1)))
    left = box.left + (box.width - lettering.width_px) / 2
    parts.append(text_part(lettering, left, box.top + padding_px, _shadow(overlay.look)))
    return StillArtwork(box, tuple(parts), mirrored=is_right_to_left(overlay.text, stage.language))


def letter_look(look: TextLook, stage: OverlayStage) -> LetterLook:
    """Return how the letters of a text look on a canvas."""
    size_px = look.size * stage.short_px
    return LetterLook(
        size_px, look.colour, look.weight, look.italic, stage.family(look.font), look.line_height,
        look.outline * size_px, look.outline_colour, look.align,
    )  # fmt: skip


def _shadow(look: TextLook) -> float:
    """Return how strong the text's shadow is: on a box it needs none, unless the document asks for one."""
    if look.box is not None and "shadow" not in look.model_fields_set:
        return 0.0
    return look.shadow
