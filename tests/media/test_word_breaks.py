"""Words are cut as they are read, however they were said."""

from __future__ import annotations

from itertools import pairwise

import pytest

from phonoscope.core.speech import Word
from phonoscope.media.subtitles import cues
from phonoscope.media.word_breaks import reading_words

# As a synthesiser cuts them: inside words, and inside letters.
JAPANESE = [
    "みなさん、",
    "おはようございます。",
    "小 さなことについての素晴",
    "らしい発表",
    "へようこそ。",
    "2024年",
    "には350人が来",
]
CHINESE = [
    "大",
    "家",
    "早上",
    "好，",
    "欢迎",
    "来",
    "到",
    "这个",
    "关",
    "于",
    "精彩",
    "演讲。",
    "卖",
    "出",
    "了350",
    "张",
    "票。",
]
THAI = ["สวัสดีตอนเช้", "าทุกคน ", "ยินดีต้", "อนรับสู่", "การนำเสนอที่", "ยอดเยี่", "ยมนี้ ", "คุณรู้", "ไหมว่", "าทำไม"]


def _said(texts: list[str]) -> list[Word]:
    return [Word(text, 0.4 * n, 0.4 * n + 0.38) for n, text in enumerate(texts)]


@pytest.mark.parametrize("texts", [JAPANESE, CHINESE, THAI])
def test_nothing_is_lost_and_time_runs_on(texts: list[str]) -> None:
    words = list(reading_words(_said(texts)))
    assert "".join(word.text for word in words).replace(" ", "") == "".join(texts).replace(" ", "")
    assert all(word.end_s > word.start_s for word in words)
    assert all(before.end_s <= after.start_s + 1e-9 for before, after in pairwise(words))
    assert words[0].start_s == 0
    assert words[-1].end_s == pytest.approx(0.4 * len(texts) - 0.02)


@pytest.mark.parametrize("texts", [JAPANESE, CHINESE, THAI, ["that a", "lot", "– yes"]])
def test_own_words_are_cut_the_same_again(texts: list[str]) -> None:
    words = list(reading_words(_said(texts)))
    assert list(reading_words(words)) == words


def test_japanese_is_cut_into_phrases() -> None:
    words = [word.text for word in reading_words(_said(JAPANESE))]
    assert words[:2] == ["みなさん、", "おはよう"]
    assert "素晴らしい" in words
    assert "2024年には" in words


def test_chinese_is_cut_into_words_with_their_punctuation_and_particles() -> None:
    words = [word.text for word in reading_words(_said(CHINESE))]
    assert words[:3] == ["大家", "早上好，", "欢迎"]
    assert "卖出了" in words
    assert "350张票。" in words


def test_thai_is_never_cut_inside_a_letter_and_keeps_the_spaces_between_clauses() -> None:
    words = [word.text for word in reading_words(_said(THAI))]
    assert words[:2] == ["สวัสดี", "ตอน"]
    assert not any(word[0] in "าำะ่้ิีึืุู" for word in words)
    assert [word for word in words if word.endswith(" ")] == ["คน ", "นี้ "]
    (cue, *_) = cues(_said(THAI))
    assert "คน ยินดี" in cue.text.replace("\n", "")


def test_what_is_said_as_one_is_two_words_that_share_the_time() -> None:
    words = list(reading_words([Word("that a", 1.0, 1.5)]))
    assert [(word.text, round(word.start_s, 2), round(word.end_s, 2)) for word in words] == [
        ("that", 1.0, 1.4),
        ("a", 1.4, 1.5),
    ]


@pytest.mark.parametrize("text", ["so –", "« Bonjour", "quoi ?", "1,250,000", "isn't", "e-mail"])
def test_signs_stay_beside_their_word(text: str) -> None:
    (word,) = reading_words([Word(text, 0, 1)])
    assert word.text.replace("\u00a0", " ") == text


def test_foreign_words_and_numbers_are_never_cut() -> None:
    words = [word.text for word in reading_words(_said(["我", "们使", "用Phono", "scope制作", "视", "频3.14", "次。"]))]
    assert "Phonoscope" in words
    assert any(word.startswith("3.14") for word in words)


def test_a_dash_alone_is_a_word() -> None:
    assert [word.text for word in reading_words([Word("–", 0, 1), Word(" ", 1, 2)])] == ["–"]
