from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.mouth.compositor import LOOK_SIZE, ROUND_SHADE, TIP
from phonoscope.avatars.photo.mouth.interior import Interior, build_interior, lip_skin
from phonoscope.avatars.photo.mouth.parting import part_lips
from phonoscope.avatars.photo.mouth.photographed import keep_photographed_mouth, teeth_pixels
from phonoscope.avatars.photo.mouth.plane import MOST_PX, mouth_grid
from phonoscope.avatars.photo.mouth.state import MouthState, mouth_look, moved_from, place_planes
from phonoscope.avatars.photo.mouth.teeth import draw_lower_teeth, draw_upper_teeth
from phonoscope.avatars.photo.mouth.tongue import draw_tongue, draw_tongue_tip
from phonoscope.avatars.photo.photometry import Photometry, measure_photometry

STILL = np.eye(3, 4)


@pytest.fixture(scope="module")
def looks(avatar: PhotoAvatar) -> Photometry:
    return measure_photometry(avatar.rigs[0].picture.rgb, avatar.rigs[0].frame)


def _shut(lips: LipLine) -> LipLine:
    return replace(lips, lower=lips.upper, gap=np.zeros_like(lips.gap), opening=0.0, closed=True)


def _centre(place: NDArray[np.float32], xy: tuple[float, float]) -> NDArray[np.float64]:
    return np.asarray(place[:, :2] @ xy + place[:, 2], np.float64)


def test_planes_are_premultiplied_and_as_bright_as_teeth_can_be(looks: Photometry) -> None:
    grid = mouth_grid(300.0, 1 / 175)
    for draw in (draw_upper_teeth, draw_lower_teeth, draw_tongue, draw_tongue_tip):
        plane = draw(grid, looks)
        assert plane.dtype == np.float32
        assert plane.flags.c_contiguous
        alpha = plane[..., 3]
        assert alpha.min() >= -1e-4
        assert alpha.max() == pytest.approx(1, abs=1e-3)
        assert np.abs(plane[..., :3][alpha < 1e-4]).max() < 1
        assert plane[..., :3].max() < looks.tooth.max() * 1.25 + 22 + 6 * looks.grain


