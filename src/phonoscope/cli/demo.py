"""``phonoscope demo``: the first video, with nothing to prepare."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from phonoscope.cli.reports import event_sink, report_video

EXAMPLES = """\
Examples:

phonoscope demo

phonoscope demo -o first.mp4 --overwrite
"""

SCRIPT = """\
[smile] Hello! A moment ago, I was a photograph. [pause 0.4s]
Now I speak, and my lips follow every word: pepper, marble, five blue moons.
[raise brows] Give me your own picture and a few lines of text, and I will say them for you.
[nod] Nothing leaves this computer. [pause 0.3s] [wink] Goodbye!
"""

PORTRAIT = "assets/astronaut.jpg"
"""Eileen Collins, photographed by NASA in 1992, cropped and enlarged; public domain."""


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the video goes.")] = Path("demo.mp4"),
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events and errors as JSON lines.")] = False,
) -> None:
    """Make a portrait that comes with Phonoscope talk, and write the video."""
    from phonoscope.choices import VideoChoices
    from phonoscope.pipeline import make_video
    from phonoscope.speech import SpeakOptions

    photo = resources.files("phonoscope").joinpath(PORTRAIT).read_bytes()
    choices = VideoChoices(
        speech=SpeakOptions(voice="en-us-female"),
        size="720x720",
        title="Phonoscope demo",
        overwrite=overwrite,
    )
    with event_sink(json_lines) as events:
        video = make_video(photo, SCRIPT, output.resolve(), choices, events)
    report_video(video, json_lines)
