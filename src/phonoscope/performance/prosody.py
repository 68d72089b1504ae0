"""Where the speaker puts weight: accents, found from stress, loudness, pitch and length."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

import numpy as np

from phonoscope.performance.cues import Cue
from phonoscope.performance.noise import chance
from phonoscope.performance.timeline import LOOK_BACK_S, Window

STRESS_WEIGHT = {0: 0.0, 1: 0.45, 2: 0.15}
"""What stress says about an accent."""

UNMARKED_WEIGHT = 0.42
UNMARKED_AFTER = 8
"""What every vowel is given instead where nobody marked stress, as in a recognised voice: loudness, pitch and length
must then decide. No speaker of a language with stress says so many vowels without any."""

LOUD_WEIGHT_PER_DB = 0.06
LOUD_LIMITS = (-0.3, 0.4)
"""What a vowel's level above the usual one says."""

PITCH_WEIGHT_PER_SEMITONE = 0.05
PITCH_LIMITS = (-0.2, 0.3)
"""What a vowel's pitch above the usual one says."""

LENGTH_WEIGHT_PER_OCTAVE = 0.2
LENGTH_LIMITS = (-0.2, 0.3)
"""What a vowel's length against the usual one says: accents stretch it."""

ORDINARY_VOWEL_S = 0.09
RATE_MEMORY = 24
"""Length taken for usual before any vowel was heard, and number of vowels over which it is remembered: who speaks fast
has short accents too."""

CHANCE_WEIGHT = 0.15
"""Two speakers do not stress the same words."""

THRESHOLD = 0.55
SPACING_S = 0.7
"""At most one accent in this time: only some of the stressed syllables move the head (Graf et al. 2002)."""

_STREAM = 10


class Accent(NamedTuple):
    """A weighty syllable.

    Attributes
    ----------
    at_s
        Middle of its vowel.
    strength
        In [0, 1].
    number
        How many accents came before.
    """

    at_s: float
    strength: float
    number: int


class Accents:
    """Finds the accents of the speech as it comes; each decision looks back only."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._heard_s = -1.0
        self._vowels = 0
        self._found = 0
        self._unmarked = UNMARKED_AFTER
        self._usual_length = math.log2(ORDINARY_VOWEL_S)
        self._near: deque[Accent] = deque()

    def find(self, window: Window) -> tuple[Accent, ...]:
        """Return the accents around the window."""
        for cue in window.cues:
            if cue.start_s > self._heard_s:
                self._heard_s = cue.start_s
                if cue.is_vowel:
                    self._weigh(cue)
        while self._near and self._near[0].at_s < window.times_s[0] - LOOK_BACK_S:
            self._near.popleft()
        return tuple(self._near)

    def _weigh(self, cue: Cue) -> None:
        self._vowels += 1
        self._unmarked = 0 if cue.stress else self._unmarked + 1
        weight = (
            (UNMARKED_WEIGHT if self._unmarked >= UNMARKED_AFTER else STRESS_WEIGHT.get(cue.stress, 0.0))
            + float(np.clip(LOUD_WEIGHT_PER_DB * cue.excess_db, *LOUD_LIMITS))
            + float(np.clip(PITCH_WEIGHT_PER_SEMITONE * cue.above_semitones, *PITCH_LIMITS))
            + float(np.clip(LENGTH_WEIGHT_PER_OCTAVE * self._lengthening(cue), *LENGTH_LIMITS))
            + CHANCE_WEIGHT * (2 * chance(self._seed, _STREAM, self._vowels) - 1)
        )
        if weight < THRESHOLD or (self._near and cue.middle_s - self._near[-1].at_s < SPACING_S):
            return
        self._near.append(Accent(cue.middle_s, min(1.0, (weight - THRESHOLD) / (1 - THRESHOLD)), self._found))
        self._found += 1

    def _lengthening(self, cue: Cue) -> float:
        """Return by how many octaves a vowel is longer than usual, then remember it."""
        length = math.log2(max(cue.end_s - cue.start_s, 0.01))
        longer = length - self._usual_length
        self._usual_length += longer / RATE_MEMORY
        return longer
