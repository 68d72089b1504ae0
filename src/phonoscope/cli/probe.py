"""``phonoscope probe``: what is in a video, image or sound file."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

EXAMPLES = """\
Examples:

phonoscope probe hello.mp4

phonoscope probe portrait.heic --json
"""


def probe(
    file: Annotated[Path, typer.Argument(help="A video, picture or sound file.")],
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell what is in a video, picture or sound file."""
    from phonoscope.media.probe import probe as look_into

    found = asdict(look_into(file))
    if json_lines:
        typer.echo(json.dumps(found, ensure_ascii=False, default=str))
        return
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in _rows(found):
        table.add_row(name, value)
    Console(soft_wrap=True).print(table)


def _rows(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Flatten a tree of findings into (name, value) rows, without what is unknown."""
    rows: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key.replace('_', ' ')}"
        if isinstance(value, dict):
            rows += _rows(value, f"{name}: ")
        elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            for number, part in enumerate(value, 1):
                rows += _rows(part, f"{name} {number}: ")
        elif value not in (None, "", (), []):
            rows.append((name, " x ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)))
    return rows
