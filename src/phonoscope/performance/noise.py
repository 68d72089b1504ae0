"""Chance as a function of seed, stream and absolute time: however a performance is cut, it is the same."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WORD = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB

_SPLINE_STD = 0.6924
"""Standard deviation, over time and chance, of a uniform cubic B-spline whose knots have standard deviation 1."""

_UNIFORM_STD = 1 / np.sqrt(12)


def chance(seed: int, stream: int, index: int) -> float:
    """Return a number in [0, 1) that depends on nothing but its arguments (splitmix64, Steele et al. 2014)."""
    return float(_chances(seed, stream, np.array([index], np.int64))[0])


def drift(seed: int, stream: int, rate_hz: float, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return smooth noise of mean 0 and standard deviation 1 at the given times.

    Value noise: a knot every ``1 / (2 rate_hz)``, joined by a cubic B-spline, which has two continuous derivatives and
    hardly any power above `rate_hz`. It does not repeat within 2**62 knots.

    Parameters
    ----------
    times_s
        Shape (n,), seconds from the start of the performance.
    """
    place = times_s * (2 * rate_hz)
    knot = np.floor(place).astype(np.int64)
    t = place - knot
    weights = ((1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3)
    total = np.zeros_like(place)
    for offset, weight in enumerate(weights):
        total += weight / 6 * (_chances(seed, stream, knot + offset) - 0.5)
    return np.asarray(total / (_UNIFORM_STD * _SPLINE_STD))


def _chances(seed: int, stream: int, index: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return numbers in [0, 1) for many indices of one stream."""
    start = (_mixed(_mixed(seed & _WORD) ^ (stream & _WORD)) * _GOLDEN) & _WORD
    z = index.astype(np.uint64) * np.uint64(_GOLDEN) + np.uint64(start)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_MIX_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_MIX_2)
    z = z ^ (z >> np.uint64(31))
    return np.asarray((z >> np.uint64(11)).astype(np.float64) * 2.0**-53)


def _mixed(word: int) -> int:
    """Scramble one 64-bit word."""
    word = (word + _GOLDEN) & _WORD
    word = ((word ^ (word >> 30)) * _MIX_1) & _WORD
    word = ((word ^ (word >> 27)) * _MIX_2) & _WORD
    return word ^ (word >> 31)
