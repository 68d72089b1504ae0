"""From what a document says of captions to a style of letters, at the size of a canvas."""

from __future__ import annotations

from dataclasses import dataclass, replace

from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.text import Shadow, TextStyle

SMALLEST_PX = 10.0
"""Letters are never smaller: below, no script can be read."""

BOLD_SIZE, BOLD_OUTLINE = 1.3, 1.5
"""How much larger letters and outline of the bold look are than told."""

WORD_SIZE = 1.25
"""How much larger single words are than told: there is one at a time."""

SHADOW_DROP, SHADOW_BLUR, SHADOW_DENSITY = 0.055, 0.06, 2.0
"""Of a shadow: how far it falls, its softness, both of the letters' size, and how dense it is."""

RIM = 0.028
"""Of the shadow look: a hair of an outline, of the letters' size. Over white, upper edges have no shadow."""

GLOW_BLUR, GLOW_DENSITY, GLOW_RIM = 0.085, 2.0, 0.016
"""Of the plain look: a dark glow, that is not seen as such, but keeps letters legible over anything."""

LIT_SCALE = 1.08
"""How much larger the word that is said is in the bold look."""

SPACE = 0.26
"""Width of a space, of the letters' size: that of the usual font."""

BOX_PADDING, BOX_RADIUS = 0.32, 0.28
"""Of a box: room around the letters, and roundness of its corners, of the letters' size."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Room that captions leave at the edges: shares of the canvas's width (sides) and height (above, below)."""

    above: float
    below: float
    sides: float


SAFE_AREAS: dict[str, Edges] = {
    "none": Edges(0.01, 0.01, 0.01),
    # EBU R 95: 5 % of a 16:9 picture is kept free of graphics.
    "title": Edges(0.05, 0.06, 0.05),
    # What the apps of upright videos lay over them: names and buttons, low and on the right.
    "social": Edges(0.12, 0.2, 0.11),
}


@dataclass(frozen=True, slots=True)
class CaptionLook:
    """How captions look on a canvas.

    Attributes
    ----------
    style
        Of the letters.
    highlight
        Red, green, blue of the word that is said.
    box
        Red, green, blue, alpha of a box behind the words; None for none.
    padding_px, radius_px
        Of the box.
    width_px
        Longest line.
    lit_scale
        How large the word that is said is painted.
    """

    style: TextStyle
    highlight: tuple[int, int, int]
    box: tuple[int, int, int, int] | None
    padding_px: float
    radius_px: float
    width_px: float
    lit_scale: float = 1.0

    @property
    def space_px(self) -> float:
        """About the width of a space."""
        return SPACE * self.style.size_px


def shrunk(look: CaptionLook, share: float) -> CaptionLook:
    """Return a look with smaller letters, and as much room for lines."""
    if share == 1:
        return look
    style, shadow = look.style, look.style.shadow
    if shadow is not None:
        shadow = replace(
            shadow,
            right_px=shadow.right_px * share,
            down_px=shadow.down_px * share,
            blur_px=shadow.blur_px * share,
        )
    style = replace(style, size_px=style.size_px * share, outline_px=style.outline_px * share, shadow=shadow)
    return replace(look, style=style, padding_px=look.padding_px * share, radius_px=look.radius_px * share)


def caption_look(told: Captions, size_px: tuple[int, int], family: str, language: str) -> CaptionLook:
    """Return how captions look on a canvas.

    Parameters
    ----------
    size_px
        (width, height) of the canvas.
    family
        What `told.font` means: the name of a family, or a font file's path.
    language
        Of what is said; empty when unknown.
    """
    scale = BOLD_SIZE if told.look == "bold" else 1.0
    scale *= WORD_SIZE if told.style == "word" else 1.0
    letters_px = max(SMALLEST_PX, told.size * min(size_px) * scale)
    outline = {"outline": told.outline, "bold": told.outline * BOLD_OUTLINE, "shadow": RIM, "plain": GLOW_RIM}
    padding_px = BOX_PADDING * letters_px
    edges = SAFE_AREAS[told.safe_area]
    return CaptionLook(
        style=TextStyle(
            family=family,
            size_px=letters_px,
            weight=told.weight,
            rgb=rgba_of(told.colour)[:3],
            outline_px=outline.get(told.look, 0.0) * letters_px,
            outline_rgb=rgba_of(told.outline_colour)[:3],
            shadow=_shadow(told.look, letters_px),
            align="centre",
            language=language,
        ),
        highlight=rgba_of(told.highlight)[:3],
        box=rgba_of(told.box_colour) if told.look == "box" else None,
        padding_px=padding_px,
        radius_px=BOX_RADIUS * letters_px,
        width_px=min(told.width, 1 - 2 * edges.sides) * size_px[0] - (2 * padding_px if told.look == "box" else 0.0),
        lit_scale=LIT_SCALE if told.look == "bold" else 1.0,
    )


def _shadow(look: str, letters_px: float) -> Shadow | None:
    """Return what makes letters stand out: a shadow that falls, or a glow all around."""
    if look in ("shadow", "bold"):
        drop_px = SHADOW_DROP * letters_px
        # An outline needs no help: more would be a cloud.
        density = 1.0 if look == "bold" else SHADOW_DENSITY
        return Shadow(drop_px / 2, drop_px, SHADOW_BLUR * letters_px, opacity=density)
    if look == "plain":
        return Shadow(0.0, 0.0, GLOW_BLUR * letters_px, opacity=GLOW_DENSITY)
    return None
