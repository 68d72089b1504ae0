"""Characters as files: ``NAME.avatar.json``, schema ``avatar.1``.

    {"schema": "avatar.1", "name": "me", "style": "micah", "background": "#d7ebe8", "tags": ["glasses"],
     "options": {"hairVariant": "full", "hairColor": "#77311d", "glassesVariant": "round", …}}

``options`` are the style's own, each with one value: a variant for each part, a colour for each of the style's colours.
A part that may be missing and is not named is missing. ``name``, ``background`` and ``tags`` may be left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from phonoscope.avatars.drawn.character import Character
from phonoscope.avatars.drawn.parts import COLOUR_ENDING, VARIANT_ENDING, StyleParts, parts_of
from phonoscope.core.errors import InputError, UsageError
from phonoscope.core.suggesting import did_you_mean

SCHEMA: Final = "avatar.1"
ENDING: Final = ".avatar.json"

MAX_BYTES: Final = 64 * 1024
"""Largest file that is read: a hundred times what a character needs."""
MAX_TAGS: Final = 40

FIELDS: Final = ("schema", "name", "style", "background", "tags", "options")

NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
TAG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
COLOUR: Final = re.compile(r"#[0-9a-f]{6}")

UPGRADES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By schema: what turns a document into the next newer schema, until it is `SCHEMA`."""

OTHERS: Final = {
    "rig": "It marks the faces of a photo: give the photo itself.",
    "performance": "It plays on an avatar: phonoscope mimic avatar:anna FILE.",
    "avatar-layers": "It belongs to a drawing: give the SVG or the folder itself.",
}
"""By the kind of another of our documents: what to do with it instead."""

_REDO: Final = "Make the file again with: phonoscope avatar new."


def read_avatar(path: Path | str) -> Character:
    """Read a character from a file.

    Raises
    ------
    InputError
        The file cannot be read, is no avatar document, or has something in it that its style does not know; the
        message tells where.
    """
    return character_of(_parsed(Path(path)), f"'{path}'")


def character_of(document: dict[str, Any], where: str) -> Character:
    """Return the character that a parsed document describes.

    Parameters
    ----------
    where
        What to call the document in messages.

    Raises
    ------
    InputError
        As `read_avatar`.
    """
    document = _upgraded(document, where)
    for field in document:
        if field not in FIELDS:
            raise InputError(f"{where} has an unknown field {field[:40]!r}.{did_you_mean(field, FIELDS)}", _REDO)
    style = document.get("style")
    if not isinstance(style, str):
        raise InputError(f'{where} names no style in "style".', "Choose one: phonoscope avatars --styles.")
    try:
        parts = parts_of(style)
    except UsageError as error:
        raise InputError(f'{where}, "style": {error.message}', error.remedy) from error
    return Character(
        style=style,
        options=_options(document.get("options"), parts, where),
        name=_word(document, "name", NAME, where),
        tags=_tags(document.get("tags", []), where),
        background=_background(document, where),
    )


def as_document(character: Character) -> dict[str, Any]:
    """Return a character as what JSON can hold."""
    return {
        "schema": SCHEMA,
        "name": character.name,
        "style": character.style,
        "background": character.background,
        "tags": list(character.tags),
        "options": dict(sorted(character.options.items())),
    }


def to_text(character: Character) -> str:
    """Return a character as the text of an avatar document."""
    return json.dumps(as_document(character), ensure_ascii=False, indent=2) + "\n"


def name_from(path: Path | str) -> str:
    """Return the name that a character gets from its file's, in the letters that a name may have."""
    stem = Path(path).name.lower().split(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:64].strip("-") or "avatar"


def _parsed(path: Path) -> dict[str, Any]:
    """Return the file's top object."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            # A named pipe would let us wait for ever.
            raise InputError(f"'{path}' is not an ordinary file.", "Give an avatar document.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise InputError(f"Cannot read '{path}': {reason}.", "Check its name and who may read it.") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"'{path}' is larger than {MAX_BYTES >> 10} KiB, so it is no avatar.", _REDO)
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{path}' is not sound JSON: {error}.", _REDO) from error
    if not isinstance(document, dict):
        raise InputError(f"'{path}' is no avatar: its top is not an object.", _REDO)
    return document


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a field that is given twice: which of them is meant?"""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"'{key[:40]}' is there twice")
        found[key] = value
    return found


def _upgraded(document: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the document in today's schema."""
    while (schema := document.get("schema")) != SCHEMA:
        upgrade = UPGRADES.get(schema) if isinstance(schema, str) else None
        if upgrade is None:
            if isinstance(schema, str) and re.fullmatch(r"avatar\.\d{1,9}", schema):
                raise InputError(f"{where} has the newer schema {schema}.", "Update Phonoscope to read it.")
            kind = str(schema).partition(".")[0]
            raise InputError(f"{where} is no avatar: its schema is not {SCHEMA}.", OTHERS.get(kind, _REDO))
        document = upgrade(document)
    return document


def _options(options: object, parts: StyleParts, where: str) -> dict[str, str]:
    """Return the options, each known to the style."""
    if not isinstance(options, dict):
        raise InputError(f'{where} has no "options".', _REDO)
    checked: dict[str, str] = {}
    for key, value in options.items():
        place = f'{where}, "options", {key[:40]!r}'
        if not isinstance(value, str):
            raise InputError(f"{place}: the value is not a text.", "Give each option one value.")
        known = {*(f"{p}{VARIANT_ENDING}" for p in parts.variants), *(f"{c}{COLOUR_ENDING}" for c in parts.colours)}
        if key not in known:
            raise InputError(
                f"{place}: the style {parts.style} has no such option.{did_you_mean(key, known)}",
                f"List them: phonoscope avatar options {parts.style}.",
            )
        if key.endswith(COLOUR_ENDING):
            checked[key] = _colour(value, place)
            continue
        variants = parts.variants[key.removesuffix(VARIANT_ENDING)]
        if value not in variants:
            raise InputError(
                f"{place}: there is no {value[:40]!r}.{did_you_mean(value, variants)}",
                f"List them: phonoscope avatar options {parts.style} --part {key.removesuffix(VARIANT_ENDING)}.",
            )
        checked[key] = value
    return checked


def _colour(value: str, place: str) -> str:
    if not COLOUR.fullmatch(value.lower()):
        raise InputError(f"{place}: {value[:40]!r} is no colour.", "Write it as #rrggbb.")
    return value.lower()


def _background(document: dict[str, Any], where: str) -> str:
    if "background" not in document:
        return Character("", {}).background
    value = document["background"]
    return _colour(value if isinstance(value, str) else "", f'{where}, "background"')


def _word(document: dict[str, Any], field: str, form: re.Pattern[str], where: str) -> str:
    value = document.get(field, "")
    if value != "" and not (isinstance(value, str) and form.fullmatch(value)):
        raise InputError(f'{where}, "{field}": not a name.', "Use lower-case letters, digits and hyphens, 64 at most.")
    return str(value)


def _tags(tags: object, where: str) -> tuple[str, ...]:
    if not isinstance(tags, list) or len(tags) > MAX_TAGS:
        raise InputError(f'{where}, "tags": not a list of up to {MAX_TAGS} words.', _REDO)
    for tag in tags:
        if not isinstance(tag, str) or not TAG.fullmatch(tag):
            raise InputError(
                f'{where}, "tags": {str(tag)[:40]!r} is no tag.', "Use lower-case letters, digits and hyphens."
            )
    return tuple(tags)
