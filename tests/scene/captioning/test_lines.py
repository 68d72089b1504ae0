"""Lines are balanced, and end where a reader would pause."""

from __future__ import annotations

from itertools import pairwise

import pytest

from phonoscope.scene.captioning.lines import WordWidths, broken, dangles, spaced
from phonoscope.scene.text import TextStyle


def _lines(text: str, room: float, most: int = 2) -> list[str]:
    pieces = spaced(text.split(" "))
    begins = broken(pieces, [float(len(piece)) for piece in pieces], room, most)
    return ["".join(pieces[a:b]).strip() for a, b in pairwise([*begins, len(pieces)])]


def test_a_line_is_enough_where_there_is_room() -> None:
    assert _lines("Good morning everybody.", 40) == ["Good morning everybody."]


def test_what_has_no_room_is_told() -> None:
    assert _lines("Good morning everybody and welcome", 12) == []


def test_lines_end_at_commas() -> None:
    assert _lines("In winter we stayed, but they went home early.", 32) == [
        "In winter we stayed,",
        "but they went home early.",
    ]


def test_no_line_ends_in_a_short_word_or_has_one_alone() -> None:
    assert _lines("the history of the city of Rome", 22) == ["the history", "of the city of Rome"]
    assert all(len(line) > 5 for line in _lines("somebody somewhere sings an old song so", 36))


def test_longer_lines_than_are_read_at_a_glance_become_two() -> None:
    assert len(_lines("This is a rather long sentence without any comma inside", 100)) == 2
    assert len(_lines("This is a rather long sentence without any comma inside", 100, most=1)) == 1


def test_words_are_measured_once_and_wider_words_are_wider() -> None:
    widths = WordWidths(TextStyle(size_px=40))
    narrow, wide = widths.of(["ill", "moment"])
    assert 0 < narrow < wide
    assert widths.of(["moment", "ill"]) == [wide, narrow]


@pytest.mark.parametrize(("word", "leans"), [("of ", True), ("3. ", True), ("42", False), ("的", False)])
def test_short_words_lean_on_the_next(word: str, leans: bool) -> None:
    assert dangles(word) == leans
