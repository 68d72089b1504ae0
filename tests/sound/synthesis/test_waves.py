"""Waves have the pitch, the decay and the ends that were asked for."""

from __future__ import annotations

import numpy as np
import pytest

from phonoscope.sound.synthesis.filters import Room, band_pass, high_pass, low_pass, room_answer
from phonoscope.sound.synthesis.waves import (
    RATE_HZ,
    Mode,
    Wave,
    fall,
    harmonic_band,
    modes,
    noise,
    seeded,
    soft_end,
    stacked,
    string,
    times,
)


def strongest_hz(wave: Wave, near_hz: float) -> float:
    """Return the frequency of the strongest line within a semitone."""
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 19))
    hz = np.fft.rfftfreq(1 << 19, 1 / RATE_HZ)
    spectrum[np.abs(np.log2(np.maximum(hz, 1) / near_hz)) > 1 / 12] = 0
    return float(hz[spectrum.argmax()])


def level_db(wave: Wave, at_s: float) -> float:
    middle = wave[round((at_s - 0.02) * RATE_HZ) : round((at_s + 0.02) * RATE_HZ)]
    return float(10 * np.log10((middle.astype(np.float64) ** 2).mean() + 1e-20))


@pytest.mark.parametrize("hz", [41.2, 110.0, 261.6, 987.8])
@pytest.mark.parametrize("bright_s", [0.3, 1.5])
def test_a_string_is_in_tune(hz: float, bright_s: float) -> None:
    shape = noise(0.05, seeded("test")).astype(np.float64)

    wave = string(hz, shape, 4.0, bright_s, 2.0)

    assert abs(1200 * np.log2(strongest_hz(wave, hz) / hz)) < 2


def test_a_string_decays_in_its_time_and_overtones_sooner() -> None:
    wave = string(220.0, noise(0.05, seeded("test")).astype(np.float64), 3.0, 0.6, 2.0)

    fundamental = band_pass(wave, 200, 240)
    overtones = band_pass(wave, 1800, 2200)

    assert level_db(fundamental, 0.3) - level_db(fundamental, 1.3) == pytest.approx(20, abs=2.5)
    assert level_db(overtones, 0.1) - level_db(overtones, 0.4) == pytest.approx(30, abs=4)


def test_modes_ring_at_their_pitch_and_pace() -> None:
    wave = modes(440.0, (Mode(1, 1.0, 1.0), Mode(100, 1.0, 1.0)), 1.0)

    assert strongest_hz(wave, 440) == pytest.approx(440, abs=0.5)
    assert level_db(wave, 0.2) - level_db(wave, 0.7) == pytest.approx(30, abs=0.5)
    assert abs(wave[0]) < 1e-6
    assert np.abs(wave).max() == pytest.approx(1, abs=0.05), "what is too high to hear is left out"


def test_a_band_of_harmonics_goes_round_without_a_seam() -> None:
    wave = harmonic_band(196.0, np.array([1.0, 0.5, 0.25]), 20, seeded("test"))

    steps = np.abs(np.diff(np.concatenate([wave, wave[:, :1]], axis=1)))

    assert steps[:, -1].max() <= steps[:, :-1].max()
    assert (wave**2).mean() == pytest.approx(1, rel=1e-3)
    spectrum = np.abs(np.fft.rfft(wave[0])) ** 2
    hz = np.fft.rfftfreq(len(wave[0]), 1 / RATE_HZ)
    assert spectrum[np.abs(hz - 196) < 10].sum() > 0.6 * spectrum.sum()


def test_a_low_band_is_the_same_on_both_sides_and_a_high_one_is_not() -> None:
    low, high = (harmonic_band(hz, np.ones(1), 25, seeded("test")) for hz in (70.0, 500.0))

    assert np.corrcoef(low)[0, 1] > 0.99
    assert np.corrcoef(high)[0, 1] < 0.7


def test_filters_keep_what_they_say() -> None:
    hiss = noise(1.0, seeded("test"))
    hz = np.fft.rfftfreq(len(hiss), 1 / RATE_HZ)

    def share_over(wave: Wave, edge_hz: float) -> float:
        power = np.abs(np.fft.rfft(wave)) ** 2
        return float(power[hz > edge_hz].sum() / power.sum())

    assert share_over(low_pass(hiss, 1000), 2000) < 0.05
    assert share_over(high_pass(hiss, 1000), 500) > 0.99


def test_a_room_decays_in_its_time_and_its_sides_differ() -> None:
    answer = room_answer(Room(2.0, 0.02, 4000))

    middle = band_pass(answer, 800, 2000)[0]

    assert level_db(middle, 0.3) - level_db(middle, 1.3) == pytest.approx(30, abs=4)
    assert not answer[:, : round(0.019 * RATE_HZ)].any()
    assert abs(np.corrcoef(answer)[0, 1]) < 0.5


def test_chance_is_decided_by_words() -> None:
    assert seeded("a", 1).uniform() == seeded("a", 1).uniform()
    assert seeded("a", 1).uniform() != seeded("a", 2).uniform()
    assert seeded("a1").uniform() != seeded("a", 1).uniform()


def test_ends_and_sums() -> None:
    assert soft_end(np.ones(100, np.float32), 0.001)[-1] == pytest.approx(0, abs=1e-6)
    assert stacked(np.ones(3, np.float32), np.ones(2, np.float32)).tolist() == [2, 2, 1]
    assert fall(times(1.0), 0.5)[RATE_HZ // 2] == pytest.approx(1e-3)
