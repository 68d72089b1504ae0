"""From a few marked points to a face with all its landmarks.

The mean face is laid over the marks (level by level, from the top of the head to the chin), bent by a thin-plate spline
so that what is marked is met (Bookstein 1989, Principal Warps), and the contours of lips and lids are then laid through
their own points exactly.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import PITCH_BIAS_DEG, head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face, Kind
from phonoscope.avatars.photo.finding.landmarks import (
    CHIN,
    EAR_LEFT,
    EAR_RIGHT,
    EYES,
    FACE_OVAL,
    FOREHEAD,
    INNER_LOWER_LIP,
    INNER_UPPER_LIP,
    NOSE_BASE,
    OUTER_LOWER_LIP,
    OUTER_UPPER_LIP,
    EyeLandmarks,
)
from phonoscope.avatars.photo.marks.canonical import canonical_face
from phonoscope.avatars.photo.marks.face_marks import EyeMarks, FaceMarks, Point
from phonoscope.core.errors import InputError
from phonoscope.core.frames import Box, Picture

STANDING_OUT: dict[Kind, float] = {"person": 1.0, "animal": 0.55, "drawing": 0.4, "thing": 0.25}
"""Depth of a face against a human one: what is flat must not be turned as if it were round, and of an animal's head
nobody knows the shape."""

LIP_THICKNESS: dict[Kind, tuple[float, float]] = {
    "person": (0.040, 0.058),
    "animal": (0.020, 0.026),
    "drawing": (0.028, 0.036),
    "thing": (0.020, 0.024),
}
"""Height of the upper and the lower lip where nobody marked it, in face heights."""

MOUTH_SHARE, CHIN_SHARE, EYES_SHARE, EYES_APART = 0.27, 0.25, 0.42, 0.31
"""Of a mean face, in face heights: mouth's width, lips to chin, eyes to lips, and eye to eye."""

LEAST_CHIN_SHARE = 0.14
"""A chin nearer to the lips than this counts as this far, in widths of the mouth: a muzzle, or a wide drawn smile."""

LEAST_NOSE = 0.045
"""Least distance of the nose from the lip line, in face heights."""

LEAST_MOUTH_PX = 8
"""Narrowest mouth that can speak."""

ANCHORS = FACE_OVAL[1::3]
"""Landmarks of the outline that hold the spline."""

_LEAN = float(np.tan(np.radians(PITCH_BIAS_DEG)))


