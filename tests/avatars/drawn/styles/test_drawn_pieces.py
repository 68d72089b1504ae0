"""What rigs draw themselves: mouth pictures and shut eyes that a style lacks, and what differs between variants."""

import numpy as np
import pytest

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.puppet import MOUTH_SHAPES, MouthLook, MouthPictures, Puppet, Role, Sprite
from phonoscope.avatars.drawn.styles import build_character

SIZE_PX = (240, 240)


def _built(style: str, **options: str) -> Puppet:
    return build_character(Character(style, options), SIZE_PX)


def _pictures(style: str, **options: str) -> MouthPictures:
    mouth = _built(style, **options).mouth
    assert isinstance(mouth, MouthPictures)
    return mouth


def _height(sprite: Sprite) -> int:
    return sprite.size_px[1]


@pytest.mark.parametrize(
    ("style", "variant"),
    [("voxel-bot", "smile"), ("pixelbot", "smile"), ("bottts", "grill01"), ("bottts", "grill03"), ("bottts", "bite")],
)
def test_drawn_mouths_open_and_shut(style: str, variant: str) -> None:
    shapes = _pictures(style, mouthVariant=variant).shapes
    assert set(shapes) == set(MOUTH_SHAPES)
    assert all(sprite.rgba[..., 3].max() > 100 for sprite in shapes.values())
    assert _height(shapes["D"]) > 1.4 * _height(shapes["A"])


def test_drawn_mouths_lie_where_the_own_one_does() -> None:
    shapes = _pictures("pixelbot", mouthVariant="flat").shapes
    own, shut = shapes["X"], shapes["A"]
    assert (own.x, own.y, own.size_px) == (shut.x, shut.y, shut.size_px)
    assert np.abs(own.rgba.astype(int) - shut.rgba).max() <= 2


def test_drawn_mouths_take_the_characters_colours() -> None:
    shapes = _pictures("voxel-bot", glowColor="#ff6b6b").shapes
    sprite = shapes["D"].rgba
    assert np.abs(sprite[sprite[..., 3] == 255][:, :3].astype(int) - (0xFF, 0x6B, 0x6B)).max() <= 2


def test_variants_of_one_style_may_have_pictures_or_not() -> None:
    assert isinstance(_built("bottts", mouthVariant="grill01").mouth, MouthPictures)
    assert isinstance(_built("bottts", mouthVariant="smile02").mouth, MouthLook)


def test_one_eyed_variants_have_one_eye() -> None:
    puppet = _built("critters", eyesVariant="mono")
    assert [eye.side for eye in puppet.eyes] == [""]
    assert [layer.side for layer in puppet.layers if layer.role is Role.EYE] == [""]
    assert len(_built("critters", eyesVariant="round").eyes) == 2


def test_three_eyes_shut_as_three() -> None:
    (eyes,) = _built("critters", eyesVariant="threeRow").eyes
    assert eyes.shut is not None
    columns = (eyes.shut.rgba[..., 3] > 128).any(0)
    assert int((np.diff(columns.astype(int)) == 1).sum()) + int(columns[0]) == 3
