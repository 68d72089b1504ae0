"""Breaths that can be heard: a speaker draws air through parted lips just before speaking on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound

STEP_S = 0.02
"""Time between two levels."""

APART_HZ = 16_000
"""Samples are compared with those before by this much, whatever the rate: a breath hisses at 1 to 6 kHz."""

LONGEST_S = 0.9
"""Most time between a breath's start and the speech that it is for; what lasts longer is noise or music."""

SHORTEST_S = 0.16
"""Least of it that is heard: a click of the lips or a knock is shorter."""

QUIET_S = 0.2
"""Time before it in which nothing is heard: without that, a breath is not told from the end of the last sound."""

WEIGH_S = 2.5
"""How much of the pause is taken for the quiet behind the breath."""

QUIET_SHARE = 0.2
"""Share of that time which is at most as loud as the quiet."""

ABOVE_QUIET_DB = 6.0
"""A breath is this much louder than the quiet."""

HOLE_S = 0.12
"""A breath may be interrupted this long: it hisses unevenly."""

HELD_S = 0.24
"""It may end this long before the speech: the lips may have to close first, for a p, b or m."""

FLOOR_DB = -100.0
"""Level of silence."""


class Inhalation(NamedTuple):
    """A breath heard before speech, in seconds; it ends where the speech begins."""

    start_s: float
    end_s: float


KEEP_S = WEIGH_S + 1.0
"""How much is remembered of the sound before a piece of speech: `WEIGH_S`, and what `cues.LONE_LATE_S` may add."""


class Levels:
    """How loud the hiss in a stream of sound is, step by step.

    The levels are those of the differences between near samples: hum and rumble hardly count, breath does.
    """

    def __init__(self) -> None:
        self._rest = np.zeros(0)
        self._before = np.zeros(0)
        self._hop = 0
        self._step_s = STEP_S
        self._levels = np.zeros(0)
        self._first = 0

    def push(self, sound: Sound) -> None:
        """Hear the next piece of sound; all pieces have one rate."""
        if not len(sound.samples):
            return
        if not self._hop:
            self._hop = max(1, round(STEP_S * sound.rate_hz))
            self._step_s = self._hop / sound.rate_hz
        mixed = sound.samples if sound.samples.ndim == 1 else sound.samples.mean(axis=1)
        mono = np.nan_to_num(mixed.astype(np.float64), posinf=0.0, neginf=0.0)
        apart = max(1, round(sound.rate_hz / APART_HZ))
        before = self._before if len(self._before) else np.repeat(mono[:1], apart)
        mono = np.concatenate((before, mono))
        self._before = mono[-apart:]
        hiss = np.concatenate((self._rest, mono[apart:] - mono[:-apart]))
        steps = len(hiss) // self._hop
        self._rest = hiss[steps * self._hop :]
        power = np.square(hiss[: steps * self._hop]).reshape(steps, self._hop).mean(axis=1)
        self._levels = np.concatenate((self._levels, 10 * np.log10(power + 10 ** (FLOOR_DB / 10))))

    def forget(self) -> None:
        """Keep the last `KEEP_S` only."""
        spare = max(0, len(self._levels) - round(KEEP_S / self._step_s))
        self._levels = self._levels[spare:].copy()
        self._first += spare

    def between(self, start_s: float, end_s: float) -> tuple[NDArray[np.float64], float]:
        """Return the levels in dB of the steps that lie within, and when the first of them starts."""
        first = max(self._first, int(np.ceil(start_s / self._step_s - 1e-6)))
        last = max(first, int(end_s / self._step_s + 1e-6))
        return self._levels[first - self._first : last - self._first], first * self._step_s


def find_inhalation(levels: Levels, silent_from_s: float, speech_s: float) -> Inhalation | None:
    """Return the breath before speech, if one is heard.

    Parameters
    ----------
    levels
        Levels that reach to the speech's start.
    silent_from_s
        When the speech before ended.
    speech_s
        When the speech begins.
    """
    heard, first_s = levels.between(max(silent_from_s, speech_s - WEIGH_S), speech_s)
    if len(heard) * STEP_S < QUIET_S + SHORTEST_S:
        return None
    loud = np.flatnonzero(heard > np.quantile(heard, QUIET_SHARE) + ABOVE_QUIET_DB)
    if not len(loud) or (len(heard) - 1 - loud[-1]) * STEP_S > HELD_S:
        return None
    # Back from its end, to where it was interrupted for longer.
    gaps = np.flatnonzero(np.diff(loud) * STEP_S > HOLE_S + STEP_S + 1e-9)
    loud = loud[gaps[-1] + 1 :] if len(gaps) else loud
    start_s = float(loud[0]) * STEP_S
    if len(loud) * STEP_S < SHORTEST_S or start_s < QUIET_S or len(heard) * STEP_S - start_s > LONGEST_S:
        return None
    return Inhalation(first_s + start_s, speech_s)
