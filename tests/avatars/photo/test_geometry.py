"""Face coordinates, lattice, head and fields: what moves, and what must not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.drawing.resampling import padded
from phonoscope.avatars.photo.drawing.warp import SEEN, VISIBLE_PX, pixel_grid
from phonoscope.avatars.photo.finding.landmarks import CHIN, FOREHEAD
from phonoscope.avatars.photo.motion.fields import FIELDS
from phonoscope.avatars.photo.motion.head import build_head_motion, turn_matrix
from phonoscope.avatars.photo.motion.lattice import build_lattice
from phonoscope.avatars.photo.motion.lip_closing import JAW_DROP
from phonoscope.avatars.photo.motion.territory import Surroundings, movable
from phonoscope.core.frames import Box


def test_landmarks_come_back_from_face_coordinates(avatar: PhotoAvatar) -> None:
    frame = avatar.rigs[0].frame
    raw = (frame.landmarks_px - frame.origin_px) @ frame.rotation / frame.height_px
    x, y = frame.to_picture(raw[:, 0], raw[:, 1], raw[:, 2])
    np.testing.assert_allclose(np.stack([x, y], 1), frame.landmarks_px[:, :2], atol=1e-6)
    assert np.linalg.norm(raw[FOREHEAD] - raw[CHIN]) == pytest.approx(1)


def test_mouth_landmarks_keep_their_place_in_the_picture(avatar: PhotoAvatar) -> None:
    frame = avatar.rigs[0].frame
    for landmark in (13, 14, 78, 308, 0, 17):
        x, y = frame.to_picture(*frame.points[landmark, :, None])
        assert (x[0], y[0]) == pytest.approx(frame.landmarks_px[landmark, :2], abs=0.6)


def test_lattice_boxes_are_even_and_inside(avatar: PhotoAvatar) -> None:
    for size in ((512, 512), (300, 420), (514, 398)):
        lattice = build_lattice(avatar.rigs[0].frame, size)
        box = lattice.box
        assert not any(side % 2 for side in (box.x0, box.y0, box.x1, box.y1))
        assert 0 <= box.x0 < box.x1 <= size[0]
        assert 0 <= box.y0 < box.y1 <= size[1]
        assert lattice.shape == (box.height // lattice.step_px, box.width // lattice.step_px)


def test_lattice_nodes_project_to_their_pixels(avatar: PhotoAvatar) -> None:
    lattice = avatar.rigs[0].solver.lattice
    x, y = avatar.rigs[0].frame.to_picture(lattice.u, lattice.v, lattice.w)
    np.testing.assert_allclose(x - lattice.box.x0, lattice.x, atol=1e-3)
    np.testing.assert_allclose(y - lattice.box.y0, lattice.y, atol=1e-3)


def test_lattice_reads_what_lies_between_nodes(avatar: PhotoAvatar) -> None:
    lattice = avatar.rigs[0].solver.lattice
    x, y = np.array([200.3, 260.0]), np.array([180.7, 301.5])
    ramp = 2 * (lattice.x + lattice.box.x0) - 3 * (lattice.y + lattice.box.y0)
    np.testing.assert_allclose(lattice.sample(ramp, x, y), 2 * x - 3 * y, atol=1e-3)


def test_lattice_values_spread_to_pixels_exactly(avatar: PhotoAvatar) -> None:
    lattice = avatar.rigs[0].solver.lattice
    box = Box(201, 180, 260, 231)
    ramp = 2 * (lattice.x + lattice.box.x0) - 3 * (lattice.y + lattice.box.y0)
    y, x = np.mgrid[box.y0 : box.y1, box.x0 : box.x1]
    np.testing.assert_allclose(lattice.spread(ramp, box), 2 * x - 3 * y, atol=1e-3)


def test_turns_go_where_they_say() -> None:
    nose = np.array([0.0, 0.0, -1.0])
    assert (turn_matrix(10, 0, 0) @ nose)[0] > 0.1, "yaw: to the picture's right"
    assert (turn_matrix(0, 10, 0) @ nose)[1] < -0.1, "pitch: chin up, so the nose rises"
    assert (turn_matrix(0, 0, 10) @ np.array([0, -1.0, 0]))[0] > 0.1, "roll: clockwise"


def test_head_keeps_its_limits(avatar: PhotoAvatar) -> None:
    motion = avatar.rigs[0].solver.motion
    assert motion.limit_deg == 10
    far = motion.movement(np.array([90, -90, 45, 3, -3], np.float32))
    farther = motion.movement(np.array([900, -900, 450, 30, -30], np.float32))
    np.testing.assert_allclose(far, farther, atol=1e-6)
    turn = motion.movement(np.array([90, 0, 0, 0, 0], np.float32))[:, :3]
    assert np.degrees(np.arccos(turn[0, 0])) <= motion.limit_deg + 1e-6
    np.testing.assert_array_equal(motion.movement(np.zeros(5)), np.eye(3, 4))


def test_a_turned_head_may_turn_less(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    person = np.ones(rig.picture.rgb.shape[:2], np.float32)
    limits = []
    for yaw in (0, 20, 40):
        turned = type(rig.frame)(
            rig.frame.landmarks_px, rig.frame.points, turn_matrix(yaw, 0, 0), rig.frame.origin_px, rig.frame.height_px
        )
        limits.append(build_head_motion(turned, rig.solver.lattice, person, rig.solver.motion.edge).limit_deg)
    assert limits == [10, 6, 3]


def test_the_head_moves_and_the_edges_stay(avatar: PhotoAvatar) -> None:
    motion, lattice = avatar.rigs[0].solver.motion, avatar.rigs[0].solver.lattice
    nose = avatar.rigs[0].frame.landmarks_px[4]
    follow = motion.follow.astype(np.float64)
    assert lattice.sample(follow, nose[:1], nose[1:2])[0] == pytest.approx(1, abs=0.02)
    rim = np.concatenate([follow[0], follow[-1], follow[:, 0], follow[:, -1]])
    assert rim.max() == 0


def test_nothing_moves_outside_the_photo_on_a_larger_canvas(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    bounds = Box(120, 60, 400, 460)
    person = np.ones(rig.picture.rgb.shape[:2], np.float32)
    edge = movable(rig.solver.lattice, rig.frame, Surroundings(bounds))
    motion = build_head_motion(rig.frame, rig.solver.lattice, person, edge)
    x, y = rig.solver.lattice.x + rig.solver.lattice.box.x0, rig.solver.lattice.y + rig.solver.lattice.box.y0
    outside = (x <= bounds.x0) | (x >= bounds.x1 - 1) | (y <= bounds.y0) | (y >= bounds.y1 - 1)
    for weight in (motion.follow, motion.breathe, motion.edge):
        assert weight[outside].max() == 0
        assert weight.max() > 0.5


def _field(avatar: PhotoAvatar, name: str, layer: str) -> np.typing.NDArray[np.float32]:
    stack = getattr(avatar.rigs[0].solver.fields, layer)
    return np.asarray(stack[FIELDS.index(name)].reshape(3, *avatar.rigs[0].solver.lattice.shape), np.float32)


@pytest.mark.parametrize("name", FIELDS)
def test_both_layers_of_skin_agree_away_from_the_mouth(avatar: PhotoAvatar, name: str) -> None:
    lattice, lips = avatar.rigs[0].solver.lattice, avatar.rigs[0].lips
    upper, lower = _field(avatar, name, "upper"), _field(avatar, name, "lower")
    beside = np.abs((lattice.u - lips.centre_u) / lips.half_width) > 1.02
    np.testing.assert_allclose(upper[:, beside], lower[:, beside], atol=2e-3)


@pytest.mark.parametrize("name", FIELDS)
def test_fields_fade_out_at_the_edges(avatar: PhotoAvatar, name: str) -> None:
    for layer in ("upper", "lower"):
        field = np.abs(_field(avatar, name, layer))
        assert max(field[:, 0].max(), field[:, -1].max(), field[..., 0].max(), field[..., -1].max()) == 0


def test_the_jaw_moves_the_chin_and_not_the_nose(avatar: PhotoAvatar) -> None:
    lattice, frame = avatar.rigs[0].solver.lattice, avatar.rigs[0].frame
    chin, nose = (
        lattice.sample(_field(avatar, "jaw", layer)[1], *frame.landmarks_px[i, :2, None])[0]
        for layer, i in (("lower", CHIN), ("upper", 4))
    )
    assert chin == pytest.approx(JAW_DROP, rel=0.1)
    assert abs(nose) < 0.002


def test_the_inverse_of_a_movement_undoes_it(avatar: PhotoAvatar) -> None:
    solver = avatar.rigs[0].solver
    weights = np.zeros(len(FIELDS), np.float32)
    weights[FIELDS.index("jaw")], weights[FIELDS.index("brow_inner")] = 0.6, 0.8
    movement = solver.motion.movement(np.array([4, -3, 2, 0.01, 0.02]))
    warp = solver.solve(weights, movement, 0.7)
    x, y = solver.lattice.x, solver.lattice.y
    source = warp.sources[0]
    rows = ((y + source[1] + 0.5) / solver.lattice.step_px - 0.5).astype(np.float32)
    columns = ((x + source[0] + 0.5) / solver.lattice.step_px - 0.5).astype(np.float32)
    inner = (slice(3, -3), slice(3, -3))
    for axis in (0, 1):
        there = cv2.remap(warp.forward[0, axis], columns, rows, cv2.INTER_LINEAR)
        np.testing.assert_allclose((there + source[axis])[inner], 0, atol=0.3)


def test_no_movement_moves_nothing(avatar: PhotoAvatar) -> None:
    solver = avatar.rigs[0].solver
    warp = solver.solve(np.zeros(len(FIELDS), np.float32), np.eye(3, 4), 0)
    assert not warp.moving.any()
    box = Box(180, 140, 300, 240)
    noise = np.random.default_rng(1).integers(0, 256, (100, 120, 3), np.uint8)
    np.testing.assert_array_equal(warp.read(SEEN, box, solver.rgb_grid, noise, box), noise)


def test_spans_hold_all_that_moves(avatar: PhotoAvatar) -> None:
    solver = avatar.rigs[0].solver
    weights = np.zeros(len(FIELDS), np.float32)
    weights[FIELDS.index("jaw")] = 0.5
    warp = solver.solve(weights, np.eye(3, 4), 0)
    columns = np.arange(solver.lattice.shape[1])
    inside = (columns >= warp.moving[:, :1]) & (columns < warp.moving[:, 1:])
    assert (np.abs(warp.sources[SEEN]).max(0)[~inside] <= VISIBLE_PX).all()
    assert 0.05 < inside.mean() < 0.8
    assert not (warp.moving % 2).any()


@pytest.mark.parametrize("scale", [1, 2])
def test_planes_are_read_where_the_lattice_says(avatar: PhotoAvatar, scale: int) -> None:
    solver = avatar.rigs[0].solver
    lattice = solver.lattice
    warp = solver.solve(np.zeros(len(FIELDS), np.float32), solver.motion.movement(np.array([5, 2, -3, 0, 0])), 0)
    width, height = avatar.size_px[0] // scale, avatar.size_px[1] // scale
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    # Smooth waves, so that any good interpolation agrees.
    waves = np.stack([128 + 100 * np.sin(x / 9) * np.cos(y / 11), 128 + 100 * np.cos(x / 13 + y / 8)], -1)
    plane = np.round(waves[..., : 3 - 2 // scale]).astype(np.uint8)
    drawn = plane.copy()
    warp.draw(pixel_grid(lattice, scale, plane.shape[2]), padded(plane), drawn)
    place = x * float(scale), y * scale + 0.5 * (scale - 1)
    shifts = [lattice.sample(warp.sources[SEEN, axis], *place) / scale for axis in (0, 1)]
    expected = cv2.remap(
        plane, (x + shifts[0]).astype(np.float32), (y + shifts[1]).astype(np.float32), cv2.INTER_CUBIC, borderMode=1
    ).reshape(plane.shape)
    assert np.abs(expected.astype(int) - plane).max() > 10
    np.testing.assert_allclose(drawn.astype(int), expected.astype(int), atol=3)


def test_pushed_forward_lips_bulge_in_the_middle(avatar: PhotoAvatar) -> None:
    """Lips that bulged all along would end in upright sides, like a box."""
    rig = avatar.rigs[0]
    lattice, lips = rig.solver.lattice, rig.lips
    down = rig.solver.fields.lower[FIELDS.index("pucker"), 1].reshape(lattice.shape)
    inward = rig.solver.fields.lower[FIELDS.index("pucker"), 0].reshape(lattice.shape)
    x = (lattice.u - lips.centre_u) / lips.half_width
    below = lattice.v - np.interp(x, lips.x, lips.lower)
    rim = np.abs(below - lips.lower_thickness) < 0.01
    middle, beside = (float(down[rim & (np.abs(np.abs(x) - at) < 0.1)].mean()) for at in (0.1, 0.8))
    assert middle > 0.005
    assert beside < 0.6 * middle
    corner = rim & (np.abs(np.abs(x) - 0.95) < 0.1)
    assert float(np.abs(inward[corner]).mean()) > 0.15 * lips.half_width, "the mouth gets narrower"
