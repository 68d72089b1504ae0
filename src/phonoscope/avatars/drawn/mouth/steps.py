"""How one thing follows another: smooth steps and saturation."""

from __future__ import annotations

import math


def ramp(value: float, start: float, end: float) -> float:
    """Return a smooth step from 0 at `start` to 1 at `end`."""
    share = min(max((value - start) / (end - start), 0.0), 1.0)
    return share * share * (3 - 2 * share)


def reached(gap: float, at: float) -> float:
    """Return a share that is in proportion to a small gap and comes near 1 beyond `at`, where it is two thirds."""
    return 1 - math.exp(-1.1 * gap / at)
