"""docs/scene.md: its examples are read, and its tables are those of the models."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from tests.scene.document.field_tables import PAGE, filled, mentioned, models
from tests.scene.document.scenes import KNOWN, document, picture, read

from phonoscope.scene.document.finding import is_file
from phonoscope.scene.document.naming import Named, all_named
from phonoscope.scene.document.schema import json_schema
from phonoscope.scene.document.variables import fill_in
from phonoscope.scene.document.video import SceneDocument

TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"^```json ?(\w*)\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
VALIDATOR = jsonschema.Draft202012Validator(json_schema())
VALUES = {"name": "Anna", "city": "Paris", "photo": "anna.jpg"}


def whole(kind: str, text: str) -> dict[str, Any]:
    """Return the document of an example: a whole one, or the fields of a scene or of a document."""
    data: dict[str, Any] = json.loads(text)
    if kind == "scene":
        return document({"duration_s": 10, **data} if not data.keys() & {"script", "sound"} else data)
    return {**document(), **data} if kind == "document" else data


def put_file(it: Named, folder: Path) -> None:
    place = folder / it.name
    place.parent.mkdir(parents=True, exist_ok=True)
    if it.wanted in ("picture", "avatar"):
        picture(place.with_suffix(".png")).rename(place)
    elif it.wanted == "lut":
        place.write_text("LUT_3D_SIZE 2\n" + "0 0 0\n" * 8)
    else:
        heads = {"video": b"\0\0\0\x20ftypisom", "font": b"OTTO"}
        place.write_bytes(heads.get(it.wanted, b"ID3") + bytes(99))


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_examples_are_read(kind: str, text: str, tmp_path: Path) -> None:
    data = whole(kind, text)
    values = {name: value for name, value in VALUES.items() if f"{{{{{name}}}}}" in text}
    named = all_named(SceneDocument.model_validate(fill_in(data, values).data))
    for it in named:
        if is_file(it, KNOWN):
            put_file(it, tmp_path)
    assert read(data, tmp_path, dict(values), known=KNOWN).document.scenes
    assert [error.message for error in VALIDATOR.iter_errors(data)] == []


def test_there_are_examples_for_everything() -> None:
    kinds = set(re.findall(r'"kind": "([\w-]+)"', TEXT))
    for model in models().values():
        kind = model.model_fields.get("kind")
        if kind is not None and kind.is_required() is False and kind.default and model.__name__.endswith("Background"):
            assert kind.default in kinds | {"colour", "blur", "transparent"}
    assert len(EXAMPLES) >= 15


def test_every_field_of_every_part_is_told() -> None:
    assert mentioned(TEXT) == set(models())


def test_tables_are_those_of_the_models() -> None:
    assert filled(TEXT) == TEXT, "run: python -m tests.scene.document.field_tables"
