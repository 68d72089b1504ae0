"""Hair that lags behind the head: a damped spring, driven by the head's own movement."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import HEAD

NATURAL_HZ = 1.5
"""How fast hair swings by itself: shoulder-long strands of 10 to 15 cm, as pendulums."""

DAMPING = 0.42
"""Share of critical damping: one visible swing after a nod, hardly a second one."""

RADIUS = 0.5
"""How far the hair's tips are from the axis about which the head turns, in face heights."""

FULL_LAG = 0.021
"""Lag of the tips at a sway of 1, in face heights."""

STILL = 1e-3
"""Sway below which hair on a head at rest comes to rest."""


class Sway:
    """Carries the spring's state from frame to frame, so that it does not matter how frames are cut into windows."""

    def __init__(self, fps: Fraction) -> None:
        omega = 2 * np.pi * NATURAL_HZ
        self._step, self._push = _discrete(omega, DAMPING, 1 / float(fps))
        self._state = [[0.0, 0.0], [0.0, 0.0]]
        self._before = [0.0, 0.0]

    def act(self, head: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sway to the picture's right and down, shape (frames, 2), in [-1, 1].

        Parameters
        ----------
        head
            Shape (frames, 5): see `HEAD`; consecutive to the last call's.
        """
        yaw, pitch, roll, right, down = (head[:, HEAD.index(name)] for name in HEAD)
        # Chin up is up in the picture; tips hang below the axis, so a clockwise roll takes them to the left.
        moved = np.stack(
            [right + RADIUS * np.radians(yaw) - RADIUS * np.radians(roll), down - RADIUS * np.radians(pitch)], axis=1
        )
        sway = np.zeros((len(head), 2))
        for axis in range(2):
            sway[:, axis] = self._swing(axis, moved[:, axis].tolist())
        return np.asarray(np.tanh(sway / FULL_LAG))

    def _swing(self, axis: int, places: list[float]) -> list[float]:
        """Return the lag of the tips behind the head along one axis."""
        (a, b), (c, d) = self._step
        e, f = self._push
        lag, speed = self._state[axis]
        before = self._before[axis]
        lags = []
        for place in places:
            # The head moves evenly from frame to frame; seen from it, the tips jump back by as much.
            velocity = place - before
            before = place
            lag, speed = a * lag + b * speed + e * velocity, c * lag + d * speed + f * velocity
            if not velocity and abs(lag) + abs(speed) / (2 * np.pi * NATURAL_HZ) < STILL * FULL_LAG:
                lag = speed = 0.0
            lags.append(lag)
        self._state[axis], self._before[axis] = [lag, speed], before
        return lags


def _discrete(omega: float, damping: float, step_s: float) -> tuple[list[list[float]], list[float]]:
    """Return the exact step of the spring over one frame: on its state, and per movement of the head in the frame.

    The lag l and the tips' own speed w obey l' = w - h', w' = -omega² l - 2 damping omega (w - h') where h is the
    head's place: the spring and the drag of neighbouring hair pull the tips after the head.
    """
    system = np.array([[0.0, 1.0], [-(omega**2), -2 * damping * omega]])
    pushed = np.array([-1.0, 2 * damping * omega])
    # exp of the system with its input, by scaling and squaring: exact for a head that moves evenly within the frame.
    whole = np.zeros((3, 3))
    whole[:2, :2], whole[:2, 2] = system * step_s, pushed
    power, term = np.eye(3), np.eye(3)
    scaled = whole / 2**10
    for order in range(1, 9):
        term = term @ scaled / order
        power = power + term
    for _ in range(10):
        power = power @ power
    return power[:2, :2].tolist(), power[:2, 2].tolist()
