"""Voices change as asked for: pitch without length, length without pitch, and every preset in time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.sound.effects import EFFECTS, VoiceChanges, change_voice, parse_pitch
from tests.media.recordings import StoredSound, joined, voice

RATE_HZ = 24000

EACH: list[dict[str, Any]] = [{"pitch": 1.3}, {"speed": 0.5}, *({"effect": name} for name in EFFECTS)]
"""Every kind of change."""


def changed(samples: NDArray[np.float32], rate_hz: int = RATE_HZ, **changes: Any) -> NDArray[np.float32]:
    return joined(change_voice(StoredSound(samples, rate_hz), VoiceChanges(**changes)))


def harmonics(pitch_hz: float, duration_s: float = 3.0) -> NDArray[np.float32]:
    """Return a steady vowel: harmonics under a formant at 700 Hz."""
    time_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    parts = (
        np.sin(2 * np.pi * pitch_hz * k * time_s) / (1 + ((pitch_hz * k - 700) / 150) ** 2)
        for k in range(1, int(5000 / pitch_hz))
    )
    return np.asarray(0.2 * sum(parts), np.float32)


def pitch_of(samples: NDArray[np.float32]) -> float:
    """Return the pitch in Hz, by the autocorrelation of the middle."""
    middle = samples[len(samples) // 2 - RATE_HZ // 4 :][: RATE_HZ // 2].astype(np.float64)
    likeness = np.fft.irfft(np.abs(np.fft.rfft(middle, 1 << 15)) ** 2)
    low, high = RATE_HZ // 500, RATE_HZ // 50
    # The first crest that is nearly the highest: not one of its multiples.
    crests = likeness[low:high]
    return RATE_HZ / (low + int(np.flatnonzero(crests > 0.97 * crests.max())[0]))


def centre_hz(samples: NDArray[np.float32]) -> float:
    """Return the centre of gravity of the spectrum's power."""
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    return float((power * np.fft.rfftfreq(len(samples), 1 / RATE_HZ)).sum() / power.sum())


def envelope(samples: NDArray[np.float32], rate_hz: int = RATE_HZ) -> NDArray[np.float64]:
    """Return the level of each 10 ms."""
    size = rate_hz // 100
    return np.asarray(
        np.sqrt((samples[: len(samples) // size * size].astype(np.float64).reshape(-1, size) ** 2).mean(axis=1))
    )


@pytest.mark.parametrize("pitch", [0.5, 0.7, 0.94, 1.2, 1.5, 2.0])
def test_another_pitch(pitch: float) -> None:
    vowel = harmonics(150)
    heard = changed(vowel, pitch=pitch)
    assert len(heard) == len(vowel)
    assert pitch_of(heard) == pytest.approx(150 * pitch, rel=0.02)
    # The formant moves by far less than the pitch.
    assert abs(np.log(centre_hz(heard) / centre_hz(vowel))) < max(0.1, 0.6 * abs(np.log(pitch)))


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.25, 2.0])
def test_another_speed(speed: float) -> None:
    vowel = harmonics(150)
    stream = change_voice(StoredSound(vowel, RATE_HZ), VoiceChanges(speed=speed))
    heard = joined(stream)
    assert len(heard) == round(len(vowel) / speed)
    assert stream.duration_s == pytest.approx(3 / speed)
    assert pitch_of(heard) == pytest.approx(150, rel=0.02)
    assert envelope(heard)[10:-10].min() > 0.6 * envelope(vowel)[10:-10].mean()


@pytest.mark.parametrize("speed", [0.6, 1.7])
def test_speed_puts_everything_where_it_belongs(speed: float) -> None:
    clicks = np.zeros(8 * RATE_HZ, np.float32)
    at_s = np.arange(0.5, 8, 0.75)
    for time_s in at_s:
        start = round(time_s * RATE_HZ)
        clicks[start : start + 240] = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(240) / RATE_HZ)
    level = envelope(changed(clicks, speed=speed))
    for time_s in at_s:
        place = round(time_s / speed * 100)
        assert level[place - 3 : place + 4].max() > 0.05


