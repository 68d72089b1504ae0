"""Every expression channel moves its part of the face, on its side, without tearing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.drawing.warp import LOWER, UPPER
from phonoscope.avatars.photo.motion.controls import read_controls
from phonoscope.avatars.photo.motion.expression import EXPRESSIONS
from phonoscope.avatars.photo.motion.fields import FIELDS, MOUTH_FIELDS, build_fields
from phonoscope.avatars.photo.motion.mouth_motion import move_mouth
from phonoscope.core.performance import Pose, pose

FULL: dict[str, dict[str, float]] = {
    "happy": {"mouthSmileLeft": 1, "mouthSmileRight": 1, "cheekSquintLeft": 1, "cheekSquintRight": 1},
    "sad": {"mouthFrownLeft": 1, "mouthFrownRight": 1, "browInnerUp": 1, "mouthShrugLower": 1},
    "angry": {"browDownLeft": 1, "browDownRight": 1, "noseSneerLeft": 1, "noseSneerRight": 1},
    "surprised": {"browInnerUp": 1, "browOuterUpLeft": 1, "browOuterUpRight": 1, "jawOpen": 0.6, "lipGap": 0.06},
    "lopsided": {"mouthSmileLeft": 1, "mouthFrownRight": 1, "cheekPuff": 1, "jawLeft": 1, "mouthLeft": 1},
}

PULLS = (
    # channel, landmark, to the picture's right, down, in face heights
    ("mouthSmileLeft", 291, 0.01, -0.012),
    ("mouthSmileRight", 61, -0.01, -0.012),
    ("mouthFrownLeft", 291, 0.0, 0.015),
    ("mouthFrownRight", 61, 0.0, 0.015),
    ("cheekSquintLeft", 347, 0.0, -0.012),
    ("cheekSquintRight", 118, 0.0, -0.012),
    ("noseSneerLeft", 358, 0.0, -0.012),
    ("noseSneerRight", 129, 0.0, -0.012),
    ("browInnerUp", 107, 0.0, -0.02),
    ("browInnerUp", 336, 0.0, -0.02),
    ("browOuterUpLeft", 293, 0.0, -0.015),
    ("browOuterUpRight", 63, 0.0, -0.015),
    ("browDownLeft", 336, -0.01, 0.012),
    ("browDownRight", 107, 0.01, 0.012),
    ("mouthShrugLower", 200, 0.0, -0.01),
    ("jawLeft", 152, 0.02, 0.0),
    ("jawRight", 152, -0.02, 0.0),
    ("mouthLeft", 0, 0.015, 0.0),
    ("mouthRight", 0, -0.015, 0.0),
    ("cheekPuff", 427, 0.01, 0.0),
)


def _moved(avatar: PhotoAvatar, moment: Pose, landmark: int) -> NDArray[np.float64]:
    """Return how a landmark moves to the picture's right and down, in face heights, beyond what a shut mouth does."""
    rig = avatar.rigs[0]
    layer = LOWER if landmark in (152, 200) else UPPER
    place = rig.frame.landmarks_px[landmark, :2, None]
    ways = []
    for shown in (moment, pose(mouthRest=1)):
        weights = move_mouth(read_controls(shown), rig.lips).weights
        forward = rig.solver.solve(weights, np.eye(3, 4), 0).forward[layer]
        ways.append([float(rig.solver.lattice.sample(axis, *place)[0]) for axis in forward])
    return (np.array(ways[0]) - ways[1]) / rig.frame.height_px


@pytest.mark.parametrize(("channel", "landmark", "right", "down"), PULLS)
def test_each_channel_pulls_its_part(
    avatar: PhotoAvatar, channel: str, landmark: int, right: float, down: float
) -> None:
    moved = _moved(avatar, pose(mouthRest=1, **{channel: 1.0}), landmark)
    for way, least in zip(moved, (right, down), strict=True):
        if least:
            assert way * np.sign(least) > abs(least), "far enough, and the right way"


def test_a_smile_on_one_side_leaves_the_other(avatar: PhotoAvatar) -> None:
    assert np.abs(_moved(avatar, pose(mouthRest=1, mouthSmileLeft=1.0), 61)).max() < 0.004
    assert np.abs(_moved(avatar, pose(mouthRest=1, browDownLeft=1.0), 63)).max() < 0.004


def test_a_frown_is_no_smile_upside_down(avatar: PhotoAvatar) -> None:
    smile, frown = (
        _moved(avatar, pose(mouthRest=1, **{name: 1.0}), 280) for name in ("mouthSmileLeft", "mouthFrownLeft")
    )
    assert abs(smile[1]) > 4 * abs(frown[1]), "a frown does not move the cheek"


@pytest.mark.parametrize("name", FULL)
def test_expressions_leave_the_pupils(avatar: PhotoAvatar, name: str) -> None:
    for pupil in (468, 473):
        assert np.abs(_moved(avatar, pose(mouthRest=1, **FULL[name]), pupil)).max() < 0.003


