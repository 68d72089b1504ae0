"""How loud a loop is heard to be, quickly: BS.1770 by spectra of blocks; the meter's filters would take seconds."""

from __future__ import annotations

import functools
import math

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.loudness import ABSOLUTE_GATE_LUFS, OFFSET_LUFS, RELATIVE_GATE_LU, STEPS
from phonoscope.sound.synthesis.waves import RATE_HZ, Wave

BLOCK = 4800
"""Samples in a step of 0.1 s."""

SHELF_HZ, SHELF_DB, SHELF_Q = 1681.97, 4.0, 0.7072
PASS_HZ, PASS_Q = 38.135, 0.5003
"""The analogue filters under BS.1770's table: what a head adds, and what ears do not hear."""


def loop_loudness(planes: Wave) -> float:
    """Return the integrated loudness, in LUFS, of a loop of shape (2, n) that is played on and on; -inf for silence."""
    from scipy.fft import rfft

    blocks = planes[:, : planes.shape[1] // BLOCK * BLOCK].reshape(2, -1, BLOCK)
    spectra: NDArray[np.complex64] = rfft(blocks, axis=2)
    # No matrix product: its sums would depend on how many threads share them.
    powers = ((spectra.real**2 + spectra.imag**2) * _weights()).sum(axis=2)
    steps = powers.sum(axis=0, dtype=np.float64)
    moments = np.mean([np.roll(steps, -step) for step in range(STEPS)], axis=0)
    heard = moments[moments > _power(ABSOLUTE_GATE_LUFS)]
    if not len(heard):
        return -math.inf
    gated = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE_LU / 10)]
    return OFFSET_LUFS + 10 * math.log10(float(gated.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_LUFS) / 10))


@functools.cache
def _weights() -> NDArray[np.float32]:
    """Return what each bin of a block's spectrum adds to its mean power, shape (bins,)."""
    s = 1j * np.fft.rfftfreq(BLOCK, 1 / RATE_HZ)
    gain = 10 ** (SHELF_DB / 20)
    high = (gain * s**2 + gain**0.4997 / SHELF_Q * SHELF_HZ * s + SHELF_HZ**2) / (
        s**2 + SHELF_HZ / SHELF_Q * s + SHELF_HZ**2
    )
    low = s**2 / (s**2 + PASS_HZ / PASS_Q * s + PASS_HZ**2)
    weights = 2 * np.abs(high * low) ** 2 / BLOCK**2
    return np.asarray(weights, np.float32)
