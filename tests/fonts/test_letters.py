from __future__ import annotations

import pytest
from fonts.letters import letters_of, ranges
from fonts.tables import SOURCES

ALL = range(0x30000)


def test_ranges_are_read() -> None:
    assert ranges("0041-0043 00B7") == {0x41, 0x42, 0x43, 0xB7}


@pytest.mark.parametrize(
    ("keep", "kept", "dropped"),
    [
        ("latin", "AzñệẹɓƙЖҚΩ€—", "你अ"),
        ("titles", "AzñệЖґ€—", "ʒἀ你"),
        ("script", "अكก。", "Aé!"),
        ("simplified", "你们汉语，。“”かァ", "們漢A龘"),
        ("traditional", "你們漢語嘅咗㗎，。", "们汉A"),
        ("japanese", "日本語畑駅っア、。", "们们A"),
        ("korean", "한글뷁ㅋ", "漢A"),
        ("symbols", "→✓★♪∑", "A你"),
    ],
)
def test_letters_are_kept_by_name(keep: str, kept: str, dropped: str) -> None:
    letters = letters_of(keep, ALL)
    assert not {letter for letter in kept if ord(letter) not in letters}
    assert not {letter for letter in dropped if ord(letter) in letters}


def test_the_han_sets_have_the_size_of_their_standards() -> None:
    def han(keep: str) -> int:
        return sum(0x4E00 <= point <= 0x9FFF for point in letters_of(keep, ALL))

    assert 6763 <= han("simplified") <= 6900  # GB 2312
    assert 5401 <= han("traditional") <= 6000  # Big5, level 1, and Cantonese
    assert 6355 <= han("japanese") <= 6400  # JIS X 0208


def test_only_what_a_font_has_is_kept() -> None:
    assert letters_of("latin", {0x41, 0x4F60}) == {0x41}


def test_every_source_is_pinned_and_has_a_known_set() -> None:
    assert all(source.version[0].isdigit() and source.weights for source in SOURCES)
    assert {source.kind for source in SOURCES} == {"text", "script", "han", "emoji", "symbols", "title"}
