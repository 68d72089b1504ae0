import numpy as np
import pytest

from phonoscope.speech.levels import CEILING, energy_range, limit, speech_rms


def test_limiting_bends_only_what_is_loud() -> None:
    x = np.linspace(-3, 3, 1001, dtype=np.float32)
    y = limit(x)
    assert np.array_equal(y[np.abs(x) < 0.6], x[np.abs(x) < 0.6])
    assert np.abs(y).max() <= CEILING
    assert np.all(np.diff(y) >= 0)
    assert y.dtype == np.float32


def test_pauses_do_not_count_for_the_level() -> None:
    tone = np.sin(np.arange(22050) * 0.1).astype(np.float32)
    assert speech_rms(np.concatenate([tone, np.zeros(44100, np.float32)]), 22050) == pytest.approx(0.707, abs=0.01)
    assert speech_rms(np.zeros(100, np.float32), 22050) == 0


def test_the_range_of_energy_is_found() -> None:
    x = np.zeros(22050, np.float32)
    x[5000:9000] = 0.5
    start, end = energy_range(x, 22050)
    assert 4780 <= start <= 5000 and 9000 <= end <= 9220
    assert energy_range(np.zeros(1000, np.float32), 22050) == (0, 0)
    assert energy_range(np.zeros(0, np.float32), 22050) == (0, 0)
