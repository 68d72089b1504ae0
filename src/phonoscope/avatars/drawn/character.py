"""A character: what a drawn avatar is made from, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Character:
    """One character of a DiceBear style.

    Attributes
    ----------
    style
        Name of the style, such as ``micah``.
    options
        The style's own options, each with one value: ``hairVariant``: ``"full"``, ``hairColor``: ``"#77311d"``. A part
        that may be missing and is not named here is missing; a colour that is not named is the style's first.
    name
        What it is called, as in ``avatar:NAME``: lower-case letters, digits and hyphens.
    tags
        Words to find it by: kind, presentation, age, skin, hair, what it wears, look.
    background
        Colour behind it, ``#rrggbb``.
    """

    style: str
    options: Mapping[str, str]
    name: str = ""
    tags: tuple[str, ...] = field(default=())
    background: str = "#e8eaef"
