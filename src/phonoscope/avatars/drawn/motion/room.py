"""How far features may go before they would leave the face: little on the far side of a face drawn half turned."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.motion.roles import ATTACHMENT
from phonoscope.avatars.drawn.puppet import MouthLook, Puppet, Role

Box = tuple[float, float, float, float]

KEPT = 0.2
"""Share of the room beside a feature that stays free."""

COVERED = 0.15
"""Share of an eye that a fringe may come to cover."""

LEAST = 0.22
"""Least share of a movement that is left where there is no room: a face that does not turn at all looks pasted on."""


@dataclass(frozen=True, slots=True)
class Room:
    """Which share of a movement of features there is room for, 0 to 1, in each direction of the picture."""

    left: float = 1.0
    right: float = 1.0
    up: float = 1.0
    down: float = 1.0


def find_room(puppet: Puppet, limit_deg: tuple[float, float]) -> Room:
    """Return the room of a puppet's eyes, brows and mouth, for turns (yaw, pitch) up to a limit."""
    build = puppet.build
    outline = _outline(puppet)
    chin = build.centre_px[1] + 0.5 * build.face_height_px
    across = 0.5 * build.face_width_px * math.sin(math.radians(limit_deg[0]))
    along = 0.5 * build.face_height_px * math.sin(math.radians(limit_deg[1]))
    left, right, up, down = 1.0, 1.0, 1.0, 1.0
    fringes = _fringes(puppet)
    for box, depth in _features(puppet):
        u = ((box[0] + box[2]) / 2 - build.centre_px[0]) / (0.5 * build.face_width_px)
        v = ((box[1] + box[3]) / 2 - build.centre_px[1]) / (0.5 * build.face_height_px)
        way = depth / (1 + 0.8 * (u * u + v * v))
        ends = outline[max(int(box[1]), 0) : int(box[3]) + 1]
        ends = ends[ends[:, 1] > ends[:, 0]]
        if len(ends):
            start, end = np.median(ends, 0).tolist()
            left = min(left, (1 - KEPT) * (box[0] - start) / (way * across))
            right = min(right, (1 - KEPT) * (end - box[2]) / (way * across))
        down = min(down, (chin - box[3]) / (way * along))
    for eye, fringe in zip(puppet.eyes, fringes, strict=True):
        # The hair goes along, but not as far.
        way = (ATTACHMENT[Role.EYE].depth - ATTACHMENT[Role.HAIR].depth) * along
        up = min(up, (eye.box_px[1] - fringe + COVERED * (eye.box_px[3] - eye.box_px[1])) / way)
    return Room(*(min(max(LEAST, share), 1.0) for share in (left, right, up, down)))


def _features(puppet: Puppet) -> list[tuple[Box, float]]:
    """Return the box of each feature, and how deep it lies."""
    features: list[tuple[Box, float]] = [(eye.box_px, ATTACHMENT[Role.EYE].depth) for eye in puppet.eyes]
    for layer in puppet.layers:
        if layer.role is Role.BROW and layer.sprite is not None:
            left_px, top_px = layer.sprite.x, layer.sprite.y
            width, height = layer.sprite.size_px
            features.append(((left_px, top_px, left_px + width, top_px + height), ATTACHMENT[Role.BROW].depth))
    mouth = puppet.mouth
    if isinstance(mouth, MouthLook):
        x, y = mouth.centre_px
        half = mouth.half_width_px
        features.append(((x - half, y, x + half, y + 0.6 * mouth.reach_px), ATTACHMENT[Role.MOUTH].depth))
    return features


def _fringes(puppet: Puppet) -> list[float]:
    """Return how far down the hair comes over each eye."""
    order = [layer.role for layer in puppet.layers]
    last_eye = len(order) - 1 - order[::-1].index(Role.EYE) if Role.EYE in order else len(order)
    fringes = []
    for eye in puppet.eyes:
        x0, y0, x1, y1 = (round(value) for value in eye.box_px)
        lowest = 0.0
        for layer in puppet.layers[last_eye + 1 :]:
            if layer.role not in (Role.HAIR, Role.HAT) or layer.sprite is None:
                continue
            left, top = layer.sprite.x, layer.sprite.y
            above = layer.sprite.rgba[: max((y0 + y1) // 2 - top, 0), max(x0 - left, 0) : max(x1 - left, 0), 3] > 127
            rows = np.flatnonzero(above.mean(1) > 0.5) if above.size else np.empty(0, int)
            lowest = max(lowest, float(top + rows[-1] + 1) if len(rows) else 0.0)
        fringes.append(lowest)
    return fringes


def _outline(puppet: Puppet) -> NDArray[np.int64]:
    """Return where the head begins and ends in each row of the canvas, shape (height, 2); 0, 0 where it is not."""
    width, height = puppet.size_px
    ends = np.tile(np.array([width, 0]), (height, 1))
    for layer in puppet.layers:
        if layer.role is not Role.HEAD or layer.sprite is None:
            continue
        solid = layer.sprite.rgba[..., 3] > 127
        first = layer.sprite.x + solid.argmax(1)
        last = layer.sprite.x + solid.shape[1] - solid[:, ::-1].argmax(1)
        rows = np.arange(len(solid)) + layer.sprite.y
        known = solid.any(1) & (rows >= 0) & (rows < height)
        ends[rows[known], 0] = np.minimum(ends[rows[known], 0], first[known])
        ends[rows[known], 1] = np.maximum(ends[rows[known], 1], last[known])
    ends[ends[:, 1] <= ends[:, 0]] = 0
    return ends
