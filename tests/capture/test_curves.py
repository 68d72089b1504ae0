from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.capture.acted import Act, face, landmarks

from phonoscope.capture.calibration import find_neutral
from phonoscope.capture.curves import OPEN_FROM, face_curves, lip_gap
from phonoscope.capture.features import COLUMN, measure_features
from phonoscope.core.performance import CHANNEL, CHANNELS


def curves_of(act: Act) -> dict[str, float]:
    """Return the curves of a face, calibrated to the same face at rest."""
    neutral = find_neutral([landmarks(Act())], face(Act()))
    moved = measure_features(face(act)) - measure_features(face(Act()))
    return dict(zip(CHANNELS, face_curves(moved[None], neutral.features, neutral.lid_shut)[0].tolist(), strict=True))


def test_a_face_at_rest_does_nothing() -> None:
    assert max(curves_of(Act()).values()) == 0


def test_lips_that_all_but_touch_are_shut() -> None:
    gaps = np.array([-0.01, 0.0, 0.001, 0.0025])
    assert lip_gap(gaps).max() == 0


def test_an_opening_is_as_wide_as_measured_and_grows_evenly() -> None:
    gaps = np.linspace(0, 0.2, 400)
    opening = lip_gap(gaps)
    assert (np.diff(opening) >= 0).all()
    assert opening[gaps > OPEN_FROM] == pytest.approx(gaps[gaps > OPEN_FROM])


@pytest.mark.parametrize("gap", [0.03, 0.06, 0.12])
def test_the_gap_decides_and_the_jaw_goes_along(gap: float) -> None:
    curves = curves_of(Act(gap=gap))
    assert curves["lipGap"] == pytest.approx(gap, abs=1e-3)
    assert 0.3 * gap / 0.094 <= curves["jawOpen"] <= min(1.0, 1.5 * gap / 0.094)
    assert curves["mouthPressLeft"] == curves["mouthShrugLower"] == 0


def test_a_smile_is_the_persons_own_left_or_right() -> None:
    # The corner at the picture's left is the person's right.
    curves = curves_of(Act(corner_up=(0.03, 0.0)))
    assert curves["mouthSmileRight"] > 0.7
    assert curves["mouthSmileLeft"] == curves["mouthFrownLeft"] == curves["mouthFrownRight"] == 0


def test_corners_that_fall_frown() -> None:
    curves = curves_of(Act(corner_up=(-0.03, -0.03)))
    assert min(curves["mouthFrownLeft"], curves["mouthFrownRight"]) > 0.7
    assert curves["mouthSmileLeft"] == 0


def test_a_blink_shuts_both_eyes_entirely() -> None:
    curves = curves_of(Act(lids=(0.05, 0.1)))
    assert curves["eyeBlinkLeft"] == curves["eyeBlinkRight"] == 1
    assert curves["eyeWideLeft"] == 0


def test_a_wink_shuts_one() -> None:
    curves = curves_of(Act(lids=(0.05, 1.0)))
    assert curves["eyeBlinkRight"] == 1
    assert curves["eyeBlinkLeft"] == 0


def test_wide_eyes_are_wide() -> None:
    curves = curves_of(Act(lids=(1.4, 1.4)))
    assert curves["eyeWideLeft"] > 0.9
    assert curves["eyeBlinkLeft"] == 0


@pytest.mark.parametrize(
    ("look", "names"),
    [
        ((0.1, 0.0), {"eyeLookOutLeft", "eyeLookInRight"}),
        ((-0.1, 0.0), {"eyeLookInLeft", "eyeLookOutRight"}),
        ((0.0, 0.1), {"eyeLookDownLeft", "eyeLookDownRight"}),
        ((0.0, -0.1), {"eyeLookUpLeft", "eyeLookUpRight"}),
    ],
)
def test_looks_go_where_the_irises_go(look: tuple[float, float], names: set[str]) -> None:
    curves = curves_of(Act(look=look))
    looking = {name for name, value in curves.items() if name.startswith("eyeLook") and value > 0.05}
    assert looking == names
    # A tenth of the eye's width is a turn of some 14 degrees.
    assert [curves[name] for name in names] == pytest.approx([14.5 / 30] * 2, abs=0.1)


def test_eyes_may_cross() -> None:
    neutral = find_neutral([landmarks(Act())], face(Act()))
    moved = np.zeros((1, len(neutral.features)))
    moved[:, [COLUMN["look_x_left"], COLUMN["look_x_right"]]] = 0.15, -0.15
    curves = face_curves(moved, neutral.features, neutral.lid_shut)[0]
    assert curves[CHANNEL["eyeLookInLeft"]] == pytest.approx(curves[CHANNEL["eyeLookInRight"]])
    assert curves[CHANNEL["eyeLookInLeft"]] > 0.3
    assert curves[CHANNEL["eyeLookOutLeft"]] == curves[CHANNEL["eyeLookOutRight"]] == 0


def test_brows_rise_and_fall() -> None:
    up, down = curves_of(Act(brows=0.02)), curves_of(Act(brows=-0.012))
    assert min(up["browInnerUp"], up["browOuterUpLeft"], up["browOuterUpRight"]) > 0.5
    assert min(down["browDownLeft"], down["browDownRight"]) > 0.4
    assert up["browDownLeft"] == down["browInnerUp"] == 0


def test_nothing_leaves_its_range(rng: np.random.Generator) -> None:
    neutral = find_neutral([landmarks(Act())], face(Act()))
    moved: NDArray[np.float64] = rng.normal(0, 0.5, (300, len(neutral.features)))
    curves = face_curves(moved, neutral.features, neutral.lid_shut)
    assert np.isfinite(curves).all()
    assert curves.min() >= 0
    assert curves.max() <= 1
    assert curves[:, CHANNEL["lipGap"]].max() <= 0.3
