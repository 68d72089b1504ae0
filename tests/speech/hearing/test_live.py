"""With the real network."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.speech.hearing.voices import spoken

from phonoscope.speech.hearing.features import RATE_HZ
from phonoscope.speech.hearing.live import LiveListener, LivePosteriors
from phonoscope.speech.hearing.phoneset import SILENCE, VISEME_OF_CLASS
from phonoscope.speech.hearing.posteriors import posteriors

Samples = NDArray[np.float32]
VISEME = np.array(VISEME_OF_CLASS)


@pytest.fixture(scope="module")
def voice() -> Samples:
    return spoken("My mother and father were baking bread in the garden this morning.").samples


def live(samples: Samples, block: int) -> Samples:
    listening = LivePosteriors()
    return np.concatenate([listening.push(samples[at : at + block]) for at in range(0, len(samples), block)])


@pytest.mark.parametrize("block", [160, 257, 3200])
def test_rows_do_not_depend_on_how_the_sound_is_cut(voice: Samples, block: int) -> None:
    np.testing.assert_allclose(live(voice, block), live(voice, len(voice)), atol=1e-3)


def test_rows_come_at_most_a_tenth_of_a_second_late(voice: Samples) -> None:
    listening = LivePosteriors()
    rows = 0
    for end in range(160, 2 * RATE_HZ, 160):
        rows += len(listening.push(voice[end - 160 : end]))
        assert rows >= end // 160 - 10


def test_most_is_told_as_it_is_of_a_recording(voice: Samples) -> None:
    known = np.concatenate(list(posteriors([voice])))
    heard = live(np.pad(voice, (0, 2000)), 1600)[: len(known)]
    assert (VISEME[known.argmax(axis=1)] == VISEME[heard.argmax(axis=1)]).mean() > 0.7


@pytest.mark.parametrize("hiss", [0.0, 1e-4, 1e-3])
def test_lips_rest_before_the_first_word(voice: Samples, rng: np.random.Generator, hiss: float) -> None:
    # Nothing has been heard yet that tells how loud a voice is.
    waiting = rng.normal(0, hiss, 15 * RATE_HZ).astype(np.float32)
    rows = live(np.concatenate((waiting, voice)), 1600)
    silent = rows[:1480].argmax(axis=1) == SILENCE
    assert silent.mean() > 0.8
    assert (rows[1500:].argmax(axis=1) == SILENCE).mean() < 0.4


def test_phones_settle_in_order_and_do_not_depend_on_how_the_sound_is_cut(voice: Samples) -> None:
    found = []
    for block in (160, 1111):
        listener = LiveListener()
        told = [listener.push(voice[at : at + block]) for at in range(0, len(voice), block)]
        settled = [phone for each in told for phone in each.settled]
        assert all(a.end_s <= b.start_s for a, b in itertools.pairwise(settled))
        for each in told:
            assert all(a.end_s <= b.start_s for a, b in zip(each.likely, each.likely[1:], strict=False))
        found.append([*settled, *told[-1].likely])
    assert found[0] == found[1]
    assert len(found[0]) > 15
