from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.performance.acting import act
from tests.performance.conversations import cut_up, dialogue, spoken_by, turn
from tests.performance.speeches import RATE_HZ, speech

from phonoscope.core.performance import Performance
from phonoscope.core.sound import Sound
from phonoscope.core.speech import Speech
from phonoscope.performance import PerformOptions, perform

A = PerformOptions(speaker="A", partners={"B": (30.0, -4.0)})
B = PerformOptions(speaker="B", partners={"A": (-30.0, 4.0)})


def alternate(turns: int, duration_s: float = 4.0) -> list[Speech]:
    return [turn("AB"[n % 2], duration_s) for n in range(turns)]


def speaking(pieces: list[Speech], speaker: str, frames: int) -> NDArray[np.bool_]:
    """Return in which frames somebody has the word."""
    told = np.zeros(frames, bool)
    start_s = 0.0
    for piece in pieces:
        if piece.speakers[0].speaker == speaker:
            told[round(start_s * 30) : round((start_s + piece.duration_s) * 30)] = True
        start_s += piece.duration_s
    return told


def aim_deg(played: Performance) -> NDArray[np.float32]:
    """Return where the eyes look, across: eyes and head together."""
    eyes = 30 * (played.curve("eyeLookOutLeft") - played.curve("eyeLookInLeft"))
    return np.asarray(eyes + played.head[:, 0])


def test_only_the_speakers_lips_move() -> None:
    pieces = alternate(6)
    played = act(pieces, A)
    mine = speaking(pieces, "A", len(played))
    # Lips part shortly before the first word, and come to rest shortly after the last one.
    others = ~(mine | np.roll(mine, -9) | np.roll(mine, 9))
    assert (played.curve("mouthRest")[others] == 1).all()
    assert not played.curve("lipGap")[others].any()
    assert played.curve("lipGap")[mine].max() > 0.04


def test_the_others_loudness_is_not_heard() -> None:
    quiet = [turn("A"), turn("B"), turn("A")]
    loud = [quiet[0], replace(quiet[1], sound=Sound(np.clip(5 * quiet[1].sound.samples, -1, 1), RATE_HZ)), quiet[2]]
    np.testing.assert_array_equal(act(loud, A).curve("lipGap"), act(quiet, A).curve("lipGap"))


def test_a_mouth_that_gapes_is_closed_while_it_listens() -> None:
    pieces = alternate(4)
    rest = act(pieces, replace(A, return_in_pauses=False)).curve("mouthRest")
    assert not rest[40:-14].any()


def test_listeners_look_at_who_speaks_and_speakers_at_the_viewer() -> None:
    pieces = alternate(24)
    for options, sign in ((A, 1), (B, -1)):
        played = act(pieces, options)
        mine = speaking(pieces, options.speaker, len(played))
        toward = sign * aim_deg(played) > 14
        viewer = np.abs(aim_deg(played)) < 3.5
        assert 0.5 < toward[~mine].mean() < 0.85
        assert 0.1 < viewer[~mine].mean() < 0.4
        assert 0.08 < toward[mine].mean() < 0.5
        assert viewer[mine].mean() > 0.4


def test_eyes_lead_the_head() -> None:
    pieces = alternate(12)
    played = act(pieces, A)
    eyes = np.flatnonzero(np.diff((aim_deg(played) > 14).astype(int)) > 0)
    yaw = played.head[:, 0]
    assert len(eyes) >= 6
    late = [int(np.argmax(yaw[n : n + 40] > yaw[n] + 2)) for n in eyes if yaw[n : n + 40].max() > yaw[n] + 2]
    assert len(late) >= 5
    assert min(late) >= 2
    assert yaw.max() < 10


