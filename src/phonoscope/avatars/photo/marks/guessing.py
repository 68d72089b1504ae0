"""A first guess of where to mark a face: right for people, near for cats, and in the middle for everything else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face, Kind, find_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.avatars.photo.finding.landmarks import CHIN, EAR_LEFT, EAR_RIGHT, FOREHEAD, NOSE_BASE
from phonoscope.avatars.photo.marks.face_marks import EyeMarks, FaceMarks, MouthMarks, Point
from phonoscope.avatars.photo.marks.placing import face_from_marks
from phonoscope.avatars.photo.photometry import is_flat
from phonoscope.core.errors import InputError
from phonoscope.core.frames import Box, Picture

OPEN_GAP = 0.012
"""Opening of the landmarks' mouth, in face heights, from which it is marked open."""

LOOK_PX = 640
"""Longer side of what cats are sought in."""

CAT_STEP, CAT_VOTES, CAT_LEAST = 1.08, 3, 0.12
"""The cascade's growth of scale, votes, and least side of a head in shorter sides of the picture."""

CAT_EYES, CAT_EYE, CAT_NOSE, CAT_MOUTH, CAT_CHIN = (0.30, 0.70, 0.42), 0.085, 0.66, (0.37, 0.63, 0.76), 0.86
"""In a cat's box: eyes (both x, y), half an eye, nose, mouth (both x, y), chin."""

CAT_TILTS_DEG, CAT_SCORE = (0.0, -20.0, 20.0), 1.2
"""Turns of the picture in which cats are sought, and the least score of the cascade: dogs and alpacas pass as well."""

SNOUT_PX = 60
"""Distance of the eyes at which a snout is looked at."""

SNOUT_WIDE, SNOUT_DEEP = 0.55, (0.35, 1.9)
"""A dog's nose is a dark blob beneath the eyes: within this to each side of the middle, and so far below, in distances
of the eyes."""

SNOUT_DARK, SNOUT_AREA, SNOUT_MIDDLE = 0.55, (0.03, 0.5), 0.22
"""Its light against what is around, its area in squares of that distance, and how far aside its middle may lie."""

SNOUT_ROUND, SNOUT_LIP, SNOUT_CHIN, SNOUT_MOUTH = 0.95, 0.25, 0.5, 0.7
"""A blob higher than this against its width reaches down to the lips. Else they lie this part of its height below it.
The chin lies so far below them, and a corner of the mouth so far aside, in widths of the blob."""

NEAR_CAT = 0.3
"""A face whose nose lies this near to a cat's is that cat, in face heights."""

MIDDLE_SIDE = 0.6
"""Side of a face in the middle of the picture, in its shorter sides."""


_AS_IT_IS = np.eye(2, 3)


def guess_marks(picture: Picture, finder: LandmarkFinder | None = None) -> tuple[FaceMarks, ...]:
    """Return marks to begin with: at least one face, never surely right."""
    return seek_marks(picture, finder) or (_middle(picture.size_px),)


def seek_marks(
    picture: Picture, finder: LandmarkFinder | None = None, found: tuple[Face, ...] | None = None
) -> tuple[FaceMarks, ...]:
    """Return marks of whatever looks like a face, never surely right; none where nothing does.

    Parameters
    ----------
    found
        The faces of the picture, of whoever has looked for them already.
    """
    if finder is None:
        from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder

        finder = mediapipe_finder()
    found = find_faces(picture, finder) if found is None else found
    cats = _cats(picture.rgb)
    if found:
        return tuple(marks_from_face(face, _kind(picture, face, cats)) for face in found)
    return cats or _mesh(picture, finder)


