from __future__ import annotations

import pytest

from phonoscope.speech.voice_search import search_voices
from phonoscope.speech.voices import list_voices


@pytest.mark.parametrize(
    ("words", "language", "gender"),
    [
        ("french female", "fr-FR", "female"),
        ("British man", "en-GB", "male"),
        ("latin american woman", "es-419", "female"),
        ("Brazilian", "pt-BR", None),
        ("brazil", "pt-BR", None),
        ("en-gb", "en-GB", None),
        ("mandarin", "zh-CN", None),
        ("  FRENCH,  voice ", "fr-FR", None),
    ],
)
def test_all_words_have_to_fit(words: str, language: str, gender: str | None) -> None:
    found = search_voices(words)
    assert found[0].language == language
    assert gender is None or {voice.gender for voice in found} == {gender}


def test_whoever_is_called_so_comes_first_and_beginnings_come_last() -> None:
    assert search_voices("emma")[0].name == "Emma"
    found = [voice.language.partition("-")[0] == "fr" for voice in search_voices("fr")]
    assert found == sorted(found, reverse=True) and False in found


def test_every_voice_is_found_by_its_id() -> None:
    for voice in list_voices("en"):
        assert search_voices(voice.id)[0] == voice


def test_nothing_asked_is_everybody_and_nobody_is_nobody() -> None:
    assert search_voices("  ") == list_voices()
    assert search_voices("nobody-at-all") == () == search_voices("french klingon")


def test_only_those_among_whom_is_searched_are_found() -> None:
    women = list_voices("German", "female")
    assert search_voices("german", women) == women
    assert search_voices("german man", women) == ()
