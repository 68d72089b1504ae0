"""The faces in a photo, laid out at the size of the video and ready to move."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from phonoscope.avatars.photo import Face, RigOptions, find_faces, rig_photo
from phonoscope.avatars.photo.finding.framing import FrameOptions, Framing, cut_picture, frame_faces
from phonoscope.avatars.photo.marks import faces_from_marks, find_marks, read_rig
from phonoscope.casting.album import Album
from phonoscope.casting.cast import Cast
from phonoscope.casting.photo_parts import FacePart, cast_dialogue, cast_monologue
from phonoscope.choices import Role, VideoChoices
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, Note, StageStarted
from phonoscope.core.frames import Box, Picture
from phonoscope.media.pictures import load_picture
from phonoscope.scene.background import parse_background
from phonoscope.scene.layout import WHOLE_PHOTO_PX, Canvas, flatten, lay_out, parse_size, whole_photo_size

LARGEST_CANVAS_PX = {"gif": 480 * 480}
"""Most pixels of a video whose size was not asked for: one 1080p frame, but GIF compresses badly."""

SMALL_FACE_PX = 48
"""Face height in the video below which lips are three or four pixels high."""

FRAME_ASPECTS = (1.0, 4 / 3, 16 / 9, 21 / 9)
"""Width over height of a picture that is framed for a video whose size was not asked for: the first that holds all who
speak."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scene:
    """A photo, all faces in it, and who acts which part."""

    picture: Picture
    faces: tuple[Face, ...]
    parts: tuple[FacePart, ...]


def cast_photo(
    photo: Path | str | bytes | Picture,
    container: str,
    choices: VideoChoices,
    speakers: Sequence[str],
    events: EventSink,
    album: Album | None = None,
) -> Cast:
    """Find who will speak in the photo, and lay the photo out at the size of the video.

    Parameters
    ----------
    speakers
        Names in the script, in order of appearance; none, or only one without a role, for a monologue.
    album
        Pictures that were looked at before; None to look at this one once.
    """
    album = album or Album(0)
    events(StageStarted("photo", "Looking at the photo"))
    cut_out = parse_background(choices.background) is not None
    picture = _opened(photo, album, events)
    scene = _read_scene(photo, picture if cut_out else flatten(picture), choices, speakers, events, album)
    if choices.frame:
        scene = _framed(scene, choices)
    canvas = _canvas(scene, container, choices, events)
    acting = [part.face for part in scene.parts]
    rigging = RigOptions(
        faces=tuple(_placed(face, canvas) for face in acting),
        others=tuple(_placed(face, canvas) for face in scene.faces if not any(face is actor for actor in acting)),
        bounds=canvas.photo_box,
        mouth=choices.mouth,
        cut_out=cut_out,
        events=events,
    )
    first = rigging.faces[0]
    landmarks_px = first.landmarks_px if isinstance(first, Face) and not first.is_marked else None
    return Cast(rig_photo(canvas.picture, rigging), canvas, scene.parts, landmarks_px=landmarks_px)


def _opened(photo: Path | str | bytes | Picture, album: Album, events: EventSink) -> Picture:
    if isinstance(photo, Picture):
        return photo
    return album.picture(photo, events) if isinstance(photo, Path) else load_picture(photo, events)


def _read_scene(
    photo: Path | str | bytes | Picture,
    picture: Picture,
    choices: VideoChoices,
    speakers: Sequence[str],
    events: EventSink,
    album: Album,
) -> _Scene:
    """Find the faces, by the marks that somebody has set, or else by looking, and give out the parts."""
    marks = choices.marks or (find_marks(photo) if isinstance(photo, Path | str) else None)
    roles = choices.roles
    if marks is not None:
        marked = read_rig(marks, picture.size_px)
        events(Note(f"The faces are where {marks} marks them."))
        faces = faces_from_marks(marked, flatten(picture))
        roles = (*roles, *_named(faces, speakers, roles))
    else:
        upright = flatten(picture)
        faces = album.faces(photo, upright) if isinstance(photo, Path) else find_faces(upright)
    if len(speakers) > 1 and choices.face is not None:
        raise UsageError(
            f"Face {choices.face} is to speak, but the script has {len(speakers)} speakers.",
            f"Give each a face: --cast '{speakers[0]}={choices.face}'; or take the names out of the script.",
        )
    if len(speakers) > 1 or roles:
        return _Scene(picture, faces, cast_dialogue(faces, speakers, roles, events))
    return _Scene(picture, faces, cast_monologue(faces, choices.face, choices.acting.listeners, events))


