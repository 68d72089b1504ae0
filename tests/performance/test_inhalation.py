from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import RATE_HZ, cut, speech

from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions

WHOLE = speech("t ˈɑ n _:1.6 b ˈɔ t f ˈaɪ v", lead_s=1.2)
SECOND_S = WHOLE.phones[3].start_s


def noisy(whole: Speech, noises: list[tuple[float, float, float]], floor: float = 0.0005) -> Speech:
    """Return speech with a quiet hiss, and louder ones: each (start_s, end_s, level)."""
    samples = whole.sound.samples + floor * np.random.default_rng(3).normal(0, 1, len(whole.sound.samples))
    for start_s, end_s, level in noises:
        first, last = round(start_s * RATE_HZ), round(end_s * RATE_HZ)
        samples[first:last] += level * np.random.default_rng(4).normal(0, 1, last - first)
    return replace(whole, sound=Sound(samples.astype(np.float32), RATE_HZ))


def gap_mm(whole: Speech, time_s: float) -> float:
    return float(act(whole).curve("lipGap")[round(time_s * 30)]) * 175


BREATH = (SECOND_S - 0.6, SECOND_S - 0.1, 0.004)


def test_a_breath_parts_the_lips_a_little() -> None:
    whole = noisy(WHOLE, [BREATH])
    played = act(whole)
    assert 2 < gap_mm(whole, SECOND_S - 0.3) < 5
    assert played.curve("mouthRest")[round((SECOND_S - 0.3) * 30)] < 0.05
    assert gap_mm(whole, SECOND_S - 0.8) == 0
    # The word begins with b: the lips shut before it.
    assert gap_mm(whole, SECOND_S + 0.03) == 0
    still = act(noisy(WHOLE, []))
    other = np.abs(played.curve("lipGap") - still.curve("lipGap")) > 1e-6
    frames = np.flatnonzero(other) / 30
    assert frames.min() > SECOND_S - 0.65
    assert frames.max() < SECOND_S + 0.05


@pytest.mark.parametrize(
    "noises",
    [
        [],
        [(SECOND_S - 0.3, SECOND_S - 0.26, 0.05)],
        [(SECOND_S - 1.3, SECOND_S - 1.0, 0.004)],
        [(WHOLE.phones[2].end_s, SECOND_S, 0.004)],
        [(SECOND_S - 1.2, SECOND_S, 0.004)],
        [(WHOLE.phones[-1].end_s + 0.2, WHOLE.phones[-1].end_s + 0.5, 0.004)],
    ],
    ids=["quiet", "click", "long before", "whole pause", "too long", "after the last word"],
)
def test_other_noise_leaves_the_lips_at_rest(noises: list[tuple[float, float, float]]) -> None:
    played, still = act(noisy(WHOLE, noises)), act(noisy(WHOLE, []))
    assert (still.curve("mouthRest")[round((SECOND_S - 0.9) * 30) : round((SECOND_S - 0.25) * 30)] == 1).all()
    for name in ("lipGap", "mouthRest", "jawOpen"):
        np.testing.assert_array_equal(played.curve(name), still.curve(name))


def test_hum_is_no_breath() -> None:
    time_s = np.arange(len(WHOLE.sound.samples)) / RATE_HZ
    hum = 0.02 * np.sin(2 * np.pi * 50 * time_s) * (np.abs(time_s - SECOND_S + 0.35) < 0.25)
    whole = noisy(WHOLE, [], floor=0.002)
    hummed = replace(whole, sound=Sound(whole.sound.samples + hum.astype(np.float32), RATE_HZ))
    np.testing.assert_array_equal(act(hummed).curve("lipGap"), act(whole).curve("lipGap"))


def test_a_photographed_open_mouth_is_not_shut_by_a_breath() -> None:
    first_s = WHOLE.phones[0].start_s
    whole = noisy(WHOLE, [(first_s - 0.6, first_s - 0.05, 0.004)])
    played = act(whole, PerformOptions(return_in_pauses=False))
    assert (played.curve("mouthRest")[: round((first_s - 0.25) * 30)] == 1).all()


def test_cutting_changes_nothing() -> None:
    whole = noisy(WHOLE, [BREATH, (0.8, 1.15, 0.004)])
    options = PerformOptions(fps=Fraction(25))
    reference = act(whole, options)
    assert reference.curve("lipGap")[25] > 0
    for at_s in ([1.0], [SECOND_S - 0.333], [0.1 * n for n in range(1, 11)], [SECOND_S - 0.9, SECOND_S - 0.01]):
        played = act(cut(whole, at_s), options)
        np.testing.assert_array_equal(played.curves, reference.curves)
        np.testing.assert_array_equal(played.head, reference.head)


@pytest.mark.parametrize("rate_hz", [1, 37, 11_025, 192_000])
def test_any_rate_is_borne(rate_hz: int) -> None:
    samples = np.random.default_rng(1).normal(0, 0.1, 3 * rate_hz).astype(np.float32)
    samples[:1] = np.nan
    whole = Speech(Sound(samples, rate_hz), tuple(replace(p, start_s=2.0, end_s=2.5) for p in WHOLE.phones[:1]))
    assert np.isfinite(act(whole).curves).all()
