from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.conversations import pause
from tests.performance.speeches import babble, speech

from phonoscope.core.performance import CHANNEL
from phonoscope.performance import PerformOptions
from phonoscope.performance.noise import chance, drift

LONG = babble(240, 7)
PLAYED = act(LONG)


def onsets(fps: Fraction = Fraction(30), seed: int = 0) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the frames at which the lids fall."""
    played = PLAYED if fps == 30 and not seed else act(LONG, PerformOptions(fps=fps, seed=seed))
    lids = (played.curve("eyeBlinkLeft") > 0.5).astype(int)
    return np.flatnonzero(np.diff(lids) > 0)


def test_blinks_come_at_a_natural_rate() -> None:
    for seed in (0, 3):
        found = onsets(seed=seed)
        per_minute = len(found) / LONG.duration_s * 60
        assert 13 < per_minute < 23
        waits_s = np.diff(found) / 30
        assert waits_s.min() > 0.33
        assert waits_s.max() < 9
        assert waits_s.std() > 0.8


@pytest.mark.parametrize("fps", [Fraction(12), Fraction(24), Fraction(25), Fraction(30), Fraction(60)])
def test_every_blink_shuts_the_eyes_in_a_frame(fps: Fraction) -> None:
    lids = act(LONG, PerformOptions(fps=fps)).curve("eyeBlinkLeft")
    reach = int(0.2 * fps)
    found = onsets(fps)
    assert len(found) > 50
    for frame in found:
        assert lids[frame : frame + reach + 2].max() > 0.999


@pytest.mark.parametrize("seed", range(6))
def test_first_blink_comes_early(seed: int) -> None:
    assert act(speech("t ˈɑ n _:3"), PerformOptions(seed=seed)).curve("eyeBlinkLeft")[: 3 * 30].max() > 0.999


@pytest.mark.parametrize("name", ["wink", "blink"])
def test_no_blink_comes_beside_a_wink(name: str) -> None:
    for seed in range(4):
        for at_s in np.arange(1.5, 7.0, 0.5):
            played = act(pause(9, (name, at_s)), PerformOptions(seed=seed))
            left, right = played.curve("eyeBlinkLeft") > 0.5, played.curve("eyeBlinkRight") > 0.5
            about = slice(round((at_s - 0.2) * 30), round((at_s + 0.7) * 30))
            shut = (
                int((np.diff(left[about].astype(int)) == 1).sum()),
                int((np.diff(right[about].astype(int)) == 1).sum()),
            )
            assert shut in ([(1, 1)] if name == "blink" else [(1, 0), (0, 1)])


def test_lids_fall_faster_than_they_rise() -> None:
    lids = act(speech("t ˈɑ n _:3"), PerformOptions(fps=Fraction(200))).curve("eyeBlinkLeft")
    first = np.flatnonzero(lids > 0)[0]
    blink = lids[first : first + np.flatnonzero(lids[first:] == 0)[0]]
    shut = np.flatnonzero(blink > 0.999)
    falling, rising = shut[0], len(blink) - shut[-1]
    assert 12 <= falling <= 20
    assert rising > 1.6 * falling


def test_blinks_avoid_stressed_vowels() -> None:
    times_s = (onsets() + 1) / 30
    stressed = [(p.start_s, p.end_s) for p in LONG.phones if p.stress == 1]
    share = sum(b - a for a, b in stressed) / LONG.duration_s
    hits = np.mean([any(a <= t < b for a, b in stressed) for t in times_s])
    assert hits < 0.6 * share


def test_head_moves_a_little_and_smoothly() -> None:
    head = PLAYED.head
    assert (head[:, 0].std() > 0.5) and (head[:, 0].std() < 1.5)
    assert (head[:, 1].std() > 0.4) and (head[:, 1].std() < 1.4)
    assert (head[:, 2].std() > 0.25) and (head[:, 2].std() < 1.0)
    power = np.abs(np.fft.rfft(head[:, :3] - head[:, :3].mean(0), axis=0)) ** 2
    quick = np.fft.rfftfreq(len(head), 1 / 30) > 3
    assert (power[quick].sum(0) / power.sum(0)).max() < 2e-3
    assert np.abs(np.diff(head[:, :3], axis=0)).max() * 30 < 25


def test_head_nods_on_accents() -> None:
    plain = "t ə n ə t ə n ə t ə n ə t ə n ə"
    stressed = "t ə n ə t ˈɑ:0.18 n ə t ə n ə t ə n ə"
    whole = speech(stressed)
    accent_s = 0.5 * (whole.phones[5].start_s + whole.phones[5].end_s)
    dips = []
    for seed in range(8):
        options = PerformOptions(seed=seed)
        with_, without = act(whole, options).head[:, 1], act(speech(plain), options).head[:, 1]
        count = min(len(with_), len(without)) - 30
        dip = without[:count] - with_[:count]
        dips.append(float(dip[round(accent_s * 30)]))
    assert sum(d > 0.9 for d in dips) >= 4
    assert max(dips) < 3.2


def test_postures_change_with_phrases() -> None:
    whole = speech(" ".join(["ˈa t ˈa _:1"] * 8), tail_s=1)
    head = act(whole, PerformOptions(expressiveness=1.5)).head
    during = [head[round((p.start_s + 0.3) * 30), 0] for p in whole.phones if p.ipa == "t"]
    assert np.std(during) > 0.3


def test_eyes_stay_on_the_viewer_while_the_head_turns() -> None:
    across = PLAYED.curve("eyeLookOutLeft") - PLAYED.curve("eyeLookInLeft")
    up = PLAYED.curve("eyeLookUpLeft") - PLAYED.curve("eyeLookDownLeft")
    # The person's left eye is on the picture's right: with the head to the picture's right it looks in.
    assert np.corrcoef(across, PLAYED.head[:, 0])[0, 1] < -0.2
    assert np.corrcoef(up, PLAYED.head[:, 1])[0, 1] < -0.2
    np.testing.assert_allclose(across, PLAYED.curve("eyeLookInRight") - PLAYED.curve("eyeLookOutRight"), atol=1e-6)
    np.testing.assert_allclose(up, PLAYED.curve("eyeLookUpRight") - PLAYED.curve("eyeLookDownRight"), atol=1e-6)
    assert np.abs(across).max() <= 0.3
    assert np.abs(up).max() <= 0.3


def test_eyes_jump_and_rest() -> None:
    played = act(LONG, PerformOptions(head_motion=False, fps=Fraction(60)))
    across = (played.curve("eyeLookOutLeft") - played.curve("eyeLookInLeft"))[:-40]
    still = np.abs(np.diff(across)) < 1e-6
    assert still.mean() > 0.9
    away = np.mean(np.abs(across) > 0.08)
    assert 0.02 < away < 0.35
    moves = np.flatnonzero(np.diff(np.r_[True, still, True].astype(int)))
    assert max(moves[1::2] - moves[::2]) <= 4


def test_questions_raise_the_brows() -> None:
    sentence = "t ə n ə t ə n ə {}"
    asked, said = (act(speech(sentence.format(sign))).curve("browInnerUp") for sign in ("?", "."))
    rise = asked - said
    end = round(speech(sentence.format("?")).words[0].end_s * 30)
    assert rise[end - 22 : end + 6].max() > 0.35
    assert np.abs(rise[: end - 22]).max() < 0.01


def test_breaths_are_drawn_in_pauses() -> None:
    breath = PLAYED.curve("breath")
    assert breath.max() > 0.95
    assert breath.min() < -0.8
    assert np.abs(np.diff(breath)).max() < 0.12
    rising = (np.diff(breath) > 0.02).astype(int)
    starts = np.flatnonzero(np.diff(rising) > 0)
    assert 10 < len(starts) / LONG.duration_s * 60 < 24
    ends_s = [a.end_s for a, b in zip(LONG.phones, LONG.phones[1:], strict=False) if b.start_s - a.end_s >= 0.3]
    in_pause = [min(abs(n / 30 - t) for t in ends_s) < 0.3 for n in starts]
    assert np.mean(in_pause) > 0.6


def test_a_still_face_is_still() -> None:
    played = act(LONG, PerformOptions(expressiveness=0))
    assert not played.head.any()
    assert not played.curve("browInnerUp").any()
    assert played.curve("lipGap").max() > 0.04


def test_recognised_speech_without_stress_still_nods() -> None:
    bare = replace(LONG, phones=tuple(replace(p, stress=0) for p in LONG.phones))
    assert act(bare).head[:, 1].min() < -1.0


def test_noise_is_smooth_centred_and_does_not_repeat() -> None:
    times_s = np.arange(0, 20_000, 0.37)
    noise = drift(3, 1, 0.3, times_s)
    assert abs(noise.mean()) < 0.05
    assert noise.std() == pytest.approx(1, abs=0.05)
    assert abs(np.corrcoef(noise[:20_000], noise[20_000:40_000])[0, 1]) < 0.1
    assert abs(np.corrcoef(noise, drift(4, 1, 0.3, times_s))[0, 1]) < 0.1
    assert abs(np.corrcoef(noise, drift(3, 2, 0.3, times_s))[0, 1]) < 0.1
    fine = drift(3, 1, 0.3, np.arange(0, 10, 0.001))
    assert np.abs(np.diff(fine, 2)).max() < 3e-5
    assert 0 <= chance(1, 2, 3) < 1
    assert chance(1, 2, 3) == chance(1, 2, 3) != chance(1, 2, 4)
    assert chance(-1, 2, 3) != chance(2**70, 2, 3)


def test_channels_left_alone_stay_zero() -> None:
    for name in ("mouthClose", "tongueOut", "cheekPuff", "jawLeft", "mouthFrownLeft"):
        assert not PLAYED.curves[:, CHANNEL[name]].any()
