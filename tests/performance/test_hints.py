from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import babble, cut, speech

from phonoscope.core.speech import Evidence, Speech
from phonoscope.performance import PerformOptions

SYMBOLS = ("", "a", "u", "t", "m", "s")
RATE_HZ = 100


def certain(whole: Speech, instead: dict[str, dict[str, float]] | None = None) -> Speech:
    """Return speech with evidence for its own phones, or for others instead."""
    rows = np.zeros((round(whole.duration_s * RATE_HZ), len(SYMBOLS)), np.float32)
    rows[:, 0] = 1
    for phone in whole.phones:
        first, last = round(phone.start_s * RATE_HZ), round(phone.end_s * RATE_HZ)
        rows[first:last] = 0
        for symbol, probability in (instead or {}).get(phone.ipa, {phone.ipa: 1.0}).items():
            rows[first:last, SYMBOLS.index(symbol)] = probability
    return replace(whole, evidence=Evidence(SYMBOLS, RATE_HZ, rows))


def random_evidence(whole: Speech) -> Speech:
    rng = np.random.default_rng(2)
    rows = rng.dirichlet([0.2] * len(SYMBOLS), int(np.ceil(whole.duration_s * RATE_HZ))).astype(np.float32)
    return replace(whole, evidence=Evidence(SYMBOLS, RATE_HZ, rows))


def cut_evidence(whole: Speech, at: list[int]) -> list[Speech]:
    """Cut between rows."""
    assert whole.evidence is not None
    bounds = [0, *at, len(whole.evidence.probabilities)]
    parts = cut(replace(whole, evidence=None), [n / RATE_HZ for n in at])
    rows = [whole.evidence.probabilities[a:b].copy() for a, b in itertools.pairwise(bounds)]
    return [replace(p, evidence=Evidence(SYMBOLS, RATE_HZ, r)) for p, r in zip(parts, rows, strict=True)]


def test_doubt_draws_the_mouth_towards_what_else_may_be_said() -> None:
    whole = speech("t ˈa:0.3 t")
    frame = round((whole.phones[1].start_s + 0.15) * 30)
    sure = act(certain(whole))
    doubted = act(certain(whole, {"a": {"a": 0.5, "u": 0.5}}))
    wrong = act(certain(whole, {"a": {"u": 1.0}}))
    gaps = [p.curve("lipGap")[frame] for p in (sure, doubted, wrong)]
    assert gaps[0] > 1.1 * gaps[1] > 1.2 * gaps[2]
    assert sure.curve("mouthPucker")[frame] + 0.1 < doubted.curve("mouthPucker")[frame]
    assert gaps[2] > 0.5 * gaps[0]
    assert gaps[0] == pytest.approx(act(whole).curve("lipGap")[frame], rel=0.1)


@pytest.mark.parametrize("fps", [Fraction(25), Fraction(30)])
def test_closures_come_from_phones_only(fps: Fraction) -> None:
    options = PerformOptions(fps=fps)
    whole = speech("ˈa:0.2 m ˈa:0.2")
    closed = act(certain(whole, {"m": {"a": 1.0}}), options).curve("lipGap")
    middle = round((whole.phones[1].start_s + whole.phones[1].end_s) / 2 * float(fps) - 0.5)
    assert closed[middle - 1 : middle + 2].min() == 0
    opened = speech("ˈa:0.2 t ˈa:0.2")
    gap = act(certain(opened, {"t": {"m": 1.0}}), options).curve("lipGap")
    assert gap[round(0.6 * float(fps)) : round(0.9 * float(fps))].min() > 0.01


def test_evidence_in_silence_moves_nothing() -> None:
    whole = speech("t ˈa t _:1 t ˈa t")
    rows = np.zeros((round(whole.duration_s * RATE_HZ), len(SYMBOLS)), np.float32)
    rows[:, 1] = 1
    played = act(replace(whole, evidence=Evidence(SYMBOLS, RATE_HZ, rows)))
    first = round((whole.phones[2].end_s + 0.3) * 30)
    assert (played.curve("mouthRest")[first : first + 12] == 1).all()
    assert not played.curve("lipGap")[first : first + 12].any()


def test_evidence_that_jumps_does_not_flicker() -> None:
    whole = speech("a:3")
    rows = np.zeros((round(whole.duration_s * RATE_HZ), len(SYMBOLS)), np.float32)
    rows[::2, 1] = rows[1::2, 2] = 1
    gap = act(replace(whole, evidence=Evidence(SYMBOLS, RATE_HZ, rows)), PerformOptions(fps=Fraction(50))).curve(
        "lipGap"
    )
    assert np.abs(np.diff(gap[50:150])).max() < 0.0005


def test_cutting_changes_nothing() -> None:
    whole = random_evidence(babble(20, 4))
    reference = act(whole)
    assert (reference.curve("lipGap") != act(replace(whole, evidence=None)).curve("lipGap")).any()
    pairs = zip(whole.phones, whole.phones[1:], strict=False)
    pauses = [round((a.end_s + b.start_s) / 2 * RATE_HZ) for a, b in pairs if b.start_s - a.end_s > 0.05]
    assert len(pauses) > 5
    np.testing.assert_array_equal(act(cut_evidence(whole, pauses)).curves, reference.curves)


def test_pieces_without_evidence_among_others() -> None:
    sure, bare = certain(speech("t ˈa t")), speech("t ˈa t")
    assert np.isfinite(act([bare, sure, bare, sure]).curves).all()


def test_evidence_that_is_not_a_number_is_passed_over() -> None:
    whole = certain(speech("t ˈa t"))
    assert whole.evidence is not None
    rows = np.full_like(whole.evidence.probabilities, np.nan)
    played = act(replace(whole, evidence=Evidence(SYMBOLS, RATE_HZ, rows)))
    np.testing.assert_allclose(played.curves, act(replace(whole, evidence=None)).curves, atol=1e-6)
