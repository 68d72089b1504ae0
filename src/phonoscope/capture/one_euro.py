"""The One-Euro filter: smooth where little moves, without lag where much does.

Casiez, Roussel & Vogel 2012, "1 € Filter: A Simple Speed-based Low-pass Filter for Noisy Input in Interactive Systems".
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

SPEED_CUTOFF_HZ: Final = 6.0
"""Cutoff of the speed's own filter: the paper's 1 Hz reacts too late to a plosive."""


class OneEuroFilter:
    """Smooths several values at once, sampled at any times.

    Parameters
    ----------
    cutoff_hz
        float64, shape (n,): cutoff of each value while it stands still; lower is smoother.
    per_speed
        float64, shape (n,): how many hertz a unit a second of its speed adds; higher lags less.
    """

    def __init__(self, cutoff_hz: NDArray[np.float64], per_speed: NDArray[np.float64]) -> None:
        self._cutoff_hz = cutoff_hz
        self._per_speed = per_speed
        self._time_s: float | None = None

    def reset(self) -> None:
        """Forget what was before, as after a gap."""
        self._time_s = None

    def __call__(self, time_s: float, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the smoothed values at a time later than the last one, shape (n,)."""
        if self._time_s is None or time_s <= self._time_s:
            self._time_s, self._value, self._speed = time_s, values, np.zeros_like(values)
            return values
        step_s = time_s - self._time_s
        speed = (values - self._value) / step_s
        self._speed = self._speed + _share(SPEED_CUTOFF_HZ, step_s) * (speed - self._speed)
        cutoff_hz = self._cutoff_hz + self._per_speed * np.abs(self._speed)
        self._value = self._value + _share(cutoff_hz, step_s) * (values - self._value)
        self._time_s = time_s
        return self._value


def _share(cutoff_hz: NDArray[np.float64] | float, step_s: float) -> NDArray[np.float64]:
    """Return how much of the way to a new value a low-pass filter goes in one step."""
    return np.asarray(1 / (1 + 1 / (2 * np.pi * np.asarray(cutoff_hz) * step_s)))
