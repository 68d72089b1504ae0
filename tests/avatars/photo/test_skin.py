"""The light on skin: where it changes, which way, and where it does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.motion.controls import read_controls
from phonoscope.avatars.photo.photometry import Photometry, measure_photometry
from phonoscope.avatars.photo.skin.creases import Crease, raise_crease, trace_crease
from phonoscope.avatars.photo.skin.light import shade_luma, shade_rgb
from phonoscope.avatars.photo.skin.relighting import build_relighting, shading_weights, unlit
from phonoscope.avatars.photo.skin.shading import SHADINGS, ShadingMaps
from phonoscope.avatars.photo.skin.skin_map import SkinMap, free_of_hair, map_skin
from phonoscope.core.colour import frame_to_rgb, rgb_to_frame
from phonoscope.core.frames import Box
from phonoscope.core.performance import Pose, pose

SMILE = pose(mouthRest=1, mouthSmileLeft=1.0, mouthSmileRight=1.0, cheekSquintLeft=1.0, cheekSquintRight=1.0)


def _gain(avatar: PhotoAvatar, moment: Pose) -> NDArray[np.float64]:
    """Return the gain over the whole picture, of skin that has not moved."""
    rig = avatar.rigs[0]
    controls = read_controls(moment)
    warp = rig.solver.solve(np.zeros(rig.solver.fields.upper.shape[0], np.float32), np.eye(3, 4), 0)
    found = rig.skin.gain(controls, warp)
    whole = np.full((avatar.size_px[1], avatar.size_px[0]), 128, np.uint8)
    if found is not None:
        shade_luma(whole, *found)
    return (whole.astype(np.float64) - 16) / 112


def _at(avatar: PhotoAvatar, gain: NDArray[np.float64], *landmarks: int) -> float:
    places = np.round(avatar.rigs[0].frame.landmarks_px[list(landmarks), :2]).astype(int)
    return float(np.mean([gain[y - 2 : y + 3, x - 2 : x + 3].min() for x, y in places]))


def _highest(avatar: PhotoAvatar, gain: NDArray[np.float64], landmark: int) -> float:
    x, y = np.round(avatar.rigs[0].frame.landmarks_px[landmark, :2]).astype(int)
    return float(gain[y - 9 : y + 10, x - 9 : x + 10].max())


def test_at_rest_light_stays(avatar: PhotoAvatar) -> None:
    assert not any(shading_weights(read_controls(pose())))
    assert (_gain(avatar, pose()) == 1).all()


def test_a_smile_deepens_the_cheek_folds_and_lights_the_cheeks(avatar: PhotoAvatar) -> None:
    gain = _gain(avatar, SMILE)
    for fold, cheek in ((206, 50), (426, 280)):
        assert _at(avatar, gain, fold) < 0.95
        assert _highest(avatar, gain, cheek) > 1.01


def test_each_side_answers_for_itself(avatar: PhotoAvatar) -> None:
    gain = _gain(avatar, pose(mouthRest=1, mouthSmileLeft=1.0))
    middle = round(float(avatar.rigs[0].frame.landmarks_px[2, 0]))
    assert (gain[:, :middle] == 1).all()
    assert gain[:, middle:].min() < 0.95


@pytest.mark.parametrize(
    ("channels", "landmarks"),
    [
        ({"browDownLeft": 1.0, "browDownRight": 1.0}, (9,)),
        ({"mouthShrugLower": 1.0}, (18,)),
        ({"jawOpen": 1.0, "lipGap": 0.08}, (18,)),
        ({"mouthFrownLeft": 1.0, "mouthFrownRight": 1.0}, (43, 273)),
    ],
)
def test_folds_come_where_skin_is_pushed(
    avatar: PhotoAvatar, channels: dict[str, float], landmarks: tuple[int, ...]
) -> None:
    gain = _gain(avatar, pose((0, 0, 0, 0, 0), **channels))
    x, y = np.round(avatar.rigs[0].frame.landmarks_px[list(landmarks), :2]).astype(int).T
    reach = 12
    for column, row in zip(x, y, strict=True):
        assert gain[row - reach : row + reach, column - reach : column + reach].min() < 0.985


def test_the_eyes_and_lips_keep_their_light(avatar: PhotoAvatar) -> None:
    everything = np.ones_like(SMILE.curves)
    gain = _gain(avatar, Pose(everything, np.zeros(5, np.float32)))
    for landmark in (468, 473, 0, 17):
        x, y = np.round(avatar.rigs[0].frame.landmarks_px[landmark, :2]).astype(int)
        assert gain[y, x] == pytest.approx(1, abs=0.02)
    assert 0.55 < gain.min() < 0.9
    assert gain.max() < 1.3


def test_rounded_lips_draw_no_fold_where_none_was(avatar: PhotoAvatar) -> None:
    smooth = _blank_skin(np.zeros((100, 100)))
    weights = dict(zip(SHADINGS, shading_weights(read_controls(pose(mouthPucker=1.0, jawOpen=1.0))), strict=True))
    assert weights["cheek_fold_left"] == 0 < weights["ease_left"] < 0.5
    both = shading_weights(read_controls(pose(mouthPucker=1.0, mouthSmileLeft=1.0, mouthSmileRight=1.0)))
    assert dict(zip(SHADINGS, both, strict=True))["ease_left"] == 0
    rig = avatar.rigs[0]
    assert not ShadingMaps(smooth, rig.frame, _photometry(avatar)).draw()["ease_left"].any()


def test_a_forehead_of_smooth_skin_hardly_wrinkles(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    skin = map_skin(rig.picture.rgb, rig.frame, rig.solver.lattice)
    plain = replace(skin, relief=np.zeros_like(skin.relief))
    photometry = replace(_photometry(avatar), grain=0.0)
    young, old = (
        ShadingMaps(replace(plain, roughness=roughness), rig.frame, photometry).draw() for roughness in (0.005, 0.05)
    )
    assert -0.05 < young["forehead"].min() < 0
    assert old["forehead"].min() < 2.5 * young["forehead"].min()


def test_a_fringe_does_not_wrinkle() -> None:
    strands = 0.1 * np.sin(np.arange(100) * 2.1)
    relief = np.zeros((100, 100))
    relief[:50] = strands
    free = free_of_hair(_blank_skin(relief), np.array([1.0, 0.0]))
    assert free[10, 50] < 0.1
    assert free[90, 50] == 1
    assert (free_of_hair(_blank_skin(relief.T), np.array([1.0, 0.0]))[:, 10:40] > 0.9).all(), "wrinkles do"


def test_nothing_changes_away_from_the_face(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    gain = _gain(avatar, Pose(np.ones_like(SMILE.curves), np.zeros(5, np.float32)))
    outside = np.ones(gain.shape, bool)
    outside[rig.skin.source.slices] = False
    assert (gain[outside] == 1).all()


def test_shading_follows_the_skin(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    still = np.zeros(rig.solver.fields.upper.shape[0], np.float32)
    controls = read_controls(SMILE)
    darkest = []
    for shift in (0.0, 0.05):
        warp = rig.solver.solve(still, rig.solver.motion.movement(np.array([0, 0, 0, shift, 0])), 0)
        found = rig.skin.gain(controls, warp)
        assert found is not None
        box, gain = found
        x = (np.arange(gain.shape[1]) + 0.5) * box.width / gain.shape[1] + box.x0
        darkest.append(float(np.sum(x * (1 - gain.min(0)) ** 4) / np.sum((1 - gain.min(0)) ** 4)))
    assert darkest[1] - darkest[0] == pytest.approx(0.05 * rig.frame.height_px, abs=2)


def test_flat_drawings_are_not_shaded(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    flat = replace(_photometry(avatar), flat=True)
    skin = build_relighting(rig.picture.rgb, rig.frame, rig.solver.lattice, flat, rig.solver.motion.edge)
    warp = rig.solver.solve(np.zeros(rig.solver.fields.upper.shape[0], np.float32), np.eye(3, 4), 0)
    assert skin.gain(read_controls(SMILE), warp) is None
    assert unlit(rig.solver.lattice).gain(read_controls(SMILE), warp) is None


def test_childrens_folds_are_shallow(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    points = rig.frame.points.copy()
    for iris in (range(468, 473), range(473, 478)):
        middle = points[iris[0]]
        points[list(iris)] = middle + 1.5 * (points[list(iris)] - middle)
    skin = map_skin(rig.picture.rgb, rig.frame, rig.solver.lattice)
    grown, child = (
        ShadingMaps(skin, frame, _photometry(avatar)).draw() for frame in (rig.frame, replace(rig.frame, points=points))
    )
    assert set(grown) == set(SHADINGS)
    for name in ("frown", "corner_left", "droop_right"):
        assert child[name].min() > 0.6 * grown[name].min(), name


def test_the_light_decides_which_side_of_a_bulge_is_lit(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    skin = map_skin(rig.picture.rgb, rig.frame, rig.solver.lattice)
    hollow = rig.frame.landmarks_px[207, :2] / rig.frame.height_px
    column = int(np.searchsorted(skin.x, hollow[0]))
    sides = []
    for x in (-0.5, 0.5):
        light = replace(_photometry(avatar), light=np.array([x, 0.0, np.sqrt(1 - x * x)]))
        puff = ShadingMaps(replace(skin, skin=np.ones_like(skin.skin)), rig.frame, light).draw()["puff"]
        row = int(np.searchsorted(skin.y, hollow[1]))
        sides.append(puff[row, column - 8] - puff[row, column + 8])
    assert sides[0] > 0.02
    assert sides[1] < -0.02


def _photometry(avatar: PhotoAvatar) -> Photometry:
    rig = avatar.rigs[0]
    return measure_photometry(rig.picture.rgb, rig.frame)


def _blank_skin(relief: NDArray[np.float64]) -> SkinMap:
    places = np.arange(relief.shape[0]) * 0.004
    return SkinMap(
        box=Box(0, 0, 100, 100),
        size_px=250.0,
        x=places,
        y=places,
        inside=np.ones(relief.shape, bool),
        skin=np.ones(relief.shape),
        light=np.full(relief.shape, 128.0),
        relief=relief,
        roughness=0.02,
        contrast=0.17,
    )


def test_creases_move_onto_the_folds_of_the_photo() -> None:
    relief = np.zeros((100, 100))
    relief[20:80, 53] = -0.1
    line = np.array([[0.2, 0.08], [0.2, 0.32]])
    traced = trace_crease(_blank_skin(relief), line, 0.02)
    np.testing.assert_allclose(traced[:, 0], 0.212, atol=0.003)
    np.testing.assert_allclose(trace_crease(_blank_skin(relief), line, 0.004)[:, 0], 0.2, atol=0.005)
    np.testing.assert_allclose(trace_crease(_blank_skin(np.zeros((100, 100))), line, 0.02)[:, 0], 0.2, atol=1e-9)


def test_what_the_photo_shows_is_not_raised_again() -> None:
    kind = Crease(width=0.012, depth=0.006, bulge=0.005)
    line = np.linspace([0.2, 0.08], [0.2, 0.32], 14)
    deep = np.zeros((100, 100))
    deep[:, 50] = -0.2
    new, valley = raise_crease(_blank_skin(np.zeros((100, 100))), line, kind)
    again, _ = raise_crease(_blank_skin(deep), line, kind)
    assert new[50, 50] == pytest.approx(-0.0045, rel=0.1), "the valley, and the foot of the bulge"
    assert new.max() == pytest.approx(0.005, rel=0.2)
    assert new[50, :50].max() > 0.004 > new[50, 51:].max(), "the bulge lies at the right hand of who walks down"
    assert abs(again).max() < 0.5 * abs(new).max()
    assert valley[50, 50] > 0.9
    assert valley[5, 50] < 0.05, "it ends where the line ends"


def test_both_planes_are_shaded_alike(rng: np.random.Generator) -> None:
    rgb = rng.integers(40, 200, (64, 80, 3), np.uint8)
    gain = rng.uniform(0.7, 1.15, (8, 10)).astype(np.float32)
    box = Box(8, 16, 48, 48)
    frame = rgb_to_frame(rgb)
    shade_luma(frame.luma, box, gain)
    shade_rgb(rgb, box, gain)
    again = rgb_to_frame(rgb)
    np.testing.assert_allclose(frame.luma.astype(int), again.luma.astype(int), atol=2)
    np.testing.assert_allclose(frame.chroma.astype(int), again.chroma.astype(int), atol=2)


def test_black_and_white_stay_within_range() -> None:
    plane = np.array([[16, 235] * 4] * 8, np.uint8)
    shade_luma(plane, Box(0, 0, 8, 8), np.full((2, 2), 1.5, np.float32))
    assert plane.min() == 16
    assert plane.max() == 235
    rgb = np.array([[[0, 0, 0], [255, 255, 255]] * 4] * 8, np.uint8)
    shade_rgb(rgb, Box(0, 0, 8, 8), np.full((2, 2), 1.5, np.float32))
    assert rgb.min() == 0
    assert rgb.max() == 255


@pytest.mark.parametrize("head", [(0, 0, 0, 0, 0), (6, 3, -2, 0.02, 0.0)])
def test_expressions_look_alike_on_both_surfaces(avatar: PhotoAvatar, head: tuple[float, ...]) -> None:
    moment = Pose(SMILE.curves, np.array(head, np.float32))
    frame = frame_to_rgb(avatar.draw_frame(moment)).astype(int)
    drawn = frame_to_rgb(rgb_to_frame(np.ascontiguousarray(avatar.draw(moment)[..., :3]))).astype(int)
    difference = np.abs(frame - drawn)
    assert difference.mean() < 1.0
    assert np.percentile(difference, 99.9) < 16
