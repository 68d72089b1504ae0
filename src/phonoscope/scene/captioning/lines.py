"""Lines of captions: broken between words, where a reader would pause, and about as long as each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from phonoscope.media.line_breaks import LINE_COLUMNS, columns, ends_clause, is_unspaced, joined
from phonoscope.scene.text import Run, TextStyle, lay_out

CLAUSE_BONUS: Final = 0.16
"""How much longer the longest line may be, of the room, in order to end at a comma."""

LONE_PENALTY: Final = 0.25
"""How much longer the longest line may be rather than that a short word stands alone on a line."""

LONE_COLUMNS: Final = 5
"""A line up to this wide looks forgotten."""

TOP_HEAVY: Final = 0.06
"""How much longer, of the room, the longest line may be in order that upper lines are the shorter ones."""

DANGLING_PENALTY: Final = 0.16
"""How much longer the longest line may be rather than that one ends in an "of" or "to"."""

DANGLING_COLUMNS: Final = 3
"""Words this short are mostly ones that belong to what follows."""

NARROW: Final = 0.97
"""Of the room: what lines may fill of it, as spaces are not measured, but reckoned."""


_UNLIMITED_PX: Final = 1e6


class WordWidths:
    """Measures words in a style, each once.

    Parameters
    ----------
    style
        How they are written.
    """

    def __init__(self, style: TextStyle) -> None:
        self.style = style
        self._known: dict[str, float] = {}

    def of(self, words: Sequence[str]) -> list[float]:
        """Return the widths of words in pixels."""
        new = [word for word in dict.fromkeys(words) if word not in self._known]
        if new:
            # In one go: a layout costs more than its words.
            runs = [Run(f"{word.strip()} ") for word in new]
            layout = lay_out(runs, self.style, _UNLIMITED_PX)
            for word, boxes in zip(new, layout.word_boxes, strict=True):
                self._known[word] = max((box.right_px - box.left_px for box in boxes), default=0.0)
        return [self._known[word] for word in words]


def spaced(words: Sequence[str]) -> tuple[str, ...]:
    """Return words each with what separates it from the next: a space, or nothing in scripts without spaces."""
    if not words:
        return ()
    return (*(_with_space(word, following) for word, following in pairwise(words)), words[-1].strip())


@lru_cache(maxsize=1024)
def _with_space(word: str, following: str) -> str:
    """Return a word with what separates it from the next."""
    text, last = joined((word, following)), joined((following,))
    return text[: len(text) - len(last)]


def line_count(widths: Sequence[float], room_px: float) -> int:
    """Return how many lines words need at least."""
    count, filled = 1, 0.0
    for width in widths:
        if filled and filled + width > room_px * NARROW:
            count, filled = count + 1, 0.0
        filled += width
    return count


def broken(words: Sequence[str], widths: Sequence[float], room_px: float, most: int) -> list[int]:
    """Return where lines begin, the first word's 0 included; empty where words do not fit in `most` lines.

    Parameters
    ----------
    words
        With the spaces behind them, as `spaced` returns them.
    widths
        Of each word, in pixels; those of spaces are added.
    room_px
        Longest line.
    """
    reached = [0.0]
    for index in range(len(words)):
        reached.append(reached[-1] + widths[index])
    for count in range(1, most + 1):
        best: tuple[float, tuple[int, ...]] | None = None
        for cuts in combinations(range(1, len(words)), count - 1):
            edges = (0, *cuts, len(words))
            lines = [reached[last] - reached[first] for first, last in pairwise(edges)]
            if max(lines) > room_px * NARROW or (count < most and _too_long(words, edges)):
                continue
            cost = _cost(words, edges, lines, room_px)
            if best is None or cost < best[0]:
                best = cost, edges[:-1]
        if best is not None:
            return list(best[1])
    return []


def _too_long(words: Sequence[str], edges: Sequence[int]) -> bool:
    """Tell whether a line has more letters than are read at a glance, though there is room for them."""
    return any(columns("".join(words[first:last]).strip()) > LINE_COLUMNS for first, last in pairwise(edges))


def _cost(words: Sequence[str], edges: Sequence[int], lines: Sequence[float], room_px: float) -> float:
    """Return how bad lines look, in shares of the room."""
    cost = max(lines) / room_px
    for first, last in pairwise(edges):
        if len(lines) > 1 and columns("".join(words[first:last]).strip()) <= LONE_COLUMNS:
            cost += LONE_PENALTY
    for cut in edges[1:-1]:
        if ends_clause(_bare(words[cut - 1])):
            cost -= CLAUSE_BONUS / (len(lines) - 1)
        elif dangles(words[cut - 1]):
            cost += DANGLING_PENALTY
    if list(lines) != sorted(lines):
        cost += TOP_HEAVY
    return cost


def dangles(word: str) -> bool:
    """Tell whether a word is a short one, such as an article, that leans on the next."""
    bare = word.strip()
    if bare[:-1].isdecimal() and bare.endswith("."):
        # "am 3. Oktober"
        return columns(bare) <= DANGLING_COLUMNS
    return columns(bare) <= DANGLING_COLUMNS and not any(is_unspaced(letter) or letter.isdecimal() for letter in bare)


def _bare(piece: str) -> str:
    """Return a word without the space behind it, unless that is its punctuation."""
    return piece if ends_clause(piece) else piece.strip()
