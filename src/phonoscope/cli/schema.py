"""``phonoscope schema``: what scene documents may hold, for editors and programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\
Examples:

phonoscope schema

phonoscope schema -o scene.schema.json
"""


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write to.", show_default="standard output")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Print the JSON Schema of scene documents, with which editors complete and check them."""
    from phonoscope.media.output import text_file
    from phonoscope.scene.document.schema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False)
    if output is None:
        typer.echo(text)
        return
    with text_file(output, overwrite) as file:
        file.write(f"{text}\n")
    typer.echo(f"{output}")
