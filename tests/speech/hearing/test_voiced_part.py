from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import BANDS, LOWEST_FLOOR
from phonoscope.speech.hearing.voiced_part import SPOKEN_SHARE, spoken_frames, voiced_part


def frames(rng: np.random.Generator, *spans: tuple[float, int]) -> NDArray[np.float32]:
    """Return frames of given mean log powers."""
    parts = [rng.normal(mean, 1.0, (count, BANDS)) for mean, count in spans]
    return np.asarray(np.concatenate(parts), np.float32)


def test_speech_without_pauses_is_measured_whole(rng: np.random.Generator) -> None:
    speech = frames(rng, (-4, 300), (-9, 100))
    assert len(voiced_part(speech)) == len(speech)


def test_of_a_long_silence_little_is_measured(rng: np.random.Generator) -> None:
    sound = frames(rng, (-14, 1000), (-4, 200), (-14, 1000))
    part = voiced_part(sound)
    assert len(part) == round(200 / SPOKEN_SHARE)
    assert (part.mean(axis=1) > -6).sum() == 200


def test_digital_silence_counts_as_silence(rng: np.random.Generator) -> None:
    nothing = np.full((1500, BANDS), np.log(LOWEST_FLOOR), np.float32)
    assert spoken_frames(np.concatenate((nothing, frames(rng, (-4, 150))))) == 150


def test_a_knock_is_not_taken_for_the_voice(rng: np.random.Generator) -> None:
    sound = frames(rng, (-10, 600), (-6, 600), (2, 10))
    assert spoken_frames(sound) > 500


def test_something_is_always_left(rng: np.random.Generator) -> None:
    for count in (1, 2, 14, 15):
        assert len(voiced_part(frames(rng, (-4, count)))) == count
    assert len(voiced_part(np.zeros((100, BANDS), np.float32))) >= 15
