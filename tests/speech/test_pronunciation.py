import pytest

from phonoscope.speech.espeak_library import render
from phonoscope.speech.pronunciation import ipa_to_mnemonics
from phonoscope.speech.timing import read_phone_name


@pytest.mark.parametrize(
    ("ipa", "voice", "heard"),
    [
        ("təˈmɑːtəʊ", "en-us", "təmˈɑːɾəʊ"),
        ("/ʃəˈvɔːn/", "en-us", "ʃəvˈɔːn"),
        ("ˈt͡ʃɜːt͡ʃ", "en-us", "tʃˈɜːtʃ"),
        ("ʁəˈno", "fr", "ʁənˈo"),
        ("ˈbaɪ̯ən", "de", "bˈaɪən"),
        ("ˈʎi", "it", "ʎˈi"),
    ],
)
def test_ipa_is_said(ipa: str, voice: str, heard: str) -> None:
    mnemonics = ipa_to_mnemonics(ipa, voice)
    events = render(f"[[{mnemonics}]] ", voice).events
    assert "".join(event.phone or "" for event in events).replace("ˌ", "ˈ") == heard


@pytest.mark.parametrize("ipa", ["⟨x⟩", "123", "<b>", "]]", "你", "", " "])
def test_what_is_no_ipa_is_refused(ipa: str) -> None:
    assert ipa_to_mnemonics(ipa, "en-us") is None


@pytest.mark.parametrize(
    ("name", "ipa", "stress"),
    [("ˈaɪ", "aɪ", 1), ("ˌɔː", "ɔː", 2), ("t͡ʃ", "tʃ", 0), ("(en)", "", 0), ("t[", "t̪", 0), ("g", "ɡ", 0), ("", "", 0)],
)
def test_names_of_phones_are_read(name: str, ipa: str, stress: int) -> None:
    assert read_phone_name(name) == (ipa, stress)
