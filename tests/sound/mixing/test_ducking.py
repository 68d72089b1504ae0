"""Music makes room for the voice by exactly as much as told, stays down between words, and comes up in pauses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.sound.mixing import Mix, MusicTrack, VoiceTrack
from phonoscope.sound.mixing.ducking import AHEAD_S, HOLD_S, RELEASE_S, ducking_key
from tests.media.recordings import StoredSound
from tests.sound.mixing.samples import level_db, mixed, tone

UNHEARD_DB = -140.0
"""Gain of a voice that ducks music, and is not in the way when that is measured."""

SPOKEN = (3.0, 5.0), (5.7, 7.0), (9.5, 11.0)
"""A pause that is too short for music to come up, and one that is not."""


def _music(folder: Path, ducking_db: float, speech: tuple[tuple[float, float], ...] = SPOKEN) -> NDArray[np.float32]:
    voice = VoiceTrack(tone(14, 200.0), 0.0, UNHEARD_DB, speech)
    track = MusicTrack(tone(2, 450.0), 0.0, 14.0, ducking_db=ducking_db, seamless=True, fade_in_s=0, fade_out_s=0)
    return mixed(Mix(14.0, (voice,), (track,)), folder)[0]


def _levels(samples: NDArray[np.float32], start_s: float, end_s: float) -> NDArray[np.float64]:
    """Return levels of 20 ms: nine waves of the music each."""
    starts = np.arange(start_s, end_s - 0.02, 0.02)
    return np.array([level_db(samples, start, start + 0.02) for start in starts])


@pytest.mark.parametrize("ducking_db", [1.5, 3.0, 8.0, 14.0, 24.0])
def test_depth_is_exact(tmp_path: Path, ducking_db: float) -> None:
    heard = _music(tmp_path, ducking_db)
    free_db = level_db(heard, 0.5, 2.5)
    for start_s, end_s in SPOKEN:
        np.testing.assert_allclose(free_db - _levels(heard, start_s + 0.02, end_s), ducking_db, atol=0.6)


def test_music_stays_down_between_words_and_comes_up_in_pauses(tmp_path: Path) -> None:
    heard = _music(tmp_path, 8.0)
    free_db = level_db(heard, 0.5, 2.5)
    np.testing.assert_allclose(free_db - _levels(heard, 5.0, 5.7), 8.0, atol=0.6)
    assert level_db(heard, 7.0 + HOLD_S + RELEASE_S + 0.1, 9.5 - AHEAD_S - 0.05) == pytest.approx(free_db, abs=0.3)
    assert level_db(heard, 12.0, 13.5) == pytest.approx(free_db, abs=0.3)


def test_it_goes_smoothly(tmp_path: Path) -> None:
    levels = _levels(_music(tmp_path, 8.0), 7.0, 9.0)
    steps = np.diff(levels)
    assert steps.min() > -0.2
    assert steps.max() < 8.0 * 0.02 / RELEASE_S * 1.3


def test_music_is_down_when_the_voice_begins(tmp_path: Path) -> None:
    heard = _music(tmp_path, 8.0)
    assert level_db(heard, 0.5, 3.0 - AHEAD_S - 0.01) - level_db(heard, 2.98, 3.0) > 7


def test_none_is_none(tmp_path: Path) -> None:
    heard = _music(tmp_path, 0.0)
    assert np.ptp(_levels(heard, 1.0, 13.0)) < 0.2


def test_each_piece_has_its_own_depth(tmp_path: Path) -> None:
    left, right = (
        StoredSound(np.stack([sound, 0 * sound] if side == 0 else [0 * sound, sound], axis=1), 48000)
        for side, sound in enumerate([tone(2).samples, tone(2).samples])
    )
    tracks = tuple(
        MusicTrack(source, 0.0, 14.0, ducking_db=depth, seamless=True, fade_in_s=0, fade_out_s=0)
        for source, depth in ((left, 4.0), (right, 12.0))
    )
    heard, _ = mixed(Mix(14.0, (VoiceTrack(tone(14), 0.0, UNHEARD_DB, SPOKEN),), tracks), tmp_path)
    for channel, depth in ((0, 4.0), (1, 12.0)):
        part = heard[:, channel]
        assert level_db(part, 0.5, 2.5) - level_db(part, 3.2, 4.9) == pytest.approx(depth, abs=0.5)


def test_key_is_on_around_speech() -> None:
    key = np.concatenate(list(ducking_key(((1.0, 2.5),), 4 * 48000 + 17)), axis=1)
    assert key.shape == (2, 4 * 48000 + 17)
    assert set(np.unique(key)) == {0.0, 1.0}
    on = np.flatnonzero(key[0])
    assert on[0] == round((1.0 - AHEAD_S) * 48000)
    assert on[-1] + 1 == round((2.5 + HOLD_S) * 48000)
    assert len(on) == on[-1] - on[0] + 1
