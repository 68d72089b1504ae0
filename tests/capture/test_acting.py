from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import pytest
from tests.capture.acted import Act, landmarks, talking

from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.capture import ActOptions, FaceActor, Sighting
from phonoscope.capture.acting import FRAMES_AT_A_TIME
from phonoscope.capture.calibration import find_neutral
from phonoscope.core.performance import CHANNEL, Performance

FPS = Fraction(25)


def act(acts: Sequence[Act | None], fps: Fraction = FPS, rests: bool = True) -> Performance:
    """Return the whole performance of a face that is filmed at 25 frames a second."""
    seen = [landmarks(one) for one in acts if one is not None]
    actor = FaceActor(find_neutral(seen, np.array(canonical_face())), ActOptions(fps, 0.04, rests))
    pieces = list(actor.act(sightings(acts)))
    assert [piece.first_frame for piece in pieces] == [FRAMES_AT_A_TIME * n for n in range(len(pieces))]
    return Performance(fps, np.concatenate([p.curves for p in pieces]), np.concatenate([p.head for p in pieces]))


def sightings(acts: Sequence[Act | None]) -> Iterator[Sighting]:
    for number, one in enumerate(acts):
        yield Sighting(number / 25, None if one is None else landmarks(one))


def test_the_avatar_opens_and_shuts_its_lips_as_the_person_does(rng: np.random.Generator) -> None:
    acts = [Act()] * 20 + list(talking(150, rng))
    gaps = np.array([one.gap for one in acts])
    performance = act(acts)
    assert len(performance) == 170
    assert np.corrcoef(performance.curve("lipGap"), gaps)[0, 1] > 0.98
    assert performance.curve("lipGap")[gaps < 0.001].max() < 0.001
    assert performance.curve("lipGap").max() == pytest.approx(0.08, abs=0.012)


def test_a_single_shut_frame_is_shut() -> None:
    gaps = [0.0] * 20 + [0.05] * 10 + [0.0, 0.0] + [0.05] * 10
    shown = act([Act(gap=gap) for gap in gaps]).curve("lipGap")
    assert shown[30:32].min() < 0.002
    assert shown[29] > 0.045
    assert shown[33] > 0.045


def test_the_head_turns_as_the_person_does_and_calmly(rng: np.random.Generator) -> None:
    yaw = 8 * np.sin(np.arange(150) / 12)
    noisy = yaw + rng.normal(0, 0.3, 150)
    head = act([Act(head=(float(y), 0.0, 0.0)) for y in noisy]).head
    turned = head[:, 0] - head[:, 0].mean() + yaw.mean()
    assert np.abs(turned - yaw)[10:].mean() < 0.8
    assert np.abs(np.diff(head[10:, 0], 2)).std() < 0.6 * np.abs(np.diff(noisy[10:], 2)).std()


def test_somebody_who_has_moved_aside_comes_back_to_the_middle() -> None:
    acts = [Act()] * 50 + [Act(place=(92.0, 60.0))] * 600
    x = act(acts).head[:, 3]
    assert x[55:65].max() > 0.1
    assert abs(x[-1]) < 0.02


def test_a_mouth_that_is_shut_and_still_is_the_photographed_one() -> None:
    acts = [Act()] * 40 + [Act(gap=0.05)] * 40 + [Act()] * 60
    rest = act(acts).curve("mouthRest")
    assert rest[:38].min() == 1
    assert rest[41:80].max() == 0
    assert rest[-1] == 1
    assert act(acts, rests=False).curve("mouthRest").max() == 0


def test_out_of_sight_it_holds_then_rests_then_goes_on() -> None:
    speaking = [Act()] * 20 + [Act(gap=0.05)] * 20
    performance = act([*speaking, *[None] * 40, *[Act(gap=0.05)] * 20])
    gap = performance.curve("lipGap")
    assert gap[42:46] == pytest.approx([0.05] * 4, abs=0.003)
    assert gap[70:78].max() == 0
    assert gap[-1] == pytest.approx(0.05, abs=0.003)
    assert np.abs(np.diff(gap[40:])).max() < 0.02


def test_eyes_look_where_they_did_while_they_blink() -> None:
    acts = [Act()] * 20 + [Act(lids=(0.05, 0.05), look=(0.2, 0.2))] * 4 + [Act()] * 20
    performance = act(acts)
    assert performance.curve("eyeBlinkLeft")[20:24].max() > 0.9
    looks = [column for name, column in CHANNEL.items() if name.startswith("eyeLook")]
    assert performance.curves[:, looks].max() < 0.05


@pytest.mark.parametrize("fps", [Fraction(30), Fraction(60), Fraction(24000, 1001), Fraction(12)])
def test_any_frame_rate_tells_the_same(fps: Fraction, rng: np.random.Generator) -> None:
    acts = [Act()] * 10 + list(talking(65, rng))
    performance, as_filmed = act(acts, fps), act(acts)
    assert len(performance) == pytest.approx(3 * float(fps), abs=1)
    times = np.arange(len(performance)) / float(fps)
    expected = np.interp(times, np.arange(75) / 25, as_filmed.curve("lipGap"))
    assert performance.curve("lipGap") == pytest.approx(expected, abs=0.006)


def test_it_acts_while_it_is_filmed() -> None:
    neutral = find_neutral([landmarks(Act())], np.array(canonical_face()))
    taken = []

    def endless() -> Iterator[Sighting]:
        for number in range(10_000):
            taken.append(number)
            yield Sighting(number / 25, landmarks(Act()))

    next(FaceActor(neutral, ActOptions(FPS)).act(endless()))
    assert len(taken) <= FRAMES_AT_A_TIME + 2
