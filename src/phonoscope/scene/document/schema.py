"""The JSON Schema of scene documents, for editors that complete and check while one types.

It knows the short forms (``"background": "navy"``) and lets a variable (``"size": "{{size}}"``) stand for any value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.looks import Filter, Transition
from phonoscope.scene.document.places import CORNERS
from phonoscope.scene.document.video import SceneDocument

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
TITLE: Final = "Phonoscope scene"

EXAMPLES: Final[tuple[dict[str, Any], ...]] = (
    {
        "schema": "scene.1",
        "scenes": [{"avatars": [{"picture": "avatar:anna"}], "script": "Hello, and welcome!"}],
    },
    {
        "schema": "scene.1",
        "title": "An offer for {{name}}",
        "canvas": {"format": "9:16", "resolution": 1080},
        "variables": {"name": {"description": "Who is spoken to."}, "accent": {"kind": "colour", "default": "gold"}},
        "captions": {"style": "karaoke"},
        "music": "upbeat",
        "scenes": [
            {
                "avatars": [{"picture": "avatar:hugo", "crop": "circle", "y": 0.6, "size": 0.5}],
                "script": "Hello {{name}}! Here is something for you.",
                "background": {"kind": "gradient", "colours": ["#4568dc", "#b06ab3"]},
                "overlays": [
                    {"kind": "title", "title": "For {{name}}", "accent": "{{accent}}", "end": "word:something"}
                ],
            },
            {
                "duration_s": 2,
                "background": "black",
                "transition": "fade",
                "overlays": [{"kind": "text", "text": "Bye!"}],
            },
        ],
    },
)
"""Whole documents."""

_Json = dict[str, Any]

_VARIABLE: Final = "Variable-in-braces"
_VARIABLE_SCHEMA: Final[_Json] = {
    "type": "string",
    "pattern": r"\{\{[^{}]+\}\}",
    "description": "A variable, such as {{name}}.",
}
_TEXT: Final[_Json] = {"type": "string"}


def _kinds(model: type[Filter | Transition], without: frozenset[str] = frozenset()) -> _Json:
    kinds = get_args(model.model_fields["kind"].annotation)
    return {"type": "string", "enum": [kind for kind in kinds if kind not in without]}


SHORT_FORMS: Final[dict[str, Callable[[], _Json]]] = {
    "Captions": lambda: {"enum": [True, False, *get_args(Captions.model_fields["style"].annotation)]},
    "Place": lambda: {"type": "string", "enum": list(CORNERS)},
    "Transition": lambda: _kinds(Transition),
    "Filter": lambda: _kinds(Filter, frozenset({"lut", "look"})),
    "Music": lambda: _TEXT,
    "Effect": lambda: _TEXT,
    "Voice": lambda: _TEXT,
    "Recording": lambda: _TEXT,
    "ColourBackground": lambda: _TEXT,
}
"""By part: what may stand for it, mostly a text."""


def json_schema() -> dict[str, Any]:
    """Return the schema of scene documents (JSON Schema 2020-12)."""
    schema: _Json = _opened(SceneDocument.model_json_schema(), "")
    schema["properties"]["schema"] = {"const": "scene.1", "description": "The format of this document."}
    schema["properties"]["music"] = {
        "anyOf": [schema["properties"]["music"], _short({"$ref": "#/$defs/Music"})],
        "description": "Music under the voice; one piece, or several.",
    }
    schema["required"] = ["schema", *schema["required"]]
    for part in schema["$defs"].values():
        if "const" in part["properties"].get("kind", {}):
            # Without it, nobody could tell the members of a union apart.
            part["required"] = ["kind", *part.get("required", ())]
    schema["$defs"][_VARIABLE] = _VARIABLE_SCHEMA
    return {"$schema": DIALECT, **schema, "title": TITLE, "examples": list(EXAMPLES)}


def _opened(schema: Any, within: str) -> Any:
    """Return a schema that takes short forms and variables, too, and has no titles that only repeat names."""
    if isinstance(schema, list):
        return [_opened(entry, within) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    if within in ("properties", "$defs"):
        return {name: _opened(entry, name if within == "$defs" else "") for name, entry in schema.items()}
    plain = {
        key: entry
        if key in ("default", "enum", "const")
        else _opened(entry, key if key in ("properties", "$defs") else within)
        for key, entry in schema.items()
        if key not in ("title", "discriminator")
    }
    if within == "Variable":
        # In the descriptions of variables nothing is filled in.
        return plain
    if "$ref" in plain or "oneOf" in plain:
        return _short(plain)
    return _or_variable(plain)


def _short(schema: _Json) -> _Json:
    """Return a schema of a part that takes the short form of it, too."""
    refs = [schema.get("$ref", ""), *(entry.get("$ref", "") for entry in _alternatives(schema))]
    names = [ref.rpartition("/")[2] for ref in refs]
    form = next((SHORT_FORMS[name]() for name in names if name in SHORT_FORMS), None)
    if form is None:
        return schema
    about: _Json = {key: schema[key] for key in ("description", "default") if key in schema}
    rest = {key: entry for key, entry in schema.items() if key not in about}
    return {"anyOf": [rest, _or_variable(form)], **about}


def _alternatives(schema: _Json) -> list[_Json]:
    """Return the members of a union of parts, without what has been added to them."""
    return [entry for entry in schema.get("oneOf", ()) if isinstance(entry, dict)]


def _or_variable(schema: _Json) -> _Json:
    """Return the schema of a value that a variable may stand for, too."""
    closed = any(key in schema for key in ("enum", "const", "pattern"))
    kind = schema.get("type")
    free_text = (kind == "string" or (isinstance(kind, list) and "string" in kind)) and not closed
    if free_text or kind in ("object", "array", "null", None) or schema.get("const"):
        return schema
    about: _Json = {key: schema[key] for key in ("description", "default") if key in schema}
    rest = {key: entry for key, entry in schema.items() if key not in about}
    return {"anyOf": [rest, {"$ref": f"#/$defs/{_VARIABLE}"}], **about}
