"""What both readers produce: a flat stream of text runs, pauses and boundaries, ready to be cut into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonoscope.core.script import Direction, Style

PLAIN = Style()
"""How text without markup is spoken."""

MAX_PAUSE_S = 60.0
"""Longest single pause; more is a slip of the unit (``[pause 500]`` for 500 ms)."""

MAX_WHOLE = 300
"""Longest text, alias or pronunciation that is spoken in one piece, in characters; about 20 s."""

_DURATION = re.compile(r"\+?(\d+(?:[.,]\d*)?|[.,]\d+)\s*(ms|s|)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style and voice.

    Attributes
    ----------
    spoken, phonemes
        As in `phonoscope.core.script.Span`; a run that has either is never cut in two.
    speaker
        Who says it; empty for the only speaker.
    """

    text: str
    style: Style = PLAIN
    spoken: str = ""
    phonemes: str = ""
    voice: str = ""
    language: str = ""
    line_number: int = 0
    speaker: str = ""

    @property
    def is_whole(self) -> bool:
        """True when the run must not be cut."""
        return bool(self.spoken or self.phonemes or (self.style.say_as and len(self.text) <= MAX_WHOLE))


@dataclass(frozen=True, slots=True)
class Break:
    """A pause that the author asked for, in seconds; 0 asks for none where there would be one."""

    duration_s: float


@dataclass(frozen=True, slots=True)
class Act:
    """A stage direction, and whose it is."""

    direction: Direction
    line_number: int = 0
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Boundary:
    """A sentence or a paragraph ends here, whatever the punctuation says."""

    is_paragraph: bool


Piece = Run | Break | Act | Boundary


def parse_duration_s(text: str) -> float | None:
    """Return ``500ms``, ``0.5s`` or ``0.5`` in seconds, or None when the text is no duration.

    Examples
    --------
    >>> parse_duration_s("500 ms"), parse_duration_s("1.5"), parse_duration_s("soon")
    (0.5, 1.5, None)
    """
    match = _DURATION.fullmatch(text.strip())
    if not match or len(text) > 20:
        return None
    value = float(match[1].replace(",", "."))
    return value / 1000 if match[2].lower() == "ms" else value
