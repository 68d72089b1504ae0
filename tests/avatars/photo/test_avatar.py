from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.avatars.photo.faces import enlarged, lip_gap

from phonoscope.avatars.photo import PhotoAvatar, RigOptions, rig_photo
from phonoscope.core.avatar import Avatar
from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.errors import InputError, PhotoError
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.core.performance import Pose, pose

SHUT = pose(lipGap=0.0, mouthPressLeft=1.0, mouthPressRight=1.0, jawOpen=0.1)
AH = pose(lipGap=13 / 175, jawOpen=0.85)
BUSY = pose((5, 3, -2, 0.01, 0.01), lipGap=0.04, jawOpen=0.4, eyeBlinkLeft=0.5, eyeBlinkRight=1.0, breath=0.5)
TURNED = pose((-8, 4, 3, 0, 0), eyeLookUpLeft=1.0, eyeLookUpRight=1.0, browInnerUp=1.0)

PAINTED = ("child_oil", "elderly", "marble", "mona_lisa", "three_quarter")
"""Pictures on which the landmark finder itself calls a plainly open mouth closed."""


def _copy(frame: VideoFrame) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    return frame.luma.copy(), frame.chroma.copy()


def test_it_is_an_avatar(avatar: PhotoAvatar) -> None:
    actor: Avatar = avatar
    assert actor.size_px == (512, 512)
    assert actor.rests_open == (True,), "she shows her teeth"


def test_parted_and_closed_mouths_do_not_rest_open(avatar: PhotoAvatar) -> None:
    lips = avatar.rigs[0].lips
    for other in (replace(lips, opening=0.015), replace(lips, closed=True)):
        assert PhotoAvatar(replace(avatar.rigs[0], lips=other)).rests_open == (False,)


def test_at_rest_it_is_the_photo(avatar: PhotoAvatar, portrait: Picture) -> None:
    drawn = avatar.draw(pose())
    assert drawn.shape == (512, 512, 4)
    np.testing.assert_array_equal(drawn[..., :3], portrait.rgb)
    assert (drawn[..., 3] == 255).all()
    frame, still = avatar.draw_frame(pose()), rgb_to_frame(portrait.rgb)
    np.testing.assert_array_equal(frame.luma, still.luma)
    np.testing.assert_array_equal(frame.chroma, still.chroma)


@pytest.mark.parametrize("moment", [AH, BUSY, TURNED])
def test_outside_the_head_nothing_changes(astronaut: Picture, moment: Pose) -> None:
    avatar = rig_photo(astronaut)
    box = avatar.rigs[0].solver.lattice.box
    assert box.width < 400
    drawn, frame = avatar.draw(moment)[..., :3], avatar.draw_frame(moment)
    still = rgb_to_frame(astronaut.rgb)
    outside = np.ones((512, 512), bool)
    outside[box.slices] = False
    np.testing.assert_array_equal(drawn[outside], astronaut.rgb[outside])
    np.testing.assert_array_equal(frame.luma[outside], still.luma[outside])
    np.testing.assert_array_equal(frame.chroma[outside[::2, ::2]], still.chroma[outside[::2, ::2]])
    assert (frame.luma != still.luma).any()


def test_lips_meet_and_open_as_the_landmarks_see_it(avatar: PhotoAvatar) -> None:
    shut = lip_gap(np.ascontiguousarray(avatar.draw(SHUT)[..., :3]))
    wide = lip_gap(np.ascontiguousarray(avatar.draw(AH)[..., :3]))
    assert shut < 0.03
    assert wide > 0.12
    assert wide > 4 * shut


def test_lips_meet_while_the_head_turns(avatar: PhotoAvatar) -> None:
    for yaw in (-8, 8):
        turned = avatar.draw(Pose(SHUT.curves, np.array([yaw, 3, 2, 0, 0], np.float32)))
        assert lip_gap(np.ascontiguousarray(turned[..., :3])) < 0.03


def test_a_pose_looks_the_same_whatever_came_before(avatar: PhotoAvatar, portrait: Picture) -> None:
    moments = (BUSY, TURNED, AH, pose())
    first = [_copy(avatar.draw_frame(moment)) for moment in moments]
    again = [_copy(avatar.draw_frame(moment)) for moment in reversed(moments)][::-1]
    fresh = [_copy(PhotoAvatar(avatar.rigs[0]).draw_frame(moment)) for moment in moments]
    for a, b, c in zip(first, again, fresh, strict=True):
        for plane in (0, 1):
            np.testing.assert_array_equal(a[plane], b[plane])
            np.testing.assert_array_equal(a[plane], c[plane])
    np.testing.assert_array_equal(avatar.draw(BUSY), PhotoAvatar(avatar.rigs[0]).draw(BUSY))
    assert not portrait.rgb.flags.writeable


