"""The flow itself, top to bottom: a photo and a script become a talking video."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from phonoscope import __version__
from phonoscope.avatars.photo import PhotoAvatar, RigOptions, choose_face, find_faces, rig_photo
from phonoscope.choices import Video, VideoChoices, refuse_to_overwrite
from phonoscope.core.avatar import Avatar
from phonoscope.core.events import EventSink, FileWritten, Note, StageStarted, ignore_events
from phonoscope.core.frames import Picture, VideoFrame
from phonoscope.core.performance import Performance
from phonoscope.core.script import Script
from phonoscope.core.sound import silence
from phonoscope.core.speech import Speech
from phonoscope.media.options import VideoOptions, container_for, parse_fps
from phonoscope.media.output import check_output
from phonoscope.media.pictures import load_picture
from phonoscope.media.writer import VideoWriter
from phonoscope.performance import PerformOptions, perform
from phonoscope.progress import RenderProgress
from phonoscope.scene.captions import CaptionPainter
from phonoscope.scene.layout import WHOLE_PHOTO_PX, flatten, lay_out, parse_size, whole_photo_size
from phonoscope.script import read_script
from phonoscope.sidecars import sidecar_files, sidecar_paths
from phonoscope.speech import speak
from phonoscope.transcript import Transcript

LEAD_IN_S, LEAD_OUT_S = 0.5, 0.6
"""Silence before the first and after the last word: the face is seen at rest, and comes back to rest."""

DEFAULT_FPS = {"gif": 20}
"""Frames a second unless asked for otherwise: 30, but GIF counts in hundredths of a second and grows quickly."""

LARGEST_CANVAS_PX = {"gif": 480 * 480}
"""Most pixels of a video whose size was not asked for: one 1080p frame, but GIF compresses badly."""

LONGEST_TITLE = 500
"""Characters of a title; players show far fewer."""

SMALL_FACE_PX = 48
"""Face height in the video below which lips are three or four pixels high."""

TITLE_LENGTH = 60
"""Characters of the script that make the title when none is given."""


def make_video(
    photo: Path | str | bytes | Picture,
    script: str | Script,
    output: Path | str,
    choices: VideoChoices | None = None,
    events: EventSink = ignore_events,
) -> Video:
    """Make a video in which the photo speaks the script.

    Parameters
    ----------
    photo
        A picture file, its bytes, or a picture already loaded.
    script
        Plain text with ``[pause 0.5s]`` marks, or SSML, or a script already read.
    output
        Where the video goes; its suffix chooses MP4, WebM or GIF.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong, with what to do about it; no file is left behind.

    Examples
    --------
    >>> make_video("portrait.jpg", "Hello!", "hello.mp4")  # doctest: +SKIP
    """
    started = time.perf_counter()
    choices = choices or VideoChoices()
    output = Path(output)
    container = container_for(output, choices.format)
    paths = sidecar_paths(output, choices.sidecars)
    for path in (output, *paths.values()):
        check_output(path, choices.overwrite)
    refuse_to_overwrite((photo, choices.caption_font), output, choices)
    script = script if isinstance(script, Script) else read_script(script, choices.speech.language)
    progress = RenderProgress(script.characters, events)
    pieces, sound_rate_hz = _with_rests(speak(script, choices.speech, progress.hear))
    avatar = _cast(photo, container, choices, events)
    fps = parse_fps(DEFAULT_FPS.get(container, 30) if choices.fps is None else choices.fps)
    painter = _caption_painter(avatar.size_px, script, choices, events) if choices.captions else None
    film = VideoOptions(
        size_px=avatar.size_px,
        fps=fps,
        container=container,
        sound_rate_hz=sound_rate_hz if container != "gif" else None,
        title=_clean_title(choices.title) or _title(script),
        comment=f"Made with Phonoscope {__version__}",
        overwrite=choices.overwrite,
    )
    acting = PerformOptions(fps=fps, seed=choices.seed, return_in_pauses=not avatar.rests_open)
    transcript = Transcript()
    events(StageStarted("render", "Drawing frames"))
    with sidecar_files(paths, transcript, fps, choices.overwrite) as keep_curves, VideoWriter(output, film) as writer:
        for performance in perform(_recorded(transcript.watch(pieces), writer), acting):
            keep_curves(performance)
            for frame in _draw(avatar, performance, transcript, painter):
                writer.write_frame(frame)
                progress.count_frame(transcript.duration_s, fps)
    for path in (output, *paths.values()):
        events(FileWritten(str(path)))
    return Video(
        path=output,
        sidecars=tuple(paths.values()),
        duration_s=float(writer.frames / fps),
        frames=writer.frames,
        size_px=avatar.size_px,
        wall_s=time.perf_counter() - started,
    )


def _with_rests(pieces: Iterator[Speech]) -> tuple[Iterator[Speech], int]:
    """Put silence before and after speech; return it with its sample rate.

    The first piece is spoken here, so that a script that cannot be spoken is refused before any other work.
    """
    first = next(pieces)
    rate_hz = first.sound.rate_hz
    lead_in, lead_out = Speech(silence(LEAD_IN_S, rate_hz)), Speech(silence(LEAD_OUT_S, rate_hz))
    return chain((lead_in, first), pieces, (lead_out,)), rate_hz


def _cast(photo: Path | str | bytes | Picture, container: str, choices: VideoChoices, events: EventSink) -> PhotoAvatar:
    """Find who will speak in the photo, and lay the photo out at the size of the video."""
    events(StageStarted("photo", "Looking at the photo"))
    picture = flatten(photo if isinstance(photo, Picture) else load_picture(photo, events))
    face = choose_face(find_faces(picture), choices.face, events)
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
    placed = replace(face, landmarks_px=canvas.place(face.landmarks_px))
    return rig_photo(canvas.picture, RigOptions(face=placed, bounds=canvas.photo_box))


def _recorded(pieces: Iterable[Speech], writer: VideoWriter) -> Iterator[Speech]:
    """Pass pieces of speech on, and write their sound."""
    for piece in pieces:
        if writer.options.sound_rate_hz is not None:
            writer.write_sound(piece.sound)
        yield piece


def _draw(
    avatar: Avatar, performance: Performance, transcript: Transcript, painter: CaptionPainter | None
) -> Iterator[VideoFrame]:
    """Draw a piece of a performance, with captions where there is a painter."""
    hint = 0
    for index in range(len(performance)):
        frame = avatar.draw_frame(performance.pose(index))
        if painter is not None:
            time_s = float((performance.first_frame + index) / performance.fps)
            cue, hint = transcript.cue_at(time_s, hint)
            frame = painter.paint(frame, cue) if cue is not None else frame
        yield frame


def _caption_painter(
    size_px: tuple[int, int], script: Script, choices: VideoChoices, events: EventSink
) -> CaptionPainter:
    painter = CaptionPainter(size_px, choices.caption_font)
    missing = painter.missing_letters("".join(line.text for line in script.lines))
    if missing:
        events(Note(f"The captions' font lacks {missing[:20]}; --caption-font names another font file."))
    return painter


def _clean_title(title: str) -> str:
    """Return a title without what a file's metadata cannot hold, and not endless."""
    return " ".join(title.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").split())[:LONGEST_TITLE]


def _title(script: Script) -> str:
    """Return the first words of the script, cut at a word's end."""
    text = _clean_title(script.lines[0].text) if script.lines else ""
    return text if len(text) <= TITLE_LENGTH else text[:TITLE_LENGTH].rsplit(" ", 1)[0] + " …"
