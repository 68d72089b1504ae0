"""Document → JSON text: short, in the order of the models, and the same document when it is read again."""

from __future__ import annotations

import json
from typing import Any, Final

from phonoscope.scene.document.model import Model
from phonoscope.scene.document.video import SCHEMA, SceneDocument, Variable

_WIDTH: Final = 100
"""An object or a list that fits is written on one line."""


def to_json(document: SceneDocument) -> str:
    """Return a document as JSON text, without what is as usual anyway."""
    return _written(to_data(document)) + "\n"


def to_data(document: SceneDocument) -> dict[str, Any]:
    """Return a document as what JSON can hold, without what is as usual anyway."""
    data = _part(document)
    return {"schema": SCHEMA} | {key: entry if key == "variables" else _escaped(entry) for key, entry in data.items()}


def _part(part: Model) -> dict[str, Any]:
    """Return the fields of a part that are not as usual, in the order of its model."""
    fields = type(part).model_fields
    data: dict[str, Any] = {}
    for name, field in fields.items():
        value = getattr(part, name)
        # Without its kind, nobody could tell what a part is; variables are texts unless told otherwise.
        tells = name == "kind" and not isinstance(part, Variable)
        if tells or field.is_required() or value != field.get_default(call_default_factory=True):
            data[field.alias or name] = _value(value)
    return data


def _value(value: Any) -> Any:
    if isinstance(value, Model):
        return _part(value)
    if isinstance(value, tuple):
        return [_value(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _value(entry) for key, entry in value.items()}
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _escaped(value: Any) -> Any:
    """Return a value in whose texts nothing looks like a variable: those of the document have been filled in."""
    if isinstance(value, str):
        return value.replace("{{", "\\{{")
    if isinstance(value, list):
        return [_escaped(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _escaped(entry) for key, entry in value.items()}
    return value


def _written(value: Any, indent: int = 0) -> str:
    """Return JSON with short parts on one line, so that people can read it."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(line) + indent <= _WIDTH:
        return line
    inner, outer = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {_written(entry, indent + 2)}" for key, entry in value.items()
        ]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{outer}}}"
    return "[\n" + ",\n".join(inner + _written(entry, indent + 2) for entry in value) + f"\n{outer}]"
