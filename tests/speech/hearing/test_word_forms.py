from __future__ import annotations

import pytest

from phonoscope.speech.hearing.phoneset import classes_of
from phonoscope.speech.hearing.word_forms import _ENGLISH_WORDS, MOST_FORMS, other_forms, other_readings


def forms(text: str, ipa: str, language: str) -> list[str]:
    return [" ".join(form) for form in other_forms(text, tuple(ipa.split()), language)]


@pytest.mark.parametrize(
    ("text", "ipa", "language", "form"),
    [
        ("And", "æ n d", "en-GB", "n"),
        ("I’m", "aɪ m", "en-US", "ɑː m"),
        ("talking,", "t ɔː k ɪ ŋ", "en-US", "t ɔː k ɪ n"),
        ("train", "t ɹ eɪ n", "en-US", "tʃ ɹ eɪ n"),
        ("haben", "h ɑː b ə n", "de-DE", "h ɑː b m"),
        ("liegen", "l iː ɡ ə n", "de-DE", "l iː ɡ ŋ"),
        ("quatre", "k a t ʁ", "fr-FR", "k a t"),
        ("dos", "d o s", "es-ES", "d o"),
        ("です。", "d e s ɯᵝ", "ja-JP", "d e s"),
    ],
)
def test_running_speech(text: str, ipa: str, language: str, form: str) -> None:
    assert form in forms(text, ipa, language)


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1999,", "en-US", {"19 99", "1 9 9 9"}),
        ("1905", "en-US", {"19 oh 5", "1 9 0 5"}),
        ("1900", "en-US", {"19 hundred", "1 9 0 0"}),
        ("1999", "fr-FR", {"1 9 9 9"}),
        ("555-1234", "en-US", {"555 1234", "5 5 5 1 2 3 4"}),
        ("10:30.", "en-US", {"10 30", "1 0 3 0"}),
        ("25", "en-US", set()),
        ("word", "en-US", set()),
    ],
)
def test_numbers_are_read_in_several_ways(text: str, language: str, readings: set[str]) -> None:
    assert set(other_readings(text, language)) == readings


def test_a_form_is_never_given_twice() -> None:
    assert "ə n" not in forms("an", "ə n", "en-US")
    assert len(set(forms("and", "æ n d", "en-US"))) == len(forms("and", "æ n d", "en-US")) <= MOST_FORMS


def test_most_words_have_one_form() -> None:
    assert forms("barrel", "b æ ɹ ə l", "en-US") == []
    assert forms("and", "a n d", "sv-SE") == []


def test_every_form_is_made_of_phones_that_are_known() -> None:
    for row in _ENGLISH_WORDS.strip().splitlines():
        for form in row.partition(" ")[2].split("|"):
            assert all(classes_of(symbol) for symbol in form.split()), row
