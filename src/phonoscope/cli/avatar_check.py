"""``phonoscope avatar check``: what was found in somebody's own drawing, and what it will do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from phonoscope.avatars.drawn.own.checking import OwnReport

EXAMPLES = """\
Examples:

phonoscope avatar check me.svg

phonoscope avatar check layers/ -o sheet.png

phonoscope avatar check me.svg --json
"""

COLOURS = {"found": "green", "guessed": "yellow", "missing": "bold red"}


def check_avatar(
    path: Annotated[Path, typer.Argument(metavar="SVG_OR_FOLDER", help="An SVG file, or a folder of PNG layers.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Draw the character in ten poses on this PNG or JPEG.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell which parts of your own drawing were found, what each will do, and what a missing one costs."""
    from phonoscope.avatars.drawn.own.checking import check_own, draw_poses
    from phonoscope.media.pictures import check_picture_output, save_picture

    if output is not None:
        check_picture_output(output, overwrite)
    report = check_own(path)
    if output is not None:
        save_picture(output, draw_poses(report.puppet), overwrite)
    if json_lines:
        typer.echo(json.dumps(as_json(report)))
    else:
        _print_report(report)


def as_json(report: OwnReport) -> dict[str, Any]:
    """Return a report as what JSON can hold; lengths in pixels of a canvas of `size_px`."""
    build = report.puppet.build
    return {
        "path": str(report.path),
        "size_px": list(report.puppet.size_px),
        "parts": [
            {
                "part": part.part,
                "state": part.state.value,
                "names": list(part.names),
                "does": part.does,
                "advice": part.advice,
            }
            for part in report.parts
        ],
        "notes": list(report.notes),
        "face_height_px": round(build.face_height_px, 1),
        "centre_px": [round(number, 1) for number in build.centre_px],
        "neck_px": [round(number, 1) for number in build.neck_px],
        "floats": build.floats,
        "credit": report.puppet.credit,
    }


def _print_report(report: OwnReport) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True, min_width=9)
    table.add_column(no_wrap=True, min_width=7)
    table.add_column(ratio=2)
    table.add_column(ratio=1)
    for part in report.parts:
        state = f"[{COLOURS[part.state.value]}]{part.state.value}[/]"
        table.add_row(part.part, state, escape(f"{part.does} {part.advice}".strip()), escape(", ".join(part.names)))
    console.print(f"[bold]{escape(str(report.path))}[/]", soft_wrap=True)
    console.print(table)
    for note in report.notes:
        console.print(note, markup=False)
