"""From a pose's channels to the few controls that this face has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, CHANNELS, Pose

CONTROLS = (
    "gap_mm", "round", "jaw", "wide", "smile", "pucker", "upper_raise_mm", "press", "roll", "tongue", "brow",
    "blink_left", "blink_right", "gaze_x_left", "gaze_x_right", "gaze_y_left", "gaze_y_right", "rest", "breath",
)  # fmt: skip
"""Order of the controls. Left and right are the picture's: ARKit's are the person's own, so they swap."""

FACE_MM = 175.0
"""Height of an average face."""

MAPPING = (
    # control, channel, gain
    ("gap_mm", "lipGap", FACE_MM),
    ("round", "mouthFunnel", 1.0),
    ("jaw", "jawOpen", 1.0),
    ("wide", "mouthStretchLeft", 0.5),
    ("wide", "mouthStretchRight", 0.5),
    ("smile", "mouthSmileLeft", 0.5),
    ("smile", "mouthSmileRight", 0.5),
    ("smile", "mouthFrownLeft", -0.5),
    ("smile", "mouthFrownRight", -0.5),
    ("pucker", "mouthPucker", 1.0),
    ("upper_raise_mm", "mouthUpperUpLeft", 1.25),
    ("upper_raise_mm", "mouthUpperUpRight", 1.25),
    ("press", "mouthPressLeft", 0.5),
    ("press", "mouthPressRight", 0.5),
    ("roll", "mouthRollLower", 1.0),
    ("tongue", "tongueUp", 1.0),
    ("brow", "browInnerUp", 0.5),
    ("brow", "browOuterUpLeft", 0.25),
    ("brow", "browOuterUpRight", 0.25),
    ("brow", "browDownLeft", -0.3),
    ("brow", "browDownRight", -0.3),
    ("blink_left", "eyeBlinkRight", 1.0),
    ("blink_right", "eyeBlinkLeft", 1.0),
    # Half a squint is a fifth of a blink: lids narrow, but the eye still looks.
    ("blink_left", "eyeSquintRight", 0.2),
    ("blink_right", "eyeSquintLeft", 0.2),
    # The person's right eye, at the picture's left, looks to the picture's right when it looks in.
    ("gaze_x_left", "eyeLookInRight", 1.0),
    ("gaze_x_left", "eyeLookOutRight", -1.0),
    ("gaze_x_right", "eyeLookOutLeft", 1.0),
    ("gaze_x_right", "eyeLookInLeft", -1.0),
    ("gaze_y_left", "eyeLookDownRight", 1.0),
    ("gaze_y_left", "eyeLookUpRight", -1.0),
    ("gaze_y_right", "eyeLookDownLeft", 1.0),
    ("gaze_y_right", "eyeLookUpLeft", -1.0),
    ("rest", "mouthRest", 1.0),
    ("breath", "breath", 1.0),
)
"""What moves what, and how much: a control is the sum of its channels times their gains."""

LIMITS = {
    "gap_mm": (0.0, 24.0),
    "wide": (-1.0, 1.2),
    "smile": (-1.0, 1.0),
    "upper_raise_mm": (0.0, 3.0),
    "brow": (-1.0, 1.0),
    "gaze_x_left": (-1.0, 1.0),
    "gaze_x_right": (-1.0, 1.0),
    "gaze_y_left": (-1.0, 1.0),
    "gaze_y_right": (-1.0, 1.0),
    "breath": (-1.0, 1.0),
}
"""Range of each control that may leave [0, 1]: where skin has not yet folded over, in every photo tried."""


def _mixing_matrix() -> NDArray[np.float32]:
    matrix = np.zeros((len(CONTROLS), len(CHANNELS)), np.float32)
    for control, channel, gain in MAPPING:
        matrix[CONTROLS.index(control), CHANNEL[channel]] += gain
    return matrix


_MIXING = _mixing_matrix()
_LOW = np.array([LIMITS.get(name, (0.0, 1.0))[0] for name in CONTROLS], np.float32)
_HIGH = np.array([LIMITS.get(name, (0.0, 1.0))[1] for name in CONTROLS], np.float32)


@dataclass(frozen=True, slots=True)
class Controls:
    """What a pose asks of this face; fields in the order of `CONTROLS`, 0 to 1 unless named or in `LIMITS`.

    Attributes
    ----------
    gap_mm
        Opening between the lips on an average face, in millimetres.
    upper_raise_mm
        How far the upper lip is raised off the teeth, taking the lower one along.
    gaze_x_left, gaze_y_left
        Look of the eye at the picture's left, to the picture's right and down.
    rest
        1 shows the mouth as it was photographed.
    """

    gap_mm: float
    round: float
    jaw: float
    wide: float
    smile: float
    pucker: float
    upper_raise_mm: float
    press: float
    roll: float
    tongue: float
    brow: float
    blink_left: float
    blink_right: float
    gaze_x_left: float
    gaze_x_right: float
    gaze_y_left: float
    gaze_y_right: float
    rest: float
    breath: float


def read_controls(pose: Pose) -> Controls:
    """Return the controls of a pose, within their limits; what is not a number counts as rest."""
    curves = np.nan_to_num(pose.curves, nan=0.0, posinf=1.0, neginf=0.0)
    values = np.clip(_MIXING @ curves, _LOW, _HIGH)
    return Controls(*values.tolist())
