"""The fixed poses in which every picture is looked at."""

from __future__ import annotations

from phonoscope.core.performance import Pose, pose

Both = dict[str, float]


def _both(value: float, *names: str) -> Both:
    """Return channels of both sides of the face at one value."""
    return {f"{name}{side}": value for name in names for side in ("Left", "Right")}


SPEECH: dict[str, Pose] = {
    "photo": pose(),
    "m": pose(lipGap=0.0, jawOpen=0.05, **_both(0.3, "mouthPress")),
    "f": pose(lipGap=0.006, jawOpen=0.08, mouthRollLower=0.7, **_both(0.3, "mouthUpperUp")),
    "th": pose(lipGap=0.022, jawOpen=0.12, tongueUp=1.0),
    "l": pose(lipGap=0.035, jawOpen=0.22, tongueUp=0.9),
    "ee": pose(lipGap=0.025, jawOpen=0.12, **_both(0.7, "mouthStretch"), **_both(0.25, "mouthSmile")),
    "aa": pose(lipGap=0.055, jawOpen=0.42),
    "AA": pose(lipGap=0.095, jawOpen=0.85),
    "oo": pose(lipGap=0.020, jawOpen=0.15, mouthFunnel=0.8, mouthPucker=0.8),
    "oh": pose(lipGap=0.045, jawOpen=0.35, mouthFunnel=0.9, mouthPucker=0.35),
}
"""What a mouth does in speech."""

EXPRESSIONS: dict[str, Pose] = {
    "smile": pose(mouthRest=0, **_both(0.8, "mouthSmile"), **_both(0.6, "cheekSquint"), **_both(0.3, "eyeSquint")),
    "smile + aa": pose(
        lipGap=0.05, jawOpen=0.35, **_both(0.8, "mouthSmile"), **_both(0.6, "cheekSquint"), **_both(0.3, "eyeSquint")
    ),
    "sad": pose(mouthRest=0, browInnerUp=0.9, mouthShrugLower=0.4, **_both(0.7, "mouthFrown")),
    "angry": pose(
        mouthRest=0, **_both(0.9, "browDown"), **_both(0.5, "noseSneer", "mouthPress", "eyeSquint", "eyeWide")
    ),
    "surprised": pose(lipGap=0.05, jawOpen=0.45, browInnerUp=0.9, **_both(0.9, "browOuterUp"), **_both(0.8, "eyeWide")),
    "squint": pose(**_both(0.9, "eyeSquint", "cheekSquint")),
}
"""What a face expresses."""

EYES: dict[str, Pose] = {
    "lids .4": pose(**_both(0.4, "eyeBlink")),
    "lids .75": pose(**_both(0.75, "eyeBlink")),
    "blink": pose(**_both(1.0, "eyeBlink")),
    "wink": pose(eyeBlinkLeft=1.0, cheekSquintLeft=0.5, mouthSmileLeft=0.4),
    "look left": pose(eyeLookOutRight=0.7, eyeLookInLeft=0.7),
    "look right": pose(eyeLookOutLeft=0.7, eyeLookInRight=0.7),
    "look up": pose(**_both(0.7, "eyeLookUp")),
    "look down": pose(**_both(0.7, "eyeLookDown")),
}
"""What eyes do; left and right are the picture's."""

HEAD: dict[str, Pose] = {
    "turn left": pose((-8, 0, 0, 0, 0)),
    "turn right": pose((8, 0, 0, 0, 0)),
    "chin up": pose((0, 7, 0, 0, 0)),
    "chin down": pose((0, -7, 0, 0, 0)),
    "tilt + sway": pose((3, 0, 6, 0.02, 0), swayX=1.0, swayY=0.5),
    "turn + AA": pose((-7, 3, 3, 0, 0), lipGap=0.09, jawOpen=0.8),
}
"""What the head does."""

POSES = SPEECH | EXPRESSIONS | EYES | HEAD
