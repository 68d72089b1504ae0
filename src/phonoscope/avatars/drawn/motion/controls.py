"""From a pose's channels to what moves on a drawn face, other than the mouth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from phonoscope.core.performance import CHANNEL, Pose


@dataclass(frozen=True, slots=True)
class SideControls:
    """What one side of the face does, 0 to 1 unless told otherwise.

    Attributes
    ----------
    gaze_x, gaze_y
        Look to the picture's right, and down, in [-1, 1] of 30 degrees.
    cheek
        The cheek is raised, by a smile or by itself.
    """

    blink: float
    squint: float
    wide: float
    gaze_x: float
    gaze_y: float
    brow_inner: float
    brow_outer: float
    brow_down: float
    cheek: float


@dataclass(frozen=True, slots=True)
class Controls:
    """What a pose asks for. Left and right are the picture's.

    Attributes
    ----------
    head
        yaw, pitch, roll in degrees, x, y in face heights: see `core.performance.HEAD`.
    jaw
        How far the jaw is down.
    breath, sway_x, sway_y
        In [-1, 1].
    """

    left: SideControls
    right: SideControls
    head: tuple[float, float, float, float, float]
    jaw: float
    breath: float
    sway_x: float
    sway_y: float


SMILE_CHEEK = 0.6
"""How far a full smile alone raises the cheek."""


def read_controls(pose: Pose) -> Controls:
    """Return the controls of a pose, within their limits; what is not a number counts as rest."""
    values = np.nan_to_num(pose.curves, nan=0.0, posinf=1.0, neginf=0.0).tolist()
    yaw, pitch, roll, x, y = np.nan_to_num(pose.head, nan=0.0, posinf=90.0, neginf=-90.0).tolist()
    return Controls(
        # The picture's left is the person's right.
        left=_side(values, "Right", 1.0),
        right=_side(values, "Left", -1.0),
        head=(yaw, pitch, roll, x, y),
        jaw=_share(values[CHANNEL["jawOpen"]]) * (1 - _share(values[CHANNEL["mouthRest"]])),
        breath=min(max(values[CHANNEL["breath"]], -1.0), 1.0),
        sway_x=min(max(values[CHANNEL["swayX"]], -1.0), 1.0),
        sway_y=min(max(values[CHANNEL["swayY"]], -1.0), 1.0),
    )


def _side(values: list[float], own: str, inwards: float) -> SideControls:
    """Return one side's controls; `inwards` is 1 where looking in is looking to the picture's right."""

    def of(name: str) -> float:
        return _share(values[CHANNEL[name]])

    return SideControls(
        blink=of(f"eyeBlink{own}"),
        squint=of(f"eyeSquint{own}"),
        wide=of(f"eyeWide{own}"),
        gaze_x=inwards * (of(f"eyeLookIn{own}") - of(f"eyeLookOut{own}")),
        gaze_y=of(f"eyeLookDown{own}") - of(f"eyeLookUp{own}"),
        brow_inner=of("browInnerUp"),
        brow_outer=of(f"browOuterUp{own}"),
        brow_down=of(f"browDown{own}"),
        cheek=max(of(f"cheekSquint{own}"), SMILE_CHEEK * of(f"mouthSmile{own}")),
    )


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
