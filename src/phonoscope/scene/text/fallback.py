"""Which fonts a text needs: the one that is asked for, and those that have the letters it lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from phonoscope.scene.text.catalogue import (
    DEFAULT_FAMILY,
    FontFile,
    covers,
    family_files,
    is_path,
    nearest_weight,
    shipped_family,
    shipped_fonts,
)
from phonoscope.scene.text.typefaces import has_letter, user_font

_INVISIBLE: Final = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"}
"""Unicode categories without a letter of their own: controls, joiners, marks of direction, what is not assigned."""

_HAN_ORDER: Final = {
    "ja": ("JP", "SC", "TC", "KR"),
    "ko": ("KR", "JP", "TC", "SC"),
    "hans": ("SC", "TC", "JP", "KR"),
    "hant": ("TC", "SC", "JP", "KR"),
}
"""Whose letters stand in for whose."""

_KIN: Final = {"Anton": "Oswald", "Bangers": "Balsamiq Sans"}
"""Families that look alike, for titles in alphabets that the first lacks."""

_KIN_WEIGHT: Final = 700
"""Both are heavy."""

_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue", "cmn-hant", "hak", "nan")
_CHINESE: Final = ("zh", "cmn", "yue", "hak", "nan", "wuu")


def is_invisible(letter: str) -> bool:
    """Tell whether a letter draws nothing by itself: spaces, controls, joiners, variation selectors."""
    point = ord(letter)
    if 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF or point in (0x034F, 0x115F, 0x1160, 0x3164):
        return True
    category = unicodedata.category(letter)
    return category in _INVISIBLE - {"Cn", "Co"} or letter.isspace()


def primary_font(family: str, weight: int) -> FontFile:
    """Return the font of a family, by its name or path, that is nearest to a weight."""
    if is_path(family):
        return user_font(Path(family))
    return nearest_weight(family_files(shipped_family(family)), weight)


@lru_cache(maxsize=512)
def fonts_for(letters: frozenset[str], primary: FontFile, weight: int, language: str) -> tuple[FontFile, ...]:
    """Return the fonts that together have all letters, in the order in which they are tried.

    Parameters
    ----------
    letters
        All that the text has.
    primary
        The font that is asked for.
    """
    needed = {ord(letter) for letter in letters if not is_invisible(letter)}
    chosen: list[FontFile] = [primary]
    needed = {point for point in needed if not has_letter(primary, point)}
    kin = [nearest_weight(family_files(_KIN[primary.family]), _KIN_WEIGHT)] if primary.family in _KIN else []
    region = han_region("".join(sorted(letters)), language)
    for font in (*kin, *_stand_ins(region, weight, _is_east_asian(language), needed)):
        if not needed:
            break
        found = {point for point in needed if covers(font, point)}
        if found and font != primary:
            chosen.append(font)
            needed -= found
    if _is_east_asian(language) and primary.kind == "text":
        # Quotes and dashes are as wide as the letters in Chinese and Japanese; the Latin font's are not.
        han = [font for font in chosen if font.kind == "han"]
        chosen = han + [font for font in chosen if font.kind != "han"]
    return tuple(chosen)


def emoji_font() -> FontFile:
    """Return the font of emoji."""
    return next(font for font in shipped_fonts() if font.kind == "emoji")


def missing_letters(text: str, family: str = "") -> str:
    """Return the letters of a text that no font has, each once, in their order.

    Parameters
    ----------
    family
        Where letters are looked for first; empty for the usual one.
    """
    letters = [letter for letter in dict.fromkeys(text) if not is_invisible(letter)]
    fonts = [primary_font(family, 400), *_stand_ins("hans", 400, False, set())]
    return "".join(letter for letter in letters if not any(has_letter(font, ord(letter)) for font in fonts))


def foreign_letters(text: str, family: str) -> str:
    """Return the letters of a text that a family lacks, and that another font will draw."""
    font = primary_font(family, 400)
    return "".join(
        letter for letter in dict.fromkeys(text) if not is_invisible(letter) and not has_letter(font, ord(letter))
    )


def han_region(text: str, language: str) -> str:
    """Return whose form of Han letters a text wants: "ja", "ko", "hans" or "hant"."""
    tag = language.lower().replace("_", "-")
    base = tag.partition("-")[0]
    if base in ("ja", "ko"):
        return base
    if tag.startswith(_TRADITIONAL):
        return "hant"
    if base not in _CHINESE:
        if any("\u3041" <= letter <= "\u30ff" for letter in text):
            return "ja"
        if any("\uac00" <= letter <= "\ud7a3" for letter in text):
            return "ko"
    han = {ord(letter) for letter in text if "\u4e00" <= letter <= "\u9fff"}
    simplified, traditional = _han_font("SC"), _han_font("TC")
    # Each set holds the letters of its own writing only, so what is missing tells which it is.
    only_traditional = sum(covers(traditional, point) and not covers(simplified, point) for point in han)
    only_simplified = sum(covers(simplified, point) and not covers(traditional, point) for point in han)
    return "hant" if only_traditional > only_simplified else "hans"


def has_han(letters: Iterable[str]) -> bool:
    """Tell whether any letter is one of Chinese, Japanese or Korean."""
    return any("\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in letters)


def _is_east_asian(language: str) -> bool:
    return language.lower().partition("-")[0] in (*_CHINESE, "ja")


def _han_font(region: str) -> FontFile:
    return family_files(f"{DEFAULT_FAMILY} {region}")[0]


def _stand_ins(region: str, weight: int, han_first: bool, needed: set[int]) -> Iterator[FontFile]:
    """Yield the fonts to look for a letter in, in this order."""
    han = [_han_font(name) for name in _HAN_ORDER[region]]
    if han_first:
        yield from han
    yield nearest_weight(family_files(DEFAULT_FAMILY), weight)
    # Scripts share signs: a Bengali full stop is in Devanagari's font too. The one with most of the letters has it.
    scripts = _of_kind("script", weight)
    yield from sorted(scripts, key=lambda font: -sum(covers(font, point) for point in needed))
    if not han_first:
        yield from han
    # Emoji are found by themselves; what is left here are signs that are both, and take the text's colour.
    yield from _of_kind("symbols", weight)
    yield from _of_kind("emoji", weight)


@cache
def _of_kind(kind: str, weight: int) -> tuple[FontFile, ...]:
    """Return the fonts of one kind, one of each family."""
    named: Iterable[str] = dict.fromkeys(font.family for font in shipped_fonts() if font.kind == kind)
    return tuple(nearest_weight(family_files(family), weight) for family in named)
