"""``phonoscope say``: a photo, or a drawn character, speaks a script."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli.remote_options import RemoteFlags, report_made, with_remote_options
from phonoscope.cli.reports import event_sink, report_video
from phonoscope.cli.text_files import read_text_file
from phonoscope.cli.video_options import PictureArgument, VideoFlags, with_video_options
from phonoscope.core.errors import UsageError

EXAMPLES = """\
Examples:

phonoscope say portrait.jpg "Hello! Nice to meet you." -o hello.mp4

phonoscope say avatar:anna "A drawn character speaks, too." -o anna.mp4

phonoscope say portrait.jpg --script talk.txt --voice french-female --size 1080p --captions

phonoscope say portrait.jpg "\\[smile] Good morning! \\[nod] Yes, \\[look left] there it is." --expression happy

phonoscope say team.jpg "I am the second from the left." --face 2 --srt --phones

phonoscope say couple.jpg --script dialogue.txt --cast HOST=left:british-male --cast GUEST=right

phonoscope say portrait.jpg "Somebody else's processor sweats." --server https://studio.example.org
"""


@with_remote_options
@with_video_options
def say(
    picture: PictureArgument,
    video: VideoFlags,
    remote: RemoteFlags,
    text: Annotated[
        str | None,
        typer.Argument(
            help="What it says: plain text with marks such as \\[pause 0.5s] or \\[nod], or SSML.", show_default=False
        ),
    ] = None,
    script: Annotated[
        Path | None, typer.Option(help="Read what it says from a text or SSML file; - reads standard input.")
    ] = None,
    voice: Annotated[
        str, typer.Option(help="A voice by id, name, or language and gender: french-female. See: phonoscope voices")
    ] = "",
    language: Annotated[
        str, typer.Option(help="Language of the text: en-us, fr, hi …", show_default="the voice's")
    ] = "",
    rate: Annotated[float, typer.Option(min=0.5, max=3.0, help="Speed; 1 is the voice's own.")] = 1.0,
    pitch: Annotated[float, typer.Option(min=0.5, max=2.0, help="Pitch; 1 is the voice's own.")] = 1.0,
    volume: Annotated[float, typer.Option(min=0.0, max=2.0, help="Loudness; 1 is the voice's own.")] = 1.0,
    cast: Annotated[
        list[str] | None,
        typer.Option(
            help="Who speaks the lines that begin with NAME: in the script, as NAME=FACE or NAME=FACE:VOICE. FACE is a"
            " number from the left, left, middle, right, a point X,Y of the photo, or off (heard only). Repeat it.",
            show_default="speakers from left to right",
        ),
    ] = None,
) -> None:
    """Make a photo, or a drawn character, speak a text, and write the video."""
    from phonoscope.choices import parse_role, refuse_to_overwrite
    from phonoscope.pipeline import make_video
    from phonoscope.speech import SpeakOptions

    speech = SpeakOptions(voice=voice, language=language, rate=rate, pitch=pitch, volume=volume)
    choices = video.choices(speech=speech, roles=tuple(parse_role(text) for text in cast or ()))
    target = video.target(picture)
    words = read_text(text, script)
    if script is not None:
        refuse_to_overwrite((script,), choices.outputs(target))
    login = remote.login()
    if login is not None:
        from phonoscope.remote.commands import talk_there
        from phonoscope.remote.talking import Spoken

        with event_sink(video.json_lines, video.quiet) as events:
            there = talk_there(login, picture, Spoken(words), target, choices, events)
        report_made(there, video.json_lines or video.quiet)
        return
    with event_sink(video.json_lines, video.quiet) as events:
        made = make_video(picture, words, target, choices, events)
    report_video(made, video.json_lines or video.quiet)


def read_text(text: str | None, script: Path | None) -> str:
    """Return what is to be said, from the command line or from a file.

    Raises
    ------
    UsageError
        When both are given, or neither.
    ScriptError
        When the file cannot be read as text.
    """
    if text is not None and script is None:
        return text
    if text is not None or script is None:
        raise UsageError(
            "Both a text and --script are given." if script else "There is nothing to say.",
            "Give either a text in quotes, or --script FILE.",
        )
    return read_text_file(script, "--script")
