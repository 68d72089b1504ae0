"""Loops have no seam, fades have their lengths, parts are exact."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.sound import Sound
from phonoscope.sound.mixing import EffectTrack, HeldSound, Mix, MusicTrack
from phonoscope.sound.mixing import clips as under_test
from phonoscope.sound.mixing.clips import LOOP_CROSSFADE_S, effect_clip, faded, looped, music_clip, part
from phonoscope.sound.mixing.timeline import Placed, bus
from tests.media.recordings import StoredSound, joined
from tests.sound.mixing.samples import mixed, tone


def _heard(source: StoredSound, samples: int, offset_s: float = 0.0, seamless: bool = True) -> NDArray[np.float32]:
    planes: NDArray[np.float32] = np.concatenate(list(part(looped(source, offset_s, seamless), 0, samples)), axis=1)
    return np.asarray(planes[0])


@pytest.mark.parametrize("kept_s", [120.0, 0.1])
@pytest.mark.parametrize("offset_s", [0.0, 0.2, 1.7])
def test_a_seamless_piece_goes_on_exactly(kept_s: float, offset_s: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "KEPT_S", kept_s)
    source = StoredSound(np.asarray(np.random.default_rng(2).uniform(-1, 1, 24000), np.float32), 48000, 0.11)
    heard = _heard(source, 100_000, offset_s)
    expected = np.resize(np.roll(source.samples, -round(offset_s * 48000)), 100_000)
    np.testing.assert_array_equal(heard, expected)


def test_a_seamless_piece_of_another_rate_has_no_seam() -> None:
    track = MusicTrack(tone(0.5, 440.0, rate_hz=44100), 0.0, 3.0, seamless=True, fade_in_s=0, fade_out_s=0)
    heard = np.concatenate(list(music_clip(track, 0.0)), axis=1)[0]
    time_s = np.arange(len(heard)) / 48000
    assert len(heard) == 3 * 48000
    inside = slice(200, -200)
    np.testing.assert_allclose(heard[inside], 0.3 * np.sin(2 * np.pi * 440 * time_s)[inside], atol=2e-3)


def test_a_file_fades_over_where_it_begins_again() -> None:
    """Loud noise throughout: no click, no hole, no bump, and a period that is shorter by the crossfade."""
    source = StoredSound(np.asarray(np.random.default_rng(3).uniform(-1, 1, 48000), np.float32), 48000)
    heard = _heard(source, 200_000, seamless=False)
    fade = round(LOOP_CROSSFADE_S * 48000)
    levels = np.sqrt(np.mean(heard[: 200_000 // 480 * 480].reshape(-1, 480) ** 2, axis=1))
    assert levels.min() > 0.8 * levels.mean()
    assert levels.max() < 1.2 * levels.mean()
    np.testing.assert_array_equal(heard[48000 : 96000 - 2 * fade], source.samples[fade : 48000 - fade])
    period = 48000 - fade
    np.testing.assert_array_equal(heard[fade + period : 2 * period], heard[fade + 2 * period : 3 * period])


@pytest.mark.parametrize("length", [1, 2, 7, 1000])
def test_very_short_pieces_are_looped(length: int) -> None:
    source = StoredSound(np.full(length, 0.5, np.float32), 48000)
    assert len(_heard(source, 5000, seamless=False)) == 5000


def test_fades_have_their_lengths() -> None:
    flat = [np.full((2, size), 0.5, np.float32) for size in (30000, 1, 20000, 45999)]
    heard = np.concatenate(list(faded(iter(flat), 0.5, 0.25)), axis=1)[0]
    assert len(heard) == 96000
    np.testing.assert_allclose(heard[24000 : 96000 - 12000], 0.5, atol=1e-6)
    assert heard[0] == pytest.approx(0, abs=1e-3)
    assert heard[-1] == pytest.approx(0, abs=1e-3)
    assert (np.diff(heard[:24000]) >= -1e-7).all()
    assert (np.diff(heard[-12000:]) <= 1e-7).all()
    # Equal power: half of it at half of the time.
    assert heard[12000] == pytest.approx(0.5 * 2**-0.5, abs=1e-3)


def test_a_fade_longer_than_the_sound_is_as_long_as_it() -> None:
    heard = np.concatenate(list(faded([np.full((2, 4800), 0.5, np.float32)], 0.0, 9.0)), axis=1)[0]
    assert len(heard) == 4800
    assert heard[0] > 0.49
    assert heard[-1] < 0.01


def test_a_part_of_an_effect() -> None:
    source = StoredSound(np.arange(48000, dtype=np.float32) / 48000, 48000)
    heard = np.concatenate(list(effect_clip(EffectTrack(source, 0.0, start_s=0.25, end_s=0.5), 0.0)), axis=1)
    np.testing.assert_allclose(heard[1], source.samples[12000:24000], atol=1e-6)


def test_music_that_is_not_looped_ends(tmp_path: Path) -> None:
    track = MusicTrack(tone(1.0), 0.5, 4.0, loop=False, offset_s=0.25, fade_in_s=0, fade_out_s=0.1)
    heard, _ = mixed(Mix(4.0, (), (track,)), tmp_path)
    sounding = np.flatnonzero(np.abs(heard[:, 0]) > 1e-3)
    assert sounding[0] == pytest.approx(24000, abs=20)
    assert sounding[-1] == pytest.approx(24000 + 36000, abs=300)


def test_sound_in_memory_is_a_stream() -> None:
    samples = np.asarray(np.random.default_rng(1).uniform(-1, 1, (50000, 2)), np.float32)
    held = HeldSound(Sound(samples, 16000))
    assert held.duration_s == 50000 / 16000
    for _ in range(2):
        np.testing.assert_array_equal(joined(held), samples)


def test_a_bus_adds_what_overlaps_and_opens_clips_when_they_are_heard() -> None:
    opened: list[int] = []

    def clip(number: int, length: int) -> Placed:
        def begin() -> Iterator[NDArray[np.float32]]:
            opened.append(number)
            return iter([np.full((2, length), 1.0, np.float32)])

        return Placed(number, begin)

    blocks = bus([clip(150_000, 9_999_999), clip(10, 100), clip(60, 60_000), clip(999_999, 5)], 200_000)
    first = next(blocks)
    assert opened == [10, 60]
    assert (first[0, :10] == 0).all()
    assert (first[0, 60:110] == 2).all()
    assert (first[0, 110:] == 1).all()
    rest = np.concatenate([first, *blocks], axis=1)[1]
    assert opened == [10, 60, 150_000]
    assert rest.shape == (200_000,)
    np.testing.assert_array_equal(np.flatnonzero(np.diff(rest)), [9, 59, 109, 60_059, 149_999])
