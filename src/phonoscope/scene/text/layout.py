"""From a text and a style to lines of letters at their places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from phonoscope.core.errors import UsageError
from phonoscope.scene.text.breaking import Range, break_lines
from phonoscope.scene.text.direction import END_OF_ISOLATE, ISOLATE_RTL, runs_right_to_left
from phonoscope.scene.text.extents import extents_px, spare_px
from phonoscope.scene.text.letters import split_letters
from phonoscope.scene.text.painting import PaintedLine, Painting
from phonoscope.scene.text.paragraphs import UNLIMITED_PX, build_marked, places
from phonoscope.scene.text.spans import Span, cut, spans_of
from phonoscope.scene.text.style import Run, RunLook, TextStyle

if TYPE_CHECKING:
    from collections.abc import Mapping

    import skia

_LATIN_LINE: Final = 1.2
"""Line height at which lines of Latin letters just touch: what `TextStyle.line_height` counts in."""

_LONGEST_TEXT: Final = 5000
"""Letters; nobody reads more on a screen, and laying out takes time for each."""

_SMALLEST_PX, _LARGEST_PX = 1.0, 4000.0

ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class TextBox:
    """A rectangle in pixels, measured from the layout's top left corner.

    Attributes
    ----------
    line
        Number of its line.
    """

    left_px: float
    top_px: float
    right_px: float
    bottom_px: float
    line: int = 0


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a layout.

    Attributes
    ----------
    text
        What it shows, without the spaces at its end.
    start, end
        Where it lies in the whole text, in code points.
    box
        From its first letter to its last, and as high as the line.
    baseline_px
        What its letters stand on, measured from the layout's top.
    """

    text: str
    start: int
    end: int
    box: TextBox
    baseline_px: float


@dataclass(frozen=True, slots=True, eq=False)
class TextLayout:
    """A text whose letters have their places, ready to be painted, again and again.

    Attributes
    ----------
    size_px
        (width, height): the widest line, and all lines. Outline and shadow reach over it, and so may the marks of rare
        letters: see `ink_px`.
    lines
        From top to bottom.
    word_boxes
        For each run (for each word, where a plain text was given) its rectangles: one, or one for each line that it
        is on; none if it shows nothing.
    ink_px
        What surely holds everything that is painted: outline, shadow and marks.
    is_cut
        Whether lines are missing because there were more than allowed.
    runs
        The runs, or words, that `word_boxes` and `paint` count.
    """

    size_px: tuple[float, float]
    lines: tuple[TextLine, ...]
    word_boxes: tuple[tuple[TextBox, ...], ...]
    ink_px: TextBox
    is_cut: bool
    runs: tuple[Run, ...]
    style: TextStyle
    painting: Painting

    def paint(self, canvas: skia.Canvas, x_px: float, y_px: float, looks: Mapping[int, RunLook] | None = None) -> None:
        """Paint the text with the layout's top left corner at a place.

        Parameters
        ----------
        looks
            What is different this time, by the runs' numbers.
        """
        self.painting.paint(canvas, x_px, y_px, looks or {})


def lay_out(
    text: str | Sequence[Run],
    style: TextStyle,
    width_px: float,
    max_lines: int | None = None,
    balanced: bool = False,
) -> TextLayout:
    """Lay out a text in lines.

    Parameters
    ----------
    text
        A text, whose words become runs, or runs. A line feed begins a new line; a zero-width space allows one.
    style
        What runs look like where they do not say otherwise.
    width_px
        Longest line. A longer word is broken within.
    max_lines
        The last line of a longer text ends in an ellipsis. None for as many as there are.
    balanced
        Lines as even as can be, in as few lines as needed; as titles and captions are set.

    Raises
    ------
    UsageError
        There is no such font, or numbers are out of their ranges.
    """
    runs = split_words(text) if isinstance(text, str) else tuple(text)
    _check(runs, style, width_px, max_lines)
    runs = tuple(replace(run, text=_clean(run.text)) for run in runs)
    spans = spans_of(runs, style)
    whole = "".join(run.text for run in runs)
    ranges = _break(whole, spans, style, width_px, balanced)
    is_cut = max_lines is not None and len(ranges) > max_lines
    if is_cut and balanced:
        # What is cut fills its lines: more of it can be read.
        ranges = _break(whole, spans, style, width_px, False)
    lines = [_Line(cut(spans, *line), line, backwards, style.language) for line, backwards in ranges[:max_lines]]
    if is_cut:
        lines[-1] = lines[-1].cut_to(width_px)
    return _assemble(lines, spans, runs, style, is_cut)