@pytest.mark.parametrize("rate_hz", [8000, 16000, 48000])
@pytest.mark.parametrize("effect", EFFECTS)
def test_presets_keep_length_time_and_measure(effect: str, rate_hz: int) -> None:
    samples = voice(3, rate_hz, level_db=-16)
    heard = changed(samples, rate_hz, effect=effect)
    assert len(heard) == len(samples)
    assert np.abs(heard).max() <= 0.96
    assert np.abs(heard - samples).max() > 0.05
    before, after = envelope(samples, rate_hz), envelope(heard, rate_hz)
    lags = [float(np.corrcoef(np.roll(before, lag), after)[0, 1]) for lag in range(-5, 6)]
    assert abs(int(np.argmax(lags)) - 5) <= (2 if effect == "hall" else 1)
    assert -9 < 20 * np.log10(after.mean() / before.mean()) < 9


@pytest.mark.parametrize("effect", EFFECTS)
def test_silence_stays_silent(effect: str) -> None:
    assert np.abs(changed(np.zeros(RATE_HZ, np.float32), effect=effect)).max() < 1e-6


def test_presets_do_what_they_are_called() -> None:
    vowel = harmonics(150)
    assert pitch_of(changed(vowel, effect="robot")) == pytest.approx(100, rel=0.02)
    assert pitch_of(changed(harmonics(220), effect="robot")) == pytest.approx(100, rel=0.02)
    assert pitch_of(changed(vowel, effect="chipmunk")) == pytest.approx(270, rel=0.02)
    assert pitch_of(changed(vowel, effect="deep")) == pytest.approx(105, rel=0.02)
    assert centre_hz(changed(vowel, effect="chipmunk")) > 1.2 * centre_hz(vowel)
    assert centre_hz(changed(vowel, effect="deep")) < 0.95 * centre_hz(vowel)


def test_a_telephone_has_a_band() -> None:
    hiss = np.random.default_rng(0).normal(0, 0.1, 2 * RATE_HZ).astype(np.float32)
    power = np.abs(np.fft.rfft(changed(hiss, effect="telephone"))) ** 2
    bands = [power[a * 2 : b * 2].mean() for a, b in ((50, 150), (800, 2500), (6000, 10000))]
    assert bands[1] > 100 * bands[0]
    assert bands[1] > 100 * bands[2]


def test_a_hall_rings_on() -> None:
    click = np.zeros(2 * RATE_HZ, np.float32)
    click[RATE_HZ // 2] = 0.9
    level = envelope(changed(click, effect="hall"))
    assert level[:49].max() < 1e-6
    assert level[80] > 3 * level[150] > 0


@pytest.mark.parametrize("changes", EACH)
def test_it_is_the_same_each_time_however_it_is_cut(changes: dict[str, Any]) -> None:
    samples = voice(2, RATE_HZ)
    stream = change_voice(StoredSound(samples, RATE_HZ), VoiceChanges(**changes))
    np.testing.assert_array_equal(joined(stream), joined(stream))
    cut = change_voice(StoredSound(samples, RATE_HZ, block_s=0.083), VoiceChanges(**changes))
    np.testing.assert_allclose(joined(stream), joined(cut), atol=1e-4)


def test_stereo_stays_stereo() -> None:
    samples = np.stack([voice(2, RATE_HZ), 0.5 * voice(2, RATE_HZ)], axis=1)
    for changes in EACH:
        assert changed(samples, **changes).shape[1] == 2


@pytest.mark.parametrize("length", [1, 50, 5000])
def test_a_moment_is_enough(length: int) -> None:
    for changes in EACH:
        heard = changed(voice(1, RATE_HZ)[:length], **changes)
        assert len(heard) == (2 * length if "speed" in changes else length)


def test_no_change_is_the_sound_itself() -> None:
    source = StoredSound(voice(1), 16000)
    assert change_voice(source, VoiceChanges()) is source


@pytest.mark.parametrize(
    "wrong", [{"effect": "ghost"}, {"pitch": 3}, {"pitch": float("nan")}, {"speed": 0}, {"speed": float("inf")}]
)
def test_nonsense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as caught:
        VoiceChanges(**wrong)  # type: ignore[arg-type]
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("text", "pitch"), [("1.2", 1.2), ("+12st", 2), ("-12 semitones", 0.5), ("0st", 1), (".8", 0.8)]
)
def test_pitch_is_read(text: str, pitch: float) -> None:
    assert parse_pitch(text) == pytest.approx(pitch)


@pytest.mark.parametrize("text", ["", "high", "st", "+", "1,2", "nan", "3hz"])
def test_what_is_no_pitch_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no pitch"):
        parse_pitch(text)
