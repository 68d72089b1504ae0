"""What each part of a document may hold, told from its models: enough to build a form of any of them."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal

from pydantic import BaseModel, Field

from phonoscope.scene.document.naming import WANTED
from phonoscope.scene.document.video import SceneDocument

FieldKind = Literal[
    "switch", "number", "integer", "choice", "text", "colour", "moment", "avatar", "picture", "video", "sound", "lut",
    "music", "effect", "font", "part", "names",
]  # fmt: skip

_Json = dict[str, Any]

_FORMATS: Final[dict[str, FieldKind]] = {"color": "colour", "moment": "moment"}
_TYPES: Final[dict[str, FieldKind]] = {"boolean": "switch", "number": "number", "integer": "integer"}


class FieldTold(BaseModel):
    """A field of a part of a document."""

    name: str
    kind: FieldKind = Field(description="What it holds; `names` is an object of values by names of the user's own.")
    default: Any = Field(None, description="What stands there when it is left out.")
    required: bool = False
    optional: bool = Field(False, description="It may be null.")
    many: bool = Field(False, description="It is a list of such.")
    most: int | None = Field(None, description="Most entries of a list, or most characters of a text.")
    minimum: float | None = None
    maximum: float | None = None
    above: float | None = Field(None, description="It is larger than this.")
    options: list[str | int] = Field(default_factory=list, description="Of a choice.")
    parts: list[str] = Field(default_factory=list, description="Of a part: names of the parts that it may be.")
    description: str = ""


class PartTold(BaseModel):
    """A part of a document."""

    description: str
    kind: str | None = Field(None, description="What it calls itself where several parts may stand.")
    fields: list[FieldTold]


@cache
def parts() -> dict[str, PartTold]:
    """Return all parts of documents by name; the whole is SceneDocument."""
    schema = SceneDocument.model_json_schema()
    found = {**schema.pop("$defs"), SceneDocument.__name__: schema}
    return {name: _part(name, part) for name, part in sorted(found.items())}


def options(part: str, field: str) -> list[str | int]:
    """Return what a field may be chosen from."""
    return next(one.options for one in parts()[part].fields if one.name == field)


def alternatives(part: str, field: str) -> dict[str, str]:
    """Return the parts that may stand at a place, by what they call themselves."""
    names = next(one.parts for one in parts()[part].fields if one.name == field)
    return {parts()[name].kind or name: name for name in names}


def _part(name: str, schema: _Json) -> PartTold:
    properties: _Json = schema.get("properties", {})
    fields = [
        _field(key, part, key in schema.get("required", ()), _WANTED.get((name, key)))
        for key, part in properties.items()
        if "const" not in part
    ]
    return PartTold(
        description=schema.get("description", ""), kind=properties.get("kind", {}).get("const"), fields=fields
    )


_WANTED: Final = {(part.__name__, _name): wanted for (part, _name), wanted in WANTED.items()}


def _field(name: str, schema: _Json, required: bool, wanted: FieldKind | None) -> FieldTold:
    """Return what a schema tells of a field; what is said beside a list or `null` counts for what is in it."""
    told, inner = {**schema}, schema
    optional = many = False
    most = None
    while True:
        arms = [arm for arm in inner.get("anyOf", ()) if arm.get("type") != "null"]
        if arms:
            optional, inner = optional or len(arms) < len(inner["anyOf"]), arms[0]
        elif inner.get("type") == "array":
            many, most, inner = True, inner.get("maxItems"), _entries(inner)
        else:
            break
        told = {**inner, **told}
    return FieldTold(
        name=name,
        kind=wanted or _kind(inner),
        default=schema.get("default"),
        required=required,
        optional=optional,
        many=many,
        most=most or told.get("maxLength"),
        minimum=told.get("minimum"),
        maximum=told.get("maximum"),
        above=told.get("exclusiveMinimum"),
        options=told.get("enum", []),
        parts=_names(inner),
        description=told.get("description", ""),
    )


def _entries(schema: _Json) -> _Json:
    entries: _Json = schema.get("items") or schema["prefixItems"][0]
    return entries


def _kind(schema: _Json) -> FieldKind:
    if _names(schema):
        return "part"
    if "enum" in schema:
        return "choice"
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    if schema.get("type") == "object":
        return "names"
    return _TYPES.get(str(schema.get("type")), "text")


def _names(schema: _Json) -> list[str]:
    """Return the names of the parts that a schema refers to."""
    return [it["$ref"].rpartition("/")[2] for it in (schema, *schema.get("oneOf", ())) if "$ref" in it]
