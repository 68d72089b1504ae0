"""Skia's paragraphs, and where each letter of one stands.

Skia shapes, orders and breaks text, and its Python binding draws it, but tells no positions. It does draw underlines:
with each letter underlined in a colour of its own, the drawing, written as SVG, holds a rectangle for every letter.
Colours do not take part in shaping, so that these are the places of the letters in every other colour too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from phonoscope.scene.text.spans import Span
from phonoscope.scene.text.typefaces import typesetter

if TYPE_CHECKING:
    import skia

_MARK: Final = 0x37000000 >> 8
"""Added to a letter's number: a red that keeps the SVG from writing a colour by its name or in its short form."""

_MOST_LETTERS: Final = 0xFFFF
"""As many numbers as the other two channels hold."""

_UNDERLINE: Final = re.compile(
    r'<rect fill="#37([0-9A-F]{4})"(?: transform="(?:translate\(([^)]*)\)|([^"]*))")?'
    r'(?: x="([^"]*)")?(?: y="[^"]*")? width="([^"]*)"'
)

UNLIMITED_PX: Final = float(1 << 22)
"""A width in which no line is broken, and a canvas on which nothing lies outside."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands.

    Attributes
    ----------
    letter
        Its number in the paragraph, in code points.
    line
        Number of its line.
    left_px, right_px
        In the paragraph; a letter joined to another has a share of both.
    """

    letter: int
    line: int
    left_px: float
    right_px: float


def build(spans: Sequence[Span], paints: Sequence[skia.Paint | None], locale: str) -> Any:
    """Return a paragraph, not yet laid out.

    Parameters
    ----------
    paints
        What each span is painted with; None for nothing.
    """
    import skia

    builder = _builder()
    for span, paint in zip(spans, paints, strict=True):
        dress = _dress(span, locale)
        if paint is None:
            dress.setColor(skia.ColorTRANSPARENT)
        else:
            dress.setForegroundPaint(paint)
        builder.pushStyle(dress)
        builder.addText(span.text)
        builder.pop()
    return builder.Build()


def build_marked(spans: Sequence[Span], locale: str) -> Any:
    """Return a paragraph that draws nothing but a mark under each letter, not yet laid out."""
    import skia

    layout = skia.textlayout
    builder = _builder()
    number = 0
    for span in spans:
        for letter in span.text:
            dress = _dress(span, locale)
            dress.setColor(skia.ColorTRANSPARENT)
            dress.setDecoration(layout.TextDecoration.kUnderline)
            dress.setDecorationMode(layout.TextDecorationMode.kThrough)
            dress.setDecorationColor(0xFF000000 | _MARK | min(number, _MOST_LETTERS))
            builder.pushStyle(dress)
            builder.addText(letter)
            builder.pop()
            number += 1
    return builder.Build()


def places(marked: Any) -> list[Place]:
    """Return where the letters of a marked paragraph stand, in the order in which they are drawn.

    Spaces at the ends of lines, and letters without a width, have no place.
    """
    import skia

    stream = skia.DynamicMemoryWStream()
    canvas = skia.SVGCanvas.Make(skia.Rect.MakeWH(UNLIMITED_PX, UNLIMITED_PX), stream)
    marked.paint(canvas, 0, 0)
    # The drawing is complete when the canvas is gone.
    del canvas
    return list(_read(bytes(stream.detachAsData()).decode("ascii")))


def _read(svg: str) -> Iterator[Place]:
    lines: dict[str, int] = {}
    for number, moved, _, left, width in _UNDERLINE.findall(svg):
        line = lines.setdefault(moved.partition(" ")[2], len(lines))
        start = float(left or 0) + float(moved.partition(" ")[0] or 0)
        yield Place(int(number, 16), line, start, start + float(width))


def _builder() -> Any:
    import skia

    layout = skia.textlayout
    setter = typesetter()
    return layout.ParagraphBuilder.make(layout.ParagraphStyle(), setter.fonts, setter.unicode)


def _dress(span: Span, locale: str) -> Any:
    """Return what Skia must know of a span in order to shape it."""
    import skia

    setter = typesetter()
    dress = skia.textlayout.TextStyle()
    dress.setFontFamilies([setter.open(font) for font in span.fonts])
    slant = skia.FontStyle.kItalic_Slant if span.italic else skia.FontStyle.kUpright_Slant
    dress.setFontStyle(skia.FontStyle(span.weight, skia.FontStyle.kNormal_Width, slant))
    dress.setFontSize(span.size_px)
    if span.letter_spacing_px:
        dress.setLetterSpacing(span.letter_spacing_px)
    if locale:
        dress.setLocale(locale)
    return dress
