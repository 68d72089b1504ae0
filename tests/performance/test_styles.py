from __future__ import annotations

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import babble

from phonoscope.performance import PerformOptions
from phonoscope.performance.options import STYLES

LONG = babble(150, 4)
PLAYED = {style: act(LONG, PerformOptions(style=style)) for style in STYLES}


def blinks_per_minute(style: str) -> float:
    shut = (PLAYED[style].curve("eyeBlinkLeft") > 0.5).astype(int)
    return float(np.sum(np.diff(shut) > 0)) / LONG.duration_s * 60


def test_the_default_is_the_presenter() -> None:
    np.testing.assert_array_equal(act(LONG).curves, PLAYED["presenter"].curves)


def test_livelier_styles_move_and_blink_more() -> None:
    order = ("still", "calm", "presenter", "lively")
    for column in range(3):
        sizes = [PLAYED[style].head[:, column].std() for style in order]
        assert sizes == sorted(sizes)
        assert sizes[0] < 0.25
        assert sizes[3] > 1.3 * sizes[2]
    for measured in (
        [blinks_per_minute(style) for style in order],
        [PLAYED[style].curve("browInnerUp").mean() for style in order],
    ):
        assert measured == sorted(measured)
    assert 9 < blinks_per_minute("still") < 16
    assert 20 < blinks_per_minute("lively") < 32


@pytest.mark.parametrize(("style", "farthest"), [("still", 2.5), ("presenter", 6.0), ("lively", 8.8)])
def test_the_head_stays_where_a_photograph_holds(style: str, farthest: float) -> None:
    assert np.abs(PLAYED[style].head[:, 0]).max() <= farthest


def test_a_still_style_keeps_its_eyes_on_the_viewer() -> None:
    for style, most in (("still", 0.002), ("calm", 0.2), ("lively", 0.4)):
        played = PLAYED[style]
        eyes = 30 * (played.curve("eyeLookOutLeft") - played.curve("eyeLookInLeft")) + played.head[:, 0]
        assert np.mean(np.abs(eyes) > 3) <= most


def test_lips_are_the_same_in_every_style() -> None:
    for style in STYLES:
        np.testing.assert_array_equal(PLAYED[style].curve("lipGap"), PLAYED["presenter"].curve("lipGap"))
