"""Mouths to be drawn in tests: red lines, green lips, and blue for what may only be seen between lips apart."""

from __future__ import annotations

from dataclasses import replace

from phonoscope.avatars.drawn.puppet import MouthLook
from phonoscope.core.performance import Pose, pose

LINE = MouthLook(
    (100.0, 80.0), 30.0, 4.0, 32.0, line=(255, 0, 0), inside=(0, 0, 255), teeth=(255, 255, 255), tongue=(255, 128, 255)
)
LOOKS = {
    "line": LINE,
    "rectangle": replace(LINE, square=1.0, round_ends=False, smile=0.0),
    "outlined lips": replace(LINE, kind="lips", lip=(0, 255, 0), line_px=1.5),
    "lips": replace(LINE, kind="lips", lip=(0, 255, 0), line=None, line_px=2.0),
    "shape": replace(LINE, kind="shape", line=None, line_px=5.0),
    "turned": replace(LINE, tilt_deg=20.0, skew=0.2, smile=-0.4),
}
GRIN = replace(LINE, rest_opening=0.6)
SMILES = {
    "line": GRIN,
    "all teeth": replace(GRIN, rest_teeth=1.0),
    "lips": replace(LOOKS["lips"], rest_opening=0.5),
    "shape": replace(LOOKS["shape"], rest_opening=0.7),
}
"""Mouths that rest in an open smile."""

FACE_PX = 200.0

SHUT = pose(jawOpen=0.1, mouthPressLeft=1.0, mouthPressRight=1.0)
AH = pose(jawOpen=0.8, lipGap=0.072)
EE = pose(jawOpen=0.19, lipGap=0.036, mouthStretchLeft=0.75, mouthStretchRight=0.75)
OO = pose(jawOpen=0.18, lipGap=0.0103, mouthFunnel=1.0, mouthPucker=1.0)
EF = pose(jawOpen=0.12, lipGap=0.0126, mouthRollLower=1.0)
ES = pose(jawOpen=0.09, lipGap=0.031, mouthStretchLeft=0.38, mouthStretchRight=0.38)
EL = pose(jawOpen=0.26, lipGap=0.034, tongueUp=0.9)


def between(first: Pose, second: Pose, share: float) -> Pose:
    """Return a pose on the way from one to another."""
    return Pose((1 - share) * first.curves + share * second.curves, first.head)
