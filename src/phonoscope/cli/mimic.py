"""``phonoscope mimic``: a photo, or a drawn character, does what a filmed face does."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli import recording_options as rec
from phonoscope.cli.reports import event_sink, report_video
from phonoscope.cli.video_options import ACTING, PictureArgument, VideoFlags, video_options_without

EXAMPLES = """\
Examples:

phonoscope mimic portrait.jpg me.mp4 -o talk.mp4

phonoscope mimic avatar:NAME webcam.webm --mirror --retarget mouth=1.2,head=.6

phonoscope mimic portrait.jpg me.mov --trim 5s:35s --voice-file studio.wav --arkit

phonoscope mimic portrait.jpg take_7.csv --voice-file take_7.wav

phonoscope mimic portrait.jpg me.mp4 --lips sound --text "What I say in it." --captions
"""

WITHOUT = ("expression", "strength", "style", "gaze", "listeners", "seed")
"""What the filmed face decides."""


class LipsName(StrEnum):
    """What the lips follow."""

    VIDEO = "video"
    SOUND = "sound"


@video_options_without(*WITHOUT)
def mimic(
    picture: PictureArgument,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="SOURCE",
            help="What it does: a video of a face (phone, webcam), a Live Link Face recording (.csv), or a performance"
            " (.performance.json).",
            show_default=False,
        ),
    ],
    video: VideoFlags,
    retarget: Annotated[
        str,
        typer.Option(
            help="How strongly it acts, 0 to 2, or some of mouth, eyes, brows, cheeks, head: mouth=1.2,head=.6.",
            rich_help_panel=ACTING,
        ),
    ] = "1",
    mirror: Annotated[
        bool, typer.Option("--mirror", help="Left and right change places, as in a mirror.", rich_help_panel=ACTING)
    ] = False,
    lips: Annotated[
        LipsName,
        typer.Option(help="What the lips follow: the video, or what is heard in the sound.", rich_help_panel=ACTING),
    ] = LipsName.VIDEO,
    actor: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Which face of the video acts, counted from the left.",
            show_default="the largest",
            rich_help_panel=ACTING,
        ),
    ] = None,
    straight: Annotated[
        float | None,
        typer.Option(
            min=0.0,
            help="When in the video (seconds) the head is held as in the picture.",
            show_default="found out by looking",
            rich_help_panel=ACTING,
        ),
    ] = None,
    voice_file: Annotated[
        Path | None,
        typer.Option(
            "--voice-file", "--sound", help="Another sound: any sound or video file.", show_default="the video's own"
        ),
    ] = None,
    text: rec.Text = None,
    transcript: rec.TranscriptFile = None,
    language: rec.Language = "",
    track: rec.Track = 1,
    trim: rec.Trim = "",
) -> None:
    """Make a photo, or a drawn character, do what a filmed face does, and write the video.

    Without --fps it has the source's frame rate, where that is a usual one.
    """
    from phonoscope.capture import parse_retarget
    from phonoscope.choices import MimicChoices, VoiceChoices, refuse_to_overwrite
    from phonoscope.pipeline import mimic_video

    words = rec.read_transcript(text, transcript)
    choices = video.choices(voice=VoiceChoices(words, language, track))
    wanted = MimicChoices(parse_retarget(retarget, mirror), actor, lips.value, voice_file, trim, straight)
    target = video.target(picture)
    refuse_to_overwrite((transcript,), choices.outputs(target))
    with event_sink(video.json_lines, video.quiet) as events:
        made = mimic_video(picture, source, target, choices, wanted, events)
    report_video(made, video.json_lines or video.quiet)
