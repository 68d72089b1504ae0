"""Text cut into the cells of its words and letters, so that they can come one after the other."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import Literal

from phonoscope.scene.overlays.rect import Rect
from phonoscope.scene.text import Run, TextBox, TextLayout, lay_out

CellKind = Literal["words", "letters"]


class TextCells:
    """The cells of a text, in reading order; all of a kind cover `whole` without overlap.

    Parameters
    ----------
    whole
        What the text covers on the canvas, with its shadow; edges are whole pixels.
    corner
        Where the layout's upper left corner is.
    """

    def __init__(self, text: str, layout: TextLayout, whole: Rect, corner: tuple[int, int]) -> None:
        self._text, self._layout, self._whole, self._corner = text, layout, whole, corner

    def of(self, kind: CellKind) -> tuple[Rect, ...]:
        """Return the cells of words or of letters; they are found when they are first asked for."""
        return self._words if kind == "words" else self._letters

    @cached_property
    def _words(self) -> tuple[Rect, ...]:
        # Scripts without spaces come letter by letter.
        if any(unicodedata.east_asian_width(letter) in "WF" for letter in self._text if letter.isalpha()):
            return self._letters
        return _cells(self._layout, self._whole, self._corner)

    @cached_property
    def _letters(self) -> tuple[Rect, ...]:
        # The same lines, with a run for each letter: looks of runs do not change where letters stand.
        lines = "\n".join(line.text for line in self._layout.lines)
        return _cells(
            lay_out([Run(cluster) for cluster in _clusters(lines)], self._layout.style, 1e6), self._whole, self._corner
        )


def _clusters(text: str) -> list[str]:
    """Return a text's letters, each with its marks, so that no mark is typed alone."""
    clusters: list[str] = []
    for letter in text:
        joins = unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") or "\U0001f3fb" <= letter <= "\U0001f3ff"
        if clusters and (joins or clusters[-1].endswith("\u200d")):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def _cells(layout: TextLayout, whole: Rect, corner: tuple[int, int]) -> tuple[Rect, ...]:
    """Cut what a text covers into the cells of its runs, in reading order; edges are whole pixels, and nothing is left.

    Spaces between two runs are shared by both.
    """
    boxes = [box for of_run in layout.word_boxes for box in of_run if box.right_px > box.left_px]
    lines: dict[int, list[TextBox]] = {}
    for box in boxes:
        lines.setdefault(box.line, []).append(box)
    cells: dict[int, Rect] = {}
    last = max(lines, default=0)
    for line, of_line in lines.items():
        of_line.sort(key=lambda box: box.left_px)
        top = whole.top if line == min(lines) else round(corner[1] + of_line[0].top_px)
        bottom = whole.bottom if line == last else round(corner[1] + of_line[0].bottom_px)
        edges = [float(round(corner[0] + (before.right_px + after.left_px) / 2)) for before, after in pairwise(of_line)]
        for box, left, right in zip(of_line, [whole.left, *edges], [*edges, whole.right], strict=True):
            cells[id(box)] = Rect(left, top, max(left, right), bottom)
    return tuple(cells[id(box)] for box in boxes)
