import numpy as np
import pytest
from bench.voices import correlate


def test_late_lips_have_a_positive_lag() -> None:
    real = np.random.default_rng(0).random(60)
    r, lag = correlate(np.roll(real, 2), real)
    assert lag == 2
    assert r == pytest.approx(1)
    assert correlate(np.roll(real, 2), real, reach=1)[0] < 0.5


def test_frames_without_a_face_do_not_count() -> None:
    real = np.random.default_rng(0).random(60)
    seen = real.copy()
    seen[10:20] = np.nan
    assert correlate(seen, real) == pytest.approx((1, 0))


def test_lips_that_stand_still_agree_with_nothing() -> None:
    assert correlate(np.zeros(60), np.random.default_rng(0).random(60))[0] < -1
