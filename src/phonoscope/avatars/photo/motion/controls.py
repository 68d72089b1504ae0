"""From a pose's channels to the few controls that this face has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import CHANNEL, CHANNELS, Pose

CONTROLS = (
    "gap_mm", "round", "jaw", "wide", "pucker", "upper_raise_mm", "press", "roll", "tongue",
    "smile_left", "smile_right", "frown_left", "frown_right", "cheek_left", "cheek_right", "sneer_left", "sneer_right",
    "brow_inner", "brow_outer_left", "brow_outer_right", "brow_down_left", "brow_down_right",
    "shrug", "puff", "jaw_side", "mouth_side",
    "blink_left", "blink_right", "squint_left", "squint_right", "lids_wide_left", "lids_wide_right",
    "gaze_x_left", "gaze_x_right", "gaze_y_left", "gaze_y_right",
    "rest", "breath", "sway_x", "sway_y",
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
    # A dimple draws its corner back: from the front, a narrow stretch.
    ("wide", "mouthDimpleLeft", 0.2),
    ("wide", "mouthDimpleRight", 0.2),
    ("pucker", "mouthPucker", 1.0),
    ("upper_raise_mm", "mouthUpperUpLeft", 1.25),
    ("upper_raise_mm", "mouthUpperUpRight", 1.25),
    ("upper_raise_mm", "mouthShrugUpper", 0.8),
    ("upper_raise_mm", "mouthLowerDownLeft", -1.0),
    ("upper_raise_mm", "mouthLowerDownRight", -1.0),
    ("press", "mouthPressLeft", 0.5),
    ("press", "mouthPressRight", 0.5),
    ("roll", "mouthRollLower", 1.0),
    ("tongue", "tongueUp", 1.0),
    ("smile_left", "mouthSmileRight", 1.0),
    ("smile_right", "mouthSmileLeft", 1.0),
    ("frown_left", "mouthFrownRight", 1.0),
    ("frown_right", "mouthFrownLeft", 1.0),
    ("cheek_left", "cheekSquintRight", 1.0),
    ("cheek_right", "cheekSquintLeft", 1.0),
    ("sneer_left", "noseSneerRight", 1.0),
    ("sneer_right", "noseSneerLeft", 1.0),
    ("brow_inner", "browInnerUp", 1.0),
    ("brow_outer_left", "browOuterUpRight", 1.0),
    ("brow_outer_right", "browOuterUpLeft", 1.0),
    ("brow_down_left", "browDownRight", 1.0),
    ("brow_down_right", "browDownLeft", 1.0),
    ("shrug", "mouthShrugLower", 1.0),
    ("puff", "cheekPuff", 1.0),
    # The person's left is the picture's right.
    ("jaw_side", "jawLeft", 1.0),
    ("jaw_side", "jawRight", -1.0),
    ("mouth_side", "mouthLeft", 1.0),
    ("mouth_side", "mouthRight", -1.0),
    ("blink_left", "eyeBlinkRight", 1.0),
    ("blink_right", "eyeBlinkLeft", 1.0),
    ("squint_left", "eyeSquintRight", 1.0),
    ("squint_right", "eyeSquintLeft", 1.0),
    # Raised cheeks push the lower lids up.
    ("squint_left", "cheekSquintRight", 0.4),
    ("squint_right", "cheekSquintLeft", 0.4),
    ("lids_wide_left", "eyeWideRight", 1.0),
    ("lids_wide_right", "eyeWideLeft", 1.0),
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
    ("sway_x", "swayX", 1.0),
    ("sway_y", "swayY", 1.0),
)
"""What moves what, and how much: a control is the sum of its channels times their gains."""

LIMITS = {
    "gap_mm": (0.0, 24.0),
    "wide": (-1.0, 1.2),
    "upper_raise_mm": (-2.0, 3.0),
    "jaw_side": (-1.0, 1.0),
    "mouth_side": (-1.0, 1.0),
    "gaze_x_left": (-1.0, 1.0),
    "gaze_x_right": (-1.0, 1.0),
    "gaze_y_left": (-1.0, 1.0),
    "gaze_y_right": (-1.0, 1.0),
    "breath": (-1.0, 1.0),
    "sway_x": (-1.0, 1.0),
    "sway_y": (-1.0, 1.0),
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
        How far the upper lip is raised off the teeth, taking the lower one along; negative: both come down.
    jaw_side, mouth_side
        Jaw and mouth to the picture's right.
    gaze_x_left, gaze_y_left
        Look of the eye at the picture's left, to the picture's right and down.
    rest
        1 shows the mouth as it was photographed, moved by expression only.
    sway_x, sway_y
        How far the tips of the hair lag, to the picture's right and down.
    """

    gap_mm: float
    round: float
    jaw: float
    wide: float
    pucker: float
    upper_raise_mm: float
    press: float
    roll: float
    tongue: float
    smile_left: float
    smile_right: float
    frown_left: float
    frown_right: float
    cheek_left: float
    cheek_right: float
    sneer_left: float
    sneer_right: float
    brow_inner: float
    brow_outer_left: float
    brow_outer_right: float
    brow_down_left: float
    brow_down_right: float
    shrug: float
    puff: float
    jaw_side: float
    mouth_side: float
    blink_left: float
    blink_right: float
    squint_left: float
    squint_right: float
    lids_wide_left: float
    lids_wide_right: float
    gaze_x_left: float
    gaze_x_right: float
    gaze_y_left: float
    gaze_y_right: float
    rest: float
    breath: float
    sway_x: float
    sway_y: float


def read_controls(pose: Pose) -> Controls:
    """Return the controls of a pose, within their limits; what is not a number counts as rest."""
    curves = np.nan_to_num(pose.curves, nan=0.0, posinf=1.0, neginf=0.0)
    values = np.clip(_MIXING @ curves, _LOW, _HIGH)
    return Controls(*values.tolist())
