"""The options that all commands that take a scene document have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from phonoscope.core.errors import UsageError

if TYPE_CHECKING:
    from phonoscope.scene.document.reading import ReadScene

Document = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT",
        help="A scene document (.json), or the name of a template (see: phonoscope templates).",
        show_default=False,
    ),
]
Values = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="Fill in a variable of the document, as in --set name=Anna. Repeat it."
    ),
]

_VALUE = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9_-]*)\s*=(.*)", re.DOTALL)
_TIME = re.compile(r"(?:(\d{1,4}):)?(?:(\d{1,4}):)?(\d{1,6}(?:\.\d{1,6})?)\s*s?")


def parse_values(given: Sequence[str] | None) -> dict[str, str]:
    """Read ``NAME=VALUE`` options.

    Raises
    ------
    UsageError
        One is none, or a name is given twice.
    """
    values: dict[str, str] = {}
    for text in given or ():
        found = _VALUE.fullmatch(text)
        if not found:
            raise UsageError(f"'{text[:60]}' sets nothing.", "Write --set NAME=VALUE, as in --set name=Anna.")
        if found[1] in values:
            raise UsageError(f"'{found[1]}' is set twice.", "Set it once.")
        values[found[1]] = found[2]
    return values


def open_document(document: str, values: Sequence[str] | None) -> ReadScene:
    """Read a document, or a template by its name, with the values of its variables.

    Raises
    ------
    SceneError, UsageError
        It cannot be used.
    """
    from phonoscope.rendering.opening import open_scene

    return open_scene(document, parse_values(values))


def parse_time(text: str) -> float:
    """Read a time: ``3.2``, ``3.2s``, ``1:05.5`` or ``1:00:00``, in seconds.

    Raises
    ------
    UsageError
        It is none.
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise UsageError(f"'{text[:40]}' is no time.", "Write seconds, as in 3.2s, or 1:05.5.")
    first, second, seconds = found.groups()
    # With one colon it stands behind the minutes, with two behind the hours.
    hours, minutes = (first, second) if second is not None else (None, first)
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds)


def output_beside(document: str, output: Path | None, suffix: str) -> Path:
    """Return where to write to: as told, or beside the document by its name."""
    if output is not None:
        return output
    name = Path(document).name
    for ending in (".scene.json", ".json"):
        name = name.removesuffix(ending)
    return Path(name + suffix)
