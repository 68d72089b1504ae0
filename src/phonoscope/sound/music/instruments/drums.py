"""Drums, cymbals and everything that is shaken, by their modes and their noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from phonoscope.sound.synthesis.filters import band_pass, high_pass, low_pass
from phonoscope.sound.synthesis.waves import RATE_HZ, Mode, Wave, fall, glide, modes, noise, rise, stacked, times

Stroke = Callable[[float, np.random.Generator], Wave]
"""Force, randomness → one stroke, shape (n,), with a peak of about 1."""

MEMBRANE = Mode(1, 1, 0.5), Mode(1.59, 0.55, 0.3), Mode(2.14, 0.35, 0.2), Mode(2.65, 0.2, 0.14), Mode(2.92, 0.15, 0.1)
"""A round skin (Rossing, Science of Percussion Instruments)."""


def _burst(duration_s: float, decay_s: float, rng: np.random.Generator) -> Wave:
    return noise(duration_s, rng) * fall(times(duration_s), decay_s).astype(np.float32)


def kick(low_hz: float, high_hz: float, decay_s: float, click: float) -> Stroke:
    """Return a bass drum whose pitch falls as its skin relaxes."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        moments = times(decay_s * 1.1)
        body = glide(low_hz + (high_hz - low_hz) * np.exp(-moments / 0.022)) * fall(moments, decay_s)
        body *= rise(moments, 0.0015)
        tick = low_pass(_burst(0.02, 0.012, rng), 3200)
        return stacked(np.tanh(1.3 * body).astype(np.float32), click * force * tick)

    return stroke


def snare(hz: float, wires_s: float, wires: float, edge_hz: float = 7500) -> Stroke:
    """Return a snare drum: two modes of the skin, and wires that rattle after it."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        skin = modes(hz, (Mode(1, 0.7, 0.16), Mode(1.63, 0.45, 0.11), Mode(2.3, 0.15, 0.07)), 0.25)
        rattle = low_pass(high_pass(_burst(wires_s * 1.2, wires_s, rng), 900), edge_hz * (0.6 + 0.4 * force))
        return stacked(skin, wires * rattle)

    return stroke


def clap(force: float, rng: np.random.Generator) -> Wave:
    """Three hands that are not quite together, and a room that takes them up."""
    wave = np.zeros(round(0.32 * RATE_HZ), np.float32)
    for start in (0.0, 0.011, 0.021, 0.029):
        at = round((start + rng.uniform(0, 0.002)) * RATE_HZ)
        hand = _burst(0.26 if start > 0.025 else 0.012, 0.19 if start > 0.025 else 0.014, rng)
        wave[at : at + len(hand)] += hand
    return low_pass(band_pass(wave, 800, 2600, 1), 6000, 1)


def snap(force: float, rng: np.random.Generator) -> Wave:
    """Fingers that hit a palm."""
    click = band_pass(_burst(0.15, 0.06, rng), 1400, 2600, 1)
    return stacked(click, 0.5 * modes(1900, (Mode(1, 1, 0.045), Mode(0.62, 0.6, 0.05)), 0.1))


def metal(low_hz: float, decay_s: float, choke_s: float = 0.0) -> Stroke:
    """Return a cymbal: noise with many modes without order above a frequency."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        ratios = rng.uniform(1, 4.2, 24)
        bank = tuple(Mode(ratio, rng.uniform(0.3, 1), decay_s * rng.uniform(0.5, 1)) for ratio in ratios)
        ringing = modes(low_hz, bank, decay_s * 0.9, rng)
        hiss = low_pass(high_pass(_burst(decay_s * 0.9, decay_s * 0.8, rng), low_hz * 0.9, 3), 11_000, 2)
        wave = stacked(0.05 * ringing, 0.3 * hiss)
        return wave * rise(times(decay_s * 0.9), 0.0008 + choke_s).astype(np.float32)[: len(wave)]

    return stroke


def shaken(low_hz: float, high_hz: float, swell_s: float, decay_s: float) -> Stroke:
    """Return grains in a box, thrown against its wall: they gather before they hit."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        moments = times(swell_s + decay_s)
        shape = np.where(moments < swell_s, (moments / swell_s) ** 2, fall(np.maximum(moments - swell_s, 0), decay_s))
        return band_pass(noise(swell_s + decay_s, rng), low_hz, high_hz, 1) * shape.astype(np.float32)

    return stroke


def jingles(low_hz: float, count: int, decay_s: float) -> Stroke:
    """Return little discs or bells that meet one after another."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        wave = np.zeros(round((decay_s + 0.05) * RATE_HZ), np.float32)
        for start in np.sort(rng.exponential(0.012, count)):
            ratios = rng.uniform(1, 1.9, 3)
            disc = modes(low_hz, tuple(Mode(r, 1, decay_s * rng.uniform(0.5, 1)) for r in ratios), decay_s * 0.9, rng)
            at = min(round(start * RATE_HZ), len(wave) - len(disc))
            wave[at : at + len(disc)] += disc * np.float32(rng.uniform(0.3, 1))
        return low_pass(wave, 10_500, 2) / 3

    return stroke


