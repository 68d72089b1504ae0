"""A recorded performance: curves at any times, to be replayed at any frame rate."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import Performance


@dataclass(frozen=True, slots=True, eq=False)
class Take:
    """A recorded performance.

    Attributes
    ----------
    times_s
        float64, shape (frames,): when each frame is, growing, from 0.
    curves, head
        As of `Performance`.
    fps
        Frames a second on average.
    """

    times_s: NDArray[np.float64]
    curves: NDArray[np.float32]
    head: NDArray[np.float32]
    fps: Fraction

    @property
    def duration_s(self) -> float:
        """Length in seconds, the last frame's included."""
        return float(self.times_s[-1] + 1 / self.fps)


def take_of(performance: Performance) -> Take:
    """Return a performance as a take."""
    times_s = np.arange(len(performance)) / float(performance.fps)
    return Take(times_s, performance.curves, performance.head, performance.fps)
