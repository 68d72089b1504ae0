"""How a whole script is spoken, and what an engine must be able to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink
from phonoscope.core.script import Line
from phonoscope.core.speech import Speech
from phonoscope.speech.voices import Voice

LIMITS = {"rate": (0.5, 3.0), "pitch": (0.5, 2.0), "volume": (0.0, 2.0), "pauses": (0.0, 4.0)}
"""Lowest and highest value of each factor: beyond them espeak-ng's voices can no longer be understood."""


@dataclass(frozen=True, slots=True)
class SpeakOptions:
    """How a whole script is spoken. Factors multiply what the script itself asks for.

    Attributes
    ----------
    voice
        Any request that `find_voice` understands; empty for the default voice of the language.
    language
        BCP-47 language; empty for the voice's own, or American English.
    rate
        Speed, 0.5 to 3. espeak-ng speaks no faster than 2.5, where it still tells exactly when.
    pitch
        Pitch, 0.5 to 2. espeak-ng reaches about 0.7 to 1.7; beyond, it stays there.
    volume
        Amplitude, 0 to 2; what would clip is limited softly.
    pauses
        Length of all pauses, 0 to 4.
    voices
        Voice of each speaker of a dialogue, by name; requests as for `voice`. Speakers without one get voices that
        differ: the first has `voice`, the others women's and men's by turns, in the same language.
    """

    voice: str = ""
    language: str = ""
    rate: float = 1.0
    pitch: float = 1.0
    volume: float = 1.0
    pauses: float = 1.0
    voices: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, (low, high) in LIMITS.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise UsageError(f"The {name} is {value:g}.", f"Give a factor from {low:g} to {high:g}.")


class Engine(Protocol):
    """Something that speaks lines."""

    @property
    def rate_hz(self) -> int:
        """Sample rate of everything that it says."""
        ...

    def synthesize(self, line: Line, voice: Voice, options: SpeakOptions, events: EventSink) -> Speech:
        """Speak one line, pauses included; the same line gives the same samples, always."""
        ...
