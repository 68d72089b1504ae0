"""``phonoscope fonts``: the letters that texts and captions can be set in."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from phonoscope.scene.text.specimens import FontFamily

EXAMPLES = """\
Examples:

phonoscope fonts

phonoscope fonts --sheet fonts.png

phonoscope say avatar:anna "Hello!" --captions --caption-font Caveat
"""


def fonts(
    sheet: Annotated[Path | None, typer.Option(help="Draw some words in each on this PNG or JPEG.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the sheet if it exists.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a family.")] = False,
) -> None:
    """List the fonts that come along, or draw a sheet of them.

    Name one wherever a font is asked for; letters that it lacks are taken from the others.
    """
    from phonoscope.scene.text.specimens import font_families

    found = font_families()
    if sheet is not None:
        _draw(sheet, found, overwrite)
    if json_lines:
        for family in found:
            typer.echo(json.dumps(asdict(family)))
    elif sheet is not None:
        typer.echo(f"{sheet}: {len(found)} families")
    else:
        _print_families(found)


def _draw(path: Path, shown: tuple[FontFamily, ...], overwrite: bool) -> None:
    from phonoscope.media.pictures import check_picture_output, save_picture
    from phonoscope.scene.text.specimens import draw_specimens

    check_picture_output(path, overwrite)
    save_picture(path, draw_specimens(shown), overwrite)


def _print_families(found: tuple[FontFamily, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Family", "Weights", "Letters", "Scripts", box=None, pad_edge=False)
    for family in found:
        weights = ", ".join(map(str, family.weights))
        table.add_row(f"[bold]{family.name}[/]", weights, family.about, "; ".join(family.scripts))
    Console(highlight=False).print(table)
    typer.echo(
        f"{len(found)} families. Letters that one lacks are taken from another: any of them shows any script. "
        "A .ttf or .otf file of your own can be named instead."
    )
