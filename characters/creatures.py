"""Robots, monsters, plants and the like: parts and colours by a style's table, each combination once."""

from __future__ import annotations

import random
from collections import Counter

from characters import palettes
from characters.people import Cast
from characters.tables import Table, Variant

APART: dict[str, float] = {"background": 24.0, "pair": 22.0, "glass": 40.0}
"""ΔE between the creature and its background, between colours that must be told apart, and between the background and
white, behind bulbs of clear glass."""


def cast_creatures(table: Table) -> list[Cast]:
    """Return a style's creatures, always the same for the same table."""
    used: Counter[str] = Counter()
    takes: dict[str, int] = table.about.get("takes", {})
    return [
        _cast(table, used, random.Random(f"{table.style} {number} {takes.get(str(number), 0)}"))
        for number in range(table.count)
    ]


def _cast(table: Table, used: Counter[str], draw: random.Random) -> Cast:
    options: dict[str, str] = {}
    tags: set[str] = set()
    for part, variants in table.parts.items():
        if draw.random() >= table.chance.get(part, 1.0):
            continue
        if part == "top" and options.get("bodyVariant") in table.about.get("no_top_on", ()):
            continue
        barred = _barred(table, part, options)
        few = [v for v in variants if v.name not in barred and used[f"{part} {v.name}"] < _most(table, part, v)]
        variant = _least_used(part, few, used, draw)
        options[f"{part}Variant"] = variant.name
        tags |= variant.tags
    colours = _colours(table, used, draw)
    options |= {f"{name}Color": colour for name, colour in colours.items()}
    tinted = table.about["tinted_by"]
    grounds = table.about.get("backgrounds") or _grounds(table, options, colours)
    background = _least_used("background", [Variant(ground, frozenset()) for ground in grounds], used, draw).name
    tags.add(palettes.hue_name(background if tinted == "background" else colours[tinted]))
    if "sunglasses" in tags:
        tags.add("cool")
    tags |= {"animal" if "animal" in tags else table.kind, *table.about.get("tags", "").split()}
    return Cast(options, (*sorted(tags), *table.look), background)


def _barred(table: Table, part: str, options: dict[str, str]) -> set[str]:
    """Return the variants of a part that do not go with those of other parts, told as ``PART.VARIANT``."""
    rules: dict[str, list[str]] = table.about.get("not_with", {}).get(part, {})
    return {name for other, names in rules.items() if _has(options, other) for name in names}


def _most(table: Table, part: str, variant: Variant) -> int:
    """Return how many creatures may have a variant, told by its name or as ``PART.VARIANT``."""
    limits: dict[str, int] = table.about.get("at_most", {})
    return limits.get(f"{part}.{variant.name}", limits.get(variant.name, table.count))


def _has(options: dict[str, str], variant: str) -> bool:
    part, _, name = variant.partition(".")
    return options.get(f"{part}Variant") == name


def _grounds(table: Table, options: dict[str, str], colours: dict[str, str]) -> list[str]:
    """Return the backgrounds that a creature stands out from."""
    festive = palettes.FESTIVE_LIGHT if table.about.get("light_ground") else palettes.FESTIVE
    if any(_has(options, variant) for variant in table.about.get("glass", ())):
        festive = tuple(palettes.apart(festive, ["#ffffff"], APART["glass"]))
    return palettes.apart(
        festive, [c for n, c in colours.items() if n not in {"ink", "eyes", "mouth"}], APART["background"]
    )


def _colours(table: Table, used: Counter[str], draw: random.Random) -> dict[str, str]:
    colours: dict[str, str] = {}
    for name, choices in table.colours.items():
        pool = list(choices)
        for one, other in table.distinct:
            if name == other and one in colours:
                pool = palettes.apart(pool, [colours[one]], APART["pair"])
        colours[name] = _least_used(f"colour {name}", [Variant(c, frozenset()) for c in pool], used, draw).name
    return colours


def _least_used(part: str, variants: list[Variant], used: Counter[str], draw: random.Random) -> Variant:
    least = min(used[f"{part} {v.name}"] for v in variants)
    variant = draw.choice([v for v in variants if used[f"{part} {v.name}"] == least])
    used[f"{part} {variant.name}"] += 1
    return variant
