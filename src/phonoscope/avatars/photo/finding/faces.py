"""The faces of a picture: landmarks on a crop around each, and the choice of one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.face_search import search_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder, ScoredBox
from phonoscope.avatars.photo.finding.landmarks import EYES, FACE_OVAL, LOWER_LIP_BOTTOM, NOSE_BASE, UPPER_LIP_TOP
from phonoscope.core.errors import PhotoError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.frames import Box, Picture

LEAST_FACE_PX = 48
"""Smallest face height that can speak: below this the lips are three or four pixels high."""

CROP_SCALE = 2.0
"""Side of the crop for the landmarks, in sides of the face's box."""

CROP_PX = (320, 1024)
"""Least and largest side of that crop after scaling: small faces are enlarged, large ones need no more detail."""

CROP_JITTER = ((1.0, 0.0, 0.0), (0.9, 0.03, 0.02), (1.12, -0.03, 0.02), (1.0, 0.02, -0.04), (1.06, -0.02, -0.03))
"""Crops (scale, shift right and down in sides of the box) whose landmarks are averaged: one crop alone jitters by a
pixel or two of its 192 x 192 network input, as much as a thin lip."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A face in a picture.

    Attributes
    ----------
    box
        Around the landmarks, inside the picture.
    landmarks_px
        float64, shape (478, 3): x right, y down, z away, in pixels of the picture.
    size_px
        Face height, forehead top to chin.
    yaw_deg, pitch_deg, roll_deg
        Where the face looks: to the picture's right, chin up, clockwise.
    score
        How sure the detector is, 0 to 1.
    has_eyes
        False for a face whose eyes nobody marked: they stay as they are.
    is_marked
        True when a person has placed the landmarks: the lips are where they say, whatever the picture shows.
    """

    box: Box
    landmarks_px: NDArray[np.float64]
    size_px: float
    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    score: float
    has_eyes: bool = True
    is_marked: bool = False


def find_faces(picture: Picture, finder: LandmarkFinder | None = None) -> tuple[Face, ...]:
    """Return the human faces of a picture, from left to right."""
    if finder is None:
        from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder

        finder = mediapipe_finder()
    faces = [face for box in search_faces(picture.rgb, finder) if (face := _landmark(picture, box, finder)) is not None]
    return tuple(sorted(_distinct(faces), key=lambda face: face.box.x0 + face.box.x1))


def choose_face(faces: tuple[Face, ...], number: int | None = None, events: EventSink = ignore_events) -> Face:
    """Choose the face that will speak: `number` counts from 1 at the left; None takes the largest.

    Raises
    ------
    PhotoError
        If there is no face, or the chosen one is too small.
    UsageError
        If there is no face of that number.
    """
    if not faces:
        raise PhotoError(
            "No human face was found in the photo.",
            "Use a photo with a face that looks at the camera, well lit, with eyes and mouth in sight.",
        )
    if number is not None and not 1 <= number <= len(faces):
        raise UsageError(
            f"There is no face {number}: the photo shows {len(faces)}.",
            f"Choose a face from 1 to {len(faces)}, counted from the left.",
        )
    largest = max(range(len(faces)), key=lambda i: faces[i].size_px)
    face = faces[largest if number is None else number - 1]
    if face.size_px < LEAST_FACE_PX:
        raise PhotoError(
            f"The face is too small: {face.size_px:.0f} pixels high, where {LEAST_FACE_PX} are needed.",
            "Use a larger photo, or one taken from closer.",
        )
    if number is None and len(faces) > 1:
        other = 1 if largest != 0 else 2
        events(
            Note(
                f"The photo shows {len(faces)} faces. The largest will speak, number {largest + 1} from the left;"
                f" --face {other} picks another."
            )
        )
    return face


