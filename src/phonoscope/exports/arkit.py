"""The face's curves as CSV, in the columns that Live Link Face records and importers for 3D programs expect.

One row a frame: time code, number of values (61), ARKit's 52 blendshapes in their order and with their capital letters
there, then nine angles in radians: head and eyes, yaw, pitch and roll, about ARKit's axes (x to the picture's right, y
up, z out of the picture): yaw turns to the picture's right, pitch down, roll counter-clockwise, as seen in the picture.

A time code is ``HH:MM:SS:FF.fff``; FF.fff counts frames since the full second.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, TextIO

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.performance import ARKIT, CHANNEL, HEAD, Performance
from phonoscope.performance.document import exported_curves
from phonoscope.performance.gaze import FULL_DEG

_EYE = ("Blink", "LookDown", "LookIn", "LookOut", "LookUp", "Squint", "Wide")
_MOUTH = (
    "jawForward", "jawRight", "jawLeft", "jawOpen", "mouthClose", "mouthFunnel", "mouthPucker", "mouthRight",
    "mouthLeft", "mouthSmileLeft", "mouthSmileRight", "mouthFrownLeft", "mouthFrownRight", "mouthDimpleLeft",
    "mouthDimpleRight", "mouthStretchLeft", "mouthStretchRight", "mouthRollLower", "mouthRollUpper",
    "mouthShrugLower", "mouthShrugUpper", "mouthPressLeft", "mouthPressRight", "mouthLowerDownLeft",
    "mouthLowerDownRight", "mouthUpperUpLeft", "mouthUpperUpRight",
)  # fmt: skip
_REST = (
    "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "cheekPuff",
    "cheekSquintLeft", "cheekSquintRight", "noseSneerLeft", "noseSneerRight", "tongueOut",
)  # fmt: skip
BLENDSHAPES: Final = (*(f"eye{part}{side}" for side in ("Left", "Right") for part in _EYE), *_MOUTH, *_REST)
"""ARKit's blendshapes in the order of the file."""

ANGLES: Final = tuple(f"{part}{turn}" for part in ("Head", "LeftEye", "RightEye") for turn in ("Yaw", "Pitch", "Roll"))

COLUMNS: Final = ("Timecode", "BlendShapeCount", *(name[0].upper() + name[1:] for name in BLENDSHAPES), *ANGLES)

_VALUES: Final = len(BLENDSHAPES) + len(ANGLES)
_ROW: Final = f"%s,{_VALUES}," + ",".join(["%.5f"] * _VALUES) + "\n"
_BLENDSHAPE_COLUMNS: Final = [CHANNEL[name] for name in BLENDSHAPES]


class ArkitWriter:
    """Writes curves into an open text file, piece by piece.

    Parameters
    ----------
    stream
        Where to write; stays open and is the caller's.
    fps
        Frames a second of every piece.
    """

    def __init__(self, stream: TextIO, fps: Fraction) -> None:
        self._stream = stream
        self._fps = fps
        self._rows = 0
        stream.write(",".join(COLUMNS) + "\n")

    def add(self, piece: Performance) -> None:
        """Write the frames of the next piece.

        Raises
        ------
        InputError
            The piece does not follow on the last one, or has another frame rate.
        """
        curves = exported_curves(piece, self._fps, self._rows)
        table = np.hstack([np.clip(curves[:, _BLENDSHAPE_COLUMNS], 0, 1), _angles_rad(piece)]).astype(np.float64)
        # Adding zero makes a plain zero of a negative one.
        for row in (np.round(table, 5) + 0.0).tolist():
            self._stream.write(_ROW % (timecode(self._rows, self._fps), *row))
            self._rows += 1


def timecode(frame: int, fps: Fraction) -> str:
    """Return ``HH:MM:SS:FF.fff``: true time, also at rates that are no whole number."""
    seconds, rest = divmod(frame / fps, 1)
    thousandths = int(rest * fps * 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}:{thousandths // 1000:02}.{thousandths % 1000:03}"


def _angles_rad(piece: Performance) -> NDArray[np.float32]:
    """Return head and eyes in radians, shape (frames, 9)."""
    yaw, pitch, roll = (np.radians(piece.head[:, HEAD.index(name)]) for name in ("yaw", "pitch", "roll"))
    look = {name: np.radians(FULL_DEG) * piece.curve(name) for name in ARKIT if name.startswith("eyeLook")}
    straight = np.zeros_like(yaw)
    angles = [
        *(yaw, -pitch, -roll),
        *(look["eyeLookOutLeft"] - look["eyeLookInLeft"], look["eyeLookDownLeft"] - look["eyeLookUpLeft"], straight),
        *(look["eyeLookInRight"] - look["eyeLookOutRight"], look["eyeLookDownRight"] - look["eyeLookUpRight"]),
        straight,
    ]
    return np.asarray(np.stack(angles, axis=1), np.float32)
