from __future__ import annotations

import pytest

from phonoscope.avatars.drawn.own.names import Tag, read_name, spelt_out
from phonoscope.avatars.drawn.own.shapes import choose_pictures, naming_of
from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES, Role


@pytest.mark.parametrize(
    ("name", "role", "part", "side"),
    [
        ("mouth", Role.MOUTH, "", ""),
        ("Mouth_1_", Role.MOUTH, "", ""),
        ("eye-left", Role.EYE, "", "left"),
        ("Eye_Right", Role.EYE, "", "right"),
        ("eye-l", Role.EYE, "", "left"),
        ("pupil-left", Role.EYE, "pupil", "left"),
        ("blink-right", Role.EYE, "shut", "right"),
        ("eye-left-closed", Role.EYE, "shut", "left"),
        ("brow left 2", Role.BROW, "", "left"),
        ("rear hair", Role.REAR_HAIR, "", ""),
        ("Facial Hair", Role.FACIAL_HAIR, "", ""),
        ("Background", Role.BACKDROP, "", ""),
        # Adobe Character Animator tells the character's own side.
        ("Left Eyebrow", Role.BROW, "", "right"),
        ("+Left Pupil", Role.EYE, "pupil", "right"),
        ("Right Blink", Role.EYE, "shut", "left"),
        ("_x2B_Right_Eye", Role.EYE, "", "left"),
        ("LeftEye", Role.EYE, "", "right"),
        ("Left Profile", Role.HEAD, "other-view", "right"),
    ],
)
def test_names_tell_role_part_and_side(name: str, role: Role, part: str, side: str) -> None:
    tag = read_name(name)
    assert tag is not None
    assert (tag.role, tag.part, tag.side) == (role, part, side)


@pytest.mark.parametrize(
    "name", ["", "g12", "path-4711", "Layer 1", "left", "mouthwash", "A", "eye-middle", "🙂", "-" * 500]
)
def test_other_names_tell_nothing(name: str) -> None:
    assert read_name(name) is None


@pytest.mark.parametrize(("name", "shape"), [("mouth-A", "a"), ("Mouth W-Oo", "w-oo"), ("mouth_closed", "closed")])
def test_mouth_shapes_have_their_name_behind_the_mouth(name: str, shape: str) -> None:
    assert read_name(name) == Tag(Role.MOUTH, shape=shape)


def test_letters_are_shapes_within_the_mouth_only() -> None:
    assert read_name("D") is None
    assert read_name("D", in_mouth=True) == Tag(Role.MOUTH, shape="d")
    assert read_name("W_x2D_Oo", in_mouth=True) == Tag(Role.MOUTH, shape="w-oo")


def test_illustrators_spelling_is_undone() -> None:
    assert spelt_out("_x2B_Left_Pupil") == "+Left_Pupil"


def test_rhubarbs_shapes_stand_for_themselves_and_g_h_x_fall_back_as_documented() -> None:
    assert choose_pictures("abcdefghx") == {shape: shape.lower() for shape in MOUTH_SHAPES}
    basic = choose_pictures("abcdef")
    assert (basic["G"], basic["H"], basic["X"]) == ("a", "c", "a")


def test_adobes_d_and_f_are_not_rhubarbs() -> None:
    names = ["neutral", "aa", "d", "ee", "f", "l", "m", "oh", "r", "s", "uh", "w-oo", "smile", "surprised"]
    chosen = choose_pictures(names)
    assert naming_of(names) == "Adobe"
    assert chosen == {
        "X": "neutral", "A": "m", "B": "s", "C": "ee", "D": "aa", "E": "oh", "F": "w-oo", "G": "f", "H": "l",
    }  # fmt: skip


def test_two_pictures_flap() -> None:
    chosen = choose_pictures({"open", "closed"})
    assert {shape for shape, name in chosen.items() if name == "closed"} == {"X", "A", "B", "G"}


@pytest.mark.parametrize("names", [set(), {"a"}, {"neutral"}, {"smile", "surprised"}, {"open"}, {"neutral", "smile"}])
def test_one_picture_is_no_speech(names: set[str]) -> None:
    assert choose_pictures(names) == {}


@pytest.mark.parametrize("names", [{"a", "d"}, {"x", "h"}, {"neutral", "aa"}, {"m", "oh"}, {"b", "c"}, {"f", "x"}])
def test_any_two_shapes_fill_all_nine(names: set[str]) -> None:
    chosen = choose_pictures(names)
    assert set(chosen) == set(MOUTH_SHAPES)
    assert set(chosen.values()) <= names
