from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.conversations import directed, pause
from tests.performance.speeches import babble, speech

from phonoscope.core.errors import UsageError
from phonoscope.core.performance import CHANNEL, CHANNELS, Performance
from phonoscope.core.script import EXPRESSIONS
from phonoscope.performance import PerformOptions
from phonoscope.performance.expressions import EXPRESSION

STILL = PerformOptions(style="still", blinks=False)
SENTENCE = "p ˈɑ p ɑ b ˈɔː t m ˈɛ n i b ˈɪ ɡ b l ˈuː b ˈuː t s _:1.5 m ˈaɪ b ˈɔɪ"

# What FACS asks of each: channels that must be seen, in a pause.
SEEN = {
    "happy": ("mouthSmile", "cheekSquint"),
    "sad": ("mouthFrown",),
    "angry": ("browDown", "eyeSquint", "eyeWide", "mouthPress"),
    "surprised": ("browOuterUp", "eyeWide"),
    "calm": ("eyeBlink", "mouthSmile"),
    "excited": ("mouthSmile", "browOuterUp"),
}


def at(played: Performance, name: str, time_s: float) -> float:
    return float(played.curve(name)[round(time_s * float(played.fps))])


def test_every_expression_has_a_row() -> None:
    assert tuple(EXPRESSION) == EXPRESSIONS


@pytest.mark.parametrize(("expression", "channels"), SEEN.items())
def test_an_expression_is_seen_in_silence(expression: str, channels: tuple[str, ...]) -> None:
    played = act(pause(5), replace(STILL, expression=expression))
    least = 0.05 if expression == "calm" else 0.2
    for channel in channels:
        for side in ("Left", "Right"):
            assert at(played, channel + side, 1.0) > least, channel
    if expression in ("sad", "surprised"):
        assert at(played, "browInnerUp", 1.0) > 0.5


def test_strength_and_expressions_from_the_script() -> None:
    half, whole = (
        act(pause(5), replace(STILL, expression="happy", expression_strength=strength)) for strength in (0.5, 1.0)
    )
    assert at(half, "mouthSmileLeft", 2) == pytest.approx(0.5 * at(whole, "mouthSmileLeft", 2), rel=0.05)
    script = act(pause(6, ("happy", 1.0), ("neutral", 3.0)), STILL)
    assert at(script, "mouthSmileLeft", 0.7) == 0
    assert at(script, "mouthSmileLeft", 2.0) > 0.5
    assert at(script, "mouthSmileLeft", 4.0) == 0


def test_expressions_come_and_go_softly() -> None:
    played = act(pause(6, ("angry", 1.0), ("happy", 3.0)), replace(STILL, fps=Fraction(60)))
    for name in ("browDownLeft", "mouthSmileLeft", "mouthPressRight", "mouthRest"):
        curve = played.curve(name)
        assert np.ptp(curve) > 0.2
        assert np.abs(np.diff(curve)).max() < 0.12


def test_no_expression_is_frozen_or_symmetrical() -> None:
    played = act(pause(20), replace(STILL, expression="happy"))
    left, right = (played.curve(f"mouthSmile{side}")[60:-60] for side in ("Left", "Right"))
    assert 0.02 < np.std(left) / np.mean(left) < 0.2
    assert 1.01 < np.mean(left) / np.mean(right) < 1.2


def test_surprise_does_not_last() -> None:
    played = act(pause(8), replace(STILL, expression="surprised"))
    assert at(played, "lipGap", 0.9) > 0.03
    assert at(played, "lipGap", 4.0) == 0
    assert 0.3 < at(played, "browInnerUp", 4.0) / at(played, "browInnerUp", 0.9) < 0.8


