from __future__ import annotations

import itertools
import json
from xml.etree import ElementTree

import numpy as np
import pytest

from phonoscope.core.speech import Phone
from phonoscope.exports import MouthCue, Timing, cues_json, cues_tsv, cues_xml, mouth_cues
from phonoscope.exports.mouth_cues import CONTACTS, REST, SHAPES, SHORTEST, SHORTEST_CONTACT
from phonoscope.performance.visemes import VISEMES


def run(*phones: tuple[str, float], start_s: float = 1.0, after_s: float = 1.0) -> tuple[list[Phone], float]:
    """Phones that follow on each other: symbol and length."""
    said = []
    for ipa, length_s in phones:
        said.append(Phone(ipa, start_s, start_s + length_s))
        start_s += length_s
    return said, start_s + after_s


def shapes(*phones: tuple[str, float]) -> str:
    return "".join(cue.shape for cue in mouth_cues(*run(*phones)))


def test_every_viseme_has_a_shape_but_those_that_look_like_the_next_sound() -> None:
    assert set(VISEMES) - set(SHAPES) == {"glottal", "pause"}
    assert set(SHAPES.values()) == set("ABCDEFGH")


@pytest.mark.parametrize(
    ("ipa", "shape"),
    [("p", "A"), ("b", "A"), ("m", "A"), ("k", "B"), ("s", "B"), ("t", "B"), ("iː", "B"), ("ɛ", "C"), ("æ", "C"),
     ("ɑː", "D"), ("ɔː", "E"), ("ɜː", "E"), ("uː", "F"), ("w", "F"), ("oʊ", "F"), ("f", "G"), ("v", "G"), ("l", "H")],
)  # fmt: skip
def test_shape_of_a_phone(ipa: str, shape: str) -> None:
    assert shapes((ipa, 0.2)) == f"X{shape}X"


def test_a_diphthong_is_two_shapes_and_an_h_looks_like_its_vowel() -> None:
    assert shapes(("h", 0.1), ("aɪ", 0.3)) == "XDBX"


def test_times_cover_everything_and_speech_is_met() -> None:
    cues = mouth_cues(*run(("m", 0.1), ("ɑː", 0.3), ("s", 0.2)))
    assert cues == [
        MouthCue(0, 92, "X"),
        MouthCue(92, 110, "A"),
        MouthCue(110, 140, "D"),
        MouthCue(140, 160, "B"),
        MouthCue(160, 260, "X"),
    ]


def test_the_mouth_rests_in_pauses_only() -> None:
    def pause(length_s: float) -> str:
        said = [Phone("ɑː", 1.0, 1.3), Phone("uː", 1.3 + length_s, 1.6 + length_s)]
        return "".join(cue.shape for cue in mouth_cues(said, 3.0))

    assert pause(0.15) == "XDFX"
    assert pause(0.35) == "XDXFX"


def test_a_short_closure_is_kept_and_lasts_for_a_frame() -> None:
    cues = mouth_cues(*run(("ɑː", 0.2), ("p", 0.02), ("ɑː", 0.2)))
    assert [cue.shape for cue in cues] == list("XDADX")
    closure = cues[2]
    assert closure.end - closure.start == SHORTEST_CONTACT
    assert closure.start <= 121 <= closure.end


def test_other_short_shapes_do_not_flicker() -> None:
    assert shapes(("ɑː", 0.2), ("t", 0.05), ("ɑː", 0.2)) == "XDX"
    assert shapes(("m", 0.1), ("uː", 0.2), ("t", 0.04), ("m", 0.1)) == "XAFAX"
    assert shapes(("m", 0.1), ("ə", 0.03), ("m", 0.1)) == "XAX"


def test_in_quick_speech_the_vowels_are_seen() -> None:
    assert shapes(("s", 0.15), ("æ", 0.07), ("s", 0.15)) == "XBCBX"
    assert shapes(("uː", 0.15), ("t", 0.05), ("æ", 0.07), ("t", 0.05), ("uː", 0.15)) == "XFCFX"


def test_any_speech_gives_cues_without_gaps_repeats_or_flicker() -> None:
    rng = np.random.default_rng(5)
    symbols = ["p", "t", "k", "m", "f", "l", "s", "ɑː", "iː", "uː", "ɛ", "aɪ", "h", "ɹ", "w", "ə", "?", "tʃ"]
    for _ in range(200):
        said, at_s = [], 0.0
        for _ in range(rng.integers(0, 40)):
            at_s += float(rng.choice([0, 0, 0, 0.02, 0.1, 0.5]))
            length_s = float(rng.uniform(0.005, 0.25))
            said.append(Phone(str(rng.choice(symbols)), at_s, at_s + length_s))
            at_s += length_s
        duration_s = round(max(0.02, at_s + float(rng.choice([-0.05, 0, 0.3]))), 2)
        cues = mouth_cues(said, duration_s)
        assert cues[0].start == 0
        assert cues[-1].end == round(duration_s * 100)
        for before, after in itertools.pairwise(cues):
            assert before.end == after.start
            assert before.shape != after.shape
        for cue in cues[1:-1]:
            assert cue.end - cue.start >= (SHORTEST if cue.shape not in CONTACTS else 1), cues


def test_no_phones_are_rest() -> None:
    assert mouth_cues([], 2.0) == [MouthCue(0, 200, REST)]
    assert mouth_cues([], 0.0) == []


TIMING = Timing(tuple(run(("m", 0.1), ("aɪ", 0.4))[0]), (), 2.4, "a&b <c>.wav")


def test_tsv_is_start_and_shape_and_ends_at_rest() -> None:
    lines = "".join(cues_tsv(TIMING)).splitlines()
    assert lines == ["0.00\tX", "0.92\tA", "1.10\tD", "1.32\tB", "1.50\tX", "2.40\tX"]


def test_xml() -> None:
    root = ElementTree.fromstring("".join(cues_xml(TIMING)).encode())  # noqa: S314
    assert root.tag == "rhubarbResult"
    assert root.findtext("metadata/soundFile") == "a&b <c>.wav"
    assert root.findtext("metadata/duration") == "2.40"
    cues = [(c.get("start"), c.get("end"), c.text) for c in root.findall("mouthCues/mouthCue")]
    assert cues[:2] == [("0.00", "0.92", "X"), ("0.92", "1.10", "A")]


def test_json() -> None:
    document = json.loads("".join(cues_json(TIMING)))
    assert document["metadata"] == {"soundFile": "a&b <c>.wav", "duration": 2.4}
    assert document["mouthCues"][1] == {"start": 0.92, "end": 1.1, "value": "A"}


@pytest.mark.parametrize("export", [cues_tsv, cues_xml, cues_json])
def test_silence_can_be_written(export: object) -> None:
    assert callable(export)
    assert "".join(export(Timing((), (), 0.0)))
