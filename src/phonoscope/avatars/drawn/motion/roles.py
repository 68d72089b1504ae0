"""How each role moves: what it follows, and how deep it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from phonoscope.avatars.drawn.puppet import Role


class Follows(IntEnum):
    """What a layer is fastened to."""

    NOTHING = 0
    BODY = 1
    HEAD = 2
    HAIR = 3


class Bulge(IntEnum):
    """How a layer's depth is spread over the head.

    EVEN
        The same everywhere.
    FACE
        Falling off towards the sides, as features on a ball.
    SKULL
        Nothing at the outline of the head, so that what shares that outline keeps to it.
    """

    EVEN = 0
    FACE = 1
    SKULL = 2


@dataclass(frozen=True, slots=True)
class Attachment:
    """How a role moves.

    Attributes
    ----------
    depth
        How far in front of the head's outline it lies at its middle, as a share of half the face's size.
    sway
        How far its tips lag behind the head, as a share of `movement.SWAY`.
    jaw
        How far it follows the jaw, as a share of `movement.JAW_DROP`.
    cheeks
        It rises with the cheeks.
    """

    follows: Follows
    depth: float = 0.0
    bulge: Bulge = Bulge.EVEN
    sway: float = 0.0
    jaw: float = 0.0
    cheeks: bool = False


ATTACHMENT: Mapping[Role, Attachment] = {
    Role.BACKDROP: Attachment(Follows.NOTHING),
    Role.BODY: Attachment(Follows.BODY),
    Role.REAR_HAIR: Attachment(Follows.HAIR, -0.22, sway=1.0),
    Role.HEAD: Attachment(Follows.HEAD, 0.30, Bulge.SKULL, jaw=0.6),
    Role.EARS: Attachment(Follows.HEAD, -0.12),
    Role.EARRINGS: Attachment(Follows.HAIR, -0.12, sway=0.7),
    Role.FACE: Attachment(Follows.HEAD, 0.52, Bulge.FACE, jaw=0.5, cheeks=True),
    Role.NOSE: Attachment(Follows.HEAD, 0.85, Bulge.FACE),
    Role.EYE: Attachment(Follows.HEAD, 0.60, Bulge.FACE),
    Role.BROW: Attachment(Follows.HEAD, 0.62, Bulge.FACE),
    Role.MOUTH: Attachment(Follows.HEAD, 0.60, Bulge.FACE),
    Role.FACIAL_HAIR: Attachment(Follows.HAIR, 0.50, Bulge.FACE, jaw=1.0),
    Role.HAIR: Attachment(Follows.HAIR, 0.30, Bulge.SKULL, sway=0.7),
    Role.GLASSES: Attachment(Follows.HEAD, 0.68, Bulge.FACE),
    Role.HAT: Attachment(Follows.HEAD, 0.30, Bulge.SKULL),
}
"""Each role's way of moving. Depths are those that look like one head at ±20°: a nose leads, brows and eyes and mouth
go together, ears and rear hair go the other way."""

IN_FRONT = Attachment(Follows.HEAD)
"""Ears that are painted over the head, as in three-quarter views: they lie on its outline."""
