from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.capture.one_euro import OneEuroFilter


def filtered(values: NDArray[np.float64], cutoff_hz: float = 1.5, per_speed: float = 1.0) -> NDArray[np.float64]:
    smooth = OneEuroFilter(np.array([cutoff_hz]), np.array([per_speed]))
    return np.array([smooth(number / 30, np.array([value]))[0] for number, value in enumerate(values)])


def test_what_stands_still_is_calmed(rng: np.random.Generator) -> None:
    noise = rng.normal(0, 0.01, 300)
    assert filtered(noise)[60:].std() < 0.4 * noise.std()


def test_what_moves_fast_hardly_lags() -> None:
    ramp = np.clip(np.arange(60) - 20, 0, 20) * 1.0
    assert np.abs(filtered(ramp, 1.5, 1.0) - ramp).max() < 0.5
    assert np.abs(filtered(ramp, 1.5, 0.0) - ramp).max() > 2


def test_steps_of_any_length_are_taken() -> None:
    smooth = OneEuroFilter(np.array([1.0]), np.array([0.0]))
    smooth(0.0, np.array([0.0]))
    early = smooth(0.01, np.array([1.0]))[0]
    late = smooth(5.0, np.array([1.0]))[0]
    assert early < 0.1
    assert late > 0.95


def test_a_reset_takes_the_next_value_as_it_is() -> None:
    smooth = OneEuroFilter(np.array([1.0]), np.array([0.0]))
    smooth(0.0, np.array([0.0]))
    smooth.reset()
    assert smooth(0.1, np.array([5.0]))[0] == pytest.approx(5)
