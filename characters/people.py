"""Casting: people of a style, by a plan that shares out presentation, age and skin, so that none is left to chance."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from characters import palettes
from characters.tables import SKINS, Table, Variant

FACIAL_HAIR: Final = frozenset({"beard", "moustache", "stubble"})
WORN: Final = FACIAL_HAIR | {
    "glasses",
    "sunglasses",
    "hijab",
    "turban",
    "hat",
    "earrings",
    "flowers",
    "animal",
    "tiara",
    "cat-ears",
}
"""Tags of what a person has only if the plan says so."""

AGE_PLAN: Final = ("adult", "young", "older", "adult", "young", "adult", "young", "adult", "older", "young")
AGE_PLAN_WITH_CHILDREN: Final = (
    "adult", "young", "older", "adult", "child", "young", "older", "adult", "child", "young",
)  # fmt: skip

SHARES: Final = {
    "facial-hair young": 0.25, "facial-hair adult": 0.55, "facial-hair older": 0.5,
    "glasses child": 0.15, "glasses young": 0.2, "glasses adult": 0.28, "glasses older": 0.45,
    "earrings woman": 0.6, "earrings man": 0.08, "earrings neutral": 0.3,
    "hat": 0.17, "sunglasses": 0.06, "hijab": 0.3, "turban": 0.3, "flowers": 0.12, "tiara": 0.1, "cat-ears": 0.2,
    "dyed": 0.16,
}  # fmt: skip
"""How many of those who may have it, have it."""

CLOTHES_APART: Final = 28.0
FRAME_APART: Final = 32.0
BACKGROUND_APART: Final = 22.0
"""ΔE that clothes and glasses keep from skin, and backgrounds from all large parts."""

OWN_HAIR: Final = 0.55
"""How often hair that only grows on some people goes to one of them, rather than hair that grows on anybody."""

COLOURED_HAIR: Final = 0.8
"""How often an older person's hair is one that can be grey, in a style whose other hair is as black as its lines."""

MOST: Final = {"hijab": 3, "turban": 2, "hat": 3, "sunglasses": 2, "tiara": 1}
"""How many of a style's people wear it at most."""

DARK_HAIR: Final = frozenset({"black-hair", "brown-hair"})
LINE: Final = "#000000"
LINE_IN_BEARD: Final = "#f0c9b5"
"""A mouth's line, and how it shows in a dark beard."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Who somebody is, before a face is given to them."""

    who: str
    age: str
    skin: str
    wanted: frozenset[str]
    dyed: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """Somebody made: options of the style, tags, and the background."""

    options: dict[str, str]
    tags: tuple[str, ...]
    background: str
    plan: Plan | None = None


def cast_people(table: Table) -> list[Cast]:
    """Return a style's people, always the same for the same table."""
    used: Counter[str] = Counter()
    takes: dict[str, int] = table.about.get("takes", {})
    people = []
    for number, plan in enumerate(_plans(table)):
        draw = random.Random(f"{table.style} {number} {takes.get(str(number), 0)}")
        people.append(_cast(table, plan, used, draw))
    return people