def marks_from_face(face: Face, kind: Kind = "person") -> FaceMarks:
    """Return the marks that say what a found face's landmarks say."""
    points = face.landmarks_px

    def at(index: int) -> Point:
        return float(points[index, 0]), float(points[index, 1])

    def row(*index: int) -> tuple[Point, ...]:
        return tuple(at(i) for i in index)

    gap = float(np.hypot(*(points[14, :2] - points[13, :2]))) / max(face.size_px, 1e-6)
    mouth = MouthMarks(
        left=at(78),
        right=at(308),
        upper=row(81, 13, 311),
        lower=row(178, 14, 402) if gap > OPEN_GAP else (),
        upper_rim=at(0),
        lower_rim=at(17),
    )
    return FaceMarks(
        mouth=mouth,
        chin=at(CHIN),
        kind=kind,
        eyes=(
            EyeMarks(at(33), at(133), at(159), at(145), at(468)),
            EyeMarks(at(362), at(263), at(386), at(374), at(473)),
        ),
        nose=at(NOSE_BASE),
        top=at(FOREHEAD),
        left_side=at(EAR_LEFT),
        right_side=at(EAR_RIGHT),
    )


def _kind(picture: Picture, face: Face, cats: tuple[FaceMarks, ...]) -> Kind:
    """Tell what a found face belongs to: the gate now and then lets a cat pass."""
    nose = face.landmarks_px[NOSE_BASE, :2]
    for cat in cats:
        apart = float(np.hypot(*(nose - np.array(cat.nose or cat.chin))))
        if apart < NEAR_CAT * face.size_px:
            return "animal"
    return "drawing" if is_flat(picture.rgb, measure_face_frame(face.landmarks_px)) else "person"


