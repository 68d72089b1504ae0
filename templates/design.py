"""What a design is: words about it, and a scene document for each shape."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Value = TypeVar("Value")
ShapeName = Literal["landscape", "portrait", "square"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The shape that a document is made for.

    Attributes
    ----------
    name
        ``landscape`` (16:9), ``portrait`` (9:16) or ``square`` (1:1).
    """

    name: ShapeName

    def pick(self, landscape: Value, portrait: Value, square: Value | None = None) -> Value:
        """Return what suits this shape; a square takes what a portrait does unless told otherwise."""
        if self.name == "landscape":
            return landscape
        return portrait if self.name == "portrait" or square is None else square


SHAPES = (Shape("landscape"), Shape("portrait"), Shape("square"))


@dataclass(frozen=True, slots=True)
class Design:
    """A template, before it is written for each shape.

    Attributes
    ----------
    name
        For programs: lower case, with hyphens.
    title, description
        For people: two or three words, and one sentence that tells what it is for.
    category
        ``celebration``, ``business``, ``property``, ``teaching``, ``news``, ``social``, ``story`` or ``welcome``.
    tags
        Other words that somebody might look for.
    build
        Returns the document for a shape: ``scenes``, ``variables`` (each with a default), ``music`` and whatever else a
        scene document has; ``schema``, ``title`` and ``canvas`` are filled in.
    thumbnail_s
        The moment that shows best what it is.
    pictures
        Those of `templates.pictures.PICTURES` that the document shows unless somebody puts in their own.
    """

    name: str
    title: str
    description: str
    category: str
    tags: tuple[str, ...]
    build: Callable[[Shape], Json]
    thumbnail_s: float = 2.0
    pictures: tuple[str, ...] = ()


def text_variable(default: str, description: str, **more: Any) -> Json:
    """Return a variable that is text."""
    return {"kind": "text", "default": default, "description": description, **more}


def picture_variable(default: str, description: str = "Who speaks: a photo, or a drawn avatar.") -> Json:
    """Return a variable that is somebody's picture."""
    return {"kind": "picture", "default": default, "description": description}


def colour_variable(default: str, description: str = "The main colour.") -> Json:
    """Return a variable that is a colour."""
    return {"kind": "colour", "default": default, "description": description}


def image_variable(default: str, description: str) -> Json:
    """Return a variable that is a photo, of anything but somebody who speaks."""
    return {"kind": "image", "default": default, "description": description}