def _plans(table: Table) -> Iterator[Plan]:
    """Share out who the people of a style are."""
    draw = random.Random(f"plan {table.style}")
    ages = AGE_PLAN_WITH_CHILDREN if table.about.get("children") else AGE_PLAN
    shares: dict[str, float] = table.about.get("shares", {})
    worn: Counter[str] = Counter()
    tags = frozenset(tag for variants in table.parts.values() for variant in variants for tag in variant.tags)
    skins: list[str] = []
    for number in range(table.count):
        if not skins:
            skins = draw.sample(SKINS, len(SKINS))
        who = "neutral" if number % 11 == 10 or table.about.get("neutral") else ("woman", "man")[number % 2]
        age = ages[(number // 2 * 3 + number % 2 * 7) % len(ages)]
        wanted = [
            wish for wish in _wishes(who, age, _Shares(shares, tags), draw) if worn[wish] < MOST.get(wish, table.count)
        ]
        worn.update(wanted)
        dyed = draw.random() < SHARES["dyed"] and "facial-hair" not in wanted
        yield Plan(who, age, skins.pop(), frozenset(wanted), dyed)


@dataclass(frozen=True, slots=True)
class _Shares:
    """How often things are worn in a style: its own factors, and the tags that it can bring at all."""

    factors: Mapping[str, float]
    tags: frozenset[str]

    def of(self, name: str) -> float:
        """Return the share of those who wear something, such as ``glasses older``."""
        worn = name.split(maxsplit=1)[0]
        there = worn in self.tags or (worn == "facial-hair" and bool(self.tags & FACIAL_HAIR))
        return SHARES[name] * self.factors.get(worn, 1) if there else 0.0


def _wishes(who: str, age: str, shares: _Shares, draw: random.Random) -> Iterator[str]:
    """Draw what somebody wears."""

    def falls(name: str) -> bool:
        return name in SHARES and draw.random() < shares.of(name)

    head = next(
        (
            worn
            for worn, fits in (
                ("hijab", who == "woman" and age != "child"),
                ("turban", who == "man" and age != "child"),
                ("hat", age != "older"),
                ("flowers", who == "woman" and age in {"young", "adult"}),
                ("tiara", who == "woman" and age == "young"),
                ("cat-ears", age in {"child", "young"} and who != "man"),
            )
            if falls(worn) and fits
        ),
        None,
    )
    if head:
        yield head
    if who == "man" and (head == "turban" or falls(f"facial-hair {age}")):
        yield "facial-hair"
    if falls(f"glasses {age}"):
        yield "glasses"
    elif age in {"young", "adult"} and falls("sunglasses"):
        yield "sunglasses"
    if head not in {"hijab", "turban"} and age != "child" and falls(f"earrings {who}"):
        yield "earrings"


def _cast(table: Table, plan: Plan, used: Counter[str], draw: random.Random) -> Cast:
    """Choose parts and colours for one plan."""
    options: dict[str, str] = {}
    tags: set[str] = set()
    for part, variants in table.parts.items():
        fitting = [v for v in variants if _suits(v, plan) and v.name not in _barred(table, part, tags)]
        variant = _choose(table, part, fitting, plan, used, draw, options)
        if variant is not None:
            options[f"{part}Variant"] = variant.name
            tags |= variant.tags
    hair_name, hair = _hair(table, plan, draw)
    colours = _colours(table, plan, tags, (hair_name, hair), draw)
    options |= {f"{name}Color": colour for name, colour in colours.items()}
    background = _background(table, colours, used, draw)
    return Cast(options, _tags(table, plan, tags, hair_name), background, plan)


def _tags(table: Table, plan: Plan, tags: set[str], hair_name: str) -> tuple[str, ...]:
    """Return all that somebody can be found by."""
    told = {table.kind, plan.who, *tags, *table.look} - {"coloured"}
    if not table.about.get("neutral"):
        told.add(plan.age)
    if "sunglasses" in tags:
        told.add("cool")
    if {"beard", "moustache"} <= told:
        told.discard("moustache")
    if not tags & {"bald", "hijab", "turban", "white-hair"}:
        always = table.about.get("hair_colour")
        told.add(always if always and "coloured" not in tags else hair_name)
    if table.about.get("skin_told", True):
        told.add(f"{plan.skin}-skin")
    return tuple(sorted(told))


def _barred(table: Table, part: str, tags: set[str]) -> set[str]:
    """Return the variants of a part that do not go with what is worn."""
    rules: dict[str, list[str]] = table.about.get("not_with", {}).get(part, {})
    return {name for tag, names in rules.items() if tag in tags for name in names}


def _suits(variant: Variant, plan: Plan) -> bool:
    return plan.who in variant.who and plan.age in variant.ages and plan.skin in variant.skins


def _choose(
    table: Table,
    part: str,
    variants: list[Variant],
    plan: Plan,
    used: Counter[str],
    draw: random.Random,
    chosen: dict[str, str],
) -> Variant | None:
    """Return the variant of a part, or None for a part that stays away.

    What is wanted goes first, then what has been used least.
    """
    wanted = [v for v in variants if _worn(v.tags) & plan.wanted]
    unworn = [v for v in variants if not _worn(v.tags)]
    partner = table.only_with.get(part)
    if partner is not None and partner not in chosen.values():
        return None
    if not wanted and part in table.chance and draw.random() >= table.chance[part]:
        return None
    pool = [v for v in wanted if _worn(v.tags) <= plan.wanted] or unworn
    if not pool:
        if unworn or part in table.chance or all(_worn(v.tags) for v in table.parts[part]):
            return None
        raise ValueError(f"{table.style}: no {part} for {plan}")
    most: dict[str, int] = table.about.get("at_most", {})
    pool = [v for v in pool if used[f"{part} {v.name}"] < most.get(v.name, table.count)] or pool
    least = min(used[f"{part} {v.name}"] for v in pool)
    own = [v for v in pool if len(v.skins) < len(SKINS) and used[f"{part} {v.name}"] <= least + 1]
    if own and draw.random() < OWN_HAIR:
        pool = own
    if plan.age == "older" and draw.random() < COLOURED_HAIR:
        pool = [v for v in pool if "coloured" in v.tags] or pool
    # A style has few pictures for hair, and seldom enough for some people: the least used one goes first.
    least = min(used[f"{part} {v.name}"] for v in pool)
    variant = draw.choice([v for v in pool if used[f"{part} {v.name}"] == least])
    used[f"{part} {variant.name}"] += 1
    return variant


def _worn(tags: Iterable[str]) -> frozenset[str]:
    """Return what a plan has to ask for, with all facial hair as one."""
    worn = WORN & set(tags)
    return (worn - FACIAL_HAIR) | ({"facial-hair"} if worn & FACIAL_HAIR else set())


def _hair(table: Table, plan: Plan, draw: random.Random) -> tuple[str, str]:
    """Return the tag of the hair's colour, and the colour."""
    names = palettes.HAIR_BY_SKIN[plan.skin]
    if plan.age == "older":
        names = table.about.get("older_hair", palettes.OLDER)
    elif plan.dyed and plan.age == "young":
        names = palettes.DYED
    name = draw.choice(names.split())
    return name, draw.choice(palettes.HAIR[name])


def _colours(table: Table, plan: Plan, tags: set[str], hair: tuple[str, str], draw: random.Random) -> dict[str, str]:
    """Return a colour for each of the style's that the table names."""
    skins = table.about.get("skins", palettes.SKIN)
    skin = draw.choice((palettes.SKIN_UNDER_LINES if skins == "under lines" else skins)[plan.skin])
    colours: dict[str, str] = {}
    cloth: list[str] = []
    for name, role in table.colours.items():
        covered = role == "hair" and bool(tags & set(table.about.get("cloth_for", {}).get(name, "").split()))
        if role == "skin":
            colours[name] = skin
        elif role == "hair" and not covered:
            colours[name] = hair[1]
        elif role == "brow":
            colours[name] = palettes.darker(hair[1], 0.62)
        elif role == "mouth-line":
            colours[name] = LINE_IN_BEARD if "beard" in tags and hair[0] in DARK_HAIR else LINE
        elif isinstance(role, str):
            pool = palettes.CLOTH if covered else palettes.ROLES[role]
            if role == "frame" and "sunglasses" in tags:
                pool = palettes.DARK_FRAME
            colours[name] = draw.choice(palettes.apart(pool, [skin, *cloth], _apart(role)))
            cloth += [colours[name]] * (covered or role in {"attire", "cloth"})
        else:
            colours[name] = draw.choice(role)
    return colours


def _apart(role: str) -> float:
    return {"attire": CLOTHES_APART, "cloth": CLOTHES_APART, "hair": CLOTHES_APART, "frame": FRAME_APART}.get(role, 0.0)


def _background(table: Table, colours: dict[str, str], used: Counter[str], draw: random.Random) -> str:
    """Choose a background that hair, clothes and skin stand out from."""
    small = ("glass", "ear", "mouth", "lips", "eye", "brow", "accessor", "shadow", "shoes", "pants")
    large = [colour for name, colour in colours.items() if not any(word in name.lower() for word in small)]
    pool = palettes.apart(table.about.get("backgrounds", palettes.BACKGROUNDS), large, BACKGROUND_APART)
    least = min(used[f"background {colour}"] for colour in pool)
    background = draw.choice([colour for colour in pool if used[f"background {colour}"] == least])
    used[f"background {background}"] += 1
    return background
