"""What a face does while it is out of sight: it holds for a moment, then comes to rest, and resumes when it is back."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

HOLD_S: Final = 0.3
"""A hand before the face, a few blurred frames: nobody notices a face that holds still so long."""

REST_S: Final = 0.6
"""Time in which it then comes to rest."""

RESUME_S: Final = 0.25
"""Time in which it takes up again what is seen."""

WORTH_TELLING_S: Final = 0.5
"""Shorter losses are not reported."""


class LossBridge:
    """Bridges the time in which a face is out of sight.

    Parameters
    ----------
    size
        Number of values that are bridged; all are 0 at rest.
    """

    def __init__(self, size: int) -> None:
        self._shown = self._held = self._from = np.zeros(size)
        self._began_s, self._takes_s = -np.inf, RESUME_S
        self._lost_s: float | None = None
        self._time_s = 0.0
        self._losses: list[tuple[float, float]] = []

    @property
    def is_lost(self) -> bool:
        """The face was out of sight when last looked for."""
        return self._lost_s is not None

    def show(self, time_s: float, seen: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """Return the values to show at a time, shape (size,), for those that are seen; None while out of sight."""
        self._time_s = time_s
        if seen is not None:
            if self._lost_s is not None:
                self._losses.append((self._lost_s, time_s))
                self._lost_s = None
                self._depart(time_s, RESUME_S)
            self._held = seen
        elif self._lost_s is None:
            self._lost_s = time_s
        resting = self._lost_s is not None and time_s - self._lost_s > HOLD_S
        if resting and self._held.any():
            self._held = np.zeros_like(self._held)
            self._depart(time_s, REST_S)
        share = float(np.clip((time_s - self._began_s) / self._takes_s, 0, 1))
        self._shown = self._from + (share * share * (3 - 2 * share)) * (self._held - self._from)
        return self._shown

    def losses_s(self) -> list[tuple[float, float]]:
        """Return from when to when the face was out of sight so far, leaving out what is not worth telling."""
        still = [] if self._lost_s is None else [(self._lost_s, self._time_s)]
        return [(start_s, end_s) for start_s, end_s in (*self._losses, *still) if end_s - start_s >= WORTH_TELLING_S]

    def _depart(self, time_s: float, takes_s: float) -> None:
        self._from, self._began_s, self._takes_s = self._shown, time_s, takes_s
