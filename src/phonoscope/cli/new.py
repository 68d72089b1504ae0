"""``phonoscope new``: a scene document of one's own, out of a template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from phonoscope.cli.scene_options import Values, parse_values
from phonoscope.cli.templates import FormatName

if TYPE_CHECKING:
    from phonoscope.templates import Template

EXAMPLES = """\
Examples:

phonoscope new greeting -o anna.json --set name=Anna

phonoscope new product-ad --format portrait -o ad.json
"""


def new(
    template: Annotated[str, typer.Argument(help="Name of a template. See: phonoscope templates", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The scene document.", show_default="the template's name with .json"),
    ] = None,
    format: Annotated[FormatName, typer.Option(help="Its shape.")] = FormatName.LANDSCAPE,
    values: Values = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that exists.")] = False,
) -> None:
    """Write a scene document to be changed by hand, out of a template."""
    from phonoscope.core.errors import UsageError
    from phonoscope.media.output import text_file
    from phonoscope.templates import find_template

    found = find_template(template, "" if ":" in template else format.value)
    document = found.document
    variables = document.get("variables", {})
    for name, value in parse_values(values).items():
        if name not in variables:
            raise UsageError(
                f"The template '{found.name}' has no variable '{name[:40]}'.", f"It has: {', '.join(variables)}."
            )
        # What is given becomes what stands there from now on.
        variables[name]["default"] = value
    target = output or Path(f"{found.name}.json")
    with text_file(target, overwrite) as file:
        file.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    _copy_pictures(found, {told.get("default") for told in variables.values()}, target.parent)
    typer.echo(f"{target}: {found.title}. Render it: phonoscope render {target} -o video.mp4")


def _copy_pictures(template: Template, wanted: set[Any], folder: Path) -> None:
    """Put the template's pictures that the new document still names beside it; what is there already stays."""
    for name in template.pictures:
        target = folder / name
        if name in wanted and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((template.folder / name).read_bytes())
