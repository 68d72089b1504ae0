"""Gestures: what a face does once, at a place of the script.

Each is a few keys per track, joined by movements that begin and end at rest with a smooth speed, as people's do (Flash
& Hogan 1985, "minimum jerk"). Times run from the word that the gesture is for; strokes begin a little before it, the
head swings back before it nods, and swings over at the end.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, HEAD
from phonoscope.core.script import GESTURES
from phonoscope.performance.acting import Acting, no_acting
from phonoscope.performance.easing import present
from phonoscope.performance.noise import chance
from phonoscope.performance.timeline import LOOK_AHEAD_S, LOOK_BACK_S, Window

Keys = tuple[tuple[float, float], ...]
"""(seconds, value) of each key of a track; 0 before the first and after the last one."""

AGAIN_S = 0.75
"""A gesture written twice at one place is done twice, so much later."""

SACCADE_S = 0.06
"""How long the eyes take for a look of 10 to 20 degrees (the main sequence; Carpenter 1988)."""

START_S, END_S = 0.2, 0.35
"""Time in which the photograph is left, and comes back."""

SIZE = (0.88, 1.12)
"""How large the head's part is, by chance: nobody nods twice in the same way."""

_SIDE, _SIZE = 120, 121


def _held(begin_s: float, there_s: float, leave_s: float, end_s: float, value: float) -> Keys:
    """Return a track that goes to a value, sinks by a tenth while it is held, and goes back."""
    return ((begin_s, 0.0), (there_s, value), (leave_s, 0.9 * value), (end_s, 0.0))


def _looked(leave_s: float, value: float, share: float = 1.0) -> Keys:
    """Return a track of the eyes: there and back by a saccade."""
    return ((-0.05, 0.0), (SACCADE_S - 0.05, value), (leave_s, value * share), (leave_s + SACCADE_S, 0.0))


def _turned(leave_s: float, value: float) -> Keys:
    """Return a track of the head that follows the eyes: there, a little too far, and back."""
    return (
        (0.03, 0.0), (0.42, value), (0.60, 0.92 * value), (leave_s + 0.02, 0.92 * value),
        (leave_s + 0.46, -0.06 * value), (leave_s + 0.66, 0.0),
    )  # fmt: skip


def _pulses(count: int, period_s: float, high: float, low: float, fading: float) -> Keys:
    """Return a track of pulses, each weaker by a factor than the one before."""
    keys = [(0.0, 0.0)]
    for number in range(count):
        weaker = fading**number
        keys += [(0.14 + period_s * number, high * weaker), (0.14 + period_s * (number + 0.5), low * weaker)]
    return (*keys, (keys[-1][0] + 0.3, 0.0))


LAUGH_CALLS, LAUGH_PERIOD_S = 6, 0.21
"""Laughter comes in bursts of calls, 210 ms apart, that grow weaker (Provine & Yong 1991)."""

_LAUGH = (LAUGH_CALLS, LAUGH_PERIOD_S)

