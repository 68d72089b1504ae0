"""Words as readers know them, in scripts whose speech tells no words.

A synthesiser cuts Chinese, Japanese and Thai where its own dictionary does, inside words and even inside letters, and
says some words of other languages as one ("that a"). What is shown word by word must be cut as it is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from phonoscope.core.speech import Word
from phonoscope.media.line_breaks import CLOSING, OPENING, columns, ends_sentence, is_unspaced

if TYPE_CHECKING:
    from budoux import Parser

LONGEST_RUN: Final = 160
"""Letters that are cut together at most; sentences are shorter."""

PAUSE_S: Final = 0.7
"""A longer pause ends what is cut together."""

THAI_CAUTION: Final = 1000
"""How much surer Thai must be cut than BudouX's model is by itself, of its scores: it cuts compounds into syllables."""

_NO_BREAK: Final = "\u00a0"

_FOREIGN: Final = re.compile(r"[0-9\u0660-\u0669\u0e50-\u0e59\uff10-\uff19]+(?:[.,:][0-9]+)*|[^\W\d_]+")
"""Numbers and words of other scripts: they are never cut."""

_KANA: Final = re.compile("[\u3041-\u30ff]")
_THAI: Final = re.compile("[\u0e01-\u0e5b]")
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")

_SHORT_TAIL: Final = frozenset("的了吗呢吧啊嗎們们着著过過")
"""Particles of Chinese that are read with the word before them."""

_HANGING: Final = frozenset("ๆฯะาำๅ\u0eb0\u0eb2\u0eb3ຯໆ")
"""Letters of Thai and Lao that never begin a word: vowels behind their consonant, and signs that repeat or shorten."""

_LEADING: Final = frozenset("เแโใไເແໂໃໄ")
"""Vowels of Thai and Lao that are written before their consonant."""

_HIRAGANA: Final = re.compile("[\u3041-\u309f]+")
_HIRAGANA_LETTERS: Final = 3
"""A piece of so little hiragana is the stem or the particle of a word."""

_SINGLE_WIDTH: Final = 2
"""Columns of one letter of Han: alone it is a word, but a small one."""


def reading_words(words: Iterable[Word]) -> Iterator[Word]:
    """Yield what is said in words as they are read, each with its time, sharing that of what is cut by width.

    Notes
    -----
    It cuts its own words the same again, and holds no more than a sentence.
    """
    held: list[Word] = []
    for word in words:
        if not word.text.strip():
            continue
        if held and not _goes_on(held, word):
            yield from _recut(held)
            held = []
        if any(is_unspaced(letter) for letter in word.text):
            held.append(word)
        elif held:
            yield from _recut(held)
            held = []
            yield from _split(word)
        else:
            yield from _split(word)
    yield from _recut(held)


def _goes_on(held: Sequence[Word], word: Word) -> bool:
    """Tell whether a word may be one with what is held."""
    last = held[-1]
    if last.text.endswith(" ") or ends_sentence(last.text.strip()) or word.start_s - last.end_s >= PAUSE_S:
        return False
    return sum(len(each.text) for each in held) < LONGEST_RUN


def _split(word: Word) -> Iterator[Word]:
    """Cut what is said as one word at its spaces; signs that stand alone stay beside their word."""
    if word.text.isalnum():
        yield word
        return
    parts: list[str] = []
    opening = ""
    for part in word.text.split():
        if any(letter.isalnum() for letter in part):
            parts.append(opening + part)
            opening = ""
        elif parts:
            parts[-1] += _NO_BREAK + part
        else:
            opening += part + _NO_BREAK
    parts = parts or [opening.rstrip(_NO_BREAK)]
    yield from _shared(parts, word.start_s, word.end_s)


def _shared(parts: Sequence[str], start_s: float, end_s: float) -> Iterator[Word]:
    """Yield parts as words that share a time by their widths."""
    widths = [max(1, columns(part)) for part in parts]
    begin_s = start_s
    for part, reached in zip(parts, _sums(widths), strict=True):
        until_s = end_s if reached == sum(widths) else start_s + (end_s - start_s) * reached / sum(widths)
        yield Word(part, begin_s, until_s)
        begin_s = until_s


def _sums(numbers: Sequence[int]) -> Iterator[int]:
    total = 0
    for number in numbers:
        total += number
        yield total


