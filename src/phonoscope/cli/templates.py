"""``phonoscope templates``: what videos can begin with."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.templates import Template

EXAMPLES = """\
Examples:

phonoscope templates

phonoscope templates --search birthday

phonoscope templates quiz

phonoscope render greeting --set name=Anna -o anna.mp4
"""


class FormatName(StrEnum):
    """Shapes that templates have."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    SQUARE = "square"


def templates(
    name: Annotated[
        str, typer.Argument(help="Tell what can be filled into this one.", show_default="list them all")
    ] = "",
    search: Annotated[str, typer.Option("--search", "-s", help="Only those that all of these words fit.")] = "",
    category: Annotated[str, typer.Option(help="Only this group.")] = "",
    json_lines: Annotated[bool, typer.Option("--json", help="Print one JSON object a template.")] = False,
) -> None:
    """List the templates, or tell what can be filled into one."""
    from phonoscope.templates import find_template
    from phonoscope.templates import templates as all_templates

    found = [find_template(name)] if name else [one for one in all_templates() if _fits(one, search, category)]
    if not found:
        raise UsageError("No template fits.", "See all with: phonoscope templates")
    if json_lines:
        for one in found:
            typer.echo(json.dumps(_described(one), ensure_ascii=False))
    elif name:
        _print_one(found[0])
    else:
        table = Table("Template", "Group", "For", box=None, pad_edge=False)
        for one in found:
            table.add_row(one.name, one.category, one.description)
        Console(emoji=False).print(table)
        typer.echo(f"{len(found)} templates. What can be filled in: phonoscope templates {found[0].name}")


def _fits(template: Template, search: str, category: str) -> bool:
    text = " ".join((template.name, template.title, template.description, template.category, *template.tags))
    wanted = search.casefold().split()
    return all(word in text.casefold() for word in wanted) and (not category or category == template.category)


def _described(template: Template) -> dict[str, object]:
    from phonoscope.templates import FORMATS

    return {
        "name": template.name,
        "title": template.title,
        "description": template.description,
        "category": template.category,
        "tags": list(template.tags),
        "formats": list(FORMATS),
        "variables": {
            v.name: {"kind": v.kind, "description": v.description, "default": v.default} for v in template.variables
        },
    }


def _print_one(template: Template) -> None:
    typer.echo(f"{template.title}: {template.description}")
    table = Table("Variable", "Kind", "What for", "Otherwise", box=None, pad_edge=False)
    for variable in template.variables:
        table.add_row(variable.name, variable.kind, variable.description, str(variable.default or "has to be given"))
    Console(emoji=False).print(table)
    typer.echo(f"Render it:  phonoscope render {template.name}:portrait --set NAME=VALUE -o video.mp4")
    typer.echo(f"Change it:  phonoscope new {template.name} -o mine.json")