@pytest.mark.parametrize("name", sorted(set(EXPRESSIONS) - {"jaw_side"}))
def test_expressions_do_not_part_the_lips(avatar: PhotoAvatar, name: str) -> None:
    fields = avatar.rigs[0].solver.fields
    index = FIELDS.index(name)
    np.testing.assert_array_equal(fields.upper[index], fields.lower[index])
    assert np.abs(fields.upper[index]).max() > 0.005


@pytest.mark.parametrize("name", FULL)
def test_skin_does_not_fold_at_full_strength(avatar: PhotoAvatar, name: str) -> None:
    rig = avatar.rigs[0]
    weights = move_mouth(read_controls(pose(mouthRest=1, **FULL[name])), rig.lips).weights
    forward = rig.solver.solve(weights, np.eye(3, 4), 0).forward[UPPER] / rig.solver.lattice.step_px
    (xy, xx), (yy, yx) = (np.gradient(axis) for axis in forward)
    assert ((1 + xx) * (1 + yy) - xy * yx).min() > 0.3


def test_expression_shows_on_a_resting_mouth(avatar: PhotoAvatar) -> None:
    motion = move_mouth(read_controls(pose(mouthRest=1, mouthSmileLeft=1.0)), avatar.rigs[0].lips)
    assert not motion.is_drawn
    assert motion.weights[FIELDS.index("smile_right")] > 0.3
    assert np.abs(motion.weights[: len(MOUTH_FIELDS)]).max() < 1e-6


def test_lower_lips_come_down_and_upper_ones_rise(avatar: PhotoAvatar) -> None:
    def lips(**channels: float) -> NDArray[np.float32]:
        weights = move_mouth(read_controls(pose(lipGap=0.03, **channels)), avatar.rigs[0].lips).weights
        return weights[[FIELDS.index("upper"), FIELDS.index("lower")]]

    neutral = lips()
    assert (lips(mouthUpperUpLeft=1, mouthUpperUpRight=1) < neutral).all(), "both rise, the gap stays"
    assert (lips(mouthLowerDownLeft=1, mouthLowerDownRight=1) > neutral).all(), "both come down"


def test_glasses_hold_the_skin_under_their_rims(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    bare, worn = (
        build_fields(rig.frame, rig.solver.lattice, rig.lips, rig.solver.motion.edge, glasses) for glasses in (0.0, 1.0)
    )
    for name in ("cheek_left", "brow_inner"):
        index = FIELDS.index(name)
        assert 0 < np.abs(worn.upper[index]).max() < 0.5 * np.abs(bare.upper[index]).max()
    smile = FIELDS.index("smile_left")
    lattice = rig.solver.lattice
    worn_way, bare_way = (fields.upper[smile, 1].reshape(lattice.shape) for fields in (worn, bare))
    rim, corner = (rig.frame.landmarks_px[index, :2, None] for index in (118, 61))
    assert lattice.sample(bare_way, *rim) < -0.003
    assert abs(lattice.sample(worn_way, *rim)) < 0.15 * abs(lattice.sample(bare_way, *rim))
    assert lattice.sample(worn_way, *corner) == pytest.approx(lattice.sample(bare_way, *corner), abs=0.001)


@pytest.mark.parametrize("lift", [-0.02, 0.0, 0.03])
def test_corners_end_up_where_they_belong(avatar: PhotoAvatar, lift: float) -> None:
    rig = avatar.rigs[0]
    lips = rig.lips
    bow = lift * (1 - lips.x**2)
    flat = 0.5 * (lips.upper + lips.lower).mean()
    bent = replace(lips, upper=flat + bow, lower=flat + bow)
    fields = build_fields(rig.frame, rig.solver.lattice, bent, rig.solver.motion.edge)

    def way(name: str) -> float:
        """Down, at the corner at the picture's left."""
        along = fields.upper[FIELDS.index(name), 1].reshape(rig.solver.lattice.shape)
        u, v = lips.centre_u - lips.half_width, float(flat + bow[0])
        x, y = rig.frame.to_picture(np.array([u]), np.array([v]), lips.depth[:1])
        return float(rig.solver.lattice.sample(along, x, y)[0])

    assert lift - way("smile_left") > 0.028, "a droop is lifted as well"
    assert lift - way("frown_left") < 0.01, "a smile is taken back"


def test_smiling_lips_are_stretched_thinner(avatar: PhotoAvatar) -> None:
    rig = avatar.rigs[0]
    both = [rig.solver.fields.upper[FIELDS.index(name), 1] for name in ("smile_left", "smile_right")]
    way = np.sum(both, 0).reshape(rig.solver.lattice.shape)
    upper, lower = (rig.solver.lattice.sample(way, *rig.frame.landmarks_px[index, :2, None]) for index in (0, 17))
    assert upper - lower > 0.003
