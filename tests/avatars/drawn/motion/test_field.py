from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.avatars.drawn.puppets import puppet

from phonoscope.avatars.drawn.drawing.atlas import Atlas
from phonoscope.avatars.drawn.drawing.compositing import NODE_PX
from phonoscope.avatars.drawn.motion.controls import read_controls
from phonoscope.avatars.drawn.motion.field import moved, place_layers
from phonoscope.avatars.drawn.motion.movement import LIMIT_DEG, Motion, limited
from phonoscope.avatars.drawn.puppet import Role
from phonoscope.core.performance import Pose, pose

MOMENTS = [
    pose((15, -8, 7, 0.05, 0.02), breath=1.0, swayX=1.0, browDownLeft=1.0, browInnerUp=0.5, jawOpen=0.6),
    pose((-20, 12, -10, -0.05, -0.02), breath=-1.0, swayY=-1.0, mouthSmileLeft=1.0),
]


def placed(moment: Pose) -> tuple[Motion, NDArray[np.float64], NDArray[np.float32], NDArray[np.int32]]:
    character = puppet()
    motion = Motion(character)
    atlas = Atlas(tuple(layer.sprite for layer in character.layers), [0] * len(character.layers), character.size_px)
    common = motion.common(read_controls(moment))
    nodes = np.zeros((len(atlas.places), 16, 21, 2), np.float32)
    spans = np.zeros((len(atlas.places), 4), np.int32)
    place_layers(common, motion.layers, atlas.places, NODE_PX, nodes, spans)
    return motion, common, nodes, spans


@pytest.mark.parametrize("moment", MOMENTS)
def test_nodes_know_where_they_come_from(moment: Pose) -> None:
    motion, common, nodes, spans = placed(moment)
    worst = 0.0
    for layer, (left, right, top, bottom) in enumerate(spans.tolist()):
        sprite = puppet().layers[layer].sprite
        if sprite is None:
            continue
        width, height = sprite.size_px
        for i in range(top, bottom + 1):
            for j in range(left, right + 1):
                x, y = j * NODE_PX + float(nodes[layer, i, j, 0]), i * NODE_PX + float(nodes[layer, i, j, 1])
                if not (-2 < x - sprite.x < width + 2 and -2 < y - sprite.y < height + 2):
                    continue
                dx, dy = moved(x, y, motion.layers[layer], common)
                worst = max(worst, float(np.hypot(x + dx - j * NODE_PX, y + dy - i * NODE_PX)))
    assert worst < 0.25


def test_rest_does_not_move_at_all() -> None:
    _, _, nodes, spans = placed(pose())
    assert not nodes.any()
    assert (spans[:, 1] > spans[:, 0]).sum() == sum(layer.sprite is not None for layer in puppet().layers)


def test_neck_and_head_move_as_one() -> None:
    character = puppet()
    motion = Motion(character)
    common = motion.common(read_controls(pose((15, -8, 7, 0.05, 0.02), breath=1.0)))
    body, head = (
        next(i for i, layer in enumerate(character.layers) if layer.role is role) for role in (Role.BODY, Role.HEAD)
    )
    for y in (151.0, 158.0, 165.0, 172.0, 180.0, 200.0):
        here, there = moved(160.0, y, motion.layers[body], common), moved(160.0, y, motion.layers[head], common)
        assert here == pytest.approx(there, abs=0.8)


def test_limits_are_never_passed() -> None:
    assert limited(1e3, LIMIT_DEG[0]) == pytest.approx(LIMIT_DEG[0])
    assert limited(0.5, LIMIT_DEG[0]) == pytest.approx(0.5, rel=0.01)
    steps = np.diff([limited(value, 20.0, 1.4) for value in np.linspace(-60, 60, 50)])
    assert (steps >= 0).all()
