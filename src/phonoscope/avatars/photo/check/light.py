"""How sharp a face is, and how it is lit."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.check.report import Finding, Grade
from phonoscope.avatars.photo.check.scale import Scale, finding
from phonoscope.avatars.photo.check.view import FaceView
from phonoscope.avatars.photo.finding.landmarks import (
    CHEEKS,
    EYES,
    FACE_OVAL,
    INNER_UPPER_LIP,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
)

BLUR_PX = Scale(2.3, 3.5)
"""Width of the steepest edges around eyes and mouth, as a standard deviation in pixels of a face 256 high; a smaller
face, which cannot be that sharp, may have more by the square root of its enlargement. Sharp portraits have .9 to 1.9;
blurred by 2 they measure 2.5, by 4 they measure 4.3."""

GRAIN = Scale(3.8, 8.0)
"""Standard deviation of fine noise on the cheeks, in Lab L*: film of ISO 800 has about 3, a phone at night 4 to 8."""

BRIGHTEST = Scale(45, 30)
"""Lab L* that 2 % of the face exceed. Dark skin in good light has highlights above 50; in a dark photo nothing has."""

BURNT_SHARE = Scale(0.08, 0.25)
"""Share of the face without any detail, because it is white in all three channels, or black."""

RANGE = Scale(20, 11)
"""Lab L* from the darkest to the lightest twentieth of the face: below 20 features are veiled."""

LIGHT_RATIO_STOPS = Scale(1.7, 3.6)
"""How much brighter one side of the face is, in photographers' stops. Even portrait light is 1 (2:1), dramatic light 2
(4:1); past 3.6 (12:1) one side has no features."""

_REACH_PX = 9
"""Around lids, brows and lips, in pixels of the view, edges belong to these features."""


def check_sharpness(view: FaceView) -> Finding:
    """Tell whether a face is sharp; what the picture's size cannot show is the size's fault."""
    blur = edge_blur_px(view) / max(view.enlarged, 1.0) ** 0.5
    grade = BLUR_PX.grade(blur)
    value = {Grade.GOOD: "sharp", Grade.USABLE: "soft", Grade.POOR: "blurred"}[grade]
    return finding("sharpness", grade, value, f"The face is {value}: use a photo that is in focus.", round(blur, 2))


def edge_blur_px(view: FaceView) -> float:
    """Return the width of the sharpest edges of a face's features, as a standard deviation in pixels of the view.

    Of an edge of width s, blurring by t leaves the slope 1 / sqrt(s² + t²): two blurs tell s.
    """
    # A median keeps edges and takes grain away, which would pass for sharpness.
    grey = cv2.medianBlur(cv2.cvtColor(view.rgb, cv2.COLOR_RGB2GRAY), 3).astype(np.float32)
    indices = [i for eye in EYES for i in eye.upper_lid + eye.lower_lid + eye.brow]
    indices += OUTER_UPPER_LIP + OUTER_LOWER_LIP + INNER_UPPER_LIP
    near = np.zeros(grey.shape, np.uint8)
    for x, y in view.points[indices].astype(int).tolist():
        cv2.circle(near, (int(x), int(y)), _REACH_PX, (1,), -1)
    part = (near > 0) & view.inside
    if not part.any():
        return 0.0
    fine, coarse = 0.6, 2.0
    steep = [float(np.percentile(_slope(grey, sigma)[part], 97)) for sigma in (fine, coarse)]
    ratio = (steep[0] / max(steep[1], 1e-3)) ** 2
    return float(np.sqrt(max((coarse**2 - fine**2 * ratio) / max(ratio - 1, 0.02), 0.01)))


def check_grain(view: FaceView) -> Finding:
    """Tell whether grain or noise covers the skin."""
    light = view.lab[..., 0]
    noise = []
    for x, y in np.clip(view.points[list(CHEEKS)].astype(int), 12, light.shape[0] - 13):
        patch = light[y - 12 : y + 13, x - 12 : x + 13]
        noise.append(np.abs(patch - cv2.GaussianBlur(patch, (0, 0), 1.2)).ravel())
    # Standard deviation of normal noise from its median absolute value.
    level = float(np.median(np.concatenate(noise)) * 1.48)
    grade = GRAIN.grade(level)
    value = {Grade.GOOD: "clean", Grade.USABLE: "grainy", Grade.POOR: "very grainy"}[grade]
    return finding("grain", grade, value, "The skin is grainy or rough: a cleaner photo moves better.", round(level, 2))


def check_exposure(view: FaceView) -> Finding:
    """Tell whether a face is neither too dark nor burnt out."""
    face = view.mask(FACE_OVAL, 0.95) & view.inside
    rgb, light = view.rgb[face], view.lab[..., 0][face]
    if not len(light):
        return Finding("exposure", Grade.GOOD, "unknown")
    white, black = float((rgb.min(1) >= 252).mean()), float((rgb.max(1) <= 4).mean())
    brightest = float(np.percentile(light, 98))
    burnt, dark = BURNT_SHARE.grade(max(white, black)), BRIGHTEST.grade(brightest)
    if dark <= burnt:
        advice = "The face is in the dark: use a photo with more light on it."
        value = "dark" if dark is not Grade.GOOD else "fine"
        return finding("exposure", dark, value, advice, round(brightest, 1))
    value = "burnt out" if white > black else "black shadows"
    advice = f"Parts of the face have no detail ({value}): use a photo with softer light."
    return finding("exposure", burnt, value, advice, round(max(white, black), 3))


def check_contrast(view: FaceView) -> Finding:
    """Tell whether the features stand out."""
    light = view.lab[..., 0][view.mask(FACE_OVAL, 0.95) & view.inside]
    spread = float(np.ptp(np.percentile(light, (5, 95)))) if len(light) else 0.0
    grade = RANGE.grade(spread)
    value = {Grade.GOOD: "clear", Grade.USABLE: "flat", Grade.POOR: "veiled"}[grade]
    return finding("contrast", grade, value, "The features hardly stand out: use a clearer photo.", round(spread, 1))


def check_evenness(view: FaceView) -> Finding:
    """Tell whether both sides of the face are lit."""
    left, right = (_brightness(view, side) for side in ((50, 205, 118, 187, 69), (280, 425, 347, 411, 299)))
    stops = float(np.log2(max(left, right) / max(min(left, right), 1e-3)))
    grade = LIGHT_RATIO_STOPS.grade(stops)
    value = {Grade.GOOD: "even", Grade.USABLE: "from one side", Grade.POOR: "half in shadow"}[grade]
    darker = "left" if left < right else "right"
    advice = f"The {darker} side of the face is in shadow: light from the front shows it whole."
    return finding("light", grade, value, advice, round(stops, 2))


def _brightness(view: FaceView, landmarks: tuple[int, ...]) -> float:
    """Return the mean linear luminance around some landmarks (CIE 1976, inverted)."""
    return float(np.mean([((view.colour((i,))[0] + 16) / 116) ** 3 for i in landmarks]))


def _slope(grey: NDArray[np.float32], sigma: float) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(grey, (0, 0), sigma)
    return np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
