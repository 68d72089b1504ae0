"""``phonoscope say``: a photo speaks a script."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli.reports import event_sink
from phonoscope.core.errors import ScriptError, UsageError

EXAMPLES = """\
Examples:

phonoscope say portrait.jpg "Hello! Nice to meet you." -o hello.mp4

phonoscope say portrait.jpg --script talk.txt --voice french-female --size 1080p --captions

phonoscope say team.jpg "I am the second from the left." --face 2 --srt --phones
"""

LARGEST_SCRIPT_BYTES = 4_000_000
"""About sixty hours of speech; a larger file is no script."""


class FitName(StrEnum):
    """How the photo fills a canvas of another shape."""

    CROP = "crop"
    PAD = "pad"
    BLUR = "blur"


class FormatName(StrEnum):
    """Containers."""

    MP4 = "mp4"
    WEBM = "webm"
    GIF = "gif"


def say(
    photo: Annotated[Path, typer.Argument(help="The picture: JPEG, PNG, WebP, HEIC, AVIF, TIFF or BMP.")],
    text: Annotated[
        str | None,
        typer.Argument(help="What it says: plain text with \\[pause 0.5s] marks, or SSML.", show_default=False),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The video.", show_default="the photo's name with .mp4")
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
    size: Annotated[
        str, typer.Option(help="480p, 720p, 1080p or WIDTHxHEIGHT.", show_default="the whole photo's")
    ] = "",
    fit: Annotated[
        FitName, typer.Option(help="When --size has another shape than the photo: crop it, pad or blur the bars.")
    ] = FitName.BLUR,
    fps: Annotated[str, typer.Option(help="Frames a second.", show_default="30; GIF: 20")] = "",
    seed: Annotated[int, typer.Option(min=0, help="Another number gives other blinks and head movements.")] = 0,
    face: Annotated[
        int | None, typer.Option(min=1, help="Which face speaks, counted from the left.", show_default="the largest")
    ] = None,
    format_: Annotated[FormatName | None, typer.Option("--format", show_default="by the output's name")] = None,
    captions: Annotated[bool, typer.Option("--captions", help="Burn the words into the picture.")] = False,
    caption_font: Annotated[Path | None, typer.Option(help="A .ttf or .otf file for the captions.")] = None,
    srt: Annotated[bool, typer.Option("--srt", help="Write subtitles beside the video.")] = False,
    vtt: Annotated[bool, typer.Option("--vtt", help="Write web subtitles beside the video.")] = False,
    performance: Annotated[
        bool, typer.Option("--performance", help="Write the face's curves (ARKit names) beside the video.")
    ] = False,
    phones: Annotated[bool, typer.Option("--phones", help="Write the timed phones (IPA) beside the video.")] = False,
    title: Annotated[str, typer.Option(help="Title in the video's metadata.", show_default="the first words")] = "",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events and errors as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Make a photo speak a text, and write the video."""
    from phonoscope.choices import VideoChoices, refuse_to_overwrite
    from phonoscope.pipeline import make_video
    from phonoscope.sidecars import SIDECARS
    from phonoscope.speech import SpeakOptions

    wanted = dict(zip(SIDECARS, (srt, vtt, performance, phones), strict=True))
    choices = VideoChoices(
        speech=SpeakOptions(voice=voice, language=language, rate=rate, pitch=pitch, volume=volume),
        size=size,
        fit=fit.value,
        fps=fps or None,
        seed=seed,
        face=face,
        format=format_.value if format_ else "",
        captions=captions,
        caption_font=caption_font,
        sidecars=frozenset(name for name, on in wanted.items() if on),
        title=title,
        overwrite=overwrite,
    )
    target = output or Path(f"{photo.stem}.{choices.format or 'mp4'}")
    words = read_text(text, script)
    if script is not None:
        refuse_to_overwrite((script,), target, choices)
    with event_sink(json_lines, quiet) as events:
        video = make_video(photo, words, target, choices, events)
    if not json_lines and not quiet:
        typer.echo(describe(video.path, video.duration_s, video.size_px, video.wall_s))
        for path in video.sidecars:
            typer.echo(f"  and {path}")


def describe(path: Path, duration_s: float, size_px: tuple[int, int], wall_s: float) -> str:
    """Return one line on a finished video: where it is, how long, how large, how long it took."""
    return f"{path}: {duration_s:.1f} s of video, {size_px[0]}x{size_px[1]}, made in {wall_s:.1f} s"


def read_text(text: str | None, script: Path | None) -> str:
    """Return what is to be said, from the command line or from a file.

    Raises
    ------
    UsageError
        When both are given, or neither.
    ScriptError
        When the file cannot be read as text.
    """
    if (text is None) == (script is None):
        raise UsageError(
            "Both a text and --script are given." if script else "There is nothing to say.",
            "Give either a text in quotes, or --script FILE.",
        )
    if text is not None:
        return text
    name = "standard input" if str(script) == "-" else f"{script}"
    if str(script) == "-" and sys.stdin is None:
        raise ScriptError("Standard input is closed.", "Pipe a text into it, or name a file with --script.")
    try:
        data = sys.stdin.buffer.read(LARGEST_SCRIPT_BYTES + 1) if str(script) == "-" else _read_file(Path(name))
    except OSError as error:
        raise ScriptError(f"{name} cannot be read: {error.strerror}.", "Check the name of the script file.") from error
    if len(data) > LARGEST_SCRIPT_BYTES:
        raise ScriptError(f"{name} is too large to be a script.", "Split it into parts of up to 4 MB.")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data[: error.start].rfind(b"\n")
        message = f"{name} is not UTF-8 text (line {line}, column {column})."
        raise ScriptError(message, "Save it as UTF-8 text.", line, column) from error


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_SCRIPT_BYTES + 1)
