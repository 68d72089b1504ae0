"""The characters, read from the package's data, and one of them by its name.

``characters.json`` is made by ``python -m characters`` in the root of the repository; do not edit it by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from phonoscope.avatars.drawn.character import Character
from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import did_you_mean

DATA: Final = "characters.json"


@lru_cache(maxsize=1)
def list_characters() -> tuple[Character, ...]:
    """Return all characters of the library, style by style."""
    text = resources.files(__package__).joinpath(DATA).read_text("utf-8")
    return tuple(
        Character(
            style=entry["style"],
            options=MappingProxyType(entry["options"]),
            name=entry["name"],
            tags=tuple(entry["tags"]),
            background=entry["background"],
        )
        for entry in json.loads(text)["characters"]
    )


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, Character]:
    return {character.name: character for character in list_characters()}


def find_character(name: str) -> Character:
    """Return the character of that name, whatever its case.

    Raises
    ------
    UsageError
        There is none; names that look like it are told.
    """
    wanted = name.strip().lower().replace("_", "-").replace(" ", "-")
    known = _by_name()
    if wanted in known:
        return known[wanted]
    if not wanted:
        raise UsageError("The avatar has no name.", "Write one, as in avatar:anna; phonoscope avatars lists all.")
    if wanted in styles_in_library():
        raise UsageError(
            f"'{wanted}' is a style, not a character.", f"Choose one of its own: phonoscope avatars --style {wanted}."
        )
    raise UsageError(
        f"There is no character '{name[:40]}' in the library.{did_you_mean(wanted, known)}",
        'Look for one: phonoscope avatars --search "older woman glasses".',
    )


@lru_cache(maxsize=1)
def styles_in_library() -> tuple[str, ...]:
    """Return the names of the styles that the library has characters of, in alphabetical order."""
    return tuple(sorted({character.style for character in list_characters()}))