def _landmark(picture: Picture, box: ScoredBox, finder: LandmarkFinder) -> Face | None:
    """Place landmarks on the face in `box`; None where nothing plausible is found."""
    found = [
        points for crop in CROP_JITTER if (points := _landmarks_of_crop(picture.rgb, box, crop, finder)) is not None
    ]
    if not found:
        return None
    middle = np.median(np.stack(found), 0)
    size = np.linalg.norm(middle[10] - middle[152])
    # A crop on which the mesh slipped is no part of the mean.
    good = [p for p in found if np.abs(p[:, :2] - middle[:, :2]).max() < 0.05 * size]
    landmarks = np.mean(good, 0) if good else middle
    if not _is_plausible(landmarks, box):
        return None
    frame = measure_face_frame(landmarks)
    yaw, pitch, roll = head_angles_deg(frame)
    width, height = picture.size_px
    x, y = landmarks[:, 0], landmarks[:, 1]
    around = Box(
        int(np.clip(x.min(), 0, width - 1)),
        int(np.clip(y.min(), 0, height - 1)),
        int(np.clip(np.ceil(x.max()), 1, width)),
        int(np.clip(np.ceil(y.max()), 1, height)),
    )
    return Face(around, landmarks, frame.height_px, yaw, pitch, roll, box.score)


def _landmarks_of_crop(
    rgb: NDArray[np.uint8], box: ScoredBox, jitter: tuple[float, float, float], finder: LandmarkFinder
) -> NDArray[np.float64] | None:
    """Find landmarks in a square crop about twice the box, in pixels of the picture."""
    grow, right, down = jitter
    face_side = max(box.x1 - box.x0, box.y1 - box.y0)
    side = face_side * CROP_SCALE * grow
    x = (box.x0 + box.x1) / 2 + right * face_side
    y = (box.y0 + box.y1) / 2 + down * face_side
    target = int(np.clip(side, *CROP_PX))
    scale = target / side
    crop_from_picture = np.array([[scale, 0, target / 2 - x * scale], [0, scale, target / 2 - y * scale]], np.float64)
    if scale < 1:
        # Shrinking needs area averaging, which warpAffine does not do.
        rgb = np.asarray(cv2.blur(rgb, (max(1, round(1 / scale)),) * 2), np.uint8)
    crop = cv2.warpAffine(
        rgb, crop_from_picture, (target, target), flags=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    )
    landmarks = finder.find_landmarks(np.asarray(crop, np.uint8))
    if landmarks is None:
        return None
    landmarks /= scale
    landmarks[:, 0] += x - side / 2
    landmarks[:, 1] += y - side / 2
    return landmarks


def _is_plausible(landmarks: NDArray[np.float64], box: ScoredBox) -> bool:
    """Tell whether landmarks form a face and lie where the detector saw one."""
    frame = measure_face_frame(landmarks)
    if not np.isfinite(frame.points).all() or frame.height_px <= 0:
        return False
    v = frame.points[:, 1]
    eyes = max(v[list(eye.upper_lid)].mean() for eye in EYES)
    in_order = eyes < v[NOSE_BASE] < v[UPPER_LIP_TOP] + 0.02 < v[LOWER_LIP_BOTTOM] + 0.02 < v[152] + 0.02
    outline = landmarks[list(FACE_OVAL), :2].astype(np.float32)
    parts = [landmarks[i, :2] for i in (UPPER_LIP_TOP, LOWER_LIP_BOTTOM, NOSE_BASE)]
    inside = all(cv2.pointPolygonTest(outline, (float(x), float(y)), True) > -0.03 * frame.height_px for x, y in parts)
    middle = landmarks[:, :2].mean(0)
    reach = 0.5 * max(box.x1 - box.x0, box.y1 - box.y0)
    near = abs(middle[0] - (box.x0 + box.x1) / 2) < reach and abs(middle[1] - (box.y0 + box.y1) / 2) < reach
    return bool(in_order and inside and near)


def _distinct(faces: list[Face]) -> list[Face]:
    """Drop faces inside larger ones: doubles, and spectacles or ears that a tile took for a face."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda f: -f.size_px):
        x, y = 0.5 * (face.box.x0 + face.box.x1), 0.5 * (face.box.y0 + face.box.y1)
        if not any(o.box.x0 < x < o.box.x1 and o.box.y0 < y < o.box.y1 for o in kept):
            kept.append(face)
    return kept