def _break(
    whole: str, spans: Sequence[Span], style: TextStyle, width_px: float, balanced: bool
) -> list[tuple[Range, bool]]:
    """Return the lines of all paragraphs as ranges of the text, and whether they run from right to left."""
    ranges: list[tuple[Range, bool]] = []
    for start, end in _paragraphs(whole.rstrip()):
        if not whole[start:end].strip():
            ranges.append(((start, start), False))
            continue
        backwards = runs_right_to_left(whole[start:end], style.language)
        broken = break_lines(cut(spans, start, end), width_px, style.language, balanced)
        ranges += [(line, backwards) for line in broken]
    return ranges


def split_words(text: str) -> tuple[Run, ...]:
    """Return a text's words as runs, each with the spaces after it."""
    return tuple(Run(word) for word in re.findall(r"\s*\S+\s*|\s+", text))


class _Line:
    """A line on its way: its letters' places when nothing is broken."""

    def __init__(self, spans: tuple[Span, ...], line: Range, backwards: bool, locale: str) -> None:
        self.spans, self.range, self.backwards, self._locale = spans, line, backwards, locale
        # The text runs from left to right for Skia: it is told otherwise by the text itself.
        self.drawn = _isolated(spans) if backwards else spans
        self.ascent_px = 0.0
        self.boxes: dict[int, tuple[float, float]] = {}
        self.left_px, self.right_px = UNLIMITED_PX, 0.0
        if spans:
            self._measure()
        self.left_px = min(self.left_px, self.right_px)

    def _measure(self) -> None:
        marked = build_marked(self.drawn, self._locale)
        marked.layout(UNLIMITED_PX)
        self.ascent_px = float(marked.AlphabeticBaseline)
        letters = [(span.run, letter) for span in self.drawn for letter in span.text]
        for place in places(marked):
            run, letter = letters[place.letter]
            self.left_px, self.right_px = min(self.left_px, place.left_px), max(self.right_px, place.right_px)
            if letter.isspace():
                # The space behind a word may stand far from it, where directions change.
                continue
            left, right = self.boxes.get(run, (place.left_px, place.right_px))
            self.boxes[run] = min(left, place.left_px), max(right, place.right_px)

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    def cut_to(self, width_px: float) -> _Line:
        """Return the line, shortened until it fits with an ellipsis at its end."""
        start, _ = self.range
        if not self.spans:
            return self
        # Whole letters go, with their marks.
        ends = list(accumulate(len(letter.text) for letter in split_letters(self.text)))
        line = self
        for length in (*reversed(ends), 0):
            end = start + len(self.text[:length].rstrip())
            kept = cut(self.spans, start, end)
            last = kept[-1] if kept else self.spans[0].saying("", start)
            shown = (*kept, last.saying(ELLIPSIS, last.end))
            line = _Line(shown, (start, end), self.backwards, self._locale)
            if line.right_px - line.left_px <= width_px:
                break
        return line


