from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.performance.acting import act
from tests.performance.conversations import directed, pause
from tests.performance.speeches import babble, speech

from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.core.script import GESTURES
from phonoscope.performance import PerformOptions
from phonoscope.performance.gestures import GESTURE
from phonoscope.performance.timeline import LOOK_AHEAD_S, LOOK_BACK_S

FPS = 60
STILL = PerformOptions(fps=Fraction(FPS), style="still", blinks=False)
WITHOUT = act(pause(6), STILL)


def play(name: str, at_s: float = 2.0, strength: float = 1.0, seed: int = 0) -> Performance:
    return act(pause(6, (name, at_s), strength=strength), replace(STILL, seed=seed))


def head(played: Performance, column: str) -> NDArray[np.float32]:
    return np.asarray((played.head - WITHOUT.head)[:, HEAD.index(column)])


def across(played: Performance) -> NDArray[np.float32]:
    return played.curve("eyeLookOutLeft") - played.curve("eyeLookInLeft")


def test_every_gesture_has_tracks_that_are_known_in_time() -> None:
    assert tuple(GESTURE) == GESTURES
    for tracks in GESTURE.values():
        for name, keys in tracks.items():
            assert name in (*CHANNELS, *HEAD, "across", "up", "looking")
            times_s = [time_s for time_s, _ in keys]
            assert times_s == sorted(set(times_s))
            assert times_s[0] > -LOOK_AHEAD_S and times_s[-1] < LOOK_BACK_S
            assert keys[0][1] == keys[-1][1] == 0


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_is_seen_where_it_is_written_and_is_over_soon(name: str) -> None:
    played = play(name)
    moved = np.abs(played.curves - WITHOUT.curves)[:, : CHANNEL["swayX"]].max(1)
    moved = np.maximum(moved, np.abs(played.head - WITHOUT.head)[:, :3].max(1) / 10)
    when_s = np.flatnonzero(moved > 1e-6) / FPS
    assert moved.max() > 0.2
    assert 1.7 < when_s[0] <= 2.0
    assert 2.4 < when_s[-1] < 4.5
    assert np.abs(np.diff(played.head[:, :3], axis=0)).max() * FPS < 75


def test_half_a_wink_shuts_the_eye_and_no_two_nods_are_alike() -> None:
    wink = play("wink", strength=0.5)
    assert max(wink.curve("eyeBlinkLeft").max(), wink.curve("eyeBlinkRight").max()) > 0.999
    depths = [head(play("nod", seed=seed), "pitch").min() for seed in range(4)]
    assert np.ptp(depths) > 0.2


def test_a_laughing_mouth_stays_open_between_the_calls() -> None:
    gap = play("laugh").curve("lipGap")[round(2.1 * FPS) : round(2.5 * FPS)]
    assert gap.min() > 0.6 * gap.max() > 0.03


def test_a_nod_swings_back_goes_down_and_swings_over() -> None:
    pitch = head(play("nod"), "pitch")
    lowest = int(np.argmin(pitch))
    assert -6 < pitch[lowest] < -4
    assert pitch[:lowest].max() > 0.5
    assert pitch[lowest:].max() > 0.5
    assert pitch[lowest + 30 :].min() < -1
    np.testing.assert_allclose(head(play("nod", strength=0.5), "pitch"), 0.5 * pitch, atol=1e-5)


def test_a_shake_goes_to_both_sides_and_fades() -> None:
    yaw = head(play("shake"), "yaw")
    peaks = [abs(v) for v in yaw[1:-1][(np.diff(yaw[:-1]) * np.diff(yaw[1:]) <= 0) & (np.abs(yaw[1:-1]) > 1)]]
    assert yaw.max() > 2.5 and yaw.min() < -2.5
    assert len(peaks) >= 3
    assert peaks[-1] < peaks[1]


def test_gestures_may_go_to_either_side() -> None:
    sides = {float(np.sign(head(play("tilt", seed=seed), "roll")[FPS * 3])) for seed in range(6)}
    assert sides == {1.0, -1.0}


def test_a_wink_shuts_one_eye() -> None:
    played = play("wink")
    lids = sorted(played.curve(f"eyeBlink{side}").max() for side in ("Left", "Right"))
    assert lids[1] > 0.999 and lids[0] < 0.05
    shut = play("blink")
    assert min(shut.curve(f"eyeBlink{side}").max() for side in ("Left", "Right")) > 0.999


