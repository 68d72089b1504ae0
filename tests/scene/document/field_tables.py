"""Tables of all fields in docs/scene.md, made from the models.

After a change of the models:  python -m tests.scene.document.field_tables
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from phonoscope.scene.document.fields import kind_of
from phonoscope.scene.document.model import Model
from phonoscope.scene.document.naming import WANTED
from phonoscope.scene.document.overlays import OverlayBase
from phonoscope.scene.document.schema import SHORT_FORMS
from phonoscope.scene.document.video import SceneDocument

PAGE = Path(__file__).parents[3] / "docs" / "scene.md"
_MARK = re.compile(r"(<!-- fields of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

Json = dict[str, Any]

NAMES = {
    "Place": "[place](#places)", "Animation": "[animation](#comings-and-goings)", "TextLook": "[look](#looks-of-text)",
    "PanZoom": "[pan and zoom](#pan-and-zoom)", "CanvasSize": "[canvas](#canvas)", "Voice": "[voice](#voice)",
    "Recording": "[recording](#recording)", "Captions": "[captions](#captions)", "Music": "[music](#music)",
    "Effect": "[effect](#sound-effects)", "Filter": "[filter](#filters)", "Transition": "[transition](#transitions)",
    "Interaction": "[interaction](#interactive-videos)", "Choice": "[choice](#interactive-videos)",
    "Variable": "[variable](#variables)", "Avatar": "[avatar](#avatars)", "Scene": "[scene](#scenes)",
}  # fmt: skip
"""By part: what it is called in tables, and where it is explained."""

PLAIN = {
    "background": "[background](#backgrounds)",
    "overlays": "list of [overlays](#overlays)",
    "fps": "number, or a fraction such as `30000/1001`",
    "start": "[moment](#moments)",
    "end": "[moment](#moments)",
    "at_moment": "[moment](#moments)",
    "gaze": "text",
}


def models() -> dict[str, type[Model]]:
    """Return every part of a document by its name."""
    found: dict[str, type[Model]] = {}

    def collect(base: type[Model]) -> None:
        for model in base.__subclasses__():
            found[model.__name__] = model
            collect(model)

    collect(Model)
    used = {*SceneDocument.model_json_schema()["$defs"], "SceneDocument", "OverlayBase"}
    return {name: model for name, model in found.items() if name in used}


def table(model: type[Model]) -> str:
    """Return the fields of a part as Markdown."""
    schema = model.model_json_schema()
    lines = ["| field | what it is | as usual | |", "|---|---|---|---|"]
    for name, about in schema["properties"].items():
        if name == "kind" and kind_of(model):
            lines.append(f"| `kind` | `{kind_of(model)}` | needed | |")
        elif not _is_inherited(model, name):
            lines.append(f"| `{name}` | {_what(about, name, model)} | {_usual(model, name)} | {_about(about)} |")
    return "\n".join(lines) + "\n"


def _is_inherited(model: type[Model], name: str) -> bool:
    """Tell whether a field is told with what all overlays have."""
    if not issubclass(model, OverlayBase) or model is OverlayBase or name not in OverlayBase.model_fields:
        return False
    return bool(model.model_fields[name].default == OverlayBase.model_fields[name].default)


def _about(about: Json) -> str:
    return str(about.get("description", "")).replace("|", "\\|")


def _usual(model: type[Model], name: str) -> str:
    field = next(field for key, field in model.model_fields.items() if (field.alias or key) == name)
    if field.is_required() or name == "schema":
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}, ""):
        return ""
    if isinstance(value, Model):
        fields = value.model_dump(mode="json", exclude_defaults=True)
        return ", ".join(f"{key} {_written(entry)}" for key, entry in fields.items())
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(map(_written, value))
    if isinstance(value, float):
        return f"`{value:g}`"
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def _what(about: Json, name: str, model: type[Model]) -> str:
    key = "at_moment" if (model.__name__, name) == ("Effect", "at") else name
    if name == "schema":
        return "`scene.1`"
    if key in PLAIN and "width" not in name:
        return PLAIN[key]
    if (model, name) in WANTED:
        return {"avatar": "file, or `avatar:NAME`", "music": "name or file", "effect": "name or file",
                "font": "name or file"}.get(WANTED[model, name], "file")  # fmt: skip
    return _type(about)


def _type(about: Json) -> str:
    """Return what a value may be, in words."""
    if "$ref" in about:
        part = about["$ref"].rpartition("/")[2]
        words: str = NAMES.get(part, part.lower())
        short = {"Place": "", "Captions": ", `true`, or a style"}.get(part, ", or text")
        return words + short if part in SHORT_FORMS else words
    if "anyOf" in about:
        kinds = dict.fromkeys(_type(entry) for entry in about["anyOf"] if entry.get("type") != "null")
        return " or ".join(kinds)
    if "enum" in about or "const" in about:
        return ", ".join(f"`{value}`" for value in about.get("enum", [about.get("const")]))
    return _plain_type(about, about.get("type"))


def _plain_type(about: Json, kind: Any) -> str:
    if kind in ("number", "integer"):
        return _number(about, "whole number" if kind == "integer" else "number")
    if kind == "array":
        if "prefixItems" in about:
            return f"list of {len(about['prefixItems'])} colours"
        several = _type(about["items"])
        return f"list of {several.replace('](', 's](') if '](' in several and 'music' not in several else several}"
    if kind == "object":
        values = about.get("additionalProperties") or next(iter(about["patternProperties"].values()))
        return f"names, each with {_type(values)}"
    return {"boolean": "`true`, `false`"}.get(str(kind), "text")


def _number(about: Json, noun: str) -> str:
    low = about.get("minimum", about.get("exclusiveMinimum"))
    high = about.get("maximum", about.get("exclusiveMaximum"))
    above = "more than " if "exclusiveMinimum" in about else ""
    return f"{noun}, {above}{low:g} to {high:,.10g}" if low is not None and high is not None else noun


def filled(page: str) -> str:
    """Return the page with its tables as the models are."""
    return _MARK.sub(lambda found: f"{found[1]}{table(models()[found[2]])}{found[3]}", page)


def mentioned(page: str) -> set[str]:
    """Return the parts that have a table."""
    return {found[2] for found in _MARK.finditer(page)}


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
