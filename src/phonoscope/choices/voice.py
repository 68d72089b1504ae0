"""What a user may say of a recorded voice, and do to it."""

from __future__ import annotations

from dataclasses import dataclass

from phonoscope.core.errors import UsageError
from phonoscope.media.trim import parse_trim
from phonoscope.sound.effects import VoiceChanges

LONGEST_TRANSCRIPT = 1_000_000
"""Characters: the text of some eighteen hours. Every word's phones are held in memory."""


@dataclass(frozen=True, slots=True)
class VoiceChoices:
    """What a user may say of a recorded voice, and do to it.

    Attributes
    ----------
    transcript
        What is said, as plain text; empty where it is not known.
    language
        Language of the transcript: ``en-us``, ``fr`` …; empty to go by its letters, English if they are Latin.
    track
        Which sound track of the file, counted from 1.
    trim
        From when to when, as ``3s:20s``; either side may be empty, ``1m30s`` is ninety seconds. Empty for all.
    pitch, speed
        Factors of the voice's own, 0.5 to 2; each leaves the other as it is.
    """

    transcript: str = ""
    language: str = ""
    track: int = 1
    trim: str = ""
    pitch: float = 1.0
    speed: float = 1.0

    def __post_init__(self) -> None:
        VoiceChanges(pitch=self.pitch, speed=self.speed)
        if self.track < 1:
            raise UsageError(f"There is no track {self.track}.", "Tracks are counted from 1.")
        if self.transcript and not self.transcript.strip():
            raise UsageError("The transcript is empty.", "Give what is said, or no transcript at all.")
        if len(self.transcript) > LONGEST_TRANSCRIPT:
            raise UsageError(
                f"The transcript has {len(self.transcript):,} characters; the most are {LONGEST_TRANSCRIPT:,}.",
                "Give the text of this recording only.",
            )
        if self.trim:
            parse_trim(self.trim)
