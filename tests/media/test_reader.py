"""Sound and frames come out of files as they went in."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.sound import Sound
from phonoscope.media.reader import read_frames, read_sound, write_wav
from tests.media.samples import clicks, options, write_video


def test_wav_and_back(tmp_path: Path) -> None:
    samples = np.random.default_rng(0).uniform(-1, 1, 5000).astype(np.float32)
    write_wav(tmp_path / "a.wav", Sound(samples, 16000))
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16000)
    sound = read_sound(tmp_path / "a.wav")
    assert sound.rate_hz == 16000
    np.testing.assert_allclose(sound.samples, samples, atol=1e-4)


def test_stereo_is_kept_or_mixed_down(tmp_path: Path) -> None:
    samples = np.stack([np.full(4000, 0.5), np.full(4000, -0.1)], axis=1).astype(np.float32)
    write_wav(tmp_path / "a.wav", Sound(samples, 16000))
    kept = read_sound(tmp_path / "a.wav", mono=False)
    np.testing.assert_allclose(kept.samples, samples, atol=1e-4)
    mixed = read_sound(tmp_path / "a.wav")
    assert mixed.samples.shape == (4000,)
    np.testing.assert_allclose(mixed.samples[100:-100], 0.2, atol=1e-3)


@pytest.mark.parametrize("rate_hz", [16000, 44100, 48000])
def test_resampling_moves_nothing(tmp_path: Path, rate_hz: int) -> None:
    write_wav(tmp_path / "a.wav", clicks(2, 22050))
    sound = read_sound(tmp_path / "a.wav", rate_hz)
    assert sound.rate_hz == rate_hz
    assert sound.duration_s == pytest.approx(2, abs=0.001)
    loud = np.flatnonzero(np.abs(sound.samples) > 0.3) / rate_hz
    assert loud[0] == pytest.approx(0.5, abs=0.001)
    assert loud[-1] == pytest.approx(1.51, abs=0.001)


def test_loud_sound_is_clipped_not_wrapped(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", Sound(np.array([2, -2, np.nan] * 100, np.float32), 16000))
    assert read_sound(tmp_path / "a.wav").samples[:2] == pytest.approx([1, -1], abs=1e-3)


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", clicks(1, 16000))
    with pytest.raises(UsageError):
        write_wav(tmp_path / "a.wav", clicks(1, 16000))
    write_wav(tmp_path / "a.wav", clicks(2, 16000), overwrite=True)
    assert read_sound(tmp_path / "a.wav").duration_s == 2


def test_too_long_sound_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", clicks(3, 16000))
    with pytest.raises(MediaError, match="longer than 2 s"):
        read_sound(tmp_path / "a.wav", limit_s=2)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.mp4", options(), 3)
    with pytest.raises(MediaError, match="has no sound"):
        read_sound(video)
    write_wav(tmp_path / "a.wav", clicks(1, 16000))
    with pytest.raises(MediaError, match="has no picture"):
        next(read_frames(tmp_path / "a.wav"))
    write_wav(tmp_path / "empty.wav", Sound(np.zeros(0, np.float32), 16000))
    with pytest.raises(MediaError):
        read_sound(tmp_path / "empty.wav")


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(), 30)
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(MediaError, match="damaged or cut off"):
        list(read_frames(path))


def test_frames_are_streamed(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(), 10)
    frames = read_frames(path)
    first = next(frames)
    assert first.shape == (96, 128, 3)
    assert first.dtype == np.uint8
    frames.close()  # type: ignore[attr-defined]
    path.unlink()
