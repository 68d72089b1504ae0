"""What a user may choose about a face that is mimicked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from phonoscope.capture.retarget import Retarget
from phonoscope.core.errors import UsageError
from phonoscope.media.trim import parse_trim

Lips = Literal["video", "sound"]
LIPS: tuple[Lips, ...] = get_args(Lips)


@dataclass(frozen=True, slots=True)
class MimicChoices:
    """What a user may choose about a face that is mimicked.

    Attributes
    ----------
    retarget
        How strongly the avatar acts, and whether as in a mirror.
    actor
        Which face of the video acts, counted from the left from 1; None for the largest.
    lips
        ``video`` for the filmed lips, ``sound`` for those that the sound asks for, the rest of the face as filmed.
    sound
        A recording that is heard instead of the video's own sound.
    trim
        From when to when, as ``3s:20s``; empty for all.
    straight_s
        When in the video, in seconds from its start, the head is held as in the picture; None to find out.
    """

    retarget: Retarget = field(default_factory=Retarget)
    actor: int | None = None
    lips: Lips = "video"
    sound: Path | None = None
    trim: str = ""
    straight_s: float | None = None

    def __post_init__(self) -> None:
        if self.lips not in LIPS:
            raise UsageError(f"Lips cannot follow '{self.lips}'.", f"Use one of: {', '.join(LIPS)}.")
        if self.actor is not None and self.actor < 1:
            raise UsageError(f"There is no face {self.actor}.", "Faces are counted from 1 at the left.")
        if self.straight_s is not None and not 0 <= self.straight_s < float("inf"):
            raise UsageError(f"A video has no moment {self.straight_s:g} s.", "Give seconds from its start.")
        if self.trim:
            parse_trim(self.trim)

    @property
    def part_s(self) -> tuple[float, float | None]:
        """From when to when, in seconds; no end for all that follows."""
        return parse_trim(self.trim) if self.trim else (0.0, None)
