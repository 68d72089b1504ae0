"""Components that show several things at once, and measures that hang on another component's variant."""

from __future__ import annotations

import pytest

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.puppet import Layer, MouthLook, Puppet, Role
from phonoscope.avatars.drawn.styles import build_character

SIZE_PX = (240, 240)


def build(style: str, **options: str) -> Puppet:
    return build_character(Character(style, options), SIZE_PX)


def layers_of(puppet: Puppet, role: Role) -> list[Layer]:
    return [layer for layer in puppet.layers if layer.role is role]


@pytest.mark.parametrize("variant", ["variant01", "variant08", "variant16", "variant26"])
def test_brows_are_taken_out_of_the_eyes(variant: str) -> None:
    puppet = build("big-ears", eyesVariant=variant)
    brows = layers_of(puppet, Role.BROW)
    assert {brow.side for brow in brows} == {"left", "right"}
    for brow, eye in zip(sorted(brows, key=lambda layer: layer.side), puppet.eyes, strict=True):
        assert brow.sprite is not None
        assert brow.sprite.y < eye.box_px[1]


def test_glasses_that_hide_the_eyes_leave_none() -> None:
    puppet = build("croodles", eyesVariant="variant09")
    assert puppet.eyes == ()
    assert layers_of(puppet, Role.GLASSES)
    assert not layers_of(puppet, Role.EYE)


def test_an_eye_patch_leaves_one_eye() -> None:
    puppet = build("croodles", eyesVariant="variant10")
    assert [eye.side for eye in puppet.eyes] == ["left"]


def test_eyes_are_found_outside_components() -> None:
    puppet = build("dylan", moodVariant="sad")
    assert [eye.side for eye in puppet.eyes] == ["left", "right"]
    assert all(eye.white.size_px[1] > 1.5 * eye.white.size_px[0] for eye in puppet.eyes)
    assert len(layers_of(puppet, Role.BROW)) == 2


def test_shoulders_are_taken_off_the_head() -> None:
    puppet = build("pixel-art")
    body, head = layers_of(puppet, Role.BODY)[0].sprite, layers_of(puppet, Role.HEAD)[0].sprite
    assert body is not None
    assert head is not None
    assert body.y > head.y + 0.8 * head.size_px[1]


def test_eyes_drawn_shut_by_the_rig_lie_on_the_eyes() -> None:
    for eye in build("pixel-art", eyesVariant="variant09").eyes:
        assert eye.shut is not None
        x0, y0, x1, y1 = eye.box_px
        assert x0 - 1 <= eye.shut.x < eye.shut.x + eye.shut.size_px[0] <= x1 + 1
        assert y0 < eye.shut.y < y1


def test_a_long_head_is_measured_as_one() -> None:
    short, long = build("croodles", headVariant="variant01"), build("croodles", headVariant="variant08")
    assert long.build.face_height_px > 1.5 * short.build.face_height_px
    assert isinstance(short.mouth, MouthLook)
    assert isinstance(long.mouth, MouthLook)
    assert short.mouth.reach_px < long.mouth.reach_px
