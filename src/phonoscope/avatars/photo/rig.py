"""Photo → avatar: the steps in order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.avatars.photo.avatar import PhotoAvatar, Rig
from phonoscope.avatars.photo.check.view import view_face
from phonoscope.avatars.photo.check.worn import frame_strength
from phonoscope.avatars.photo.curves import smoothstep
from phonoscope.avatars.photo.drawing.warp import make_solver
from phonoscope.avatars.photo.eyes.eyes import Eye, build_eyes
from phonoscope.avatars.photo.finding.face_frame import FaceFrame, measure_face_frame
from phonoscope.avatars.photo.finding.faces import Face, choose_face, find_faces
from phonoscope.avatars.photo.finding.finder import LandmarkFinder
from phonoscope.avatars.photo.finding.landmarks import OUTER_LOWER_LIP, OUTER_UPPER_LIP
from phonoscope.avatars.photo.lips.line import LipLine
from phonoscope.avatars.photo.lips.tracing import trace_lips
from phonoscope.avatars.photo.marks.bearing import steady_head, stiff_case
from phonoscope.avatars.photo.marks.cel import cel_lid
from phonoscope.avatars.photo.marks.fur import furry_lid, furry_lips
from phonoscope.avatars.photo.marks.lips import lips_from_marks
from phonoscope.avatars.photo.marks.region import head_region
from phonoscope.avatars.photo.matte.cut_out import cut_out
from phonoscope.avatars.photo.motion.fields import build_fields
from phonoscope.avatars.photo.motion.head import build_head_motion
from phonoscope.avatars.photo.motion.lattice import build_lattice, settle_landmarks
from phonoscope.avatars.photo.motion.territory import Surroundings, movable
from phonoscope.avatars.photo.mouth.animal import animal_interior, animal_photometry
from phonoscope.avatars.photo.mouth.box import MouthBox
from phonoscope.avatars.photo.mouth.distances import map_mouth
from phonoscope.avatars.photo.mouth.drawn import build_drawn_mouth
from phonoscope.avatars.photo.mouth.interior import Interior, build_interior
from phonoscope.avatars.photo.mouth.photographed import teeth_pixels
from phonoscope.avatars.photo.photometry import Photometry, measure_photometry
from phonoscope.avatars.photo.skin.relighting import build_relighting, unlit
from phonoscope.core.avatar import MouthHint
from phonoscope.core.errors import InputError, PhotoError
from phonoscope.core.events import EventSink, ignore_events
from phonoscope.core.frames import Box, Picture

UNWRINKLED = ("animal", "thing")
"""Kinds of faces whose skin, if any, does not fold."""

GLASSES = 3.4, 3.9
"""Strengths of a frame between which glasses are surely worn: wrinkles reach the first (see `check.worn`)."""


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
    cut_out
        Cut the people out of their background: frames are transparent around them.
    """

    faces: tuple[Face | int, ...] = ()
    others: tuple[Face, ...] = ()
    bounds: Box | None = None
    mouth: MouthHint = "auto"
    finder: LandmarkFinder | None = None
    events: EventSink = ignore_events
    cut_out: bool = False


def rig_photo(picture: Picture, options: RigOptions | None = None) -> PhotoAvatar:
    """Make an avatar of a picture of even sizes; its transparency counts where it shall be cut out.

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
    # Drawn are the colours of the people alone, so that no background comes along where they move.
    picture = cut_out(picture, all_faces, finder, bounds) if options.cut_out else Picture(picture.rgb)
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


def _rig_face(picture: Picture, face: Face, person: NDArray[np.float32], around: Surroundings, mouth: MouthHint) -> Rig:
    """Make one face ready to move."""
    raw_frame = measure_face_frame(face.landmarks_px)
    lattice = build_lattice(raw_frame, picture.size_px)
    frame = settle_landmarks(raw_frame, lattice)
    lips = lips_from_marks(picture.rgb, frame) if face.is_marked else trace_lips(picture.rgb, frame, mouth)
    if face.is_marked:
        person = head_region(picture.rgb, face, person)
    motion = build_head_motion(frame, lattice, person, movable(lattice, frame, around), picture.rgb)
    fields = build_fields(frame, lattice, lips, motion.edge, _glasses(picture, face))
    if face.is_marked:
        motion = steady_head(motion, face.kind)
    if face.kind == "thing":
        fields = stiff_case(fields, lips, lattice)

    mouth_box = map_mouth(frame, lattice, lips)
    if face.kind == "animal":
        mouth_box = furry_lips(mouth_box, picture.rgb, frame.height_px)
    teeth = teeth_pixels(picture.rgb, frame, lips, mouth_box)
    photometry = measure_photometry(picture.rgb, frame, teeth)
    return Rig(
        picture=picture,
        face=face,
        frame=frame,
        lips=lips,
        solver=make_solver(frame, lattice, fields, motion),
        interior=_build_inside(picture, face, frame, lips, (photometry, mouth_box)),
        mouth_box=mouth_box,
        eyes=_build_eyes(picture, face, frame, photometry),
        skin=unlit(lattice)
        if face.kind in UNWRINKLED
        else build_relighting(picture.rgb, frame, lattice, photometry, motion.edge),
        drawn=build_drawn_mouth(picture.rgb, face, frame, lips, (mouth_box, photometry)),
    )


def _build_inside(
    picture: Picture, face: Face, frame: FaceFrame, lips: LipLine, around: tuple[Photometry, MouthBox]
) -> Interior:
    """Draw what the lips uncover: a human mouth, or an animal's."""
    photometry, mouth_box = around
    if face.kind != "animal":
        return build_interior(picture.rgb, frame, lips, photometry, mouth_box)
    looks = animal_photometry(photometry, picture.rgb)
    return animal_interior(build_interior(picture.rgb, frame, lips, looks, mouth_box), looks, photometry.lip)


def _build_eyes(picture: Picture, face: Face, frame: FaceFrame, photometry: Photometry) -> tuple[Eye | None, ...]:
    """Prepare the eyes that are there."""
    if not face.has_eyes:
        return None, None
    eyes = build_eyes(picture.rgb, frame, photometry)
    if face.kind == "animal":
        return tuple(None if eye is None else furry_lid(eye, picture.rgb) for eye in eyes)
    if face.is_marked and (photometry.flat or face.kind == "thing"):
        return tuple(None if eye is None else cel_lid(eye) for eye in eyes)
    return eyes


def _glasses(picture: Picture, face: Face) -> float:
    """Return how surely a face wears glasses, 0 to 1."""
    if not face.has_eyes:
        return 0.0
    return float(smoothstep(*GLASSES, np.array(frame_strength(view_face(picture, face)))))


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
