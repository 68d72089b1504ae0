"""The faces of a picture, each with its landmarks, and the choice of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.finding.face_frame import head_angles_deg, measure_face_frame
from phonoscope.avatars.photo.finding.face_search import search_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder, ScoredBox
from phonoscope.avatars.photo.finding.landmarking import SURE_SPREAD, place_landmarks
from phonoscope.avatars.photo.finding.second_look import DOUBTFUL_SPREAD, is_seen_again
from phonoscope.core.errors import PhotoError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.frames import Box, Picture

LEAST_FACE_PX = 48
"""Smallest face height that can speak: below this the lips are three or four pixels high."""

Kind = Literal["person", "animal", "drawing", "thing"]


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
    kind
        What the face belongs to: teeth, and how far it stands out of the picture, depend on it.
    mouth_style
        ``line`` for a mouth that is drawn as a stroke, ``lips`` for any other, ``auto`` to find out.
    spread
        How far landmarks found on several crops lie from their median, in face heights: how unsure they are.
    name
        Whose face it is, where somebody has told; empty otherwise.
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
    kind: Kind = "person"
    mouth_style: Literal["auto", "lips", "line"] = "auto"
    spread: float = 0.0
    name: str = ""

    @property
    def is_sure(self) -> bool:
        """The landmarks can be believed; of others a moving mouth would tear the picture."""
        return self.is_marked or self.spread <= SURE_SPREAD


def find_faces(picture: Picture, finder: LandmarkFinder | None = None) -> tuple[Face, ...]:
    """Return the human faces of a picture, from left to right."""
    if finder is None:
        from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder

        finder = mediapipe_finder()
    faces = [face for box in search_faces(picture.rgb, finder) if (face := _face_in(picture, box, finder)) is not None]
    return tuple(sorted(_distinct(faces), key=lambda face: face.box.x0 + face.box.x1))


def choose_face(faces: tuple[Face, ...], number: int | None = None, events: EventSink = ignore_events) -> Face:
    """Choose the face that will speak: `number` counts from 1 at the left; None takes the largest.

    Raises
    ------
    PhotoError
        If there is no face, or the chosen one is too small, or its features could not be placed surely.
    UsageError
        If there is no face of that number.
    """
    if not faces:
        raise PhotoError(
            "No human face was found in the photo.",
            "Use a photo with a face that looks at the camera, well lit, with eyes and mouth in sight; in a picture of"
            " an animal, a drawing or a toy, show where its mouth is: phonoscope mark PHOTO.",
        )
    if number is not None and not 1 <= number <= len(faces):
        raise UsageError(
            f"There is no face {number}: the photo shows {len(faces)}.",
            f"Choose a face from 1 to {len(faces)}, counted from the left.",
        )
    largest = max(range(len(faces)), key=lambda i: (faces[i].is_sure, faces[i].size_px))
    face = faces[largest if number is None else number - 1]
    if face.size_px < LEAST_FACE_PX:
        raise PhotoError(
            f"The face is too small: {face.size_px:.0f} pixels high, where {LEAST_FACE_PX} are needed.",
            "Use a larger photo, or one taken from closer.",
        )
    if not face.is_sure:
        which = "The face's features" if len(faces) == 1 else f"The features of face {faces.index(face) + 1}"
        raise PhotoError(
            f"{which} could not be placed surely: a moving mouth would tear the picture.",
            "Show where mouth and eyes are: phonoscope mark PHOTO.",
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


def _face_in(picture: Picture, box: ScoredBox, finder: LandmarkFinder) -> Face | None:
    """Place landmarks on the face in `box`; None where nothing plausible is found."""
    placed = place_landmarks(picture.rgb, box, finder)
    if placed is None:
        return None
    if DOUBTFUL_SPREAD < placed.spread <= SURE_SPREAD and not is_seen_again(picture.rgb, placed.points, finder):
        # An animal that the gate let pass would get human teeth. Still less sure ones do not speak anyway.
        return None
    frame = measure_face_frame(placed.points)
    yaw, pitch, roll = head_angles_deg(frame)
    width, height = picture.size_px
    x, y = placed.points[:, 0], placed.points[:, 1]
    around = Box(
        int(np.clip(x.min(), 0, width - 1)),
        int(np.clip(y.min(), 0, height - 1)),
        int(np.clip(np.ceil(x.max()), 1, width)),
        int(np.clip(np.ceil(y.max()), 1, height)),
    )
    return Face(around, placed.points, frame.height_px, yaw, pitch, roll, box.score, spread=placed.spread)


def _distinct(faces: list[Face]) -> list[Face]:
    """Drop faces inside larger ones: doubles, and spectacles or ears that a tile took for a face."""
    kept: list[Face] = []
    for face in sorted(faces, key=lambda f: -f.size_px):
        x, y = 0.5 * (face.box.x0 + face.box.x1), 0.5 * (face.box.y0 + face.box.y1)
        if not any(o.box.x0 < x < o.box.x1 and o.box.y0 < y < o.box.y1 for o in kept):
            kept.append(face)
    return kept
