"""What is plucked: guitars, harp, ukulele, basses, and bowed strings under a finger."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.music.instruments.model import Instrument, Tone
from phonoscope.sound.synthesis.filters import high_pass, low_pass, resonant
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave, fall, noise, stacked, string, times


@dataclass(frozen=True, slots=True)
class Strings:
    """How an instrument's strings are, and its body.

    Attributes
    ----------
    decay_s
        Time in which a note of 200 Hz falls by 60 dB; higher notes fall faster.
    bright_s
        Time in which overtones about 2 kHz do.
    edge_hz
        How bright the pluck is at full force.
    pluck_at
        Where, as a share of the string.
    body
        Resonances: frequency, quality, amount.
    touch
        Loudness of finger or pick itself.
    """

    decay_s: float
    bright_s: float
    edge_hz: float
    pluck_at: float
    body: tuple[tuple[float, float, float], ...] = ()
    touch: float = 0.02


SPREAD = 2.0
"""Radians by which the phases of a pluck are spread."""

GUITAR_BODY = (102.0, 9.0, 0.9), (204.0, 8.0, 0.7), (410.0, 6.0, 0.35)
"""Air and top plate of a guitar."""

UKULELE_BODY = (190.0, 8.0, 0.7), (340.0, 7.0, 0.8), (620.0, 6.0, 0.4)
VIOLIN_BODY = (275.0, 8.0, 0.8), (460.0, 8.0, 0.7), (700.0, 6.0, 0.4)
DOUBLE_BASS_BODY = (60.0, 6.0, 0.7), (110.0, 6.0, 0.8), (220.0, 5.0, 0.4)


def plucked(strings: Strings) -> Tone:
    """Return the tone of an instrument with such strings."""

    def tone(hz: float, force: float, duration_s: float, rng: np.random.Generator) -> Wave:
        period = RATE_HZ / hz
        wave = string(
            hz, _pluck(strings, force, period, rng), strings.decay_s * (200 / hz) ** 0.5, strings.bright_s, duration_s
        )
        wave = high_pass(wave, 0.6 * hz, 1)
        if strings.body:
            wave = resonant(wave, strings.body)
        wave /= np.abs(wave[:4800]).max() + 1e-9
        fingers = low_pass(noise(0.03, rng), 2200) * fall(times(0.03), 0.02).astype(np.float32)
        return stacked(wave, strings.touch * force * fingers)

    return tone


def _pluck(strings: Strings, force: float, period: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return the string as it is let go: a kink and a burst, softened by the finger, without what has a node there."""
    samples = int(period) + 1
    # Twice round before it is used, so that the filter has settled and the shape closes.
    burst = np.tile(rng.uniform(-1, 1, samples), 3).astype(np.float32)
    # A pure burst is another colour with each note; a kink, which real plucks are, is the same in all.
    kink = np.zeros(samples, np.float32)
    kink[0], kink[int(strings.pluck_at * samples)] = 1.0, -1.0
    burst = 0.35 * burst + np.tile(kink, 3) * np.float32(samples**0.5)
    soft = low_pass(burst, strings.edge_hz * (0.35 + 0.65 * force), 1)
    soft = low_pass(soft, strings.edge_hz * 1.6, 2)
    comb = soft - 0.8 * np.roll(soft, int(strings.pluck_at * samples))
    # A kink is a peak that goes round, which only eats headroom: ears do not miss it when its phases are spread.
    spectrum = np.fft.rfft(comb[samples : 2 * samples])
    return np.fft.irfft(spectrum * np.exp(1j * rng.uniform(-SPREAD, SPREAD, len(spectrum))), samples)


PLUCKED: dict[str, Instrument] = {
    "nylon guitar": Instrument(plucked(Strings(3.8, 0.7, 3600, 0.22, GUITAR_BODY)), 0.12, takes=2, width=0.2),
    "steel guitar": Instrument(plucked(Strings(5.0, 1.3, 5200, 0.16, GUITAR_BODY)), 0.12, takes=2, width=0.2),
    "muted guitar": Instrument(plucked(Strings(0.42, 0.24, 3600, 0.12, GUITAR_BODY, 0.05)), 0.05, takes=3, width=0.1),
    "ukulele": Instrument(plucked(Strings(2.2, 0.6, 4400, 0.25, UKULELE_BODY)), 0.08, takes=2, width=0.1),
    "harp": Instrument(plucked(Strings(4.0, 0.8, 3600, 0.4, ((180.0, 5.0, 0.4),))), 0.4, takes=1, width=0.5),
    "pizzicato": Instrument(plucked(Strings(0.7, 0.3, 3400, 0.3, VIOLIN_BODY, 0.03)), 0.15, takes=3, width=0.5),
    "double bass": Instrument(plucked(Strings(1.8, 0.5, 1100, 0.3, DOUBLE_BASS_BODY, 0.03)), 0.08, takes=2),
    "finger bass": Instrument(plucked(Strings(3.0, 0.6, 1300, 0.24)), 0.06, takes=2),
}
