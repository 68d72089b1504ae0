"""Where a subtitle's text may be broken, in scripts with and without spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

LINE_COLUMNS = 42
"""Longest line (Netflix, BBC); East Asian characters take two columns."""

_JOINT = "\u200b"
"""Zero width space: stands between words of a script without spaces while a text is being broken."""

OPENING = "([{«‹“‘„‚「『（【《〈¿¡"
_PAIRED_CLOSING = ")]}»›”’\"'」』）】》〉"
_SENTENCE_ENDS = ".!?…。！？｡؟۔।॥።᙮"
_CLAUSE_ENDS = ",;:—–、，；：،؛፣"
CLOSING = _PAIRED_CLOSING + _SENTENCE_ENDS + _CLAUSE_ENDS
"""What is written at the end of a word, or behind it."""

_NOT_FIRST = CLOSING + "ーっゃゅょッャュョ々"

_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "e.g", "i.e", "vol", "fig", "approx",
    "bzw", "z.b", "d.h", "ca", "nr", "hr", "fr", "m", "mme", "mlle", "sra", "srta", "dott", "sig",
))  # fmt: skip
"""What ends in a full stop without ending a sentence."""

_CLAUSE_BONUS = 10
"""Columns by which a line may be less balanced if it ends a clause."""

_INSIDE_PENALTY = 6
"""Columns of balance that are given up before a word of a script without spaces is broken inside."""


def columns(text: str) -> int:
    """Return how wide a text is: two for East Asian characters, none for marks that combine."""
    return sum(_columns(character) for character in text)


def ends_sentence(word: str) -> bool:
    """Tell whether a sentence ends with this word, given its punctuation."""
    bare = word.rstrip(_PAIRED_CLOSING)
    if not bare or bare[-1] not in _SENTENCE_ENDS:
        return False
    stem = bare.rstrip(".").lstrip(OPENING + "\"'")
    # "J. S. Bach", "z. B.", "am 3. Oktober".
    is_initial = (len(stem) == 1 and stem.isalpha() and stem not in "IY") or (stem.isdecimal() and len(stem) <= 2)
    return not (bare.endswith(".") and not bare.endswith("..") and (is_initial or stem.lower() in _ABBREVIATIONS))


def ends_clause(word: str) -> bool:
    """Tell whether a clause or a sentence ends with this word."""
    bare = word.rstrip(_PAIRED_CLOSING)
    if bare.endswith(" ") and _is_southeast_asian(bare[-2:-1] or " "):
        # Where words have no spaces between them, a space is punctuation.
        return True
    return bool(bare) and (bare[-1] in _CLAUSE_ENDS or ends_sentence(word))


def joined(words: Iterable[str]) -> str:
    """Return the words as one text, with invisible joints in place of spaces where the script has none.

    Thai and the like have spaces too, between clauses: there, a word ends in one.
    """
    text = ""
    is_clause_end = False
    for written in words:
        # Spaces that hold together stay as they are.
        word = " ".join(re.split(r"[ \t\n\r]+", written.strip()))
        if not text or not word:
            text += word
        else:
            text += (_JOINT if _unspaced(text[-1], word[0]) and not is_clause_end else " ") + word
        is_clause_end = written.endswith(" ") and bool(word) and _is_southeast_asian(word[-1])
    return text


def shown_text(text: str) -> str:
    """Return a text of `joined` as it is read, in one line."""
    return text.replace(_JOINT, "")


def wrapped(text: str) -> str | None:
    """Return a text of `joined` in one line or two balanced ones, or None if it does not fit."""
    plain = shown_text(text)
    if columns(plain) <= LINE_COLUMNS:
        return plain
    best = None
    for index, penalty in _breaks(text):
        first, second = (part.replace(_JOINT, "").strip() for part in (text[:index], text[index:]))
        wider = max(columns(first), columns(second))
        if not first or not second or wider > LINE_COLUMNS:
            continue
        cost = wider + penalty - (_CLAUSE_BONUS if ends_clause(first) else 0)
        if best is None or cost < best[0]:
            best = cost, f"{first}\n{second}"
    return best[1] if best else None


def pieces(word: str) -> list[str]:
    """Cut a word that is wider than a line into parts that are not."""
    parts = [""]
    for index, character in enumerate(word):
        if columns(parts[-1] + character) > LINE_COLUMNS and _may_begin(word, index):
            parts.append("")
        parts[-1] += character
    return parts


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Yield each place where a line may end, and what that costs in columns."""
    for index in range(1, len(text)):
        if text[index - 1] in (" ", _JOINT):
            yield index, 0
        elif _may_begin(text, index) and is_unspaced(text[index]) and is_unspaced(text[index - 1]):
            yield index, _INSIDE_PENALTY


def _may_begin(text: str, index: int) -> bool:
    """Tell whether the character at `index` may be the first of a line."""
    character, before = text[index], text[index - 1 : index]
    combines = unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") or before == "\u200d"
    return not combines and character not in _NOT_FIRST and before not in tuple(OPENING)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _unspaced(before: str, after: str) -> bool:
    """Tell whether two words are written together: Han and kana with anything, Thai and the like with their own."""
    return _is_cjk(before) or _is_cjk(after) or (_is_southeast_asian(before) and _is_southeast_asian(after))


def is_unspaced(character: str) -> bool:
    """Tell whether a character is of a script that writes words without spaces between them."""
    return _is_cjk(character) or _is_southeast_asian(character)


def _is_cjk(character: str) -> bool:
    """Han, kana and their punctuation; not Hangul, which has spaces."""
    code = ord(character)
    return (
        0x2E80 <= code <= 0x312F or 0x3190 <= code <= 0x4DBF or 0x4E00 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF or 0xFF00 <= code <= 0xFF9F or 0x20000 <= code <= 0x3FFFF
    )  # fmt: skip


def _is_southeast_asian(character: str) -> bool:
    """Thai, Lao, Myanmar, Khmer."""
    code = ord(character)
    return 0x0E00 <= code <= 0x0EFF or 0x1000 <= code <= 0x109F or 0x1780 <= code <= 0x17FF
