"""Draws a page of words in the look of captions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from phonoscope.media.line_breaks import is_unspaced
from phonoscope.scene.captioning.boxes import paint_boxes
from phonoscope.scene.captioning.lines import NARROW, WordWidths, broken, line_count, spaced
from phonoscope.scene.captioning.looks import SAFE_AREAS, CaptionLook, shrunk
from phonoscope.scene.captioning.pages import Page
from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.model import rgba_of
from phonoscope.scene.drawing.rasterising import draw_frame, even_box
from phonoscope.scene.text import Run, RunLook, TextLayout, lay_out
from phonoscope.scene.text.direction import runs_right_to_left

if TYPE_CHECKING:
    import skia

    from phonoscope.core.frames import Box, VideoFrame

KEPT_LAYOUTS: Final = 6
"""Pages whose letters keep their places while words light up."""

SHRINKING: Final = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.45, 0.38, 0.32)
"""Sizes that are tried for what has no room, such as a word that is longer than a line."""

CLEARANCE: Final = 0.35
"""Room between captions and what they make way for, of the letters' size."""


LEAST_CONTRAST: Final = 80
"""How much the word that is said differs from the others in one of red, green and blue, at least."""

_WHITE: Final = (255, 255, 255)

LIT_GROWTH: Final = 0.08
"""How much wider the word that is said may be painted, of the letters' size: less than half of both its spaces."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A part of the canvas that captions leave free for a time.

    Attributes
    ----------
    left_px, top_px, right_px, bottom_px
        On the canvas.
    start_s, end_s
        On the captions' clock.
    """

    left_px: float
    top_px: float
    right_px: float
    bottom_px: float
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class _Set:
    """A page whose letters have their places.

    Attributes
    ----------
    first_word
        Which run of the layout is the page's first word.
    corner_px
        Where the layout's upper left corner lies on the canvas.
    bare
        The layout without its shadow, where the word that is said is painted larger.
    """

    layout: TextLayout
    look: CaptionLook
    first_word: int
    corner_px: tuple[float, float]
    bare: TextLayout | None = None


class PageArtist:
    """Draws pages.

    Parameters
    ----------
    told
        What is wanted.
    look
        The same, at the size of the canvas.
    size_px
        (width, height) of the canvas.
    covered
        What captions make way for.
    """

    def __init__(
        self, told: Captions, look: CaptionLook, size_px: tuple[int, int], covered: Sequence[Covered] = ()
    ) -> None:
        self._told, self._look, self._size_px, self._covered = told, look, size_px, covered
        self._lines = 1 if told.style == "word" else told.lines
        self._widths = WordWidths(look.style)
        self._set = lru_cache(maxsize=KEPT_LAYOUTS)(self._set_page)

    def fits(self, words: Sequence[str]) -> bool:
        """Tell whether words have room on one page; one that is longer than a line is made smaller there."""
        pieces, room_px = spaced(words), self._look.width_px
        widths = [min(width, NARROW * room_px) for width in self._of(pieces)]
        return line_count(widths, room_px) <= self._lines

    def laid_out(self, page: Page) -> TextLayout:
        """Return a page's letters at their places, measured from its corner."""
        return self._set(page).layout

    def box_px(self, page: Page) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a page on the canvas, with its box or outline."""
        whole = self._set(page)
        (x_px, y_px), (width, height) = whole.corner_px, whole.layout.size_px
        pad = _margin_px(whole.look)
        return x_px - pad, y_px - pad, x_px + width + pad, y_px + height + pad

    def draw(self, page: Page, lit: int | None = None, scale: float = 1.0) -> tuple[Box, VideoFrame] | None:
        """Return where a page stands on the canvas, and its frame with alpha; None where it shows nothing.

        Parameters
        ----------
        lit
            The word that is said, where that is shown.
        scale
            How large it is, about its middle.
        """
        whole = self._set(page)
        look, (x_px, y_px) = whole.look, whole.corner_px
        looks = {}
        if lit is not None:
            run = lit + whole.first_word
            looks[run] = RunLook(rgb=_distinct(look.highlight, self._colour(page)))
        ink, size, pad = whole.layout.ink_px, whole.layout.size_px, look.padding_px
        grown = max(0.0, max(scale, look.lit_scale) - 1) * max(size) / 2
        box = even_box(
            x_px + min(ink.left_px, -pad) - 1 - grown,
            y_px + min(ink.top_px, -pad) - 1 - grown,
            x_px + max(ink.right_px, size[0] + pad) + 1 + grown,
            y_px + max(ink.bottom_px, size[1] + pad) + 1 + grown,
        )
        return draw_frame(partial(_paint, whole, looks, scale), box)

    def _set_page(self, page: Page) -> _Set:
        whole = self._lay_out(page)
        if whole.look.lit_scale == 1:
            return whole
        # Its shadow would be cast anew with every word: the word that is said is painted a second time, without.
        bare = lay_out(whole.layout.runs, replace(whole.layout.style, shadow=None), self._look.width_px, balanced=True)
        return replace(whole, bare=bare)

    def _of(self, pieces: Sequence[str]) -> list[float]:
        """Return the widths of words with the spaces behind them."""
        space_px = self._look.space_px
        widths = self._widths.of([piece.strip() for piece in pieces])
        return [width + space_px * (piece != piece.rstrip()) for width, piece in zip(widths, pieces, strict=True)]

    def _lay_out(self, page: Page) -> _Set:
        told, look = self._told, self._look
        pieces = list(page.pieces)
        named = told.show_speakers and bool(page.speaker) and page.opens
        if named:
            # The name stands first, so that the words keep their numbers when they are counted from the end.
            pieces.insert(0, f"{page.speaker}: ")
        widths = self._of(pieces)
        begins: list[int] = []
        share = SHRINKING[-1]
        for share in SHRINKING:
            begins = broken(pieces, widths, look.width_px / share, self._lines)
            if begins:
                break
        look = shrunk(look, share)
        rgb = self._colour(page)
        starts = set(begins[1:])
        runs = [
            Run(f"{piece.rstrip()}\n" if index + 1 in starts else piece, rgb=rgb) for index, piece in enumerate(pieces)
        ]
        if named:
            runs[0] = replace(runs[0], weight=700)
        style = look.style
        if runs_right_to_left("".join(pieces), style.language):
            # A line that begins with a foreign word runs as the page does.
            style = replace(style, language=style.language if _is_rtl(style.language) else "ar")
        # Widths are reckoned a little too large: no line is broken again, unless there is no room at all.
        layout = lay_out(runs, style, look.width_px, balanced=True)
        return _Set(layout, look, int(named), self._corner(layout, look, page))

    def _colour(self, page: Page) -> tuple[int, int, int]:
        if page.speaker in self._told.speaker_colours:
            return rgba_of(self._told.speaker_colours[page.speaker])[:3]
        return self._look.highlight if self._told.style == "word" else self._look.style.rgb

    def _corner(self, layout: TextLayout, look: CaptionLook, page: Page) -> tuple[float, float]:
        """Return where a page's top left corner lies: low, in the middle or high, inside what is safe."""
        width, height = self._size_px
        edges = SAFE_AREAS[self._told.safe_area]
        pad = _margin_px(look)
        x_px = (width - layout.size_px[0]) / 2
        above, below = edges.above * height + pad, (1 - edges.below) * height - pad - layout.size_px[1]
        y_px = {"top": above, "middle": (height - layout.size_px[1]) / 2, "bottom": below}[self._told.position]
        y_px += self._told.offset * height
        y_px = self._clear_of_others((x_px, y_px), layout.size_px, page, pad + CLEARANCE * look.style.size_px)
        return x_px, min(max(y_px, pad), max(pad, height - layout.size_px[1] - pad))

    def _clear_of_others(
        self, corner_px: tuple[float, float], size_px: tuple[float, float], page: Page, room_px: float
    ) -> float:
        """Return how high a page stands that makes way for what else is shown meanwhile, for as long as it is shown."""
        x_px, y_px = corner_px
        downwards = self._told.position == "top"
        for other in sorted(self._covered, key=lambda each: each.top_px if downwards else -each.bottom_px):
            apart = page.end_s <= other.start_s or other.end_s <= page.start_s
            beside = x_px + size_px[0] + room_px <= other.left_px or other.right_px + room_px <= x_px
            over = y_px + size_px[1] + room_px <= other.top_px or other.bottom_px + room_px <= y_px
            if apart or beside or over:
                continue
            moved = other.bottom_px + room_px if downwards else other.top_px - room_px - size_px[1]
            # Where there is no room, both are seen rather than none.
            y_px = moved if room_px <= moved <= self._size_px[1] - size_px[1] else y_px
        return y_px


