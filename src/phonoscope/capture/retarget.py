"""From one face to another: how strongly it acts, and whether as in a mirror."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from phonoscope.core.errors import UsageError
from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance

STRONGEST: Final = 2.0

GROUPS: Final = ("mouth", "eyes", "brows", "cheeks", "head")
"""What a strength can be given for."""

_OWN_RANGE: Final = {
    "lipGap": (0.0, 0.5),
    "breath": (-1.0, 1.0),
    "swayX": (-1.0, 1.0),
    "swayY": (-1.0, 1.0),
    # A name, not a measure.
    "mouthShape": (0.0, np.inf),
}
_LOW: Final = np.array([_OWN_RANGE.get(name, (0.0, 1.0))[0] for name in CHANNELS], np.float32)
_HIGH: Final = np.array([_OWN_RANGE.get(name, (0.0, 1.0))[1] for name in CHANNELS], np.float32)
_HEAD_HIGH: Final = np.array([90, 90, 90, 1, 1], np.float32)
_GROUP_OF: Final = (
    ("mouth", r"(mouth|jaw|tongue|lipGap)(?!Rest|Shape)"),
    ("eyes", r"eye(Look|Squint|Wide)|eyeBlink"),
    ("brows", r"brow"),
    ("cheeks", r"cheek|nose"),
    ("head", r"sway|breath"),
)
_STRENGTH: Final = re.compile(r"\d{1,2}(?:\.\d{0,6})?|\.\d{1,6}")


@dataclass(frozen=True, slots=True)
class Retarget:
    """How a performance is carried over to an avatar.

    Attributes
    ----------
    mouth, eyes, brows, cheeks, head
        Strength of what each does, 0 to 2; 1 is as it was. Eyes that blink shut entirely at any strength from 1 on.
    mirror
        Left and right change places, as in a mirror.
    """

    mouth: float = 1.0
    eyes: float = 1.0
    brows: float = 1.0
    cheeks: float = 1.0
    head: float = 1.0
    mirror: bool = False

    def __post_init__(self) -> None:
        for group in GROUPS:
            strength = getattr(self, group)
            if not 0 <= strength <= STRONGEST:
                raise UsageError(
                    f"A strength of {strength:g} is out of range.", "Choose between 0 and 2; 1 is natural."
                )


def parse_retarget(text: str, mirror: bool = False) -> Retarget:
    """Read ``1.3``, or ``mouth=1.2,head=.6`` with 1 for all others, or ``1.3,head=.6``.

    Raises
    ------
    UsageError
        It is neither, or out of range.
    """
    strengths: dict[str, float] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, number = (piece.strip() for piece in part.rpartition("="))
        if not _STRENGTH.fullmatch(number) or (equals and name not in GROUPS):
            raise UsageError(
                f"'{text[:40]}' is no strength.",
                f"Give a number from 0 to 2, or some of {', '.join(GROUPS)}, as in mouth=1.2,head=.6.",
            )
        named = {name} if equals else {group for group in GROUPS if group not in strengths}
        strengths |= dict.fromkeys(named, float(number))
    return Retarget(**strengths, mirror=mirror)


def retarget(performance: Performance, wanted: Retarget) -> Performance:
    """Return a performance as it is carried over to an avatar, in range."""
    curves, head = performance.curves, performance.head
    if wanted.mirror:
        curves, head = curves[:, _MIRRORED] * _MIRROR_SIGNS, head * _MIRROR_HEAD
    curves = np.clip(curves * _strengths(wanted), _LOW, _HIGH)
    head = np.clip(head * np.float32(wanted.head), -_HEAD_HIGH, _HEAD_HIGH)
    return replace(performance, curves=curves, head=head)


def _strengths(wanted: Retarget) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    strengths = np.ones(len(CHANNELS), np.float32)
    for name, column in CHANNEL.items():
        group = next((group for group, pattern in _GROUP_OF if re.match(pattern, name)), None)
        if group is not None:
            strengths[column] = getattr(wanted, group)
        if name.startswith("eyeBlink"):
            # Lids that shut half make nobody more reserved, only sleepy.
            strengths[column] = min(1.0, 2 * wanted.eyes)
    return strengths


def _mirrored(name: str) -> str:
    for side, other in (("Left", "Right"), ("Right", "Left")):
        if name.endswith(side):
            return name[: -len(side)] + other
    return name


_MIRRORED: Final = np.array([CHANNEL[_mirrored(name)] for name in CHANNELS])
_MIRROR_SIGNS: Final = np.array([-1 if name == "swayX" else 1 for name in CHANNELS], np.float32)
_MIRROR_HEAD: Final = np.array([-1 if name in ("yaw", "roll", "x") else 1 for name in HEAD], np.float32)
