"""Making and changing characters, in plain words or in the style's own."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.friendly import (
    COLOURS,
    FOLLOWS,
    PARTS,
    Place,
    colour_names,
    colour_place,
    part_places,
)
from phonoscope.avatars.drawn.library import list_characters
from phonoscope.avatars.drawn.parts import COLOUR_ENDING, NO_CHOICE, VARIANT_ENDING, StyleParts, parts_of
from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import did_you_mean

NONE: Final = "none"
"""The value that takes a part away."""

WORN: Final = frozenset(
    ["glasses", "sunglasses", "beard", "moustache", "stubble", "earrings", "hat", "hijab", "turban", "flowers", "tiara"]
)
"""Tags of characters that are no plain start for a new one."""

KEPT: Final = frozenset(
    [
        "hair",
        "top",
        "rearHair",
        "head",
        "clothes",
        "clothesGraphic",
        "outfit",
        "body",
        "plant",
        "hat",
        "details",
        "beard",
    ],
).union(["facialHair", "mustache", "glasses", "accessories", "earrings", "animation"])
"""Parts that a character's tags tell about; a random one keeps those of whom it is made from."""


def base_character(style: str) -> Character:
    """Return what a new character of a style starts from: a grown-up of the library who wears nothing special.

    Raises
    ------
    UsageError
        There is no such style.
    """
    parts_of(style)
    of_style = [character for character in list_characters() if character.style == style]
    if not of_style:
        return Character(style, {})
    plainest = min(of_style, key=lambda c: (len(WORN & set(c.tags)), not {"adult", "young"} & set(c.tags)))
    return replace(plainest, name="", tags=())


def change(character: Character, wishes: Mapping[str, str], own: Iterable[str] = ()) -> Character:
    """Return a character with changes.

    Parameters
    ----------
    wishes
        By plain name (``hair``, ``skin``, ``hair-color``, ``background`` …): a variant's name, a colour, or ``none``.
    own
        The style's own options, as ``hairVariant=full`` or ``hairColor=#77311d``; ``hair=full`` does as well.

    Raises
    ------
    UsageError
        The style has no such part, variant or colour; what may have been meant is told.
    """
    parts = parts_of(character.style)
    options = dict(character.options)
    background = character.background
    written: dict[str, str] = {}
    for option, value in wishes.items():
        if option == "background":
            background = _colour(option, value)
        elif option in COLOURS:
            _set_colour(options, option, value, parts, wishes)
        else:
            key = _set_part(options, option, value, parts)
            if key and written.setdefault(key, option) != option:
                _refuse_both(written[key], option, wishes, key, parts)
    for text in own:
        _set_own(options, text, parts)
    return replace(character, options=options, background=background)


def random_character(seed: int, among: Iterable[Character]) -> Character:
    """Return a new character: one of those given, with the face of others who are like it.

    Hair, clothes and what is worn stay, so that its tags stay true; eyes, brows, nose, mouth, head and the colours of
    clothes come from others of the same style, presentation and age.

    Raises
    ------
    UsageError
        Nobody is given.
    """
    draw = random.Random(seed)  # noqa: S311 (a choice, no secret)
    given = list(among)
    if not given:
        raise UsageError("Nobody in the library fits that.", "Ask for less: fewer --tag, another --style.")
    one = draw.choice(given)
    kin = [other for other in list_characters() if other.style == one.style and _likeness(other) == _likeness(one)]
    options = dict(one.options)
    for option in sorted(options):
        if option.endswith(VARIANT_ENDING) and option.removesuffix(VARIANT_ENDING) not in KEPT:
            options[option] = draw.choice([other.options[option] for other in kin if option in other.options])
    return replace(one, name="", options=options, background=draw.choice([other.background for other in kin]))


def _likeness(character: Character) -> frozenset[str]:
    """Return what a face has to have in common to fit another head, and a background to fit it."""
    told = {"woman", "man", "neutral", "child", "young", "adult", "older", "glasses", "sunglasses"}
    return frozenset(tag for tag in character.tags if tag in told or tag.endswith(("-skin", "one-eyed")))


def pick_variant(value: str, variants: Iterable[str]) -> str | None:
    """Return the variant that is meant: by its name in any spelling, or by its number alone."""
    spelt = {_spelling(variant): variant for variant in variants}
    wanted = _spelling(value)
    return spelt.get(wanted) or (spelt.get(f"variant{wanted}") if wanted.isdigit() else None)


