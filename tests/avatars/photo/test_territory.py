"""Heads side by side, cheek to cheek: each moves its own part of the picture."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar, RigOptions, rig_photo
from phonoscope.avatars.photo.drawing.warp import SEEN, UPPER
from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.frames import Picture
from phonoscope.core.performance import Pose, pose

APART = (
    pose((10, 5, 6, 0.08, 0.03), mouthSmileLeft=1.0, mouthSmileRight=1.0, swayX=1.0),
    pose((-10, -5, -6, -0.08, 0.03), jawOpen=0.8, lipGap=0.07, swayX=-1.0),
)


@pytest.fixture(scope="module")
def couple(astronaut: Picture) -> PhotoAvatar:
    """Two heads that touch."""
    head = astronaut.rgb[0:200, 166:284]
    return rig_photo(Picture(np.ascontiguousarray(np.hstack([head, head[:, ::-1]]))), RigOptions(faces=(1, 2)))


def _movement(avatar: PhotoAvatar, moments: tuple[Pose, ...]) -> list[NDArray[np.float32]]:
    """Return how far each face moves each pixel of the picture, in pixels."""
    moved = []
    for rig, moment in zip(avatar.rigs, moments, strict=True):
        solver = rig.solver
        warp = solver.solve(np.zeros(solver.fields.upper.shape[0], np.float32), solver.motion.movement(moment.head), 0)
        whole = np.zeros(rig.picture.rgb.shape[:2], np.float32)
        box = solver.lattice.box
        whole[box.slices] = np.abs([solver.lattice.spread(axis, box) for axis in warp.sources[SEEN]]).max(0)
        moved.append(whole)
    return moved


@pytest.mark.parametrize("moments", [APART, APART[::-1]])
def test_no_pixel_follows_two_heads(couple: PhotoAvatar, moments: tuple[Pose, ...]) -> None:
    left, right = _movement(couple, moments)
    assert left.max() > 2 < right.max()
    assert not ((left > 0.02) & (right > 0.02)).any()


@pytest.mark.parametrize("moments", [APART, APART[::-1]])
def test_the_border_between_heads_stays(couple: PhotoAvatar, moments: tuple[Pose, ...]) -> None:
    drawn = couple.draw(*moments)[..., :3].astype(int)
    border = slice(117, 119)
    # Drawn from where it is, so that both sides meet without a seam.
    np.testing.assert_allclose(drawn[:, border], couple.picture.rgb[:, border].astype(int), atol=2)


@pytest.mark.parametrize("moments", [APART, APART[::-1]])
def test_cheeks_that_touch_do_not_fold(couple: PhotoAvatar, moments: tuple[Pose, ...]) -> None:
    for rig, moment in zip(couple.rigs, moments, strict=True):
        solver = rig.solver
        warp = solver.solve(np.zeros(solver.fields.upper.shape[0], np.float32), solver.motion.movement(moment.head), 0)
        (xy, xx), (yy, yx) = (np.gradient(axis / solver.lattice.step_px) for axis in warp.forward[UPPER])
        assert ((1 + xx) * (1 + yy) - xy * yx).min() > 0.05


def test_each_face_acts_alone(couple: PhotoAvatar) -> None:
    photo = couple.picture.rgb
    left = couple.draw(APART[0], pose())[..., :3]
    right = couple.draw(pose(), APART[1])[..., :3]
    both = couple.draw(*APART)[..., :3]
    middle = photo.shape[1] // 2
    np.testing.assert_array_equal(left[:, middle + 1 :], photo[:, middle + 1 :])
    np.testing.assert_array_equal(right[:, : middle - 1], photo[:, : middle - 1])
    np.testing.assert_array_equal(both[:, : middle - 1], left[:, : middle - 1])
    np.testing.assert_array_equal(both[:, middle + 1 :], right[:, middle + 1 :])


def test_both_ways_of_drawing_agree_on_groups(couple: PhotoAvatar) -> None:
    frame = frame_to_rgb(couple.draw_frame(*APART)).astype(int)
    drawn = frame_to_rgb(rgb_to_frame(np.ascontiguousarray(couple.draw(*APART)[..., :3]))).astype(int)
    assert np.abs(frame - drawn).mean() < 1.0


def test_groups_hold(media) -> None:  # type: ignore[no-untyped-def]
    from PIL import Image

    with Image.open(media / "groups" / "three_glasses_beard.jpg") as file:
        image = file.convert("RGB")
        picture = Picture(np.array(image.crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))))
    avatar = rig_photo(picture, RigOptions(faces=(1, 2, 3)))
    moments = (APART[0], APART[1], APART[0])
    moved = _movement(avatar, moments)
    assert (np.sum([whole > 0.02 for whole in moved], 0) <= 1).all()
    assert all(whole.max() > 2 for whole in moved)
    drawn = avatar.draw(*moments)[..., :3].astype(int)
    still = np.max(moved, 0) == 0
    grown = np.zeros_like(still)
    grown[2:-2, 2:-2] = still[2:-2, 2:-2] & still[:-4, 2:-2] & still[4:, 2:-2] & still[2:-2, :-4] & still[2:-2, 4:]
    assert grown.mean() > 0.3
    assert np.abs(drawn - picture.rgb)[grown].mean() < 0.05
