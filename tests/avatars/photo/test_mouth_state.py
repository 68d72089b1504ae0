from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.finding.face_frame import FaceFrame, measure_face_frame
from phonoscope.avatars.photo.finding.faces import find_faces
from phonoscope.avatars.photo.finding.landmarks import (
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
)
from phonoscope.avatars.photo.lips.mouth_state import CLOSED_GAP, mouth_state
from phonoscope.core.frames import Picture
from phonoscope.core.performance import pose

Pixels = NDArray[np.uint8]


def grey(rgb: Pixels) -> Pixels:
    return np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, 2).astype(np.uint8)


def found_frame(rgb: Pixels) -> FaceFrame:
    (face,) = find_faces(Picture(np.ascontiguousarray(rgb)))
    return measure_face_frame(face.landmarks_px)


def dark_lipstick(rgb: Pixels, frame: FaceFrame) -> Pixels:
    """Return the face with lips of a third of their light, teeth and opening as they were."""
    outer = frame.landmarks_px[[*OUTER_UPPER_LIP, *OUTER_LOWER_LIP[::-1]], :2]
    inner = frame.landmarks_px[[*INNER_UPPER_LIP, *INNER_LOWER_LIP[::-1]], :2]
    mask, hole = np.zeros(rgb.shape[:2], np.float32), np.zeros(rgb.shape[:2], np.float32)
    cv2.fillPoly(mask, [outer.astype(np.int32)], (1.0,))
    cv2.fillPoly(hole, [inner.astype(np.int32)], (1.0,))
    lips = cv2.GaussianBlur(np.clip(mask - hole, 0, 1), (0, 0), 0.008 * frame.height_px)[..., None]
    return np.asarray(rgb * (1 - lips) + rgb * np.array([0.5, 0.2, 0.25]) * lips, np.uint8)


@pytest.fixture(scope="module")
def shut(avatar: PhotoAvatar) -> Pixels:
    return avatar.draw(pose(lipGap=0.0, jawOpen=0.0))[..., :3]


@pytest.fixture(scope="module")
def agape(avatar: PhotoAvatar) -> Pixels:
    return avatar.draw(pose(lipGap=0.07, jawOpen=0.5))[..., :3]


def test_a_smile_shows_teeth(portrait: Picture) -> None:
    state = mouth_state(portrait.rgb, found_frame(portrait.rgb))
    assert state.look == "teeth"
    assert 0.02 < state.opening < 0.09
    assert not state.corrects_landmarks


@pytest.mark.parametrize("in_grey", [False, True])
def test_shut_and_open_mouths(shut: Pixels, agape: Pixels, in_grey: bool) -> None:
    for rgb, is_open in ((shut, False), (agape, True)):
        seen = grey(rgb) if in_grey else np.ascontiguousarray(rgb)
        state = mouth_state(seen, found_frame(seen))
        assert state.is_open is is_open, state
        assert (state.opening > 0) is is_open


def test_teeth_between_dark_grey_lips_that_landmarks_miss(portrait: Picture) -> None:
    """Landmarks that see closed lips, over a picture with a row of teeth."""
    frame = found_frame(portrait.rgb)
    rgb = grey(dark_lipstick(portrait.rgb, frame))
    wrong = frame.landmarks_px.copy()
    for upper, lower in zip(INNER_UPPER_LIP, INNER_LOWER_LIP, strict=True):
        wrong[[upper, lower]] = 0.5 * (wrong[upper] + wrong[lower])
    state = mouth_state(rgb, measure_face_frame(wrong))
    assert state.landmark_gap < CLOSED_GAP
    assert state.look == "teeth"
    assert state.corrects_landmarks
    truth = mouth_state(portrait.rgb, frame)
    assert state.opening == pytest.approx(truth.opening, abs=0.02)
    assert state.top == pytest.approx(truth.top, abs=0.012)


def test_dark_closed_lips_that_landmarks_take_for_a_hole(shut: Pixels) -> None:
    frame = found_frame(np.ascontiguousarray(shut))
    rgb = grey(dark_lipstick(shut, frame))
    wrong = frame.landmarks_px.copy()
    down = 0.025 * (wrong[152] - wrong[10])
    for upper, lower in zip(INNER_UPPER_LIP[2:-2], INNER_LOWER_LIP[2:-2], strict=True):
        wrong[upper], wrong[lower] = wrong[upper] - down, wrong[lower] + down
    # The lips themselves must be dark where the landmarks see a hole.
    lips = wrong[[*OUTER_UPPER_LIP, *OUTER_LOWER_LIP[::-1]], :2].astype(np.int32)
    cv2.fillPoly(rgb, [lips], (34, 34, 34))
    state = mouth_state(rgb, measure_face_frame(wrong))
    assert state.landmark_gap > CLOSED_GAP
    assert state.look == "closed"
    assert state.corrects_landmarks


def test_a_glossy_lip_is_no_row_of_teeth(shut: Pixels) -> None:
    """Lipstick shines nearly white all along the top of the lower lip; landmarks see closed lips, rightly."""
    rgb = np.ascontiguousarray(shut)
    frame = found_frame(rgb)
    marks = frame.landmarks_px[:, :2]
    outer = marks[[*OUTER_UPPER_LIP, *OUTER_LOWER_LIP[::-1]]]
    low = np.array([0.55 * marks[i] + 0.45 * marks[o] for i, o in zip(INNER_LOWER_LIP, OUTER_LOWER_LIP, strict=True)])
    high = marks[list(INNER_LOWER_LIP)]
    painted = _painted(rgb, outer, (150, 30, 70), 0.9, frame)
    glossy = _painted(painted, np.concatenate([high, low[::-1]]), (248, 205, 222), 1.0, frame)
    state = mouth_state(glossy, frame)
    assert state.look == "closed", state


def _painted(
    rgb: Pixels, outline: NDArray[np.float64], colour: tuple[int, int, int], share: float, frame: FaceFrame
) -> Pixels:
    mask = np.zeros(rgb.shape[:2], np.float32)
    cv2.fillPoly(mask, [np.round(outline).astype(np.int32)], (share,))
    soft = cv2.GaussianBlur(mask, (0, 0), 0.004 * frame.height_px)[..., None]
    return np.asarray(rgb * (1 - soft) + np.array(colour) * soft, np.uint8)