def _assemble(
    lines: list[_Line], spans: Sequence[Span], runs: tuple[Run, ...], style: TextStyle, is_cut: bool
) -> TextLayout:
    """Put lines under each other."""
    above, below = extents_px(spans)
    pitch = (above + below) * style.line_height / _LATIN_LINE
    # What is more or less than the letters need is shared by both sides of the line, as typesetters do.
    rise = above + (pitch - above - below) / 2
    width = max((line.right_px - line.left_px for line in lines), default=0.0)
    boxes: list[list[TextBox]] = [[] for _ in runs]
    finished, painted = [], []
    for number, line in enumerate(lines):
        shift = _shift(line, width, style)
        top = number * pitch
        box = TextBox(line.left_px + shift, top, line.right_px + shift, top + pitch, number)
        finished.append(TextLine(line.text, *line.range, box, top + rise))
        for run, (left, right) in line.boxes.items():
            boxes[run].append(TextBox(left + shift, top, right + shift, top + pitch, number))
        painted.append(PaintedLine(line.drawn, shift, top + rise - line.ascent_px))
    height = pitch * len(lines)
    word_boxes = tuple(tuple(of_run) for of_run in boxes)
    ink, unshaded = (_ink(width, height, spare_px(spans), style, shaded) for shaded in (True, False))
    middles = tuple(_middle(of_run) for of_run in word_boxes)
    painting = Painting(tuple(painted), runs, style, middles, _edges(unshaded))
    return TextLayout((width, height), tuple(finished), word_boxes, ink, is_cut, runs, style, painting)


def _shift(line: _Line, width_px: float, style: TextStyle) -> float:
    """Return how far a line moves to the right for its alignment."""
    room = width_px - (line.right_px - line.left_px)
    align = style.align
    if align in ("start", "end"):
        align = "right" if (align == "start") == line.backwards else "left"
    return {"left": 0.0, "centre": room / 2, "right": room}[align] - line.left_px


def _middle(boxes: tuple[TextBox, ...]) -> tuple[float, float]:
    """Return the middle of a run."""
    if not boxes:
        return 0.0, 0.0
    left, right = min(box.left_px for box in boxes), max(box.right_px for box in boxes)
    return (left + right) / 2, (boxes[0].top_px + boxes[-1].bottom_px) / 2


def _edges(box: TextBox) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom."""
    return box.left_px, box.top_px, box.right_px, box.bottom_px


def _ink(width: float, height: float, spare: float, style: TextStyle, shaded: bool) -> TextBox:
    """Return what holds everything that is painted, with or without the shadow."""
    grown = spare + style.outline_px
    left, top, right, bottom = -grown, -grown, width + grown, height + grown
    if shaded and style.shadow is not None:
        reach, across, down = 3 * style.shadow.blur_px, style.shadow.right_px, style.shadow.down_px
        left, right = min(left, left + across - reach), max(right, right + across + reach)
        top, bottom = min(top, top + down - reach), max(bottom, bottom + down + reach)
    return TextBox(left, top, right, bottom)


def _isolated(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans between the marks that make them run from right to left."""
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return (first.saying(ISOLATE_RTL + first.text + END_OF_ISOLATE, first.start),)
    return (
        first.saying(ISOLATE_RTL + first.text, first.start),
        *spans[1:-1],
        last.saying(last.text + END_OF_ISOLATE, last.start),
    )


def _paragraphs(whole: str) -> list[Range]:
    """Return the ranges between line feeds."""
    ranges, start = [], 0
    for piece in whole.split("\n"):
        ranges.append((start, start + len(piece)))
        start += len(piece) + 1
    return ranges


def _clean(text: str) -> str:
    """Return a text without what draws boxes instead of letters: tabs and controls, and other ways to end lines."""
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text)
    return re.sub(r"[\x00-\x09\x0e-\x1f\x7f-\x9f]", lambda found: " " if found[0] == "\t" else "", text)


def _check(runs: Sequence[Run], style: TextStyle, width_px: float, max_lines: int | None) -> None:
    """Refuse what cannot be laid out."""
    if sum(len(run.text) for run in runs) > _LONGEST_TEXT:
        raise UsageError(f"A text has more than {_LONGEST_TEXT} letters.", "Share it out over several.")
    if not all(_SMALLEST_PX <= style.size_px * run.scale <= _LARGEST_PX for run in (*runs, Run(""))):
        raise UsageError(
            f"Letters of {style.size_px:g} pixels cannot be drawn.", f"Take {_SMALLEST_PX:g} to {_LARGEST_PX:g}."
        )
    if not width_px > 0 or (max_lines is not None and max_lines < 1):
        raise UsageError("A text has no room: its width and its lines must be above 0.", "Give it some.")