def _spelling(name: str) -> str:
    """Return a name without case, joints and leading zeros: ``Short-Flat`` means ``shortFlat``."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return re.sub(r"(?<!\d)0+(?=\d)", "", plain)


def _refuse_both(one: str, other: str, wishes: Mapping[str, str], key: str, parts: StyleParts) -> None:
    """Refuse two wishes for one part, unless both are for the same variant of it."""
    if _spelling(wishes[one]) != _spelling(wishes[other]):
        raise UsageError(
            f"The style {parts.style} draws {one} and {other} as one part, {key.removesuffix(VARIANT_ENDING)}: "
            f"'{wishes[one][:40]}' and '{wishes[other][:40]}' do not go together.",
            f"Give one of them: --{one} or --{other}.",
        )


def _set_part(options: dict[str, str], option: str, value: str, parts: StyleParts) -> str:
    """Put a variant where the style keeps what is meant, and return the option that was set; or take it away."""
    places = part_places(option, parts)
    if not places:
        raise UsageError(
            f"The style {parts.style} has no {option}.{_has(parts)}",
            f"See all that it has: phonoscope avatar options {parts.style}.",
        )
    if value.lower() == NONE and not any(_spelling(NONE) in map(_spelling, _known(place, parts)) for place in places):
        for place in places:
            _take_away(options, option, place, parts)
        return ""
    for place in places:
        variant = pick_variant(value, _known(place, parts))
        if variant is not None:
            options[f"{place.part}{VARIANT_ENDING}"] = variant
            return f"{place.part}{VARIANT_ENDING}"
    known = [variant for place in places for variant in _known(place, parts)]
    raise UsageError(
        f"The style {parts.style} has no {option} '{value[:40]}'.{did_you_mean(value, known) or _some(known)}",
        f"See them drawn: phonoscope avatar options {parts.style} --part {option} --sheet options.png.",
    )


def _known(place: Place, parts: StyleParts) -> tuple[str, ...]:
    return place.only or parts.variants[place.part]


def _take_away(options: dict[str, str], option: str, place: Place, parts: StyleParts) -> None:
    key = f"{place.part}{VARIANT_ENDING}"
    if place.only and options.get(key) not in place.only:
        return
    if place.instead:
        options[key] = place.instead
    elif place.part in parts.optional:
        options.pop(key, None)
    else:
        raise UsageError(
            f"The style {parts.style} cannot be drawn without {option}.",
            f"Choose one: phonoscope avatar options {parts.style} --part {option}.",
        )


def _set_colour(options: dict[str, str], option: str, value: str, parts: StyleParts, wishes: Mapping[str, str]) -> None:
    """Put a colour where the style keeps it, and where it belongs as well."""
    place = colour_place(option, parts)
    if place is None:
        known = ", ".join(parts.colours) or "none but --background"
        raise UsageError(
            f"The style {parts.style} has no {option.replace('-', ' ')}. Its colours: {known}.",
            "Set one of them by its own name: --set NAMEColor=#rrggbb.",
        )
    colour = _colour(option, value)
    options[f"{place}{COLOUR_ENDING}"] = colour
    for follower in FOLLOWS.get(option, ()):
        other = colour_place(follower, parts)
        if other is not None and follower not in wishes:
            options[f"{other}{COLOUR_ENDING}"] = colour


def _colour(option: str, value: str) -> str:
    """Return a colour given by name or as ``#rrggbb``, ``rrggbb`` or ``#rgb``."""
    text = value.strip().lower()
    names = colour_names(option)
    if re.sub(r"[ _]", "-", text) in names:
        return names[re.sub(r"[ _]", "-", text)]
    match = re.fullmatch(r"#?([0-9a-f]{6}|[0-9a-f]{3})", text)
    if match is None:
        raise UsageError(
            f"There is no colour '{value[:40]}' for {option}.{did_you_mean(text, names) or _some(names)}",
            "Name one, or write it as #rrggbb.",
        )
    digits = match[1]
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def _set_own(options: dict[str, str], text: str, parts: StyleParts) -> None:
    """Set one of the style's own options."""
    key, equals, value = (piece.strip() for piece in text.partition("="))
    if not equals or not key or not value:
        raise UsageError(
            f"--set '{text[:60]}' is not NAME=VALUE.", "Write it as hairVariant=full or hairColor=#77311d."
        )
    part, colour = key.removesuffix(VARIANT_ENDING), key.removesuffix(COLOUR_ENDING)
    is_colour = colour in parts.colours and (key != colour or part not in parts.variants or value.startswith("#"))
    if is_colour:
        options[f"{colour}{COLOUR_ENDING}"] = _colour(key, value)
    elif part in parts.variants and part not in NO_CHOICE:
        variant = pick_variant(value, parts.variants[part])
        if variant is not None:
            options[f"{part}{VARIANT_ENDING}"] = variant
        elif value.lower() == NONE:
            _take_away(options, part, Place(part), parts)
        else:
            known = parts.variants[part]
            raise UsageError(
                f"The {part} of {parts.style} has no '{value[:40]}'.{did_you_mean(value, known) or _some(known)}",
                f"See them drawn: phonoscope avatar options {parts.style} --part {part} --sheet options.png.",
            )
    else:
        own = [f"{name}{VARIANT_ENDING}" for name in parts.variants if name not in NO_CHOICE]
        own += [f"{name}{COLOUR_ENDING}" for name in parts.colours]
        raise UsageError(
            f"The style {parts.style} has no option '{key[:40]}'.{did_you_mean(key, own)}",
            f"List them: phonoscope avatar options {parts.style}.",
        )


def _has(parts: StyleParts) -> str:
    """Tell what plain names a style does know."""
    return f" It has {', '.join(option for option in PARTS if part_places(option, parts))}."


def _some(names: Iterable[str]) -> str:
    """Tell a few of many names."""
    known = list(names)
    return f" There are {', '.join(known[:8])}{' …' if len(known) > 8 else ''}."
