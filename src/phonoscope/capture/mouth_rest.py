"""When the mouth is shown as it was photographed or drawn: while the actor's is shut and still."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL

SHAPED: Final = (
    ("lipGap", 0.002), ("mouthPucker", 0.15), ("mouthPressLeft", 0.3), ("mouthPressRight", 0.3),
    ("mouthStretchLeft", 0.25), ("mouthStretchRight", 0.25), ("mouthShrugLower", 0.3), ("jawOpen", 0.2),
)  # fmt: skip
"""Channels of a mouth that is at work, and from which value on."""

STILL_S: Final = 0.35
"""A shut mouth rests after this: longer than a p, b or m."""

SETTLE_S: Final = 0.35
"""Time in which it comes to rest."""

WAKE_S: Final = 0.05
"""Time in which it leaves rest: before anything opens."""


class MouthRest:
    """Decides ``mouthRest`` frame by frame.

    Parameters
    ----------
    step_s
        From one frame to the next.
    """

    def __init__(self, step_s: float) -> None:
        self._step_s = step_s
        self._still_s = STILL_S
        self._rest = 1.0

    def __call__(self, curves: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return ``mouthRest`` of consecutive frames, shape (frames,), for their curves, shape (frames, channels)."""
        busy = np.zeros(len(curves), np.bool_)
        for name, value in SHAPED:
            busy |= curves[:, CHANNEL[name]] > value
        rest = np.empty(len(curves))
        for index, works in enumerate(busy.tolist()):
            self._still_s = 0.0 if works else self._still_s + self._step_s
            step = self._step_s / (SETTLE_S if self._still_s >= STILL_S else -WAKE_S)
            self._rest = min(1.0, max(0.0, self._rest + step))
            rest[index] = self._rest * self._rest * (3 - 2 * self._rest)
        # Lips that part are not held back by a photograph of shut ones.
        return np.asarray(np.where(curves[:, CHANNEL["lipGap"]] > SHAPED[0][1], 0.0, rest))
