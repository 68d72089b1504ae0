"""How the mouth and the eyes were photographed."""

from __future__ import annotations

import numpy as np

from phonoscope.avatars.photo.check.report import Finding, Grade
from phonoscope.avatars.photo.check.view import FaceView
from phonoscope.avatars.photo.finding.landmarks import EYES, EyeLandmarks
from phonoscope.avatars.photo.lips.mouth_state import mouth_state

CLOSED_EYE, NARROW_EYE = 0.13, 0.20
"""Height of an eye's opening over its width: landmarks leave .05 to .12 between closed lids, eyes of portraits have .23
to .47, screwed-up ones about .18."""

HIDDEN_EYE = 0.35
"""Just under the eye, skin has at least this share of the upper face's lightness, also in the shadow of a brow; dark
glasses and hair have less."""

_UNDER = 0.35
"""Where "just under" is: below the lower lid, in eye widths."""

MOUTHS = {
    "closed": "closed",
    "parted": "parted",
    "teeth": "open, with teeth",
    "wide": "wide open",
}

_UPPER_FACE = (151, 9, 108, 337, 118, 347, 100, 329)


def check_mouth(view: FaceView) -> Finding:
    """Tell how the mouth was photographed; any state is a fine start, a wide-open one the least."""
    state = mouth_state(view.picture_rgb, view.frame)
    value = MOUTHS[state.look]
    if state.look == "wide":
        advice = "The mouth is wide open: it shuts less cleanly than one that is closed or smiles."
        return Finding("mouth", Grade.USABLE, value, advice, round(state.opening, 3))
    if state.corrects_landmarks:
        other = "closed" if state.is_open else "open"
        advice = f"The mouth is hard to read: if it moves wrongly, say --mouth {'closed' if state.is_open else 'open'}."
        return Finding("mouth", Grade.USABLE, f"{value}, though it looks {other}", advice, round(state.opening, 3))
    return Finding("mouth", Grade.GOOD, value, measure=round(state.opening, 3))


def check_eyes(view: FaceView) -> Finding:
    """Tell whether the eyes are open and in sight."""
    if not all(_in_picture(view, eye) for eye in EYES):
        return Finding("eyes", Grade.USABLE, "cut off", "An eye is cut off: use a photo that shows the whole face.")
    left, right = (_is_hidden(view, eye) for eye in EYES)
    if left and right:
        return Finding("eyes", Grade.USABLE, "hidden", "The eyes are hidden: without dark glasses they can blink.")
    if left or right:
        side = "left" if left else "right"
        return Finding("eyes", Grade.USABLE, f"{side} one hidden", f"Something hides the {side} eye: clear it away.")
    return _judge_opening([eye_opening(view, eye) for eye in EYES])


def _judge_opening(opening: list[float]) -> Finding:
    widest = round(max(opening), 3)
    if widest < CLOSED_EYE:
        advice = "The eyes are closed, and stay so: use a photo that looks at the viewer."
        return Finding("eyes", Grade.USABLE, "closed", advice, widest)
    if min(opening) < CLOSED_EYE:
        side = "left" if opening[0] < opening[1] else "right"
        return Finding("eyes", Grade.USABLE, f"{side} one closed", f"The {side} eye is closed, and stays so.", widest)
    return Finding("eyes", Grade.GOOD, "narrow" if widest < NARROW_EYE else "open", measure=widest)


def eye_opening(view: FaceView, eye: EyeLandmarks) -> float:
    """Return the height of an eye's opening over its width, in the face's own proportions."""
    points = view.frame.points
    upper, lower = points[list(eye.upper_lid)], points[list(eye.lower_lid)]
    return float(np.linalg.norm(lower - upper, axis=1).max() / max(np.linalg.norm(upper[-1] - upper[0]), 1e-6))


def _in_picture(view: FaceView, eye: EyeLandmarks) -> bool:
    height, width = view.picture_rgb.shape[:2]
    points = view.frame.landmarks_px[list(eye.upper_lid + eye.lower_lid), :2]
    return bool(((points >= 0) & (points <= (width - 1, height - 1))).all())


def _is_hidden(view: FaceView, eye: EyeLandmarks) -> bool:
    lid = view.points[list(eye.lower_lid)]
    width = float(np.hypot(*(lid[-1] - lid[0])))
    x, y = np.clip((lid[2:7].mean(0) + np.array([0, _UNDER * width])).astype(int), 8, view.rgb.shape[0] - 9)
    under = float(np.median(view.lab[y - 4 : y + 5, x - 8 : x + 9, 0]))
    return under < HIDDEN_EYE * float(view.colour(_UPPER_FACE)[0])
