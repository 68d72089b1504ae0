from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import speech

from phonoscope.core.performance import Performance
from phonoscope.core.speech import Phone, Speech
from phonoscope.performance import PerformOptions

RATES = [Fraction(12), Fraction(15), Fraction(24000, 1001), Fraction(25), Fraction(30), Fraction(50), Fraction(60)]


def shut_frames(played: Performance, phone: Phone) -> list[int]:
    """Return the frames within 40 ms of a phone in which the lips touch, and the photographed mouth is not seen."""
    times_s = np.arange(len(played)) / float(played.fps)
    near = (times_s >= phone.start_s - 0.04 - 1e-9) & (times_s <= phone.end_s + 0.04 + 1e-9)
    shut = (played.curve("lipGap") == 0) & (played.curve("mouthRest") == 0) & (played.curve("mouthPressLeft") == 1)
    return [int(n) for n in np.flatnonzero(near & shut)]


def later(whole: Speech, delay_s: float) -> Speech:
    phones = tuple(replace(p, start_s=p.start_s + delay_s, end_s=p.end_s + delay_s) for p in whole.phones)
    return replace(whole, phones=phones)


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("closure_s", [0.03, 0.06, 0.1])
def test_closure_is_seen_at_every_offset_to_the_frames(fps: Fraction, closure_s: float) -> None:
    whole = speech(f"ˈa:0.15 p:{closure_s} ˈa:0.15 s")
    for step in range(16):
        played = act(later(whole, step / 16 / float(fps)), PerformOptions(fps=fps))
        closure = later(whole, step / 16 / float(fps)).phones[1]
        frames = shut_frames(played, closure)
        assert frames
        # Seen from n / fps to (n + 1) / fps: somewhere about the phone's middle.
        middles_s = [(n + 0.5) / float(fps) for n in frames]
        away_s = min(abs(m - 0.5 * (closure.start_s + closure.end_s)) for m in middles_s)
        assert away_s <= 0.5 / float(fps) + 0.03


@pytest.mark.parametrize("ipa", ["p", "b", "m", "k͡p", "ᵐb", "ɡ͡b", "ʘ", "pʲ"])
def test_all_labial_stops_shut_the_lips(ipa: str) -> None:
    whole = speech(f"ˈa {ipa} ˈa")
    assert shut_frames(act(whole), whole.phones[1])


@pytest.mark.parametrize("words", ["m:0.06 ˈa t", "t ˈa p:0.06", "p:0.06", "b:0.04 ˈi m:0.05"])
@pytest.mark.parametrize("lead_s", [0.0, 0.5])
def test_closures_at_the_edges_of_speech(words: str, lead_s: float) -> None:
    whole = speech(words, lead_s=lead_s, tail_s=0.3)
    played = act(whole)
    for phone in whole.phones:
        if phone.ipa in "pbm":
            assert shut_frames(played, phone)


@pytest.mark.parametrize("fps", [Fraction(25), Fraction(30), Fraction(60)])
def test_vowel_between_two_quick_closures_opens(fps: Fraction) -> None:
    whole = speech("m:0.05 a:0.07 m:0.05 a:0.07 m:0.05 a:0.2")
    for step in range(8):
        moved = later(whole, step / 8 / float(fps))
        played = act(moved, PerformOptions(fps=fps))
        gap_mm = played.curve("lipGap") * 175
        for phone in moved.phones:
            if phone.ipa == "m":
                assert shut_frames(played, phone)
            else:
                first, last = (round(t * float(fps)) for t in (phone.start_s - 0.02, phone.end_s))
                assert gap_mm[first : last + 1].max() > 3.0


def test_closures_at_one_place_are_one() -> None:
    whole = speech("ˈa m:0.08 b:0.08 ˈa")
    played = act(whole, PerformOptions(fps=Fraction(60)))
    first, last = shut_frames(played, whole.phones[1])[0], shut_frames(played, whole.phones[2])[-1]
    assert (played.curve("lipGap")[first : last + 1] == 0).all()


def test_closure_lasts_and_is_quick() -> None:
    whole = speech("ˈa:0.2 p:0.07 ˈa:0.2")
    gap_mm = act(whole, PerformOptions(fps=Fraction(200))).curve("lipGap") * 175
    shut = np.flatnonzero(gap_mm[100:-120] == 0) + 100
    assert len(shut) / 200 >= 0.045
    assert gap_mm[shut[0] - 12] > 4
    assert gap_mm[shut[-1] + 12] > 4


def test_labiodental_brings_the_lip_to_the_teeth() -> None:
    whole = speech("ˈa:0.15 f ˈa:0.15 v ˈa:0.15")
    played = act(whole)
    for phone in (whole.phones[1], whole.phones[3]):
        frame = round((phone.start_s + phone.end_s) / 2 * 30 - 0.5)
        assert played.curve("mouthRollLower")[frame] == pytest.approx(1, abs=0.01)
        assert 1.5 < played.curve("lipGap")[frame] * 175 < 3
        assert played.curve("mouthUpperUpLeft")[frame] > 0.4
        assert played.curve("mouthPressLeft")[frame] == 0
