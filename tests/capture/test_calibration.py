from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.capture.acted import Act, FakeTracker, MarkedTracker, film, landmarks, marked, talking

from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.capture import Calibration, calibrate, held_straight
from phonoscope.capture.calibration import deviations, find_neutral
from phonoscope.capture.features import COLUMN, measure_features
from phonoscope.capture.head_fit import fit_head, turn_angles_deg
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.media.video_file import TimedPicture


def known(acts: list[list[Act]], number: int | None = None, turns: int = 0) -> Calibration:
    tracker = FakeTracker(acts)
    return calibrate(looker(len(acts), turns), tracker, np.array(canonical_face()), number, "'me.mp4'")


def looker(count: int, turns: int = 0) -> Callable[[int], Iterable[TimedPicture]]:
    pictures = [TimedPicture(p.time_s, np.rot90(p.rgb, turns)) for p in film(count)]
    return lambda _: iter(pictures)


def moved_by(act: Act, seen: list[Act], name: str) -> float:
    """Return how far a feature of a face is from rest, calibrated to what was seen."""
    neutral = find_neutral([landmarks(one) for one in seen], np.array(canonical_face()))
    points = landmarks(act)
    features = measure_features(fit_head(neutral.shape, points).into_face(points))
    return float(deviations(neutral, features)[COLUMN[name]])


def test_shut_lips_are_shut_though_the_person_always_talks(rng: np.random.Generator) -> None:
    seen = list(talking(120, rng))
    assert abs(moved_by(Act(gap=0.0), seen, "gap")) < 0.008
    assert moved_by(Act(gap=0.06), seen, "gap") == pytest.approx(0.06, abs=0.008)


def test_a_mouth_that_never_shuts_is_not_taken_for_shut(rng: np.random.Generator) -> None:
    seen = list(talking(120, rng, least=0.05))
    assert moved_by(Act(gap=0.06), seen, "gap") > 0.03


def test_what_a_face_is_like_at_rest_is_no_expression(rng: np.random.Generator) -> None:
    own = Act(corner_up=(0.02, 0.02), brows=0.015)
    seen = [own] * 40 + [replace(own, gap=0.05)] * 40
    for name in ("corner_up_left", "brow_inner_left", "brow_outer_right"):
        assert abs(moved_by(own, seen, name)) < 0.002
    assert moved_by(Act(), seen, "corner_up_left") == pytest.approx(-0.02, abs=0.003)


def test_pulled_faces_are_not_taken_for_rest(rng: np.random.Generator) -> None:
    pulled = [Act(brows=b, corner_up=(c, -c)) for b, c in rng.uniform(-0.03, 0.03, (60, 2)).tolist()]
    seen = [Act()] * 50 + pulled
    assert abs(moved_by(Act(), seen, "brow_inner_left")) < 0.003
    assert abs(moved_by(Act(), seen, "corner_up_left")) < 0.003


def test_blinks_are_no_rest_and_tell_how_far_lids_shut() -> None:
    blinking = find_neutral(
        [landmarks(Act(lids=(0.05, 0.05)))] * 8 + [landmarks(Act())] * 30, np.array(canonical_face())
    )
    awake = find_neutral([landmarks(Act())] * 30, np.array(canonical_face()))
    assert blinking.features[COLUMN["open_left"]] == pytest.approx(awake.features[COLUMN["open_left"]], rel=0.02)
    assert 0.1 < blinking.lid_shut < 0.45


def test_the_head_is_straight_as_it_is_held_at_rest() -> None:
    acts = [Act(head=(6.0, -4.0, 2.0))] * 30 + [Act(gap=0.05, head=(2.0, -4.0, 2.0))] * 40
    neutral = find_neutral([landmarks(act) for act in acts], np.array(canonical_face()))
    assert turn_angles_deg(neutral.head.rotation) == pytest.approx((6, -4, 2), abs=0.5)


def test_a_script_on_the_table_is_not_straight_ahead() -> None:
    acts = [Act(head=(0.0, -25.0, 0.0))] * 20 + [Act(gap=0.05)] * 60
    neutral = find_neutral([landmarks(act) for act in acts], np.array(canonical_face()))
    assert turn_angles_deg(neutral.head.rotation)[1] == pytest.approx(0, abs=3)


def test_the_head_can_be_straight_at_a_moment() -> None:
    acts = [[Act()]] * 30 + [[Act(head=(9.0, 0.0, 0.0))]] * 3
    pictures = list(looker(len(acts))(0))
    tracker = FakeTracker(acts)
    straight = held_straight(known(acts), pictures[30:], tracker)
    assert turn_angles_deg(straight.neutral.head.rotation)[0] == pytest.approx(9, abs=0.3)
    with pytest.raises(MediaError, match="shows no face where"):
        held_straight(known(acts), pictures[:2], FakeTracker([[]] * 40))


def test_one_frame_is_enough() -> None:
    found = known([[Act(gap=0.05)]])
    assert found.faces == found.number == 1
    assert found.seen == 1


def test_a_video_without_a_face_is_refused() -> None:
    with pytest.raises(MediaError, match=r"'me.mp4' shows no face"):
        known([[]] * 10)


def test_a_face_in_a_part_of_the_video_is_enough() -> None:
    assert known([[]] * 14 + [[Act()]] * 6).seen == pytest.approx(0.3)


def among(acts: list[list[Act]], number: int | None = None) -> Calibration:
    return calibrate(lambda _: marked(acts), MarkedTracker(acts), np.array(canonical_face()), number, "'me.mp4'")


LARGE, SMALL = Act(place=(110.0, 60.0), size_px=50.0), Act(place=(35.0, 60.0), size_px=30.0)


def test_the_largest_of_two_faces_acts() -> None:
    found = among([[SMALL, LARGE]] * 20)
    assert (found.faces, found.number) == (2, 2)
    assert found.subject.place[0] == pytest.approx(110 / 160, abs=0.05)
    assert found.subject.crowded


def test_a_face_can_be_chosen_from_the_left() -> None:
    found = among([[LARGE, SMALL]] * 20, number=1)
    assert found.number == 1
    assert found.subject.place[0] == pytest.approx(35 / 160, abs=0.05)
    with pytest.raises(UsageError, match="no face 3: the video shows 2"):
        among([[SMALL, LARGE]] * 20, number=3)


def test_somebody_who_passes_by_does_not_count() -> None:
    assert among([[LARGE]] * 19 + [[SMALL, LARGE]]).faces == 1


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_video_on_its_head_or_side_is_set_upright(turns: int) -> None:
    found = known([[Act()]] * 10, turns=turns)
    assert found.subject.turns == -turns % 4


def test_a_video_on_its_side_is_set_upright_though_half_its_faces_are_seen_as_they_lie() -> None:
    class Lenient(FakeTracker):
        def _seen(self, rgb: NDArray[np.uint8]) -> Sequence[Act]:
            return super()._seen(np.rot90(rgb, 1) if rgb[60, 80, 0] % 2 and not (rgb[:4, :, 2] == 255).all() else rgb)

    lying = [TimedPicture(p.time_s, np.rot90(p.rgb, 3)) for p in film(12)]
    found = calibrate(lambda _: lying, Lenient([[Act()]] * 12), np.array(canonical_face()))
    assert found.subject.turns == 1
