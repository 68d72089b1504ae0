"""A script: what is to be said, by whom, and how."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """How a span is spoken.

    Attributes
    ----------
    rate
        Speed, as a factor of the voice's own (1.0).
    pitch
        Pitch, as a factor of the voice's own (1.0).
    volume_db
        Loudness, in dB above the voice's own.
    emphasis
        ``""``, ``strong``, ``moderate``, ``reduced`` or ``none`` (SSML 1.1).
    say_as
        SSML's ``interpret-as``: ``characters``, ``digits``, ``ordinal`` …; empty for ordinary text.
    """

    rate: float = 1.0
    pitch: float = 1.0
    volume_db: float = 0.0
    emphasis: str = ""
    say_as: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Some text in one style.

    Attributes
    ----------
    text
        What is written, and what captions show, with the spaces that separate it from its neighbours.
    spoken
        What is said instead (SSML ``sub``); empty to say `text`.
    phonemes
        IPA pronunciation to be used instead of the text's own (SSML ``phoneme``); empty for none.
    """

    text: str
    style: Style = Style()
    spoken: str = ""
    phonemes: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence of a given length in seconds."""

    duration_s: float


EXPRESSIONS = ("neutral", "happy", "sad", "angry", "surprised", "calm", "excited")
"""What a face may express from one place of a script to the next, or throughout."""

GESTURES = (
    "nod", "shake", "tilt", "smile", "laugh", "wink", "blink", "raise brows", "frown",
    "look left", "look right", "look up", "look down", "look away",
)  # fmt: skip
"""What a face may do once, at a place of a script. Left and right are the viewer's, as in the picture."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A stage direction: what the face does, or expresses from here on.

    Attributes
    ----------
    name
        One of `EXPRESSIONS` or `GESTURES`.
    strength
        0 to 1.5; 1 is natural.
    """

    name: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """About one sentence: what is synthesised at a time. Its voice and language never change inside.

    Attributes
    ----------
    parts
        Spans, pauses and stage directions in order.
    speaker
        Name of who speaks; empty for the only speaker.
    voice, language
        As written in the script (``voice``, ``lang``, ``xml:lang``); empty for the defaults.
    line_number
        Line of the script where it begins, from 1; for messages.
    """

    parts: tuple[Span | Pause | Direction, ...]
    speaker: str = ""
    voice: str = ""
    language: str = ""
    line_number: int = 0

    @property
    def text(self) -> str:
        """The words as written, without pauses."""
        return "".join(part.text for part in self.parts if isinstance(part, Span)).strip()


@dataclass(frozen=True, slots=True)
class Script:
    """Lines in the order in which they are spoken."""

    lines: tuple[Line, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names of those who speak, in order of appearance; none in a script without names."""
        return tuple(dict.fromkeys(line.speaker for line in self.lines if line.speaker))

    @property
    def characters(self) -> int:
        """Number of written characters, the unit in which progress is counted."""
        return sum(len(line.text) for line in self.lines)
