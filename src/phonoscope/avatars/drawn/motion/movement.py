"""From controls to the numbers that every layer's movement is made of."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.drawn.motion import field
from phonoscope.avatars.drawn.motion.controls import Controls, SideControls
from phonoscope.avatars.drawn.motion.roles import ATTACHMENT, IN_FRONT, Follows
from phonoscope.avatars.drawn.motion.room import find_room
from phonoscope.avatars.drawn.puppet import Layer, MouthLook, Puppet, Role, Sprite

TURN_GAIN = 1.4
"""A flat drawing turns farther than a head, to be seen to turn."""

LIMIT_DEG = (28.0, 22.0, 25.0)
"""Yaw, pitch and roll that are never quite reached: farther, features would leave the face."""

LIMIT_SHIFT = (0.20, 0.15)
"""The same for shifts, in face heights."""

HEAD_FORWARD = 0.16
"""How far the head lies in front of the neck, in half face sizes: turning carries it to the side, nodding down."""

SQUEEZE = 0.55
"""Share of a turned ball's shortening that a drawn head shows: its outline stays round."""

BREATH_LIFT = 0.016
"""Rise of the shoulders at breath 1, in face heights …"""

BREATH_WIDEN = 0.010
"""… and their growth to the sides."""

SWAY = 0.045
"""Way of the tips of the hair at a full sway, in face heights."""

JAW_DROP = 0.045
"""Way of the chin at a jaw that is open as far as it goes, in face heights."""

CHEEK_RISE = 0.018
BROW_UP, BROW_DOWN = 0.068, 0.058
"""Ways of cheeks and brows at 1, in face heights."""

BROW_DOWN_OUTER = -0.30
"""Share of its lowering that the outer end of a brow makes: it stays, or rises, so that the brow turns."""

BROW_INWARD = 0.012
"""How far a lowered brow comes towards the nose, in face heights."""

NECK_FADE = 0.10
"""How far below the neck a movement of the head is felt, in face heights: so that the neck bends."""

LEAST_NECK = 0.15
"""Least height of a neck, in face heights: where a style draws none."""

HAIR_LENGTH = 1.3
"""Below the chin, in face heights: where hair follows as little as it ever does."""

SHOULDERS = 0.25
"""Below the neck, in face heights: where the shoulders are."""

LEAST_BODY = 0.3
"""Least height of the body below the shoulders, in face heights."""


def limited(value: float, limit: float, gain: float = 1.0) -> float:
    """Return a value that goes to its limit ever more slowly."""
    return limit * math.tanh(gain * value / limit)


class Motion:
    """How the layers of a puppet move.

    Parameters
    ----------
    puppet
        The character.
    """

    def __init__(self, puppet: Puppet) -> None:
        self._build = puppet.build
        self.layers = np.stack([_layer(puppet, i) for i in range(len(puppet.layers))])
        self._rest = _measures(puppet)
        self._room = find_room(puppet, LIMIT_DEG[:2])

    def common(self, controls: Controls) -> NDArray[np.float64]:
        """Return what all layers have in common in one frame; see `field`."""
        f = self._rest.copy()
        size = self._build.face_height_px
        yaw, pitch, roll = (
            math.radians(limited(value, limit, gain))
            for value, limit, gain in zip(controls.head, LIMIT_DEG, (TURN_GAIN, TURN_GAIN, 1.0), strict=False)
        )
        shift_x, shift_y = (limited(v, m) * size for v, m in zip(controls.head[3:], LIMIT_SHIFT, strict=True))
        half_width, half_height = f[field.HALF_WIDTH], f[field.HALF_HEIGHT]
        # Chin up is up in the picture.
        f[field.YAW_SHIFT], f[field.PITCH_SHIFT] = math.sin(yaw) * half_width, -math.sin(pitch) * half_height
        room = self._room
        f[field.FACE_YAW_SHIFT] = f[field.YAW_SHIFT] * (room.right if yaw > 0 else room.left)
        f[field.FACE_PITCH_SHIFT] = f[field.PITCH_SHIFT] * (room.down if pitch < 0 else room.up)
        f[field.YAW_SQUEEZE] = SQUEEZE * (math.cos(yaw) - 1)
        f[field.PITCH_SQUEEZE] = SQUEEZE * (math.cos(pitch) - 1)
        f[field.SHIFT_X] = shift_x + HEAD_FORWARD * f[field.YAW_SHIFT]
        f[field.SHIFT_Y] = shift_y + HEAD_FORWARD * f[field.PITCH_SHIFT]
        f[field.COSINE], f[field.SINE] = math.cos(roll), math.sin(roll)
        f[field.LIFT], f[field.WIDEN] = BREATH_LIFT * size * controls.breath, BREATH_WIDEN * controls.breath
        f[field.SWAY_X], f[field.SWAY_Y] = SWAY * size * controls.sway_x, 0.5 * SWAY * size * controls.sway_y
        f[field.JAW] = JAW_DROP * size * controls.jaw
        f[field.CHEEK_LEFT] = CHEEK_RISE * size * controls.left.cheek
        f[field.CHEEK_RIGHT] = CHEEK_RISE * size * controls.right.cheek
        f[[field.BROW_INNER_LEFT, field.BROW_OUTER_LEFT, field.BROW_IN_LEFT]] = _brow(controls.left, size)
        f[[field.BROW_INNER_RIGHT, field.BROW_OUTER_RIGHT, field.BROW_IN_RIGHT]] = _brow(controls.right, size)
        return f


