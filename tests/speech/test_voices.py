import re
from collections import Counter

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.speech import find_voice, list_voices
from phonoscope.speech.coverage import LANGUAGE_OF_WRITING


def test_there_are_hundreds_of_voices_in_over_a_hundred_languages() -> None:
    voices = list_voices()
    assert len(voices) > 700
    assert len({voice.language for voice in voices}) > 110


def test_ids_are_unique_and_names_are_within_a_language() -> None:
    assert max(Counter(voice.id for voice in list_voices()).values()) == 1
    names = Counter((voice.language_name, voice.name.casefold()) for voice in list_voices())
    assert [name for name, count in names.items() if count > 1] == []


def test_every_voice_is_described() -> None:
    for voice in list_voices():
        assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", voice.language), voice
        assert re.fullmatch(r"[a-z0-9-]+(\+\w+)?", voice.id), voice
        assert voice.gender in {"female", "male"}
        assert voice.name and voice.language_name and voice.accent and voice.sample


def test_every_language_has_women_and_men() -> None:
    for language in {voice.language for voice in list_voices()}:
        assert {voice.gender for voice in list_voices(language)} == {"female", "male"}


def test_more_than_sixty_languages_have_a_sample_of_their_own() -> None:
    own = {voice.language_name for voice in list_voices() if "1, 2, 3" not in voice.sample}
    assert len(own) > 60


def test_lists_are_filtered() -> None:
    assert {voice.language for voice in list_voices("fr")} == {"fr-FR", "fr-BE", "fr-CH"}
    assert {voice.language for voice in list_voices("French")} == {"fr-FR", "fr-BE", "fr-CH"}
    assert {voice.language for voice in list_voices("fr-BE")} == {"fr-BE"}
    assert {voice.gender for voice in list_voices(gender="woman")} == {"female"}


def test_lists_of_nothing_are_refused() -> None:
    with pytest.raises(UsageError, match="Klingon"):
        list_voices("Klingon")
    with pytest.raises(UsageError, match="neuter"):
        list_voices("fr", "neuter")


@pytest.mark.parametrize(
    ("request_", "language", "voice_id"),
    [
        ("", "", "en-us"),
        ("", "fr", "fr-fr"),
        ("", "pt-BR", "pt-br"),
        ("en-us+f3", "", "en-us+f3"),
        ("EN_US+F3", "", "en-us+f3"),
        ("Emma", "", "en-us+f2"),
        (" emma ", "", "en-us+f2"),
        ("Chloe", "", "fr-fr+f3"),
        ("Li Na", "", "cmn+f2"),
        ("li_na", "", "cmn+f2"),
        ("female", "", "en-us+f2"),
        ("female", "de", "de+f2"),
        ("Male", "de", "de"),
        ("french-female", "", "fr-fr+f2"),
        ("French Female", "", "fr-fr+f2"),
        ("female french", "", "fr-fr+f2"),
        ("fr", "", "fr-fr"),
        ("fr-ca", "", "fr-fr"),
        ("fr_BE", "", "fr-be"),
        ("fr-ch-female", "", "fr-ch+f2"),
        ("en-gb-male", "", "en-gb"),
        ("British", "", "en-gb"),
        ("british female", "", "en-gb+f2"),
        ("Scottish", "", "en-gb-scotland"),
        ("zh", "", "cmn"),
        ("zh-TW", "", "cmn"),
        ("Cantonese", "", "yue"),
        ("es-MX", "", "es-419"),
        ("Brazil", "", "pt-br"),
        ("no", "", "nb"),
        ("Chinese", "", "cmn"),
        ("Marco", "it", "it"),
        ("deutsch", "", "de"),
    ],
)
def test_requests_are_understood(request_: str, language: str, voice_id: str) -> None:
    assert find_voice(request_, language).id == voice_id


def test_every_voice_is_found_by_its_id_and_by_name_within_its_language() -> None:
    for voice in list_voices():
        assert find_voice(voice.id) is voice
    for voice in list_voices("French") + list_voices("Ukrainian"):
        assert find_voice(voice.name, voice.language) is voice


@pytest.mark.parametrize(("request_", "near"), [("Emmma", "Emma"), ("frnch", "French"), ("en-us+f33", "en-us+f3")])
def test_an_unknown_voice_is_refused_with_near_names(request_: str, near: str) -> None:
    with pytest.raises(UsageError, match=re.escape(request_)) as caught:
        find_voice(request_)
    assert near in caught.value.remedy


@pytest.mark.parametrize("request_", ["zulu", "x" * 10_000, "female male", "🙂", "../../etc/passwd", "en-us+robosoft"])
def test_nonsense_is_refused(request_: str) -> None:
    with pytest.raises(UsageError):
        find_voice(request_)


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="language") as caught:
        find_voice("female", "Germna")
    assert "German" in caught.value.remedy


def test_every_writing_system_has_a_language_that_reads_it() -> None:
    for writing, language in LANGUAGE_OF_WRITING.items():
        assert writing == "LATIN" or writing in find_voice("", language).writings
