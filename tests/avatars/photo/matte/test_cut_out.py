"""People are cut out of their photo, and stay so while they move."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar, RigOptions, find_faces, rig_photo
from phonoscope.avatars.photo.finding.finder import ScoredBox
from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder
from phonoscope.avatars.photo.matte.cut_out import cut_out
from phonoscope.avatars.photo.matte.person_mask import Head, find_people
from phonoscope.avatars.photo.matte.wall import see_wall
from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.frames import Box, Picture, VideoFrame
from phonoscope.core.performance import pose

WHOLE = Box(0, 0, 512, 512)
TURNED = pose((7, 3, -4, 0.03, 0))


class RedFinder:
    """Takes what is red for a person, and counts how often it looked."""

    def __init__(self) -> None:
        self.looks = 0

    def detect_faces(self, rgb: NDArray[np.uint8]) -> tuple[ScoredBox, ...]:
        return ()

    def find_landmarks(self, rgb: NDArray[np.uint8]) -> NDArray[np.float64] | None:
        return None

    def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.looks += 1
        return np.asarray(rgb[..., 0].astype(int) - rgb[..., 1] > 80, np.float32)


def alpha_of(picture: Picture | VideoFrame) -> NDArray[np.uint8]:
    assert picture.alpha is not None
    return picture.alpha


@pytest.fixture(scope="module")
def cut(portrait: Picture) -> PhotoAvatar:
    return rig_photo(portrait, RigOptions(cut_out=True))


def test_everybody_is_seen_at_the_right_place_whatever_the_shape() -> None:
    for size in ((300, 200), (200, 300), (600, 100)):
        rgb = np.zeros((size[1], size[0], 3), np.uint8)
        rgb[20:80, 30:60] = rgb[40:90, 120:170] = (255, 0, 0)
        mask = find_people(rgb, [Head(45, 40, 20), Head(145, 60, 30)], RedFinder())
        assert mask[24:76, 34:56].min() > 0.9
        assert mask[44:86, 124:166].min() > 0.9
        assert mask[:, 70:110].max() < 0.1


def test_closer_looks_sharpen_edges() -> None:
    rgb = np.zeros((1600, 1600, 3), np.uint8)
    rgb[603:1003, 703:903] = (255, 0, 0)
    finder = RedFinder()
    coarse = find_people(rgb, [], finder)
    assert finder.looks == 2
    fine = find_people(rgb, [Head(803, 803, 200)], finder)
    truth = (rgb[..., 0] > 0).astype(np.float32)
    assert np.abs(fine - truth).sum() < 0.6 * np.abs(coarse - truth).sum()


def test_a_look_at_one_head_does_not_lose_its_neighbour() -> None:
    class Narrow(RedFinder):
        def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
            seen = super().segment_person(rgb)
            # The whole picture, there and back, and stretched; then closer looks, which see nobody.
            return seen if self.looks <= 4 else np.zeros_like(seen)

    rgb = np.zeros((300, 600, 3), np.uint8)
    rgb[60:240, 100:300] = (255, 0, 0)
    heads = [Head(150, 120, 60), Head(250, 120, 60)]
    assert find_people(rgb, heads, Narrow())[70:230, 110:290].min() > 0.6
    assert find_people(rgb, heads[:1], Narrow())[70:230, 110:290].min() < 0.4


def test_the_face_is_in_front_and_the_corners_are_not(cut: PhotoAvatar) -> None:
    alpha = alpha_of(cut.picture)
    face = cut.rigs[0].face.box
    inner = alpha[face.y0 + 40 : face.y1 - 40, face.x0 + 40 : face.x1 - 40]
    assert inner.min() == 255
    assert alpha[:60, -60:].mean() < 40
    assert 0.2 < (alpha > 128).mean() < 0.95


def test_colours_are_those_of_the_photo_where_it_is_opaque(cut: PhotoAvatar, portrait: Picture) -> None:
    opaque = alpha_of(cut.picture) == 255
    np.testing.assert_array_equal(cut.picture.rgb[opaque], portrait.rgb[opaque])


def test_a_face_at_rest_is_the_cut_out_photo(cut: PhotoAvatar) -> None:
    rgba = cut.draw(pose())
    np.testing.assert_array_equal(rgba[..., 3], alpha_of(cut.picture))
    np.testing.assert_array_equal(rgba[..., :3], cut.picture.rgb)
    np.testing.assert_array_equal(alpha_of(cut.draw_frame(pose())), alpha_of(cut.picture))


def test_alpha_moves_with_the_head(cut: PhotoAvatar) -> None:
    still, moved = cut.draw(pose())[..., 3], cut.draw(TURNED)[..., 3]
    changed = np.abs(still.astype(int) - moved) > 64
    assert 500 < changed.sum() < 0.2 * changed.size
    # Where the head goes there is somebody, and what it leaves is empty: as much alpha as before.
    assert (moved > 128).sum() == pytest.approx((still > 128).sum(), rel=0.05)
    np.testing.assert_array_equal(cut.draw(pose())[..., 3], still)


def test_both_ways_of_drawing_agree(cut: PhotoAvatar) -> None:
    rgba, frame = cut.draw(TURNED), cut.draw_frame(TURNED)
    np.testing.assert_array_equal(rgba[..., 3], alpha_of(frame))
    shown = rgba[..., 3] > 200
    assert np.abs(rgba[..., :3].astype(int) - frame_to_rgb(frame))[shown].mean() < 2


def test_only_edges_are_warped_and_nothing_is_missed(cut: PhotoAvatar) -> None:
    # The whole plane moved by the same warp must be the same.
    surface_alpha = cut.draw(TURNED)[..., 3].copy()
    as_colour = np.repeat(alpha_of(cut.picture)[..., None], 3, 2)
    from phonoscope.avatars.photo.avatar import draw_poses
    from phonoscope.avatars.photo.drawing.surface import RgbSurface

    class Unpasted(RgbSurface):
        def paste(self, box: Box, rgb: NDArray[np.uint8]) -> None:
            """Leave mouths out."""

    surface = Unpasted(Picture(np.ascontiguousarray(as_colour)), tuple(rig.solver.lattice for rig in cut.rigs))
    draw_poses(cut.rigs, (TURNED,), surface)
    assert np.abs(surface.rgb[..., 0].astype(int) - surface_alpha).max() <= 1


def test_without_being_asked_nothing_is_cut_out(avatar: PhotoAvatar) -> None:
    assert avatar.picture.alpha is None
    assert avatar.draw_frame(TURNED).alpha is None
    assert avatar.draw(TURNED)[..., 3].min() == 255


def test_transparency_is_ignored_unless_asked_for(portrait: Picture) -> None:
    holed = Picture(portrait.rgb.copy(), np.zeros((512, 512), np.uint8))
    assert rig_photo(holed).draw(pose())[..., 3].min() == 255


def test_a_picture_that_is_cut_out_already_is_taken_at_its_word(portrait: Picture) -> None:
    alpha = np.zeros((512, 512), np.uint8)
    alpha[:, 100:400] = 255
    rgb = portrait.rgb.copy()
    rgb[alpha == 0] = 0
    made = cut_out(Picture(rgb, alpha), find_faces(portrait), RedFinder(), WHOLE)
    np.testing.assert_array_equal(alpha_of(made), alpha)
    np.testing.assert_array_equal(made.rgb[alpha == 255], portrait.rgb[alpha == 255])
    # No black comes in from the side.
    assert np.abs(made.rgb[100:400, 97].astype(int) - made.rgb[100:400, 101]).mean() < 60


def test_nobody_is_beside_the_photo(portrait: Picture) -> None:
    wide = np.zeros((512, 700, 3), np.uint8)
    wide[:, 94:606] = portrait.rgb
    made = cut_out(Picture(wide), find_faces(Picture(wide)), mediapipe_finder(), Box(94, 0, 606, 512))
    assert alpha_of(made)[:, :94].max() == alpha_of(made)[:, 606:].max() == 0
    assert (alpha_of(made) > 128).mean() > 0.2


def test_what_nobody_takes_for_a_person_is_found_by_its_colours(portrait: Picture) -> None:
    faces = find_faces(portrait)
    made = cut_out(portrait, faces, _Blind(), WHOLE)
    x, y = faces[0].landmarks_px[:, :2].mean(0).astype(int)
    assert alpha_of(made)[y - 40 : y + 40, x - 40 : x + 40].min() == 255
    assert (alpha_of(made) > 128).mean() < 0.95


class _Blind(RedFinder):
    def segment_person(self, rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.zeros(rgb.shape[:2], np.float32)


def test_a_coloured_wall_between_loose_hair_is_seen() -> None:
    rng = np.random.default_rng(0)
    rgb = np.full((300, 300, 3), (225, 185, 60), np.uint8)
    mask = np.zeros((300, 300), np.float32)
    mask[60:, 50:250] = 1
    rgb[60:, 50:250] = (120, 90, 60)
    rgb[200:, 50:250] = (40, 60, 70)
    # Paler than the wall itself, as before single hairs.
    rgb[100:140, 60:85] = (220, 185, 85)
    rgb = np.clip(rgb + rng.normal(0, 3, rgb.shape), 0, 255).astype(np.uint8)
    wall = see_wall(rgb, mask, 120.0)
    assert wall[104:136, 64:81].all()
    wall[98:142, 58:87] = False
    assert not wall.any(), "nothing else is taken for the wall"


def test_clothes_in_the_colour_of_the_wall_are_kept() -> None:
    rgb = np.full((300, 300, 3), (225, 185, 60), np.uint8)
    mask = np.zeros((300, 300), np.float32)
    mask[60:, 50:250] = 1
    rgb[60:160, 50:250] = (120, 90, 60)
    assert not see_wall(rgb, mask, 120.0).any()
    rgb[:60] = rgb[:, :50] = rgb[:, 250:] = (120, 118, 110)
    rgb[100:140, 60:85] = (120, 118, 110)
    assert not see_wall(rgb, mask, 120.0).any(), "grey is the colour of hair, too"
