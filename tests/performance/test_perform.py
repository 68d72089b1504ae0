from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import RATE_HZ, babble, cut, speech

from phonoscope.core.errors import UsageError
from phonoscope.core.performance import CHANNEL, CHANNELS
from phonoscope.core.sound import Sound, silence
from phonoscope.core.speech import Phone, Speech
from phonoscope.performance import PerformOptions, perform
from phonoscope.performance.timeline import LOOK_AHEAD_S


def seams(whole: Speech, share: float, seed: int = 0) -> list[float]:
    """Return some of the times between two phones."""
    rng = np.random.default_rng(seed)
    pairs = zip(whole.phones, whole.phones[1:], strict=False)
    inside = [np.ceil(b.start_s * RATE_HZ) / RATE_HZ for a, b in pairs if b.start_s - a.end_s > 0.01]
    return [float(t) - 0.005 for t in inside if rng.random() < share]


@pytest.mark.parametrize("fps", [Fraction(12), Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_frame_count_is_exact(fps: Fraction) -> None:
    for samples in (0, 1, 100, 399, 400, 12_345, 80_001):
        piece = Speech(Sound(np.zeros(samples, np.float32), RATE_HZ))
        frames = sum(len(p) for p in perform([piece], PerformOptions(fps=fps)))
        assert frames == round(Fraction(samples, RATE_HZ) * fps)


def test_frames_do_not_drift_over_many_pieces() -> None:
    piece = Speech(silence(0.1234, RATE_HZ))
    frames = sum(len(p) for p in perform([piece] * 500, PerformOptions(fps=Fraction(30000, 1001))))
    assert frames == round(Fraction(len(piece.sound.samples) * 500, RATE_HZ) * Fraction(30000, 1001))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_cutting_changes_nothing(seed: int) -> None:
    whole = babble(40, seed)
    options = PerformOptions(seed=seed, return_in_pauses=seed != 1)
    reference = act(whole, options)
    for share in (0.3, 1.0):
        pieces = cut(whole, seams(whole, share, seed))
        assert len(pieces) > 3
        played = act(pieces, options)
        np.testing.assert_array_equal(played.curves, reference.curves)
        np.testing.assert_array_equal(played.head, reference.head)


def test_cutting_changes_nothing_about_phones_that_stand_nearly_alone() -> None:
    whole = speech(
        "k:0.03 _:0.25 t:0.04 _:0.29 s:0.02 ˈa:0.2 _:0.9 p:0.05 _:0.4 ˈa:0.03 _:0.28 ˈa:0.3 _:1.4 k:0.05 _:1"
    )
    reference = act(whole)
    between = seams(whole, 1.0)
    for at_s in (between, between[::2], [t - 0.1 for t in between], [0.4, *between]):
        np.testing.assert_array_equal(act(cut(whole, at_s)).curves, reference.curves)


def test_tiny_pieces_of_silence_change_nothing() -> None:
    whole = speech("t ˈɑ n", lead_s=0.5, tail_s=1.5)
    tail = [whole.phones[-1].end_s + 0.05 * n for n in range(1, 25)]
    np.testing.assert_array_equal(act(cut(whole, tail)).curves, act(whole).curves)


def test_what_comes_later_does_not_matter() -> None:
    first, second, third = babble(10, 1), babble(5, 2), babble(5, 3)
    one, two = act([first, second]), act([first, third])
    known = int((first.duration_s - LOOK_AHEAD_S) * 30)
    np.testing.assert_array_equal(one.curves[:known], two.curves[:known])
    np.testing.assert_array_equal(one.head[:known], two.head[:known])


def test_frames_come_soon_after_their_sound() -> None:
    heard = 0.0
    pieces = cut(babble(20), seams(babble(20), 1.0))

    def feed() -> Iterator[Speech]:
        nonlocal heard
        for piece in pieces:
            heard += piece.duration_s
            yield piece

    longest = max(p.duration_s for p in pieces)
    played = 0
    for part in perform(feed()):
        played += len(part)
        assert heard - played / 30 < longest + LOOK_AHEAD_S + 0.05
    assert played == round(heard * 30)


def test_memory_stays_small() -> None:
    whole = babble(6)
    stream = (whole for _ in range(50))
    longest = max(len(p) for p in perform(stream))
    assert longest <= 256


def test_same_seed_same_performance() -> None:
    whole = babble(10)
    np.testing.assert_array_equal(act(whole).curves, act(whole).curves)
    other = act(whole, PerformOptions(seed=5))
    assert (other.head != act(whole).head).any()
    np.testing.assert_array_equal(other.curve("lipGap"), act(whole).curve("lipGap"))


@pytest.mark.parametrize(
    "whole",
    [
        babble(12),
        speech("p", lead_s=0, tail_s=0),
        speech("m ˈa m", lead_s=0, tail_s=0),
        speech("ˈa", lead_s=0, tail_s=0, phone_s=0.02),
        Speech(silence(0.2, RATE_HZ)),
        Speech(silence(5, RATE_HZ)),
        speech("ˈa:6"),
        speech("s:3 ˈu:4 p:2"),
    ],
    ids=["babble", "p", "mam", "blip", "short silence", "long silence", "long vowel", "long phones"],
)
@pytest.mark.parametrize("expressiveness", [0.0, 1.5])
def test_every_frame_is_in_range_and_the_ends_are_the_photograph(whole: Speech, expressiveness: float) -> None:
    played = act(whole, PerformOptions(expressiveness=expressiveness))
    low = np.zeros(len(CHANNELS))
    low[[CHANNEL[name] for name in ("breath", "swayX", "swayY")]] = -1
    assert np.isfinite(played.curves).all()
    assert (played.curves >= low).all()
    assert (played.curves <= 1).all()
    assert played.curve("lipGap").max() <= 0.1
    assert (np.abs(played.head[:, :3]) <= [6, 5, 3]).all()
    neutral = np.zeros(len(CHANNELS))
    neutral[CHANNEL["mouthRest"]] = 1
    for frame in (0, -1):
        np.testing.assert_array_equal(played.curves[frame], neutral)
        np.testing.assert_array_equal(played.head[frame], 0)


def test_no_speech_at_all() -> None:
    assert list(perform([])) == []


def test_odd_phones_are_borne() -> None:
    phones = (Phone("a", 0.3, 0.2), Phone("b", -1, 0.1), Phone("", 0.1, 0.2), Phone("k", 0.5, 99), Phone("☃", 0.3, 0.4))
    played = act(Speech(silence(1, RATE_HZ), phones))
    assert len(played) == 30
    assert np.isfinite(played.curves).all()


@pytest.mark.parametrize(
    "wrong", [{"fps": Fraction(0)}, {"fps": Fraction(1000)}, {"expressiveness": float("nan")}, {"lead_s": -1.0}]
)
def test_options_out_of_range(wrong: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        PerformOptions(**wrong)  # type: ignore[arg-type]


def test_parts_can_be_switched_off() -> None:
    whole = babble(8)
    played = act(whole, PerformOptions(head_motion=False, blinks=False))
    assert not played.head.any()
    assert not played.curve("breath").any()
    assert not played.curve("eyeBlinkLeft").any()
    np.testing.assert_array_equal(played.curve("lipGap"), act(whole).curve("lipGap"))
