"""Photo → avatar: the steps in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.avatar import PhotoAvatar, Rig
from phonoscope.avatars.photo.drawing.warp import make_solver
from phonoscope.avatars.photo.eyes.eyes import build_eyes
from phonoscope.avatars.photo.finding.face_frame import measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face, choose_face, find_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.avatars.photo.finding.landmarks import OUTER_LOWER_LIP, OUTER_UPPER_LIP
from phonoscope.avatars.photo.lips.tracing import trace_lips
from phonoscope.avatars.photo.motion.fields import build_fields
from phonoscope.avatars.photo.motion.head import build_head_motion
from phonoscope.avatars.photo.motion.lattice import build_lattice, settle_landmarks
from phonoscope.avatars.photo.motion.territory import Surroundings, movable
from phonoscope.avatars.photo.mouth.distances import map_mouth
from phonoscope.avatars.photo.mouth.interior import build_interior
from phonoscope.avatars.photo.mouth.photographed import teeth_pixels
from phonoscope.avatars.photo.photometry import measure_photometry
from phonoscope.core.errors import InputError, PhotoError
from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.frames import Box, Picture

MouthLook = Literal["auto", "open", "closed"]


@dataclass(frozen=True, slots=True)
class RigOptions:
    """How to read a photo.

    Attributes
    ----------
    faces
        The faces that act, already found in this picture, or their numbers, counted from 1 at the left; empty takes
        the largest.
    others
        Faces of the picture that do not act, where `faces` were already found: what belongs to them stays.
    bounds
        The part of the picture that is photo, when it has been padded into a larger canvas: movement fades out inside.
    mouth
        How the mouths were photographed: ``open``, ``closed``, or ``auto`` to find out.
    finder
        What finds faces; None takes MediaPipe.
    events
        Takes notes for the user.
    """

    faces: tuple[Face | int, ...] = ()
    others: tuple[Face, ...] = ()
    bounds: Box | None = None
    mouth: MouthLook = "auto"
    finder: LandmarkFinder | None = None
    events: EventSink = ignore_events


def rig_photo(picture: Picture, options: RigOptions | None = None) -> PhotoAvatar:
    """Make an avatar of a picture of even sizes; its transparency is ignored.

    Raises
    ------
    InputError
        If the sizes are odd.
    PhotoError
        If the picture shows no face that is large enough, or a mouth is cut off.
    UsageError
        If it shows no face of a wanted number.
    """
    options = options or RigOptions()
    width, height = picture.size_px
    if width % 2 or height % 2:
        raise InputError(f"A picture of {width} x {height} pixels cannot be drawn.", "Crop it to even sizes.")
    finder = options.finder or _default_finder()
    acting, all_faces = _choose_faces(picture, options, finder)
    bounds = options.bounds or Box(0, 0, width, height)
    for face in acting:
        _check_mouth_in_sight(face, bounds)
    person = finder.segment_person(picture.rgb)
    rigs = []
    for face in acting:
        others = tuple(other for other in all_faces if other is not face)
        rigs.append(_rig_face(picture, face, person, Surroundings(bounds, others), options.mouth))
    return PhotoAvatar(*rigs)


def _choose_faces(
    picture: Picture, options: RigOptions, finder: LandmarkFinder
) -> tuple[tuple[Face, ...], tuple[Face, ...]]:
    """Return the faces that act, and all that are known."""
    given = tuple(face for face in options.faces if isinstance(face, Face))
    if given and len(given) == len(options.faces):
        return given, given + options.others
    found = find_faces(picture, finder)
    wanted = options.faces or (None,)
    acting = tuple(f if isinstance(f, Face) else choose_face(found, f, options.events) for f in wanted)
    return acting, acting + tuple(face for face in found if not any(face is actor for actor in acting))


def _rig_face(picture: Picture, face: Face, person: NDArray[np.float32], around: Surroundings, mouth: MouthLook) -> Rig:
    """Make one face ready to move."""
    raw_frame = measure_face_frame(face.landmarks_px)
    lattice = build_lattice(raw_frame, picture.size_px)
    frame = settle_landmarks(raw_frame, lattice)
    lips = trace_lips(picture.rgb, frame)
    motion = build_head_motion(frame, lattice, person, movable(lattice, frame, around))
    fields = build_fields(frame, lattice, lips, motion.edge)

    mouth_box = map_mouth(frame, lattice, lips)
    teeth = teeth_pixels(picture.rgb, frame, lips, mouth_box)
    photometry = measure_photometry(picture.rgb, frame, teeth)
    return Rig(
        picture=picture,
        face=face,
        frame=frame,
        lips=lips,
        solver=make_solver(frame, lattice, fields, motion),
        interior=build_interior(picture.rgb, frame, lips, photometry, mouth_box),
        mouth_box=mouth_box,
        eyes=build_eyes(picture.rgb, frame, photometry),
    )


def _check_mouth_in_sight(face: Face, bounds: Box) -> None:
    """Refuse a face whose mouth is cut off; landmarks guess on past the edges of a picture."""
    lips = face.landmarks_px[list(OUTER_UPPER_LIP + OUTER_LOWER_LIP), :2]
    low, high = lips.min(0), lips.max(0)
    if low[0] < bounds.x0 or low[1] < bounds.y0 or high[0] > bounds.x1 - 1 or high[1] > bounds.y1 - 1:
        raise PhotoError(
            "The face's mouth is cut off at the edge of the photo.", "Use a photo that shows the whole face."
        )


def _default_finder() -> LandmarkFinder:
    from phonoscope.avatars.photo.finding.mediapipe_finder import mediapipe_finder

    return mediapipe_finder()