def _named(faces: tuple[Face, ...], speakers: Sequence[str], roles: Sequence[Role]) -> tuple[Role, ...]:
    """Return roles for the speakers whose names are those of marked faces, and who have none yet."""
    cast_already = {role.speaker for role in roles}
    numbers = {face.name.casefold(): number for number, face in enumerate(faces, start=1) if face.name}
    return tuple(
        Role(speaker, numbers[speaker.casefold()])
        for speaker in speakers
        if speaker not in cast_already and speaker.casefold() in numbers
    )


def _framed(scene: _Scene, choices: VideoChoices) -> _Scene:
    """Cut the photo down to the heads and shoulders of those who act, upright."""
    speaking = tuple(part.face for part in scene.parts if not part.listens)
    framing = _frame_around(speaking, scene.picture, choices)
    area = Box(0, 0, *framing.size_px)
    moved = (replace(part, face=framing.place_face(part.face)) for part in scene.parts)
    parts = tuple(part for part in moved if not part.listens or _lies_in(part.face, area))
    acting = [part.face for part in scene.parts if part.speaker in {kept.speaker for kept in parts}]
    others = (framing.place_face(face) for face in scene.faces if not any(face is actor for actor in acting))
    in_sight = (face for face in others if _overlaps(face, area))
    return _Scene(cut_picture(scene.picture, framing), (*(part.face for part in parts), *in_sight), parts)


def _frame_around(faces: tuple[Face, ...], picture: Picture, choices: VideoChoices) -> Framing:
    """Return the frame of the wanted size, or else the narrowest one."""
    if choices.size:
        width, height = parse_size(choices.size)
        return frame_faces(picture.size_px, faces, FrameOptions(aspect=width / height))
    for aspect in FRAME_ASPECTS[:-1]:
        with suppress(UsageError):
            return frame_faces(picture.size_px, faces, FrameOptions(aspect=aspect))
    return frame_faces(picture.size_px, faces, FrameOptions(aspect=FRAME_ASPECTS[-1]))


def _lies_in(face: Face, area: Box) -> bool:
    low, high = face.landmarks_px[:, :2].min(0), face.landmarks_px[:, :2].max(0)
    return bool(low[0] > area.x0 and high[0] < area.x1 and low[1] > area.y0 and high[1] < area.y1)


def _overlaps(face: Face, area: Box) -> bool:
    low, high = face.landmarks_px[:, :2].min(0), face.landmarks_px[:, :2].max(0)
    return bool(high[0] > area.x0 and low[0] < area.x1 and high[1] > area.y0 and low[1] < area.y1)


def _canvas(scene: _Scene, container: str, choices: VideoChoices, events: EventSink) -> Canvas:
    """Lay the photo out at the size of the video, with those who act in sight."""
    picture, parts = scene.picture, scene.parts
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
    # A framed picture has the video's shape but for a rounded pixel, which must not make bars.
    canvas = lay_out(picture, size_px, "crop" if choices.frame else choices.fit, keep)
    smallest_px = min(part.face.size_px for part in parts) * min(canvas.scale)
    if smallest_px < SMALL_FACE_PX:
        events(
            Note(
                f"The face is only {smallest_px:.0f} pixels high in the video; a larger --size, --fit crop or --frame"
                " would show more of it."
            )
        )
    return canvas


def _placed(face: Face, canvas: Canvas) -> Face:
    """Return a face of the photo where it lies on the canvas."""
    points = canvas.place(face.landmarks_px)
    return replace(face, landmarks_px=points, size_px=face.size_px * min(canvas.scale))
