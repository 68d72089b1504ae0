"""Shapes of movements in time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from phonoscope.performance.timeline import Window


def ease(times_s: NDArray[np.float64], start_s: float, end_s: float) -> NDArray[np.float64]:
    """Go smoothly from 0 at `start_s` to 1 at `end_s`, with no speed at either."""
    t = np.clip((times_s - start_s) / max(end_s - start_s, 1e-6), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t))


def bump(times_s: NDArray[np.float64], peak_s: float, half_s: float) -> NDArray[np.float64]:
    """Rise from 0 to 1 at `peak_s` and fall back, each in `half_s`: a Hann window, free of any quick part."""
    t = np.clip((times_s - peak_s) / half_s, -1.0, 1.0)
    return np.asarray(0.5 + 0.5 * np.cos(np.pi * t))


def present(window: Window, start_s: float, end_s: float) -> NDArray[np.float64]:
    """Return 0 at the first and last frame of all, 1 between, eased over the given times; shape (frames,)."""
    envelope = ease(window.times_s, 0.0, start_s)
    if window.end_s is not None:
        envelope = envelope * (1 - ease(window.times_s, window.end_s - end_s, window.end_s))
        envelope[window.times_s >= window.end_s - 1e-9] = 0.0
    return envelope
