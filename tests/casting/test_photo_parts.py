"""Faces of a photo are given to the speakers of a script."""

from __future__ import annotations

import numpy as np
import pytest

from phonoscope.avatars.photo import Face
from phonoscope.casting.photo_parts import FacePart, cast_dialogue, cast_monologue
from phonoscope.choices import Role
from phonoscope.core.errors import PhotoError, UsageError
from phonoscope.core.events import Event, Note
from phonoscope.core.frames import Box
from phonoscope.parts import seen_speakers


def face(x: int, size_px: float = 100.0, y: int = 100) -> Face:
    """A face in the middle of (x, y), as high as `size_px`."""
    half = int(size_px / 2)
    corners = np.array([[x - half, y - half, 0], [x + half, y + half, 0]], np.float64)
    return Face(Box(x - half, y - half, x + half, y + half), np.repeat(corners, 239, 0), size_px, 0, 0, 0, 1.0)


@pytest.fixture
def trio() -> tuple[Face, ...]:
    return face(100), face(300, 120), face(500, 90)


def who(parts: tuple[FacePart, ...], faces: tuple[Face, ...]) -> dict[str, int]:
    """Return the number of each speaker's face, from 1."""
    return {part.speaker: 1 + next(i for i, f in enumerate(faces) if f is part.face) for part in parts}


def test_speakers_take_faces_from_left_to_right(trio: tuple[Face, ...]) -> None:
    notes: list[Event] = []
    parts = cast_dialogue(trio, ("GUEST", "HOST"), (), notes.append)
    assert who(parts, trio) == {"GUEST": 1, "HOST": 2, "listener 1": 3}
    assert isinstance(notes[0], Note)
    assert "GUEST is face 1, HOST is face 2" in notes[0].message


def test_roles_come_first_and_the_others_take_what_is_left(trio: tuple[Face, ...]) -> None:
    roles = (Role("HOST", "right"), Role("GUEST", (290, 130)))
    assert who(cast_dialogue(trio, ("HOST", "GUEST", "CHILD"), roles), trio) == {"HOST": 3, "GUEST": 2, "CHILD": 1}
    assert who(cast_dialogue(trio, ("HOST", "GUEST"), (Role("GUEST", 1),)), trio)["HOST"] == 2


def test_a_role_in_a_script_without_names_is_told_how_to_write_them(trio: tuple[Face, ...]) -> None:
    with pytest.raises(UsageError, match="Begin the lines with 'HOST:'"):
        cast_dialogue(trio, (), (Role("HOST", 1),))


def test_who_is_off_is_heard_only(trio: tuple[Face, ...]) -> None:
    roles = (Role("VOICE", "off"),)
    parts = cast_dialogue(trio[:1], ("HOST", "VOICE"), roles)
    assert who(parts, trio) == {"HOST": 1}
    assert seen_speakers(("HOST", "VOICE"), roles) == ("HOST",)
    with pytest.raises(UsageError, match="anything to say"):
        cast_dialogue(trio, ("VOICE",), roles)


@pytest.mark.parametrize(
    ("speakers", "roles", "complaint"),
    [
        (("A", "B", "C", "D"), (), "4 speakers"),
        (("A", "B"), (Role("C", 1),), "'C'"),
        (("A", "B"), (Role("A", 4),), "no face 4"),
        (("A", "B"), (Role("A", (100, 900)),), "no face at"),
        (("A", "B"), (Role("A", 1), Role("B", "left")), "shares a face"),
    ],
)
def test_a_cast_that_does_not_fit_is_refused(
    trio: tuple[Face, ...], speakers: tuple[str, ...], roles: tuple[Role, ...], complaint: str
) -> None:
    with pytest.raises(UsageError, match=complaint):
        cast_dialogue(trio, speakers, roles)


def test_without_a_face_there_is_no_dialogue() -> None:
    with pytest.raises(PhotoError):
        cast_dialogue((), ("A", "B"), ())


def test_everybody_knows_where_the_others_are(trio: tuple[Face, ...]) -> None:
    left, middle, listener = cast_dialogue(trio, ("A", "B"), ())
    assert left.partners["B"][0] > 0 > middle.partners["A"][0]
    assert set(listener.partners) == {"A", "B"}
    above = cast_dialogue((face(100), face(140, y=20)), ("A", "B"), ())
    assert above[0].partners["B"][1] > 0 > above[1].partners["A"][1]


def test_a_monologue_is_the_largest_face_s(trio: tuple[Face, ...]) -> None:
    (part,) = cast_monologue(trio, None, listeners=False)
    assert part.face is trio[1]
    assert part.speaker == ""
    parts = cast_monologue((*trio, face(700, 20)), 1, listeners=True)
    assert [p.face for p in parts] == [trio[0], trio[1], trio[2]], "too small a face does not listen"
    assert set(parts[1].partners) == {""}
