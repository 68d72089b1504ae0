"""Every style that acts: its rig names what the style has, and takes its characters apart rightly."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.puppet import MouthLook, MouthPictures, Puppet, Role, Sprite
from phonoscope.avatars.drawn.styles import build_character, load_style
from phonoscope.avatars.drawn.styles.building import Drawing, draw_at
from phonoscope.avatars.drawn.styles.rigs import rig_of, styles_with_rigs
from phonoscope.core.errors import UsageError

SIZE_PX = (360, 360)

SEEDS = (1, 2)

LEAST_PSNR_DB = 34
"""Layers painted one over the other differ from the whole drawing by the soft edges of cut pieces only."""

OFF_LEVELS, MOST_OFF = 48, 0.002
"""A pixel that differs by so much is wrong; so many may: half-clear pixels along a cut."""

PATCH_PX = 2
"""What the mouth leaves on its soft edges."""


def character_of(style: str, seed: int) -> Character:
    """Draw lots among all variants and colours of a style."""
    lots, definition = random.Random(f"{style} {seed}"), load_style(style)
    options = {
        f"{name}Variant": lots.choice(sorted(about["variants"]))
        for name, about in definition["components"].items()
        if about.get("variants") and lots.random() * 100 < about.get("probability", 100)
    }
    options |= {
        f"{name}Color": lots.choice(about["values"])
        for name, about in definition.get("colors", {}).items()
        if about["values"] and name != "background"
    }
    return Character(style, options)


@lru_cache(maxsize=200)
def puppet_of(style: str, seed: int) -> Puppet:
    """Take a character apart once for all tests."""
    return build_character(character_of(style, seed), SIZE_PX)


def over(picture: NDArray[np.int32], sprite: Sprite | None) -> None:
    """Paint a sprite onto an RGBA picture, premultiplied."""
    if sprite is None:
        return
    height, width = picture.shape[:2]
    x0, y0 = max(sprite.x, 0), max(sprite.y, 0)
    x1, y1 = min(sprite.x + sprite.size_px[0], width), min(sprite.y + sprite.size_px[1], height)
    if x1 <= x0 or y1 <= y0:
        return
    top = sprite.rgba[y0 - sprite.y : y1 - sprite.y, x0 - sprite.x : x1 - sprite.x].astype(np.int32)
    picture[y0:y1, x0:x1] = top + picture[y0:y1, x0:x1] * (255 - top[:, :, 3:]) // 255


def composed(puppet: Puppet) -> NDArray[np.int32]:
    """Return all layers of a puppet at rest but its mouth."""
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 4), np.int32)
    for layer in puppet.layers:
        over(picture, layer.sprite)
        for eye in puppet.eyes:
            if layer.role is Role.EYE and layer.sprite is None and eye.side == layer.side:
                over(picture, eye.white)
                over(picture, eye.pupil)
    return picture


def mouth_marks(drawing: Drawing) -> NDArray[np.bool_]:
    """Return where the style's own mouth is, and what else is left out for the drawn one."""
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 4), np.int32)
    for part in {mark.part for mark in drawing.marks}:
        pieces = [piece for piece in drawing.pieces(part) if piece.role is Role.MOUTH]
        if pieces:
            for piece in pieces:
                over(picture, drawing.piece(part, piece, drawing.of(part)))
        elif not drawing.pieces(part):
            mouths = tuple(mark for mark in drawing.of(part) if mark.role is Role.MOUTH)
            over(picture, drawing.sprite(mouths) if mouths else None)
    grown = np.ones((2 * PATCH_PX + 1, 2 * PATCH_PX + 1), np.uint8)
    return cv2.dilate((picture[:, :, 3] > 0).astype(np.uint8), grown) > 0


@pytest.mark.parametrize("style", styles_with_rigs())
def test_a_rig_names_only_what_its_style_has(style: str) -> None:
    rig, components = rig_of(style), load_style(style)["components"]
    variants = {f"{name}.{variant}" for name, about in components.items() for variant in about.get("variants", {})}

    def known(part: str, name: str) -> bool:
        return name in variants or f"{part}.{name}" in variants

    assert set(rig.roles) <= {"", *components} | variants
    assert set(rig.regions) <= {"", *components} | variants
    assert rig.brows in {"", *components}
    for acting in (rig.mouth, rig.eyes):
        if acting is not None:
            assert acting.part in {"", *components}
            assert not [name for name in acting.variants if not known(acting.part, name)]
            for name in acting.variants:
                acting.of({name if name in variants else f"{acting.part}.{name}"})
    if rig.eyes is not None and rig.eyes.shut is not None:
        assert rig.eyes.shut.startswith("<") or known(rig.eyes.part, rig.eyes.shut)
    for shape in rig.mouth.shapes.values() if rig.mouth is not None else ():
        assert rig.mouth is not None
        assert not shape or shape.startswith("<") or known(rig.mouth.part, shape)


