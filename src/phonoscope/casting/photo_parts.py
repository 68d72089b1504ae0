"""The faces of a photo are given to the speakers of a script."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from phonoscope.avatars.photo import Face, choose_face
from phonoscope.avatars.photo.finding.faces import LEAST_FACE_PX
from phonoscope.choices import Role
from phonoscope.choices.roles import OFF
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.parts import LISTENER, Part

MOST_LISTENERS = 8
"""Faces that listen at most: each costs as much as one that speaks."""

CONVERSATION_DISTANCE = 2.5
"""How far in front of them people in a group photo would stand to talk to each other, in face heights: somebody beside
them is looked at halfway, not in profile."""


@dataclass(frozen=True, slots=True, eq=False)
class FacePart(Part):
    """One face of a photo that acts.

    Attributes
    ----------
    face
        The face, in pixels of the photo.
    """

    face: Face


def cast_monologue(
    faces: tuple[Face, ...], number: int | None, listeners: bool, events: EventSink = ignore_events
) -> tuple[FacePart, ...]:
    """Give everything to one face: `number` counts from 1 at the left, None takes the largest.

    Raises
    ------
    PhotoError, UsageError
        As `choose_face`.
    """
    speaking = choose_face(faces, number, events)
    return _parts([("", speaking)], faces if listeners else ())


def cast_dialogue(
    faces: tuple[Face, ...], speakers: Sequence[str], roles: Sequence[Role], events: EventSink = ignore_events
) -> tuple[FacePart, ...]:
    """Give each speaker a face; those without a role take the faces left over, from the left.

    Raises
    ------
    PhotoError
        There is no face.
    UsageError
        There are more speakers than faces, a role names a face that is not there, or a speaker that is not in the
        script.
    """
    choose_face(faces)
    unknown = next((role.speaker for role in roles if role.speaker not in speakers), None)
    if unknown is not None:
        there = f"Its speakers are: {', '.join(speakers)}." if speakers else f"Begin the lines with '{unknown[:40]}:'."
        raise UsageError(f"Nobody called '{unknown[:40]}' speaks in the script.", there)
    chosen = {role.speaker: _face_of(role, faces) for role in roles if role.face is not None}
    taken = [face for face in chosen.values() if face is not None]
    twice = next((s for s, f in chosen.items() if f is not None and sum(f is other for other in taken) > 1), None)
    if twice is not None:
        raise UsageError(f"'{twice}' shares a face with somebody else.", "Give each speaker a face of their own.")
    free = [f for f in faces if not any(f is other for other in taken) and f.size_px >= LEAST_FACE_PX]
    waiting = [speaker for speaker in speakers if speaker not in chosen]
    if len(waiting) > len(free):
        raise UsageError(
            f"The script has {len(speakers)} speakers, but the photo has {len(faces)} "
            f"{'face' if len(faces) == 1 else 'faces'} for them.",
            f"Use a photo with more faces, or let somebody be heard only: --cast {waiting[-1]}=off.",
        )
    chosen |= dict(zip(waiting, free, strict=False))
    acting = [(speaker, face) for speaker in speakers if (face := chosen[speaker]) is not None]
    if not acting:
        raise UsageError("Nobody in the photo has anything to say.", "Give at least one speaker a face.")
    numbers = [1 + next(i for i, other in enumerate(faces) if other is face) for _, face in acting]
    shown = ", ".join(f"{speaker} is face {number}" for (speaker, _), number in zip(acting, numbers, strict=True))
    events(Note(f"{shown} from the left."))
    return _parts(acting, faces)


def _face_of(role: Role, faces: tuple[Face, ...]) -> Face | None:
    """Return the face that a role names, None for one that is heard only."""
    if role.face == OFF:
        return None
    if isinstance(role.face, int):
        return choose_face(faces, role.face)
    if isinstance(role.face, tuple):
        return _face_at(role.face, faces)
    return {"left": faces[0], "middle": faces[(len(faces) - 1) // 2], "right": faces[-1]}[str(role.face)]


def _face_at(point: tuple[int, int], faces: tuple[Face, ...]) -> Face:
    """Return the face nearest to a point of the photo."""
    away = [float(np.hypot(*(_middle(face) - point))) / face.size_px for face in faces]
    nearest = int(np.argmin(away))
    if away[nearest] > 1.0:
        raise UsageError(
            f"There is no face at {point[0]},{point[1]}.",
            f"The nearest one is at {_middle(faces[nearest])[0]:.0f},{_middle(faces[nearest])[1]:.0f}.",
        )
    return faces[nearest]


def _parts(acting: Sequence[tuple[str, Face]], listening: tuple[Face, ...]) -> tuple[FacePart, ...]:
    """Return the parts of those who speak, then of those who listen."""
    free = [f for f in listening if not any(f is face for _, face in acting) and f.size_px >= LEAST_FACE_PX]
    largest = sorted(free, key=lambda face: -face.size_px)[:MOST_LISTENERS]
    cast = [*acting, *((LISTENER.format(number), face) for number, face in enumerate(largest, start=1))]
    return tuple(
        FacePart(name, {other: _seen_from(face, there) for other, there in acting if other != name}, face)
        for name, face in cast
    )


def _seen_from(face: Face, other: Face) -> tuple[float, float]:
    """Return where a face sees another: degrees to the picture's right, and up."""
    right, down = (_middle(other) - _middle(face)) / face.size_px
    across = math.degrees(math.atan2(right, CONVERSATION_DISTANCE))
    return across, math.degrees(math.atan2(-down, CONVERSATION_DISTANCE))


def _middle(face: Face) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray((face.landmarks_px[:, :2].min(0) + face.landmarks_px[:, :2].max(0)) / 2, np.float64)
