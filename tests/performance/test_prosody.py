from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.performance.acting import act
from tests.performance.speeches import RATE_HZ, speech

from phonoscope.core.sound import Sound, silence
from phonoscope.core.speech import Speech
from phonoscope.performance.loudness import LoudnessReference, level_db, openness
from phonoscope.performance.pitch import PitchReference, pitch_hz
from phonoscope.performance.prosody import Accents
from phonoscope.performance.timeline import Timeline


def tone(frequency_hz: float, duration_s: float = 0.2, rate_hz: int = 22050, level: float = 0.2) -> Sound:
    """Return a buzz with ten harmonics."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    buzz = sum(np.cos(2 * np.pi * frequency_hz * k * time_s) / k for k in range(1, 11))
    return Sound((level * buzz).astype(np.float32), rate_hz)


@pytest.mark.parametrize("frequency_hz", [75.0, 110.0, 180.0, 260.0, 400.0])
@pytest.mark.parametrize("rate_hz", [8000, 22050, 48000])
def test_pitch_of_voices(frequency_hz: float, rate_hz: int) -> None:
    assert pitch_hz(tone(frequency_hz, rate_hz=rate_hz), 0.05, 0.15) == pytest.approx(frequency_hz, rel=0.04)


def test_no_pitch_in_silence_noise_or_nothing() -> None:
    hiss = np.random.default_rng(1).normal(0, 0.1, RATE_HZ).astype(np.float32)
    assert math.isnan(pitch_hz(Sound(hiss, RATE_HZ), 0.2, 0.3))
    assert math.isnan(pitch_hz(silence(1, RATE_HZ), 0.2, 0.3))
    assert math.isnan(pitch_hz(silence(1, RATE_HZ), 0.2, 0.2001))
    assert math.isnan(pitch_hz(Sound(np.full(RATE_HZ, np.nan, np.float32), RATE_HZ), 0.2, 0.3))


def test_pitch_is_compared_with_what_was_usual() -> None:
    reference = PitchReference()
    assert reference.compare(100) == 0
    assert reference.compare(200) == pytest.approx(12)
    assert reference.compare(math.nan) == 0
    assert 9 < reference.compare(200) < 12


def test_level_of_a_stretch() -> None:
    sound = Sound(np.concatenate([np.zeros(8000), np.full(8000, 0.1)]).astype(np.float32), 8000)
    assert level_db(sound, 1.0, 2.0) == pytest.approx(-20)
    assert level_db(sound, 0.0, 1.0) == -math.inf
    assert level_db(sound, 3.0, 4.0) == -math.inf


@pytest.mark.parametrize("usual_db", [-60, -20, -3])
def test_loudness_is_compared_with_what_was_usual(usual_db: float) -> None:
    reference = LoudnessReference()
    assert reference.compare(-math.inf, 0.1) == 0
    assert reference.compare(usual_db, 0.1) == 0
    assert 0 < reference.compare(usual_db + 10, 0.1) < 2
    for _ in range(200):
        reference.compare(usual_db, 0.1)
    assert 9 < reference.compare(usual_db + 10, 0.1) <= 10
    for _ in range(30):
        reference.compare(usual_db + 10, 0.1)
    assert 6 < reference.compare(usual_db + 10, 0.1) < 9
    assert reference.compare(-math.inf, 0.1) < -10


def test_openness_is_limited() -> None:
    assert openness(0) == 1
    assert openness(6) == 1.25
    assert openness(-100) == 0.7
    assert openness(-3) == pytest.approx(0.841, abs=0.01)


def test_quiet_sentence_among_usual_ones_shows() -> None:
    usual = speech("t ˈɑ:0.2 n ɛ t ˈɑ:0.2 n", lead_s=0.3, tail_s=0.4)
    quiet = speech("t ˈɑ:0.2 n ɛ t ˈɑ:0.2 n", lead_s=0.3, tail_s=0.4, level=0.05)
    gap = act([usual] * 4 + [quiet, usual]).curve("lipGap")
    frames = round(usual.duration_s * 30)
    peaks = [gap[n * frames : (n + 1) * frames].max() for n in range(6)]
    assert peaks[4] < 0.85 * peaks[3]
    assert peaks[5] == pytest.approx(peaks[3], rel=0.1)


def accents_per_minute(whole: Speech) -> float:
    timeline, accents, found = Timeline(Fraction(30)), Accents(0), 0
    timeline.add(whole)
    timeline.end()
    while frames := min(timeline.frames_ready, 64):
        near = accents.find(timeline.take(frames))
        found = max([found, *(accent.number + 1 for accent in near)])
    return found / whole.duration_s * 60


@pytest.mark.parametrize("slowness", [0.6, 1.0, 1.5])
def test_voices_without_stress_marks_have_about_as_many_accents(slowness: float) -> None:
    rng = np.random.default_rng(5)
    tokens, levels = [], []
    for _ in range(300):
        accented = rng.random() < 0.25
        length_s = slowness * rng.uniform(0.11, 0.18) if accented else slowness * rng.uniform(0.05, 0.1)
        tokens += [f"t:{0.07 * slowness}", f"{'ˈ' if accented else ''}a:{length_s:.3f}"]
        levels += [1.0, 1.6 if accented else 1.0]
    marked = speech(" ".join(tokens))
    samples = marked.sound.samples.copy()
    for phone, level in zip(marked.phones, levels, strict=True):
        samples[round(phone.start_s * RATE_HZ) : round(phone.end_s * RATE_HZ)] *= level
    marked = replace(marked, sound=Sound(samples, RATE_HZ))
    bare = replace(marked, phones=tuple(replace(p, stress=0) for p in marked.phones))
    assert accents_per_minute(marked) > 25
    assert 0.6 < accents_per_minute(bare) / accents_per_minute(marked) < 1.4
