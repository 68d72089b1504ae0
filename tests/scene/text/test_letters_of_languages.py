"""Every language has all its letters, shaped and joined, on any machine."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.frames import Box
from phonoscope.scene.drawing.rasterising import rasterise
from phonoscope.scene.text import TextStyle, lay_out, missing_letters, split_letters
from phonoscope.scene.text.fallback import fonts_for, han_region, is_invisible, primary_font
from phonoscope.scene.text.typefaces import typeface

sys.path.insert(0, str(Path(__file__).parent))
sentences = importlib.import_module("sentences")
sys.path.pop(0)

SENTENCES: dict[str, str] = sentences.SENTENCES


def picture(text: str, style: TextStyle | None = None) -> NDArray[np.uint8]:
    """What a text looks like, without what is empty around it."""
    layout = lay_out(text, style or TextStyle(size_px=32), 4000)
    alpha = rasterise(lambda canvas: layout.paint(canvas, 40, 40), Box(0, 0, 1200, 160))[..., 3]
    rows, columns = np.nonzero(alpha.max(1))[0], np.nonzero(alpha.max(0))[0]
    return np.asarray(alpha[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


def width(text: str, language: str = "") -> float:
    return lay_out(text, TextStyle(size_px=100, language=language), 1e5).size_px[0]


@pytest.mark.parametrize("language", sorted(SENTENCES))
@pytest.mark.parametrize("weight", [400, 700])
def test_no_letter_is_missing(language: str, weight: int) -> None:
    text = SENTENCES[language]
    assert missing_letters(text) == ""
    fonts = fonts_for(frozenset(text), primary_font("", weight), weight, language)
    for letter in text:
        # The fonts themselves are asked, not the manifest.
        assert is_invisible(letter) or any(typeface(font).unicharToGlyph(ord(letter)) for font in fonts), letter


def test_no_sign_and_no_emoji_is_missing() -> None:
    assert missing_letters(sentences.SIGNS + sentences.EMOJI) == ""


def test_what_no_font_has_is_told() -> None:
    assert missing_letters("a\U00012000b\U00012000\U00013000") == "\U00012000\U00013000"


@pytest.mark.parametrize(
    ("joined", "parts"),
    [
        ("क्ष", "क्‌ष"),  # a conjunct is narrower than its letters
        ("লল", "ল ল"),
        ("لا", "ل ا"),  # an Arabic ligature
        ("سلام", "س ل ا م"),
        ("ක්‍ර", "ක්ර"),
        ("👨‍👩‍👧", "👨👩👧"),
        ("🇫🇷", "🇫 🇷"),
        ("👍🏽", "👍🟫"),
    ],
)
def test_letters_are_joined(joined: str, parts: str) -> None:
    assert width(joined) < width(parts)


def test_marks_stand_on_their_letters_without_taking_room() -> None:
    assert width("ọ́") == pytest.approx(width("ọ"), abs=0.01)
    assert width("שָׁלוֹם") == pytest.approx(width("שלום"), abs=0.01)
    assert width("ที่") == pytest.approx(width("ท"), abs=0.01)


def test_emoji_have_their_own_colours() -> None:
    layout = lay_out("🔥", TextStyle(size_px=64, rgb=(0, 0, 255)), 400)
    rgba = rasterise(lambda canvas: layout.paint(canvas, 10, 10), Box(0, 0, 120, 120)).astype(int)
    assert rgba[..., 0].sum() > 2 * rgba[..., 2].sum() > 0


def test_a_bare_sign_takes_the_texts_colour_and_an_emoji_sign_its_own() -> None:
    def green_and_red(text: str) -> tuple[int, int]:
        layout = lay_out(text, TextStyle(size_px=64, rgb=(255, 0, 0)), 400)
        rgba = rasterise(lambda canvas: layout.paint(canvas, 10, 10), Box(0, 0, 160, 120)).astype(int)
        return int(rgba[..., 1].sum()), int(rgba[..., 0].sum())

    assert green_and_red("✔")[0] == 0
    assert green_and_red("✔️")[0] > 0


def test_han_letters_take_the_form_of_their_region() -> None:
    forms = {tag: picture("直骨", TextStyle(size_px=64, language=tag)) for tag in ("ja", "zh-Hans", "zh-Hant")}
    assert not np.array_equal(forms["ja"], forms["zh-Hans"])
    assert not np.array_equal(forms["zh-Hans"], forms["zh-Hant"])


@pytest.mark.parametrize(
    ("text", "language", "region"),
    [
        ("我们说汉语", "", "hans"),
        ("我們說漢語", "", "hant"),
        ("我們說漢語", "zh", "hant"),
        ("我们说汉语", "cmn", "hans"),
        ("日本語です", "", "ja"),
        ("漢字", "ja", "ja"),
        ("漢字 한글", "", "ko"),
        ("你好", "zh-TW", "hant"),
        ("你好", "yue", "hant"),
    ],
)
def test_the_region_is_told_by_language_or_letters(text: str, language: str, region: str) -> None:
    assert han_region(text, language) == region


def test_bold_is_bolder_and_italic_slants() -> None:
    regular, bold = (picture("Hello", TextStyle(weight=weight)).astype(float).mean() for weight in (400, 700))
    assert bold > regular
    assert not np.array_equal(picture("III"), picture("III", TextStyle(size_px=32, italic=True)))


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Ẹ́ a", ["Ẹ́ ", "a"]),
        ("क्षत्रिय", ["क्ष", "त्रि", "य"]),
        ("น้ำดี", ["น้ำ", "ดี"]),
        ("👨‍👩‍👧b🇫🇷1️⃣", ["👨‍👩‍👧", "b", "🇫🇷", "1️⃣"]),
        ("안녕", ["안", "녕"]),
    ],
)
def test_letters_are_what_people_count(text: str, letters: list[str]) -> None:
    assert [run.text for run in split_letters(text)] == letters