@dataclass(frozen=True, slots=True)
class _Axes:
    """The marked face's own axes in the picture.

    Attributes
    ----------
    origin
        Middle of the mouth, in pixels, shape (2,).
    right
        Unit vector along the mouth, shape (2,).
    size
        Face height in pixels.
    """

    origin: NDArray[np.float64]
    right: NDArray[np.float64]
    size: float

    @property
    def matrix(self) -> NDArray[np.float64]:
        """Rows: right and down."""
        return np.array([self.right, [-self.right[1], self.right[0]]])

    def own(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return picture points, shape (..., 2), in face heights right of and below the mouth's middle."""
        return np.asarray((points - self.origin) @ self.matrix.T / self.size)

    def picture(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return own points in the picture."""
        return np.asarray(points @ self.matrix * self.size + self.origin)


def face_from_marks(marks: FaceMarks, picture: Picture) -> Face:
    """Return the face that somebody marked in a picture.

    Raises
    ------
    InputError
        If the marks form no face.
    """
    axes = _axes(marks)
    _check(marks, axes)
    places = _place(marks, axes)
    depth = _depth(places, STANDING_OUT[marks.kind])
    landmarks = np.column_stack([axes.picture(places), depth * axes.size])
    frame = measure_face_frame(landmarks)
    yaw, pitch, roll = head_angles_deg(frame)
    low, high = landmarks[:, :2].min(0), np.ceil(landmarks[:, :2].max(0))
    width, height = picture.size_px
    box = Box(
        int(np.clip(low[0], 0, width - 1)),
        int(np.clip(low[1], 0, height - 1)),
        int(np.clip(high[0], 1, width)),
        int(np.clip(high[1], 1, height)),
    )
    return Face(
        box=box,
        landmarks_px=landmarks,
        size_px=frame.height_px,
        yaw_deg=yaw,
        pitch_deg=pitch,
        roll_deg=roll,
        score=1.0,
        has_eyes=bool(marks.eyes),
        is_marked=True,
        kind=marks.kind,
        mouth_style=marks.mouth.style,
        name=marks.name,
    )


def faces_from_marks(marks: tuple[FaceMarks, ...], picture: Picture) -> tuple[Face, ...]:
    """Return all marked faces, from left to right."""
    faces = [face_from_marks(face, picture) for face in marks]
    return tuple(sorted(faces, key=lambda face: face.box.x0 + face.box.x1))


def _axes(marks: FaceMarks) -> _Axes:
    """Find out how a face lies and how large it is, from all that is marked."""
    left, right = np.array(marks.mouth.left), np.array(marks.mouth.right)
    width = float(np.hypot(*(right - left)))
    if width < LEAST_MOUTH_PX:
        raise InputError(
            f"The mouth{_of(marks)} is marked {width:.0f} pixels wide, where {LEAST_MOUTH_PX} are needed.",
            "Move its corners apart, or use a larger picture.",
        )
    along = (right - left) / width
    if marks.eyes:
        # Smiles are drawn askew: eyes tell as much about how a head is held.
        look = _middle(marks.eyes[1]) - _middle(marks.eyes[0])
        look = look / max(float(np.hypot(*look)), 1e-6)
        # Swapped eyes are refused later: they must not turn the face on its head.
        along = along + (look if look @ along > 0 else -look)
        along = along / max(float(np.hypot(*along)), 1e-6)
    down = np.array([-along[1], along[0]])
    middle = 0.5 * (left + right)
    chin = max(float((np.array(marks.chin) - middle) @ down), LEAST_CHIN_SHARE * width)
    sizes, weights = [width / MOUTH_SHARE, chin / CHIN_SHARE], [1.0, 1.0]
    if marks.eyes:
        eyes = 0.5 * (_middle(marks.eyes[0]) + _middle(marks.eyes[1]))
        apart = float(np.hypot(*(_middle(marks.eyes[1]) - _middle(marks.eyes[0]))))
        sizes += [max(float((middle - eyes) @ down), 0.5 * width) / EYES_SHARE, apart / EYES_APART]
        weights += [1.5, 1.0]
    size = float(np.exp(np.average(np.log(np.maximum(sizes, 1.0)), weights=weights)))
    return _Axes(middle, along, size)


def _check(marks: FaceMarks, axes: _Axes) -> None:
    """Refuse points in an order that no face has."""

    def level(point: Point) -> float:
        return float(axes.own(np.array(point))[1])

    mouth = marks.mouth
    across = [float(axes.own(np.array(p))[0]) for p in (mouth.left, *mouth.upper, mouth.right)]
    beneath = [float(axes.own(np.array(p))[0]) for p in (mouth.left, *mouth.lower, mouth.right)]
    upper = float(np.mean([level(p) for p in mouth.upper]))
    lower = max([upper, *(level(p) for p in mouth.lower)])
    wrong = ""
    if level(marks.chin) <= max(lower, 0.0) + 0.01:
        wrong = "the chin does not lie below the mouth"
    elif any(b <= a for row in (across, beneath) for a, b in itertools.pairwise(row)):
        wrong = "the points of the lips do not run from left to right between the corners"
    elif mouth.lower and min(level(p) for p in mouth.lower) < min(level(p) for p in mouth.upper) - 0.01:
        wrong = "the lower lip lies above the upper one"
    elif marks.eyes and max(level(eye.lower) for eye in marks.eyes) > upper - 0.02:
        wrong = "the eyes do not lie above the mouth"
    elif marks.eyes and not all(_is_eye(eye, axes) for eye in marks.eyes):
        wrong = "an eye's left corner does not lie left of its right one, or its upper lid not above its lower one"
    elif marks.eyes and axes.own(_middle(marks.eyes[0]))[0] >= axes.own(_middle(marks.eyes[1]))[0]:
        wrong = "the first eye is not the one at the picture's left"
    if wrong:
        raise InputError(
            f"The marks{_of(marks)} form no face: {wrong}.", "Move them: left and right are the picture's."
        )


def _is_eye(eye: EyeMarks, axes: _Axes) -> bool:
    left, right, upper, lower = axes.own(np.array([eye.left, eye.right, eye.upper, eye.lower]))
    return bool(right[0] - left[0] > 0.01 and lower[1] > upper[1])


def _of(marks: FaceMarks) -> str:
    return f" of {marks.name}" if marks.name else ""


def _middle(eye: EyeMarks) -> NDArray[np.float64]:
    return np.asarray(0.5 * (np.array(eye.left) + np.array(eye.right)), np.float64)


def _place(marks: FaceMarks, axes: _Axes) -> NDArray[np.float64]:
    """Return all landmarks in own coordinates, shape (478, 2)."""
    from scipy.interpolate import RBFInterpolator

    mean = canonical_face()[:, :2]
    upper, lower = _lip_lines(marks, axes)
    known = {
        **_outline(marks, axes, upper, lower),
        **dict(zip(INNER_UPPER_LIP, 0.5 * (upper + lower), strict=True)),
    }
    contours = dict(zip(INNER_UPPER_LIP, upper, strict=True)) | dict(zip(INNER_LOWER_LIP, lower, strict=True))
    contours |= _rims(marks, axes, upper, lower)
    for marked, eye in zip(marks.eyes, EYES, strict=False):
        lids = _eye_contours(marked, eye, axes)
        contours |= lids
        # Both ends and the middles of the lids hold the spline.
        known |= {i: lids[i] for i in (eye.upper_lid[0], eye.upper_lid[4], eye.upper_lid[-1], eye.lower_lid[4])}
    index = list(known)
    target = np.array([known[i] for i in index])
    bent = RBFInterpolator(mean[index], target, kernel="thin_plate_spline")(mean)
    bent[index] = target
    for i, place in contours.items():
        bent[i] = place
    _lift_brows(bent)
    return np.asarray(bent, np.float64)


def _lip_lines(marks: FaceMarks, axes: _Axes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both inner contours in own coordinates, shape (11, 2), corners included."""
    mouth = marks.mouth
    ends = [mouth.left], [mouth.right]
    upper = _through(axes.own(np.array([*ends[0], *mouth.upper, *ends[1]])))
    if not mouth.lower:
        return upper, upper.copy()
    lower = _through(axes.own(np.array([*ends[0], *mouth.lower, *ends[1]])))
    lower[:, 1] = np.maximum(lower[:, 1], upper[:, 1])
    return upper, lower


def _through(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lay a smooth line through points from corner to corner, and return 11 places spaced as landmarks are."""
    from scipy.interpolate import PchipInterpolator

    mean = canonical_face()[list(INNER_UPPER_LIP), 0]
    share = (mean - mean[0]) / (mean[-1] - mean[0])
    x = points[0, 0] + share * (points[-1, 0] - points[0, 0])
    if len(points) == 3:
        # A parabola: one point says how far the line sags, not that it has a corner there.
        y = np.polyval(np.polyfit(points[:, 0], points[:, 1], 2), x)
    else:
        y = PchipInterpolator(points[:, 0], points[:, 1])(x)
    return np.column_stack([x, y])


def _rims(
    marks: FaceMarks, axes: _Axes, upper: NDArray[np.float64], lower: NDArray[np.float64]
) -> dict[int, NDArray[np.float64]]:
    """Return the outer contours of the lips."""
    mouth, middle = marks.mouth, len(upper) // 2
    above, below = LIP_THICKNESS[marks.kind]
    half = 0.5 * float(upper[-1, 0] - upper[0, 0])
    above, below = min(above, 0.3 * half), min(below, 0.45 * half)
    if mouth.upper_rim is not None:
        above = float(np.clip(upper[middle, 1] - axes.own(np.array(mouth.upper_rim))[1], 0.006, 0.3))
    if mouth.lower_rim is not None:
        below = float(np.clip(axes.own(np.array(mouth.lower_rim))[1] - lower[middle, 1], 0.006, 0.3))
    chin = float(axes.own(np.array(marks.chin))[1] - lower[middle, 1])
    below = min(below, 0.6 * max(chin, 0.01))
    x = np.linspace(-1, 1, len(upper))
    profile = (1 - x * x) ** 0.6
    outward = np.column_stack([np.sign(x) * np.abs(x) ** 8 * 0.012, np.zeros_like(x)])
    upper_rim = upper + outward - np.column_stack([np.zeros_like(x), above * profile])
    lower_rim = lower + outward + np.column_stack([np.zeros_like(x), below * profile])
    return dict(zip(OUTER_LOWER_LIP, lower_rim, strict=True)) | dict(zip(OUTER_UPPER_LIP, upper_rim, strict=True))


def _outline(
    marks: FaceMarks, axes: _Axes, upper: NDArray[np.float64], lower: NDArray[np.float64]
) -> dict[int, NDArray[np.float64]]:
    """Return chin, nose, and the outline, where they are marked or likely to be."""
    mean = canonical_face()
    middle = len(upper) // 2
    chin = axes.own(np.array(marks.chin))
    lips = float(0.5 * (upper[middle, 1] + lower[middle, 1]))
    eyes = np.array([axes.own(_middle(eye)) for eye in marks.eyes])
    eye_level = float(eyes[:, 1].mean()) if len(eyes) else lips - EYES_SHARE
    nose = float(upper[middle, 1]) - 0.3 * min(float(upper[middle, 1]) - eye_level, EYES_SHARE)
    if marks.nose is not None:
        nose = float(axes.own(np.array(marks.nose))[1])
    nose = float(np.clip(nose, eye_level + 0.03, upper[middle, 1] - LEAST_NOSE))
    top = min(chin[1] - 1.0, eye_level - 0.18)
    if marks.top is not None:
        top = min(float(axes.own(np.array(marks.top))[1]), eye_level - 0.10)
    levels = [mean[FOREHEAD, 1], mean[33, 1], mean[NOSE_BASE, 1], mean[list(INNER_UPPER_LIP), 1].mean(), mean[CHIN, 1]]
    known_levels = [top, eye_level, nose, lips, chin[1]]
    lean = float(eyes[:, 0].mean()) if len(eyes) else 0.0
    # The head's middle goes from between the eyes to the chin.
    spine_v, spine_u = [eye_level, lips, chin[1]], [lean, float(upper[middle, 0]), chin[0]]

    reach = [abs(float(upper[0, 0])), abs(float(upper[-1, 0])), abs(mean[EAR_RIGHT, 0]) / 1.12]
    reach += [abs(axes.own(np.array(p))[0] - lean) for eye in marks.eyes for p in (eye.left, eye.right)]
    sides = [1.12 * max(reach)] * 2
    for i, side in enumerate((marks.left_side, marks.right_side)):
        if side is not None:
            sides[i] = max(abs(float(axes.own(np.array(side))[0]) - lean), 0.75 * max(reach))
    places = {}
    for i in (FOREHEAD, NOSE_BASE, EAR_LEFT, EAR_RIGHT, *ANCHORS):
        v = float(np.interp(mean[i, 1], levels, known_levels))
        wide = sides[0] if mean[i, 0] < 0 else sides[1]
        spine = float(np.interp(v, spine_v, spine_u))
        places[i] = np.array([spine + mean[i, 0] * wide / mean[EAR_RIGHT, 0], v])
    places[CHIN] = chin
    return places


def _eye_contours(marked: EyeMarks, eye: EyeLandmarks, axes: _Axes) -> dict[int, NDArray[np.float64]]:
    """Return lids and iris."""
    left, right, upper, lower = axes.own(np.array([marked.left, marked.right, marked.upper, marked.lower]))
    share = np.linspace(-1, 1, len(eye.upper_lid))
    # Rounder than a parabola: marked eyes are often whole circles.
    arch = np.sqrt(np.clip(1 - share**2, 0, 1)) * 0.6 + (1 - share**2) * 0.4
    base = left + (right - left) * (0.5 * (share + 1))[:, None]
    middle = base[len(share) // 2]
    contours = dict(zip(eye.upper_lid, base + arch[:, None] * (upper - middle), strict=True))
    for i, place in zip(eye.lower_lid[1:-1], (base + arch[:, None] * (lower - middle))[1:-1], strict=True):
        contours[i] = place
    pupil = 0.5 * (upper + lower) if marked.pupil is None else axes.own(np.array(marked.pupil))
    radius = 0.5 * min(float(np.hypot(*(lower - upper))), 0.5 * float(np.hypot(*(right - left))))
    around = np.array([[0, 0], [1, 0], [0, -1], [-1, 0], [0, 1]]) * radius
    contours |= dict(zip(eye.iris, pupil + around, strict=True))
    return contours


def _lift_brows(places: NDArray[np.float64]) -> None:
    """Keep the brows above large eyes, in place."""
    for eye in EYES:
        top = places[list(eye.upper_lid), 1].min()
        opening = places[list(eye.lower_lid), 1].max() - top
        brow = list(eye.brow)
        lowest = places[brow, 1].max()
        places[brow, 1] -= max(0.0, lowest - (top - 0.35 * opening))


def _depth(places: NDArray[np.float64], standing_out: float) -> NDArray[np.float64]:
    """Return each landmark's depth in face heights, shape (478,); the face still looks straight ahead."""
    mean = canonical_face()
    relief = mean[:, 2] - _LEAN * mean[:, 1]
    return np.asarray(standing_out * relief + _LEAN * places[:, 1], np.float64)