@pytest.mark.parametrize("expression", EXPRESSIONS)
@pytest.mark.parametrize("return_in_pauses", [True, False])
def test_lips_do_what_the_words_need(expression: str, return_in_pauses: bool) -> None:
    whole = speech(SENTENCE)
    options = PerformOptions(expression=expression, expression_strength=1.5, return_in_pauses=return_in_pauses)
    neutral, played = act(whole, replace(options, expression="neutral")), act(whole, options)
    talk = slice(round(whole.phones[0].start_s * 30), round(whole.phones[18].end_s * 30))
    np.testing.assert_allclose(played.curve("lipGap")[talk], neutral.curve("lipGap")[talk], atol=1e-6)
    shut = neutral.curve("mouthPressLeft") == 1
    assert shut.sum() > 5
    assert not played.curve("lipGap")[shut].any()


@pytest.mark.parametrize("phone_s", [0.05, 0.08])
def test_surprise_does_not_open_the_last_closure_of_a_word(phone_s: float) -> None:
    whole = speech("t ˈɑ p _:0.4 ˈɑ m _:0.5 t ˈɑ", phone_s=phone_s)
    options = PerformOptions(fps=Fraction(60), expression_strength=1.5)
    neutral, played = act(whole, options), act(whole, replace(options, expression="surprised"))
    shut = neutral.curve("mouthPressLeft") == 1
    assert shut.sum() >= 4
    assert not played.curve("lipGap")[shut].any()


def test_rounded_lips_smile_less() -> None:
    whole = speech("t ˈi:0.4 t ˈu:0.4 t")
    played = act(whole, PerformOptions(expression="happy"))
    ee, oo = (0.5 * (whole.phones[n].start_s + whole.phones[n].end_s) for n in (1, 3))
    assert at(played, "mouthSmileLeft", oo) < 0.65 * at(played, "mouthSmileLeft", ee)


def test_a_smile_gives_way_and_comes_back_softly() -> None:
    played = act(speech("m ˈu v _:0.5 t ˈu:0.2 p ˈi:0.2", lead_s=1.0, tail_s=1.5), PerformOptions(expression="happy"))
    assert np.abs(np.diff(played.curve("mouthSmileLeft")[12:-15])).max() < 0.11
    assert at(played, "mouthSmileLeft", 0.9) > 0.55


def test_a_smile_adds_to_the_photographed_mouth_and_a_frown_takes_its_place() -> None:
    happy, sad = (act(pause(5), replace(STILL, expression=name)) for name in ("happy", "sad"))
    assert at(happy, "mouthRest", 2) == 1
    assert at(sad, "mouthRest", 2) == 0


def test_accents_strengthen_an_expression() -> None:
    whole = speech("t ə n ə t ə n ə t ˈɑ:0.25 n ə t ə n ə t ə n ə")
    played = act(whole, PerformOptions(expression="angry"))
    accent_s = 0.5 * (whole.phones[9].start_s + whole.phones[9].end_s)
    brow = played.curve("browDownLeft")
    assert brow[round(accent_s * 30)] > 1.04 * brow[round((accent_s + 0.5) * 30)]


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_frame_is_in_range_and_the_ends_are_the_photograph(expression: str) -> None:
    whole = directed(babble(8), ("angry", 2.0), ("surprised", 2.3), ("happy", 5.0), strength=1.5)
    played = act(whole, PerformOptions(expression=expression, expression_strength=1.5, style="lively"))
    signed = [CHANNEL[name] for name in ("breath", "swayX", "swayY")]
    assert np.abs(played.curves).max() <= 1
    assert np.delete(played.curves, signed, axis=1).min() >= 0
    neutral = np.zeros(len(CHANNELS))
    neutral[CHANNEL["mouthRest"]] = 1
    for frame in (0, -1):
        np.testing.assert_array_equal(played.curves[frame], neutral)
        np.testing.assert_array_equal(played.head[frame], 0)


@pytest.mark.parametrize(
    "wrong", [{"expression": "smug"}, {"expression_strength": 2.0}, {"style": "wild"}, {"gaze": (0.0, 90.0)}]
)
def test_options_out_of_range(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        PerformOptions(**wrong)  # type: ignore[arg-type]
    assert caught.value.remedy
