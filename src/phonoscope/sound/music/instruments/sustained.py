"""What goes on as long as it is held: pads, strings, choir, brass, winds, and synthesised basses."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.music.instruments.model import Instrument, Tone
from phonoscope.sound.synthesis.filters import band_pass
from phonoscope.sound.synthesis.waves import RATE_HZ, Mode, Wave, fall, harmonic_band, modes, noise, rise, times

Formants = tuple[tuple[float, float, float], ...]
"""Frequency, width and level of what a body or a throat lets through."""

BODY: Formants = ((300, 200, 1.0), (600, 300, 0.9), (1100, 500, 0.6), (3000, 1500, 0.5))
OH: Formants = ((450, 120, 1.0), (800, 140, 0.7), (2600, 300, 0.07))
AH: Formants = ((700, 160, 1.0), (1150, 180, 0.6), (2700, 350, 0.1))
HORN: Formants = ((350, 350, 1.0), (900, 500, 0.6))


def ensemble(spread_cents: float, edge_hz: float, tilt: float, formants: Formants = (), body: float = 0.0) -> Tone:
    """Return many players on a note.

    Parameters
    ----------
    spread_cents
        How far they are from one another.
    edge_hz
        Above this harmonics fade, at full force; earlier when soft.
    tilt
        Harmonic k has a level of k to the minus this.
    formants, body
        What colours them, and how much of the tone goes through it, 0 to 1.
    """

    def tone(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
        harmonics = np.arange(1, max(2, min(60, int(9000 / hz))))
        edge = edge_hz * (0.4 + 0.6 * force)
        levels = harmonics**-tilt / np.sqrt(1 + (harmonics * hz / edge) ** 4)
        if formants:
            levels *= (1 - body) + body * _through(formants, harmonics * hz)
        return harmonic_band(hz, levels, spread_cents, rng)

    return tone


def _through(formants: Formants, hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(sum(level / (1 + ((hz - middle) / width) ** 2) for middle, width, level in formants))


def wind(breath: float, overtones: tuple[float, ...], vibrato_cents: float) -> Tone:
    """Return a flute, a whistle or a reed: few harmonics, breath, and a vibrato that sets in late."""

    def tone(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
        moments = times(duration_s)
        quiver = vibrato_cents / 1200 * np.clip((moments - 0.15) / 0.4, 0, 1)
        rate_hz = rng.uniform(4.8, 5.4)
        scoop = -0.35 / 12 * np.exp(-moments / 0.025)
        bend = 2 ** (quiver * np.sin(2 * math.pi * rate_hz * moments) + scoop)
        phase = np.cumsum(hz * bend) * (2 * math.pi / RATE_HZ)
        wave = np.sin(phase)
        for k, level in enumerate(overtones, 2):
            wave += level * (0.5 + 0.5 * force) * np.sin(k * phase + 0.4 * k)
        wave *= 1 + 0.06 * np.sin(2 * math.pi * rate_hz * moments + 1.0)
        air = band_pass(noise(duration_s, rng), max(0.8 * hz, 300), min(2.5 * hz, 5000), 1)
        return np.asarray(wave + breath * (1 + 2 * np.exp(-moments / 0.04)) * air, np.float32)

    return tone


def synth_bass(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
    """A saw-toothed wave through a filter that closes: the ground stays, harmonics go."""
    bank = []
    for k in range(1, 18):
        level = math.exp(-k * hz / (450 + 800 * force)) / k
        bank.append(Mode(k, level, 9.0 if k == 1 else 3.0 / k))
    wave = np.tanh(1.2 * modes(hz, tuple(bank), duration_s))
    return np.asarray(wave * rise(times(duration_s), 0.004), np.float32)


def sub_bass(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
    """A sine with just enough of its octave to be heard on small loudspeakers."""
    moments = times(duration_s)
    phase = 2 * math.pi * hz * moments
    wave = np.sin(phase) + 0.22 * np.sin(2 * phase) + 0.1 * np.sin(3 * phase)
    return np.asarray(wave * (0.75 + 0.25 * fall(moments, 1.5)), np.float32)


SUSTAINED: dict[str, Instrument] = {
    "warm pad": Instrument(ensemble(22, 2200, 1.1), 1.1, 0.7, endless=True),
    "air pad": Instrument(ensemble(34, 5000, 0.85, ((500, 400, 1.0), (4200, 2500, 0.35)), 0.7), 1.6, 1.2, endless=True),
    "dark pad": Instrument(ensemble(30, 420, 1.0), 1.5, 1.2, endless=True),
    "strings": Instrument(ensemble(30, 6000, 0.8, BODY, 0.75), 0.45, 0.22, endless=True),
    "low strings": Instrument(ensemble(24, 2400, 0.85, BODY, 0.7), 0.4, 0.16, endless=True),
    "spiccato": Instrument(ensemble(26, 6500, 0.6, BODY, 0.7), 0.13, 0.014, endless=True, takes=2),
    "tremolo strings": Instrument(ensemble(48, 4200, 0.85, BODY, 0.7), 0.5, 0.35, endless=True),
    "choir": Instrument(ensemble(36, 3000, 0.75, OH, 0.97), 0.7, 0.35, endless=True),
    "bright choir": Instrument(ensemble(36, 3200, 0.75, AH, 0.97), 0.6, 0.25, endless=True),
    "brass": Instrument(ensemble(14, 3800, 0.45, HORN, 0.6), 0.16, 0.045, endless=True),
    "horns": Instrument(ensemble(16, 1700, 0.6, HORN, 0.7), 0.3, 0.09, endless=True),
    "organ": Instrument(ensemble(5, 2200, 1.3), 0.12, 0.03, endless=True),
    "flute": Instrument(wind(0.05, (0.28, 0.1, 0.03), 14), 0.09, 0.045),
    "whistle": Instrument(wind(0.05, (0.06, 0.015), 22), 0.08, 0.03),
    "clarinet": Instrument(wind(0.02, (0.04, 0.4, 0.03, 0.16, 0.02, 0.06), 6), 0.07, 0.03),
    "synth bass": Instrument(synth_bass, 0.06),
    "sub bass": Instrument(sub_bass, 0.09, 0.015),
}
