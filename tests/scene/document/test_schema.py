from __future__ import annotations

import json
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from tests.scene.document.scenes import document, read, scene

from phonoscope.scene.document.schema import EXAMPLES, json_schema

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def fits(data: Any) -> bool:
    return bool(VALIDATOR.is_valid(data))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == "Phonoscope scene"
    assert "$id" not in json.dumps(SCHEMA)
    assert SCHEMA["examples"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_fit_and_are_read(example: dict[str, Any]) -> None:
    assert fits(example)
    values = {"name": "Bob"} if "variables" in example else {}
    assert read(example, values=dict(values)).document.scenes


@pytest.mark.parametrize(
    "data",
    [
        document(scene(background="navy", transition="fade", filters=["sepia"], effects=["pop"], voice="british")),
        document(scene(sound="a.wav", overlays=[{"kind": "text", "text": "x", "place": "bottom", "start": 1.5}])),
        document(music="calm"),
        document(music={"source": "calm"}),
        document(music=["calm", {"source": "upbeat"}]),
        document(canvas={"fps": 29.97}),
        document(
            scene(
                duration_s="{{d}}",
                background="{{c}}",
                transition="{{t}}",
                overlays=[
                    {"kind": "text", "text": "{{x}}", "place": "{{p}}", "look": {"size": "{{s}}", "weight": "{{w}}"}}
                ],
            )
        ),
        document(variables={"a": {"default": 3}}),
    ],
)
def test_short_forms_and_variables_fit(data: dict[str, Any]) -> None:
    assert fits(data)


@pytest.mark.parametrize(
    "data",
    [
        {"scenes": [{}]},
        {"schema": "scene.1"},
        document(colour=1),
        document(scene(overlays=[{"text": "x"}])),
        document(scene(overlays=[{"kind": "text", "text": "x", "place": "botom"}])),
        document(scene(transition="fdae")),
        document(scene(overlays=[{"kind": "text", "text": "x", "look": {"size": "large"}}])),
        document(scene(background={"kind": "image"})),
        document(seed=-1),
    ],
)
def test_what_is_wrong_does_not_fit(data: dict[str, Any]) -> None:
    assert not fits(data)


def test_every_part_is_described() -> None:
    for name, part in SCHEMA["$defs"].items():
        assert part.get("description"), name