@pytest.mark.parametrize("name", ["wink", "blink"])
@pytest.mark.parametrize("fps", [Fraction(12), Fraction(24), Fraction(25)])
def test_shut_lids_are_met_by_a_frame(name: str, fps: Fraction) -> None:
    for at_s in (1.0, 1.03, 1.06):
        played = act(pause(4, (name, at_s)), PerformOptions(fps=fps, blinks=False))
        assert max(played.curve("eyeBlinkLeft").max(), played.curve("eyeBlinkRight").max()) > 0.95


@pytest.mark.parametrize(("name", "sign"), [("look left", -1), ("look right", 1)])
def test_eyes_lead_and_the_head_follows(name: str, sign: int) -> None:
    played = play(name)
    eyes, yaw = sign * across(played), sign * head(played, "yaw")
    assert eyes.max() > 0.5 and yaw.max() > 3
    assert np.argmax(eyes > 0.4) < np.argmax(yaw > 1)
    # While the head turns, the eyes turn back: the place that they look at stays the same.
    assert eyes[round(2.8 * FPS)] < eyes[round(2.05 * FPS)]
    assert eyes[round(4.2 * FPS)] < 0.1


def test_looks_up_and_down() -> None:
    up, down = (play(name) for name in ("look up", "look down"))
    assert up.curve("eyeLookUpLeft").max() > 0.4 and head(up, "pitch").max() > 2
    assert down.curve("eyeLookDownLeft").max() > 0.4 and head(down, "pitch").min() < -2


def test_laughter_comes_in_calls_and_shakes_head_and_shoulders() -> None:
    played = play("laugh")
    gap = played.curve("lipGap")
    peaks = np.flatnonzero((gap[1:-1] > gap[:-2]) & (gap[1:-1] >= gap[2:]) & (gap[1:-1] > 0.01)) + 1
    assert 5 <= len(peaks) <= 7
    assert np.diff(peaks) / FPS == pytest.approx(0.21, abs=0.03)
    assert gap[peaks[0]] > gap[peaks[-1]]
    assert played.curve("mouthRest")[peaks].max() == 0
    assert played.curve("cheekSquintLeft").max() > 0.7
    assert np.ptp(played.curve("breath")[peaks[0] : peaks[2]]) > 0.5


def test_gestures_do_not_open_speaking_lips() -> None:
    whole = speech("p ˈɑ p ɑ b ˈɔː t m ˈɛ n i b ˈɪ ɡ", tail_s=2)
    laughing = act(directed(whole, ("laugh", 0.6)))
    talk = slice(round(whole.phones[0].start_s * 30), round(whole.phones[-1].end_s * 30))
    np.testing.assert_array_equal(laughing.curve("lipGap")[talk], act(whole).curve("lipGap")[talk])


def test_a_gesture_written_twice_is_done_twice() -> None:
    twice = head(act(pause(6, ("nod", 2.0), ("nod", 2.0)), STILL), "pitch")
    once = head(play("nod"), "pitch")
    assert twice.min() == pytest.approx(once.min(), rel=0.2)
    assert twice[round(2.91 * FPS)] < -3


def test_gestures_move_nothing_that_is_switched_off() -> None:
    played = act(pause(6, ("nod", 2.0), ("laugh", 3.0)), replace(STILL, head_motion=False))
    assert not played.head.any()
    assert not played.curve("breath").any()
    assert not played.curve("swayY").any()


@pytest.mark.parametrize("name", GESTURES)
def test_every_frame_is_in_range_and_the_ends_are_the_photograph(name: str) -> None:
    whole = directed(babble(4), (name, 0.0), (name, 2.0), (name, 99.0), strength=1.5)
    played = act(whole, PerformOptions(style="lively", expression="excited"))
    assert np.abs(played.curves).max() <= 1
    assert (np.abs(played.head[:, :3]) <= [10, 8, 7]).all()
    neutral = np.zeros(len(CHANNELS))
    neutral[CHANNEL["mouthRest"]] = 1
    for frame in (0, -1):
        np.testing.assert_array_equal(played.curves[frame], neutral)
        np.testing.assert_array_equal(played.head[frame], 0)
