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
from phonoscope.performance.cues import LONE_LATE_S, PAUSE_S, Cue, CueMaker, microseconds
from phonoscope.performance.hints import REACH_S, Hints
from phonoscope.performance.inhalation import LONGEST_S, Inhalation, Levels, find_inhalation

LOOK_AHEAD_S = LONGEST_S + LONE_LATE_S
"""How much is known of what follows a frame, 1.3 s: enough for the longest thing that begins before its cause (a breath
is one because speech follows), and for that cause to be known late."""

HINTS_S = REACH_S + 0.1
"""How much evidence is wanted around a frame: what is smoothed over, and the lips' lead."""

LOOK_BACK_S = 3.0
"""How long a cue is kept after its end: longer than anything that follows from it."""


class Mark(NamedTuple):
    """The end of a sentence, as written: ``.``, ``!`` or ``?``, and when the last word ends in seconds."""

    sign: str
    at_s: float


class Cued(NamedTuple):
    """A stage direction for this face, in absolute time.

    Attributes
    ----------
    number
        How many came before.
    """

    at_s: float
    number: int
    name: str
    strength: float


class SpokenSpan(NamedTuple):
    """Speech without a pause: start and end in seconds."""

    start_s: float
    end_s: float


class HeardSpan(NamedTuple):
    """Speech of somebody else without a pause: start and end in seconds, and whose it is."""

    start_s: float
    end_s: float
    speaker: str


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
    inhalations
        Breaths heard before speech, in the same stretch.
    hints
        From `Hints.near`, about the same stretch.
    first_speech_s
        When the first speech of all begins; None while it is more than `LOOK_AHEAD_S` away.
    end_s
        When the last frame of the whole performance begins; None while more than `LOOK_AHEAD_S` away.
    directions
        Stage directions for this face, in the same stretch.
    heard
        What others say, in the same stretch.
    """

    first_frame: int
    times_s: NDArray[np.float64]
    fps: Fraction
    cues: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    spans: tuple[SpokenSpan, ...]
    inhalations: tuple[Inhalation, ...]
    hints: tuple[NDArray[np.float64], NDArray[np.float64]]
    first_speech_s: float | None
    end_s: float | None
    directions: tuple[Cued, ...] = ()
    heard: tuple[HeardSpan, ...] = ()


class Timeline:
    """Takes pieces of speech in, gives windows of frames out.

    Parameters
    ----------
    speaker
        Whose lines this face speaks; all others are heard only. Empty for all lines.
    """

    def __init__(self, fps: Fraction, speaker: str = "") -> None:
        self.fps = fps
        self._speaker = speaker
        self._heard_s = Fraction(0)
        self._ended = False
        self._next_frame = 0
        self._maker = CueMaker()
        self._levels = Levels()
        self._hints = Hints()
        self._spoken_s = 0.0
        self._first_s: float | None = None
        self._coming: deque[Cue] = deque()
        self._near: deque[Cue] = deque()
        self._marks: deque[Mark] = deque()
        self._spans: deque[SpokenSpan] = deque()
        self._inhalations: deque[Inhalation] = deque()
        self._directed = 0
        self._directions: deque[Cued] = deque()
        self._overheard: deque[HeardSpan] = deque()
        self._heard: deque[HeardSpan] = deque()

    def add(self, piece: Speech) -> None:
        """Append a piece of speech."""
        offset_s = float(self._heard_s)
        self._levels.push(piece.sound)
        for phone in sorted(piece.phones, key=lambda p: (p.start_s, p.end_s)):
            speaker = speaker_at(piece, 0.5 * (phone.start_s + phone.end_s))
            if self._is_mine(speaker):
                for cue in self._maker.cues(phone, piece.sound, offset_s):
                    self._listen_for_breath(cue)
                    self._coming.append(cue)
            else:
                self._overhear(phone, speaker, piece.sound.duration_s, offset_s)
        self._levels.forget()
        for direction in piece.directions:
            if self._is_mine(direction.speaker):
                at_s = microseconds(offset_s + direction.at_s)
                self._directions.append(Cued(at_s, self._directed, direction.name, direction.strength))
                self._directed += 1
        if piece.evidence is not None:
            self._hints.add(piece.evidence, offset_s)
        for word in piece.words:
            if not self._is_mine(speaker_at(piece, 0.5 * (word.start_s + word.end_s))):
                continue
            text = word.text.rstrip("\"'”’»)]")
            if text.endswith((".", "!", "?", "…", "。", "？", "！", "؟", "।")):
                sign = {"？": "?", "؟": "?"}.get(text[-1], text[-1])
                self._marks.append(Mark(sign, microseconds(offset_s + word.end_s)))
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
            inhalations=tuple(i for i in self._inhalations if i.end_s <= times_s[-1] + LOOK_AHEAD_S),
            hints=self._hints.near(times_s[0] - HINTS_S, times_s[-1] + HINTS_S),
            first_speech_s=self._first_s,
            end_s=self._end_s(float(times_s[-1])),
            directions=tuple(d for d in self._directions if d.at_s <= times_s[-1] + LOOK_AHEAD_S),
            heard=tuple(self._heard),
        )

    def _is_mine(self, speaker: str) -> bool:
        """Tell whether something of a speaker is for this face to do."""
        return not self._speaker or speaker == self._speaker

    def _overhear(self, phone: Phone, speaker: str, until_s: float, offset_s: float) -> None:
        """Note what somebody else says."""
        start_s, end_s = max(0.0, phone.start_s), min(phone.end_s, until_s)
        if start_s < end_s:
            span = HeardSpan(microseconds(offset_s + start_s), microseconds(offset_s + end_s), speaker)
            self._overheard.append(span)
            self._spoken_s = max(self._spoken_s, span.end_s)

    def _listen_for_breath(self, cue: Cue) -> None:
        """Note the breath that was drawn for what begins with this cue."""
        if cue.start_s - self._spoken_s >= PAUSE_S:
            inhalation = find_inhalation(self._levels, self._spoken_s, cue.start_s)
            if inhalation is not None:
                self._inhalations.append(inhalation)
        self._spoken_s = max(self._spoken_s, cue.end_s)

    def _move(self, first_s: float, last_s: float) -> None:
        """Let cues that come near in, and those long past out."""
        while self._coming and self._coming[0].start_s <= last_s + LOOK_AHEAD_S:
            cue = self._coming.popleft()
            self._near.append(cue)
            self._join(cue)
        while self._near and self._near[0].end_s < first_s - LOOK_BACK_S:
            self._near.popleft()
        while self._overheard and self._overheard[0].start_s <= last_s + LOOK_AHEAD_S:
            self._join_heard(self._overheard.popleft())
        while self._heard and self._heard[0].end_s < first_s - LOOK_BACK_S:
            self._heard.popleft()
        while self._directions and self._directions[0].at_s < first_s - LOOK_BACK_S:
            self._directions.popleft()
        while self._marks and self._marks[0].at_s < first_s - LOOK_BACK_S:
            self._marks.popleft()
        while self._spans and self._spans[0].end_s < first_s - LOOK_BACK_S:
            self._spans.popleft()
        self._hints.forget(first_s - HINTS_S)
        while self._inhalations and self._inhalations[0].end_s < first_s - LOOK_BACK_S:
            self._inhalations.popleft()

    def _join(self, cue: Cue) -> None:
        """Let a cue continue the last span, or begin a new one after a pause."""
        if self._spans and cue.start_s - self._spans[-1].end_s < PAUSE_S:
            last = self._spans[-1]
            self._spans[-1] = SpokenSpan(last.start_s, max(last.end_s, cue.end_s))
        else:
            self._spans.append(SpokenSpan(cue.start_s, cue.end_s))
            self._first_s = cue.start_s if self._first_s is None else self._first_s

    def _join_heard(self, span: HeardSpan) -> None:
        """Let what somebody says continue their last span, or begin a new one after a pause."""
        last = self._heard[-1] if self._heard else None
        if last is not None and last.speaker == span.speaker and span.start_s - last.end_s < PAUSE_S:
            self._heard[-1] = last._replace(end_s=max(last.end_s, span.end_s))
        else:
            self._heard.append(span)

    def _end_s(self, last_s: float) -> float | None:
        """Return when the last frame of all begins, if that is near enough to be known in every way of cutting."""
        if not self._ended:
            return None
        end_s = float(max(0, round(self._heard_s * self.fps) - 1) / self.fps)
        return end_s if end_s <= last_s + LOOK_AHEAD_S else None


def speaker_at(piece: Speech, time_s: float) -> str:
    """Return who speaks at a time within a piece of speech; empty where nobody is named."""
    return next((span.speaker for span in piece.speakers if span.start_s <= time_s < span.end_s), "")
