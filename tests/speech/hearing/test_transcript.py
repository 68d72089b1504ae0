from __future__ import annotations

import pytest

from phonoscope.core.errors import ScriptError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.speech.hearing.phoneset import CLASS
from phonoscope.speech.hearing.transcript import ExpectedWord, expect, expected_phones
from phonoscope.speech.voices import list_voices


def texts(words: tuple[ExpectedWord, ...]) -> list[str]:
    return [word.text for word in words]


def first_forms(words: tuple[ExpectedWord, ...]) -> list[str]:
    return [" ".join(phone.ipa for phone in word.forms[0]) if word.forms else "" for word in words]


def test_words_are_as_written_with_their_phones() -> None:
    words = expect("“Hello, world” — said Bobby!", "en-us")
    assert texts(words) == ["“Hello,", "world” —", "said", "Bobby!"]
    assert first_forms(words)[3] == "b ɑː b i"
    assert [p.classes for p in words[3].forms[0]] == [(CLASS[name],) for name in ("b", "A", "b", "i")]
    assert [p.stress for p in words[3].forms[0]] == [0, 1, 0, 0]


def test_each_of_words_that_are_said_as_one_has_its_own_phones() -> None:
    words = expect("I have been out of the way", "en-us")
    assert texts(words) == ["I", "have", "been", "out", "of", "the", "way"]
    assert all(word.forms for word in words)
    assert first_forms(words)[4:6] == ["ə v", "ð ə"]


def test_a_consonant_before_a_vowel_stays_with_its_word() -> None:
    assert first_forms(expect("an apple", "en-us")) == ["ɐ n", "æ p ə l"]


def test_numbers_and_abbreviations_are_read() -> None:
    words = expect("Dr. Smith paid $3.50", "en-us")
    assert texts(words) == ["Dr.", "Smith", "paid", "$3.50"]
    assert first_forms(words)[0].startswith("d ɑː k t")
    assert len(words[3].forms[0]) > 8


def test_a_year_may_be_read_in_hundreds() -> None:
    (word,) = expect("1999", "en-us")
    assert "n aɪ n t iː n n aɪ n t i n aɪ n" in [" ".join(phone.ipa for phone in form) for form in word.forms]


def test_function_words_may_be_weak() -> None:
    (word,) = expect("and", "en-us")
    assert ["n"] in [[phone.ipa for phone in form] for form in word.forms]
    assert expect("andante", "en-us")[0].forms[1:] == ()


def test_a_vowel_and_its_sonorant_are_two_phones() -> None:
    assert [p.ipa for p in expected_phones("ɔːɹ", 1)] == ["ɔː", "ɹ"]
    assert [p.stress for p in expected_phones("ɔːɹ", 1)] == [1, 0]
    assert [p.ipa for p in expected_phones("aɪ")] == ["aɪ"]
    assert [p.ipa for p in expected_phones("tʃ")] == ["tʃ"]
    assert [p.ipa for p in expected_phones("ɑ̃")] == ["ɑ̃"]


def test_what_subtitles_hold_besides_is_passed_over() -> None:
    subtitles = (
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello</i> there\n\n2\n00:00:03,000 --> 00:00:04,000\n[music] again\n"
    )
    assert texts(expect(subtitles, "en")) == ["Hello", "there", "again"]
    assert texts(expect("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nHello\r\n", "en")) == ["Hello"]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Привет, мир", "Russian", 2),
        ("これはねこです。", "Japanese", 1),
        ("你好世界", "Chinese", 3),
        ("مرحبا بالعالم", "Arabic", 2),
    ],
)
def test_the_writing_tells_the_language(text: str, language: str, count: int) -> None:
    events: list[Event] = []
    words = expect(text, "", events.append)
    assert len(words) >= count
    assert all(word.forms for word in words)
    assert isinstance(events[0], Note)
    assert language in events[0].message


def test_latin_letters_are_english_without_a_word() -> None:
    events: list[Event] = []
    assert expect("plain words", "", events.append)
    assert not events


def test_kanji_are_words_that_nobody_can_read() -> None:
    words = expect("私は日本人です", "ja")
    assert texts(words) == ["私", "は", "日本人", "です"]
    assert [bool(word.forms) for word in words] == [False, True, False, True]


def test_every_language_can_be_read() -> None:
    tags = {voice.id.partition("+")[0]: voice.sample for voice in list_voices()}
    assert len(tags) > 100
    for tag, sample in tags.items():
        words = expect(sample, tag)
        assert sum(len(word.forms[0]) for word in words if word.forms) >= 5, tag


def test_a_long_text_keeps_all_words_in_order() -> None:
    written = [f"word{index}" if index % 7 else "stop." for index in range(1500)]
    assert texts(expect(" ".join(written), "en")) == written


def test_an_unknown_language_names_near_ones() -> None:
    with pytest.raises(UsageError, match="German"):
        expect("Hallo", "Germam")


def test_a_text_in_another_writing_is_refused() -> None:
    with pytest.raises(ScriptError, match="--language ru"):
        expect("Привет, мир", "en")


@pytest.mark.parametrize("text", ["", " \n", "…!?", "[music]", "♪ ♪", "🙂"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ScriptError, match="no words"):
        expect(text, "en")
