"""Who in a group photo speaks whose lines, and with which voice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonoscope.core.errors import UsageError

POSITIONS = ("left", "middle", "right")
"""Faces that can be named by where they are."""

OFF = "off"
"""The face of a speaker who is heard, but not in the picture."""

LONGEST_NAME = 30
"""Characters of a speaker's name, as in scripts."""

_FACE = re.compile(r"(?P<number>[1-9]\d{0,3})|(?P<x>\d{1,6}),(?P<y>\d{1,6})|(?P<name>[a-z]+)")
_WRITE = "Write NAME=FACE or NAME=FACE:VOICE, as in HOST=1:british-female, GUEST=right or GUEST=640,210."


@dataclass(frozen=True, slots=True)
class Role:
    """A speaker of a script, and the face that speaks for it.

    Attributes
    ----------
    speaker
        The name in the script.
    face
        A number, counted from 1 at the left; ``left``, ``middle`` or ``right``; a point (x, y) of the photo, in pixels,
        on or near the face; ``off`` for nobody in the picture; None for the next face that is free.
    voice
        A request as for `SpeakOptions.voice`; empty for one that is chosen.
    """

    speaker: str
    face: int | str | tuple[int, int] | None = None
    voice: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.speaker) <= LONGEST_NAME:
            raise UsageError(f"'{self.speaker[:60]}' is no name of a speaker.", f"Use 1 to {LONGEST_NAME} characters.")
        if not _is_face(self.face):
            raise UsageError(
                f"'{self.speaker}' is given the face {self.face!r}, which is none.",
                f"Use a number from 1, {', '.join(POSITIONS)}, {OFF}, or a point (x, y).",
            )


def _is_face(face: object) -> bool:
    if isinstance(face, str):
        return face in (*POSITIONS, OFF)
    if isinstance(face, tuple):
        return len(face) == 2 and all(isinstance(place, int | float) for place in face)
    return face is None or (isinstance(face, int) and face >= 1)


def parse_role(text: str) -> Role:
    """Read ``HOST=1:british-female``, ``HOST=left``, ``HOST=640,210`` or ``HOST=:french``.

    Raises
    ------
    UsageError
        The text is none of these.
    """
    speaker, equals, rest = text.partition("=")
    speaker = " ".join(speaker.split())
    place, _, voice = rest.partition(":")
    if not equals or not 1 <= len(speaker) <= LONGEST_NAME:
        raise UsageError(f"'{text[:60]}' is no part in a dialogue.", _WRITE)
    return Role(speaker, _parse_face(place.strip().lower(), text), voice.strip())


def _parse_face(place: str, text: str) -> int | str | tuple[int, int] | None:
    if not place:
        return None
    found = _FACE.fullmatch(place.replace(" ", ""))
    if found and found["number"]:
        return int(found["number"])
    if found and found["x"]:
        return int(found["x"]), int(found["y"])
    if found and found["name"] in (*POSITIONS, OFF):
        return found["name"]
    raise UsageError(f"'{text[:60]}' names no face: '{place[:20]}' is neither a number nor a place.", _WRITE)


def check_roles(roles: tuple[Role, ...]) -> None:
    """Raise a UsageError when a speaker is cast twice."""
    # Labels are told apart without regard to case, as scripts read them.
    names = [role.speaker.casefold() for role in roles]
    twice = next((role.speaker for role, name in zip(roles, names, strict=True) if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"The speaker '{twice}' is cast twice.", "Give each speaker one face.")
