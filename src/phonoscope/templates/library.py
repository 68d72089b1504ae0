"""The templates that come with the package, and how they are found by name."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import near_names

FORMATS: Final[dict[str, str]] = {"landscape": "16:9", "portrait": "9:16", "square": "1:1"}
"""The shapes that every template has, and the canvas of each."""

USUAL_FORMAT: Final = "landscape"


@dataclass(frozen=True, slots=True)
class Variable:
    """What somebody fills into a template.

    Attributes
    ----------
    name
        As in ``--set name=…``.
    kind
        ``text``, ``picture``, ``image``, ``video``, ``sound``, ``colour``, ``number`` or ``choice``.
    description
        What it is for.
    default
        What stands there otherwise; None where it has to be given.
    """

    name: str
    kind: str
    description: str
    default: str | float | None


@dataclass(frozen=True, slots=True)
class Template:
    """A template in one shape.

    Attributes
    ----------
    name, title, description
        What it is called, for programs and for people, and what it is for.
    category
        A group of templates: ``celebration``, ``business``, ``teaching`` …
    tags
        Other words that it is found by.
    format
        Its shape: a key of `FORMATS`.
    text
        The scene document, as JSON text.
    """

    name: str
    title: str
    description: str
    category: str
    tags: tuple[str, ...]
    format: str
    text: str = field(repr=False)

    @property
    def document(self) -> dict[str, Any]:
        """The scene document, as data."""
        document: dict[str, Any] = json.loads(self.text)
        return document

    @property
    def variables(self) -> tuple[Variable, ...]:
        """What can be filled in."""
        return tuple(
            Variable(name, told.get("kind", "text"), told.get("description", ""), told.get("default"))
            for name, told in self.document.get("variables", {}).items()
        )

    @property
    def folder(self) -> Path:
        """Where the pictures are that it shows unless somebody puts in their own."""
        return Path(str(_folder() / self.name))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of those pictures, as its document has them: paths from its folder."""
        named = (variable.default for variable in self.variables if variable.kind == "image")
        return tuple(dict.fromkeys(name for name in named if isinstance(name, str)))

    @property
    def thumbnail(self) -> bytes:
        """A picture of it, as a WebP file."""
        return (_folder() / self.name / f"{self.format}.webp").read_bytes()


def templates(format: str = USUAL_FORMAT) -> tuple[Template, ...]:
    """Return all templates in a shape, by category and name.

    Raises
    ------
    UsageError
        There is no such shape.
    """
    _check_format(format)
    return tuple(_load(name, format) for name in _index())


def template_names() -> tuple[str, ...]:
    """Return the names of all templates, by category and name."""
    return tuple(_index())


def is_template(name: str) -> bool:
    """Tell whether there is a template of this name; ``NAME:portrait`` is one too."""
    base, _, format = name.partition(":")
    return base in _index() and (not format or format in FORMATS)


def find_template(name: str, format: str = "") -> Template:
    """Return a template by its name; ``NAME:portrait`` tells its shape too.

    Raises
    ------
    UsageError
        There is none, or no such shape.
    """
    base, _, told = name.partition(":")
    format = format or told or USUAL_FORMAT
    if base not in _index():
        close = near_names(base, _index(), most=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise UsageError(f"There is no template '{base[:40]}'.{meant}", "List them: phonoscope templates.")
    _check_format(format)
    return _load(base, format)


def _check_format(format: str) -> None:
    if format not in FORMATS:
        raise UsageError(f"Templates have no format '{format[:40]}'.", f"Use {', '.join(FORMATS)}.")


def _folder() -> Traversable:
    return resources.files("phonoscope").joinpath("assets/templates")


@cache
def _index() -> dict[str, dict[str, Any]]:
    """Return what is told of each template, by name."""
    index: dict[str, dict[str, Any]] = json.loads((_folder() / "index.json").read_text("utf-8"))
    return index


def _load(name: str, format: str) -> Template:
    told = _index()[name]
    text = (_folder() / name / f"{format}.json").read_text("utf-8")
    return Template(name, told["title"], told["description"], told["category"], tuple(told["tags"]), format, text)