GESTURE: Mapping[str, Mapping[str, Keys]] = {
    "nod": {
        "pitch": ((-0.24, 0), (-0.07, 0.8), (0.16, -4.8), (0.40, 1.0), (0.61, -1.7), (0.88, 0.0)),
        "y": ((-0.07, 0), (0.16, 0.006), (0.42, 0.0)),
    },
    "shake": {
        "yaw": ((-0.20, 0), (-0.04, -0.9), (0.20, 4.4), (0.50, -4.6), (0.79, 2.9), (1.04, -1.2), (1.28, 0)),
        "pitch": _held(-0.2, 0.2, 0.9, 1.3, -0.9),
        "browDownLeft": _held(-0.1, 0.3, 0.9, 1.4, 0.16),
        "browDownRight": _held(-0.1, 0.3, 0.9, 1.4, 0.14),
    },
    "tilt": {
        "roll": ((-0.16, 0), (-0.02, -0.5), (0.40, 4.9), (0.62, 4.3), (1.30, 4.2), (1.78, -0.25), (2.0, 0)),
        "yaw": _held(0.0, 0.45, 1.25, 1.8, 0.9),
        "x": _held(0.0, 0.45, 1.25, 1.8, 0.006),
        "browInnerUp": _held(0.0, 0.35, 1.2, 1.7, 0.2),
    },
    "smile": {
        "mouthSmileLeft": ((-0.12, 0), (0.42, 0.70), (0.70, 0.62), (1.25, 0.60), (2.2, 0)),
        "mouthSmileRight": ((-0.10, 0), (0.45, 0.65), (0.70, 0.58), (1.25, 0.56), (2.15, 0)),
        "mouthDimpleLeft": _held(0.0, 0.45, 1.2, 2.0, 0.14),
        "mouthDimpleRight": _held(0.0, 0.45, 1.2, 2.0, 0.11),
        "cheekSquintLeft": _held(0.0, 0.48, 1.2, 2.0, 0.50),
        "cheekSquintRight": _held(0.0, 0.48, 1.2, 2.0, 0.46),
        "eyeSquintLeft": _held(0.05, 0.5, 1.15, 1.9, 0.24),
        "eyeSquintRight": _held(0.05, 0.5, 1.15, 1.9, 0.22),
        "pitch": _held(0.0, 0.5, 1.1, 1.9, 0.5),
        "roll": _held(0.0, 0.5, 1.1, 1.9, 0.6),
    },
    "laugh": {
        "mouthSmileLeft": ((-0.15, 0), (0.22, 0.85), (1.2, 0.72), (2.1, 0)),
        "mouthSmileRight": ((-0.15, 0), (0.24, 0.81), (1.2, 0.68), (2.05, 0)),
        "cheekSquintLeft": _held(-0.1, 0.25, 1.2, 2.0, 0.80),
        "cheekSquintRight": _held(-0.1, 0.25, 1.2, 2.0, 0.76),
        "eyeSquintLeft": _held(-0.1, 0.25, 1.1, 1.8, 0.62),
        "eyeSquintRight": _held(-0.1, 0.25, 1.1, 1.8, 0.60),
        "noseSneerLeft": _held(-0.1, 0.25, 1.0, 1.7, 0.12),
        "noseSneerRight": _held(-0.1, 0.25, 1.0, 1.7, 0.10),
        "pitch": ((-0.12, 0), (0.0, -0.5), *_pulses(*_LAUGH, 3.4, 2.2, 0.87)[1:]),
        "y": _pulses(*_LAUGH, 0.004, -0.002, 0.85),
        "roll": _held(0.0, 0.4, 1.1, 1.8, 1.1),
        # The mouth stays open, and trembles with the calls; one that shut between them would chatter.
        "lipGap": _pulses(*_LAUGH, 0.052, 0.038, 0.88),
        "jawOpen": _pulses(*_LAUGH, 0.42, 0.31, 0.88),
        "mouthUpperUpLeft": _held(-0.1, 0.2, 1.2, 1.7, 0.40),
        "mouthUpperUpRight": _held(-0.1, 0.2, 1.2, 1.7, 0.38),
        "mouthRest": ((-0.12, 0), (0.08, 1.0), (1.40, 1.0), (1.75, 0)),
        "breath": _pulses(*_LAUGH, 0.55, -0.35, 0.85),
    },
    "wink": {
        "eyeBlinkLeft": ((-0.03, 0), (0.10, 1.0), (0.26, 1.0), (0.50, 0)),
        "cheekSquintLeft": ((-0.08, 0), (0.12, 0.62), (0.28, 0.55), (0.70, 0)),
        "browDownLeft": ((-0.08, 0), (0.12, 0.30), (0.28, 0.25), (0.60, 0)),
        "mouthSmileLeft": ((-0.08, 0), (0.17, 0.50), (0.50, 0.42), (1.10, 0)),
        "mouthSmileRight": ((-0.04, 0), (0.22, 0.20), (0.50, 0.16), (1.05, 0)),
        "eyeSquintRight": ((-0.03, 0), (0.12, 0.16), (0.28, 0.12), (0.60, 0)),
        # The head leans towards the person's left, the picture's right.
        "roll": _held(-0.05, 0.2, 0.45, 1.0, 1.5),
        "pitch": _held(-0.05, 0.2, 0.40, 0.9, -0.6),
    },
    "blink": {
        "eyeBlinkLeft": ((-0.04, 0), (0.12, 1.0), (0.24, 1.0), (0.54, 0)),
        "eyeBlinkRight": ((-0.04, 0), (0.12, 1.0), (0.24, 1.0), (0.54, 0)),
        "pitch": _held(-0.04, 0.16, 0.3, 0.7, -0.4),
    },
    "raise brows": {
        "browInnerUp": ((-0.10, 0), (0.14, 0.82), (0.26, 0.74), (0.66, 0.70), (1.10, 0)),
        "browOuterUpLeft": ((-0.10, 0), (0.15, 0.84), (0.26, 0.76), (0.66, 0.72), (1.10, 0)),
        "browOuterUpRight": ((-0.09, 0), (0.16, 0.77), (0.26, 0.70), (0.64, 0.66), (1.06, 0)),
        "eyeWideLeft": _held(-0.05, 0.16, 0.6, 1.0, 0.30),
        "eyeWideRight": _held(-0.05, 0.16, 0.6, 1.0, 0.27),
        "pitch": _held(-0.05, 0.22, 0.6, 1.1, 0.8),
    },
    "frown": {
        "browDownLeft": _held(-0.12, 0.26, 0.95, 1.5, 0.84),
        "browDownRight": _held(-0.12, 0.28, 0.95, 1.5, 0.78),
        "eyeSquintLeft": _held(-0.05, 0.3, 0.9, 1.4, 0.28),
        "eyeSquintRight": _held(-0.05, 0.3, 0.9, 1.4, 0.26),
        "noseSneerLeft": _held(0.0, 0.3, 0.9, 1.4, 0.14),
        "noseSneerRight": _held(0.0, 0.3, 0.9, 1.4, 0.12),
        "mouthFrownLeft": _held(0.0, 0.35, 0.9, 1.5, 0.24),
        "mouthFrownRight": _held(0.0, 0.35, 0.9, 1.5, 0.22),
        "pitch": _held(-0.05, 0.35, 0.9, 1.5, -1.1),
    },
    "look left": {"across": _looked(1.05, -26.0), "looking": _looked(1.05, 1.0), "yaw": _turned(1.05, -4.4)},
    "look right": {"across": _looked(1.05, 26.0), "looking": _looked(1.05, 1.0), "yaw": _turned(1.05, 4.4)},
    "look up": {
        "up": _looked(1.05, 19.0),
        "looking": _looked(1.05, 1.0),
        "pitch": _turned(1.05, 3.2),
        "browInnerUp": _held(-0.02, 0.2, 1.0, 1.4, 0.28),
        "browOuterUpLeft": _held(-0.02, 0.2, 1.0, 1.4, 0.24),
        "browOuterUpRight": _held(-0.02, 0.2, 1.0, 1.4, 0.22),
    },
    "look down": {"up": _looked(1.05, -21.0), "looking": _looked(1.05, 1.0), "pitch": _turned(1.05, -3.4)},
    "look away": {
        "across": _looked(1.15, 17.0, 0.8),
        "up": _looked(1.15, 7.0),
        "looking": _looked(1.15, 1.0),
        "yaw": _turned(1.15, 2.8),
        "pitch": _turned(1.15, 0.7),
    },
}
"""Tracks of each gesture at strength 1: channels, columns of `HEAD` (degrees, face heights), and the look: ``across``
and ``up`` in degrees, ``looking`` for how far it takes the place of any other."""

