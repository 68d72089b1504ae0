"""What tells something: bells, chimes, right and wrong, beeps, fanfares, sparkle, applause."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.sound.music.instruments.drums import metal, skin
from phonoscope.sound.music.instruments.model import Tone
from phonoscope.sound.music.instruments.struck import (
    BELL,
    CELESTA,
    GLOCKENSPIEL,
    MARIMBA,
    VIBRAPHONE,
    bars,
    electric_piano,
)
from phonoscope.sound.music.instruments.sustained import HORN, ensemble
from phonoscope.sound.sfx.staging import BOOTH, STAGE, faded, in_room, placed, spread
from phonoscope.sound.synthesis.filters import band_pass, low_pass
from phonoscope.sound.synthesis.waves import (
    RATE_HZ,
    Mode,
    Wave,
    fall,
    glide,
    modes,
    noise,
    rise,
    seeded,
    soft_end,
    times,
)

BRASS = ensemble(13, 2100, 0.5, HORN, 0.5)


def _hz(pitch: int) -> float:
    return 440 * 2 ** ((pitch - 69) / 12)


def _chimes(tone: Tone, notes: tuple[tuple[float, int, float], ...], duration_s: float, name: str) -> Wave:
    """Return notes (start in seconds, MIDI pitch, gain) of an instrument that rings, shape (2, n)."""
    sounds = [
        (start, gain, soft_end(tone(_hz(pitch), 0.8, duration_s - start, seeded(name, pitch)), 0.25))
        for start, pitch, gain in notes
    ]
    return in_room(placed(sounds, duration_s), STAGE, 0.16, 0.35)


def ding() -> Wave:
    """One clear stroke on a small bell."""
    return _chimes(bars((*GLOCKENSPIEL, Mode(1.003, 0.5, 2.2)), 0.03), ((0.0, 88, 1.0),), 1.6, "ding")


def bell() -> Wave:
    """A church bell, once."""
    return _chimes(bars(BELL, 0.03), ((0.0, 69, 1.0),), 3.8, "bell")


def doorbell() -> Wave:
    """Ding, dong: two tuned tubes."""
    tube = Mode(1, 1, 2.0), Mode(2.76, 0.35, 1.0), Mode(5.4, 0.1, 0.4), Mode(1.002, 0.5, 1.8)
    return _chimes(bars(tube, 0.05), ((0.0, 76, 1.0), (0.55, 72, 0.95)), 2.2, "doorbell")


def notification() -> Wave:
    """Two soft notes upwards."""
    return _chimes(bars(VIBRAPHONE, 0.05), ((0.0, 81, 0.8), (0.11, 86, 1.0)), 0.95, "notification")


def message() -> Wave:
    """A drop of a marimba: something has arrived."""
    return _chimes(bars(MARIMBA, 0.12), ((0.0, 84, 0.8), (0.08, 79, 0.8), (0.16, 88, 1.0)), 0.7, "message")


def success() -> Wave:
    """A major chord climbs and stays."""
    notes = ((0.0, 72, 0.7), (0.09, 76, 0.75), (0.18, 79, 0.8), (0.27, 84, 1.0), (0.27, 88, 0.5))
    return _chimes(bars(CELESTA, 0.05), notes, 1.5, "success")


def correct() -> Wave:
    """The right answer: two bright bells, a fourth apart."""
    return _chimes(bars(GLOCKENSPIEL, 0.03), ((0.0, 79, 0.85), (0.12, 84, 1.0), (0.12, 88, 0.5)), 1.2, "correct")


def level_up() -> Wave:
    """Quick steps upwards in fourths and fifths."""
    notes = tuple((0.07 * place, pitch, 0.6 + 0.06 * place) for place, pitch in enumerate((67, 72, 76, 79, 84, 88, 91)))
    return _chimes(electric_piano, notes, 1.6, "level up")


def coin() -> Wave:
    """A coin of an old game: two notes of a soft square wave."""
    at = times(0.65)
    hz = np.where(at < 0.075, _hz(83), _hz(88))
    square = np.asarray(sum(glide(k * hz) / k for k in (1.0, 3.0, 5.0)))
    wave = square * np.where(at < 0.075, 1.0, fall(at - 0.075, 0.75)) * rise(at, 0.002)
    return placed([(0.0, 1.0, soft_end(wave.astype(np.float32), 0.1))], 0.65)


def _buzz(hz: float, duration_s: float) -> Wave:
    """Return two reeds that beat, through a dull case."""
    at = times(duration_s)
    reeds = sum(glide(np.full(len(at), k * base)) / k**0.6 for base in (hz, hz * 1.012) for k in range(1, 16))
    wave = np.asarray(reeds) * rise(at, 0.006) * (1 - rise(at - duration_s + 0.03, 0.03))
    return low_pass(wave.astype(np.float32), 1500, 2)


def error() -> Wave:
    """Two short low tones: that did not work."""
    return in_room(placed([(0.0, 1.0, _buzz(185, 0.13)), (0.19, 1.0, _buzz(139, 0.24))], 0.5), BOOTH, 0.15, 0.2)


def buzzer() -> Wave:
    """The buzzer of a quiz."""
    return in_room(placed([(0.0, 1.0, _buzz(116, 0.8))], 0.95), BOOTH, 0.2, 0.15)


def wrong() -> Wave:
    """The wrong answer: two wooden notes down by a tritone."""
    return _chimes(bars(MARIMBA, 0.15), ((0.0, 64, 0.9), (0.0, 52, 0.6), (0.2, 58, 1.0), (0.2, 46, 0.7)), 0.9, "wrong")


def beep() -> Wave:
    """A short plain tone."""
    at = times(0.16)
    wave = glide(np.full(len(at), 1000.0)) * rise(at, 0.006) * (1 - rise(at - 0.14, 0.02))
    return placed([(0.0, 1.0, wave.astype(np.float32))], 0.18)


def countdown() -> Wave:
    """Three, two, one, and a higher tone to go."""
    events = []
    for start, hz, length in ((0.0, 660, 0.14), (1.0, 660, 0.14), (2.0, 660, 0.14), (3.0, 1320, 0.55)):
        at = times(length)
        tone = glide(np.full(len(at), float(hz))) + 0.2 * glide(np.full(len(at), 3.0 * hz))
        events.append((start, 0.8, (tone * rise(at, 0.005) * (1 - rise(at - length + 0.05, 0.05))).astype(np.float32)))
    return in_room(placed(events, 3.7), BOOTH, 0.1)


def _blown(notes: tuple[tuple[float, float, tuple[int, ...]], ...], duration_s: float, name: str) -> Wave:
    """Return brass chords: start and length in seconds, MIDI pitches; shape (2, n)."""
    stage = np.zeros((2, round(duration_s * RATE_HZ)), np.float32)
    for start, length, pitches in notes:
        # Short notes are tongued: they end at once, so that each is heard by itself.
        last_s = min(0.15, 0.4 * length)
        at = times(length + last_s)
        gain = rise(at, 0.025) * (0.75 + 0.25 * np.exp(-at / 0.12)) * (1 - rise(at - length, last_s))
        for pitch in pitches:
            wave = BRASS(_hz(pitch), 0.95, 1.0, seeded(name, pitch))[:, : len(at)] * gain.astype(np.float32)
            first = round(start * RATE_HZ)
            stage[:, first : first + len(at)] += wave[:, : stage.shape[1] - first]
    return stage


def tada() -> Wave:
    """A short chord, a long one, timpani and cymbal."""
    rng = seeded("tada")
    brass = _blown(((0.0, 0.13, (60, 64, 67, 72)), (0.2, 1.15, (60, 67, 72, 76, 79))), 2.1, "tada")
    hits = [(0.0, 1.6, skin(65.4, 0.4, 0.3, 0.03)(0.8, rng)), (0.2, 2.2, skin(65.4, 1.2, 0.3, 0.03)(1.0, rng))]
    return in_room(brass + placed([*hits, (0.2, 1.0, metal(3000, 1.6)(1.0, rng))], 2.1), STAGE, 0.3, 0.5)


def fanfare() -> Wave:
    """Trumpets before an announcement."""
    notes = (
        (0.0, 0.08, (60, 67)),
        (0.17, 0.08, (60, 67)),
        (0.34, 0.08, (64, 72)),
        (0.51, 0.3, (67, 76)),
        (0.9, 0.08, (64, 72)),
        (1.07, 1.2, (60, 67, 72, 76, 79)),
    )
    return in_room(_blown(notes, 2.6, "fanfare"), STAGE, 0.3, 0.6)


def sad_trombone() -> Wave:
    """Four notes that give up one after another."""
    events, start = [], 0.0
    tone_hz = (_hz(58), _hz(57), _hz(56), _hz(55))
    for place, hz in enumerate(tone_hz):
        length = 1.3 if place == 3 else 0.36
        at = times(length)
        bend = 1 - 0.03 * (at / length) + (0.02 * np.sin(2 * math.pi * 5.2 * at) if place == 3 else 0)
        phase = np.cumsum(hz * bend) * (2 * math.pi / RATE_HZ)
        bright = 0.35 + 0.65 * np.exp(-at / 0.25)
        wave = sum(np.sin(k * phase) * np.exp(-(k - 1) * (0.42 - 0.14 * bright)) for k in range(1, 14))
        wave = np.asarray(wave) * rise(at, 0.04) * (1 - rise(at - length + 0.1, 0.1))
        events.append((start, 1.0, wave.astype(np.float32)))
        start += 0.42
    return in_room(placed(events, 2.7), STAGE, 0.22, 0.6)


def sparkle() -> Wave:
    """Magic: little bells tumble upwards in a pentatonic scale, from side to side."""
    rng = seeded("sparkle")
    tone = bars(GLOCKENSPIEL, 0.0, 0.001)
    steps = (0, 2, 4, 7, 9)
    events = []
    for place in range(22):
        pitch = 79 + 12 * (place // 7) + steps[int(rng.integers(5))]
        start = 0.9 * (place / 22) ** 0.85 + float(rng.uniform(0, 0.02))
        wave = np.float32(rng.uniform(0.35, 0.8)) * tone(_hz(pitch), 0.5, 1.1, rng)
        events.append((start, float(rng.uniform(-0.8, 0.8)), soft_end(wave, 0.3)))
    return in_room(spread(events, 2.1), STAGE, 0.4, 0.5)


def applause() -> Wave:
    """Seventy pairs of hands, each with its own palms, pace and seat."""
    rng = seeded("applause")
    duration_s = 3.9
    claps = []
    for _ in range(28):
        middle = float(rng.lognormal(math.log(1250), 0.3))
        burst = noise(0.05, rng) * fall(times(0.05), rng.uniform(0.02, 0.045)).astype(np.float32)
        claps.append(band_pass(burst, middle / 1.6, middle * 1.6, 1))
    events = []
    for _ in range(70):
        pan, level = float(rng.uniform(-0.95, 0.95)), float(rng.uniform(0.15, 1.0)) ** 1.5
        pace_s, mine = float(rng.uniform(0.19, 0.3)), int(rng.integers(28))
        start = float(rng.exponential(0.25))
        while start < duration_s - 0.3:
            # Who stops, stops one by one: the end thins out, as the beginning gathers.
            if rng.uniform() < 1 - max(start - 2.4, 0) / 1.4:
                events.append((start, pan, np.float32(level * rng.uniform(0.7, 1.0)) * claps[mine]))
            start += pace_s * float(rng.normal(1, 0.06))
    return faded(in_room(spread(events, duration_s), STAGE, 0.45), 0.02, 0.6)


def phone_ring() -> Wave:
    """An old telephone: a clapper between two little gongs, twice."""
    gongs = tuple(
        modes(hz, (Mode(1, 1, 0.5), Mode(2.76, 0.3, 0.2), Mode(1.004, 0.6, 0.5)), 0.5) for hz in (1180.0, 1490.0)
    )
    events = [(start + 0.042 * place, 0.5, gongs[place % 2]) for start in (0.0, 1.3) for place in range(20)]
    return faded(in_room(placed(events, 2.7), BOOTH, 0.2), 0.0, 0.2)