def _recut(held: Sequence[Word]) -> Iterator[Word]:
    """Cut a run of words of a script without spaces anew."""
    if not held:
        return
    text, starts, ends = "", [], []
    ended = " " if held[-1].text.endswith(" ") else ""
    for word in held:
        # What was put together from pieces may hold spaces that nobody wrote.
        bare = re.sub(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])|^\s+|\s+$", "", word.text)
        for letter in _shared(list(bare), word.start_s, word.end_s):
            text += letter.text
            starts.append(letter.start_s)
            ends.append(letter.end_s)
    cuts = [0, *_cuts(text), len(text)]
    for first, last in pairwise(cuts):
        piece = text[first:last]
        if piece.strip():
            tail = ended if last == len(text) else " " if piece.endswith(" ") and is_unspaced(piece.strip()[-1]) else ""
            yield Word(piece.strip() + tail, starts[first], ends[last - 1])


def _cuts(text: str) -> list[int]:
    """Return where the words of a text begin, without the first."""
    masked, places = _masked(text)
    parser = _parser(masked)
    if parser is None:
        guessed = {at for at in range(1, len(text)) if text[at - 1].isspace()}
    else:
        reached = list(_sums([len(part) for part in parser.parse(masked)]))[:-1]
        guessed = {places[at] for at in reached}
    guessed |= _edges_of_foreign(text)
    cuts = [at for at in sorted(guessed) if _may_begin(text, at)]
    return _without_crumbs(text, cuts)


def _masked(text: str) -> tuple[str, list[int]]:
    """Return a text with a single letter for each number and foreign word, and where each of its letters was."""
    masked, places, at = "", [], 0
    while at < len(text):
        found = _FOREIGN.match(text, at)
        length = 1
        if found and not is_unspaced(text[at]):
            length = next((i for i, letter in enumerate(found[0]) if is_unspaced(letter)), len(found[0]))
        masked += text[at] if length == 1 else "5" if text[at].isdecimal() else "A"
        places.append(at)
        at += length
    return masked, places


def _edges_of_foreign(text: str) -> set[int]:
    """Return where words of other scripts begin and end; numbers stay with what is counted."""
    return {
        at
        for at in range(1, len(text))
        if _is_foreign(text[at - 1]) != _is_foreign(text[at]) and is_unspaced(text[at - 1]) != is_unspaced(text[at])
    }


def _is_foreign(letter: str) -> bool:
    return letter.isalpha() and not is_unspaced(letter)


def _may_begin(text: str, at: int) -> bool:
    """Tell whether a word may begin at a place."""
    letter, before = text[at], text[at - 1]
    if letter in CLOSING or letter.isspace() or before in OPENING or letter in _HANGING or before in _LEADING:
        return False
    if unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf") or unicodedata.combining(before) == 9:
        return False
    if letter.isdecimal() and before.isdecimal():
        return False
    # Punctuation, symbols: with the word before.
    return letter in OPENING or letter.isalnum() or unicodedata.category(letter) in ("Lo", "So", "Sc")


def _without_crumbs(text: str, cuts: Sequence[int]) -> list[int]:
    """Join what was cut too small: particles, lone letters of Han, and numbers from what they count."""
    kept: list[int] = []
    edges = [*cuts, len(text)]
    for at, following in pairwise(edges):
        piece = text[at:following]
        is_particle = piece[0] in _SHORT_TAIL and columns(piece.rstrip(CLOSING)) <= _SINGLE_WIDTH
        counts = text[at - 1].isdecimal() and is_unspaced(text[at]) and not _THAI.match(text[at])
        before = text[kept[-1] if kept else 0 : at]
        if not is_particle and not counts and not _is_crumb(before, piece):
            kept.append(at)
    return kept


def _is_crumb(before: str, piece: str) -> bool:
    """Tell whether two pieces are one word: two letters of Han, or a bit of hiragana and what follows."""
    if _HAN.fullmatch(before) and _HAN.fullmatch(piece.rstrip(CLOSING)):
        return True
    return len(before) <= _HIRAGANA_LETTERS and bool(_HIRAGANA.fullmatch(before) and _HIRAGANA.match(piece))


def _parser(text: str) -> Parser | None:
    """Return what cuts a text, by its script; None where there is nothing that can."""
    if _KANA.search(text):
        return _japanese()
    if _THAI.search(text):
        return _thai()
    return _chinese() if _HAN.search(text) else None


@cache
def _japanese() -> Parser:
    from budoux import load_default_japanese_parser

    return load_default_japanese_parser()


@cache
def _thai() -> Parser:
    from budoux import Parser, load_default_thai_parser

    # What a model holds counts half against every cut, also where it is never found in a text.
    return Parser({**load_default_thai_parser().model, "": {"": 2 * THAI_CAUTION}})


@cache
def _chinese() -> Parser:
    from budoux import load_default_simplified_chinese_parser

    return load_default_simplified_chinese_parser()
