"""How a marked face may move: nobody knows the shape of a muzzle from one photo, and a toaster has no jaw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.finding.faces import Kind
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.motion.fields import FIELDS, FieldSet
from phonoscope.avatars.photo.motion.head import HeadMotion

TURN_LIMIT_DEG: dict[Kind, float] = {"person": 10.0, "animal": 7.0, "drawing": 6.0, "thing": 4.0}
"""Largest turn of a marked head: its depth is guessed."""

STIFF_FROM, STIFF_TO = 0.02, 0.16
"""Below the lips of a thing nothing follows the jaw any more from the one distance to the other, in face heights: a
case does not bend."""


def steady_head(motion: HeadMotion, kind: Kind) -> HeadMotion:
    """Return a head that turns no further than its kind allows."""
    return replace(motion, limit_deg=min(motion.limit_deg, TURN_LIMIT_DEG[kind]))


def stiff_jaw(fields: FieldSet, lips: LipLine) -> FieldSet:
    """Return fields of a thing whose lips part but whose outline stays."""
    jaw = FIELDS.index("jaw")
    below = np.maximum(fields.below_lower, 0).ravel()
    reach = min(STIFF_TO, STIFF_FROM + 0.9 * lips.half_width)
    grip = (1 - smoothstep(STIFF_FROM, reach, below)).astype(np.float32)
    upper, lower = fields.upper.copy(), fields.lower.copy()
    upper[jaw] *= grip
    lower[jaw] *= grip
    return replace(fields, upper=upper, lower=lower)