def test_listeners_nod_and_blink_at_the_ends_of_phrases() -> None:
    pieces = [turn("B", 60)]
    played = act(pieces, replace(A, style="presenter"))
    pitch = played.head[:, 1] - np.convolve(played.head[:, 1], np.ones(45) / 45, "same")
    nods = np.flatnonzero((pitch[1:-1] < pitch[:-2]) & (pitch[1:-1] <= pitch[2:]) & (pitch[1:-1] < -0.8)) / 30
    assert 4 <= len(nods) <= 24
    ends_s = [
        a.end_s for a, b in zip(pieces[0].phones, pieces[0].phones[1:], strict=False) if b.start_s - a.end_s > 0.3
    ]
    assert np.median([min(t - e for e in ends_s if t > e) for t in nods if t > ends_s[0]]) < 0.9
    talkative, listening = (
        np.sum(np.diff((act(pieces, o).curve("eyeBlinkLeft") > 0.5).astype(int)) > 0) for o in (B, A)
    )
    assert 12 < talkative < 32 and 14 < listening < 40


def test_faces_that_listen_together_are_not_twins_but_always_the_same() -> None:
    pieces = alternate(4)
    c, d = (PerformOptions(speaker=name, partners={"A": (-20.0, 0.0), "B": (20.0, 0.0)}) for name in "CD")
    assert np.abs(act(pieces, c).head - act(pieces, d).head).max() > 1
    np.testing.assert_array_equal(act(pieces, c).curves, act(pieces, c).curves)
    assert not act(pieces, c).curve("lipGap").any()


def test_whose_place_is_unknown_is_not_looked_at() -> None:
    pieces = alternate(6)
    played = act(pieces, PerformOptions(speaker="A", partners={"Z": (25.0, 0.0)}))
    mine = speaking(pieces, "A", len(played))
    assert np.abs(aim_deg(played)[~mine]).max() < 25


def test_an_unnamed_speaker_is_heard_by_listeners() -> None:
    plain = speech(" ".join(["t ˈɑ n ə _:0.5"] * 20))
    played = act(plain, PerformOptions(speaker="listener", partners={"": (25.0, 0.0)}))
    assert not played.curve("lipGap").any()
    assert (aim_deg(played) > 14).mean() > 0.3


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("options", [A, B, PerformOptions(), PerformOptions(speaker="C", partners={"A": (9, 0)})])
def test_cutting_changes_nothing(seed: int, options: PerformOptions) -> None:
    pieces = dialogue(7, seed)
    options = replace(options, seed=seed, style="lively", expression="happy")
    reference = act(pieces, options)
    played = act([part for piece in pieces for part in cut_up(piece)], options)
    np.testing.assert_array_equal(played.curves, reference.curves)
    np.testing.assert_array_equal(played.head, reference.head)


def test_all_faces_get_frames_at_the_same_time() -> None:
    pieces = dialogue(4)
    streams = [[len(part) for part in perform(iter(pieces), options)] for options in (A, B, PerformOptions())]
    assert streams[0] == streams[1] == streams[2]


def test_directions_are_for_who_is_named() -> None:
    pieces = [spoken_by(piece, speaker) for piece, speaker in zip(dialogue(6, 3), "ABABAB", strict=True)]
    bare = [replace(p, directions=()) if p.speakers[0].speaker == "B" else p for p in pieces]
    np.testing.assert_array_equal(act(pieces, A).curves, act(bare, A).curves)
    assert (act(pieces, B).curves != act(bare, B).curves).any()


@pytest.mark.parametrize("aim", [(12.0, 0.0), (-12.0, 6.0), (0.0, 0.0)])
def test_a_gaze_can_be_fixed(aim: tuple[float, float]) -> None:
    played = act(alternate(4), PerformOptions(gaze=aim))
    up = 30 * (played.curve("eyeLookUpLeft") - played.curve("eyeLookDownLeft")) + played.head[:, 1]
    across = aim_deg(played)[45:-30]
    assert np.abs(across - aim[0]).max() < 1.5
    assert np.abs(up[45:-30] - aim[1]).max() < 1.5
    assert across.std() > 0.05
    if aim[0]:
        assert 0.15 < played.head[45:-30, 0].mean() / aim[0] < 0.6
