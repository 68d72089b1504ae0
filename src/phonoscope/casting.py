"""Who acts in a video: the face in the photo, laid out at the size of the video and ready to move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from phonoscope.avatars.photo import Face, PhotoAvatar, RigOptions, choose_face, find_faces, rig_photo
from phonoscope.choices import VideoChoices
from phonoscope.core.events import EventSink, Note, StageStarted
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import load_picture
from phonoscope.scene.layout import WHOLE_PHOTO_PX, Canvas, flatten, lay_out, parse_size, whole_photo_size

LARGEST_CANVAS_PX = {"gif": 480 * 480}
"""Most pixels of a video whose size was not asked for: one 1080p frame, but GIF compresses badly."""

SMALL_FACE_PX = 48
"""Face height in the video below which lips are three or four pixels high."""


def cast(photo: Path | str | bytes | Picture, container: str, choices: VideoChoices, events: EventSink) -> PhotoAvatar:
    """Find who will speak in the photo, and lay the photo out at the size of the video."""
    events(StageStarted("photo", "Looking at the photo"))
    picture = flatten(photo if isinstance(photo, Picture) else load_picture(photo, events))
    found = find_faces(picture)
    face = choose_face(found, choices.face, events)
    largest_px = LARGEST_CANVAS_PX.get(container, WHOLE_PHOTO_PX)
    size_px = parse_size(choices.size) if choices.size else whole_photo_size(picture.size_px, largest_px)
    if not choices.size and size_px[0] < picture.size_px[0] - 1:
        events(
            Note(
                f"The photo of {picture.size_px[0]}x{picture.size_px[1]} makes a video of {size_px[0]}x{size_px[1]};"
                " --size asks for another."
            )
        )
    canvas = lay_out(picture, size_px, choices.fit, face.box)
    if face.size_px * min(canvas.scale) < SMALL_FACE_PX:
        events(
            Note(
                f"The face is only {face.size_px * min(canvas.scale):.0f} pixels high in the video; a larger --size"
                " or --fit crop would show more of it."
            )
        )
    others = tuple(_placed(other, canvas) for other in found if other is not face)
    return rig_photo(canvas.picture, RigOptions(faces=(_placed(face, canvas),), others=others, bounds=canvas.photo_box))


def _placed(face: Face, canvas: Canvas) -> Face:
    """Return a face of the photo where it lies on the canvas."""
    points = canvas.place(face.landmarks_px)
    return replace(face, landmarks_px=points, size_px=face.size_px * min(canvas.scale))
