"""Text on overlays: set in the room that there is, measured as the eye does, and cut into words and letters."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.overlays.artwork import Cue, Part
from phonoscope.scene.overlays.cells import TextCells
from phonoscope.scene.overlays.painting import Painter, both, fill, is_light, rounded, shadow_of
from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.text import TextLayout, TextStyle, lay_out
from phonoscope.scene.text.direction import runs_right_to_left

if TYPE_CHECKING:
    import skia

_LATIN_REACH: Final = (0.72, 0.0)
_HAN_REACH: Final = (0.84, 0.08)
_OTHER_REACH: Final = (0.86, 0.2)
"""How far letters reach above and below the baseline as the eye sees it, of their size: capitals of Latin, Greek and
Cyrillic, whose few descenders hang into the space below; ideographs; and all scripts with marks above and below."""

_STEP: Final = 0.93
"""Text that has no room becomes smaller by this, again and again."""

_SMALLEST: Final = 0.4
"""Then words are broken, and what still has no room is left out."""

_ONE_LINE: Final = 0.8
"""Text becomes smaller by as much as this before it takes a second line."""

_SHORT: Final = 200
"""Letters of texts that may fit into one line."""

_MOST_BALANCED: Final = 10
"""Lines of texts that are set evenly, as titles are; longer ones are read as paragraphs."""

_WIDE_SHADOW, _TIGHT_SHADOW = (0.16, 0.05, 0.75), (0.035, 0.02, 0.6)
"""Blur, drop (of the letters' size) and strength of the two shadows of text: one makes the picture calm, one draws the
edge of each letter."""

_SCRIM, _SCRIM_BLUR = 0.12, 1.8
"""Strength and blur (of the letters' size) of the soft patch behind text that has no panel."""

_GLOW: Final = 0.7
"""Strength of the light glow of dark text, of a dark shadow's: light shows more."""


@dataclass(frozen=True, slots=True)
class LetterLook:
    """How letters look; sizes in pixels, colours as in the document."""

    size_px: float
    colour: str
    weight: Literal[400, 700] = 700
    italic: bool = False
    font: str = ""
    line_height: float = 1.2
    outline_px: float = 0.0
    outline_colour: str = "black"
    align: Literal["start", "left", "centre", "right"] = "start"
    spacing_px: float = 0.0

    def scaled(self, factor: float) -> LetterLook:
        """Return it in another size."""
        return replace(
            self,
            size_px=max(1.0, self.size_px * factor),
            outline_px=self.outline_px * factor,
            spacing_px=self.spacing_px * factor,
        )

    def style(self, language: str) -> TextStyle:
        """Return it as scene.text wants it."""
        red, green, blue, alpha = rgba_of(self.colour)
        return TextStyle(
            family=self.font, size_px=self.size_px, weight=self.weight, italic=self.italic, rgb=(red, green, blue),
            opacity=alpha / 255, outline_px=self.outline_px, outline_rgb=rgba_of(self.outline_colour)[:3],
            line_height=self.line_height, letter_spacing_px=self.spacing_px, align=self.align, language=language,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Room:
    """What there is for a text: width and height in pixels, and how many lines at most; None for any number."""

    width_px: float
    height_px: float
    lines: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """Text that has been set.

    Attributes
    ----------
    look
        As it was set: perhaps smaller than asked.
    """

    text: str
    look: LetterLook
    layout: TextLayout
    language: str

    @property
    def width_px(self) -> float:
        """Of the widest line."""
        return self.layout.size_px[0]

    @property
    def height_px(self) -> float:
        """From the top of the first line's letters to the bottom of the last line's, as the eye sees it."""
        lines = self.layout.lines
        return lines[-1].baseline_px - lines[0].baseline_px + sum(_reach(self.text)) * self.look.size_px

    @property
    def rise_px(self) -> float:
        """From the layout's top to that of the letters, as the eye sees it."""
        return self.layout.lines[0].baseline_px - _reach(self.text)[0] * self.look.size_px


def is_right_to_left(text: str, language: str) -> bool:
    """Tell whether a text is read from right to left."""
    return runs_right_to_left(text, language)


def fit_text(text: str, look: LetterLook, room: Room, language: str) -> Lettering:
    """Set a text as large as asked, or as large as there is room: in one line if it nearly fits, else in several."""
    look = look.scaled(1.0)
    if len(text) <= _SHORT and (one := _in_one_line(text, look, room, language)) is not None:
        return one
    factor = 1.0
    while factor >= _SMALLEST:
        layout = lay_out(text, look.scaled(factor).style(language), room.width_px)
        if _has_room(layout, text, room):
            return _set(text, look.scaled(factor), room, language)
        # What is far too high becomes smaller by nearly as much as its area tells.
        factor *= min(_STEP, 1.05 * (room.height_px / layout.size_px[1]) ** 0.5)
    look = look.scaled(_SMALLEST)
    layout = lay_out(text, look.style(language), room.width_px)
    pitch_px = layout.size_px[1] / len(layout.lines)
    most = max(1, int(room.height_px / pitch_px))
    return _set(text, look, replace(room, lines=most if room.lines is None else min(most, room.lines)), language)


def _in_one_line(text: str, look: LetterLook, room: Room, language: str) -> Lettering | None:
    """Set a text without breaking its lines, if it does not become much smaller by that; else return None."""
    layout = lay_out(text, look.style(language), 1e6)
    width_px = max(layout.size_px[0], 1.0)
    if width_px * _ONE_LINE > room.width_px or len(layout.lines) > (room.lines or len(layout.lines)):
        return None
    factor = min(1.0, room.width_px / width_px)
    one = Lettering(text, look, layout, language)
    if factor < 1:
        one = _set(text, look.scaled(factor), replace(room, width_px=1e6), language)
    return one if one.layout.size_px[1] <= room.height_px else None


def text_part(lettering: Lettering, left_px: float, top_px: float, shadow: float = 0.0) -> Part:
    """Return text at a place on the canvas.

    Parameters
    ----------
    left_px, top_px
        Of its letters, as the eye sees them.
    shadow
        How strong its soft shadow is, 0 to 1.
    """
    layout = lettering.layout
    x, y = round(left_px), round(top_px - lettering.rise_px)
    ink = layout.ink_px
    bounds = Rect(x + ink.left_px, y + ink.top_px, x + ink.right_px, y + ink.bottom_px)

    def paint_letters(canvas: skia.Canvas) -> None:
        layout.paint(canvas, x, y)

    painters: list[Painter] = []
    if shadow > 0:
        colour = "black" if is_light(lettering.look.colour) else "white"
        strength = shadow * rgba_of(lettering.look.colour)[3] / 255 * (1.0 if colour == "black" else _GLOW)
        for blur, drop, opacity in (_WIDE_SHADOW, _TIGHT_SHADOW):
            size_px = lettering.look.size_px
            painter, covered = shadow_of(
                _dropped(paint_letters, drop * size_px), bounds, max(0.4, blur * size_px), colour, strength * opacity
            )
            painters.append(painter)
            bounds = bounds.union(covered)
    whole = Rect(*(float(round(edge)) for edge in (bounds.left, bounds.top, bounds.right, bounds.bottom))).grown(1)
    cells = TextCells(lettering.text, layout, whole, (x, y))
    return Part(both(*painters, paint_letters), whole, cells=cells, letters_px=lettering.look.size_px)


def scrim_part(box: Rect, size_px: float, colour: str) -> Part:
    """Return a soft patch behind text that stands on the picture itself, so that it can be read on any.

    Parameters
    ----------
    box
        What the text covers.
    size_px, colour
        Of its letters.
    """
    ground = "black" if is_light(colour) else "white"
    paint = fill(ground)
    shape = rounded(box, box.height)
    painter, bounds = shadow_of(
        lambda canvas: canvas.drawRRect(shape, paint), box, _SCRIM_BLUR * size_px, ground, _SCRIM
    )
    return Part(painter, bounds, Cue(0.0, 0.7, "fade"))


def _dropped(painter: Painter, drop_px: float) -> Painter:
    def paint(canvas: skia.Canvas) -> None:
        canvas.translate(0, drop_px)
        painter(canvas)

    return paint


def _set(text: str, look: LetterLook, room: Room, language: str) -> Lettering:
    style = look.style(language)
    layout = lay_out(text, style, room.width_px, room.lines)
    if 1 < len(layout.lines) <= _MOST_BALANCED:
        layout = lay_out(text, style, room.width_px, room.lines, balanced=True)
    return Lettering(text, look, layout, language)


def _has_room(layout: TextLayout, text: str, room: Room) -> bool:
    """Tell whether a text has room, with all of its words whole."""
    if room.lines is not None and len(layout.lines) > room.lines:
        return False
    if layout.size_px[1] > room.height_px or layout.size_px[0] > room.width_px + 1:
        return False
    lines = layout.lines
    return not any(
        before.end == after.start and _breaks_word(before.text[-1:], after.text[:1])
        for before, after in pairwise(lines)
    )


def _breaks_word(last: str, first: str) -> bool:
    """Tell whether a line ends within a word, of a script that has spaces."""
    return all(bool(letter) and letter.isalnum() and _reach(letter) == _LATIN_REACH for letter in (last, first))


def _reach(text: str) -> tuple[float, float]:
    """Return how far the letters of a text reach above and below the baseline, of their size."""
    above, below = _LATIN_REACH
    for letter in text:
        if letter.isalpha() and ord(letter) > 0x52F and not 0x1E00 <= ord(letter) <= 0x1FFF:
            reach = _HAN_REACH if unicodedata.east_asian_width(letter) in "WF" else _OTHER_REACH
            above, below = max(above, reach[0]), max(below, reach[1])
    return above, below
