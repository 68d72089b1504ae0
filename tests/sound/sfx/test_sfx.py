"""Every sound effect is short, clean, as loud as promised, and what its line in the table says."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest

from phonoscope.core.errors import UsageError
from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.sfx.library import sfx, sfx_names, sound_effect, sound_effects

RATE_HZ = 48_000

ASKED_FOR = {
    *("whoosh", "swish", "pop", "ding", "bell", "applause", "drum-roll", "tada", "fanfare", "click", "typing"),
    *("notification", "success", "error", "buzzer", "sparkle", "camera-shutter", "cash-register", "heartbeat", "rise"),
    *("boom", "page-turn", "wrong", "correct", "countdown", "boing"),
}


@pytest.mark.parametrize("name", sfx_names())
def test_an_effect(name: str) -> None:
    sound, told = sfx(name), sound_effect(name)
    planes = sound.samples.T

    assert sound.rate_hz == RATE_HZ and sound.samples.dtype == np.float32 and sound.samples.shape[1] == 2
    assert 0.1 <= sound.duration_s <= 4.5
    assert sound.duration_s == pytest.approx(told.duration_s, abs=0.01)

    meter = LoudnessMeter(RATE_HZ)
    meter.take(np.pad(planes, ((0, 0), (0, RATE_HZ // 2))))
    report = meter.report()
    assert report.true_peak_db <= -1
    assert -30 < report.loudness_lufs < -11

    assert np.abs(sound.samples[[0, -1]]).max() < 0.005, "neither end jumps"
    assert np.abs(planes.mean(axis=1)).max() < 2e-3
    power = (np.abs(np.fft.rfft(planes, axis=1)) ** 2).sum(axis=0)
    assert power[np.fft.rfftfreq(planes.shape[1], 1 / RATE_HZ) > 16_000].sum() < 0.02 * power.sum(), "nothing shrill"


@pytest.mark.parametrize("name", sfx_names())
def test_a_hit_is_where_the_table_says(name: str) -> None:
    power = (sfx(name).samples.astype(np.float64) ** 2).sum(axis=1)
    level = np.convolve(power, np.ones(960) / 960, "same")
    at = round(sound_effect(name).hit_s * RATE_HZ)

    assert level[max(at - 960, 0) : at + 960].max() > 0.6 * level.max()


def test_all_that_was_asked_for_is_there() -> None:
    assert set(sfx_names()) >= ASKED_FOR
    assert len({effect.title for effect in sound_effects()}) == len(sound_effects())
    assert all(effect.tags and effect.description for effect in sound_effects())


def test_the_same_to_the_bit_in_another_process() -> None:
    names = ("whoosh", "applause", "tada", "pop")
    program = (
        "import hashlib; from phonoscope.sound.sfx.library import sfx;"
        f"print(hashlib.sha256(b''.join(sfx(name).samples.tobytes() for name in {names[::-1]!r}[::-1])).hexdigest())"
    )

    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()

    assert hashlib.sha256(b"".join(sfx(name).samples.tobytes() for name in names)).hexdigest() == other


def test_pitches_of_signals() -> None:
    tone = sfx("beep").samples[:, 0]
    spectrum = np.abs(np.fft.rfft(tone, 1 << 17))

    assert np.fft.rfftfreq(1 << 17, 1 / RATE_HZ)[spectrum.argmax()] == pytest.approx(1000, abs=2)


def test_what_moves_goes_from_side_to_side() -> None:
    left, right = sfx("whoosh").samples.T.astype(np.float64) ** 2
    early, late = slice(0, round(0.45 * RATE_HZ)), slice(round(0.6 * RATE_HZ), round(1.0 * RATE_HZ))

    assert left[early].sum() > 2 * right[early].sum()
    assert right[late].sum() > 2 * left[late].sum()


@pytest.mark.parametrize(("wrong", "meant"), [("aplause", "applause"), ("drum_roll", "drum-roll"), ("Wosh", "whoosh")])
def test_slips_are_understood(wrong: str, meant: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean .*{meant}"):
        sfx(wrong)


def test_unknown_names_are_answered_with_all() -> None:
    with pytest.raises(UsageError, match="Choose one of: whoosh"):
        sound_effect("zzzz")
