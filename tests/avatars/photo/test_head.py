"""What follows the head, what stays put beside it, and what lags behind."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.drawing.warp import HAIR_SWAY, SHOULDER_FOLLOW, UPPER
from phonoscope.avatars.photo.finding.landmarks import CHIN
from phonoscope.avatars.photo.motion.fields import FIELDS
from phonoscope.avatars.photo.motion.hair import loose_hair
from phonoscope.avatars.photo.motion.head import HeadMotion, build_head_motion, turn_matrix
from phonoscope.avatars.photo.motion.lattice import at_nodes, distance_outside_face
from phonoscope.core.performance import pose


def _head_alone(avatar: PhotoAvatar) -> NDArray[np.float32]:
    """Return a matte of a head, a neck and shoulders."""
    rig = avatar.rigs[0]
    matte = np.zeros(rig.picture.rgb.shape[:2], np.float32)
    x, y = np.round(rig.frame.landmarks_px[[6, CHIN], :2]).astype(int).T
    size = round(rig.frame.height_px)
    cv2.ellipse(matte, (int(x[0]), int(y[0])), (int(0.55 * size), int(0.75 * size)), 0, 0, 360, (1.0,), -1)
    cv2.rectangle(matte, (int(x[1]) - size // 4, int(y[1]) - 20), (int(x[1]) + size // 4, int(y[1]) + size), (1.0,), -1)
    matte[int(y[1]) + size // 3 :] = 1
    return matte


def _motion(avatar: PhotoAvatar, rgb: NDArray[np.uint8]) -> HeadMotion:
    rig = avatar.rigs[0]
    return build_head_motion(rig.frame, rig.solver.lattice, _head_alone(avatar), rig.solver.motion.edge, rgb)


@pytest.fixture(scope="module")
def plain(avatar: PhotoAvatar) -> NDArray[np.uint8]:
    return np.full_like(avatar.picture.rgb, 120)


def test_straight_lines_beside_the_head_follow_less(avatar: PhotoAvatar, plain: NDArray[np.uint8]) -> None:
    rig = avatar.rigs[0]
    x = round(float(rig.frame.landmarks_px[6, 0] + 0.66 * rig.frame.height_px))
    lined = plain.copy()
    lined[:, x : x + 6] = 10
    y = rig.frame.landmarks_px[6:7, 1]
    before, after = (
        rig.solver.lattice.sample(_motion(avatar, rgb).follow, np.array([x + 3.0]), y)[0] for rgb in (plain, lined)
    )
    assert before > 0.5
    assert after < 0.75 * before


def test_the_falloff_is_never_sharp(avatar: PhotoAvatar, rng: np.random.Generator) -> None:
    rig = avatar.rigs[0]
    busy = np.kron(rng.integers(0, 2, (64, 64, 1)) * 255, np.ones((8, 8, 3))).astype(np.uint8)
    motion = _motion(avatar, busy)
    steepest = np.hypot(*np.gradient(motion.follow)) * rig.frame.height_px / rig.solver.lattice.step_px
    assert steepest.max() < 12


@pytest.mark.parametrize("head", [(10, 10, 10, 0.08, 0.08), (-10, 10, -10, -0.08, -0.08), (10, -10, -10, 0.08, -0.08)])
def test_no_movement_of_the_head_folds_the_picture(avatar: PhotoAvatar, head: tuple[float, ...]) -> None:
    solver = avatar.rigs[0].solver
    movement = solver.motion.movement(np.array(head))
    forward = solver.solve(np.zeros(len(FIELDS), np.float32), movement, 0).forward[UPPER] / solver.lattice.step_px
    (xy, xx), (yy, yx) = (np.gradient(axis) for axis in forward)
    assert ((1 + xx) * (1 + yy) - xy * yx).min() > 0.1


def test_lines_near_the_head_limit_it(avatar: PhotoAvatar, plain: NDArray[np.uint8]) -> None:
    rig = avatar.rigs[0]
    x = round(float(rig.frame.landmarks_px[6, 0] + 0.64 * rig.frame.height_px))
    lined = plain.copy()
    lined[:, x : x + 6] = 10
    free, held = (_motion(avatar, rgb).movement(np.array([0, 0, 0, 0.06, 0]))[0, 3] for rgb in (plain, lined))
    assert held < 0.9 * free
    small = np.array([2, 1, 0, 0.01, 0])
    np.testing.assert_array_equal(_motion(avatar, lined).movement(small), _motion(avatar, plain).movement(small))


def test_small_movements_are_made_in_full(avatar: PhotoAvatar) -> None:
    movement = avatar.rigs[0].solver.motion.movement(np.array([3, 2, 1, 0.01, 0.01]))
    np.testing.assert_allclose(movement[:, :3], turn_matrix(3, 2, 1), atol=1e-12)


def test_necklaces_stay_put(avatar: PhotoAvatar, plain: NDArray[np.uint8]) -> None:
    rig = avatar.rigs[0]
    chin = rig.frame.landmarks_px[CHIN]
    x, y = chin[:1], chin[1:2] + 0.32 * rig.frame.height_px
    worn = plain.copy()
    row = round(float(y[0]))
    worn[row - 3 : row + 3, :] = 250
    before, after = (rig.solver.lattice.sample(_motion(avatar, rgb).follow, x, y)[0] for rgb in (plain, worn))
    assert before > 0.25
    assert after < 0.4 * before
    below = rig.solver.lattice.sample(_motion(avatar, worn).follow, x, chin[1:2] - 0.1 * rig.frame.height_px)[0]
    assert below > 0.9, "the chin follows as ever"


def test_hair_is_found_above_the_face(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    hair, lattice = rig.solver.motion.hair, rig.solver.lattice
    outside = distance_outside_face(rig.frame, lattice)
    assert hair[outside <= 0].max() == 0, "the face does not sway"
    above = (outside > 0.2) & (lattice.v < rig.frame.points[10, 1])
    assert hair[above].max() > 0.3
    assert hair[lattice.v > rig.frame.points[CHIN, 1] + 0.55].max() < 0.02, "nor do clothes"


def test_what_lies_on_the_skull_does_not_sway(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    lattice = rig.solver.lattice
    place = rig.frame.points[10, :2] + (0, -0.1)
    on_skull = np.hypot(lattice.u - place[0], lattice.v - place[1]) < 0.05
    assert on_skull.any()
    assert rig.solver.motion.hair[on_skull].max() < 0.1


def test_bald_heads_have_none(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    skin = np.full_like(avatar.picture.rgb, (205, 165, 140))
    person = at_nodes(_head_alone(avatar), rig.solver.lattice)
    assert loose_hair(skin, rig.frame, rig.solver.lattice, person).max() == 0


def test_hair_lags_by_so_much(avatar: PhotoAvatar) -> None:
    solver, rig = avatar.rigs[0].solver, avatar.rigs[0]
    still = np.zeros(len(FIELDS), np.float32)
    swayed = solver.solve(still, np.eye(3, 4), 0, (1.0, -0.5)).forward[UPPER]
    most = HAIR_SWAY * rig.frame.height_px
    assert 0.3 * most < swayed[0].max() <= most * 1.001
    np.testing.assert_allclose(swayed[1], -0.5 * swayed[0], atol=1e-4)
    assert swayed[0].min() >= 0


def test_sway_shows_in_the_drawing(avatar: PhotoAvatar) -> None:
    still, swayed = avatar.draw(pose()), avatar.draw(pose(swayX=1.0))
    changed = (still != swayed).any(-1)
    assert changed.mean() > 0.01
    x, y = np.round(avatar.rigs[0].frame.landmarks_px[[4, 0, 159, 386, 152], :2]).astype(int).T
    assert not changed[y, x].any()


def test_shoulders_follow_a_little(avatar: PhotoAvatar) -> None:
    solver, rig = avatar.rigs[0].solver, avatar.rigs[0]
    shift = solver.motion.movement(np.array([0, 0, 0, 0.05, 0]))
    forward = solver.solve(np.zeros(len(FIELDS), np.float32), shift, 0).forward[UPPER]
    chest = (solver.motion.breathe > 0.95) & (solver.motion.follow < 0.01)
    assert chest.any()
    expected = SHOULDER_FOLLOW * 0.05 * rig.frame.height_px
    np.testing.assert_allclose(forward[0][chest], expected, rtol=0.2)
    rim = np.concatenate([forward[:, 0], forward[:, -1], forward[:, :, 0], forward[:, :, -1]], 1)
    assert np.abs(rim).max() == 0, "the border of the picture stays"
    turned = solver.solve(np.zeros(len(FIELDS), np.float32), solver.motion.movement(np.array([8, 0, 0, 0, 0])), 0)
    assert np.abs(turned.forward[UPPER][:, chest]).max() < 0.5, "turning is the neck's"


def test_a_head_slows_down_before_its_limits(avatar: PhotoAvatar) -> None:
    motion = avatar.rigs[0].solver.motion
    yaws = np.linspace(-2 * motion.limit_deg, 2 * motion.limit_deg, 81)
    turned = np.array([np.degrees(np.arcsin(-motion.movement(np.array([yaw, 0, 0, 0, 0]))[0, 2])) for yaw in yaws])
    steps = np.diff(turned)
    assert (steps > 0).all()
    assert np.abs(np.diff(steps)).max() < 0.5 * (yaws[1] - yaws[0]), "no jerk"
    assert abs(turned).max() < motion.limit_deg
