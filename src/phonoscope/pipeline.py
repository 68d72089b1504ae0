"""The flow itself, top to bottom: a photo and a script, a voice, or a filmed face, become a talking video."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.acting import act_speech, held_shapes
from phonoscope.casting import Cast, cast, with_fitting_voice
from phonoscope.choices import MimicChoices, Video, VideoChoices, refuse_to_overwrite
from phonoscope.core.avatar import Avatar
from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import EventSink, FileWritten, Note, StageStarted, ignore_events
from phonoscope.core.frames import Picture, VideoFrame
from phonoscope.core.performance import Performance
from phonoscope.core.script import Script
from phonoscope.core.speech import Speech
from phonoscope.credits import check_credits, write_credits
from phonoscope.media.options import VideoOptions, check_transparent, container_for, parse_fps
from phonoscope.media.output import check_output
from phonoscope.media.writer import VideoWriter, check_place
from phonoscope.mimicry import Source, in_step, on_and_on, open_source, with_lips_of
from phonoscope.parts import seen_speakers
from phonoscope.progress import RenderProgress
from phonoscope.scene.backdrop import Stage, standing_before
from phonoscope.scene.background import Background, Transparent, parse_background
from phonoscope.script import read_script
from phonoscope.sidecars import CURVES, WORDS, SidecarFile, sidecar_files, sidecar_plan
from phonoscope.transcript import Transcript
from phonoscope.version import __version__
from phonoscope.voice import (
    RECORDING_LEAD_OUT_S,
    Voice,
    no_voice,
    open_recording,
    recorded_voice,
    spoken_voice,
    unheard_voice,
)

if TYPE_CHECKING:
    from phonoscope.scene.captioning import CaptionPainter

DEFAULT_FPS = {"gif": Fraction(20)}
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
    choices = with_fitting_voice(photo, choices, script.speakers)
    order = _order(photo, output, choices, events, speakers=seen_speakers(script.speakers, choices.roles))
    progress = RenderProgress(events, characters=script.characters)
    act = partial(act_speech, order.choices.acting, order.choices.seed)
    return _render(order, spoken_voice(script, order.choices, progress.hear), act, progress)


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
    act = partial(act_speech, order.choices.acting, order.choices.seed)
    return _render(order, recorded_voice(voice, recording, order.choices, progress.hear), act, progress)


def mimic_video(
    photo: Path | str | bytes | Picture,
    source: Path | str,
    output: Path | str,
    choices: VideoChoices | None = None,
    mimic: MimicChoices | None = None,
    events: EventSink = ignore_events,
) -> Video:
    """Make a video in which the photo does what a filmed face does.

    Parameters
    ----------
    photo
        As for `lip_video`.
    source
        A video that shows a face, a recording of Live Link Face (CSV), or a performance (``performance.1``).
    output
        As for `lip_video`; its sound is the video's own, or that of ``mimic.sound``. Without ``choices.fps`` it has
        the source's frame rate where that is a usual one.
    mimic
        How the face is carried over.

    Raises
    ------
    PhonoscopeError
        Whatever is wrong, with what to do about it; no file is left behind.

    Examples
    --------
    >>> mimic_video("portrait.jpg", "me.mp4", "talk.mp4")  # doctest: +SKIP
    """
    choices, mimic = choices or VideoChoices(), mimic or MimicChoices()
    order = _order(photo, output, choices, events, source, mimic.sound)
    acted = open_source(source, mimic, events)
    heard = mimic.sound or (source if acted.has_sound else None)
    if mimic.sound is None:
        order = replace(order, choices=replace(choices, voice=replace(choices.voice, trim=mimic.trim)))
    if acted.fps is not None and order.container not in DEFAULT_FPS:
        order = replace(order, usual_fps=acted.fps)
    progress = RenderProgress(events, duration_s=acted.duration_s)
    voice = _mimic_voice(order, heard, mimic, progress.hear)
    return _render(order, voice, partial(_mimic, order.choices, mimic, acted), progress)


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
    usual_fps: Fraction = Fraction(30)


def _order(
    photo: Path | str | bytes | Picture,
    output: Path | str,
    choices: VideoChoices | None,
    events: EventSink,
    *sources: Path | str | None,
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
    _check_font(choices.caption_font)
    refuse_to_overwrite((photo, *sources, choices.caption_font, choices.marks, behind), outputs)
    usual_fps = DEFAULT_FPS.get(container, Fraction(30))
    return _Order(photo, output, sidecars, container, choices, background, events, taken_s, usual_fps)


def _check_font(font: Path | str | None) -> None:
    """Refuse a font for captions that there is not."""
    if font is not None:
        from phonoscope.scene.text import find_family

        find_family(str(font))


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


Act = Callable[[Cast, Iterator[Speech], Fraction], Iterator[tuple[Performance, ...]]]
"""Lets all parts act while speech is heard; yields the same stretch of frames of each."""


def _render(order: _Order, voice: Voice, act: Act, progress: RenderProgress) -> Video:
    """Let the photo act while the voice is heard, and write the video."""
    choices, events = order.choices, order.events
    actors = cast(order.photo, order.container, choices, voice.speakers, events)
    check_credits(order.output, actors.credit, choices.overwrite)
    avatar = actors.avatar
    fps = parse_fps(order.usual_fps if choices.fps is None else choices.fps)
    painter = _caption_painter(avatar.size_px, voice, choices, events) if choices.captions else None
    canvas = actors.canvas
    stage = Stage(fps, canvas.picture, canvas.photo_box, avatar.picture)
    film = _video_options(order, actors, voice, fps)
    transcript = Transcript()
    events(StageStarted("render", "Drawing frames"))
    with (
        sidecar_files(order.sidecars, transcript, fps, choices.overwrite, order.output.name) as keep_curves,
        standing_before(order.background, stage, events) as put_behind,
        VideoWriter(order.output, film) as writer,
    ):
        acted = act(actors, transcript.watch(_recorded(voice, writer)), fps)
        for performances in held_shapes(actors, acted):
            keep_curves(performances)
            for frame in _draw(avatar, performances, transcript, put_behind, painter):
                writer.write_frame(frame)
                progress.count_frame(transcript.duration_s, fps)
    sidecars = tuple(file.path for file in order.sidecars)
    if actors.credit:
        sidecars = (*sidecars, write_credits(order.output, actors.credit, choices.overwrite))
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


def _video_options(order: _Order, actors: Cast, voice: Voice, fps: Fraction) -> VideoOptions:
    """Return how the file is written."""
    choices = order.choices
    return VideoOptions(
        size_px=actors.avatar.size_px,
        fps=fps,
        container=order.container,
        sound_rate_hz=voice.rate_hz if voice.is_heard and order.container != "gif" else None,
        sound_channels=voice.channels or 1,
        title=_clean_title(choices.title) or _clean_title(voice.title),
        comment=f"Made with Phonoscope {__version__}",
        credit=actors.credit,
        overwrite=choices.overwrite,
        transparent=isinstance(order.background, Transparent),
    )


def _recorded(voice: Voice, writer: VideoWriter) -> Iterator[Speech]:
    """Pass pieces of speech on, and write the sound that is played with them."""
    for piece, sound in voice.played():
        if writer.options.sound_rate_hz is not None:
            writer.write_sound(sound)
        yield piece


def _mimic(
    choices: VideoChoices,
    mimic: MimicChoices,
    source: Source,
    actors: Cast,
    pieces: Iterator[Speech],
    fps: Fraction,
) -> Iterator[tuple[Performance, ...]]:
    """Let all parts do what the source does, with its lips or those that are heard."""
    acted = source.begin(fps, not any(actors.avatar.rests_open), actors.landmarks_px)
    if mimic.lips == "sound":
        spoken = act_speech(choices.acting, choices.seed, actors, on_and_on(pieces), fps)
        acted = with_lips_of(acted, (performances[0] for performances in spoken))
    else:
        acted = in_step(acted, pieces)
    return ((performance,) * len(actors.parts) for performance in acted)


def _mimic_voice(order: _Order, heard: Path | str | None, mimic: MimicChoices, events: EventSink) -> Voice:
    """Return who is heard: listened to only where somebody wants to know what is said."""
    choices, title = order.choices, order.output.stem
    words_wanted = choices.captions or choices.sidecars - CURVES or choices.voice.transcript
    if mimic.lips == "sound" or words_wanted:
        if heard is None:
            raise UsageError("There is no sound that could be listened to.", "Give one: --voice-file FILE.")
        _check_words_known(choices)
        return recorded_voice(heard, open_recording(heard, choices.voice, events), choices, events)
    if heard is None:
        return no_voice(title)
    try:
        return unheard_voice(heard, open_recording(heard, choices.voice, events), choices, events)
    except MediaError as error:
        if mimic.sound is not None:
            raise
        # The face is still to be seen.
        events(Note(f"{error.message} The video is silent."))
        return no_voice(title)


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
            frame = painter.paint(frame, cue, time_s) if cue is not None else frame
        yield frame


def _caption_painter(
    size_px: tuple[int, int], voice: Voice, choices: VideoChoices, events: EventSink
) -> CaptionPainter:
    # Fonts and compiled code are loaded only by videos that need them.
    from phonoscope.scene.captioning import CaptionPainter

    painter = CaptionPainter(size_px, str(choices.caption_font or ""), voice.language)
    missing = painter.missing_letters(voice.text)
    if missing:
        events(Note(f"No font has the letters {missing[:20]} of the captions; --caption-font names one that does."))
    return painter


def _clean_title(title: str) -> str:
    """Return a title without what a file's metadata cannot hold, and not endless."""
    return " ".join(title.encode("utf-8", "ignore").decode("utf-8").replace("\0", "").split())[:LONGEST_TITLE]
