"""Who plays which part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phonoscope.choices import Role
from phonoscope.choices.roles import OFF

LISTENER = "listener {}"
"""Name of a part without lines. Scripts cannot have it: their names are written in capitals."""


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One who acts.

    Attributes
    ----------
    speaker
        Whose lines it speaks; empty for all of them.
    partners
        Where it sees each other speaker: degrees to the picture's right, and up.
    """

    speaker: str
    partners: Mapping[str, tuple[float, float]]

    @property
    def listens(self) -> bool:
        """It has no lines."""
        return self.speaker.startswith(LISTENER.format(""))


def seen_speakers(speakers: Sequence[str], roles: Sequence[Role]) -> tuple[str, ...]:
    """Return the names of those in a dialogue who have a face; none for a monologue."""
    if len(speakers) < 2 and not roles:
        return ()
    off = {role.speaker for role in roles if role.face == OFF}
    return tuple(speaker for speaker in speakers if speaker not in off)
