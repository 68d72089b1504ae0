from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from phonoscope.avatars.photo import PhotoAvatar
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.controls import CONTROLS, LIMITS, MAPPING, Controls, read_controls
from phonoscope.avatars.photo.motion.fields import FIELDS
from phonoscope.avatars.photo.motion.lip_closing import JAW_DROP
from phonoscope.avatars.photo.motion.mouth_motion import CORNERS_TIDY, PARTED_MORE, move_mouth
from phonoscope.core.performance import ARKIT, CHANNEL, CHANNELS, Pose, pose


def test_the_mapping_names_known_channels_and_controls() -> None:
    assert {channel for _, channel, _ in MAPPING} <= set(CHANNELS)
    assert {control for control, _, _ in MAPPING} == set(CONTROLS) == set(Controls.__dataclass_fields__)
    assert set(LIMITS) <= set(CONTROLS)


def test_the_persons_left_eye_is_the_pictures_right_one() -> None:
    controls = read_controls(pose(eyeBlinkLeft=0.7, eyeLookOutLeft=0.5, eyeLookInRight=0.5, eyeLookUpRight=0.25))
    assert controls.blink_right == pytest.approx(0.7)
    assert controls.blink_left == 0
    assert controls.gaze_x_right == controls.gaze_x_left == pytest.approx(0.5), "both look to the picture's right"
    assert controls.gaze_y_left == pytest.approx(-0.25), "up"


def test_controls_keep_their_limits() -> None:
    wild = Pose(np.full(len(CHANNELS), 50, np.float32), np.zeros(5, np.float32))
    for name, value in zip(CONTROLS, vars_of(read_controls(wild)), strict=True):
        low, high = LIMITS.get(name, (0.0, 1.0))
        assert low - 1e-6 <= value <= high + 1e-6, name


def test_what_is_not_a_number_counts_as_rest() -> None:
    curves = np.zeros(len(CHANNELS), np.float32)
    curves[CHANNEL["jawOpen"]] = np.nan
    assert read_controls(Pose(curves, np.zeros(5, np.float32))).jaw == 0


def vars_of(controls: Controls) -> list[float]:
    return [getattr(controls, name) for name in CONTROLS]


@pytest.fixture(scope="module")
def open_lips(avatar: PhotoAvatar) -> LipLine:
    return avatar.rigs[0].lips


@pytest.fixture(scope="module")
def closed_lips(open_lips: LipLine) -> LipLine:
    return replace(open_lips, lower=open_lips.upper, gap=open_lips.gap * 0, opening=0.0, closed=True)


def test_at_rest_nothing_moves(open_lips: LipLine, closed_lips: LipLine) -> None:
    asked = pose(mouthRest=1, jawOpen=1, lipGap=0.1, mouthFunnel=1, mouthRollLower=1)
    for lips in (open_lips, closed_lips):
        motion = move_mouth(read_controls(asked), lips)
        np.testing.assert_allclose(motion.weights, 0, atol=1e-6)
        assert not motion.is_drawn


def test_lips_that_rest_may_keep_their_shape_unless_teeth_show(open_lips: LipLine, closed_lips: LipLine) -> None:
    asked = read_controls(pose(mouthRest=1, mouthPucker=0.5))
    pucker = [float(move_mouth(asked, lips).weights[FIELDS.index("pucker")]) for lips in (open_lips, closed_lips)]
    assert pucker == [0.0, 0.5]


def _gap_of(weights: np.typing.NDArray[np.float32], lips: LipLine) -> float:
    """Opening at the mouth's middle that the weights make."""
    w = dict(zip(FIELDS, weights.tolist(), strict=True))
    moved = w["lower"] + w["lower_round"] - w["upper"] - w["upper_round"] + JAW_DROP * w["jaw"]
    return float(lips.opening * (1 - w["close"]) + moved)


@pytest.mark.parametrize("gap_mm", [2.0, 6.0, 13.0])
@pytest.mark.parametrize("rounded", [0.0, 0.5, 1.0])
def test_the_lip_gap_decides_whatever_the_jaw_does(
    closed_lips: LipLine, open_lips: LipLine, gap_mm: float, rounded: float
) -> None:
    for lips in (closed_lips, open_lips):
        for jaw in (0.0, 0.4, 1.0):
            asked = read_controls(pose(lipGap=gap_mm / 175, jawOpen=jaw, mouthFunnel=rounded))
            motion = move_mouth(asked, lips)
            assert _gap_of(motion.weights, lips) == pytest.approx(motion.opening, abs=0.003)
            assert motion.opening > gap_mm * lips.millimetre * 0.99


@pytest.mark.parametrize("jaw", [0.0, 0.3])
def test_shut_lips_overlap_a_little(closed_lips: LipLine, open_lips: LipLine, jaw: float) -> None:
    for lips in (closed_lips, open_lips):
        motion = move_mouth(read_controls(pose(lipGap=0.0, jawOpen=jaw)), lips)
        assert -0.012 < _gap_of(motion.weights, lips) < -0.003


def test_closed_lips_make_up_for_the_line_that_they_lose(closed_lips: LipLine, open_lips: LipLine) -> None:
    """A photographed dark line between lips counts as opening to any eye, and goes as they part."""

    def more(lips: LipLine, gap_mm: float) -> float:
        usual = gap_mm * lips.millimetre
        return move_mouth(read_controls(pose(lipGap=gap_mm / 175)), lips).opening - usual

    assert more(closed_lips, 13) == pytest.approx(PARTED_MORE, abs=1e-4)
    assert abs(more(closed_lips, 2.2)) < 1e-3, "f and v stay narrow"
    assert more(closed_lips, 0) == 0
    assert more(open_lips, 13) > 0, "photographed open mouths show more anyway"


def test_corners_of_a_smile_close_ahead_of_its_middle(closed_lips: LipLine, open_lips: LipLine) -> None:
    def corners(lips: LipLine, gap: float) -> float:
        return float(move_mouth(read_controls(pose(lipGap=gap)), lips).weights[FIELDS.index("corners")])

    assert corners(open_lips, 0.0) == pytest.approx(0, abs=1e-6)
    assert corners(open_lips, 0.02) > 0.2
    assert corners(open_lips, 0.1) == pytest.approx(CORNERS_TIDY), "an open mouth keeps its corners tidy"
    at_rest = move_mouth(read_controls(pose()), open_lips).weights[FIELDS.index("corners")]
    assert at_rest == pytest.approx(0, abs=1e-6), "the photographed smile is not touched"
    assert corners(closed_lips, 0.02) == 0


def test_every_mouth_shape_of_arkit_can_be_asked_for() -> None:
    for name in ARKIT:
        assert np.isfinite(vars_of(read_controls(pose((0, 0, 0, 0, 0), **{name: 1.0})))).all()
