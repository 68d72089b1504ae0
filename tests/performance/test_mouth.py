from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import RATE_HZ, babble, speech

from phonoscope.core.performance import Performance
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions

MOUTH = (
    "lipGap",
    "jawOpen",
    "mouthRest",
    "mouthFunnel",
    "mouthPucker",
    "mouthStretchLeft",
    "mouthUpperUpLeft",
    "tongueUp",
)
SHAPES = ("mouthFunnel", "mouthPucker", "mouthStretchLeft")
SENTENCE = "m ˈaɪ f ˈɑ ð ɚ _:{} b ˈɔ t f ˈaɪ v"


def at(played: Performance, name: str, time_s: float) -> float:
    return float(played.curve(name)[round(time_s * float(played.fps))])


def middle(whole: Speech, number: int) -> float:
    return 0.5 * (whole.phones[number].start_s + whole.phones[number].end_s) - 0.02


@pytest.mark.parametrize("pause_s", [0.3, 0.35, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("return_in_pauses", [True, False])
def test_lips_are_still_in_pauses(pause_s: float, return_in_pauses: bool) -> None:
    whole = speech(SENTENCE.format(pause_s))
    played = act(whole, PerformOptions(fps=Fraction(60), return_in_pauses=return_in_pauses))
    first = int(np.ceil(whole.phones[5].end_s * 60))
    silent = slice(first, first + int(pause_s * 60))
    for name in MOUTH:
        curve = played.curve(name)[silent]
        median = np.median(curve)
        if name in SHAPES and pause_s < 1:
            # Lips are rounded before they open, and still round when they have closed.
            assert np.abs(np.diff(played.curve(name))).max() < 0.11
            continue
        assert np.mean(curve == median) >= 0.5
        assert np.median(np.abs(curve - median)) == 0
        assert median == (name == "mouthRest" and return_in_pauses)


def test_photographed_mouth_before_and_after() -> None:
    whole = speech("ˈa t ˈa s", lead_s=0.6, tail_s=0.6)
    played = act(whole)
    rest = played.curve("mouthRest")
    start_s, end_s = whole.phones[0].start_s, whole.phones[-1].end_s
    assert (rest[: int((start_s - 0.2) * 30)] == 1).all()
    assert at(played, "mouthRest", start_s - 0.1) < 0.9
    assert at(played, "mouthRest", start_s) == 0
    assert at(played, "lipGap", start_s) > 0.01
    assert at(played, "mouthRest", end_s - 0.03) == 0
    assert (rest[int(np.ceil((end_s + 0.3) * 30)) :] == 1).all()


def test_short_gap_between_words_is_no_rest() -> None:
    whole = speech("ˈa t ˈa _:0.2 ˈa t ˈa")
    played = act(whole)
    inside = slice(round(whole.phones[0].start_s * 30), round(whole.phones[-1].end_s * 30) - 1)
    assert (played.curve("mouthRest")[inside] == 0).all()
    gap_mm = played.curve("lipGap") * 175
    assert 1 < gap_mm[round((whole.phones[2].end_s + 0.1) * 30)] < 7.5


def test_vowels_take_their_shapes() -> None:
    whole = speech("t ˈɑ:0.2 t ˈu:0.2 t ˈi:0.2 t")
    played = act(whole)
    ah, oo, ee = (middle(whole, n) for n in (1, 3, 5))
    assert at(played, "lipGap", ah) * 175 > 10
    assert at(played, "jawOpen", ah) > 0.5
    assert at(played, "mouthPucker", oo) > 0.8
    assert at(played, "mouthFunnel", oo) > 0.8
    assert at(played, "lipGap", oo) * 175 < 5
    assert at(played, "mouthStretchLeft", ee) > 0.5
    assert at(played, "mouthStretchLeft", oo) < 0.15


def test_diphthong_moves() -> None:
    whole = speech("k ˈaʊ:0.3 t")
    played = act(whole)
    start_s = whole.phones[1].start_s
    assert at(played, "lipGap", start_s + 0.07) > 1.4 * at(played, "lipGap", start_s + 0.25)
    assert at(played, "mouthPucker", start_s + 0.25) > at(played, "mouthPucker", start_s + 0.05) + 0.3


def test_rounding_is_anticipated() -> None:
    stew, steel = speech("s t ˈu:0.15 t"), speech("s t ˈi:0.15 t")
    assert at(act(stew), "mouthPucker", middle(stew, 0)) > at(act(steel), "mouthPucker", middle(steel, 0)) + 0.1


def test_louder_opens_wider_and_a_quiet_sentence_stays_smaller() -> None:
    sentence = "t ˈɑ:0.2 t ɛ t ˈæ:0.2 t"
    usual = [speech(sentence)] * 6

    def peak(level: float) -> float:
        last = speech(sentence, level=level)
        return float(act([*usual, last]).curve("lipGap")[-round(last.duration_s * 30) :].max())

    assert 1.08 < peak(0.5) / peak(0.14) < 1.35
    assert 0.6 < peak(0.03) / peak(0.14) < 0.85
    assert peak(0.0) > 0.5 * peak(0.14)


@pytest.mark.parametrize("gain", [0.01, 7.0])
def test_quiet_and_hot_recordings_move_alike_from_the_first_syllable(gain: float) -> None:
    whole = babble(6)
    gained = replace(whole, sound=Sound(whole.sound.samples * np.float32(gain), RATE_HZ))
    for name in MOUTH:
        np.testing.assert_allclose(act(gained).curve(name), act(whole).curve(name), atol=1e-4)


def test_first_syllable_is_as_wide_as_the_next() -> None:
    gap = act(speech("t ˈɑ:0.2 t _:0.1 t ˈɑ:0.2 t", level=0.002)).curve("lipGap")
    half = len(gap) // 2
    assert gap[:half].max() == pytest.approx(gap[half:].max(), rel=0.05)


def test_fast_speech_moves_less_wide() -> None:
    ranges = []
    for phone_s in (0.05, 0.14):
        gap = act(speech("t a l a t a l a t a l a t a l a", phone_s=phone_s)).curve("lipGap")
        inside = gap[round(0.6 * 30) : -round(0.8 * 30)]
        ranges.append(float(np.ptp(inside)))
    assert ranges[0] < 0.6 * ranges[1]


@pytest.mark.parametrize("vowel", ["a", "ɛ", "u"])
def test_held_vowels_stay_open_and_vibrato_does_not_flutter(vowel: str) -> None:
    whole = speech(f"l {vowel}:5 l")
    time_s = np.arange(len(whole.sound.samples)) / RATE_HZ
    tremolo = 10 ** (4 * np.sin(2 * np.pi * 5.5 * time_s) / 20)
    bend = 0.4 / 5.5 * 220 * np.sin(2 * np.pi * 5.5 * time_s) * 0.06
    sung = 0.1 * tremolo * np.sin(2 * np.pi * (220 * time_s + bend))
    played = act(replace(whole, sound=Sound(sung.astype(np.float32), RATE_HZ)), PerformOptions(fps=Fraction(60)))
    held = slice(round((whole.phones[1].start_s + 0.3) * 60), round((whole.phones[1].end_s - 0.3) * 60))
    for name in MOUTH:
        assert np.ptp(played.curve(name)[held]) < 0.02 * max(0.1, played.curve(name)[held].max())
    assert played.curve("lipGap")[held].min() > 0.008
    assert not played.curve("mouthRest")[held].any()


def test_vowel_held_across_pieces_is_one() -> None:
    first, second = speech("l a:3", tail_s=0), speech("a:3 l", lead_s=0)
    whole = speech("l a:6 l")
    gap = act([first, second]).curve("lipGap")
    np.testing.assert_allclose(gap, act(whole).curve("lipGap")[: len(gap)], atol=0.003)
    held = gap[round((first.duration_s - 2) * 30) : round((first.duration_s + 2) * 30)]
    assert np.ptp(held) < 0.002


def test_a_knock_taken_for_a_phone_moves_nothing() -> None:
    whole = speech("t ˈɑ n _:1.5 k:0.03 _:1.5 t ˈɑ n _:1 ɛ:0.05 _:1")
    clean = replace(whole, phones=tuple(p for p in whole.phones if p.ipa not in ("k", "ɛ")))
    for name in MOUTH:
        np.testing.assert_array_equal(act(whole).curve(name), act(clean).curve(name))


def test_a_photographed_open_mouth_is_seen_before_and_at_the_end_only() -> None:
    whole = speech("ˈa t ˈa s _:5 t ˈa s", lead_s=3, tail_s=5)
    rest = act(whole, PerformOptions(return_in_pauses=False)).curve("mouthRest")
    start_s, end_s = whole.phones[0].start_s, whole.duration_s
    assert (rest[: int((start_s - 0.2) * 30)] == 1).all()
    assert (rest[round(start_s * 30) : int((end_s - 0.3) * 30)] == 0).all()
    assert np.abs(np.diff(rest[-20:])).max() < 0.25
    assert rest[-1] == 1
    assert np.abs(np.diff(rest)).max() < 0.4


def test_stress_opens_wider() -> None:
    whole = speech("t ˈa:0.12 t a:0.12 t")
    played = act(whole)
    assert at(played, "lipGap", middle(whole, 1)) > 1.1 * at(played, "lipGap", middle(whole, 3))


def test_lips_lead_the_sound() -> None:
    whole = speech("i:0.2 ˈa:0.2 i:0.2")
    early, exact = (
        act(whole, PerformOptions(fps=Fraction(200), lead_s=lead_s)).curve("lipGap") for lead_s in (0.02, 0.0)
    )
    assert int(np.argmax(exact)) - int(np.argmax(early)) == 4


def test_curves_do_not_depend_on_the_frame_rate() -> None:
    whole = speech("t ˈɑ n ˈi s k ˈu l")
    slow = act(whole, PerformOptions(fps=Fraction(30)))
    fast = act(whole, PerformOptions(fps=Fraction(60)))
    shared = fast.curves[::2][: len(slow) - 20]
    for name in ("lipGap", "jawOpen", "mouthPucker"):
        np.testing.assert_allclose(
            Performance(slow.fps, shared.copy(), slow.head.copy()).curve(name), slow.curve(name)[:-20], atol=1e-6
        )


def test_dull_and_lively_faces_both_speak() -> None:
    whole = babble(4)
    gaps = [act(whole, PerformOptions(expressiveness=e)).curve("lipGap").max() for e in (0.0, 1.0, 1.5)]
    assert gaps[0] < gaps[1] < gaps[2] < 1.3 * gaps[0]


def test_stereo_and_silent_sound_act() -> None:
    whole = speech("t ˈɑ n")
    stereo = replace(whole, sound=Sound(np.repeat(whole.sound.samples[:, None], 2, 1), RATE_HZ))
    np.testing.assert_allclose(act(stereo).curves, act(whole).curves, atol=1e-6)
