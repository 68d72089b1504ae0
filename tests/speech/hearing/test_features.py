from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.speech.hearing.features import (
    BANDS,
    HOP,
    RATE_HZ,
    LogMels,
    hz_to_mel,
    level,
    measure,
    mel_bank,
    mel_to_hz,
)


def mels(samples: NDArray[np.float32], block: int = 1 << 30) -> NDArray[np.float32]:
    log_mels = LogMels()
    parts = [log_mels.push(samples[at : at + block]) for at in range(0, len(samples), block)]
    return np.concatenate([*parts, log_mels.end()])


def levelled(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    return level(frames, measure(frames))


def noise(rng: np.random.Generator, samples: int, gain: float = 0.1) -> NDArray[np.float32]:
    return (gain * rng.normal(0, 1, samples)).astype(np.float32)


@pytest.mark.parametrize("samples", [0, 1, 159, 160, 161, 400, 16_000, 16_001])
def test_there_is_a_frame_for_every_ten_milliseconds_begun(rng: np.random.Generator, samples: int) -> None:
    assert mels(noise(rng, samples)).shape == (-(-samples // HOP), BANDS)


@pytest.mark.parametrize("block", [1, 160, 333, 4096])
def test_frames_do_not_depend_on_how_the_sound_is_cut(rng: np.random.Generator, block: int) -> None:
    sound = noise(rng, 4000)
    np.testing.assert_allclose(mels(sound, block), mels(sound), atol=1e-4)


def test_a_frame_tells_of_its_own_ten_milliseconds() -> None:
    sound = np.zeros(RATE_HZ, np.float32)
    sound[50 * HOP + HOP // 2] = 1.0
    assert mels(sound).mean(axis=1).argmax() == 50


def test_a_tone_stands_in_its_band() -> None:
    times_s = np.arange(RATE_HZ) / RATE_HZ
    edges_hz = mel_to_hz(np.linspace(hz_to_mel(60.0), hz_to_mel(7600.0), BANDS + 2))
    for band in (10, 30, 50):
        tone = np.sin(2 * np.pi * edges_hz[band + 1] * times_s).astype(np.float32)
        assert mels(tone)[50].argmax() == band


def test_mel_and_hertz_are_inverse() -> None:
    hz = np.array([60.0, 440.0, 7600.0])
    np.testing.assert_allclose(mel_to_hz(hz_to_mel(hz)), hz)


def test_bands_weigh_one_and_overlap_by_half() -> None:
    bank = mel_bank()
    assert bank.shape == (BANDS, 257)
    wide = bank[20:]
    np.testing.assert_allclose(wide.sum(axis=1), 1, atol=0.01)


@pytest.mark.parametrize("gain", [10.0, 0.1, 0.01, 0.001])
def test_level_is_taken_out(rng: np.random.Generator, gain: float) -> None:
    sound = noise(rng, RATE_HZ) * np.repeat(rng.uniform(0.02, 1, 50), RATE_HZ // 50).astype(np.float32)
    plain, other = mels(sound), mels(np.float32(gain) * sound)
    np.testing.assert_allclose(levelled(other), levelled(plain), atol=0.15)


def test_colour_is_mostly_taken_out(rng: np.random.Generator) -> None:
    sound = noise(rng, RATE_HZ)
    dull = np.convolve(sound, np.ones(3, np.float32) / 3, "same").astype(np.float32)
    gap = np.abs(mels(sound) - mels(dull)).mean()
    left = np.abs(levelled(mels(sound)) - levelled(mels(dull))).mean() * 3
    assert left < 0.5 * gap


def test_loud_frames_lie_near_zero_and_silent_ones_far_below(rng: np.random.Generator) -> None:
    sound = noise(rng, 2 * RATE_HZ)
    sound[RATE_HZ:] *= 1e-4
    frames = levelled(mels(sound))
    assert abs(frames[:90].mean()) < 1
    assert frames[110:190].mean() < -3


def test_digital_silence_gives_finite_frames() -> None:
    silent = mels(np.zeros(RATE_HZ, np.float32))
    assert np.isfinite(level(silent, measure(silent))).all()
