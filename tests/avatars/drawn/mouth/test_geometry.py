from dataclasses import replace

import numpy as np
import pytest
from tests.avatars.drawn.mouth.looks import AH, EE, EF, EL, FACE_PX, GRIN, LINE, OO, SHUT, between

from phonoscope.avatars.drawn.mouth.geometry import MouthForm, form_mouth
from phonoscope.avatars.drawn.mouth.wishes import read_wishes
from phonoscope.core.mouth_shapes import SHUT_GAP
from phonoscope.core.performance import CHANNELS, Pose, pose


def form(moment: Pose, reach_px: float = LINE.reach_px) -> MouthForm:
    return form_mouth(read_wishes(moment), replace(LINE, reach_px=reach_px), FACE_PX)


def width(shape: MouthForm) -> float:
    return shape.right[0] - shape.left[0]


def lifts(shape: MouthForm) -> tuple[float, float]:
    """Return how far the corners stand above the line's middle."""
    return shape.upper_y - shape.left[1], shape.upper_y - shape.right[1]


@pytest.mark.parametrize("gap", [0.0, SHUT_GAP])
def test_lips_are_one_line_exactly_where_they_touch(gap: float) -> None:
    shape = form(pose(lipGap=gap, jawOpen=0.5))
    assert shape.gap_px == 0
    assert shape.round_upper == shape.round_lower
    assert form(pose(lipGap=gap + 0.001)).gap_px > 0


def test_at_rest_the_mouth_is_the_styles_own() -> None:
    shape = form(pose())
    assert shape.gap_px == 0
    assert width(shape) == pytest.approx(60.0)
    assert lifts(shape) == pytest.approx((6.0, 6.0))
    assert shape.upper_y == 0


def test_resting_lips_do_not_open() -> None:
    assert form(pose(lipGap=0.05, mouthRest=1.0)).gap_px == 0


def smile(moment: Pose, teeth: float = GRIN.rest_teeth) -> MouthForm:
    return form_mouth(read_wishes(moment), replace(GRIN, rest_teeth=teeth), FACE_PX)


def test_an_open_smile_is_open_at_rest_only() -> None:
    shape = smile(pose())
    assert shape.gap_px == pytest.approx(0.6 * LINE.reach_px)
    assert shape.teeth_upper_px == pytest.approx(0.4 * shape.gap_px)
    assert shape.tongue_px > 0
    assert smile(pose(), teeth=1.0).teeth_upper_px == pytest.approx(shape.gap_px)
    # The upper lip is flatter than the smile of the shut mouth, and stays so below its corners.
    assert 0 < lifts(shape)[0] < 0.6 * lifts(form(pose()))[0]
    assert smile(SHUT) == form(SHUT)
    assert smile(AH) == form(AH)


def test_an_open_smile_shuts_step_by_step() -> None:
    gaps = np.array([smile(between(SHUT, pose(), share)).gap_px for share in np.linspace(0, 1, 201)])
    assert (np.diff(gaps) >= 0).all()
    assert np.diff(gaps).max() < 0.02 * LINE.reach_px
    assert (gaps[:20] == 0).all()


@pytest.mark.parametrize("channel", ["mouthPress", "mouthFrown"])
def test_pressed_and_sad_lips_do_not_smile_openly(channel: str) -> None:
    assert smile(pose(mouthRest=1.0, **{f"{channel}Left": 1.0, f"{channel}Right": 1.0})).gap_px == 0


def test_words_take_over_from_an_open_smile() -> None:
    gaps = [smile(between(pose(), AH, share)).gap_px for share in np.linspace(0, 1, 101)]
    assert max(gaps) <= LINE.reach_px
    assert min(gaps) > 0.25 * LINE.reach_px


def test_openings_grow_with_the_gap_and_stay_within_reach() -> None:
    gaps = [form(pose(lipGap=gap)).gap_px for gap in np.linspace(0.001, 0.5, 200)]
    assert (np.diff(gaps) > 0).all()
    assert gaps[-1] <= LINE.reach_px
    assert form(AH).gap_px > 0.8 * LINE.reach_px
    assert form(AH, reach_px=9.0).gap_px <= 9.0


def test_vowels_tell_apart_by_their_outline() -> None:
    ah, ee, oo = form(AH), form(EE), form(OO)
    assert width(ee) > 1.05 * width(ah) > 1.5 * width(oo)
    assert ah.gap_px > 1.5 * ee.gap_px
    assert 0.6 < oo.gap_px / width(oo) < 1.2
    assert oo.round_upper == pytest.approx(1, abs=0.05)


def test_round_lips_hide_the_teeth_and_spread_ones_show_both_rows() -> None:
    assert form(OO).teeth_upper_px == 0
    ee = form(EE)
    assert ee.teeth_upper_px + ee.teeth_lower_px > 0.7 * ee.gap_px
    assert ee.teeth_lower_px > 0


def test_teeth_are_on_the_lip_in_f() -> None:
    shape = form(EF)
    assert shape.teeth_upper_px > 0.7 * shape.gap_px > 0
    assert shape.tongue_px == 0
    assert shape.gap_px > form(pose(lipGap=0.0126)).gap_px


def test_tongue_touches_the_upper_teeth_in_l() -> None:
    shape = form(EL)
    assert shape.tongue_px + shape.teeth_upper_px >= shape.gap_px
    assert shape.teeth_lower_px == pytest.approx(0, abs=0.3)


def test_smiles_and_frowns_by_sides() -> None:
    rest = lifts(form(pose()))
    smile = lifts(form(pose(mouthSmileLeft=0.7, mouthSmileRight=0.7, mouthRest=1.0)))
    frown = lifts(form(pose(mouthFrownLeft=0.7, mouthFrownRight=0.7, mouthRest=1.0)))
    # The person's left is the picture's right.
    smirk = lifts(form(pose(mouthSmileLeft=0.7, mouthRest=1.0)))
    assert smile[0] == smile[1] > rest[0] + 5
    assert frown[0] == frown[1] < -5
    assert smirk[1] > smirk[0] + 5


def test_speech_keeps_some_of_the_styles_smile() -> None:
    assert 0.4 * 6 < lifts(form(SHUT))[0] < 6


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e9, -5.0])
def test_hostile_values_leave_a_sound_form(value: float) -> None:
    curves = np.full(len(CHANNELS), value, np.float32)
    shape = form(Pose(curves, np.zeros(5, np.float32)))
    numbers = np.hstack([shape.left, shape.right, shape.upper_y, shape.lower_y, shape.teeth_upper_px, shape.tongue_px])
    assert np.isfinite(numbers).all()
    assert np.abs(numbers).max() < 100
