"""Documents of older schemas, of newer ones, and of other kinds."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from phonoscope.core.errors import SceneError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.faults import shown
from phonoscope.scene.document.video import SCHEMA

UPGRADES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By schema: what turns a document into the next newer schema, until it is `SCHEMA`."""

OTHERS: Final = {
    "avatar": "It is a drawn avatar: name it as the picture of an avatar in a scene.",
    "rig": "It marks the faces of a photo: keep it beside the photo, and name the photo in a scene.",
    "performance": "It plays on an avatar: phonoscope mimic avatar:anna FILE.",
    "avatar-layers": "It belongs to a drawing: name the SVG as the picture of an avatar in a scene.",
}
"""By the kind of another of our documents: what to do with it instead."""

_ADD: Final = f'Begin it with "schema": "{SCHEMA}".'


def upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document in today's schema.

    Raises
    ------
    SceneError
        It has none, one that is newer, or is another kind of document.
    """
    while (schema := document.get("schema")) != SCHEMA:
        upgrade = UPGRADES.get(schema) if isinstance(schema, str) else None
        if upgrade is None:
            raise _refusal(schema)
        document = upgrade(document)
    return document


def _refusal(schema: object) -> SceneError:
    if schema is None:
        return SceneError("it names no schema, so it is no scene document.", _ADD, "schema")
    if not isinstance(schema, str):
        return SceneError(f"the schema is {shown(schema)}, not a text.", _ADD, "schema")
    kind, _, version = schema.partition(".")
    if kind == "scene" and re.fullmatch(r"[1-9]\d{0,8}", version):
        return SceneError(f"it has the newer schema {schema}.", "Update Phonoscope to read it.", "schema")
    if kind in OTHERS:
        return SceneError(f"it is no scene document: its schema is {schema[:40]}.", OTHERS[kind], "schema")
    near = did_you_mean(schema, [SCHEMA])
    return SceneError(f"it is no scene document: its schema is {shown(schema)}.{near}", _ADD, "schema")
