"""Finds emoji in a text, as the sequences that they are: faces with skin, families, flags, keycaps."""

from __future__ import annotations

from typing import Final

from phonoscope.scene.text.catalogue import covers
from phonoscope.scene.text.fallback import emoji_font

_SIGNS: Final = frozenset("‼⁉™©®ℹ↔↕↖↗↘↙↩↪⌨⏏Ⓜ▪▫▶◀◻◼☑♀♂♟♠♣♦♾✔✖✳✴❇➡⤴⤵⬅⬆⬇〰〽㊗㊙")
"""Signs that have an emoji too, but are letters unless U+FE0F follows: they take the text's colour."""

_AS_EMOJI, _AS_TEXT, _JOINER, _KEYCAP = "\ufe0f", "\ufe0e", "\u200d", "\u20e3"


def split_emoji(text: str) -> list[tuple[str, bool]]:
    """Split a text into pieces of letters (False) and of emoji (True)."""
    if text.isascii():
        return [(text, False)]
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(text):
        length = _emoji_at(text, at)
        piece = text[at : at + (length or 1)]
        if pieces and pieces[-1][1] == bool(length):
            pieces[-1] = (pieces[-1][0] + piece, bool(length))
        else:
            pieces.append((piece, bool(length)))
        at += len(piece)
    return pieces


def emoji_length(text: str, at: int) -> int:
    """Return how many code points the emoji at a place has; 0 where there is none."""
    return _emoji_at(text, at)


def _emoji_at(text: str, at: int) -> int:
    letter, following = text[at], text[at + 1 : at + 2]
    if letter in "0123456789#*":
        rest = text[at + 1 : at + 3]
        return 3 if rest == _AS_EMOJI + _KEYCAP else 2 if following == _KEYCAP else 0
    if _is_indicator(letter):
        return 2 if following and _is_indicator(following) else 1
    if not _is_emoji(letter, following):
        return 0
    end = _end_of_element(text, at)
    while text[end : end + 1] == _JOINER and end + 1 < len(text) and covers(emoji_font(), ord(text[end + 1])):
        end = _end_of_element(text, end + 1)
    return end - at


def _end_of_element(text: str, at: int) -> int:
    """Return where a letter with its selector, skin and tags ends."""
    at += 1
    while at < len(text) and (
        text[at] == _AS_EMOJI or "\U0001f3fb" <= text[at] <= "\U0001f3ff" or "\U000e0020" <= text[at] <= "\U000e007f"
    ):
        at += 1
    return at


def _is_indicator(letter: str) -> bool:
    """Tell whether it is one of the letters that flags are spelt with."""
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _is_emoji(letter: str, following: str) -> bool:
    """Tell whether a letter is meant as emoji: by what follows, else if it is not a sign that text fonts have."""
    point = ord(letter)
    if (
        following == _AS_TEXT
        or point < 0xA9
        or letter in (_JOINER, _AS_EMOJI, _KEYCAP)
        or not covers(emoji_font(), point)
    ):
        return False
    return following == _AS_EMOJI or letter not in _SIGNS
