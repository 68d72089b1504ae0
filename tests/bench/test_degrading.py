import numpy as np
import pytest
from bench.degrading import DEGRADATIONS, child_like, clipped, noisy, one_sided, quiet, telephone, without_voice

from phonoscope.core.sound import Sound

RATE_HZ = 16_000


def vowel(hz: float = 150.0, duration_s: float = 1.0) -> Sound:
    times_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    waves = sum(np.sin(2 * np.pi * hz * n * times_s) / n for n in range(1, 12))
    swell = np.sin(np.pi * times_s / duration_s)
    return Sound((0.2 * waves * swell).astype(np.float32), RATE_HZ)


def strongest_hz(sound: Sound) -> float:
    spectrum = np.abs(np.fft.rfft(sound.samples * np.hanning(len(sound.samples))))
    return float(np.argmax(spectrum) * sound.rate_hz / len(sound.samples))


@pytest.mark.parametrize("name", DEGRADATIONS)
def test_keeps_the_time_and_is_the_same_each_time(name: str) -> None:
    sound = vowel()
    first, second = DEGRADATIONS[name](sound), DEGRADATIONS[name](sound)
    assert first.duration_s == pytest.approx(sound.duration_s, abs=0.001)
    assert np.array_equal(first.samples, second.samples)
    assert np.isfinite(first.samples).all()
    assert np.abs(first.samples).max() <= 1
    assert np.abs(first.samples).max() > 0


def test_each_does_what_it_says() -> None:
    sound = vowel()
    assert telephone(sound).rate_hz == 8000
    assert np.mean(np.abs(clipped(sound).samples) > 0.88) > 0.2
    assert one_sided(sound).samples.shape == (RATE_HZ, 2)
    assert not one_sided(sound).samples[:, 1].any()
    fall_db = 20 * np.log10(np.abs(quiet(sound).samples).max() / np.abs(sound.samples).max())
    assert fall_db == pytest.approx(-50, abs=1)


def test_noise_is_as_loud_as_it_says() -> None:
    sound = vowel()
    mixed = noisy(sound).samples.astype(np.float64)
    gain = mixed @ sound.samples / (sound.samples @ sound.samples)
    noise = mixed - gain * sound.samples
    ratio_db = 10 * np.log10(np.mean((gain * sound.samples) ** 2) / np.mean(noise**2))
    assert ratio_db == pytest.approx(10, abs=0.5)


def test_sounds_without_voice_are_as_long_as_asked_for_and_not_clipped() -> None:
    sounds = without_voice(2.0, RATE_HZ)
    assert not sounds["silence"].samples.any()
    for name, sound in sounds.items():
        assert sound.duration_s == 2, name
        assert np.abs(sound.samples).max() < 0.9, name
    # Hits come twice a second; between them it is nearly quiet.
    hits = np.abs(sounds["drums"].samples).reshape(4, -1)
    assert (hits[:, :2000].max(axis=1) > 10 * hits[:, -800:].max(axis=1)).all()


def test_a_child_is_five_semitones_higher() -> None:
    assert strongest_hz(child_like(vowel())) == pytest.approx(150 * 4 / 3, rel=0.03)