@pytest.mark.parametrize("moment", [SHUT, AH, BUSY, TURNED])
def test_both_ways_of_drawing_agree(avatar: PhotoAvatar, moment: Pose) -> None:
    frame = frame_to_rgb(avatar.draw_frame(moment)).astype(int)
    drawn = frame_to_rgb(rgb_to_frame(np.ascontiguousarray(avatar.draw(moment)[..., :3]))).astype(int)
    difference = np.abs(frame - drawn)
    assert difference.mean() < 1.0
    assert np.percentile(difference, 99.9) < 16


def test_the_frame_is_drawn_in_place(avatar: PhotoAvatar) -> None:
    first = avatar.draw_frame(AH)
    assert avatar.draw_frame(pose()).luma is first.luma


def test_draw_returns_a_new_picture(avatar: PhotoAvatar) -> None:
    first = avatar.draw(AH)
    before = first.copy()
    avatar.draw(BUSY)
    np.testing.assert_array_equal(first, before)


def test_the_head_goes_no_farther_than_its_limit(avatar: PhotoAvatar) -> None:
    np.testing.assert_array_equal(avatar.draw(pose((60, 0, 0, 0, 0))), avatar.draw(pose((90, 0, 0, 0, 0))))
    assert (avatar.draw(pose((10, 0, 0, 0, 0))) != avatar.draw(pose((9, 0, 0, 0, 0)))).any()


def test_each_eye_blinks_on_its_own(avatar: PhotoAvatar, portrait: Picture) -> None:
    changed = (avatar.draw(pose(eyeBlinkLeft=1.0))[..., :3] != portrait.rgb).any(-1)
    columns = np.flatnonzero(changed.any(0))
    middle = avatar.rigs[0].face.landmarks_px[6, 0]
    assert columns.min() > middle, "the person's left eye is at the picture's right"


def test_no_pose_breaks_it(avatar: PhotoAvatar, rng: np.random.Generator) -> None:
    for _ in range(8):
        curves = rng.uniform(-1, 2, len(SHUT.curves)).astype(np.float32)
        head = rng.uniform(-40, 40, 5).astype(np.float32)
        drawn = avatar.draw(Pose(curves, head))
        assert drawn.shape == (512, 512, 4)
    nothing = np.full_like(SHUT.curves, np.nan)
    avatar.draw(Pose(nothing, np.full(5, np.nan, np.float32)))


def test_movement_fades_out_inside_the_bounds(portrait: Picture) -> None:
    canvas = np.full((600, 720, 3), 40, np.uint8)
    canvas[44:556, 104:616] = portrait.rgb
    bounds = Box(104, 44, 616, 556)
    avatar = rig_photo(Picture(canvas), RigOptions(bounds=bounds))
    drawn = avatar.draw(TURNED)[..., :3]
    outside = np.ones(canvas.shape[:2], bool)
    outside[bounds.slices] = False
    np.testing.assert_array_equal(drawn[outside], canvas[outside])
    assert (drawn != canvas).any()


def test_odd_sizes_are_refused(portrait: Picture) -> None:
    with pytest.raises(InputError, match="511 x 512"):
        rig_photo(Picture(np.ascontiguousarray(portrait.rgb[:, :511])))


def test_a_cat_does_not_act(cat: Picture) -> None:
    even = cat.rgb[: cat.rgb.shape[0] // 2 * 2, : cat.rgb.shape[1] // 2 * 2]
    with pytest.raises(PhotoError, match="No human face"):
        rig_photo(Picture(np.ascontiguousarray(even)))


def test_a_face_without_its_mouth_is_refused(astronaut: Picture) -> None:
    with pytest.raises(PhotoError, match="mouth is cut off"):
        rig_photo(Picture(np.ascontiguousarray(astronaut.rgb[:150])))


@pytest.mark.parametrize(
    "crop", [(slice(0, 182), slice(0, 512)), (slice(0, 512), slice(190, 512)), (slice(70, 178), slice(180, 272))]
)
def test_faces_at_the_edge_of_a_picture_act(astronaut: Picture, crop: tuple[slice, slice]) -> None:
    avatar = rig_photo(Picture(np.ascontiguousarray(astronaut.rgb[crop])))
    for moment in (SHUT, AH, BUSY, TURNED):
        assert avatar.draw(moment).shape[:2] == avatar.draw_frame(moment).luma.shape


def test_a_small_face_is_refused(astronaut: Picture) -> None:
    small = enlarged(astronaut, (0, 0, 512, 512), 180)
    with pytest.raises(PhotoError, match=r"too small|No human face"):
        rig_photo(small)


def test_portraits_of_all_kinds_act(media) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image

    for path in sorted((media / "portraits").iterdir()):
        with Image.open(path) as file:
            image = file.convert("RGB")
            image.thumbnail((640, 640))
            picture = Picture(np.array(image.crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))))
        avatar = rig_photo(picture)
        shut, wide = (lip_gap(np.ascontiguousarray(avatar.draw(moment)[..., :3])) for moment in (SHUT, AH))
        assert shut < 0.03, path.name
        if not path.stem.startswith(PAINTED):
            assert wide > max(4 * shut, 0.08), path.name
