"""The two loops that synthesis cannot do without: what rings, and what is plucked. Loaded with the first note."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.compiled import compiled


@compiled
def ring(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    before: NDArray[np.float64],
    long_before: NDArray[np.float64],
    wave: NDArray[np.float32],
) -> None:
    """Add damped sines into a wave, each by its recurrence y[n] = first y[n-1] - second y[n-2].

    Parameters
    ----------
    first, second
        Coefficients, shape (modes,).
    before, long_before
        The two samples of each mode before the wave begins; overwritten.
    wave
        Shape (n,); added to.
    """
    for n in range(len(wave)):
        total = 0.0
        for k in range(len(first)):
            now = first[k] * before[k] - second[k] * long_before[k]
            long_before[k] = before[k]
            before[k] = now
            total += now
        wave[n] += total


@compiled
def vibrate(line: NDArray[np.float64], allpass: float, damping: float, gain: float, wave: NDArray[np.float32]) -> None:
    """Let a plucked string vibrate: extended Karplus-Strong (Jaffe and Smith, 1983).

    Parameters
    ----------
    line
        The string as it is let go, one whole-sample period long; overwritten.
    allpass
        Coefficient of the filter that makes up for the rest of the period.
    damping
        Coefficient of the one-pole filter that darkens the string with each period, 0 to 1.
    gain
        What is left of the wave after one period.
    wave
        Shape (n,); added to.
    """
    last = 0.0
    delayed = 0.0
    tuned = 0.0
    at = 0
    for n in range(len(wave)):
        now = line[at]
        wave[n] += now
        last = (1 - damping) * now + damping * last
        dark = gain * last
        tuned = allpass * (dark - tuned) + delayed
        delayed = dark
        line[at] = tuned
        at += 1
        if at == len(line):
            at = 0
