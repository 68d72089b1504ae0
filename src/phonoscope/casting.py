"""Who acts in a video: the faces in the photo, laid out at the size of the video and ready to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from phonoscope.avatars.photo import Face, PhotoAvatar, RigOptions, find_faces, rig_photo
from phonoscope.choices import VideoChoices
from phonoscope.core.events import EventSink, Note, StageStarted
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import load_picture
from phonoscope.parts import Part, cast_dialogue, cast_monologue
from phonoscope.scene.layout import WHOLE_PHOTO_PX, Canvas, flatten, lay_out, parse_size, whole_photo_size

LARGEST_CANVAS_PX = {"gif": 480 * 480}
"""Most pixels of a video whose size was not asked for: one 1080p frame, but GIF compresses badly."""

SMALL_FACE_PX = 48
"""Face height in the video below which lips are three or four pixels high."""


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """Everybody in the picture who acts.

    Attributes
    ----------
    avatar
        Draws them all.
    parts
        One for each of the avatar's faces.
    """

    avatar: PhotoAvatar
    parts: tuple[Part, ...]


def cast(
    photo: Path | str | bytes | Picture,
    container: str,
    choices: VideoChoices,
    speakers: Sequence[str],
    events: EventSink,
) -> Cast:
    """Find who will speak in the photo, and lay the photo out at the size of the video.

    Parameters
    ----------
    speakers
        Names in the script, in order of appearance; none, or only one without a role, for a monologue.
    """
    events(StageStarted("photo", "Looking at the photo"))
    picture = flatten(photo if isinstance(photo, Picture) else load_picture(photo, events))
    faces = find_faces(picture)
    if len(speakers) > 1 or choices.roles:
        parts = cast_dialogue(faces, speakers, choices.roles, events)
    else:
        parts = cast_monologue(faces, choices.face, choices.acting.listeners, events)
    canvas = _canvas(picture, container, choices, parts, events)
    acting = [part.face for part in parts]
    others = tuple(_placed(face, canvas) for face in faces if not any(face is actor for actor in acting))
    rigging = RigOptions(
        faces=tuple(_placed(face, canvas) for face in acting), others=others, bounds=canvas.photo_box, events=events
    )
    return Cast(rig_photo(canvas.picture, rigging), parts)


def _canvas(
    picture: Picture, container: str, choices: VideoChoices, parts: tuple[Part, ...], events: EventSink
) -> Canvas:
    """Lay the photo out at the size of the video, with those who act in sight."""
    largest_px = LARGEST_CANVAS_PX.get(container, WHOLE_PHOTO_PX)
    size_px = parse_size(choices.size) if choices.size else whole_photo_size(picture.size_px, largest_px)
    if not choices.size and size_px[0] < picture.size_px[0] - 1:
        events(
            Note(
                f"The photo of {picture.size_px[0]}x{picture.size_px[1]} makes a video of {size_px[0]}x{size_px[1]};"
                " --size asks for another."
            )
        )
    keep = parts[0].face.box
    for part in parts[1:]:
        keep = keep.union(part.face.box)
    canvas = lay_out(picture, size_px, choices.fit, keep)
    smallest_px = min(part.face.size_px for part in parts) * min(canvas.scale)
    if smallest_px < SMALL_FACE_PX:
        events(
            Note(
                f"The face is only {smallest_px:.0f} pixels high in the video; a larger --size"
                " or --fit crop would show more of it."
            )
        )
    return canvas


def _placed(face: Face, canvas: Canvas) -> Face:
    """Return a face of the photo where it lies on the canvas."""
    points = canvas.place(face.landmarks_px)
    return replace(face, landmarks_px=points, size_px=face.size_px * min(canvas.scale))
