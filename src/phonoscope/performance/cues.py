"""Phones → cues: what the mouth does, and how loud and how high the voice is on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from phonoscope.core.sound import Sound
from phonoscope.core.speech import Phone
from phonoscope.performance.ipa import Gesture, gestures
from phonoscope.performance.loudness import LoudnessReference, level_db, openness
from phonoscope.performance.pitch import PitchReference, pitch_hz
from phonoscope.performance.visemes import VOWELS

PAUSE_S = 0.299
"""Silence from which on the speaker is taken to pause (0.3 s, however it was added up); shorter ones belong to the flow
of speech."""

LONE_S = 0.06
"""Phones that stand alone between two pauses and last less than this together are no speech but a knock or a click that
was taken for it: the lips stay at rest."""

LONE_LATE_S = PAUSE_S + LONE_S
"""How long it may take until it is known that a cue does not stand alone."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phone in absolute time, with what the mouth does and how loud it is.

    Attributes
    ----------
    start_s, end_s
        Seconds from the start of the performance.
    gestures
        Visemes in order.
    stress
        As in `Phone`.
    excess_db
        Level of a vowel above the speaker's usual level; 0 for a consonant.
    above_semitones
        Pitch of a vowel above the speaker's usual pitch; 0 for a consonant, and where there is none.
    openness
        Factor on how far the mouth opens, from loudness.
    """

    start_s: float
    end_s: float
    gestures: tuple[Gesture, ...]
    stress: int
    excess_db: float
    above_semitones: float
    openness: float

    @property
    def is_vowel(self) -> bool:
        """Whether the phone opens with the voice."""
        return any(g.viseme in VOWELS for g in self.gestures)

    @property
    def middle_s(self) -> float:
        """Half-way between start and end."""
        return 0.5 * (self.start_s + self.end_s)


class CueMaker:
    """Turns phones into cues, one after the other, and knows how the speaker has sounded so far."""

    def __init__(self) -> None:
        self._loudness = LoudnessReference()
        self._pitch = PitchReference()
        self._last_openness = 1.0
        self._island: list[Cue] = []
        self._island_s = 0.0
        self._last_end_s = -math.inf

    def cues(self, phone: Phone, sound: Sound, offset_s: float) -> list[Cue]:
        """Return the cues that are certain now that one more phone is known: none, the phone's, or earlier ones too.

        Parameters
        ----------
        sound
            What the phone is heard in.
        offset_s
            When that sound begins.
        """
        cue = self._cue(phone, sound, offset_s)
        if cue is None:
            return []
        if cue.start_s - self._last_end_s >= PAUSE_S:
            self._island, self._island_s = [], 0.0
        self._last_end_s = max(self._last_end_s, cue.end_s)
        self._island.append(cue)
        self._island_s += cue.end_s - cue.start_s
        if self._island_s < LONE_S:
            return []
        certain, self._island = self._island, []
        return certain

    def _cue(self, phone: Phone, sound: Sound, offset_s: float) -> Cue | None:
        """Return the phone as a cue, or None where there is nothing to see."""
        moves = gestures(phone.ipa)
        start_s = max(0.0, phone.start_s)
        end_s = min(phone.end_s, sound.duration_s)
        if not moves or not start_s < end_s:
            return None
        excess_db = above_semitones = 0.0
        factor = math.sqrt(self._last_openness)
        if any(g.viseme in VOWELS for g in moves):
            level = level_db(sound, start_s, end_s)
            excess_db = self._loudness.compare(level, end_s - start_s)
            above_semitones = self._pitch.compare(pitch_hz(sound, start_s, end_s))
            factor = self._last_openness = openness(excess_db)
        return Cue(
            microseconds(offset_s + start_s),
            microseconds(offset_s + end_s),
            moves,
            phone.stress,
            excess_db,
            above_semitones,
            factor,
        )


def microseconds(time_s: float) -> float:
    """Round to whole microseconds, so that a time is the same however its piece was cut."""
    return math.floor(time_s * 1e6 + 0.501) / 1e6
