"""Descriptions are told in pauses, never over speech; what does not fit is named."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.sound import Sound
from phonoscope.media.sound_file import open_sound
from phonoscope.sound.mixing import Mix, VoiceTrack, mix_to_file
from phonoscope.sound.mixing.description import (
    DUCKING_DB,
    MARGIN_S,
    Description,
    described_mix,
    description_cues,
    place_descriptions,
)
from tests.media.recordings import lag_of, meter, voice
from tests.sound.mixing.samples import level_db, mixed, spoken


def speak(text: str) -> Sound:
    """A voice that takes a tenth of a second a letter."""
    return Sound(voice(len(text) / 10, 22050, 200.0), 22050)


SPEECH = (1.0, 4.0), (7.0, 9.0), (12.0, 19.5)


def test_each_is_told_in_the_first_pause_that_is_long_enough() -> None:
    descriptions = [
        Description("Short.", 0.0, 10.0, "a"),
        Description("As long as this.", 0.0, 10.0, "b"),
        Description("And this too.", 10.0, 20.0, "c"),
    ]
    placed = place_descriptions(descriptions, SPEECH, speak)
    assert [(told.description.scene, told.start_s) for told in placed.spoken] == [
        ("a", 0.0),
        ("b", 4.0 + MARGIN_S),
        ("c", 10.0),
    ]
    assert placed.unfitting == ()


def test_none_overlaps_speech_or_another() -> None:
    rng = np.random.default_rng(4)
    descriptions = [Description("x" * int(rng.integers(3, 40)), n * 5.0, n * 5 + 8.0) for n in range(30)]
    speech = tuple((n * 4.0, n * 4.0 + float(rng.uniform(0.5, 3.5))) for n in range(40))
    placed = place_descriptions(descriptions, speech, speak)
    assert len(placed.spoken) + len(placed.unfitting) == 30
    assert placed.spoken
    assert placed.unfitting
    for told in placed.spoken:
        assert told.description.start_s <= told.start_s
        assert told.end_s <= told.description.end_s + 1e-6
        assert all(told.end_s <= start - MARGIN_S + 1e-6 or told.start_s >= end + MARGIN_S for start, end in speech)
    assert all(b.start_s >= a.end_s + MARGIN_S - 1e-6 for a, b in pairwise(placed.spoken))
    for left in placed.unfitting:
        assert left.longest_s < left.needed_s


def test_what_does_not_fit_is_named() -> None:
    placed = place_descriptions([Description("Much too long a description.", 4.0, 7.0, "scene-2")], SPEECH, speak)
    assert placed.spoken == ()
    (left,) = placed.unfitting
    assert left.description.scene == "scene-2"
    assert left.needed_s == pytest.approx(2.8)
    assert left.longest_s == pytest.approx(7 - 4 - 2 * MARGIN_S)
    assert "scene 'scene-2' is not told: it takes 2.8 s, and the longest pause there is 2.5 s" in left.message


def test_all_are_in_the_subtitles_for_screen_readers() -> None:
    descriptions = [Description("Much too long\na description.", 4.0, 7.0), Description("Short.", 0.0, 4.0)]
    cues = description_cues(place_descriptions(descriptions, SPEECH, speak))
    assert [(cue.text, cue.start_s) for cue in cues] == [("Short.", 0.0), ("Much too long a description.", 4.0)]
    assert cues[1].end_s == 7.0


def test_nothing_is_told_of_nothing() -> None:
    placed = place_descriptions([Description("  ", 0.0, 5.0)], (), speak)
    assert (placed.spoken, placed.unfitting) == ((), ())


def test_everything_else_makes_room(tmp_path: Path) -> None:
    mix = Mix(9.0, (VoiceTrack(spoken(3.2), 0.0), VoiceTrack(spoken(2.2), 6.5)), loudness_lufs=-23.0)
    report = mix_to_file(mix, tmp_path / "plain.wav")
    placed = place_descriptions([Description("A cat on a wall.", 0.0, 9.0)], report.speech, speak)
    heard, _ = mixed(described_mix(open_sound(tmp_path / "plain.wav"), placed, mix), tmp_path)
    (told,) = placed.spoken
    assert len(heard) == 9 * 48000
    assert meter(heard, 48000).loudness_lufs == pytest.approx(-23, abs=0.5)
    said = heard[round(told.start_s * 48000) : round(told.end_s * 48000), 0]
    assert abs(lag_of(said, voice(1.6, 48000, 200.0), 2000)) <= 8
    # Told as loud as the voices are.
    assert level_db(heard, told.start_s, told.end_s) == pytest.approx(level_db(heard, 0, 2.2), abs=2.0)
    assert DUCKING_DB > 6
