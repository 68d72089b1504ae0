"""Captions are pages that fit, at their times, and light up word by word."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.speech import Word
from phonoscope.scene.captioning import CaptionStage, caption_layer
from phonoscope.scene.captioning.captions import CaptionLayer
from phonoscope.scene.captioning.lines import spaced
from phonoscope.scene.document.captions import Captions

ENGLISH = "Good morning everybody, and welcome to this wonderful talk about small things that matter a lot to us."
SENTENCES = {
    "en": ENGLISH,
    "ru": "Доброе утро всем, и добро пожаловать на этот чудесный рассказ о мелочах.",
    "el": "Καλημέρα σε όλους και καλώς ήρθατε σε αυτήν την υπέροχη ομιλία.",
    "ar": "صباح الخير جميعا، ومرحبا بكم في هذا العرض الرائع عن الأشياء الصغيرة",
    "he": "בוקר טוב לכולם וברוכים הבאים להרצאה הנפלאה הזאת על דברים קטנים",
    "hi": "सुप्रभात सभी को, और छोटी चीज़ों के बारे में इस अद्भुत प्रस्तुति में स्वागत है।",
    "th": "สวัสดี ตอนเช้า ทุกคน และ ยินดีต้อนรับ สู่ การนำเสนอ ที่ ยอดเยี่ยม นี้",
    "zh": "大家好 欢迎 来到 这个 关于 小 事物 的 精彩 演讲。",
    "ja": "みなさん おはよう ございます。 この 素晴らしい 発表へ ようこそ。",
    "ko": "여러분 안녕하세요, 작은 것들에 대한 이 멋진 발표에 오신 것을 환영합니다.",
}


class NoAssets:
    def path(self, asset: str) -> Path:
        return Path(asset)


def said(text: str, speaker: str = "", start_s: float = 0.5) -> list[tuple[Word, str]]:
    """Return a text as words that take a third of a second each."""
    words = text.split(" ")
    return [(Word(word, start_s + i / 3, start_s + (i + 0.9) / 3), speaker) for i, word in enumerate(words)]


def layer(words: list[tuple[Word, str]], size_px: tuple[int, int] = (640, 360), **told: object) -> CaptionLayer:
    stage = CaptionStage(size_px, Fraction(30), NoAssets())
    return caption_layer(Captions.model_validate(told), words, stage)


@pytest.mark.parametrize("size_px", [(640, 360), (360, 640)])
@pytest.mark.parametrize("style", ["block", "karaoke", "word"])
@pytest.mark.parametrize("language", list(SENTENCES))
def test_every_word_is_shown_once_inside_the_canvas(language: str, style: str, size_px: tuple[int, int]) -> None:
    words = said(SENTENCES[language])
    shown = layer(words, size_px, style=style)
    # Scripts without spaces are cut anew.
    assert "".join(word.text for page in shown.pages for word in page.words) == "".join(word.text for word, _ in words)
    for page in shown.pages:
        patch = shown.patch(int((page.start_s + page.end_s) / 2 * 30))
        assert patch is not None
        assert patch.box.x0 >= 0
        assert patch.box.x1 <= size_px[0]
        assert patch.box.y1 <= size_px[1]
        assert patch.frame.alpha is not None
        assert patch.frame.alpha.max() == 255


def test_pages_do_not_overlap_and_last_as_long_as_their_words() -> None:
    shown = layer([*said(ENGLISH), *said("And then, somebody else.", "Bob", 8.0)])
    for page, following in zip(shown.pages, shown.pages[1:], strict=False):
        assert page.end_s <= following.start_s + 1e-9
        assert page.start_s <= page.words[0].start_s
        assert page.end_s >= page.words[-1].start_s
    assert shown.pages[-1].speaker == "Bob"
    assert shown.pages[-1].opens


def test_nothing_is_shown_before_and_after() -> None:
    shown = layer(said("Hello there."))
    assert shown.patch(0) is None
    assert shown.patch(16) is not None
    assert shown.patch(300) is None


def test_karaoke_lights_one_word_after_the_other() -> None:
    shown = layer(said("Hello my friend."), style="karaoke", highlight="#ff0000", colour="white")
    keys: dict[Hashable, NDArray[np.uint8]] = {}
    for number in range(15, 45):
        patch = shown.patch(number)
        if patch is not None:
            keys.setdefault(patch.key, patch.frame.chroma.copy())
    assert len(keys) == 3
    first, second, _ = keys.values()
    assert not np.array_equal(first, second)


@pytest.mark.parametrize("look", ["outline", "box", "plain", "shadow", "bold"])
@pytest.mark.parametrize("size_px", [(640, 360), (160, 132)])
def test_the_same_key_is_the_same_picture_in_any_order(look: str, size_px: tuple[int, int]) -> None:
    words = said(ENGLISH)
    there, back = (layer(words, size_px, style="karaoke", look=look) for _ in range(2))
    seen = {number: there.patch(number) for number in range(0, 240, 7)}
    for number in reversed(range(0, 240, 7)):
        patch, known = back.patch(number), seen[number]
        assert (patch is None) == (known is None)
        if patch is not None and known is not None:
            assert patch.key == known.key
            assert np.array_equal(patch.frame.luma, known.frame.luma)


def test_speakers_have_names_and_colours() -> None:
    plain = layer(said("Hello.", "Ann"))
    named = layer(said("Hello.", "Ann"), show_speakers=True)
    coloured = layer(said("Hello.", "Ann"), speaker_colours={"Ann": "#00ff00"})
    patches = [each.patch(20) for each in (plain, named, coloured)]
    assert all(patch is not None for patch in patches)
    first, second, third = (patch for patch in patches if patch is not None)
    assert second.box.width > first.box.width * 1.3
    assert not np.array_equal(first.frame.chroma, third.frame.chroma)


def test_capitals() -> None:
    shown = layer(said("straße und Maß"), capitals=True)
    assert "".join(shown.pages[0].pieces) == "STRASSE UND MASS"


def test_upright_safe_areas_leave_room_for_buttons() -> None:
    for area, least in (("title", 0.05), ("social", 0.2)):
        patch = layer(said("Hello."), (360, 640), safe_area=area).patch(20)
        assert patch is not None
        assert patch.box.y1 <= 640 * (1 - least) + 6


def test_an_unknown_font_is_refused() -> None:
    with pytest.raises(UsageError, match="font"):
        layer(said("Hello."), font="Nonesuch Sans").patch(20)


def test_words_are_spaced_as_their_script_is() -> None:
    assert "".join(spaced(["Hello,", "my", "friend."])) == "Hello, my friend."
    assert " " not in "".join(spaced(["大家好", "欢迎"]))
