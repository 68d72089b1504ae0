"""The flow itself, top to bottom: a photo and a script, or a photo and a voice, become a talking video."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import tee
from pathlib import Path

from phonoscope import __version__
from phonoscope.casting import Cast, cast
from phonoscope.choices import Video, VideoChoices, parse_gaze, refuse_to_overwrite
from phonoscope.core.avatar import Avatar
from phonoscope.core.errors import UsageError
from phonoscope.core.events import EventSink, FileWritten, Note, StageStarted, ignore_events
from phonoscope.core.frames import Picture, VideoFrame
from phonoscope.core.performance import Performance
from phonoscope.core.script import Script
from phonoscope.core.speech import Speech
from phonoscope.media.options import VideoOptions, check_transparent, container_for, parse_fps
from phonoscope.media.output import check_output
from phonoscope.media.writer import VideoWriter, check_place
from phonoscope.parts import seen_speakers
from phonoscope.performance import PerformOptions, perform
from phonoscope.progress import RenderProgress
from phonoscope.scene.backdrop import Stage, standing_before
from phonoscope.scene.background import Background, Transparent, parse_background
from phonoscope.scene.captions import CaptionPainter
from phonoscope.script import read_script
from phonoscope.sidecars import WORDS, SidecarFile, sidecar_files, sidecar_plan
from phonoscope.transcript import Transcript
from phonoscope.voice import RECORDING_LEAD_OUT_S, Voice, open_recording, recorded_voice, spoken_voice

DEFAULT_FPS = {"gif": 20}
"""Frames a second unless asked for otherwise: 30, but GIF counts in hundredths of a second and grows quickly."""

LONGEST_TITLE = 500
"""Characters of a title; players show far fewer."""


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
        Plain text with marks such as ``[pause 0.5s]`` and ``[nod]`` and, in a dialogue, names as in ``HOST: Hello.``;
        or SSML; or a script already read.
    output
        Where the video goes; its suffix chooses MP4, WebM, MOV, GIF or, as in ``talk_%05d.png``, single pictures.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong, with what to do about it; no file is left behind.

    Examples
    --------
    >>> make_video("portrait.jpg", "Hello!", "hello.mp4")  # doctest: +SKIP
    """
    choices = choices or VideoChoices()
    if not isinstance(script, Script):
        script = read_script(script, choices.speech.language, tuple(role.speaker for role in choices.roles))
    order = _order(photo, output, choices, events, speakers=seen_speakers(script.speakers, choices.roles))
    progress = RenderProgress(events, characters=script.characters)
    return _render(order, spoken_voice(script, order.choices, progress.hear), progress)


