"""ASS keeps how captions look, and nothing in their text is taken for a tag."""

from __future__ import annotations

import re
from typing import Any

import pysubs2
import pytest

from phonoscope.core.speech import Word
from phonoscope.exports.ass import ass_text, timed_parts
from phonoscope.media.subtitles import Cue, cues
from phonoscope.scene.document.captions import Captions

SIZE_PX = 1920, 1080

WORDS = (Word("Good", 1.0, 1.3), Word("evening,", 1.3, 1.9), Word("everybody.", 2.2, 3.0))
SPOKEN = Cue("Good evening,\neverybody.", 1.0, 3.5, "Ann", WORDS)
TRICKY = Cue("{\\b1}bold{\\b0} \\N <i> & C:\\new", 4.0, 5.0)


def _read(shown: tuple[Cue, ...], **look: Any) -> pysubs2.SSAFile:
    return pysubs2.SSAFile.from_string(ass_text(shown, Captions(**look), SIZE_PX, "A title"), "ass")


def test_times_texts_and_names_are_read_again() -> None:
    read = _read((SPOKEN, TRICKY))
    assert [(event.start, event.end) for event in read] == [(1000, 3000), (4000, 5000)]
    assert read[0].text == "Good evening, everybody."
    assert read[0].name == "Ann"
    assert read.info["PlayResX"] == "1920"
    assert read.info["Title"] == "A title"


def test_text_is_no_tag() -> None:
    (event,) = _read((TRICKY,))
    # Every brace has a backslash before it, and no backslash names what follows it.
    assert not re.search(r"(?<!\\)[{}]", event.text)
    assert not re.search(r"\\[A-Za-z]", event.text)
    assert event.text.replace("\\\u2060", "\\").replace("\\{", "{").replace("\\}", "}") == TRICKY.text


def test_looks_become_styles() -> None:
    style = _read((SPOKEN,), size=0.05, colour="#11223380", weight=400, font="Fira Sans", width=0.5).styles["Default"]
    assert style.fontname == "Fira Sans"
    assert not style.bold
    assert style.fontsize == pytest.approx(0.05 * 1080 * 1.36, abs=0.1)
    assert (style.primarycolor.r, style.primarycolor.g, style.primarycolor.b) == (0x11, 0x22, 0x33)
    assert style.primarycolor.a == 0x7F
    assert (style.marginl, style.marginr) == (480, 480)


@pytest.mark.parametrize(("position", "alignment"), [("bottom", 2), ("middle", 5), ("top", 8)])
def test_position(position: str, alignment: int) -> None:
    assert int(_read((SPOKEN,), position=position).styles["Default"].alignment) == alignment


def test_offset_moves_down() -> None:
    low, plain = (_read((SPOKEN,), offset=offset).styles["Default"].marginv for offset in (0.03, 0.0))
    assert low == pytest.approx(plain - 0.03 * 1080, abs=1)
    top, plain = (_read((SPOKEN,), offset=o, position="top").styles["Default"].marginv for o in (0.03, 0.0))
    assert top == pytest.approx(plain + 0.03 * 1080, abs=1)
    assert _read((SPOKEN,), offset=0.1, position="middle")[0].text.startswith("{\\pos(960,648)}Good")


@pytest.mark.parametrize(
    ("look", "border", "has_outline", "has_shadow"),
    [
        ("outline", 1, True, False),
        ("bold", 1, True, True),
        # A glow is a blurred outline; a shadow has a hair of one.
        ("plain", 1, True, False),
        ("shadow", 1, True, True),
        ("box", 3, True, False),
    ],
)
def test_kinds_of_looks(look: str, border: int, has_outline: bool, has_shadow: bool) -> None:
    style = _read((SPOKEN,), look=look).styles["Default"]
    assert (style.borderstyle, style.outline > 0, style.shadow > 0) == (border, has_outline, has_shadow)


def test_speakers_have_their_colours() -> None:
    read = _read((SPOKEN, TRICKY), speaker_colours={"Ann": "#ff0000"}, show_speakers=True)
    assert read.styles[read[0].style].primarycolor.r == 255
    assert read.styles[read[0].style].primarycolor.g == 0
    assert read[1].style == "Default"
    assert read[0].text.startswith("Ann: Good")


def test_karaoke_counts_hundredths_up_to_the_end_of_each_word() -> None:
    (event,) = _read((SPOKEN,), style="karaoke", colour="white", highlight="#ffd54a")
    parts = re.findall(r"\{\\k(\d+)\}([^{]*)", event.text)
    assert "".join(text for _, text in parts) == "Good evening, everybody."
    reached, ends = 0, {}
    for length, text in parts:
        reached += int(length)
        ends[text.strip().removesuffix("\\N")] = reached
    assert (ends["Good"], ends["evening,"], ends["everybody."]) == (30, 90, 200)


def test_one_word_at_a_time() -> None:
    read = _read((SPOKEN,), style="word", capitals=True)
    assert [event.text for event in read] == ["GOOD", "EVENING,", "EVERYBODY."]
    assert [(event.start, event.end) for event in read] == [(1000, 1300), (1300, 2200), (2200, 3350)]


def test_lines_are_those_of_captions_in_the_picture() -> None:
    text = "Good morning everybody, and welcome to this talk about small things that matter a lot."
    words = tuple(Word(word, 0.3 * n, 0.3 * n + 0.28) for n, word in enumerate(text.split()))
    upright = ass_text(cues(words), Captions(look="bold"), (1080, 1920))
    events = pysubs2.SSAFile.from_string(upright, "ass")
    assert len(events) > 1
    assert all(event.text.count("\\N") <= 1 for event in events)
    assert " ".join(event.text.replace("\\N", " ") for event in events) == text


def test_words_without_spaces_find_their_places() -> None:
    text = "今天天气很好，我们一起去公园散步，然后在湖边的小餐馆吃午饭，下午再去看望老朋友们。"
    words = [Word(character, n * 0.12, n * 0.12 + 0.12) for n, character in enumerate(text)]
    for cue in cues(words):
        parts = list(timed_parts(cue))
        assert "".join(part for part, _ in parts) == cue.text
        for part, word in parts:
            assert word is None or part.replace("\n", "") == word.text


def test_a_word_broken_over_two_lines_is_one_part() -> None:
    cue = Cue("abcd\nefgh ij", 0, 1, "", (Word("abcdefgh", 0, 0.5), Word("ij", 0.5, 1)))
    assert [part for part, _ in timed_parts(cue)] == ["abcd\nefgh", " ", "ij"]


def test_nothing_said_is_an_empty_file() -> None:
    assert len(_read(())) == 0
