"""Parts in a dialogue, as they are written."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from phonoscope import VideoChoices
from phonoscope.choices import ActingChoices, Role, parse_gaze, parse_role
from phonoscope.core.errors import UsageError


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("HOST=1", Role("HOST", 1)),
        ("HOST=2:british-male", Role("HOST", 2, "british-male")),
        (" Dr. No = right ", Role("Dr. No", "right")),
        ("HOST=640, 210:en-us+f3", Role("HOST", (640, 210), "en-us+f3")),
        ("HOST=:french", Role("HOST", None, "french")),
        ("GUEST=off", Role("GUEST", "off")),
    ],
)
def test_parts_are_read(text: str, role: Role) -> None:
    assert parse_role(text) == role


@pytest.mark.parametrize("text", ["", "HOST", "=1", "HOST=0", "HOST=top", "HOST=1,", "HOST=-3", "H" * 31 + "=1"])
def test_what_names_no_face_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="NAME=FACE"):
        parse_role(text)


@pytest.mark.parametrize("face", ["top", 0, -1, 1.5, (1,), ("a", "b"), [1, 2]])
def test_a_role_made_in_python_is_checked_too(face: Any) -> None:
    with pytest.raises(UsageError, match="which is none"):
        Role("HOST", face)


def test_choosing_loads_nothing_heavy() -> None:
    # A mistyped option is refused at once, not after a second of loading.
    heavy = ("numba", "scipy", "mediapipe", "av")
    code = f"import sys, phonoscope.choices; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_speaker_has_one_face() -> None:
    with pytest.raises(UsageError, match="cast twice"):
        VideoChoices(roles=(Role("HOST", 1), Role("HOST", 2)))
    with pytest.raises(UsageError, match="cast twice"):
        VideoChoices(roles=(Role("HOST", 1), Role("Host", 2)))
    with pytest.raises(UsageError, match="--face"):
        VideoChoices(roles=(Role("HOST", 1),), face=1)


def test_looks_by_name_and_in_degrees() -> None:
    assert parse_gaze("viewer") is None
    assert parse_gaze(" Left ") == parse_gaze("left")
    assert parse_gaze("10, -5.5") == (10.0, -5.5)
    left, right = parse_gaze("left"), parse_gaze("right")
    assert left is not None
    assert right is not None
    assert left[0] < 0 < right[0]
    for wrong in ("sideways", "10", "1e3,4", "100,0"):
        with pytest.raises(UsageError):
            parse_gaze(wrong)


def test_acting_is_checked_when_it_is_chosen() -> None:
    for wrong in ({"expression": "grumpy"}, {"style": "wild"}, {"gaze": "in"}, {"strength": 2.0}):
        with pytest.raises(UsageError):
            ActingChoices(**wrong)
