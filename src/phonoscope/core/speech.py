"""Speech: sound, and when in it which phone and word is heard."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound


@dataclass(frozen=True, slots=True)
class Phone:
    """One speech sound.

    Attributes
    ----------
    ipa
        IPA symbol with length mark (``ɑː``), without stress marks.
    start_s, end_s
        Seconds from the start of the sound.
    stress
        0 unstressed, 1 primary, 2 secondary; set on the vowel that carries it.
    """

    ipa: str
    start_s: float
    end_s: float
    stress: int = 0


@dataclass(frozen=True, slots=True)
class Word:
    """One word as written (with its punctuation), and when it is heard, in seconds."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SpeakerSpan:
    """Who speaks from when to when, in seconds; an empty name is the only speaker."""

    speaker: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class TimedDirection:
    """A stage direction, and when it comes, in seconds from the start of the sound.

    Attributes
    ----------
    name
        One of `phonoscope.core.script.EXPRESSIONS` or `GESTURES`.
    strength
        0 to 1.5; 1 is natural.
    speaker
        Whose it is; an empty name is the only speaker's.
    """

    name: str
    at_s: float
    strength: float = 1.0
    speaker: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """How likely each phone is at each moment of a recognised piece of speech.

    Attributes
    ----------
    symbols
        IPA symbol of each column; empty for silence.
    rate_hz
        Rows a second; row k tells of the time from k / rate_hz to (k + 1) / rate_hz.
    probabilities
        float32, shape (n, len(symbols)), in [0, 1]; read-only.
    """

    symbols: tuple[str, ...]
    rate_hz: float
    probabilities: NDArray[np.float32]

    def __post_init__(self) -> None:
        self.probabilities.setflags(write=False)


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of sound with its timed phones and words. Time that no phone covers is silence.

    Long speech travels as a stream of such pieces, each with times from its own start; the next piece begins
    exactly where the sound of the last one ends.

    Attributes
    ----------
    evidence
        What was known of the phones where they were recognised; None where they are certain.
    directions
        Stage directions, in order of time.
    """

    sound: Sound
    phones: tuple[Phone, ...] = ()
    words: tuple[Word, ...] = ()
    speakers: tuple[SpeakerSpan, ...] = ()
    evidence: Evidence | None = None
    directions: tuple[TimedDirection, ...] = ()

    @property
    def duration_s(self) -> float:
        """Length of the sound in seconds."""
        return self.sound.duration_s


def shift_phones(phones: tuple[Phone, ...], offset_s: float) -> tuple[Phone, ...]:
    """Return the phones, later by `offset_s`."""
    return tuple(replace(p, start_s=p.start_s + offset_s, end_s=p.end_s + offset_s) for p in phones)


def shift_words(words: tuple[Word, ...], offset_s: float) -> tuple[Word, ...]:
    """Return the words, later by `offset_s`."""
    return tuple(replace(w, start_s=w.start_s + offset_s, end_s=w.end_s + offset_s) for w in words)
