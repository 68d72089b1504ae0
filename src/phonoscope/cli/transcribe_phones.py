"""``phonoscope transcribe-phones``: which phone is heard when in a recording, for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli import recording_options as rec
from phonoscope.cli.reports import event_sink
from phonoscope.core.errors import UsageError

EXAMPLES = """\
Examples:

phonoscope transcribe-phones voice.wav -o voice.TextGrid

phonoscope transcribe-phones voice.wav --text "What I say in it." -o voice.TextGrid -o voice.json -o voice.csv

phonoscope transcribe-phones voice.mp3 --trim 10s:20s -o cues.json --format cues

phonoscope transcribe-phones voice.wav -o - --format cues
"""


class PhoneFormat(StrEnum):
    """Formats of timed phones."""

    TEXTGRID = "textgrid"
    PHONES = "phones"
    CUES = "cues"
    ARKIT = "arkit"


def transcribe_phones(
    voice: rec.Voice,
    output: Annotated[
        list[Path],
        typer.Option(
            "--output",
            "-o",
            help="Where it goes; may be repeated. .TextGrid: Praat; .json: phones, or cues with --format cues; .tsv,"
            " .xml: mouth cues A to H and X; .csv: ARKit curves; - is standard output.",
        ),
    ],
    text: rec.Text = None,
    transcript: rec.TranscriptFile = None,
    language: rec.Language = "",
    track: rec.Track = 1,
    trim: rec.Trim = "",
    format_: Annotated[
        PhoneFormat | None,
        typer.Option("--format", help="Where a name leaves it open.", show_default="by the output's name"),
    ] = None,
    fps: Annotated[str, typer.Option(help="Frames a second of ARKit curves.")] = "30",
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events and errors as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Write which phone is heard when in a recording, for Praat, animation programs and game engines."""
    from phonoscope.choices import VoiceChoices, refuse_to_overwrite
    from phonoscope.media.options import parse_fps
    from phonoscope.performance import PerformOptions
    from phonoscope.phone_files import STANDARD_OUTPUT, phone_files, write_phones

    to_standard_output = STANDARD_OUTPUT in output
    if to_standard_output and json_lines:
        raise UsageError("Both the phones and --json would go to standard output.", "Give one of them a file.")
    files = phone_files(output, format_.value if format_ else "")
    words = rec.read_transcript(text, transcript)
    choices = VoiceChoices(words, language, track, trim)
    refuse_to_overwrite((transcript,), [path for path in output if path != STANDARD_OUTPUT])
    acting = PerformOptions(fps=parse_fps(fps))
    with event_sink(json_lines, quiet) as events:
        timing = write_phones(voice, files, choices, acting, overwrite, events)
    if not (json_lines or quiet or to_standard_output):
        for path in output:
            typer.echo(f"{path}: {len(timing.phones)} phones in {timing.duration_s:.1f} s")
