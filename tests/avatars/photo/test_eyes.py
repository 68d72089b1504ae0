from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar, RigOptions, rig_photo
from phonoscope.avatars.photo.eyes.bare_skin import find_bare_skin
from phonoscope.avatars.photo.eyes.eye_kernels import BELOW, GAP
from phonoscope.avatars.photo.eyes.eye_shape import EyeShape, trace_eye
from phonoscope.avatars.photo.eyes.eyeballs import Eyeball, build_eyeball
from phonoscope.avatars.photo.eyes.eyelids import lid_area
from phonoscope.avatars.photo.eyes.eyes import Eye, build_eyes, paint_eye
from phonoscope.avatars.photo.eyes.iris import find_iris
from phonoscope.avatars.photo.eyes.membrane import fill_membrane
from phonoscope.avatars.photo.eyes.outline import fit_outline
from phonoscope.avatars.photo.eyes.rims import find_rims
from phonoscope.avatars.photo.eyes.state import EyeState, read_eye_states
from phonoscope.avatars.photo.finding.face_frame import FaceFrame
from phonoscope.avatars.photo.finding.landmarks import EYES
from phonoscope.avatars.photo.motion.controls import read_controls
from phonoscope.avatars.photo.photometry import measure_photometry
from phonoscope.core.frames import Box, Picture
from phonoscope.core.performance import pose


@pytest.fixture(scope="module")
def eyes(avatar: PhotoAvatar) -> tuple[Eye, ...]:
    return _both(avatar.rigs[0].eyes)


@pytest.fixture(scope="module")
def shape(avatar: PhotoAvatar) -> EyeShape:
    return trace_eye(avatar.rigs[0].frame, EYES[0], avatar.size_px)


def _both(eyes: tuple[Eye | None, ...]) -> tuple[Eye, ...]:
    found = tuple(eye for eye in eyes if eye is not None)
    assert len(found) == 2
    return found


def _painted(
    eye: Eye, blink: float = 0.0, gaze_x: float = 0.0, gaze_y: float = 0.0, squint: float = 0.0, wide: float = 0.0
) -> NDArray[np.int64]:
    out = np.full(eye.photo.shape, 99, np.uint8)
    assert paint_eye(eye, EyeState(blink, squint, wide, gaze_x, gaze_y), out) == eye.box
    return out.astype(np.int64)


def test_at_rest_an_eye_is_the_photo(eyes: tuple[Eye, ...], portrait: Picture) -> None:
    for eye in eyes:
        np.testing.assert_array_equal(_painted(eye), portrait.rgb[eye.box.slices])
    assert EyeState().is_at_rest
    assert not EyeState(blink=0.1).is_at_rest
    assert not EyeState(gaze_y=-0.1).is_at_rest
    assert not EyeState(wide=0.1).is_at_rest


def test_each_eye_gets_its_own_channels() -> None:
    # The person's left eye is the one at the picture's right.
    left, right = read_eye_states(read_controls(pose(eyeBlinkLeft=0.5, eyeSquintRight=0.3, eyeWideLeft=0.4)))
    assert left.blink == left.wide == right.squint == 0
    assert right.blink == pytest.approx(0.5)
    assert left.squint == pytest.approx(0.3)
    assert right.wide == pytest.approx(0.4)


def test_same_input_gives_same_pixels(eyes: tuple[Eye, ...]) -> None:
    first = _painted(eyes[0], 0.4, 0.3, -0.2)
    _painted(eyes[0], 1.0)
    np.testing.assert_array_equal(_painted(eyes[0], 0.4, 0.3, -0.2), first)


