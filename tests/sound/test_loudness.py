"""Loudness is what FFmpeg's meter and the standard say it is."""

from __future__ import annotations

import math

import numpy as np
import pytest

from phonoscope.sound.loudness import measure
from tests.media.recordings import StoredSound, meter, noise, voice


@pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 44100, 48000, 96000])
def test_a_voice_as_another_meter_hears_it(rate_hz: int) -> None:
    samples = voice(8, rate_hz, level_db=-20)
    found, expected = measure(StoredSound(samples, rate_hz, block_s=0.37)), meter(samples, rate_hz)
    assert found.loudness_lufs == pytest.approx(expected.loudness_lufs, abs=0.1)
    assert found.true_peak_db == pytest.approx(expected.true_peak_db, abs=0.15)


def test_stereo_as_another_meter_hears_it() -> None:
    samples = np.stack([voice(6, 48000), voice(6, 48000, pitch_hz=200, level_db=-30)], axis=1)
    found, expected = measure(StoredSound(samples, 48000)), meter(samples, 48000)
    assert found.loudness_lufs == pytest.approx(expected.loudness_lufs, abs=0.1)
    assert found.true_peak_db == pytest.approx(expected.true_peak_db, abs=0.15)


def test_the_standards_own_tone() -> None:
    tone = np.sin(2 * np.pi * 997 * np.arange(48000 * 3) / 48000).astype(np.float32)
    found = measure(StoredSound(tone, 48000))
    assert found.loudness_lufs == pytest.approx(-3.01, abs=0.05)
    assert found.true_peak_db == pytest.approx(0, abs=0.05)
    assert found.clipped_share > 0


def test_peaks_between_the_samples_are_seen() -> None:
    """A quarter of the rate, sampled 45 degrees beside its crests, is 3 dB higher than its samples."""
    tone = np.sin(2 * np.pi * 0.25 * np.arange(48000) + np.pi / 4).astype(np.float32) * 0.5
    assert np.abs(tone).max() == pytest.approx(0.3536, abs=1e-3)
    assert measure(StoredSound(tone[1000:], 48000)).true_peak_db == pytest.approx(20 * math.log10(0.5), abs=0.2)


def test_the_loudness_range_is_the_distance_of_two_levels() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(16000 * 20) / 16000).astype(np.float32)
    steps = np.where(np.arange(len(tone)) < len(tone) // 2, 0.02, 0.2).astype(np.float32)
    assert measure(StoredSound(tone * steps, 16000)).range_lu == pytest.approx(20, abs=1)


def test_noise_under_speech_is_found() -> None:
    clean = voice(12, 16000, level_db=-20)
    found = measure(StoredSound(clean + noise(len(clean), -50), 16000))
    assert found.noise_floor_db == pytest.approx(-50, abs=1)
    assert found.speech_db == pytest.approx(-19, abs=2)
    assert found.snr_db == pytest.approx(31, abs=2)


def test_silence_has_no_loudness() -> None:
    found = measure(StoredSound(np.zeros(16000 * 3, np.float32), 16000))
    assert found.loudness_lufs == found.true_peak_db == -math.inf
    assert (found.noise_floor_db, found.snr_db, found.clipped_share, found.range_lu) == (-100, 0, 0, 0)


@pytest.mark.parametrize("length", [1, 100, 1600, 6000])
def test_a_moment_has_one(length: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1000 * (0.1 + np.arange(length)) / 16000).astype(np.float32)
    found = measure(StoredSound(tone, 16000))
    assert found.duration_s == length / 16000
    assert math.isfinite(found.true_peak_db)
    assert length < 1600 or found.loudness_lufs == pytest.approx(-9.0, abs=0.5)
