"""With the real network."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.speech.hearing.voices import Spoken, spoken

from phonoscope.speech.hearing.features import HOP, RATE_HZ
from phonoscope.speech.hearing.phoneset import CLASSES, SILENCE, VISEME_OF_CLASS
from phonoscope.speech.hearing.posteriors import posteriors

Samples = NDArray[np.float32]
VISEME = np.array(VISEME_OF_CLASS)


def rows_of(samples: Samples, block: int = RATE_HZ) -> Samples:
    blocks = list(posteriors(samples[at : at + block] for at in range(0, len(samples), block)))
    return np.concatenate([*blocks, np.zeros((0, len(CLASSES)), np.float32)])


@pytest.fixture(scope="module")
def sentence() -> Spoken:
    return spoken("My mother and father were baking bread in the garden this morning.")


def share_right(rows: Samples, sentence: Spoken, first: int = 0) -> float:
    """Return the share of speech frames whose viseme is the likeliest."""
    rows = rows[first : first + len(sentence.classes)]
    voiced = sentence.classes != SILENCE
    return float((VISEME[rows.argmax(axis=1)] == VISEME[sentence.classes])[voiced].mean())


@pytest.mark.parametrize("samples", [0, 1, 159, 161, 3200, 64_000, 64_001])
def test_there_is_a_row_for_every_ten_milliseconds_begun(rng: np.random.Generator, samples: int) -> None:
    rows = rows_of(rng.normal(0, 0.1, samples).astype(np.float32))
    assert rows.shape == (-(-samples // HOP), len(CLASSES))
    np.testing.assert_allclose(rows.sum(axis=1), 1, atol=1e-3)


def test_the_phones_of_a_voice_are_told(sentence: Spoken) -> None:
    assert share_right(rows_of(sentence.samples), sentence) > 0.5


def test_rows_do_not_depend_on_how_the_sound_is_cut(sentence: Spoken) -> None:
    whole = rows_of(sentence.samples)
    np.testing.assert_allclose(rows_of(sentence.samples, 777), whole, atol=1e-3)


@pytest.mark.parametrize("gain", [8.0, 0.01, 0.001])
def test_a_loud_or_quiet_voice_is_told_as_well(sentence: Spoken, gain: float) -> None:
    peak = np.abs(sentence.samples).max()
    loud = (sentence.samples * np.float32(gain / peak * 0.5)).clip(-4, 4)
    assert share_right(rows_of(loud), sentence) > share_right(rows_of(sentence.samples), sentence) - 0.05


@pytest.mark.parametrize("hiss", [0.0, 3e-5, 1e-3])
def test_a_few_words_in_a_long_silence_are_told_as_well(
    sentence: Spoken, rng: np.random.Generator, hiss: float
) -> None:
    pad = np.zeros(8 * RATE_HZ, np.float32)
    sound = np.concatenate((pad, sentence.samples, pad))
    sound += rng.normal(0, hiss, len(sound)).astype(np.float32)
    first = len(pad) // HOP
    assert share_right(rows_of(sound), sentence, first) > share_right(rows_of(sentence.samples), sentence) - 0.15


def test_time_does_not_run_away(sentence: Spoken) -> None:
    # The same words again and again for three minutes, and each time the same is heard at the same place.
    period = -(-len(sentence.samples) // (400 * HOP)) * 400 * HOP
    once = np.pad(sentence.samples, (0, period - len(sentence.samples)))
    times = 180 * RATE_HZ // period
    rows = np.concatenate(list(posteriors(once for _ in range(times))))
    frames = period // HOP
    assert len(rows) == times * frames
    second, last = rows[frames : 2 * frames], rows[-3 * frames : -2 * frames]
    assert (second.argmax(axis=1) == last.argmax(axis=1)).mean() > 0.97
