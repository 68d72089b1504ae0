"""The elements of every sound here: damped modes, plucked strings, bands of harmonics, noise, envelopes."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
"""Everything is made at the rate at which videos carry sound."""

NYQUIST_SHARE = 0.42
"""Nothing is made above this share of the rate: it would only alias or be cut off by encoders."""

BRIGHT_HZ = 2000.0
"""Where the decay of a string's overtones is told."""

MONO_HZ = 130.0
"""Below, both sides of an ensemble are the same, as bass from two sides cancels in one loudspeaker; not above."""

WIDTH = 0.8
"""How unlike the sides are, 0 to 1; at 1 half of the sound is lost in mono."""

Wave = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Mode:
    """One way in which a body vibrates.

    Attributes
    ----------
    ratio
        Its frequency over that of the note.
    level
        Its amplitude.
    decay_s
        Time in which it falls by 60 dB.
    """

    ratio: float
    level: float
    decay_s: float


def seeded(*words: object) -> np.random.Generator:
    """Return a source of random numbers that the words alone decide, in any process."""
    return np.random.Generator(np.random.PCG64(zlib.crc32("\x1f".join(map(str, words)).encode())))


def times(duration_s: float) -> NDArray[np.float64]:
    """Return the moments of the samples of so long a sound, in seconds."""
    return np.arange(round(duration_s * RATE_HZ)) / RATE_HZ


def fall(moments: NDArray[np.float64], decay_s: float) -> NDArray[np.float64]:
    """Return a gain that falls from 1 by 60 dB in `decay_s`."""
    return np.asarray(np.exp(moments * (-math.log(1000) / decay_s)))


def rise(moments: NDArray[np.float64], attack_s: float) -> NDArray[np.float64]:
    """Return a gain that rises from 0 to 1 in `attack_s`, softly at both ends."""
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(moments / attack_s, 0, 1)))


def glide(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a sine that follows a frequency, shape (n,)."""
    return np.asarray(np.sin(np.cumsum(hz) * (2 * math.pi / RATE_HZ)))


def soft_end(wave: Wave, duration_s: float) -> Wave:
    """Return a wave, shape (..., n), whose last stretch fades to nothing."""
    samples = min(round(duration_s * RATE_HZ), wave.shape[-1])
    if samples:
        wave = wave.copy()
        wave[..., -samples:] *= np.cos(np.linspace(0, np.pi / 2, samples, dtype=np.float32)) ** 2
    return wave


def modes(hz: float, bank: tuple[Mode, ...], duration_s: float, rng: np.random.Generator | None = None) -> Wave:
    """Return a body that was struck: its modes, each dying at its own pace; those too high to hear are left out.

    Parameters
    ----------
    rng
        Where given, the modes begin at random phases, else together at zero.
    """
    from phonoscope.sound.synthesis.kernels import ring

    heard = [mode for mode in bank if mode.ratio * hz < NYQUIST_SHARE * RATE_HZ]
    angle = np.array([mode.ratio * hz for mode in heard]) * (2 * math.pi / RATE_HZ)
    shrink = 10.0 ** (-3 / (np.array([mode.decay_s for mode in heard]) * RATE_HZ))
    level = np.array([mode.level for mode in heard])
    phase = np.zeros(len(heard)) if rng is None else rng.uniform(0, 2 * math.pi, len(heard))
    wave = np.zeros(round(duration_s * RATE_HZ), np.float32)
    before = level / shrink * np.sin(phase - angle)
    long_before = level / shrink**2 * np.sin(phase - 2 * angle)
    ring(2 * shrink * np.cos(angle), shrink**2, before, long_before, wave)
    return wave


def string(hz: float, shape: NDArray[np.float64], decay_s: float, bright_s: float, duration_s: float) -> Wave:
    """Return a plucked string.

    Parameters
    ----------
    shape
        The string as it is let go, of any length of at least a period; its mean is taken off.
    decay_s
        Time in which the fundamental falls by 60 dB.
    bright_s
        Time in which overtones about 2 kHz do, shorter than `decay_s`.
    """
    from phonoscope.sound.synthesis.kernels import vibrate

    damping = _damping(hz, 60 / bright_s - 60 / decay_s)
    angle = 2 * math.pi * hz / RATE_HZ
    late = math.atan2(damping * math.sin(angle), 1 - damping * math.cos(angle)) / angle
    period = RATE_HZ / hz - late
    whole = int(period - 0.3)
    rest = period - whole
    line = np.array(shape[:whole], np.float64)
    wave = np.zeros(round(duration_s * RATE_HZ), np.float32)
    vibrate(line - line.mean(), (1 - rest) / (1 + rest), damping, 10 ** (-3 / (hz * decay_s)), wave)
    return wave


def _damping(hz: float, loss_db: float) -> float:
    """Return the coefficient of a one-pole filter that takes so much a second from `BRIGHT_HZ`, once a period."""
    lean = 2 * (1 - math.cos(2 * math.pi * BRIGHT_HZ / RATE_HZ))
    steep = max(10 ** (loss_db / hz / 10) - 1, 1e-6) / lean
    return (2 * steep + 1 - math.sqrt(4 * steep + 1)) / (2 * steep)


def harmonic_band(
    hz: float, levels: NDArray[np.float64], spread_cents: float, rng: np.random.Generator, samples: int = 1 << 17
) -> Wave:
    """Return an ensemble on one note, which can be read round and round: PADsynth (Nasca Octavian Paul, 2005).

    Parameters
    ----------
    levels
        Amplitude of each harmonic, from the first.
    spread_cents
        How wide a band each harmonic is: how many players there are, and how they quiver.

    Returns
    -------
    Shape (2, samples): two channels with other phases, of about unit power.
    """
    spectrum = np.zeros((2, samples // 2 + 1), np.complex64)
    bin_hz = RATE_HZ / samples
    width = 2 ** (spread_cents / 1200) - 1
    for number, level in enumerate(levels, 1):
        centre, sigma = number * hz / bin_hz, max(width * number * hz / bin_hz / 2, 0.6)
        first, last = int(centre - 3 * sigma), math.ceil(centre + 3 * sigma)
        if last >= NYQUIST_SHARE * samples:
            break
        at = np.arange(max(first, 1), last + 1)
        bump = np.exp(-0.5 * ((at - centre) / sigma) ** 2)
        bump *= level / math.sqrt(float((bump**2).sum()))
        phases = rng.uniform(0, 2 * math.pi, (2, len(at)))
        apart = WIDTH * min(max((number * hz - MONO_HZ) / MONO_HZ, 0.0), 1.0)
        phases[1] = phases[0] + apart * (phases[1] - math.pi)
        spectrum[:, at] += bump * np.exp(1j * phases)
    from scipy.fft import irfft

    wave: Wave = irfft(spectrum, samples, axis=1)
    return np.asarray(wave / np.sqrt((wave**2).mean()))


def noise(duration_s: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return white noise of unit power."""
    return rng.standard_normal(round(duration_s * RATE_HZ), np.float32)


def stacked(*waves: Wave) -> Wave:
    """Return the sum of waves of shape (n,) that begin together, as long as the longest."""
    total = np.zeros(max(map(len, waves)), np.float32)
    for wave in waves:
        total[: len(wave)] += wave
    return total