MIRRORED = frozenset({"shake", "tilt", "wink", "look away"})
"""Gestures that go to either side, by chance."""

_ACROSS = {"yaw", "roll", "x", "across"}
"""Tracks that change their sign with the side."""

_LOOK = ("across", "up", "looking")


class Gesture(NamedTuple):
    """A gesture to be done.

    Attributes
    ----------
    side
        1, or -1 for its mirror image.
    size
        Factor on what the head does.
    """

    name: str
    at_s: float
    strength: float
    side: int = 1
    size: float = 1.0


class Gestures:
    """Does gestures as they come."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._known = -1
        self._near: deque[Gesture] = deque()
        self._last_s: dict[str, float] = {}

    def act(self, window: Window, own: Iterable[Gesture] = ()) -> Acting:
        """Return the gestures' share of each frame; nothing at the first and last frame of all.

        Parameters
        ----------
        own
            What the face does of its own accord, besides the script's directions.
        """
        for direction in window.directions:
            if direction.number > self._known:
                self._known = direction.number
                if direction.name in GESTURES:
                    side = -1 if direction.name in MIRRORED and chance(self._seed, _SIDE, direction.number) < 0.5 else 1
                    size = SIZE[0] + (SIZE[1] - SIZE[0]) * chance(self._seed, _SIZE, direction.number)
                    self._take(Gesture(direction.name, direction.at_s, direction.strength, side, size))
        self._near.extend(own)
        # In the order in which they are begun, whatever was known first: sums must not depend on that.
        near = sorted(g for g in self._near if g.at_s >= window.times_s[0] - LOOK_BACK_S)
        self._near = deque(near)
        acting = no_acting(len(window.times_s))
        for gesture in (g for g in near if g.at_s <= window.times_s[-1] + LOOK_AHEAD_S):
            _play(acting, window.times_s, gesture)
        if near:
            shown = present(window, START_S, END_S)[:, None]
            acting.channels *= shown
            acting.head *= shown
            acting.look *= shown
        return acting

    def _take(self, gesture: Gesture) -> None:
        """Note a gesture; it waits for one of the same name."""
        at_s = max(gesture.at_s, self._last_s.get(gesture.name, -np.inf) + AGAIN_S)
        self._last_s[gesture.name] = at_s
        self._near.append(gesture._replace(at_s=at_s))


def _play(acting: Acting, times_s: NDArray[np.float64], gesture: Gesture) -> None:
    """Add one gesture to the frames."""
    for name, keys in GESTURE[gesture.name].items():
        values = _track(times_s - gesture.at_s, keys)
        if name == "looking":
            acting.look[:, 2] = np.maximum(acting.look[:, 2], values)
            continue
        strength = gesture.strength * (gesture.side if name in _ACROSS else 1)
        if name in _LOOK:
            acting.look[:, _LOOK.index(name)] += strength * values
        elif name in HEAD:
            acting.head[:, HEAD.index(name)] += strength * gesture.size * values
        elif name.startswith("eyeBlink"):
            # Half a wink still shuts the eye.
            acting.channels[:, CHANNEL[_sided(name, gesture)]] += min(1.0, 2 * strength) * values
        else:
            acting.channels[:, CHANNEL[_sided(name, gesture)]] += strength * values


def _sided(name: str, gesture: Gesture) -> str:
    if gesture.side > 0:
        return name
    if name.endswith("Left"):
        return name.removesuffix("Left") + "Right"
    return name.removesuffix("Right") + "Left" if name.endswith("Right") else name


def _track(times_s: NDArray[np.float64], keys: Keys) -> NDArray[np.float64]:
    """Return the values of a track, shape (frames,)."""
    values = np.zeros(len(times_s))
    for (begin_s, before), (end_s, after) in itertools.pairwise(keys):
        t = np.clip((times_s - begin_s) / (end_s - begin_s), 0.0, 1.0)
        # Minimum jerk.
        values += (after - before) * t**3 * (10 - 15 * t + 6 * t * t)
    # What the sum leaves of a gesture that is over must be nothing at all.
    values[(times_s <= keys[0][0]) | (times_s >= keys[-1][0])] = 0.0
    return values
