"""What a style lets one choose: its parts with their variants, and its colours; read from the style's definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

VARIANT_ENDING: Final = "Variant"
COLOUR_ENDING: Final = "Color"
"""How the style's options are called: the part's or colour's name with this behind it."""

NO_CHOICE: Final = frozenset({"animation"})
"""Components that move by themselves; a drawn avatar is moved by its performance."""


@dataclass(frozen=True, slots=True)
class StyleParts:
    """What can be chosen in a style.

    Attributes
    ----------
    style
        Its name.
    variants
        By part: the names of its variants, in the style's order.
    optional
        Parts that may be missing.
    colours
        By colour: the style's own values, ``#rrggbb``; any other may be used as well.
    """

    style: str
    variants: Mapping[str, tuple[str, ...]]
    optional: frozenset[str]
    colours: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=8)
def parts_of(style: str) -> StyleParts:
    """Return what can be chosen in a style.

    Raises
    ------
    UsageError
        There is no such style.
    """
    from phonoscope.avatars.drawn.styles.definitions import load_style

    definition = load_style(style)
    components = {
        name: about
        for name, about in definition["components"].items()
        if "extends" not in about and about.get("variants")
    }
    return StyleParts(
        style=style,
        variants={name: tuple(about["variants"]) for name, about in components.items()},
        optional=frozenset(name for name, about in components.items() if "probability" in about),
        colours={
            name: tuple(about.get("values", ()))
            for name, about in definition.get("colors", {}).items()
            if name != "background"
        },
    )
