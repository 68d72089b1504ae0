"""Expressions of the face: what it shows from one place of the script to the next.

Targets are those of the Facial Action Coding System (Ekman, Friesen & Hager 2002, Investigator's Guide) in
ARKit's channels: happiness is AU 6+12, sadness 1+4+15 (+17), anger 4+5+7+23, surprise 1+2+5+26. Each is as strong as
people show it while they talk, not as posed for a photograph.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD
from phonoscope.core.script import EXPRESSIONS
from phonoscope.performance.acting import Acting, no_acting
from phonoscope.performance.easing import bump, ease, present
from phonoscope.performance.noise import chance, drift
from phonoscope.performance.prosody import Accent
from phonoscope.performance.timeline import LOOK_BACK_S, Window

LEAD_S = 0.20
"""A face changes before the word that it is for."""

BREATHING, BREATHING_HZ = 0.14, 0.13
"""No expression is frozen: its strength wanders by so much, slowly."""

EMPHASIS, EMPHASIS_HALF_S = 0.22, 0.38
"""An accent strengthens it by so much, for so long before and after."""

ASYMMETRY = (0.02, 0.07)
"""By how much the person's left side is stronger than the mean, and the right one weaker (Sackeim et al. 1978: emotions
are expressed more intensely on the left side of the face)."""

START_S, END_S = 0.4, 0.5
"""Time in which the photograph is left, and comes back."""

_SIDE, _BREATH = 110, 111


@dataclass(frozen=True, slots=True)
class Expression:
    """One row of `EXPRESSION`.

    Attributes
    ----------
    both
        Channels that the face has twice, without ``Left`` and ``Right``.
    single
        Channels that it has once. ``mouthRest``: how far the photographed mouth gives way to a closed one; a smile only
        adds to what was photographed, a sad or angry mouth must not show the teeth of a smile.
    head
        Posture: see `HEAD`.
    energy
        Factor on the head's movement: about twice as much in joy and anger as in calm speech, less in sadness (Busso et
        al. 2007, "Rigid head motion in expressive speech animation").
    onset_s
        Time until it is there. Joy comes in about half a second (Schmidt et al. 2003), surprise at once.
    settles
        Share that is left after `SETTLE_S`: surprise is the briefest of all.
    """

    both: Mapping[str, float] = field(default_factory=dict)
    single: Mapping[str, float] = field(default_factory=dict)
    head: tuple[float, float, float, float, float] = (0, 0, 0, 0, 0)
    energy: float = 1.0
    onset_s: float = 0.5
    settles: float = 1.0


SETTLE_S = (0.9, 2.2)
"""From when to when an expression settles."""

EXPRESSION: Mapping[str, Expression] = {
    "neutral": Expression(),
    "happy": Expression(
        {"mouthSmile": 0.68, "mouthDimple": 0.14, "cheekSquint": 0.50, "eyeSquint": 0.22, "browOuterUp": 0.06},
        {"browInnerUp": 0.05},
        (0.0, 0.5, 0.7, 0.0, 0.0),
        energy=1.25,
        onset_s=0.5,
    ),
    "sad": Expression(
        {"mouthFrown": 0.64, "browDown": 0.24, "eyeSquint": 0.12, "eyeBlink": 0.10},
        {"browInnerUp": 0.72, "mouthShrugLower": 0.28, "mouthRest": 1.0},
        (0.0, -1.8, 1.0, 0.0, 0.004),
        energy=0.6,
        onset_s=0.6,
    ),
    "angry": Expression(
        {
            "browDown": 0.82,
            "eyeWide": 0.28,
            "eyeSquint": 0.34,
            "noseSneer": 0.22,
            "mouthPress": 0.35,
            "mouthFrown": 0.2,
        },
        {"mouthRollLower": 0.12, "mouthRollUpper": 0.15, "mouthRest": 1.0},
        (0.0, -1.4, 0.0, 0.0, 0.0),
        energy=1.3,
        onset_s=0.35,
    ),
    "surprised": Expression(
        {"browOuterUp": 0.78, "eyeWide": 0.68},
        {"browInnerUp": 0.82, "jawOpen": 0.38, "lipGap": 0.048, "mouthFunnel": 0.4, "mouthRest": 1.0},
        (0.0, 1.3, 0.0, 0.0, -0.004),
        energy=1.1,
        onset_s=0.3,
        settles=0.55,
    ),
    "calm": Expression(
        {"eyeBlink": 0.07, "mouthSmile": 0.18, "cheekSquint": 0.05},
        {"browInnerUp": 0.04},
        energy=0.65,
        onset_s=0.6,
    ),
    "excited": Expression(
        {"mouthSmile": 0.70, "mouthDimple": 0.12, "cheekSquint": 0.40, "browOuterUp": 0.34, "eyeWide": 0.30},
        {"browInnerUp": 0.30},
        (0.0, 0.9, 0.0, 0.0, -0.003),
        energy=1.6,
        onset_s=0.4,
        settles=0.85,
    ),
}
"""What each expression looks like at strength 1."""

_OPENING = ("jawOpen", "lipGap", "mouthFunnel")
"""What settles to nothing: a jaw that stays down looks simple-minded."""


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """From `at_s` on the face goes to `targets` within `onset_s`: channels, then head, then energy - 1."""

    at_s: float
    onset_s: float
    targets: NDArray[np.float64]


class Expressions:
    """Goes from one expression to the next."""

    def __init__(self, seed: int, expression: str, strength: float) -> None:
        self._seed = seed
        self._known = -1
        low, high = ASYMMETRY
        self._left = low + (high - low) * chance(seed, _SIDE, 0)
        self._changes: deque[_Change] = deque([_Change(-10.0, 0.1, _targets("neutral", 0.0, False))])
        if expression != "neutral":
            self._begin(expression, strength, 0.0)

    def act(self, window: Window, accents: tuple[Accent, ...]) -> Acting:
        """Return the expression's share of each frame; nothing at the first and last frame of all."""
        for direction in window.directions:
            if direction.number > self._known:
                self._known = direction.number
                if direction.name in EXPRESSIONS:
                    self._begin(direction.name, direction.strength, direction.at_s - LEAD_S)
        while len(self._changes) > 2 and self._changes[1].at_s < window.times_s[0] - LOOK_BACK_S:
            self._changes.popleft()
        acting = no_acting(len(window.times_s))
        if len(self._changes) == 1 and not self._changes[0].targets.any():
            return acting
        shown = self._shown(window.times_s) * present(window, START_S, END_S)[:, None]
        count = len(CHANNELS)
        acting.channels = shown[:, :count] * self._gains(window, accents)
        acting.head = shown[:, count : count + len(HEAD)]
        acting.energy = shown[:, -1] + 1.0
        return acting

    def _begin(self, name: str, strength: float, at_s: float) -> None:
        """Begin an expression; one that has yet to settle does not settle any more."""
        while self._changes[-1].at_s > at_s:
            self._changes.pop()
        row = EXPRESSION[name]
        self._changes.append(_Change(at_s, row.onset_s, _targets(name, strength, False)))
        if row.settles < 1:
            length_s = SETTLE_S[1] - SETTLE_S[0]
            self._changes.append(_Change(at_s + SETTLE_S[0], length_s, _targets(name, strength, True)))

    def _shown(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        shown = np.zeros((len(times_s), len(self._changes[0].targets)))
        shown[:] = self._changes[0].targets
        changes = list(self._changes)
        for before, after in itertools.pairwise(changes):
            taken = ease(times_s, after.at_s, after.at_s + after.onset_s)
            shown += taken[:, None] * (after.targets - before.targets)
        return shown

    def _gains(self, window: Window, accents: tuple[Accent, ...]) -> NDArray[np.float64]:
        """Return the factor on each channel over time, shape (frames, len(CHANNELS))."""
        times_s = window.times_s
        gain = 1 + BREATHING * np.asarray(np.clip(drift(self._seed, _BREATH, BREATHING_HZ, times_s), -2, 2))
        for accent in accents:
            gain = gain + EMPHASIS * accent.strength * bump(times_s, accent.at_s, EMPHASIS_HALF_S)
        gains = np.repeat(gain[:, None], len(CHANNELS), axis=1)
        lean = self._left * (1 + 0.4 * np.clip(drift(self._seed, _BREATH + 1, BREATHING_HZ, times_s), -2, 2))
        for column, name in enumerate(CHANNELS):
            if name.endswith("Left"):
                gains[:, column] *= 1 + lean
            elif name.endswith("Right"):
                gains[:, column] *= 1 - lean
            elif name == "mouthRest":
                gains[:, column] = 1.0
        return gains


def _targets(name: str, strength: float, is_settled: bool) -> NDArray[np.float64]:
    """Return an expression as one vector: channels, head, energy - 1."""
    row = EXPRESSION[name]
    vector = np.zeros(len(CHANNELS) + len(HEAD) + 1)
    for channel, value in row.both.items():
        vector[CHANNEL[f"{channel}Left"]] = vector[CHANNEL[f"{channel}Right"]] = value
    for channel, value in row.single.items():
        vector[CHANNEL[channel]] = value
    if is_settled:
        hide = vector[CHANNEL["mouthRest"]] if not row.single.get("lipGap") else 0.0
        vector[: len(CHANNELS)] *= row.settles
        vector[[CHANNEL[channel] for channel in _OPENING]] = 0.0
        vector[CHANNEL["mouthRest"]] = hide
    vector[len(CHANNELS) : -1] = row.head
    vector[-1] = row.energy - 1
    hidden = vector[CHANNEL["mouthRest"]]
    vector *= strength
    # Half a frown hides a smile's teeth as much as a whole one.
    vector[CHANNEL["mouthRest"]] = hidden * min(1.0, 2 * strength)
    return vector