def lip_video(
    photo: Path | str | bytes | Picture,
    voice: Path | str,
    output: Path | str,
    choices: VideoChoices | None = None,
    events: EventSink = ignore_events,
) -> Video:
    """Make a video in which the photo says, or sings, what is heard in a recording.

    Parameters
    ----------
    photo
        A picture file, its bytes, or a picture already loaded.
    voice
        Any sound or video file.
    output
        Where the video goes; its suffix chooses MP4, WebM, MOV, GIF or, as in ``talk_%05d.png``, single pictures.
        Its sound begins with the recording, so that times are the same in both.
    choices
        ``choices.voice`` tells what is known of the recording, such as its transcript.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong, with what to do about it; no file is left behind.

    Examples
    --------
    >>> lip_video("portrait.jpg", "voice.wav", "talk.mp4")  # doctest: +SKIP
    """
    order = _order(photo, output, choices, events, voice)
    _check_words_known(order.choices)
    recording = open_recording(voice, order.choices.voice, events)
    length_s = None if recording.duration_s is None else recording.duration_s + RECORDING_LEAD_OUT_S
    progress = RenderProgress(events, duration_s=length_s)
    return _render(order, recorded_voice(voice, recording, order.choices, progress.hear), progress)


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What was asked for, checked: the photo, the files to write, the choices, and whom to tell."""

    photo: Path | str | bytes | Picture
    output: Path
    sidecars: tuple[SidecarFile, ...]
    container: str
    choices: VideoChoices
    background: Background | None
    events: EventSink
    taken_s: float


def _order(
    photo: Path | str | bytes | Picture,
    output: Path | str,
    choices: VideoChoices | None,
    events: EventSink,
    voice: Path | str | None = None,
    speakers: Sequence[str] = (),
) -> _Order:
    """Take an order, and refuse at once what cannot be written."""
    choices, output = choices or VideoChoices(), Path(output)
    taken_s = time.perf_counter()
    container = container_for(output, choices.format)
    sidecars = sidecar_plan(output, choices.sidecars, speakers)
    outputs = choices.outputs(output, speakers)
    check_place(output, container, choices.overwrite)
    for path in outputs[1:]:
        check_output(path, choices.overwrite)
    background = parse_background(choices.background)
    if isinstance(background, Transparent):
        check_transparent(container)
    behind = getattr(background, "path", None)
    refuse_to_overwrite((photo, voice, choices.caption_font, choices.marks, behind), outputs)
    return _Order(photo, output, sidecars, container, choices, background, events, taken_s)


def _check_words_known(choices: VideoChoices) -> None:
    """Refuse captions and subtitles of a recording whose words nobody has told."""
    if choices.voice.transcript:
        return
    wanted = ["captions"] * choices.captions + [kind for kind in sorted(WORDS) if kind in choices.sidecars]
    if wanted:
        raise UsageError(
            f"Without a transcript the words for {' and '.join(wanted)} are not known.",
            "Give what is said: --text 'WORDS' or --transcript FILE.",
        )


def _render(order: _Order, voice: Voice, progress: RenderProgress) -> Video:
    """Let the photo act what the voice says, and write the video."""
    choices, events = order.choices, order.events
    actors = cast(order.photo, order.container, choices, voice.speakers, events)
    avatar = actors.avatar
    fps = parse_fps(DEFAULT_FPS.get(order.container, 30) if choices.fps is None else choices.fps)
    painter = _caption_painter(avatar.size_px, voice.text, choices, events) if choices.captions else None
    canvas = actors.canvas
    stage = Stage(fps, canvas.picture, canvas.photo_box, avatar.picture)
    film = VideoOptions(
        size_px=avatar.size_px,
        fps=fps,
        container=order.container,
        sound_rate_hz=voice.rate_hz if order.container != "gif" else None,
        sound_channels=voice.channels,
        title=_clean_title(choices.title) or _clean_title(voice.title),
        comment=f"Made with Phonoscope {__version__}",
        overwrite=choices.overwrite,
        transparent=isinstance(order.background, Transparent),
    )
    transcript = Transcript()
    events(StageStarted("render", "Drawing frames"))
    with (
        sidecar_files(order.sidecars, transcript, fps, choices.overwrite, order.output.name) as keep_curves,
        standing_before(order.background, stage, events) as put_behind,
        VideoWriter(order.output, film) as writer,
    ):
        for performances in _perform(actors, transcript.watch(_recorded(voice, writer)), choices, fps):
            keep_curves(performances)
            for frame in _draw(avatar, performances, transcript, put_behind, painter):
                writer.write_frame(frame)
                progress.count_frame(transcript.duration_s, fps)
    sidecars = tuple(file.path for file in order.sidecars)
    for path in (order.output, *sidecars):
        events(FileWritten(str(path)))
    return Video(
        path=order.output,
        sidecars=sidecars,
        duration_s=float(writer.frames / fps),
        frames=writer.frames,
        size_px=avatar.size_px,
        wall_s=time.perf_counter() - order.taken_s,
    )


def _recorded(voice: Voice, writer: VideoWriter) -> Iterator[Speech]:
    """Pass pieces of speech on, and write the sound that is played with them."""
    for piece, sound in voice.played():
        if writer.options.sound_rate_hz is not None:
            writer.write_sound(sound)
        yield piece


def _perform(
    actors: Cast, pieces: Iterator[Speech], choices: VideoChoices, fps: Fraction
) -> Iterator[tuple[Performance, ...]]:
    """Let all parts act the same speech; yield the same stretch of frames of each."""
    options = PerformOptions(
        fps=fps,
        seed=choices.seed,
        expression=choices.acting.expression,
        expression_strength=choices.acting.strength,
        style=choices.acting.style,
        gaze=parse_gaze(choices.acting.gaze),
    )
    parts = zip(actors.parts, actors.avatar.rests_open, tee(pieces, len(actors.parts)), strict=True)
    return zip(
        *(
            perform(
                heard,
                replace(options, return_in_pauses=not rests_open, speaker=part.speaker, partners=part.partners),
            )
            for part, rests_open, heard in parts
        ),
        strict=True,
    )


def _draw(
    avatar: Avatar,
    performances: tuple[Performance, ...],
    transcript: Transcript,
    put_behind: Callable[[VideoFrame, int], VideoFrame],
    painter: CaptionPainter | None,
) -> Iterator[VideoFrame]:
    """Draw a stretch of everybody's performance, before its background, with captions where there is a painter."""
    hint, first = 0, performances[0]
    for index in range(len(first)):
        frame = avatar.draw_frame(*(performance.pose(index) for performance in performances))
        frame = put_behind(frame, first.first_frame + index)
        if painter is not None:
            time_s = float((first.first_frame + index) / first.fps)
            cue, hint = transcript.cue_at(time_s, hint)
            frame = painter.paint(frame, cue) if cue is not None else frame
        yield frame


def _caption_painter(size_px: tuple[int, int], text: str, choices: VideoChoices, events: EventSink) -> CaptionPainter:
    painter = CaptionPainter(size_px, choices.caption_font)
    missing = painter.missing_letters(text)
    if missing:
        events(Note(f"The captions' font lacks {missing[:20]}; --caption-font names another font file."))
    return painter


def _clean_title(title: str) -> str:
    """Return a title without what a file's metadata cannot hold, and not endless."""
    return " ".join(title.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").split())[:LONGEST_TITLE]
