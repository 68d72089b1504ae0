"""How large a face is, where it looks, and whether all of it is in the picture."""

from __future__ import annotations

import numpy as np

from phonoscope.avatars.photo.check.report import Finding, Grade
from phonoscope.avatars.photo.check.scale import Scale, finding
from phonoscope.avatars.photo.check.view import FaceView
from phonoscope.avatars.photo.finding.faces import LEAST_FACE_PX, Face
from phonoscope.avatars.photo.finding.landmarking import SURE_SPREAD
from phonoscope.avatars.photo.finding.landmarks import FACE_OVAL, OUTER_LOWER_LIP, OUTER_UPPER_LIP
from phonoscope.core.frames import Picture

SIZE_PX = Scale(150, 66)
"""Face height. At 150 pixels lips are 10 high and teeth have edges; below 66 teeth are soft and shut lips nearly vanish
(seen on portraits scaled down)."""

YAW_DEG = Scale(15, 35)
"""Turned to a side. Beyond 15 degrees the head may move less, beyond 35 the far corner of the mouth is out of sight."""

PITCH_DEG = Scale(15, 28)
"""Chin up or down. Passport photos allow 5 (ICAO 9303); beyond 28 nostrils or the brow hide what moves."""

ROLL_DEG = Scale(12, 50)
"""Tilted. Any tilt to 45 degrees is drawn well; more than 12 looks odd in a head that talks."""

OUTSIDE_SHARE = Scale(0.02, 0.15)
"""Share of the face's outline past the picture's edges: a lost ear is nothing, a lost chin cannot move."""

SPREAD = Scale(0.0055, SURE_SPREAD)
"""How far landmarks found on several crops lie apart, in face heights: see `finding.landmarking`."""

HEADROOM = 0.35
"""Hair above the landmarks of the forehead, in face heights."""


def check_size(face: Face) -> Finding:
    """Tell whether a face has enough pixels."""
    high = f"The face is {face.size_px:.0f} pixels high"
    grade = SIZE_PX.grade(face.size_px)
    advice = f"{high}: use a larger photo, or one taken from closer."
    if face.size_px < LEAST_FACE_PX:
        advice = f"{high}, and {LEAST_FACE_PX} are needed: use a larger photo."
    elif grade is Grade.USABLE:
        advice = f"{high}; from {SIZE_PX.usable:.0f} on, teeth and lips are sharper."
    return finding("size", grade, f"{face.size_px:.0f} px", advice, face.size_px)


def check_angles(face: Face) -> tuple[Finding, Finding, Finding]:
    """Tell whether a face looks at the viewer, upright."""
    yaw, pitch, roll = face.yaw_deg, face.pitch_deg, face.roll_deg
    turned = f"{abs(yaw):.0f}° to the {'right' if yaw > 0 else 'left'}"
    nodded = f"{abs(pitch):.0f}° {'up' if pitch > 0 else 'down'}"
    tilted = f"{abs(roll):.0f}° {'clockwise' if roll > 0 else 'anticlockwise'}"
    return (
        finding(
            "turn",
            YAW_DEG.grade(abs(yaw)),
            turned if abs(yaw) >= 1 else "frontal",
            f"The head is turned {turned}: one that faces the camera may move more.",
            yaw,
        ),
        finding(
            "nod",
            PITCH_DEG.grade(abs(pitch)),
            nodded if abs(pitch) >= 1 else "level",
            f"The chin points {nodded}: hold the camera at the height of the eyes.",
            pitch,
        ),
        finding(
            "tilt",
            ROLL_DEG.grade(abs(roll)),
            tilted if abs(roll) >= 1 else "upright",
            f"The head is tilted {tilted}: `phonoscope crop` straightens it.",
            roll,
        ),
    )


def check_landmarks(face: Face) -> Finding:
    """Tell whether the features could be placed surely."""
    grade = SPREAD.grade(face.spread)
    value = {Grade.GOOD: "clear", Grade.USABLE: "vague", Grade.POOR: "unsure"}[grade]
    advice = f"The features are {value}: if the mouth moves wrongly, show where it is with `phonoscope mark PHOTO`."
    if grade is Grade.POOR:
        advice = "The features could not be placed surely: show where they are with `phonoscope mark PHOTO`."
    return finding("features", grade, value, advice, face.spread)


def check_margins(picture: Picture, face: Face, view: FaceView) -> Finding:
    """Tell whether a face is cut off at the picture's edges."""
    width, height = picture.size_px
    limit = np.array([width - 1, height - 1])

    def beyond(indices: tuple[int, ...]) -> float:
        points = face.landmarks_px[list(indices), :2]
        return float(((points < 0) | (points > limit)).any(1).mean())

    outside = beyond(FACE_OVAL)
    if beyond(OUTER_UPPER_LIP + OUTER_LOWER_LIP) > 0:
        return Finding(
            "frame",
            Grade.POOR,
            "mouth cut off",
            "The mouth is cut off: use a photo that shows the whole face.",
            outside,
        )
    grade = OUTSIDE_SHARE.grade(outside)
    if grade is not Grade.GOOD:
        return Finding(
            "frame",
            grade,
            "face cut off",
            "The face is cut off at the edge: use a photo with space around it.",
            outside,
        )
    angle = np.radians(face.roll_deg)
    up = HEADROOM * view.frame.height_px * np.array([np.sin(angle), -np.cos(angle)])
    top = face.landmarks_px[10, :2] + up
    if (top < -0.15 * view.frame.height_px).any():
        advice = "The top of the head is cut off: a photo with space above the hair leaves room to nod."
        return Finding("frame", Grade.USABLE, "head cut off", advice, outside)
    return Finding("frame", Grade.GOOD, "whole", measure=outside)
