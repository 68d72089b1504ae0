"""``phonoscope enhance``: a recording made clear and loud, or its voice changed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from phonoscope.cli import recording_options as rec
from phonoscope.cli.reports import event_sink
from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.sound.loudness import SoundReport

EXAMPLES = """\
Examples:

phonoscope enhance interview.m4a interview.wav

phonoscope enhance holiday.mp4 holiday_clear.mp4

phonoscope enhance talk.mp3 part.flac --trim 1m5s:2m --speed 1.2

phonoscope enhance hello.wav robot.mp3 --effect robot --effects-only
"""


class EffectName(StrEnum):
    """Presets."""

    ROBOT = "robot"
    CHIPMUNK = "chipmunk"
    DEEP = "deep"
    TELEPHONE = "telephone"
    HALL = "hall"


def enhance(
    source: Annotated[Path, typer.Argument(metavar="IN", help="A recording: any sound or video file.")],
    output: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The result: .wav, .flac, .mp3, .m4a, .ogg or .opus; for a video also .mp4, .mov …"
        ),
    ],
    effect: Annotated[EffectName | None, typer.Option(help="Change the voice.", show_default="none")] = None,
    pitch: Annotated[str, typer.Option(help="Pitch, at the same speed: 0.5 to 2, or semitones such as +3st.")] = "1",
    speed: Annotated[float, typer.Option(help="Speed, at the same pitch: 0.5 to 2.")] = 1.0,
    trim: rec.Trim = "",
    track: rec.Track = 1,
    denoise: Annotated[bool, typer.Option("--denoise/--no-denoise", help="Turn steady noise down.")] = True,
    effects_only: Annotated[
        bool, typer.Option("--effects-only", help="Leave noise, rumble, esses and loudness as they are.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the output if it exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print events and the report as JSON lines.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Clean a recording: less noise, rumble and hiss, even loudness at -16 LUFS, peaks under -1.5 dB."""
    from phonoscope.enhance_file import FileChoices, enhance_file
    from phonoscope.media.sound_file import SoundOptions
    from phonoscope.media.trim import parse_trim
    from phonoscope.sound.effects import VoiceChanges, parse_pitch
    from phonoscope.sound.enhancement import EnhanceOptions

    changes = VoiceChanges(effect.value if effect else "", parse_pitch(pitch), speed)
    if effects_only and not changes:
        raise UsageError("--effects-only is given, but no effect.", "Add --effect, --pitch or --speed.")
    start_s, end_s = parse_trim(trim) if trim else (0.0, None)
    choices = FileChoices(
        sound=SoundOptions(track=track, start_s=start_s, end_s=end_s),
        enhance=EnhanceOptions(denoise=denoise, changes=changes),
        effects_only=effects_only,
        overwrite=overwrite,
    )
    with event_sink(json_lines, quiet) as events:
        before, after = enhance_file(source, output, choices, events)
    if json_lines:
        typer.echo(json.dumps({"event": "report", "before": _numbers(before), "after": _numbers(after)}))
    elif not quiet:
        typer.echo(f"{output}: {after.duration_s:.1f} s of sound")
        Console(soft_wrap=True).print(report_table(before, after))


def report_table(before: SoundReport, after: SoundReport) -> Table:
    """Return what was measured before and after, side by side."""
    table = Table("", "Before", "After", box=None, pad_edge=False)
    for name, value_of in _ROWS:
        table.add_row(name, value_of(before), value_of(after))
    return table


def _decibels(value: float, unit: str) -> str:
    return f"{value:.1f} {unit}" if math.isfinite(value) else "silence"


_ROWS: tuple[tuple[str, Callable[[SoundReport], str]], ...] = (
    ("Loudness", lambda report: _decibels(report.loudness_lufs, "LUFS")),
    ("Loudness range", lambda report: _decibels(report.range_lu, "LU")),
    ("True peak", lambda report: _decibels(report.true_peak_db, "dBTP")),
    ("Noise floor", lambda report: _decibels(report.noise_floor_db, "dB")),
    ("Speech to noise", lambda report: _decibels(report.snr_db, "dB")),
    ("Clipped samples", lambda report: f"{report.clipped_share:.2%}"),
)


def _numbers(report: SoundReport) -> dict[str, float | None]:
    """Return a report fit for JSON, which has no infinities."""
    return {name: value if math.isfinite(value) else None for name, value in asdict(report).items()}