def _cats(rgb: NDArray[np.uint8]) -> tuple[FaceMarks, ...]:
    """Find cats that look at the viewer, by OpenCV's cascade (J. Howse)."""
    data = getattr(cv2, "data", None)
    path = Path(data.haarcascades if data else "") / "haarcascade_frontalcatface_extended.xml"
    if not path.is_file():
        return ()
    scale = min(1.0, LOOK_PX / max(rgb.shape[:2]))
    width, height = max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale))
    small = cv2.resize(rgb, (width, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    least = max(24, round(CAT_LEAST * min(width, height)))
    cascade = cv2.CascadeClassifier(str(path))
    best, best_score = None, CAT_SCORE
    for tilt in CAT_TILTS_DEG:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
        upright = cv2.warpAffine(grey, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        boxes, _, scores = cascade.detectMultiScale3(
            upright, CAT_STEP, CAT_VOTES, minSize=(least, least), outputRejectLevels=True
        )
        for box, score in zip(boxes, np.ravel(scores), strict=True):
            if score > best_score:
                back = np.asarray(cv2.invertAffineTransform(turn) / scale, np.float64)
                best, best_score = _simple((float(box[0]), float(box[1]), float(box[2])), "animal", back), float(score)
    size_px = rgb.shape[1], rgb.shape[0]
    if best is None or not _lies_inside(best, size_px):
        return ()
    dog = _with_snout(best, rgb)
    return (dog if _lies_inside(dog, size_px) else best,)


def _with_snout(marks: FaceMarks, rgb: NDArray[np.uint8]) -> FaceMarks:
    """Return marks whose mouth lies below a dark nose, if there is one: a dog's snout is longer than a cat's."""
    left, right = (0.5 * (np.array(eye.left) + np.array(eye.right)) for eye in marks.eyes)
    apart = float(np.hypot(*(right - left)))
    across = (right - left) / apart
    down = np.array([-across[1], across[0]])
    scale = SNOUT_PX / apart
    width, height = round(2 * SNOUT_WIDE * SNOUT_PX), round((SNOUT_DEEP[1] - SNOUT_DEEP[0]) * SNOUT_PX)
    corner = 0.5 * (left + right) + apart * (SNOUT_DEEP[0] * down - SNOUT_WIDE * across)
    turn = np.array([across, down]) * scale
    to_patch = np.column_stack([turn, -turn @ corner])
    patch = cv2.warpAffine(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), to_patch, (width, height), borderValue=(255,))
    patch = cv2.GaussianBlur(patch, (0, 0), 1.5)
    dark = (patch < SNOUT_DARK * float(np.median(patch))).astype(np.uint8)
    count, _, stats, middles = cv2.connectedComponentsWithStats(dark)
    areas = stats[:, cv2.CC_STAT_AREA] / SNOUT_PX**2
    aside = np.abs(middles[:, 0] - 0.5 * width) / SNOUT_PX
    noses = [i for i in range(1, count) if SNOUT_AREA[0] < areas[i] < SNOUT_AREA[1] and aside[i] < SNOUT_MIDDLE]
    if not noses:
        return marks
    # The nose lies above an open mouth.
    nose = min(noses, key=lambda i: int(stats[i, cv2.CC_STAT_TOP]))
    x, top, wide, high = (float(stats[nose, k]) for k in range(4))
    x += 0.5 * wide
    long = high > SNOUT_ROUND * wide
    end = top + (0.8 * wide if long else high)
    lips = top + high if long else end + SNOUT_LIP * high

    def at(u: float, v: float) -> Point:
        place = corner + (across * u + down * v) / scale
        return float(place[0]), float(place[1])

    half = SNOUT_MOUTH * wide
    line = tuple(at(x + k * 0.5 * half, lips) for k in (-1, 0, 1))
    mouth = MouthMarks(at(x - half, lips - 0.1 * half), at(x + half, lips - 0.1 * half), line)
    return replace(marks, mouth=mouth, nose=at(x, end), chin=at(x, lips + SNOUT_CHIN * wide))


def _lies_inside(marks: FaceMarks, size_px: tuple[int, int]) -> bool:
    """Tell whether all that must lie inside the picture does."""
    eyes = [p for eye in marks.eyes for p in (eye.left, eye.right, eye.upper, eye.lower)]
    points = np.array([marks.mouth.left, marks.mouth.right, *marks.mouth.upper, *eyes])
    return bool((points >= 0).all() and (points <= np.array(size_px)).all())


def _middle(size_px: tuple[int, int]) -> FaceMarks:
    """Return a face in the middle of the picture."""
    side = MIDDLE_SIDE * min(size_px)
    marks = _simple(((size_px[0] - side) / 2, (size_px[1] - side) / 2, side), "thing")
    return replace(marks, eyes=(), nose=None)


def _simple(box: tuple[float, float, float], kind: Kind, to_picture: NDArray[np.float64] = _AS_IT_IS) -> FaceMarks:
    """Return an animal's face in a square box (left, top, side), taken to the picture by a map of shape (2, 3)."""
    x0, y0, side = box

    def at(x: float, y: float) -> Point:
        place = to_picture @ (x0 + x * side, y0 + y * side, 1.0)
        return float(place[0]), float(place[1])

    left_x, right_x, eye_y = CAT_EYES
    from_x, to_x, mouth_y = CAT_MOUTH
    eyes = tuple(
        EyeMarks(
            at(x - CAT_EYE, eye_y), at(x + CAT_EYE, eye_y), at(x, eye_y - 0.7 * CAT_EYE), at(x, eye_y + 0.7 * CAT_EYE)
        )
        for x in (left_x, right_x)
    )
    quarter = 0.25 * (to_x - from_x)
    line = tuple(at(0.5 + k * quarter, mouth_y + sag) for k, sag in ((-1, 0.012), (0, 0.016), (1, 0.012)))
    mouth = MouthMarks(at(from_x, mouth_y), at(to_x, mouth_y), line)
    return FaceMarks(mouth, at(0.5, CAT_CHIN), kind=kind, eyes=eyes, nose=at(0.5, CAT_NOSE))


def _mesh(picture: Picture, finder: LandmarkFinder) -> tuple[FaceMarks, ...]:
    """Take the mesh's word where the gate saw no human, if its points form a face at all."""
    points = finder.find_landmarks(picture.rgb)
    if points is None or not np.isfinite(points).all():
        return ()
    low, high = points[:, :2].min(0), points[:, :2].max(0)
    if (low < 0).any() or (high >= picture.size_px).any():
        return ()
    frame = measure_face_frame(points)
    box = Box(int(low[0]), int(low[1]), int(high[0]), int(high[1]))
    marks = marks_from_face(Face(box, points, frame.height_px, 0, 0, 0, 0), "animal")
    try:
        face_from_marks(marks, picture)
    except InputError:
        return ()
    return (marks,)
