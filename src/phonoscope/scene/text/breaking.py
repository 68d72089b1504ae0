"""Breaks text into lines where Unicode allows, with dictionaries for Thai, Lao, Khmer and Burmese."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from phonoscope.scene.text.paragraphs import UNLIMITED_PX, build_marked, places
from phonoscope.scene.text.spans import Span, cut

_WORD_JOINER: Final = "\u2060"
_SPACES: Final = " \u200b\u3000"
"""What is not shown at the ends of lines. A no-break space is: it is meant."""

_NEVER_FIRST: Final = frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻")
"""Small kana, and signs that lengthen or repeat: not at the beginning of a line (JIS X 4051)."""

_UNSPACED: Final = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
"""Thai and Lao, Burmese, Khmer."""

_STEPS: Final = 10
"""Halvings of the width in search of the narrowest: to a thousandth of it."""

_MOST_BALANCED: Final = 12
"""Lines: more of them are a page, whose lines are filled."""

_SLACK_PX: Final = 0.01
"""Widths that are a sum of others must not fall short of them by rounding."""

Range = tuple[int, int]


def break_lines(spans: Sequence[Span], width_px: float, locale: str, balanced: bool) -> list[Range]:
    """Return the lines of one paragraph, as ranges of the whole text without the spaces at their ends.

    Parameters
    ----------
    balanced
        Lines as even as can be, in as few lines as needed.
    """
    glued, sources = _glue(spans)
    paragraph = build_marked(glued, locale)
    paragraph.layout(UNLIMITED_PX)
    if paragraph.MaxIntrinsicWidth <= width_px:
        return [_trimmed(spans, spans[0].start, spans[-1].end)]
    ends = _line_starts(paragraph, width_px)
    if balanced and len(ends) <= _MOST_BALANCED:
        ends = _balance(paragraph, width_px, ends, "".join(span.text for span in glued))
    starts = [spans[0].start, *(sources[end] for end in ends[1:]), spans[-1].end]
    return [_trimmed(spans, first, last) for first, last in pairwise(starts)]


def _line_starts(paragraph: Any, width_px: float) -> list[int]:
    """Return the letter that each line begins with, if lines are as long as a width allows."""
    paragraph.layout(width_px + _SLACK_PX)
    first: dict[int, int] = {}
    for place in places(paragraph):
        first[place.line] = min(place.letter, first.get(place.line, place.letter))
    return [first[line] for line in sorted(first)]


def _balance(paragraph: Any, width_px: float, filled: list[int], text: str) -> list[int]:
    """Return the lines' first letters in the narrowest width that needs no more lines, and breaks no more words.

    Parameters
    ----------
    filled
        The first letters where lines are as long as the width allows.
    """
    narrow, wide = min(float(paragraph.MinIntrinsicWidth), width_px), width_px
    best, broken = filled, _broken_words(text, filled)
    for _ in range(_STEPS):
        middle = (narrow + wide) / 2
        starts = _line_starts(paragraph, middle)
        if len(starts) <= len(filled) and _broken_words(text, starts) <= broken:
            best, wide = starts, middle
        else:
            narrow = middle
    return best


def _broken_words(text: str, starts: Sequence[int]) -> int:
    """Return how many lines begin within a word of a script that has spaces between words."""
    return sum(_within_word(text[start - 1], text[start]) for start in starts if 0 < start < len(text))


def _within_word(before: str, letter: str) -> bool:
    return all(_is_spaced(each) and unicodedata.category(each)[0] in "LMN" for each in (before, letter))


def _is_spaced(letter: str) -> bool:
    """Tell whether a letter's script puts spaces between words: not Han, kana, Thai, Lao, Burmese and Khmer."""
    if unicodedata.east_asian_width(letter) in "WF":
        return _is_hangul(letter)
    return not any(first <= letter <= last for first, last in _UNSPACED)


def _glue(spans: Sequence[Span]) -> tuple[tuple[Span, ...], list[int]]:
    """Return the spans with word joiners where lines must not be broken, and which letter each of theirs is.

    Subtitles break Korean and katakana between words, and Japanese never before a small letter; Unicode would allow it.
    """
    glued: list[Span] = []
    sources: list[int] = []
    before = ""
    for span in spans:
        letters: list[str] = []
        for at, letter in enumerate(span.text):
            if _belong_together(before, letter):
                letters.append(_WORD_JOINER)
                sources.append(span.start + at)
            letters.append(letter)
            sources.append(span.start + at)
            before = letter
        glued.append(span.saying("".join(letters), span.start))
    return tuple(glued), sources


def _belong_together(before: str, letter: str) -> bool:
    """Tell whether no line may end between two letters, though Unicode lets it."""
    if letter in _NEVER_FIRST:
        return before != "" and not before.isspace()
    if _is_hangul(before):
        return _is_hangul(letter) or letter in ".,!?…%"
    return _is_katakana(before) and _is_katakana(letter)


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3"


def _is_katakana(letter: str) -> bool:
    return "\u30a1" <= letter <= "\u30fa"


def _trimmed(spans: Sequence[Span], start: int, end: int) -> Range:
    """Return a range without the spaces at its ends."""
    text = "".join(part.text for part in cut(spans, start, end))
    stop = start + len(text.rstrip(_SPACES))
    return min(stop, start + len(text) - len(text.lstrip(_SPACES))), stop
