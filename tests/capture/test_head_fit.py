from __future__ import annotations

import numpy as np
import pytest
from tests.capture.acted import Act, landmarks

from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.avatars.photo.motion.head import turn_matrix
from phonoscope.capture.head_fit import HeadFit, fit_head, head_movement, middle_fit, turn_angles_deg
from phonoscope.capture.landmarks import RIGID


@pytest.mark.parametrize("angles", [(0, 0, 0), (12, 0, 0), (0, -9, 0), (0, 0, 20), (25, -14, 33), (-40, 20, -5)])
def test_angles_are_those_that_avatars_turn_by(angles: tuple[float, float, float]) -> None:
    assert turn_angles_deg(turn_matrix(*angles)) == pytest.approx(angles, abs=1e-9)


@pytest.mark.parametrize("angles", [(8, 0, 0), (0, 6, 0), (0, 0, 7), (-10, 5, -4)])
def test_a_fit_finds_a_turned_head(angles: tuple[float, float, float]) -> None:
    fit = fit_head(np.array(canonical_face()), landmarks(Act(head=angles, size_px=143.0, place=(33.0, 21.0))))
    assert turn_angles_deg(fit.rotation) == pytest.approx(angles, abs=0.01)
    assert fit.scale_px == pytest.approx(143, rel=1e-3)
    assert fit.place_px[:2] == pytest.approx((33, 21), abs=0.05)


def test_signs_agree_with_those_of_photographed_faces() -> None:
    for angles in ((8.0, 0.0, 0.0), (0.0, 8.0, 0.0), (0.0, 0.0, 8.0)):
        points = landmarks(Act(head=angles))
        still = np.array(head_angles_deg(measure_face_frame(landmarks(Act()))))
        assert np.array(head_angles_deg(measure_face_frame(points))) - still == pytest.approx(angles, abs=0.5)
        assert turn_angles_deg(fit_head(np.array(canonical_face()), points).rotation) == pytest.approx(angles, abs=0.05)


def test_a_hand_before_the_face_does_not_turn_the_head(rng: np.random.Generator) -> None:
    points = landmarks(Act(head=(6.0, -3.0, 2.0), size_px=100.0))
    hidden = list(RIGID[:5])
    points[hidden] += rng.normal(15, 4, (5, 3))
    fit = fit_head(np.array(canonical_face()), points)
    assert turn_angles_deg(fit.rotation) == pytest.approx((6, -3, 2), abs=1.5)


def test_lips_and_jaw_do_not_nod_the_head() -> None:
    fit = fit_head(np.array(canonical_face()), landmarks(Act(gap=0.15, corner_up=(0.04, 0.04), brows=0.04)))
    assert turn_angles_deg(fit.rotation) == pytest.approx((0, 0, 0), abs=1e-6)


def test_a_movement_is_told_from_rest_in_face_heights() -> None:
    shape = np.array(canonical_face())
    rest = fit_head(shape, landmarks(Act(size_px=80.0)))
    moved = fit_head(shape, landmarks(Act(size_px=80.0, place=(88.0, 56.0))))
    assert head_movement(moved, rest, shape) == pytest.approx((0, 0, 0, 0.1, -0.05), abs=1e-3)
    turned = fit_head(shape, landmarks(Act(head=(9.0, 2.0, 0.0), size_px=80.0)))
    aside = fit_head(shape, landmarks(Act(head=(5.0, 2.0, 0.0), size_px=80.0)))
    assert head_movement(turned, aside, shape)[:3] == pytest.approx((4, 0, 0), abs=0.3)


def test_a_head_that_only_turns_keeps_the_top_of_its_spine() -> None:
    shape = np.array(canonical_face())
    pivot = shape[[234, 454]].mean(0) + np.array([0, 0.10, 0.02])
    turn = turn_matrix(10, 5, 3)
    still, turned = HeadFit(50.0, np.eye(3), np.zeros(3)), HeadFit(50.0, turn, 50.0 * (pivot - turn @ pivot))
    assert head_movement(turned, still, shape)[3:] == pytest.approx((0, 0), abs=1e-9)


def test_the_middle_of_fits_is_a_rotation() -> None:
    shape = np.array(canonical_face())
    fits = [fit_head(shape, landmarks(Act(head=(yaw, 0, 0)))) for yaw in (-8.0, 2.0, 3.0, 4.0, 30.0)]
    middle = middle_fit(fits)
    assert middle.rotation @ middle.rotation.T == pytest.approx(np.eye(3), abs=1e-9)
    assert turn_angles_deg(middle.rotation)[0] == pytest.approx(3, abs=0.3)
