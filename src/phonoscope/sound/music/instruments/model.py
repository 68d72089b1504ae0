"""What an instrument is to the one who plays it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from phonoscope.sound.synthesis.waves import Wave

Tone = Callable[[float, float, float, np.random.Generator], Wave]
"""Pitch in hertz, force 0 to 1, seconds that are needed, randomness → the note, shape (n,) or (2, n)."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument.

    Attributes
    ----------
    tone
        Sounds one note, which dies away by itself unless `endless`.
    release_s
        How fast a note ends when it is let go.
    attack_s
        How slowly it begins; only for what is blown, bowed or endless.
    endless
        Whether the tone is a stretch to be read round and round.
    takes
        How many unlike recordings of a note take turns, so that repeated notes are not the same.
    width
        How far low notes stand left and high notes right, as at a keyboard, 0 to 1.
    """

    tone: Tone
    release_s: float
    attack_s: float = 0.0
    endless: bool = False
    takes: int = 1
    width: float = 0.0
