from __future__ import annotations

import json

import jsonschema  # type: ignore[import-untyped]
import pytest
from pydantic import ValidationError
from tests.scene.document.random_documents import Maker
from tests.scene.document.scenes import document, scene

from phonoscope.scene.document.reading import load_data
from phonoscope.scene.document.schema import json_schema
from phonoscope.scene.document.variables import fill_in
from phonoscope.scene.document.video import SceneDocument
from phonoscope.scene.document.writing import to_data, to_json


def made(count: int) -> list[SceneDocument]:
    """Return documents at random that fit together."""
    schema = SceneDocument.model_json_schema()
    found: list[SceneDocument] = []
    for seed in range(count * 3):
        try:
            found.append(SceneDocument.model_validate(Maker(schema, seed).document()))
        except ValidationError:
            continue
        if len(found) == count:
            break
    return found


RANDOM = made(60)


def read_again(text: str) -> SceneDocument:
    filled = fill_in(load_data(text), {})
    assert filled.faults == []
    return SceneDocument.model_validate(filled.data)


def test_there_are_enough_documents_with_enough_in_them() -> None:
    assert len(RANDOM) == 60
    kinds = {overlay.kind for found in RANDOM for one in found.scenes for overlay in one.overlays}
    backgrounds = {found.background.kind for found in RANDOM}
    assert len(kinds) == 10
    assert len(backgrounds) == 6


@pytest.mark.parametrize("index", range(len(RANDOM)))
def test_what_is_written_is_read_as_the_same(index: int) -> None:
    found = RANDOM[index]
    text = to_json(found)
    again = read_again(text)
    # What in variables looks like one is left as it is.
    assert again == found
    assert to_json(again) == text


def test_what_is_written_fits_the_schema() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for found in RANDOM:
        for data in (to_data(found), found.model_dump(mode="json", by_alias=True)):
            assert [error.message for error in validator.iter_errors(data)] == []


def test_what_is_as_usual_is_left_out() -> None:
    short = document(scene(script="Hi {{name}}", background="navy"), variables={"name": {"default": "Bob"}})
    found = SceneDocument.model_validate(fill_in(short, {}).data)
    assert to_data(found) == {
        "schema": "scene.1",
        "variables": {"name": {"default": "Bob"}},
        "scenes": [{"script": "Hi Bob", "background": {"kind": "colour", "colour": "navy"}}],
    }


def test_the_order_is_that_of_the_models() -> None:
    data = {"scenes": [{"background": "red", "script": "x", "id": "a"}], "title": "t", "schema": "scene.1"}
    text = to_json(SceneDocument.model_validate(data))
    places = [text.index(f'"{name}"') for name in ("schema", "title", "scenes", "id", "script", "background")]
    assert places == sorted(places)
    assert text.endswith("}\n")
    assert json.loads(text)["schema"] == "scene.1"


def test_other_defaults_of_other_kinds_are_kept() -> None:
    data = document(
        scene(
            overlays=[
                {"kind": "lower-third", "name": "A", "enter": {"kind": "fade"}},
                {"kind": "watermark", "text": "x", "opacity": 1},
            ]
        )
    )
    found = SceneDocument.model_validate(data)
    assert to_data(found)["scenes"][0]["overlays"] == [
        {"kind": "lower-third", "enter": {"kind": "fade"}, "name": "A"},
        {"kind": "watermark", "opacity": 1, "text": "x"},
    ]
    assert read_again(to_json(found)) == found