def test_upper_teeth_peek_below_the_lip_line_and_darken_to_the_sides(looks: Photometry) -> None:
    grid = mouth_grid(300.0, 1 / 175)
    plane = draw_upper_teeth(grid, looks)
    width = plane.shape[1]
    lip_line = round(0.11 * 300)
    column = plane[:, width // 2 + 8, 3]
    edge_mm = (np.nonzero(column > 0.5)[0].max() - lip_line) / 300 * 175
    assert 1.2 < edge_mm < 3.2
    row = plane[lip_line, :, :3].mean(-1)
    assert row[width // 2 + 8] > 1.5 * row[width // 2 + 36]
    # Both sides are alike, but no mirror images.
    difference = np.abs(plane[..., 3] - plane[:, ::-1, 3])
    assert 0 < difference.mean() < 0.05


def test_single_teeth_are_seen(looks: Photometry) -> None:
    plane = draw_upper_teeth(mouth_grid(1000.0, 1 / 175), looks)
    row = plane[110, 190 - 60 : 190 + 60, :3].mean(-1)
    assert row[60 - 3 : 60 + 3].min() < 0.93 * max(row[20:40].max(), row[80:100].max())


def test_teeth_have_form_and_gloss(looks: Photometry) -> None:
    """Along a front tooth light rises to a highlight and falls off again; flat paint would have one value."""
    plain = replace(looks, grain=0.0, blur_px=0.5)
    plane = draw_upper_teeth(mouth_grid(1000.0, 1 / 175), plain)
    teeth = plane[60:125, 190 - 45 : 190 - 4, :3].mean(-1)
    solid = plane[60:125, 190 - 45 : 190 - 4, 3] > 0.99
    assert np.percentile(teeth[solid], 98) > 1.12 * np.percentile(teeth[solid], 20)
    assert (teeth[solid].max() - np.median(teeth[solid])) > 8


def test_a_grey_picture_has_a_grey_mouth(looks: Photometry) -> None:
    grey = replace(
        looks,
        skin=np.full(3, 150.0),
        lip=np.full(3, 110.0),
        sclera=np.full(3, 160.0),
        tooth=np.full(3, 190.0),
        cavity=np.full(3, 30.0),
        chroma=0.0,
    )
    grid = mouth_grid(300.0, 1 / 175)
    for draw in (draw_upper_teeth, draw_lower_teeth, draw_tongue, draw_tongue_tip):
        assert np.ptp(draw(grid, grey)[..., :3], axis=-1).max() < 1, draw.__name__


def test_flat_drawings_have_one_white_row(looks: Photometry) -> None:
    grid = mouth_grid(300.0, 1 / 175)
    flat = replace(looks, flat=True, grain=0.0)
    assert draw_lower_teeth(grid, flat)[..., 3].max() == 0
    upper = draw_upper_teeth(grid, flat)
    solid = upper[upper[..., 3] > 0.999][:, :3]
    assert np.ptp(solid, axis=0).max() < 1


def test_drawing_is_deterministic(looks: Photometry) -> None:
    grid = mouth_grid(200.0, 1 / 175)
    np.testing.assert_array_equal(draw_tongue(grid, looks), draw_tongue(grid, looks))


def test_a_veiled_picture_has_no_black_mouth(avatar: PhotoAvatar, looks: Photometry) -> None:
    rig = avatar.rigs[0]
    veiled = np.asarray(0.6 * rig.picture.rgb + 90, np.uint8)
    faded = measure_photometry(veiled, rig.frame)
    assert faded.cavity.mean() > 1.4 * looks.cavity.mean()
    assert faded.cavity.mean() < 0.5 * faded.skin.mean(), "but a dark one"
    # Nor do teeth end in black beside a smile.
    row = draw_upper_teeth(mouth_grid(200.0, 1 / 175), faded)
    seen = row[row[..., 3] > 0.9]
    assert (seen[:, :3].mean(-1) / seen[:, 3]).min() > 0.7 * faded.cavity.mean()


def test_photographed_teeth_are_kept(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    interior = rig.interior
    assert not rig.lips.closed
    assert interior.shows_teeth
    assert interior.photographed is not None
    inside = rig.mouth_box.inside_px() > 2
    photo = rig.picture.rgb[rig.mouth_box.box.slices]
    np.testing.assert_array_equal(interior.photographed.at_rest[inside][:, :3], photo[inside])
    assert interior.photographed.at_rest[inside][:, 3].min() > 0.9
    pixels = teeth_pixels(rig.picture.rgb, rig.frame, rig.lips, rig.mouth_box)
    assert pixels is not None
    assert len(pixels) > 100


def test_glints_on_a_lips_inside_are_no_teeth(avatar: PhotoAvatar, looks: Photometry) -> None:
    rig = avatar.rigs[0]
    box, rgb = rig.mouth_box, rig.picture.rgb.copy()
    mucosa = rig.interior.mucosa
    truth = keep_photographed_mouth(rgb, rig.frame, rig.lips, box, looks, mucosa)
    assert truth is not None
    assert truth.shows_teeth
    lips = replace(looks, lip=np.array([200.0, 110, 110]))
    # As light as teeth, as red as lips.
    rgb[box.box.slices][box.inside_px() > 1] = (255, 150, 150)
    glossy = keep_photographed_mouth(rgb, rig.frame, rig.lips, box, lips, mucosa)
    assert glossy is not None
    assert not glossy.shows_teeth


def test_a_rim_of_teeth_in_narrow_lips_is_too_little(avatar: PhotoAvatar, looks: Photometry) -> None:
    rig = avatar.rigs[0]
    box, rgb = rig.mouth_box, rig.picture.rgb.copy()
    rgb[box.box.slices][(box.inside_px() > 1) & (np.abs(box.x) > 0.3)] = (90, 40, 40)
    kept = [
        keep_photographed_mouth(rgb, rig.frame, lips, box, looks, rig.interior.mucosa)
        for lips in (rig.lips, replace(rig.lips, opening=0.03))
    ]
    assert [mouth.shows_teeth for mouth in kept if mouth is not None] == [True, False]


def test_a_closed_mouth_keeps_nothing(avatar: PhotoAvatar, looks: Photometry) -> None:
    rig = avatar.rigs[0]
    lips = _shut(rig.lips)
    interior = build_interior(rig.picture.rgb, rig.frame, lips, looks, rig.mouth_box)
    assert interior.photographed is None
    assert not interior.shows_teeth
    assert interior.layers[3].max() == 0
    assert teeth_pixels(rig.picture.rgb, rig.frame, lips, rig.mouth_box) is None
    # Touching lips are the photo's; parted ones have lost the shade between them.
    np.testing.assert_array_equal(lip_skin(interior, 1.0, 0.0), lip_skin(interior, 0.0, 0.0))
    assert (lip_skin(interior, 1.0, 0.03) != lip_skin(interior, 0.0, 0.03)).any()


def test_parting_lips_lose_the_dark_line(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    box = rig.mouth_box
    lips = _shut(rig.lips)
    shut = replace(box, lower_distance_px=box.upper_distance_px, lower_height=box.upper_height)
    picture = np.full_like(rig.picture.rgb, 160)
    line = np.clip(1 - np.abs(box.upper_distance_px) / 2.5, 0, 1)[..., None] * (np.abs(box.x) < 1)[..., None]
    picture[box.box.slices] = (160 - 130 * line).astype(np.uint8)
    parted = part_lips(picture, rig.frame, lips, shut, 0.0).astype(int)
    middle = (np.abs(box.upper_distance_px) < 1) & (np.abs(box.x) < 0.5)
    assert picture[box.box.slices][middle].mean() < 70
    assert parted[middle].mean() > 130
    corner = (np.abs(box.upper_distance_px) < 1) & (np.abs(np.abs(box.x) - 0.98) < 0.02)
    np.testing.assert_array_equal(parted[corner], picture[box.box.slices][corner])


def test_rounded_lips_keep_light_out(avatar: PhotoAvatar) -> None:
    interior = avatar.rigs[0].interior
    assert mouth_look(interior, MouthState(opening=0.02, rest=0.0, rounded=1.0))[ROUND_SHADE] > 0.4
    assert mouth_look(interior, MouthState(opening=0.02, rest=1.0, rounded=1.0))[ROUND_SHADE] == 0


def test_planes_of_huge_faces_are_no_finer_than_teeth(avatar: PhotoAvatar, looks: Photometry) -> None:
    rig = avatar.rigs[0]
    huge = replace(rig.frame, height_px=3000.0)
    interior = build_interior(rig.picture.rgb, huge, _shut(rig.lips), looks, rig.mouth_box)
    assert interior.pixels_per_face_height == MOST_PX
    assert interior.upper_teeth.shape[1] == round(0.38 * MOST_PX)


def test_lips_grow_over_the_opening_once_they_move(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    photo = rig.picture.rgb[rig.mouth_box.box.slices]
    np.testing.assert_array_equal(lip_skin(rig.interior, 0.0, 0.0), photo)
    grown = lip_skin(rig.interior, 1.0, 0.0).astype(float)
    inside = rig.mouth_box.inside_px() > 3
    outside = rig.mouth_box.inside_px() < -0.07 * rig.frame.height_px
    np.testing.assert_array_equal(grown[outside], photo[outside])
    teeth, lip = photo[inside].mean(0), grown[inside].mean(0)
    assert lip[0] / lip[1] > 1.1 * teeth[0] / teeth[1]
    half = lip_skin(rig.interior, 0.5, 0.0).astype(float)
    assert np.abs(half - 0.5 * (photo + grown)).max() <= 1


def test_grown_lips_carry_no_stripes(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    inside = rig.mouth_box.inside_px() > 3
    pairs = inside[:, 1:] & inside[:, :-1]
    steps = [
        float(np.abs(np.diff(skin.astype(float).mean(-1), axis=1))[pairs].mean())
        for skin in (lip_skin(rig.interior, 0.0, 0.0), lip_skin(rig.interior, 1.0, 0.0))
    ]
    assert steps[1] < 0.5 * steps[0]


def test_little_known_mouths_are_drawn_anew_to_speak(avatar: PhotoAvatar) -> None:
    interior = avatar.rigs[0].interior
    assert interior.photographed is not None
    little = replace(
        interior, photographed=replace(interior.photographed, shows_teeth=False), photographed_opening=0.03
    )
    still, speaking = (mouth_look(little, MouthState(opening=0.03, rest=r))[7] for r in (1.0, 0.0))
    assert still == 1
    assert speaking == 0
    assert mouth_look(interior, MouthState(opening=0.03, rest=0.0, moved=1.0))[7] == 1


def test_planes_do_not_shift_at_the_photographed_pose(avatar: PhotoAvatar) -> None:
    rig, interior = avatar.rigs[0], avatar.rigs[0].interior
    state = MouthState(opening=0.0, rest=0.0)
    corner = rig.mouth_box.box.x0, rig.mouth_box.box.y0
    maps = place_planes(interior, rig.frame, state, STILL, corner)
    assert maps.shape == (5, 2, 3)
    assert maps.dtype == np.float32
    np.testing.assert_allclose(maps[3], [[1, 0, 0], [0, 1, 0]], atol=1e-3)
    anchor_x, anchor_y = rig.frame.to_picture(*(np.array([c]) for c in interior.anchor))
    at = float(anchor_x[0]) - corner[0], float(anchor_y[0]) - corner[1]
    middle = -interior.origin[0] * interior.pixels_per_face_height - 0.5
    for place in maps[:3]:
        assert _centre(place, at)[0] == pytest.approx(middle, abs=0.05)


def test_lower_teeth_sink_and_the_tongue_rises(avatar: PhotoAvatar) -> None:
    rig, interior = avatar.rigs[0], avatar.rigs[0].interior

    def row(state: MouthState, plane: int) -> float:
        return float(_centre(place_planes(interior, rig.frame, state, STILL, (0, 0))[plane], (256, 256))[1])

    shut, wide = MouthState(opening=0.0, rest=0.0), MouthState(opening=0.1, rest=0.0)
    raised = MouthState(opening=0.1, rest=0.0, tongue_up=1.0)
    assert row(wide, 1) < row(shut, 1) - 5
    assert row(shut, 0) > row(wide, 0)
    assert row(raised, 4) > row(wide, 4) + 3
    assert mouth_look(interior, raised)[TIP] == 1
    assert mouth_look(interior, wide)[TIP] == 0
    assert row(wide, 2) == pytest.approx(row(shut, 2))


def test_turning_moves_deeper_planes_differently(avatar: PhotoAvatar) -> None:
    rig, interior = avatar.rigs[0], avatar.rigs[0].interior
    angle = np.radians(8)
    head = np.eye(3, 4)
    head[:3, :3] = [[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]]
    maps = place_planes(interior, rig.frame, MouthState(rest=0.0), head, (0, 0))
    columns = [float(_centre(place, (256, 256))[0]) for place in maps[:3]]
    assert abs(columns[0] - columns[2]) > 0.3


def test_look_has_the_documented_size(avatar: PhotoAvatar) -> None:
    for state in (MouthState(), MouthState(opening=0.05, tongue_up=1.0, rest=0.0, moved=1.0)):
        look = mouth_look(avatar.rigs[0].interior, state)
        assert look.shape == (LOOK_SIZE,)
        assert look.dtype == np.float32
        assert np.isfinite(look).all()


def test_a_mere_cavity_gives_way_when_lips_close(avatar: PhotoAvatar) -> None:
    interior: Interior = avatar.rigs[0].interior
    assert interior.photographed is not None
    wide = replace(interior, photographed_opening=0.15)
    cavity = replace(wide, photographed=replace(interior.photographed, shows_teeth=False))
    shares = [
        float(mouth_look(cavity, MouthState(opening=part * cavity.photographed_opening, rest=0.0))[7])
        for part in (0.2, 0.5, 1.0)
    ]
    assert shares[0] == 0
    assert 0 < shares[1] < 1
    assert shares[2] == 1
    assert mouth_look(interior, MouthState(opening=0.0, rest=0.0))[7] == 1


def test_movement_counts_from_any_control() -> None:
    assert moved_from(0, 0, 0, 0, 0) == 0
    assert moved_from(-0.003, 0, 0, 0, 0) == pytest.approx(0.5)
    assert moved_from(0.001, 0, 0.5, 0, 0) == 1
