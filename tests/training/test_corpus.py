"""What the corpus is made of: texts, labels and music, without the synthesisers."""

from __future__ import annotations

import random

import numpy as np
import pytest
from training.phones.labels import LABEL_RATE_HZ, PEAK, SAMPLES, Labelled, join, label, load, save
from training.phones.music import noises, play
from training.phones.symbols import arpabet_classes, festival_classes
from training.phones.texts import sentence

from phonoscope.speech.hearing.features import RATE_HZ
from phonoscope.speech.hearing.phoneset import CLASS, SILENCE


@pytest.mark.parametrize("language", ["any", "ja", "ko", "cmn"])
def test_sentences_are_made_of_as_many_words_as_asked_and_repeat_with_their_seed(language: str) -> None:
    text = sentence(language, random.Random(1), 6)
    assert text == sentence(language, random.Random(1), 6)
    assert text != sentence(language, random.Random(2), 6)
    if language in {"any", "ko"}:
        assert len(text.split()) == 6


def test_labels_lie_where_their_sound_does_after_resampling() -> None:
    rate_hz = 22_050
    samples = np.zeros(rate_hz, np.float32)
    samples[round(0.5 * rate_hz) : round(0.7 * rate_hz)] = 0.1
    labelled = label(samples, rate_hz, [(0.5, 0.7, (CLASS["a"],))])
    assert len(labelled.samples) == RATE_HZ
    assert len(labelled.labels) == LABEL_RATE_HZ
    loud = np.abs(labelled.samples.reshape(-1, SAMPLES)).mean(axis=1) > 0.5 * PEAK * 32767 * 0.9
    assert np.abs(loud.astype(int) - (labelled.labels == CLASS["a"])).sum() <= 2
    assert np.abs(labelled.samples).max() == pytest.approx(PEAK * 32767, rel=0.01)


def test_a_diphthong_stays_longer_in_its_first_vowel() -> None:
    labelled = label(np.ones(RATE_HZ, np.float32), RATE_HZ, [(0.0, 1.0, (CLASS["a"], CLASS["I"]))])
    assert (labelled.labels == CLASS["a"]).sum() == 110
    assert (labelled.labels == CLASS["I"]).sum() == 90


def test_what_is_saved_is_loaded(tmp_path) -> None:  # type: ignore[no-untyped-def]
    one = Labelled(np.arange(160, dtype=np.int16), np.array([1, 2], np.uint8))
    both = join([one, one])
    save(tmp_path / "voice", both)
    again = load(tmp_path / "voice")
    assert (again.samples == both.samples).all()
    assert (again.labels == both.labels).all()
    assert again.duration_s == pytest.approx(0.02)


def test_symbols_of_the_voices_are_known() -> None:
    assert arpabet_classes("aw1") == (CLASS["a"], CLASS["U"])
    assert arpabet_classes("pau") == (SILENCE,)
    assert festival_classes("tS", "cs") == (CLASS["ch"],)
    assert festival_classes("c", "ru") == (CLASS["t"], CLASS["s"])
    assert festival_classes("a:", "cs") == (CLASS["a"],)


def test_music_and_noises_are_heard_and_repeat_with_their_seed() -> None:
    music = play(5.0, np.random.default_rng(1))
    assert len(music) == 5 * RATE_HZ
    assert np.isfinite(music).all()
    assert 0.05 < music.std() < 0.2
    assert (music == play(5.0, np.random.default_rng(1))).all()
    assert np.isfinite(noises(8000, 0.1, np.random.default_rng(3))).all()
