"""Speech is found in soft, loud and noisy recordings; noise and clicks are none."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.sound.mixing.speech_spans import LevelTrace, Spans, merged
from tests.media.recordings import noise, voice

RATE_HZ = 16000


def _found(samples: NDArray[np.float32]) -> Spans:
    trace = LevelTrace(RATE_HZ)
    blocks = [samples[None, start : start + 3001] for start in range(0, len(samples), 3001)]
    assert sum(block.shape[1] for block in trace.watched(blocks)) == len(samples)
    return trace.speech()


@pytest.mark.parametrize("level_db", [-55.0, -40.0, -20.0])
@pytest.mark.parametrize("noise_db", [None, -30.0])
def test_speech_between_pauses(level_db: float, noise_db: float | None) -> None:
    samples = np.zeros(10 * RATE_HZ, np.float32)
    for start_s in (1.0, 6.0):
        said = voice(2.0, RATE_HZ, level_db=level_db)
        samples[round(start_s * RATE_HZ) :][: len(said)] = said
    if noise_db is not None:
        samples += noise(len(samples), level_db + noise_db)
    spans = _found(samples)
    assert len(spans) == 2
    np.testing.assert_allclose(spans, [(1.0, 3.0), (6.0, 8.0)], atol=0.25)


def test_words_are_one_stretch() -> None:
    said = np.concatenate([voice(1.0, RATE_HZ), np.zeros(round(0.8 * RATE_HZ), np.float32)] * 4)
    assert len(_found(said)) == 1


def test_speech_without_any_pause() -> None:
    hum = np.asarray(0.1 * np.sin(np.arange(3 * RATE_HZ) * 0.1), np.float32)
    assert _found(hum) == ((0.0, 3.0),)


def test_silence_and_clicks_are_none() -> None:
    samples = np.zeros(2 * RATE_HZ, np.float32)
    assert _found(samples) == ()
    assert _found(samples[:0]) == ()
    samples[RATE_HZ : RATE_HZ + 80] = 0.5
    assert _found(samples) == ()


def test_spans_are_merged() -> None:
    assert merged([(4, 5), (0, 1), (1.5, 2), (0.5, 0.6), (7, 7), (9, 8)], 1.0) == ((0, 2), (4, 5))
    assert merged([(0, 1), (2, 3)], 1.0) == ((0, 1), (2, 3))
    assert merged([], 1.0) == ()
