"""The check itself: every face of a picture, everything that matters about it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.check.cover import check_cover
from phonoscope.avatars.photo.check.features import check_eyes, check_mouth
from phonoscope.avatars.photo.check.light import (
    check_contrast,
    check_evenness,
    check_exposure,
    check_grain,
    check_sharpness,
)
from phonoscope.avatars.photo.check.placing import check_angles, check_landmarks, check_margins, check_size
from phonoscope.avatars.photo.check.report import FaceReport, Finding, Grade, PhotoReport
from phonoscope.avatars.photo.check.view import view_face
from phonoscope.avatars.photo.check.worn import check_beard, check_glasses
from phonoscope.avatars.photo.finding.faces import Face, find_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.core.frames import Picture

HAND_REACH = 0.9
"""A hand over a face shows within this many face heights around it."""

HAND_LOOK_PX = 512
"""Longer side of what the hand finder is shown."""


@runtime_checkable
class HandFinder(Protocol):
    """A finder that sees hands, too."""

    def find_hands(self, rgb: NDArray[np.uint8]) -> tuple[NDArray[np.float64], ...]:
        """Return the joints of each hand, float64 (21, 2), in pixels."""
        ...


def check_photo(picture: Picture, finder: LandmarkFinder | None = None) -> PhotoReport:
    """Tell how fit a picture is to speak, and what would make it better.

    Parameters
    ----------
    picture
        Upright; its transparency is ignored.
    finder
        What finds faces, and hands if it can; None takes MediaPipe.
    """
    if finder is None:
        from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder

        finder = mediapipe_finder()
    faces = find_faces(picture, finder)
    reports = tuple(
        FaceReport(number, face, _check_face(picture, face, finder)) for number, face in enumerate(faces, start=1)
    )
    return PhotoReport(picture.size_px, reports, () if faces else (_no_face(),))


def _check_face(picture: Picture, face: Face, finder: LandmarkFinder) -> tuple[Finding, ...]:
    view = view_face(picture, face)
    beard = check_beard(view)
    exposure = check_exposure(view)
    hands = _hands_near(picture, face, finder)
    return (
        check_size(face),
        check_landmarks(face),
        *check_angles(face),
        check_margins(picture, face, view),
        check_sharpness(view),
        check_grain(view),
        exposure,
        check_contrast(view),
        check_evenness(view),
        check_cover(view, hands, beard.value != "none", exposure.grade is Grade.GOOD),
        check_eyes(view),
        check_mouth(view),
        check_glasses(view),
        beard,
    )


def _no_face() -> Finding:
    return Finding(
        "faces",
        Grade.POOR,
        "none",
        "No human face was found. Of a person: use a photo that looks at the camera, well lit, eyes and mouth in sight."
        " Of an animal, a drawing or a toy: show where its mouth is with `phonoscope mark PHOTO`.",
    )


def _hands_near(picture: Picture, face: Face, finder: LandmarkFinder) -> tuple[NDArray[np.float64], ...]:
    """Return the joints of the hands around a face, in pixels of the picture."""
    if not isinstance(finder, HandFinder):
        return ()
    reach, box, (width, height) = round(HAND_REACH * face.size_px), face.box, picture.size_px
    x0, y0 = max(0, box.x0 - reach), max(0, box.y0 - reach)
    part = picture.rgb[y0 : min(height, box.y1 + reach), x0 : min(width, box.x1 + reach)]
    scale = min(1.0, HAND_LOOK_PX / max(part.shape[:2]))
    size = max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale))
    small = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return tuple(joints / scale + (x0, y0) for joints in finder.find_hands(small))