@pytest.mark.parametrize("style", styles_with_rigs())
@pytest.mark.parametrize("seed", SEEDS)
def test_the_layers_make_up_the_drawing(style: str, seed: int) -> None:
    drawing, puppet = draw_at(character_of(style, seed), SIZE_PX), puppet_of(style, seed)
    whole = np.zeros((SIZE_PX[1], SIZE_PX[0], 4), np.int32)
    # All at once, and nothing drawn small.
    in_full = replace(drawing, rig=replace(drawing.rig, is_soft=False))
    over(whole, in_full.sprite(drawing.marks))
    difference = np.abs(composed(puppet) - whole)[~mouth_marks(drawing)]

    assert difference.size > 0.5 * whole.size
    assert 10 * np.log10(255**2 / max(1e-9, float((difference**2).mean()))) > LEAST_PSNR_DB
    assert float((difference.max(axis=1) > OFF_LEVELS).mean()) < MOST_OFF


@pytest.mark.parametrize("style", styles_with_rigs())
@pytest.mark.parametrize("seed", SEEDS)
def test_eyes_and_mouth_lie_on_the_face(style: str, seed: int) -> None:
    puppet, rig = puppet_of(style, seed), rig_of(style)
    build = puppet.build
    (x, y), height, width = build.centre_px, build.face_height_px, build.face_width_px

    assert 0 < x < SIZE_PX[0]
    assert 0 < y < SIZE_PX[1]
    assert 0.2 * SIZE_PX[1] < height <= 1.05 * SIZE_PX[1]
    assert 0.15 * SIZE_PX[0] < width <= 1.05 * SIZE_PX[0]
    if isinstance(puppet.mouth, MouthLook):
        assert abs(puppet.mouth.centre_px[0] - x) + puppet.mouth.half_width_px < 0.9 * width
        assert y - 0.1 * height < puppet.mouth.centre_px[1] < y + 0.55 * height
        assert puppet.mouth.reach_px > puppet.mouth.line_px > 0
    if rig.eyes is None:
        assert puppet.eyes == ()
    for eye in puppet.eyes:
        x0, y0, x1, y1 = eye.box_px
        assert x - 0.75 * width < 0.5 * (x0 + x1) < x + 0.75 * width
        assert y - 0.75 * height < 0.5 * (y0 + y1) < y + 0.4 * height
        if eye.pupil is not None:
            assert x0 <= eye.pupil.x + 0.5 * eye.pupil.size_px[0] <= x1
            assert y0 <= eye.pupil.y + 0.5 * eye.pupil.size_px[1] <= y1


@pytest.mark.parametrize("style", styles_with_rigs())
def test_there_is_one_place_for_each_thing_that_moves_by_itself(style: str) -> None:
    puppet = puppet_of(style, SEEDS[0])
    places = [(layer.role, layer.side) for layer in puppet.layers if layer.sprite is None]

    assert len(places) == len(set(places))
    assert [eye.side for eye in puppet.eyes] in ([], [""], ["left", "right"], ["left", "", "right"])
    assert {(Role.EYE, eye.side) for eye in puppet.eyes} <= set(places)
    assert ((Role.MOUTH, "") in places) == (puppet.mouth is not None)


def test_an_unknown_style_says_which_there_are() -> None:
    with pytest.raises(UsageError, match="cannot act") as caught:
        rig_of("no-such-style")
    assert "micah" in str(caught.value)


def test_a_mouth_is_seen_in_a_full_black_beard() -> None:
    options = {"beardVariant": "full", "hairColor": "#1f1a1a", "mouthVariant": "smile"}
    mouth = build_character(Character("voxel-art", options), (360, 360)).mouth
    assert isinstance(mouth, MouthPictures)
    for shape, sprite in mouth.shapes.items():
        painted = sprite.rgba[sprite.rgba[:, :, 3] == 255][:, :3]
        assert (painted.mean(axis=1) > 120).mean() > 0.3, shape
