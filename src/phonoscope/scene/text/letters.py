"""Cuts text into what people count as letters, to show one after the other."""

from __future__ import annotations

import unicodedata
from typing import Final

from phonoscope.scene.text.emoji import emoji_length
from phonoscope.scene.text.style import Run

_VIRAMA: Final = 9
"""Canonical combining class of the signs that join a consonant to the next."""

_TRAILING: Final = frozenset("\u0e33\u0eb3\uff9e\uff9f")
"""Vowels of Thai and Lao, and marks of narrow kana, that are letters in Unicode and yet hang on the one before."""

_JOINERS: Final = frozenset("\u200c\u200d\u2060")


def split_letters(text: str) -> tuple[Run, ...]:
    """Return a text's letters as runs, each with its marks; conjuncts, emoji and spaces with the letter before."""
    letters: list[str] = []
    at = 0
    while at < len(text):
        length = emoji_length(text, at) or 1
        piece = text[at : at + length]
        if letters and length == 1 and _hangs_on(piece, letters[-1]):
            letters[-1] += piece
        else:
            letters.append(piece)
        at += length
    return tuple(Run(letter) for letter in letters)


def _hangs_on(letter: str, before: str) -> bool:
    """Tell whether a letter belongs to those before it."""
    if letter in _TRAILING or letter in _JOINERS or letter.isspace() or unicodedata.category(letter).startswith("M"):
        return True
    if before[-1] in "\u200d" or _is_medial_jamo(letter):
        return True
    joins = unicodedata.combining(before[-1]) == _VIRAMA or (before[-1:] == "\u17d2")
    return joins and unicodedata.category(letter) == "Lo"


def _is_medial_jamo(letter: str) -> bool:
    """Tell whether it is a vowel or final of Korean, written apart."""
    return "\u1160" <= letter <= "\u11ff"
