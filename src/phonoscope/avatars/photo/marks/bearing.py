"""How a marked face may move: nobody knows the shape of a muzzle from one photo, and a toaster has no jaw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.faces import Kind
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.fields import FIELDS, MOUTH_FIELDS, FieldSet
from phonoscope.avatars.photo.motion.head import HeadMotion
from phonoscope.avatars.photo.motion.lattice import Lattice

TURN_LIMIT_DEG: dict[Kind, float] = {"person": 10.0, "animal": 7.0, "drawing": 5.0, "thing": 1.6}
"""Largest turn of a marked head: its depth is guessed. A thing stands on something, whose edge would bend along."""

STIFF_FROM, STIFF_TO = 0.02, 0.16
"""Below the lips of a thing nothing follows the jaw any more from the one distance to the other, in face heights: a
case does not bend."""

CASE_FROM, CASE_TO = 0.03, 0.20
"""The same for all that a mouth does, beside its corners and above."""


def steady_head(motion: HeadMotion, kind: Kind) -> HeadMotion:
    """Return a head that turns no further than its kind allows."""
    return replace(motion, limit_deg=min(motion.limit_deg, TURN_LIMIT_DEG[kind]))


def stiff_case(fields: FieldSet, lips: LipLine, lattice: Lattice) -> FieldSet:
    """Return fields of a thing whose lips part but whose outline stays."""
    below = np.maximum(fields.below_lower, 0).ravel()
    reach = min(STIFF_TO, STIFF_FROM + 0.9 * lips.half_width)
    under = 1 - smoothstep(STIFF_FROM, reach, below)
    beside = np.maximum(np.abs(lattice.u - lips.centre_u) - lips.half_width, 0).ravel()
    around = np.hypot(beside, np.maximum(-fields.below_lower, 0).ravel())
    case = (1 - smoothstep(CASE_FROM, CASE_TO, around)).astype(np.float32)
    upper, lower = fields.upper.copy(), fields.lower.copy()
    for name in MOUTH_FIELDS:
        grip = case * under.astype(np.float32) if name == "jaw" else case
        upper[FIELDS.index(name)] *= grip
        lower[FIELDS.index(name)] *= grip
    return replace(fields, upper=upper, lower=lower)
