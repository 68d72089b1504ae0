from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.capture.acted import Act, landmarks

from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.capture import facing_alike
from phonoscope.capture.calibration import Neutral, deviations, find_neutral
from phonoscope.capture.features import COLUMN, measure_features
from phonoscope.capture.head_fit import fit_head, head_movement

Head = tuple[float, float, float]

USUAL: Head = (4.0, -3.0, 1.0)


def rest_of(head: Head) -> Neutral:
    return find_neutral([landmarks(Act(head=head))] * 10, np.array(canonical_face()))


def alike(pictured: Head, mirrored: bool = False, usual: Head = USUAL) -> Neutral:
    return facing_alike(rest_of(usual), landmarks(Act(head=pictured)), np.array(canonical_face()), mirrored)


def moved(neutral: Neutral, head: Head) -> NDArray[np.float64]:
    """Return yaw, pitch and roll of the avatar while the person's head is held so."""
    fit = fit_head(neutral.shape, landmarks(Act(head=head)))
    return head_movement(fit, neutral.head, neutral.shape)[:3]


def looks(neutral: Neutral, act: Act) -> tuple[float, float]:
    """Return where the avatar's eyes look: to the picture's right and down, over their width."""
    face = fit_head(neutral.shape, landmarks(act)).into_face(landmarks(act))
    offset = deviations(neutral, measure_features(face))
    return float(offset[COLUMN["look_x_left"]]), float(offset[COLUMN["look_y_right"]])


def test_the_avatar_faces_the_same_way_as_the_actor() -> None:
    neutral = alike(pictured=(-1.0, 0.0, 0.0))
    assert moved(neutral, (-1.0, 0.0, 0.0)) == pytest.approx(np.zeros(3), abs=0.1)
    assert moved(neutral, USUAL) == pytest.approx(np.array([5.0, -3.0, 1.0]), abs=0.2)


def test_a_webcam_from_below_does_not_tip_the_avatar() -> None:
    neutral = alike(pictured=(0.0, 0.0, 0.0), usual=(0.0, 14.0, 0.0))
    assert moved(neutral, (0.0, 14.0, 0.0)) == pytest.approx(np.zeros(3), abs=0.1)


def test_there_is_no_leap_between_the_two() -> None:
    tipped = [moved(alike((0, 0, 0), usual=(0, pitch, 0)), (0, pitch, 0))[1] for pitch in np.arange(5, 12, 0.25)]
    assert tipped[0] == pytest.approx(5, abs=0.1)
    assert tipped[-1] == pytest.approx(0, abs=0.1)
    assert np.abs(np.diff(tipped)).max() < 1


def test_a_mirrored_actor_faces_the_other_way() -> None:
    neutral = alike(pictured=(-4.0, -3.0, -1.0), mirrored=True)
    assert moved(neutral, USUAL) == pytest.approx(np.zeros(3), abs=0.1)


def test_eyes_that_look_at_the_camera_still_do() -> None:
    neutral = alike(pictured=(0.0, 0.0, 0.0), usual=(5.0, -3.0, 0.0))
    # Turned to the right and down, the eyes look back to the left and up; straight ahead they are as photographed.
    x, y = looks(neutral, Act(head=(5.0, -3.0, 0.0)))
    assert x == pytest.approx(-np.sin(np.radians(5)) / 2.5, abs=0.003)
    assert y == pytest.approx(-np.sin(np.radians(3)) / 2.5, abs=0.003)
    back = Act(look=(np.sin(np.radians(5)) / 2.5, np.sin(np.radians(3)) / 2.5))
    assert looks(neutral, back) == pytest.approx((0, 0), abs=0.004)