def _brow(side: SideControls, size_px: float) -> tuple[float, float, float]:
    """Return how far a brow's inner and outer end go down, and both inwards."""
    inner = BROW_DOWN * side.brow_down - BROW_UP * side.brow_inner
    outer = BROW_DOWN * BROW_DOWN_OUTER * side.brow_down - BROW_UP * side.brow_outer
    return inner * size_px, outer * size_px, BROW_INWARD * size_px * side.brow_down


def _measures(puppet: Puppet) -> NDArray[np.float64]:
    """Return `field`'s common numbers at rest."""
    build = puppet.build
    size = build.face_height_px
    chin = build.centre_px[1] + 0.5 * size
    neck_end = max(build.neck_px[1], chin + LEAST_NECK * size) + NECK_FADE * size
    shoulders = neck_end + SHOULDERS * size
    moving = [
        layer.sprite.y + layer.sprite.size_px[1]
        for layer in puppet.layers
        if layer.sprite is not None and layer.role is not Role.BACKDROP
    ]
    ground = max([*moving, shoulders + LEAST_BODY * size])
    # A mouth that is a picture lies where most do.
    look = puppet.mouth
    mouth = look.centre_px[1] if isinstance(look, MouthLook) else build.centre_px[1] + 0.25 * size
    f = np.zeros(field.FRAME_SIZE)
    f[field.CENTRE_X], f[field.CENTRE_Y] = build.centre_px
    f[field.HALF_WIDTH], f[field.HALF_HEIGHT] = 0.5 * build.face_width_px, 0.5 * size
    f[field.NECK_X], f[field.NECK_Y] = build.neck_px
    f[field.CHIN_Y], f[field.NECK_END_Y], f[field.HAIR_END_Y] = chin, neck_end, chin + HAIR_LENGTH * size
    # Where there is no body, all of the character is drawn out from its foot.
    f[field.SHOULDER_Y] = build.centre_px[1] - 0.5 * size if build.floats else shoulders
    f[field.GROUND_Y] = ground
    f[field.MOUTH_Y], f[field.FLOATS] = min(mouth, chin - 0.02 * size), build.floats
    f[field.COSINE] = 1.0
    return f


def _layer(puppet: Puppet, index: int) -> NDArray[np.float64]:
    """Return `field`'s numbers of one layer."""
    layer = puppet.layers[index]
    attachment = ATTACHMENT[layer.role]
    roles = [other.role for other in puppet.layers]
    if layer.role is Role.EARS and Role.HEAD in roles[:index]:
        attachment = IN_FRONT
    follows = attachment.follows
    if follows is Follows.BODY and Role.HEAD not in roles:
        # Where nothing else is the head, the body is.
        follows, attachment = Follows.HEAD, ATTACHMENT[Role.HEAD]
    k = np.zeros(field.LAYER_SIZE)
    k[field.FOLLOWS], k[field.DEPTH], k[field.BULGE] = follows, attachment.depth, attachment.bulge
    k[field.SWAY], k[field.CHEEKS] = attachment.sway, attachment.cheeks
    # A face that is its own body has no chin to drop.
    k[field.JAW_SHARE] = 0.0 if puppet.build.floats and layer.role is Role.HEAD else attachment.jaw
    if layer.role is Role.BROW and layer.sprite is not None:
        k[field.BROW] = 1
        k[field.SIDE] = {"left": -1, "right": 1}.get(layer.side, 0)
        k[field.LEFT_OUTER : field.RIGHT_OUTER + 1] = _brow_ends(layer, layer.sprite)
    return k


def _brow_ends(layer: Layer, sprite: Sprite) -> tuple[float, float, float, float]:
    """Return where brows begin and end: left outer, left inner, right inner, right outer."""
    columns = np.flatnonzero((sprite.rgba[..., 3] > 127).any(0))
    if not len(columns):
        columns = np.array([0, sprite.size_px[0]])
    left, right = sprite.x + float(columns[0]), sprite.x + float(columns[-1]) + 1
    if layer.side:
        return left, right, left, right
    # Both in one picture: the widest gap within it lies between them.
    gaps = np.diff(columns)
    widest = int(gaps.argmax()) if len(gaps) else 0
    if len(gaps) and gaps[widest] > 2:
        return left, sprite.x + float(columns[widest]), sprite.x + float(columns[widest + 1]), right
    middle = 0.5 * (left + right)
    return left, middle - 1, middle + 1, right
