"""What is heard in a finished file is as loud as was asked for, and its peaks are as low."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from phonoscope.core.sound import Sound
from phonoscope.media.joined_sound import encode_sound
from phonoscope.media.options import VideoOptions
from phonoscope.media.sound_file import open_sound
from phonoscope.media.sound_writer import write_sound
from phonoscope.rendering.sound_encoding import DECODED_DBTP, TOLERANCE_LU, encode_mix, height_of
from phonoscope.sound.limiter import limit_peaks
from phonoscope.sound.mixing.clips import HeldSound
from phonoscope.sound.sfx.library import sfx

RATE_HZ = 48_000
FILM = VideoOptions(size_px=(64, 64), fps=Fraction(30), sound_channels=2, sound_rate_hz=RATE_HZ)


@pytest.fixture
def applause(tmp_path: Path) -> Path:
    """Loud applause whose peaks are held: what gains most in AAC."""
    planes = np.ascontiguousarray(np.atleast_2d(sfx("applause").samples.T))
    clapping = np.tile(planes[:, RATE_HZ // 2 : 3 * RATE_HZ], (2 // len(planes), 1))
    path = tmp_path / "mix.wav"
    held = np.concatenate(list(limit_peaks([clapping], RATE_HZ, 3.0, 10 ** (-1.5 / 20))), axis=1)
    write_sound(path, HeldSound(Sound(np.ascontiguousarray(held.T), RATE_HZ)), overwrite=True)
    return path


def test_peaks_and_loudness_are_those_of_the_decoded_file(applause: Path, tmp_path: Path) -> None:
    plain = height_of(open_sound(encode_sound(open_sound(applause), tmp_path, FILM)))
    assert plain.true_peak_dbtp > DECODED_DBTP, "otherwise there is nothing to be mended"
    wanted_lufs = height_of(open_sound(applause)).loudness_lufs - 0.5

    found = height_of(open_sound(encode_mix(applause, tmp_path, FILM, wanted_lufs)))

    assert found.true_peak_dbtp <= DECODED_DBTP
    assert found.loudness_lufs == pytest.approx(wanted_lufs, abs=TOLERANCE_LU)


def test_what_was_not_to_be_that_loud_stays_as_it_is(applause: Path, tmp_path: Path) -> None:
    soft = tmp_path / "soft.wav"
    blocks = [Sound(block.samples * np.float32(0.01), RATE_HZ) for block in open_sound(applause)]
    samples = np.concatenate([block.samples for block in blocks])
    write_sound(soft, HeldSound(Sound(samples, RATE_HZ)), overwrite=True)

    assert height_of(open_sound(encode_mix(soft, tmp_path, FILM, -14.0))).loudness_lufs < -45


def test_silence_is_left_alone(tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    write_sound(silent, HeldSound(Sound(np.zeros((RATE_HZ, 2), np.float32), RATE_HZ)), overwrite=True)

    assert height_of(open_sound(encode_mix(silent, tmp_path, FILM, -14.0))).loudness_lufs == -np.inf