def _margin_px(look: CaptionLook) -> float:
    """Return how far a page reaches beyond its letters."""
    return max(look.padding_px if look.box else 0.0, look.style.outline_px)


def _distinct(highlight: tuple[int, int, int], rgb: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the colour of the word that is said, which differs from that of a speaker who has nearly the same."""
    is_near = max(abs(one - other) for one, other in zip(highlight, rgb, strict=True)) < LEAST_CONTRAST
    return _WHITE if is_near and min(rgb) < 255 - LEAST_CONTRAST else highlight


def _lit_scale(whole: _Set, run: int) -> float:
    """Return how large the word that is said is painted: no larger than the spaces around it have room for."""
    boxes, look = whole.layout.word_boxes[run], whole.look
    if look.lit_scale == 1 or len(boxes) != 1 or any(is_unspaced(letter) for letter in whole.layout.runs[run].text):
        return 1.0
    width_px = boxes[0].right_px - boxes[0].left_px
    return min(look.lit_scale, 1 + LIT_GROWTH * look.style.size_px / max(1.0, width_px))


def _is_rtl(language: str) -> bool:
    """Tell whether a language is written from right to left, so that its digits and foreign words do not turn it."""
    return runs_right_to_left("a\u05d0", language)


def _paint(whole: _Set, looks: dict[int, RunLook], scale: float, canvas: skia.Canvas) -> None:
    """Paint a page: boxes behind its lines, then its letters."""
    layout, look, (x_px, y_px) = whole.layout, whole.look, whole.corner_px
    if scale != 1:
        middle_x, middle_y = x_px + layout.size_px[0] / 2, y_px + layout.size_px[1] / 2
        canvas.translate(middle_x, middle_y)
        canvas.scale(scale, scale)
        canvas.translate(-middle_x, -middle_y)
    if look.box is not None:
        paint_boxes(canvas, layout, look, (x_px, y_px))
    layout.paint(canvas, x_px, y_px, looks)
    for run, lit in looks.items():
        larger = _lit_scale(whole, run)
        if whole.bare is not None and larger != 1:
            only = {other: RunLook(opacity=0) for other in range(len(layout.runs))}
            whole.bare.paint(canvas, x_px, y_px, only | {run: replace(lit, scale=larger)})
