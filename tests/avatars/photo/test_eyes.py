from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.eyes.eye_kernels import BELOW, GAP
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape, fit_lower_lid, trace_eye
from phonoscope.avatars.photo.eyes.eyeballs import find_iris, uncover_eyeball
from phonoscope.avatars.photo.eyes.eyelids import lid_area
from phonoscope.avatars.photo.eyes.eyes import Eye, build_eyes, is_at_rest, paint_eye
from phonoscope.avatars.photo.eyes.rims import find_rims
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES
from phonoscope.avatars.photo.photometry import measure_photometry
from phonoscope.avatars.photo.smooth_fill import fill_smoothly
from phonoscope.core.frames import Picture


@pytest.fixture(scope="module")
def eyes(avatar: PhotoAvatar) -> tuple[Eye, Eye]:
    return avatar.rigs[0].eyes


@pytest.fixture(scope="module")
def shape(avatar: PhotoAvatar) -> EyeShape:
    return trace_eye(avatar.rigs[0].frame, EYES[0], avatar.size_px)


def _painted(eye: Eye, blink: float = 0.0, gaze_x: float = 0.0, gaze_y: float = 0.0) -> NDArray[np.int64]:
    out = np.full(eye.photo.shape, 99, np.uint8)
    assert paint_eye(eye, blink, gaze_x, gaze_y, out) == eye.box
    return out.astype(np.int64)


def test_at_rest_an_eye_is_the_photo(eyes: tuple[Eye, Eye], portrait: Picture) -> None:
    for eye in eyes:
        np.testing.assert_array_equal(_painted(eye), portrait.rgb[eye.box.slices])
    assert is_at_rest(0, 0, 0)
    assert not is_at_rest(0.1, 0, 0)
    assert not is_at_rest(0, 0, -0.1)


def test_same_input_gives_same_pixels(eyes: tuple[Eye, Eye]) -> None:
    first = _painted(eyes[0], 0.4, 0.3, -0.2)
    _painted(eyes[0], 1.0)
    np.testing.assert_array_equal(_painted(eyes[0], 0.4, 0.3, -0.2), first)


def test_the_border_of_the_box_never_changes(eyes: tuple[Eye, Eye]) -> None:
    for eye in eyes:
        for state in ((1.0, 0.0, 0.0), (0.5, 1.0, 1.0), (0.0, -1.0, -1.0)):
            changed = (_painted(eye, *state) != eye.photo).any(-1)
            assert changed.any()
            assert not changed[[0, -1]].any()
            assert not changed[:, [0, -1]].any()


def test_a_closed_lid_covers_the_iris(eyes: tuple[Eye, Eye], avatar: PhotoAvatar) -> None:
    looks = measure_photometry(avatar.rigs[0].picture.rgb, avatar.rigs[0].frame)
    for eye, landmarks in zip(eyes, EYES, strict=True):
        x, y = np.round(avatar.rigs[0].frame.landmarks_px[landmarks.iris[0], :2]).astype(int) - (eye.box.x0, eye.box.y0)
        iris = slice(y - 2, y + 3), slice(x - 2, x + 3)
        before, after = eye.photo[iris].mean((0, 1)), _painted(eye, 1.0)[iris].mean((0, 1))
        assert before.mean() < 0.6 * looks.skin.mean()
        assert after.mean() > 0.65 * looks.skin.mean()
        hue = after / after.sum() - looks.skin / looks.skin.sum()
        assert np.abs(hue).max() < 0.05


def test_lids_close_steadily(eyes: tuple[Eye, Eye]) -> None:
    eye = eyes[0]
    frames = [_painted(eye, blink) for blink in (0.0, 0.25, 0.5, 0.75, 1.0)]
    left_open = [(np.abs(frame - frames[-1]).sum(-1) > 60).sum() for frame in frames]
    assert all(later < earlier for earlier, later in pairwise(left_open))
    assert np.abs(_painted(eye, 0.012) - eye.photo).mean() < 1.0


@pytest.mark.parametrize(("gaze", "axis"), [((1.0, 0.0), 0), ((0.0, 1.0), 1)])
def test_the_iris_follows_the_gaze(eyes: tuple[Eye, Eye], gaze: tuple[float, float], axis: int) -> None:
    for eye in eyes:
        middle = []
        # The lower half only: looking down, the upper lid comes along.
        seen = (eye.mobile[..., 0] > 0.5) & (eye.lines[..., BELOW] > 0.3 * axis * eye.lines[..., GAP])
        for sign in (-1, 1):
            grey = _painted(eye, 0.0, sign * gaze[0], sign * gaze[1]).mean(-1)
            dark = np.clip(np.percentile(eye.photo.mean(-1), 20) - grey, 0, None) * seen
            places = np.indices(grey.shape)[1 - axis]
            middle.append(float((dark * places).sum() / dark.sum()))
        assert middle[1] > middle[0] + 0.4


def test_lids_stay_where_they_are_when_the_eye_looks(eyes: tuple[Eye, Eye]) -> None:
    for eye in eyes:
        lids = eye.mobile[..., 0] == 0
        assert lids.mean() > 0.5
        np.testing.assert_array_equal(_painted(eye, 0.0, 1.0, -1.0)[lids], eye.photo[lids])


def test_an_eyeball_keeps_what_is_seen(shape: EyeShape, portrait: Picture) -> None:
    photo = portrait.rgb[shape.box.slices]
    iris = find_iris(photo, shape)
    assert iris is not None
    assert np.hypot(*(iris[0] - shape.iris_px)) < shape.iris_radius_px
    eyeball = uncover_eyeball(photo, shape, iris)
    deep = (shape.inside_px() > 0.3 * shape.opening_px) & (np.abs(shape.along - 0.5) < 0.3)
    assert deep.sum() > 20
    np.testing.assert_array_equal(eyeball[deep], photo[deep])


