"""From a pose's channels to the few things that a drawn mouth is asked for."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from phonoscope.core.mouth_shapes import SHUT_GAP
from phonoscope.core.performance import CHANNEL, Pose


@dataclass(frozen=True, slots=True)
class MouthWishes:
    """What a pose asks of a mouth; 0 to 1 unless told otherwise. Left and right are the picture's.

    Attributes
    ----------
    gap
        Opening between the lips in face heights; exactly 0 where they touch.
    rest
        1 shows the mouth as the style draws it, moved by expression only.
    round
        How far the opening is a ring.
    pucker
        How far the lips are pushed forward.
    wide
        How far the corners are drawn apart.
    bite
        How near the lower lip is to the upper teeth (f, v).
    side, jaw_side
        Mouth and jaw to the picture's right, in [-1, 1].
    """

    gap: float
    rest: float
    jaw: float
    round: float
    pucker: float
    wide: float
    press: float
    bite: float
    tongue_up: float
    tongue_out: float
    upper_up: float
    lower_down: float
    smile_left: float
    smile_right: float
    frown_left: float
    frown_right: float
    shrug: float
    puff: float
    side: float
    jaw_side: float


_NAMES = (
    "lipGap", "mouthRest", "jawOpen", "mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight",
    "mouthDimpleLeft", "mouthDimpleRight", "mouthPressLeft", "mouthPressRight", "mouthRollLower", "tongueUp",
    "tongueOut", "mouthUpperUpLeft", "mouthUpperUpRight", "mouthLowerDownLeft", "mouthLowerDownRight",
    "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight", "mouthShrugLower", "cheekPuff",
    "mouthLeft", "mouthRight", "jawLeft", "jawRight",
)  # fmt: skip
_COLUMNS = np.array([CHANNEL[name] for name in _NAMES])

DIMPLE = 0.4
"""Stretch in a dimple: it draws its corner back, which from the front is a narrow stretch."""


def read_wishes(pose: Pose) -> MouthWishes:
    """Return what a pose asks of the mouth; what is not a number counts as rest."""
    values = (_share(value) for value in pose.curves[_COLUMNS].tolist())
    value = dict(zip(_NAMES, values, strict=True))
    gap, rest = value["lipGap"], value["mouthRest"]
    return MouthWishes(
        gap=max(0.0, gap - SHUT_GAP) * (1 - rest),
        rest=rest,
        jaw=value["jawOpen"],
        round=value["mouthFunnel"],
        pucker=value["mouthPucker"],
        wide=min(1.0, _both(value, "mouthStretch") + DIMPLE * _both(value, "mouthDimple")),
        press=_both(value, "mouthPress"),
        bite=value["mouthRollLower"],
        tongue_up=value["tongueUp"],
        tongue_out=value["tongueOut"],
        upper_up=_both(value, "mouthUpperUp"),
        lower_down=_both(value, "mouthLowerDown"),
        # The person's left is the picture's right.
        smile_left=value["mouthSmileRight"],
        smile_right=value["mouthSmileLeft"],
        frown_left=value["mouthFrownRight"],
        frown_right=value["mouthFrownLeft"],
        shrug=value["mouthShrugLower"],
        puff=value["cheekPuff"],
        side=value["mouthLeft"] - value["mouthRight"],
        jaw_side=value["jawLeft"] - value["jawRight"],
    )


def _both(value: dict[str, float], name: str) -> float:
    return 0.5 * (value[f"{name}Left"] + value[f"{name}Right"])


def _share(value: float) -> float:
    """Return a channel within [0, 1]."""
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0
