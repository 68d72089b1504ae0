"""The stream of speech as one timeline: cues in absolute time, of which only the near ones are kept."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Phone, Speech
from phonoscope.performance.ipa import Gesture, gestures
from phonoscope.performance.loudness import LoudnessReference, level_db, openness
from phonoscope.performance.pitch import PitchReference, pitch_hz
from phonoscope.performance.visemes import VOWELS

LOOK_AHEAD_S = 0.9
"""How much is known of what follows a frame: enough for the longest thing that begins before its cause (a question's
brows, .7 s), and for a pause of .8 s to be seen as one."""

LOOK_BACK_S = 3.0
"""How long a cue is kept after its end: longer than anything that follows from it."""

PAUSE_S = 0.299
"""Silence from which on the speaker is taken to pause (0.3 s, however it was added up); shorter ones belong to the flow
of speech."""


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


class Mark(NamedTuple):
    """The end of a sentence, as written: ``.``, ``!`` or ``?``, and when the last word ends in seconds."""

    sign: str
    at_s: float


class SpokenSpan(NamedTuple):
    """Speech without a pause: start and end in seconds."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """Some consecutive frames, and all that is known around them.

    Attributes
    ----------
    first_frame
        Number of the first frame.
    times_s
        Shape (n,): when each frame begins to show.
    fps
        Frames a second.
    cues
        Every cue from `LOOK_BACK_S` before to `LOOK_AHEAD_S` after the frames, in order.
    marks
        Ends of sentences in the same stretch.
    spans
        Speech without pauses, in the same stretch.
    end_s
        When the last frame of the whole performance begins; None while more than `LOOK_AHEAD_S` away.
    """

    first_frame: int
    times_s: NDArray[np.float64]
    fps: Fraction
    cues: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    spans: tuple[SpokenSpan, ...]
    end_s: float | None


class Timeline:
    """Takes pieces of speech in, gives windows of frames out."""

    def __init__(self, fps: Fraction) -> None:
        self.fps = fps
        self._heard_s = Fraction(0)
        self._ended = False
        self._next_frame = 0
        self._loudness = LoudnessReference()
        self._pitch = PitchReference()
        self._last_openness = 1.0
        self._coming: deque[Cue] = deque()
        self._near: deque[Cue] = deque()
        self._marks: deque[Mark] = deque()
        self._spans: deque[SpokenSpan] = deque()

    def add(self, piece: Speech) -> None:
        """Append a piece of speech."""
        offset_s = float(self._heard_s)
        for phone in sorted(piece.phones, key=lambda p: (p.start_s, p.end_s)):
            cue = self._cue(phone, offset_s, piece)
            if cue is not None:
                self._coming.append(cue)
        for word in piece.words:
            text = word.text.rstrip("\"'”’»)]")
            if text.endswith((".", "!", "?", "…", "。", "？", "！", "؟", "।")):
                sign = {"？": "?", "؟": "?"}.get(text[-1], text[-1])
                self._marks.append(Mark(sign, _microseconds(offset_s + word.end_s)))
        self._heard_s += Fraction(len(piece.sound.samples), piece.sound.rate_hz)

    def end(self) -> None:
        """Say that no more speech follows."""
        self._ended = True

    @property
    def frames_ready(self) -> int:
        """Number of frames that can be acted now, after those already taken."""
        heard = self._heard_s if self._ended else self._heard_s - Fraction(LOOK_AHEAD_S)
        total = round(heard * self.fps) if self._ended else math.floor(heard * self.fps) + 1
        return max(0, total - self._next_frame)

    def take(self, frames: int) -> Window:
        """Return the next frames (at most `frames_ready`) with what is around them."""
        first = self._next_frame
        self._next_frame += frames
        numbers = np.arange(first, first + frames, dtype=np.float64)
        times_s = numbers * self.fps.denominator / self.fps.numerator
        self._move(float(times_s[0]), float(times_s[-1]))
        return Window(
            first_frame=first,
            times_s=times_s,
            fps=self.fps,
            cues=tuple(self._near),
            marks=tuple(m for m in self._marks if m.at_s <= times_s[-1] + LOOK_AHEAD_S),
            spans=tuple(self._spans),
            end_s=self._end_s(float(times_s[-1])),
        )

    def _cue(self, phone: Phone, offset_s: float, piece: Speech) -> Cue | None:
        """Return the phone as a cue, or None where there is nothing to see."""
        moves = gestures(phone.ipa)
        start_s = max(0.0, phone.start_s)
        end_s = min(phone.end_s, piece.duration_s)
        if not moves or not start_s < end_s:
            return None
        excess_db = above_semitones = 0.0
        factor = math.sqrt(self._last_openness)
        if any(g.viseme in VOWELS for g in moves):
            level = level_db(piece.sound, start_s, end_s)
            excess_db = self._loudness.compare(level, end_s - start_s)
            above_semitones = self._pitch.compare(pitch_hz(piece.sound, start_s, end_s))
            factor = self._last_openness = openness(excess_db)
        return Cue(
            _microseconds(offset_s + start_s),
            _microseconds(offset_s + end_s),
            moves,
            phone.stress,
            excess_db,
            above_semitones,
            factor,
        )

    def _move(self, first_s: float, last_s: float) -> None:
        """Let cues that come near in, and those long past out."""
        while self._coming and self._coming[0].start_s <= last_s + LOOK_AHEAD_S:
            cue = self._coming.popleft()
            self._near.append(cue)
            self._join(cue)
        while self._near and self._near[0].end_s < first_s - LOOK_BACK_S:
            self._near.popleft()
        while self._marks and self._marks[0].at_s < first_s - LOOK_BACK_S:
            self._marks.popleft()
        while self._spans and self._spans[0].end_s < first_s - LOOK_BACK_S:
            self._spans.popleft()

    def _join(self, cue: Cue) -> None:
        """Let a cue continue the last span, or begin a new one after a pause."""
        if self._spans and cue.start_s - self._spans[-1].end_s < PAUSE_S:
            last = self._spans[-1]
            self._spans[-1] = SpokenSpan(last.start_s, max(last.end_s, cue.end_s))
        else:
            self._spans.append(SpokenSpan(cue.start_s, cue.end_s))

    def _end_s(self, last_s: float) -> float | None:
        """Return when the last frame of all begins, if that is near enough to be known in every way of cutting."""
        if not self._ended:
            return None
        end_s = float(max(0, round(self._heard_s * self.fps) - 1) / self.fps)
        return end_s if end_s <= last_s + LOOK_AHEAD_S else None


def _microseconds(time_s: float) -> float:
    """Round to whole microseconds, so that a time is the same however its piece was cut."""
    return math.floor(time_s * 1e6 + 0.501) / 1e6
