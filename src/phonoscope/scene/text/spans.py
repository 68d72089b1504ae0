"""A text cut into spans of one font choice each, which is what Skia is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from phonoscope.scene.text.catalogue import FontFile
from phonoscope.scene.text.emoji import split_emoji
from phonoscope.scene.text.fallback import emoji_font, fonts_for, has_han, primary_font
from phonoscope.scene.text.style import Run, TextStyle

_REGULAR, _BOLD = 400, 700


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text of one run in one choice of fonts.

    Attributes
    ----------
    start
        Where it begins in the whole text, in code points.
    run
        Number of its run.
    fonts
        What it is drawn with, in the order in which they are tried.
    weight
        What Skia is asked for: heavier than the font only where no bold one exists and one must be made.
    """

    text: str
    start: int
    run: int
    fonts: tuple[FontFile, ...]
    size_px: float
    weight: int
    italic: bool
    letter_spacing_px: float

    @property
    def end(self) -> int:
        """Where it ends in the whole text, in code points."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> Span | None:
        """Return what of it lies between two places of the whole text; None for nothing."""
        first, last = max(start, self.start), min(end, self.end)
        if first >= last:
            return None
        text = self.text[first - self.start : last - self.start]
        return self.saying(text, first)

    def saying(self, text: str, start: int) -> Span:
        """Return the same span with another text."""
        return Span(text, start, self.run, self.fonts, self.size_px, self.weight, self.italic, self.letter_spacing_px)


def spans_of(runs: Sequence[Run], style: TextStyle) -> tuple[Span, ...]:
    """Return the spans of runs in a style."""
    spans: list[Span] = []
    start = 0
    # Fonts are chosen for the whole text, so that the same letter looks the same in every run.
    letters = frozenset("".join(run.text for run in runs))
    han = has_han(letters)
    for number, run in enumerate(runs):
        family = style.family if run.family is None else run.family
        weight = style.weight if run.weight is None else run.weight
        if han:
            # Han and Hangul ship in bold only: what stands between them must not be thinner.
            weight = max(weight, _BOLD)
        italic = style.italic if run.italic is None else run.italic
        for text, is_emoji in split_emoji(run.text):
            fonts = fonts_for(letters, primary_font(family, weight), weight, style.language)
            if is_emoji:
                fonts = (emoji_font(), *(font for font in fonts if font.kind != "emoji"))
            size_px = style.size_px * run.scale
            asked = _BOLD if _must_be_emboldened(fonts, weight) else _REGULAR
            spans.append(
                Span(text, start, number, fonts, size_px, asked, italic and not is_emoji, style.letter_spacing_px)
            )
            start += len(text)
    return tuple(spans)


def _must_be_emboldened(fonts: tuple[FontFile, ...], weight: int) -> bool:
    """Tell whether bold must be made from a regular font: of the user's only, ours are drawn as they were designed."""
    return fonts[0].kind == "user" and weight >= _BOLD and fonts[0].weight < (_REGULAR + _BOLD) // 2


def cut(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return what of some spans lies between two places of the whole text."""
    return tuple(part for span in spans if (part := span.part(start, end)) is not None)
