"""The table of a style: which variants are used, for whom, and what they are called.

``styles/STYLE.json``; a variant that is not named there is not used::

    "parts": {"hair": {"bun": "woman older: bun", ...}, ...}

Before the colon stands who may have it (``any``; presentation, age, skin tone: all that are named count, as one of each
sort); behind it the tags that it brings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STYLES = Path(__file__).parent / "styles"

WHO = ("woman", "man", "neutral")
AGES = ("child", "young", "adult", "older")
SKINS = ("light", "medium", "tan", "brown", "dark")


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant of a part: who may have it, and the tags it brings."""

    name: str
    tags: frozenset[str]
    who: frozenset[str] = frozenset(WHO)
    ages: frozenset[str] = frozenset(AGES)
    skins: frozenset[str] = frozenset(SKINS)


@dataclass(frozen=True, slots=True)
class Table:
    """What characters of one style are made from.

    Attributes
    ----------
    parts
        Component to its variants.
    colours
        Colour to a role of `palettes` ("skin", "hair", "attire"), or to a list to take from.
    chance
        How often a part is there that need not be; 0 where it is not named.
    only_with
        A part that is there only with that variant of another.
    distinct
        Pairs of colours that must be told apart.
    about
        The rest of the file, by name.
    """

    style: str
    kind: str
    count: int
    look: tuple[str, ...]
    parts: Mapping[str, tuple[Variant, ...]]
    colours: Mapping[str, str | list[str]]
    chance: Mapping[str, float] = field(default_factory=dict)
    only_with: Mapping[str, str] = field(default_factory=dict)
    distinct: tuple[tuple[str, str], ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)


def read_tables() -> list[Table]:
    """Return the tables of all styles, by name."""
    return [read_table(path) for path in sorted(STYLES.glob("*.json"))]


def read_table(path: Path) -> Table:
    """Read the table of one style."""
    about: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Table(
        style=about.pop("style"),
        kind=about.pop("kind"),
        count=about.pop("count"),
        look=tuple(about.pop("look").split()),
        parts={
            part: tuple(_variant(name, text) for name, text in variants.items())
            for part, variants in about.pop("parts").items()
        },
        colours=about.pop("colours"),
        chance=about.pop("chance", {}),
        only_with=about.pop("only_with", {}),
        distinct=tuple((one, other) for one, other in about.pop("distinct", [])),
        about=about,
    )


def _variant(name: str, text: str) -> Variant:
    limits, _, tags = text.partition(":")
    named = set(limits.split())
    unknown = named - {*WHO, *AGES, *SKINS, "any", "costume"}
    if unknown:
        raise ValueError(f"{name}: {unknown}")
    return Variant(
        name,
        frozenset(tags.split()),
        who=frozenset() if "costume" in named else frozenset(named & set(WHO) or WHO),
        ages=frozenset(named & set(AGES) or AGES),
        skins=frozenset(named & set(SKINS) or SKINS),
    )
