from __future__ import annotations

import itertools
import unicodedata
from pathlib import Path

import pytest

from phonoscope.performance.ipa import BASES, gestures
from phonoscope.performance.visemes import ARTICULATORS, CHANNEL_WEIGHT, VISEMES, VOWELS

ESPEAK = (Path(__file__).parent / "espeak_phones.txt").read_text("utf-8").split()
"""Every phone that espeak-ng names in its 141 voices."""

MARKS = {"1", "ʲ", "ː"}
"""Those that are tones or lengths by themselves: nothing to see."""


def names(ipa: str) -> list[str]:
    return [g.viseme for g in gestures(ipa)]


@pytest.mark.parametrize("ipa", ESPEAK)
def test_every_phone_of_espeak_has_visemes(ipa: str) -> None:
    assert bool(names(ipa)) != (ipa in MARKS)
    for symbol in unicodedata.normalize("NFC", ipa):
        parts = [symbol] if symbol in BASES else unicodedata.normalize("NFD", symbol)
        letters = [p for p in parts if unicodedata.category(p) in ("Ll", "Lu", "Lo")]
        assert all(p in BASES for p in letters)


@pytest.mark.parametrize(
    ("ipa", "visemes"),
    [
        ("p", ["bilabial"]),
        ("pʰ", ["bilabial"]),
        ("ᵐb", ["bilabial"]),
        ("mb", ["bilabial"]),
        ("k͡p", ["bilabial"]),
        ("ɡ͡b", ["bilabial"]),
        ("ɡb", ["bilabial"]),
        ("ŋ͡m", ["bilabial"]),
        ("ʘ", ["bilabial"]),
        ("ɓ", ["bilabial"]),
        ("pʼ", ["bilabial"]),
        ("p͡f", ["bilabial", "labiodental"]),
        ("ɱ", ["labiodental"]),
        ("ʋ", ["labiodental"]),
        ("β̞", ["bilabial fricative"]),
        ("t͡ʃ", ["alveolar", "postalveolar"]),
        ("tɕʰ", ["alveolar", "alveolo-palatal"]),
        ("ç", ["palatal"]),
        ("r̝", ["postalveolar"]),
        ("ɑ̃ː", ["aa"]),
        ("aɪ", ["aa", "ih"]),
        ("aɪə", ["aa", "ih", "schwa"]),
        ("ɔːɹ", ["ao", "rhotic"]),
        ("ɚ", ["er"]),
        ("əl", ["schwa", "lateral"]),
        ("n̩", ["alveolar"]),
        ("y", ["y"]),
        ("ɯᵝ", ["close central"]),
        ("ə1", ["schwa"]),
        ("(en)b", ["bilabial"]),
        ("", []),
        ("_", []),
        ("˥˩", []),
        ("é", ["e"]),
        ("漢", ["schwa"]),
    ],
)
def test_phones(ipa: str, visemes: list[str]) -> None:
    assert names(ipa) == visemes


def test_gestures_share_the_whole_phone() -> None:
    for ipa in ESPEAK:
        found = gestures(ipa)
        if found:
            assert found[0].start == 0
            assert found[-1].end == 1
            assert all(a.end == b.start and a.end > a.start for a, b in itertools.pairwise(found))
    assert gestures("aɪ")[0].end == pytest.approx(0.55)


def test_labialised_phones_are_rounded_and_palatalised_ones_spread() -> None:
    assert gestures("kʷ")[0].rounded > 0.5
    assert gestures("tʲ")[0].spread > 0.2
    assert gestures("t")[0].rounded == gestures("t")[0].spread == 0


def test_table_is_in_range_and_whole() -> None:
    assert set(BASES.values()) | {"pause"} == set(VISEMES)
    for viseme in VISEMES.values():
        assert 0 <= viseme.jaw <= 1
        assert 0 <= viseme.gap_mm <= 14
        assert -1 <= viseme.wide <= 1
        assert 0 < viseme.dominance <= 1
    assert all(len(w) == ARTICULATORS for w in CHANNEL_WEIGHT.values())


def test_open_vowels_are_the_widest_of_all() -> None:
    others = [v.gap_mm for name, v in VISEMES.items() if name not in VOWELS]
    for name in ("aa", "ae", "uh"):
        assert VISEMES[name].gap_mm > 1.4 * max(others)


def test_consonants_are_as_open_as_on_real_lips() -> None:
    # Mean gaps of real speakers: k and s lie near the vowels, far above the rounded ones.
    gaps = {name: viseme.gap_mm for name, viseme in VISEMES.items()}
    assert gaps["velar"] > gaps["sibilant"] > gaps["rhotic"] > gaps["u"] > gaps["bilabial"] == 0
    assert gaps["sibilant"] > 0.55 * gaps["eh"]
