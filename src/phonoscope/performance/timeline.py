"""The stream of speech as one timeline: cues in absolute time, of which only the near ones are kept."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.speech import Speech
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
    inhalations
        Breaths heard before speech, in the same stretch.
    hints
        From `Hints.near`, about the same stretch.
    first_speech_s
        When the first speech of all begins; None while it is more than `LOOK_AHEAD_S` away.
    end_s
        When the last frame of the whole performance begins; None while more than `LOOK_AHEAD_S` away.
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


class Timeline:
    """Takes pieces of speech in, gives windows of frames out."""

    def __init__(self, fps: Fraction) -> None:
        self.fps = fps
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

    def add(self, piece: Speech) -> None:
        """Append a piece of speech."""
        offset_s = float(self._heard_s)
        self._levels.push(piece.sound)
        for phone in sorted(piece.phones, key=lambda p: (p.start_s, p.end_s)):
            for cue in self._maker.cues(phone, piece.sound, offset_s):
                self._listen_for_breath(cue)
                self._coming.append(cue)
        self._levels.forget()
        if piece.evidence is not None:
            self._hints.add(piece.evidence, offset_s)
        for word in piece.words:
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
        )

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

    def _end_s(self, last_s: float) -> float | None:
        """Return when the last frame of all begins, if that is near enough to be known in every way of cutting."""
        if not self._ended:
            return None
        end_s = float(max(0, round(self._heard_s * self.fps) - 1) / self.fps)
        return end_s if end_s <= last_s + LOOK_AHEAD_S else None
