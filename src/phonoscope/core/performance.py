"""A performance: how a face moves over time, as curves that any avatar can act out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

ARKIT = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight",
    "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight", "eyeLookInLeft", "eyeLookInRight",
    "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft", "eyeSquintRight",
    "eyeWideLeft", "eyeWideRight",
    "jawForward", "jawLeft", "jawOpen", "jawRight",
    "mouthClose", "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight", "mouthFunnel",
    "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight",
    "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
    "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthUpperUpLeft", "mouthUpperUpRight",
    "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip
"""Apple ARKit's 52 blendshape names, the field's exchange format; weights in [0, 1].
https://developer.apple.com/documentation/arkit/arfaceanchor/blendshapelocation"""

OWN = ("lipGap", "tongueUp", "mouthRest", "breath", "swayX", "swayY", "mouthShape")
"""Channels of our own.

lipGap
    Opening between the inner lips in face heights (forehead top to chin, landmark 10 to 152): the authority on how
    open the mouth is. `jawOpen` moves the jaw, `lipGap` decides whether the lips touch.
tongueUp
    How far the tongue tip is raised to the upper teeth (th, l, n), in [0, 1].
mouthRest
    1 shows the mouth as it was photographed, moved by expression only, 0 the mouth that the other channels ask for.
breath
    Chest and shoulders, in [-1, 1].
swayX, swayY
    How far the tips of the hair lag behind the head, to the picture's right and down, in [-1, 1] of a full sway.
mouthShape
    Which of `mouth_shapes.MOUTH_SHAPES` a mouth of pictures shows: 0 where nothing was chosen, else its place there,
    counted from 1. A name and no measure: never to be added to, scaled or averaged.
"""

CHANNELS = ARKIT + OWN
"""All columns of a performance's curves, in order."""

CHANNEL = {name: column for column, name in enumerate(CHANNELS)}
"""Column of each channel."""

HEAD = ("yaw", "pitch", "roll", "x", "y")
"""Columns of the head's movement: degrees (yaw: to the picture's right, pitch: chin up, roll: clockwise, all as seen in
the picture), then face heights (right, down)."""


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One moment of a performance.

    Attributes
    ----------
    curves
        float32, shape (len(CHANNELS),).
    head
        float32, shape (5,): see `HEAD`.
    """

    curves: NDArray[np.float32]
    head: NDArray[np.float32]

    def __getitem__(self, name: str) -> float:
        return float(self.curves[CHANNEL[name]])


def pose(head: tuple[float, float, float, float, float] = (0, 0, 0, 0, 0), /, **channels: float) -> Pose:
    """Return a pose with the named channels set and all others at rest.

    `mouthRest` is 1 unless a channel of the mouth is given.
    """
    curves = np.zeros(len(CHANNELS), np.float32)
    curves[CHANNEL["mouthRest"]] = not any(n.startswith(("mouth", "jaw", "lip", "tongue")) for n in channels)
    for name, value in channels.items():
        curves[CHANNEL[name]] = value
    return Pose(curves, np.asarray(head, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """Curves over consecutive frames. A long performance travels as a stream of such pieces.

    Attributes
    ----------
    fps
        Frames a second, exactly.
    curves
        float32, shape (frames, len(CHANNELS)); read-only.
    head
        float32, shape (frames, 5): see `HEAD`; read-only.
    first_frame
        Number of the first frame here within the whole; frame n shows time n / fps.
    """

    fps: Fraction
    curves: NDArray[np.float32]
    head: NDArray[np.float32]
    first_frame: int = 0

    def __post_init__(self) -> None:
        self.curves.setflags(write=False)
        self.head.setflags(write=False)

    def __len__(self) -> int:
        return len(self.curves)

    def pose(self, index: int) -> Pose:
        """Return frame `index` of this piece."""
        return Pose(self.curves[index], self.head[index])

    def curve(self, name: str) -> NDArray[np.float32]:
        """Return one channel, shape (frames,)."""
        return self.curves[:, CHANNEL[name]]
