from dataclasses import replace

import pytest
from tests.avatars.drawn.puppets import HAIR, puppet, rectangle

from phonoscope.avatars.drawn.motion.movement import LIMIT_DEG
from phonoscope.avatars.drawn.motion.room import LEAST, find_room
from phonoscope.avatars.drawn.puppet import Layer, Role

LIMITS = LIMIT_DEG[:2]


def test_a_face_seen_from_the_front_has_the_same_room_on_both_sides() -> None:
    room = find_room(puppet(), LIMITS)
    assert room.left == pytest.approx(room.right, abs=0.08)
    assert room.up == 1.0


def test_there_is_little_room_beside_an_eye_at_the_edge() -> None:
    character = puppet()
    left, right = character.eyes
    aside = replace(character, eyes=(left, replace(right, box_px=(176.0, 82.0, 198.0, 98.0))))
    room = find_room(aside, LIMITS)
    assert room.right == LEAST
    assert room.left == find_room(character, LIMITS).left


def test_there_is_no_room_under_a_fringe() -> None:
    character = puppet()
    fringe = Layer(Role.HAIR, rectangle(120, 50, 200, 83, HAIR))
    assert find_room(replace(character, layers=(*character.layers, fringe)), LIMITS).up < LEAST + 0.05
    # Hair behind the eyes covers nothing.
    assert find_room(replace(character, layers=(fringe, *character.layers)), LIMITS).up == 1.0


def test_a_mouth_stays_above_the_chin() -> None:
    character = puppet()
    mouth = replace(character.mouth, centre_px=(160.0, 144.0))  # type: ignore[type-var]
    assert find_room(replace(character, mouth=mouth), LIMITS).down == LEAST


def test_a_face_on_a_backdrop_has_all_the_room() -> None:
    character = puppet()
    features = tuple(layer for layer in character.layers if layer.role is not Role.HEAD)
    room = find_room(replace(character, layers=features), LIMITS)
    assert (room.left, room.right) == (1.0, 1.0)