def test_the_upper_lid_follows_a_look_down(eyes: tuple[Eye, Eye]) -> None:
    for eye in eyes:
        above = (eye.lines[..., BELOW] < 0) & (eye.lid.astype(int) != eye.photo).any(-1)
        changed = (_painted(eye, 0.0, 0.0, 1.0) != eye.photo).any(-1)
        assert changed[above].mean() > 0.3


def test_a_closed_eye_shows_a_dark_line(eyes: tuple[Eye, Eye]) -> None:
    for eye in eyes:
        gap = eye.lines[..., GAP]
        wide = gap > 0.8 * gap.max()
        line = wide & (np.abs(eye.lines[..., BELOW] - 0.9 * gap) < 1)
        lid = wide & (np.abs(eye.lines[..., BELOW] - 0.4 * gap) < 1)
        closed = _painted(eye, 1.0).mean(-1)
        assert closed[line].mean() < 0.7 * closed[lid].mean()


def test_a_drawn_eye_that_goes_on_below_the_landmarks_is_followed(shape: EyeShape) -> None:
    depth = (shape.below_upper - shape.gap) / shape.opening_px
    for end in (0.0, 0.1):
        drawn = np.where((depth < end)[..., None], np.uint8(40), np.uint8(190)) * np.ones(3, np.uint8)
        fitted = fit_lower_lid(drawn.astype(np.uint8), shape)
        assert (fitted.gap - shape.gap).max() / shape.opening_px == pytest.approx(end, abs=0.045)


def _with_rim(rgb: NDArray[np.uint8], shape: EyeShape) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """Draw a thin dark rim along the lid, half an opening above it, out of the box at both sides."""
    rim = np.zeros(rgb.shape[:2], np.uint8)
    height = -0.38 * shape.opening_px - shape.below_upper
    rim[np.abs(height) < 1.2] = 1
    drawn = np.where(rim[..., None] > 0, np.uint8(25), rgb).astype(np.uint8)
    return drawn, rim > 0


def test_rims_of_glasses_stay_in_front_of_the_lid(avatar: PhotoAvatar, shape: EyeShape, portrait: Picture) -> None:
    rgb = np.asarray(cv2.GaussianBlur(portrait.rgb, (0, 0), 1.5), np.uint8).copy()
    box = rgb[shape.box.slices]
    area = lid_area(shape)
    drawn, rim = _with_rim(box, shape)
    found = find_rims(drawn, shape, area)
    assert found[rim & area].mean() > 0.7
    assert found[shape.inside_px() > 0].max() < 0.3
    rgb[shape.box.slices] = drawn
    eye = build_eyes(rgb, avatar.rigs[0].frame, measure_photometry(rgb, avatar.rigs[0].frame))[0]
    assert _painted(eye, 1.0)[rim & area].mean() < 60


def test_without_glasses_there_are_no_rims(shape: EyeShape, portrait: Picture) -> None:
    assert find_rims(portrait.rgb[shape.box.slices], shape, lid_area(shape)).max() == 0


def test_hatching_is_no_rim(shape: EyeShape) -> None:
    paper = np.full((shape.box.height, shape.box.width, 3), 220, np.uint8)
    rows, columns = np.indices(paper.shape[:2])
    paper[((rows + columns) % 9 < 2) | ((rows - columns) % 9 < 2)] = 60
    assert find_rims(paper, shape, lid_area(shape)).max() == 0


def test_fill_is_the_smoothest_surface() -> None:
    x, y = np.meshgrid(np.arange(20.0), np.arange(16.0))
    plane = np.stack([x, y, 2 * x - y], -1)
    hole = np.zeros(x.shape, bool)
    hole[3:12, 4:15] = True
    broken = np.where(hole[..., None], 1e3, plane)
    np.testing.assert_allclose(fill_smoothly(broken, hole), plane[hole], atol=1e-6)


def test_eyes_at_the_border_of_the_picture(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    left, top = np.round(frame.landmarks_px[EYES[0].iris[0], :2]).astype(int)
    cut = np.ascontiguousarray(portrait.rgb[top:, left:])
    moved = replace(frame, landmarks_px=frame.landmarks_px - np.array([left, top, 0]))
    for eye in build_eyes(cut, moved, measure_photometry(cut, moved)):
        assert 0 <= eye.box.x0 < eye.box.x1 <= cut.shape[1]
        assert 0 <= eye.box.y0 < eye.box.y1 <= cut.shape[0]
        np.testing.assert_array_equal(_painted(eye), cut[eye.box.slices])
        _painted(eye, 1.0, 1.0, -1.0)


def test_narrow_eyes_blink_too(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame: FaceFrame = avatar.rigs[0].frame
    points = frame.landmarks_px.copy()
    for eye in EYES:
        points[list(eye.lower_lid)] = points[list(eye.upper_lid)]
    narrow = replace(frame, landmarks_px=points)
    for built in build_eyes(portrait.rgb, narrow, measure_photometry(portrait.rgb, narrow)):
        assert np.isfinite(built.lid).all()
        _painted(built, 0.5, 0.5, 0.5)


def test_the_eyes_of_a_statue_do_not_look(avatar: PhotoAvatar, portrait: Picture) -> None:
    marble = np.full_like(portrait.rgb, 150)
    eye = build_eyes(marble, avatar.rigs[0].frame, measure_photometry(marble, avatar.rigs[0].frame))[0]
    np.testing.assert_array_equal(_painted(eye, 0.0, 1.0, 1.0), marble[eye.box.slices])