def skin(hz: float, decay_s: float, slap: float, drop: float = 0.12) -> Stroke:
    """Return a drum with a pitch: tom, taiko, timpani, frame drum, box."""

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        bank = tuple(Mode(mode.ratio, mode.level, mode.decay_s * decay_s * 2) for mode in MEMBRANE[1:])
        moments = times(decay_s * 1.1)
        ground = glide(hz * (1 + drop * force * np.exp(-moments / 0.05))) * fall(moments, decay_s)
        hit = low_pass(_burst(0.06, 0.045, rng), 900 + 1800 * force)
        return stacked(ground.astype(np.float32), 0.4 * modes(hz, bank, decay_s), slap * force * hit)

    return stroke


def stick(hz: float, decay_s: float) -> Stroke:
    """Return wood on wood: rim, block, claves, clock."""
    bank = Mode(1, 1, decay_s), Mode(1.52, 0.5, decay_s * 0.7), Mode(2.71, 0.35, decay_s * 0.4)

    def stroke(force: float, rng: np.random.Generator) -> Wave:
        return stacked(modes(hz, bank, decay_s * 1.1, rng), 0.15 * low_pass(_burst(0.01, 0.008, rng), 4500))

    return stroke


def triangle(force: float, rng: np.random.Generator) -> Wave:
    """A bent steel rod."""
    ratios = 1.0, 1.63, 2.08, 2.74, 3.31, 4.1
    return 0.3 * modes(1800, tuple(Mode(r, 1 / r, 1.6 / r**0.5) for r in ratios), 1.6, rng)


def swell(force: float, rng: np.random.Generator) -> Wave:
    """A cymbal under soft mallets that grows for 1.6 s, to be on the next bar, then rings out."""
    moments = times(3.0)
    shape = np.where(moments < 1.6, (moments / 1.6) ** 2.2, fall(np.maximum(moments - 1.6, 0), 1.8))
    return low_pass(high_pass(noise(3.0, rng), 1500, 1), 7000, 1) * shape.astype(np.float32) * np.float32(0.4)


def crackle(force: float, rng: np.random.Generator) -> Wave:
    """Half a second of an old record."""
    wave = np.zeros(RATE_HZ // 2, np.float32)
    for at in rng.integers(0, RATE_HZ // 2 - 1000, rng.poisson(5)):
        wave[at : at + 40] += rng.uniform(0.1, 1.0) * rng.standard_normal(40).astype(np.float32) * np.hanning(40)
    return band_pass(wave, 700, 4500, 1) + 0.012 * band_pass(noise(0.5, rng), 300, 2500, 1)


@dataclass(frozen=True, slots=True)
class Drum:
    """A drum in a kit.

    Attributes
    ----------
    level
        Its gain in the kit.
    pan
        -1 (left) to 1.
    """

    stroke: Stroke
    level: float
    pan: float = 0.0


DRUMS: dict[str, Drum] = {
    "kick": Drum(kick(50, 165, 0.32, 0.25), 1.0),
    "soft kick": Drum(kick(52, 120, 0.25, 0.05), 0.9),
    "deep kick": Drum(kick(42, 130, 0.55, 0.12), 1.0),
    "snare": Drum(snare(190, 0.19, 0.33), 0.62, 0.05),
    "soft snare": Drum(snare(180, 0.16, 0.22, 4500), 0.5, 0.05),
    "brush": Drum(snare(170, 0.22, 0.2, 3800), 0.35, 0.1),
    "rim": Drum(stick(820, 0.05), 0.35, 0.12),
    "clap": Drum(clap, 0.75, -0.05),
    "snap": Drum(snap, 0.8, 0.15),
    "hat": Drum(metal(5200, 0.07), 0.34, 0.25),
    "open hat": Drum(metal(4800, 0.42), 0.3, 0.25),
    "ride": Drum(metal(3600, 1.3), 0.2, -0.3),
    "crash": Drum(metal(2900, 2.2), 0.34, -0.2),
    "swell": Drum(swell, 0.6, 0.1),
    "shaker": Drum(shaken(3600, 7500, 0.035, 0.07), 0.3, -0.35),
    "egg": Drum(shaken(4200, 8500, 0.02, 0.045), 0.26, -0.35),
    "tambourine": Drum(jingles(4300, 7, 0.14), 0.3, 0.35),
    "sleigh bells": Drum(jingles(3300, 14, 0.22), 0.3, 0.3),
    "triangle": Drum(triangle, 0.25, 0.4),
    "tom": Drum(skin(118, 0.4, 0.3), 0.8, -0.15),
    "low tom": Drum(skin(82, 0.5, 0.3), 0.85, 0.2),
    "taiko": Drum(skin(64, 0.75, 0.55, 0.18), 1.0, -0.1),
    "big taiko": Drum(skin(46, 1.1, 0.5, 0.22), 1.1, 0.1),
    "timpani": Drum(skin(73.4, 1.4, 0.25, 0.03), 0.9, 0.15),
    "cajon": Drum(skin(92, 0.2, 0.35, 0.2), 0.9),
    "cajon slap": Drum(snare(240, 0.09, 0.3, 5000), 0.5, 0.05),
    "wood block": Drum(stick(980, 0.09), 0.45, 0.3),
    "low block": Drum(stick(640, 0.11), 0.5, -0.3),
    "tick": Drum(stick(1500, 0.03), 0.35, 0.3),
    "tock": Drum(stick(1050, 0.035), 0.35, 0.3),
    "heart": Drum(kick(44, 75, 0.3, 0.0), 0.9),
    "boom": Drum(kick(34, 70, 1.6, 0.05), 1.0),
    "crackle": Drum(crackle, 0.5),
}