def test_the_border_of_the_box_never_changes(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        for state in ((1.0, 0.0, 0.0), (0.5, 1.0, 1.0), (0.0, -1.0, -1.0)):
            changed = (_painted(eye, *state) != eye.photo).any(-1)
            assert changed.any()
            assert not changed[[0, -1]].any()
            assert not changed[:, [0, -1]].any()


def test_a_closed_lid_covers_the_iris(eyes: tuple[Eye, ...], avatar: PhotoAvatar) -> None:
    looks = measure_photometry(avatar.rigs[0].picture.rgb, avatar.rigs[0].frame)
    for eye, landmarks in zip(eyes, EYES, strict=True):
        x, y = np.round(avatar.rigs[0].frame.landmarks_px[landmarks.iris[0], :2]).astype(int) - (eye.box.x0, eye.box.y0)
        iris = slice(y - 2, y + 3), slice(x - 2, x + 3)
        before, after = eye.photo[iris].mean((0, 1)), _painted(eye, 1.0)[iris].mean((0, 1))
        assert before.mean() < 0.6 * looks.skin.mean()
        assert after.mean() > 0.65 * looks.skin.mean()
        hue = after / after.sum() - looks.skin / looks.skin.sum()
        assert np.abs(hue).max() < 0.05


def test_lids_close_steadily(eyes: tuple[Eye, ...]) -> None:
    eye = eyes[0]
    frames = [_painted(eye, blink) for blink in (0.0, 0.25, 0.5, 0.75, 1.0)]
    left_open = [(np.abs(frame - frames[-1]).sum(-1) > 60).sum() for frame in frames]
    assert all(later < earlier for earlier, later in pairwise(left_open))
    assert np.abs(_painted(eye, 0.012) - eye.photo).mean() < 1.0


def _dark_middle(eye: Eye, grey: NDArray[np.float64], axis: int) -> float:
    assert eye.eyeball is not None
    inside = ((eye.lines[..., BELOW] > 0) & (eye.lines[..., BELOW] < eye.lines[..., GAP]))[eye.eyeball.box.slices]
    dark = np.clip(np.percentile(grey[inside], 50) - grey, 0, None) * inside
    return float((dark * np.indices(grey.shape)[1 - axis]).sum() / dark.sum())


@pytest.mark.parametrize(("gaze", "axis"), [((1.0, 0.0), 0), ((0.0, 1.0), 1)])
def test_the_iris_follows_the_gaze(eyes: tuple[Eye, ...], gaze: tuple[float, float], axis: int) -> None:
    for eye in eyes:
        ball = eye.eyeball
        assert ball is not None
        here, there = (
            _dark_middle(eye, ball.turned(sign * gaze[0], sign * gaze[1]).mean(-1), axis) for sign in (-1, 1)
        )
        assert there > here + 1.0
        assert np.hypot(*ball.look_px[:, 0]) > 0.1 * eye.sizes[0]


def test_an_iris_stays_round_and_whole(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        ball = eye.eyeball
        assert ball is not None
        disc = ball.iris[..., 3] > 127
        rows, columns = np.nonzero(disc)
        assert np.ptp(rows) == pytest.approx(np.ptp(columns), abs=1.5)
        assert disc.sum() == pytest.approx(np.pi / 4 * (np.ptp(rows) + 1) * (np.ptp(columns) + 1), rel=0.1)


def test_a_catchlight_lags_behind_the_iris() -> None:
    size = 60
    ball = Eyeball(
        box=Box(0, 0, size, size),
        white=np.full((size, size, 3), 150, np.uint8),
        iris=np.zeros((size, size, 4), np.uint8),
        glints=np.zeros((size, size, 3), np.uint8),
        rest=np.zeros((size, size, 3), np.int16),
        centre_px=np.array([30.0, 30.0]),
        reach_px=14.0,
        look_px=6 * np.eye(2),
    )
    ball.iris[22:39, 22:39] = (40, 40, 40, 255)
    ball.glints[27:30, 27:30] = 90
    seen = ball.turned(1.0, 0.0).astype(int)
    _, columns = np.nonzero(seen[..., 0] < 60)
    assert columns.mean() == pytest.approx(36, abs=1.5)
    inside = slice(29, 44)
    assert 29 + int(np.argmax(seen[28, inside, 0])) in (30, 31, 32)


def test_lids_stay_where_they_are_when_the_eye_looks_aside(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        v, gap, opening = eye.lines[..., BELOW], eye.lines[..., GAP], eye.sizes[0]
        lids = (v < -0.08 * opening) | (v > gap + 0.08 * opening)
        np.testing.assert_array_equal(_painted(eye, 0.0, 1.0)[lids], eye.photo[lids])


def test_an_eyeball_keeps_what_is_seen(shape: EyeShape, avatar: PhotoAvatar, portrait: Picture) -> None:
    photo = portrait.rgb[shape.box.slices]
    iris = find_iris(photo, shape)
    assert iris is not None
    assert np.hypot(*(iris[0] - shape.iris_px)) < shape.iris_radius_px
    ball = build_eyeball(photo, shape, iris, measure_photometry(portrait.rgb, avatar.rigs[0].frame))
    deep = (shape.inside_px() > 0.25 * shape.opening_px) & (np.abs(shape.along - 0.5) < 0.3)
    part = ball.box.slices
    assert deep[part].sum() == deep.sum() > 20
    np.testing.assert_array_equal(ball.turned(0.0, 0.0)[deep[part]], photo[part][deep[part]])


def test_a_look_begins_at_the_photo(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        step = np.abs(_painted(eye, 0.0, 0.3) - _painted(eye, 0.0, 0.25)).mean()
        for state in ((0.0, 0.006, 0.0), (0.0, 0.0, 0.006), (0.0, 0.0, -0.006), (0.006, 0.0, 0.0)):
            assert np.abs(_painted(eye, *state) - eye.photo).mean() < 0.35 * step
        assert np.abs(_painted(eye, wide=0.006) - eye.photo).mean() < 0.35 * step


@pytest.mark.parametrize("state", [{"blink": 1.0}, {"gaze_x": 1.0}, {"gaze_y": 1.0}, {"gaze_y": -1.0}, {"wide": 1.0}])
def test_nothing_pops(eyes: tuple[Eye, ...], state: dict[str, float]) -> None:
    for eye in eyes:
        moments = [_painted(eye, **{k: v * t for k, v in state.items()}) for t in np.linspace(0, 1, 21)]
        steps = [np.abs(after - before).mean() for before, after in pairwise(moments)]
        assert max(steps) < 3 * np.median(steps)


def test_the_upper_lid_follows_a_look_down_and_up(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        v, gap = eye.lines[..., BELOW], eye.lines[..., GAP]
        under = (gap > 0.8 * gap.max()) & (v > 0) & (v < 0.2 * gap)
        plain = eye.photo[under].mean()
        assert abs(_painted(eye, 0.0, 0.0, 1.0)[under].mean() - plain) > 5
        above = (gap > 0.8 * gap.max()) & (v > -0.2 * gap) & (v < 0)
        changed = np.abs(_painted(eye, 0.0, 0.0, -1.0) - eye.photo).sum(-1)
        assert changed[above].mean() > 15


def test_squint_raises_the_lower_lid_and_wide_eyes_lift_the_upper(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        v, gap = eye.lines[..., BELOW], eye.lines[..., GAP]
        middle = gap > 0.8 * gap.max()
        low, high = middle & (v > 0.7 * gap) & (v < gap), middle & (v > -0.15 * gap) & (v < 0)
        squint = np.abs(_painted(eye, squint=1.0) - eye.photo).sum(-1)
        wide = np.abs(_painted(eye, wide=1.0) - eye.photo).sum(-1)
        assert squint[low].mean() > 20
        assert wide[high].mean() > 20
        assert wide[low].mean() < 0.5 * squint[low].mean()


def test_a_closed_eye_shows_a_dark_line(eyes: tuple[Eye, ...]) -> None:
    for eye in eyes:
        gap = eye.lines[..., GAP]
        wide = gap > 0.8 * gap.max()
        line = wide & (np.abs(eye.lines[..., BELOW] - 0.88 * gap) < 1)
        lid = wide & (np.abs(eye.lines[..., BELOW] - 0.4 * gap) < 1)
        closed = _painted(eye, 1.0).mean(-1)
        assert closed[line].mean() < 0.7 * closed[lid].mean()


def test_a_drawn_eye_that_goes_on_below_the_landmarks_is_followed(shape: EyeShape) -> None:
    depth = (shape.below_upper - shape.gap) / shape.opening_px
    for end in (0.0, 0.12):
        white = (shape.below_upper > 0) & (depth < end)
        drawn = np.where(white[..., None], np.uint8(220), np.uint8(110)) * np.ones(3, np.uint8)
        fitted = fit_outline(drawn.astype(np.uint8), shape)
        middle = np.abs(shape.along - 0.5) < 0.2
        assert (fitted.gap - shape.gap)[middle].mean() / shape.opening_px == pytest.approx(end, abs=0.05)


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
    eye = _both(build_eyes(rgb, avatar.rigs[0].frame, measure_photometry(rgb, avatar.rigs[0].frame)))[0]
    assert _painted(eye, 1.0)[rim & area].mean() < 60


def test_without_glasses_there_are_no_rims(shape: EyeShape, portrait: Picture) -> None:
    assert find_rims(portrait.rgb[shape.box.slices], shape, lid_area(shape)).max() == 0


def test_hatching_is_no_rim(shape: EyeShape) -> None:
    paper = np.full((shape.box.height, shape.box.width, 3), 220, np.uint8)
    rows, columns = np.indices(paper.shape[:2])
    paper[((rows + columns) % 9 < 2) | ((rows - columns) % 9 < 2)] = 60
    assert find_rims(paper, shape, lid_area(shape)).max() == 0


def test_a_hole_is_filled_smoothly() -> None:
    x, y = np.meshgrid(np.arange(90.0), np.arange(70.0))
    plane = np.stack([x, y, 2 * x - y], -1).astype(np.float32)
    hole = np.zeros(x.shape, bool)
    hole[20:50, 25:65] = True
    broken = np.where(hole[..., None], np.float32(1e3), plane)
    filled = fill_membrane(broken, hole)
    np.testing.assert_array_equal(filled[~hole], plane[~hole])
    assert np.abs(filled - plane)[hole].max() < 4


def test_eyes_at_the_border_of_the_picture(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    left, top = np.round(frame.landmarks_px[EYES[0].iris[0], :2]).astype(int)
    cut = np.ascontiguousarray(portrait.rgb[top:, left:])
    moved = replace(frame, landmarks_px=frame.landmarks_px - np.array([left, top, 0]))
    for eye in _both(build_eyes(cut, moved, measure_photometry(cut, moved))):
        assert 0 <= eye.box.x0 < eye.box.x1 <= cut.shape[1]
        assert 0 <= eye.box.y0 < eye.box.y1 <= cut.shape[0]
        np.testing.assert_array_equal(_painted(eye), cut[eye.box.slices])
        _painted(eye, 1.0, 1.0, -1.0)


def test_narrow_eyes_blink_too(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame: FaceFrame = avatar.rigs[0].frame
    points = frame.landmarks_px.copy()
    for eye in EYES:
        upper, lower = points[list(eye.upper_lid)], points[list(eye.lower_lid)]
        points[list(eye.lower_lid)] = upper + 0.35 * (lower - upper)
    narrow = replace(frame, landmarks_px=points)
    for built in _both(build_eyes(portrait.rgb, narrow, measure_photometry(portrait.rgb, narrow))):
        inside = (built.lines[..., BELOW] > 0) & (built.lines[..., BELOW] < built.lines[..., GAP])
        assert inside.sum() > 20
        shut, half = (np.abs(_painted(built, blink) - built.photo).sum(-1)[inside].mean() for blink in (1.0, 0.5))
        assert shut > half > 20
        assert (_painted(built, 0.0, 1.0) != built.photo)[inside].any()


def test_the_eyes_of_a_statue_do_not_look(avatar: PhotoAvatar, portrait: Picture) -> None:
    marble = np.full_like(portrait.rgb, 150)
    for landmarks in EYES:
        lids = avatar.rigs[0].frame.landmarks_px[list(landmarks.upper_lid + landmarks.lower_lid[::-1]), :2]
        cv2.polylines(marble, [np.round(lids).astype(np.int32)], True, (95, 95, 95), 2)
    eyes = build_eyes(marble, avatar.rigs[0].frame, measure_photometry(marble, avatar.rigs[0].frame))
    eye = _both(eyes)[0]
    assert eye.eyeball is None
    np.testing.assert_array_equal(_painted(eye, 0.0, 1.0, 0.0), marble[eye.box.slices])


def test_where_nothing_is_to_be_seen_there_is_no_eye(avatar: PhotoAvatar, portrait: Picture) -> None:
    plain = np.full_like(portrait.rgb, 150)
    assert build_eyes(plain, avatar.rigs[0].frame, measure_photometry(plain, avatar.rigs[0].frame)) == (None, None)


def test_dark_glasses_do_not_blink(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    rgb = portrait.rgb.copy()
    for eye in EYES:
        points = frame.landmarks_px[list(eye.upper_lid + eye.lower_lid), :2]
        width = float(np.ptp(points[:, 0]))
        centre = (int(points[:, 0].mean()), int(points[:, 1].mean()))
        cv2.ellipse(rgb, centre, (int(0.95 * width), int(0.7 * width)), 0, 0, 360, (22, 20, 24), -1)
    assert build_eyes(rgb, frame, measure_photometry(rgb, frame)) == (None, None)


def test_eyes_photographed_shut_stay_shut(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    points = frame.landmarks_px.copy()
    for eye in EYES:
        upper, lower = points[list(eye.upper_lid)], points[list(eye.lower_lid)]
        points[list(eye.upper_lid)] = lower - 0.1 * (lower - upper)
    shut = replace(frame, landmarks_px=points)
    rgb = portrait.rgb.copy()
    for built in _both(avatar.rigs[0].eyes):
        rgb[built.box.slices] = _painted(built, 1.0).astype(np.uint8)
    assert build_eyes(rgb, shut, measure_photometry(rgb, shut)) == (None, None)


def test_a_face_without_eyes_is_never_painted(avatar: PhotoAvatar, portrait: Picture) -> None:
    face = replace(avatar.rigs[0].face, has_eyes=False)
    blind = rig_photo(portrait, RigOptions(faces=(face,)))
    assert blind.rigs[0].eyes == (None, None)
    np.testing.assert_array_equal(blind.draw(pose(eyeBlinkLeft=1.0, eyeLookUpRight=1.0)), blind.draw(pose()))


def test_an_unknown_iris_is_taken_to_fill_the_eye(avatar: PhotoAvatar, portrait: Picture) -> None:
    frame = avatar.rigs[0].frame
    points = frame.landmarks_px.copy()
    points[list(EYES[0].iris)] = 0.0
    unknown = trace_eye(replace(frame, landmarks_px=points), EYES[0], portrait.size_px)
    known = trace_eye(frame, EYES[0], portrait.size_px)
    assert np.hypot(*(unknown.iris_px - known.iris_px)) < 0.25 * known.width_px
    assert 0.1 * known.width_px < unknown.iris_radius_px <= 0.3 * known.width_px


def test_lashes_are_gone_above_a_shut_eye(avatar: PhotoAvatar, shape: EyeShape, portrait: Picture) -> None:
    rgb = portrait.rgb.copy()
    box = rgb[shape.box.slices]
    above = -shape.below_upper / shape.opening_px
    lashes = (above > 0) & (above < 0.3) & (np.abs(shape.along - 0.5) < 0.45)
    lashes &= np.indices(lashes.shape)[1] % 5 < 2
    box[lashes] = 25
    eye = _both(build_eyes(rgb, avatar.rigs[0].frame, measure_photometry(rgb, avatar.rigs[0].frame)))[0]
    high = lashes & (above > 0.04)
    assert _painted(eye)[high].mean() < 40
    assert _painted(eye, 1.0)[high].mean() > 70


def test_heavy_liner_leaves_one_line_when_the_eye_shuts(
    avatar: PhotoAvatar, shape: EyeShape, portrait: Picture
) -> None:
    rgb = portrait.rgb.copy()
    depth = shape.below_upper / shape.opening_px
    liner = (np.minimum(np.abs(depth + 0.1), np.abs(depth - shape.gap / shape.opening_px - 0.04)) < 0.1) & (
        np.abs(shape.along - 0.5) < 0.5
    )
    rgb[shape.box.slices][liner & (shape.inside_px() < 0)] = 20
    eye = _both(build_eyes(rgb, avatar.rigs[0].frame, measure_photometry(rgb, avatar.rigs[0].frame)))[0]
    shut = _painted(eye, 1.0).mean(-1)
    for along in (0.35, 0.5, 0.65):
        column = (np.abs(shape.along - along) < 0.03) & (depth > -0.5) & (depth < 1.5)
        order = np.argsort(depth[column])
        dark = np.convolve(shut[column][order], np.ones(5) / 5, "valid") < 0.6 * np.median(shut[column])
        assert (np.diff(dark.astype(int)) == 1).sum() == 1


def test_the_fold_above_an_eye_is_kept(avatar: PhotoAvatar, shape: EyeShape, portrait: Picture) -> None:
    rims = np.zeros(shape.below_upper.shape, np.float32)
    above = -shape.below_upper / shape.opening_px
    skin = np.full((*above.shape, 3), 190, np.uint8)
    middle = np.abs(shape.along - 0.5) < 0.25
    fold, lashes = np.abs(above - 0.44) < 0.08, (above > -0.02) & (above < 0.14)
    skin[(shape.inside_px() > 0) | (fold & middle) | lashes & (np.abs(shape.along - 0.5) < 0.5)] = 60
    bare = find_bare_skin(skin, shape, rims)
    assert bare.rgb[(np.abs(above - 0.44) < 0.03) & middle].mean() < 100
    assert bare.rgb[lashes & middle].mean() > 160
