from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.performance.acting import act
from tests.performance.conversations import pause
from tests.performance.speeches import babble

from phonoscope.performance import PerformOptions
from phonoscope.performance.sway import Sway


def turned(fps: int, seconds: float = 4.0, column: int = 0, size: float = 5.0) -> NDArray[np.float64]:
    """Return a head that turns once, between 1 and 1.4 s."""
    time_s = np.arange(round(fps * seconds)) / fps
    t = np.clip((time_s - 1) / 0.4, 0, 1)
    head = np.zeros((len(time_s), 5))
    head[:, column] = size * t * t * (3 - 2 * t)
    return head


def test_hair_lags_then_swings_over_and_comes_to_rest() -> None:
    sway = Sway(Fraction(60)).act(turned(60))
    across = sway[:, 0]
    assert not across[:61].any()
    assert across[60:85].min() < -0.25
    assert across[80:130].max() > 0.1
    assert not across[-20:].any()
    assert not sway[:, 1].any()


@pytest.mark.parametrize(("column", "size", "axis", "sign"), [
    (0, 5.0, 0, -1), (1, 5.0, 1, 1), (2, 5.0, 0, 1), (3, 0.04, 0, -1), (4, 0.04, 1, -1),
])  # fmt: skip
def test_hair_lags_against_the_movement(column: int, size: float, axis: int, sign: int) -> None:
    sway = Sway(Fraction(60)).act(turned(60, column=column, size=size))
    first = sway[60:75, axis]
    assert sign * first[np.argmax(np.abs(first))] > 0.1


def test_windows_and_frame_rates_do_not_matter() -> None:
    head = turned(60)
    whole, sway = Sway(Fraction(60)).act(head), Sway(Fraction(60))
    np.testing.assert_array_equal(np.concatenate([sway.act(part) for part in np.split(head, [1, 63, 64, 150])]), whole)
    np.testing.assert_allclose(Sway(Fraction(30)).act(turned(30)), whole[::2], atol=0.06)


def test_a_still_head_has_still_hair_and_a_lively_one_full_sway() -> None:
    whole = babble(30)
    still = act(whole, PerformOptions(head_motion=False))
    assert not still.curve("swayX").any() and not still.curve("swayY").any()
    lively = act([whole, pause(4, ("shake", 1.0), ("nod", 2.5))], PerformOptions(style="lively"))
    sizes = [np.abs(lively.curve(name)).max() for name in ("swayX", "swayY")]
    assert all(0.6 < size <= 1 for size in sizes)
    usual = act(whole)
    assert 0.04 < usual.curve("swayY").std() < 0.4
    assert usual.curve("swayX")[0] == usual.curve("swayX")[-1] == 0
