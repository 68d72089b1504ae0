"""What is struck: pianos, bars, tines and bells. All are sums of damped modes."""

from __future__ import annotations

import math

import numpy as np

from phonoscope.sound.music.instruments.model import Instrument, Tone
from phonoscope.sound.synthesis.filters import band_pass, high_pass, low_pass
from phonoscope.sound.synthesis.waves import RATE_HZ, Mode, Wave, fall, modes, noise, rise, stacked, times

MIDDLE_C_HZ = 261.6

HIGHEST_PARTIAL_HZ = 6500.0
"""A piano under a voice needs nothing above."""

HAMMER_AT = 1 / 7.5
"""Where hammers hit, as a share of the string: its seventh and eighth overtones hardly sound."""


def piano(felt: float) -> Tone:
    """Return a piano with so much felt between hammers and strings, 0 (bright) to 1 (muffled)."""

    def tone(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
        stiffness = 3e-4 * (hz / MIDDLE_C_HZ) ** 1.1
        hammer_hz = (1000 + 3600 * force**1.5) * (1 - 0.6 * felt) * (hz / MIDDLE_C_HZ) ** 0.35
        longest_s = 11 * (MIDDLE_C_HZ / hz) ** 0.55
        bank: list[Mode] = []
        for k in range(1, 31):
            ratio = k * math.sqrt(1 + stiffness * k * k)
            if ratio * hz > HIGHEST_PARTIAL_HZ:
                break
            level = (0.12 + abs(math.sin(math.pi * k * HAMMER_AT))) * math.exp(-k * hz / hammer_hz) / k**0.4
            level *= rng.uniform(0.8, 1.2)
            decay_s = longest_s / (1 + 0.35 * (k - 1)) ** 0.8
            # Two strings a hair apart: the sound falls fast while they agree, slowly and beating after.
            apart = 1 + rng.uniform(0.0002, 0.0005)
            bank += [Mode(ratio, level, 0.45 * decay_s), Mode(ratio * apart, 0.45 * level, decay_s)]
        wave = modes(hz, tuple(bank), duration_s)
        knock = low_pass(noise(0.08, rng), 350 + 250 * force) * fall(times(0.08), 0.06).astype(np.float32)
        wave /= np.abs(wave[:9600]).max()
        return stacked(_eased(wave, 0.002 + 0.003 * felt), (0.05 + 0.06 * felt) * knock)

    return tone


def electric_piano(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
    """A tine before a pickup, by frequency modulation (Chowning, 1973): a bell in the stroke, a round tone after."""
    moments = times(duration_s)
    phase = moments * (2 * math.pi * hz)
    body = (0.25 + 0.75 * force) * fall(moments, 2.2) + 0.12
    tine = 0.3 * force * fall(moments, 0.45) * min(1.0, 2400 / (hz * 7))
    wave = np.sin(phase + body * np.sin(phase * 1.0008 + 0.3) + tine * np.sin(phase * 7.01))
    wave += 0.12 * np.sin(0.5 * phase * 2.0013) * fall(moments, 6.0)
    wave *= fall(moments, 7.5 * (MIDDLE_C_HZ / hz) ** 0.4)
    # Two tones this near to each other also make one at nearly no frequency.
    return _eased(high_pass(wave.astype(np.float32), 0.6 * hz), 0.0025)


def _eased(wave: Wave, attack_s: float) -> Wave:
    """Return a wave that begins without a click."""
    samples = round(attack_s * RATE_HZ)
    wave[:samples] *= rise(np.arange(samples) / RATE_HZ, attack_s).astype(np.float32)
    return wave


def bars(bank: tuple[Mode, ...], mallet: float, soft_s: float = 0.0015) -> Tone:
    """Return bars or tines of given modes; higher notes die sooner.

    Parameters
    ----------
    mallet
        How loud the knock of the mallet is.
    """

    def tone(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
        quicker = (MIDDLE_C_HZ * 2 / hz) ** 0.45
        struck = tuple(
            Mode(
                mode.ratio * rng.uniform(0.9995, 1.0005),
                mode.level * (force**0.7 if place else 1),
                mode.decay_s * quicker,
            )
            for place, mode in enumerate(bank)
        )
        wave = modes(hz, struck, duration_s)
        knock = band_pass(noise(0.05, rng), 300, 1800) * fall(times(0.05), 0.025).astype(np.float32)
        return stacked(_eased(wave, soft_s), mallet * force * knock)

    return tone


MARIMBA = Mode(1, 1, 0.9), Mode(3.93, 0.28, 0.28), Mode(9.6, 0.07, 0.1)
"""Wooden bars, tuned to double octaves (Fletcher and Rossing, The Physics of Musical Instruments, 19)."""

VIBRAPHONE = Mode(1, 1, 4.5), Mode(4.0, 0.12, 1.2), Mode(10.1, 0.025, 0.3)
GLOCKENSPIEL = Mode(1, 1, 2.6), Mode(2.756, 0.28, 0.8), Mode(5.404, 0.06, 0.25)
"""A steel bar that is free at both ends."""

CELESTA = Mode(1, 1, 1.9), Mode(2.01, 0.1, 1.0), Mode(3.9, 0.14, 0.5)
KALIMBA = Mode(1, 1, 1.4), Mode(2.02, 0.07, 0.5), Mode(6.27, 0.12, 0.16)
"""A tongue held at one end: its second mode is at 6.27."""

MUSIC_BOX = Mode(1, 1, 2.4), Mode(2.0, 0.4, 1.6), Mode(3.01, 0.14, 0.8), Mode(6.27, 0.1, 0.3)
BELL = (
    Mode(0.5, 0.3, 7.0),
    Mode(1, 0.8, 5.0),
    Mode(1.2, 0.4, 4.0),
    Mode(1.5, 0.25, 3.2),
    Mode(2.0, 0.7, 2.8),
    Mode(2.6, 0.16, 1.5),
    Mode(3.0, 0.2, 1.2),
    Mode(4.1, 0.12, 0.8),
)
"""Hum, prime, tierce, quint and nominal of a church bell."""

TUBULAR = Mode(1, 0.7, 5.0), Mode(2.0, 0.8, 4.0), Mode(3.0, 0.45, 2.6), Mode(4.1, 0.3, 1.6), Mode(5.4, 0.12, 0.8)


def synth_pluck(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
    """Two saw-toothed waves a little apart through a filter that closes: each harmonic dies sooner than the last."""
    bank = []
    for k in range(1, 25):
        if k * hz > 9000:
            break
        level = math.exp(-k * hz / (2200 + 4500 * force)) / k
        decay_s = 1.7 / (1 + 0.16 * (k * hz / 400))
        bank += [Mode(k * 0.9985, level, decay_s), Mode(k * 1.0015, 0.9 * level, decay_s)]
    return _eased(modes(hz, tuple(bank), duration_s, rng), 0.002)


STRUCK: dict[str, Instrument] = {
    "piano": Instrument(piano(0.15), 0.22, width=0.45),
    "felt piano": Instrument(piano(0.6), 0.3, width=0.45),
    "electric piano": Instrument(electric_piano, 0.16, width=0.35),
    "marimba": Instrument(bars(MARIMBA, 0.12), 0.5, width=0.4),
    "vibraphone": Instrument(bars(VIBRAPHONE, 0.03, 0.003), 0.5, width=0.4),
    "glockenspiel": Instrument(bars(GLOCKENSPIEL, 0.03), 0.8, width=0.4),
    "celesta": Instrument(bars(CELESTA, 0.05), 0.5, width=0.4),
    "kalimba": Instrument(bars(KALIMBA, 0.1), 0.5, width=0.4),
    "music box": Instrument(bars(MUSIC_BOX, 0.05), 0.8, width=0.4),
    "bell": Instrument(bars(BELL, 0.02), 1.2, width=0.2),
    "tubular bell": Instrument(bars(TUBULAR, 0.03), 1.2, width=0.2),
    "synth pluck": Instrument(synth_pluck, 0.15, width=0.4),
}
