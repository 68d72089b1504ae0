"""The options of all commands that listen to a recording, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli.text_files import read_text_file
from phonoscope.core.errors import UsageError

Voice = Annotated[Path, typer.Argument(help="The voice: any sound or video file.")]
Text = Annotated[
    str | None, typer.Option(help="What is said, if you know it: the lips get better.", show_default=False)
]
TranscriptFile = Annotated[
    Path | None, typer.Option("--transcript", help="Read what is said from a text file; - reads standard input.")
]
Language = Annotated[
    str,
    typer.Option(help="Language of the transcript: en-us, fr, hi …", show_default="by its letters; English if Latin"),
]
Track = Annotated[int, typer.Option(min=1, help="Which sound track of the file.")]
Trim = Annotated[
    str,
    typer.Option(
        help="Only the part START:END, such as 3s:20s, or 1m30s: to go on to the end.", show_default="all of it"
    ),
]


def read_transcript(text: str | None, file: Path | None) -> str:
    """Return the transcript, from the command line or from a file; empty where there is none.

    Raises
    ------
    UsageError
        Both are given, or an empty one.
    ScriptError
        The file cannot be read as text.
    """
    if text is not None and file is not None:
        raise UsageError("Both --text and --transcript are given.", "Give one of them.")
    if text is None and file is None:
        return ""
    transcript = read_text_file(file, "--transcript") if file is not None else text or ""
    if not transcript.strip():
        raise UsageError("The transcript is empty.", "Give what is said, or no transcript at all.")
    return transcript
