"""Documents at random, made from the JSON Schema: whatever it allows, within the limits of what fits together."""

from __future__ import annotations

import random
from typing import Any

Json = dict[str, Any]

COLOURS = ["red", "#123", "#a0b1c2", "#11223344"]
TEXTS = ["", "Hello", "Grüße {{ und }} Küsse", "日本語", 'a "b" \\ c', "line\nline", "{{{", r"\{{x}}"]
BY_NAME: dict[str, list[str]] = {
    "fps": ["25", "30", "30000/1001"],
    "start": ["0", "1.5", "word:hello", "50%"],
    "end": ["end", "end-0.5", "90%"],
    "at": ["0", "2.25", "end-1"],
    "gaze": ["viewer", "left", "10,-5"],
    "url": ["", "https://example.org/x"],
}
"""Values of fields whose form a schema does not tell."""


COLOUR_FIELDS = frozenset(
    {
        "colour", "colours", "highlight", "outline_colour", "box_colour", "border_colour", "accent", "backdrop", "fill",
        "stroke", "track", "box", "bars", "speaker_colours",
    }
)  # fmt: skip


def _fitting(made: Json, part: str) -> Json:
    """Take out what contradicts the rest."""
    made = {name: value for name, value in made.items() if name != "end_s"}
    if part == "Filter":
        made = {name: value for name, value in made.items() if name not in ("file", "name")}
        made["kind"], made["amount"] = "sepia" if made["kind"] in ("lut", "look") else made["kind"], 0.25
    elif part == "CanvasSize":
        made.pop("width", None)
        made.pop("height", None)
    elif part == "Variable":
        made = {"kind": "choice", "choices": ["a", "{{b}}"]} if made["kind"] == "choice" else {**made, "choices": []}
        made.pop("default", None)
    elif part == "Scene":
        if made.get("script"):
            made.pop("sound", None)
        made["duration_s"] = 3
        made.pop("next" if "interaction" in made else "interaction", None)
    return made


class Maker:
    """Makes documents.

    Parameters
    ----------
    schema
        Of pydantic: without short forms.
    """

    def __init__(self, schema: Json, seed: int) -> None:
        self._schema = schema
        self._random = random.Random(seed)

    def document(self) -> Json:
        made = self._object(self._schema, 0)
        made["schema"] = "scene.1"
        return made

    def _object(self, schema: Json, depth: int) -> Json:
        required = schema.get("required", ())
        share = 0.6 if depth < 2 else 0.3
        made = {
            name: self._value(about, name, depth + 1)
            for name, about in schema.get("properties", {}).items()
            if name in required or name == "kind" or self._random.random() < share
        }
        return _fitting(made, schema.get("title", ""))

    def _value(self, schema: Json, name: str, depth: int) -> Any:
        if "$ref" in schema:
            return self._object(self._schema["$defs"][schema["$ref"].rpartition("/")[2]], depth)
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            return self._value(self._random.choice(choices), name, depth)
        if "const" in schema or "enum" in schema:
            return self._random.choice(schema.get("enum") or [schema["const"]])
        return self._plain(schema, name, depth)

    def _plain(self, schema: Json, name: str, depth: int) -> Any:
        kind = schema["type"]
        if kind == "array":
            return self._list(schema, name, depth)
        if kind == "object":
            values = schema.get("additionalProperties") or next(iter(schema["patternProperties"].values()))
            return {f"key{n}": self._value(values, name, depth) for n in range(2)}
        if kind in ("number", "integer"):
            return self._number(schema, kind == "integer")
        if kind in ("boolean", "null"):
            return self._random.random() < 0.5 if kind == "boolean" else None
        return self._text(schema, name)

    def _list(self, schema: Json, name: str, depth: int) -> list[Any]:
        if "prefixItems" in schema:
            return [self._value(entry, name, depth) for entry in schema["prefixItems"]]
        least, most = schema.get("minItems", 0), min(schema.get("maxItems", 3), 3)
        return [self._value(schema["items"], name, depth) for _ in range(self._random.randint(least, max(least, most)))]

    def _text(self, schema: Json, name: str) -> str:
        known = COLOURS if name in COLOUR_FIELDS else BY_NAME.get(name)
        if known:
            return self._random.choice(known)
        if "pattern" in schema:
            return f"n{self._random.randrange(1000)}"
        fitting = [
            text for text in TEXTS if schema.get("minLength", 0) <= len(text.strip()) <= schema.get("maxLength", 99)
        ]
        return self._random.choice(fitting)

    def _number(self, schema: Json, whole: bool) -> float:
        low: Any = schema.get("minimum", schema.get("exclusiveMinimum", -10))
        high: Any = min(schema.get("maximum", schema.get("exclusiveMaximum", 10)), low + 1000)
        if whole:
            return self._random.randint(low, high)
        most: float = self._random.choice([high, (low + high) / 2, low + (high - low) * self._random.random()])
        return most
