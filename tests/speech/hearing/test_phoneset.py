from __future__ import annotations

import pytest

from phonoscope.speech.hearing.phoneset import CLASS, CLASSES, SILENCE, SYMBOLS, VISEME_OF_CLASS, VISEMES, classes_of


def names(ipa: str) -> str:
    return " ".join(CLASSES[index] for index in classes_of(ipa))


def test_every_class_has_a_symbol_of_its_own_and_a_viseme() -> None:
    assert len(CLASSES) == len(SYMBOLS) == len(VISEME_OF_CLASS) == len(set(SYMBOLS)) == 44
    assert SYMBOLS[SILENCE] == ""
    assert set(VISEME_OF_CLASS) == set(range(len(VISEMES)))


@pytest.mark.parametrize("name", CLASSES[1:])
def test_a_class_is_found_by_its_symbol(name: str) -> None:
    assert classes_of(SYMBOLS[CLASS[name]]) == (CLASS[name],)


@pytest.mark.parametrize(
    ("ipa", "expected"),
    [
        ("ˈɑː", "A"), ("aɪ", "a I"), ("tʃ", "ch"), ("d͡ʒ", "jh"), ("ts", "t s"), ("pʰ", "p"), ("kh", "k"), ("ɲ", "n"),
        ("ç", "sh"), ("r̝", "zh"), ("ã", "a"), ("e̞", "e"), ("ɡ͡b", "g b"), ("n̩", "n"), ("g", "g"), ("əl", "@ l"),
        ("(en)ɹ", "r"), ("tɕʰ", "ch"), ("5", ""), ("_", ""), ("", ""), ("字", ""), ("ɥ", "w"), ("œ̃", "oe"),
    ],
)  # fmt: skip
def test_ipa_of_any_spelling_is_understood(ipa: str, expected: str) -> None:
    assert names(ipa) == expected


@pytest.mark.parametrize("viseme", ["PP", "FF"])
def test_lips_and_teeth_are_a_viseme_of_their_own(viseme: str) -> None:
    members = [CLASSES[i] for i, at in enumerate(VISEME_OF_CLASS) if VISEMES[at] == viseme]
    assert members == {"PP": ["p", "b", "m"], "FF": ["f", "v"]}[viseme]
