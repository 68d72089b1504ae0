from __future__ import annotations

from typing import Any

import pytest
from tests.scene.document.scenes import document, faults, read, scene

from phonoscope.scene.document.variables import fill_in, variable_names
from phonoscope.scene.document.video import SceneDocument


def filled(text: str, **values: str | float) -> str:
    return read(document(title=text), values=values).document.title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Hello {{name}}!", "Hello Bob!"),
        ("{{ name }}", "Bob"),
        ("{{name}}{{name}}", "BobBob"),
        (r"\{{name}}", "{{name}}"),
        (r"\{{{{name}}}}", "{{Bob}}"),
        ("{name} }} {", "{name} }} {"),
        (r"\\{{name}}", r"\{{name}}"),
    ],
)
def test_texts_are_filled_in(text: str, title: str) -> None:
    values = {"name": "Bob"} if "Bob" in title else {}
    assert filled(text, **values) == title


def test_values_are_not_looked_through_again() -> None:
    assert filled("{{a}} {{b}}", a="{{b}}", b="{{a}}") == "{{b}} {{a}}"
    assert filled("{{a}}", a=r"\{{x}}") == r"\{{x}}"


def test_every_place_with_a_variable_without_value_is_told() -> None:
    data = document(
        scene(script="Hi {{nmae}}", overlays=[{"kind": "text", "text": "{{name}} {{price}}"}]),
        title="{{first name}} {{open",
        variables={"name": {"description": "Who is greeted."}, "price": {"default": 3}},
    )
    found = faults(data)
    assert found.keys() == {"scenes[0].script", "scenes[0].overlays[0].text", "title"}
    assert "nmae" in found["scenes[0].script"] and "Did you mean name?" in found["scenes[0].script"]
    assert (
        "--set name=" in found["scenes[0].overlays[0].text"]
        and "Who is greeted." in found["scenes[0].overlays[0].text"]
    )
    assert "write \\\\{{" in found["title"]


def test_a_variable_without_a_value_is_told_once() -> None:
    data = document(scene(script="{{name}}, {{name}}!"), title="For {{name}}", variables={"name": {}})
    assert faults(data).keys() == {"scenes[0].script"} or faults(data).keys() == {"title"}


def test_faults_behind_variables_are_not_told_twice() -> None:
    data = document(scene(overlays=[{"kind": "text", "text": "x", "look": {"size": "{{size}}", "colour": "rde"}}]))
    found = faults(data)
    assert found.keys() == {"scenes[0].overlays[0].look.size", "scenes[0].overlays[0].look.colour"}
    assert "has no value" in found["scenes[0].overlays[0].look.size"]


def test_values_stand_for_numbers_colours_and_times() -> None:
    data = document(
        scene(
            background="{{colour}}",
            overlays=[{"kind": "text", "text": "{{n}} of {{x}}", "start": "{{at}}", "look": {"size": "{{x}}"}}],
            filters=[{"kind": "grain", "amount": "{{x}}"}],
        ),
        seed="{{n}}",
        variables={
            "n": {"kind": "number", "default": 3.0},
            "x": {"kind": "number"},
            "colour": {"kind": "colour", "default": "navy"},
            "at": {"kind": "choice", "choices": ["0", "1.5"], "default": "1.5"},
        },
    )
    found = read(data, values={"x": 0.25}).document
    assert found.seed == 3
    overlay = found.scenes[0].overlays[0]
    assert (overlay.text, overlay.start, overlay.look.size) == ("3 of 0.25", "1.5", 0.25)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ({"kind": "colour"}, "blurple", "no colour"),
        ({"kind": "number"}, "three", "no number"),
        ({"kind": "number"}, "nan", "no number"),
        ({"kind": "number"}, "1_000", "no number"),
        ({"kind": "number"}, "inf", "no number"),
        ({"kind": "choice", "choices": ["a", "b"]}, "c", "Choose one of: a, b."),
        ({"max_length": 3}, "four", "has 4 characters; at most 3"),
        ({"kind": "picture"}, " ", "is empty"),
        ({"kind": "picture"}, "x" * 2000, "2,000 characters"),
        ({}, "\x1b[31m", "control characters"),
        ({}, "\ud800", "control characters"),
    ],
)
def test_values_that_do_not_fit(variable: dict[str, Any], value: str, told: str) -> None:
    found = faults(document(title="{{v}}", variables={"v": variable}), values={"v": value})
    assert found.keys() == {"variables.v"}
    assert told in found["variables.v"]


def test_defaults_are_checked_too() -> None:
    assert "its default" in faults(document(variables={"v": {"kind": "colour", "default": "blurple"}}))["variables.v"]


def test_values_for_nothing_are_refused() -> None:
    found = faults(document(title="{{name}}", variables={"name": {"default": "x"}}), values={"nmae": "Bob"})
    assert 'no variable "nmae". Did you mean name?' in found[""]


def test_a_value_need_not_be_described() -> None:
    assert filled("{{anything}}", anything="yes") == "yes"


def test_fields_cannot_have_variables() -> None:
    data = document(scene(captions={"speaker_colours": {"{{who}}": "red"}}))
    assert any("name of a field" in told for told in faults(data, values={}).values())


def test_variables_describe_themselves_as_they_are() -> None:
    data = document(title="{{a}}", variables={"a": {"description": "Like {{b}}.", "default": "x"}})
    assert read(data).document.variables["a"].description == "Like {{b}}."


def test_long_values_that_are_used_often_are_refused() -> None:
    found = faults(document(title="{{a}}" * 300, variables={"a": {"max_length": 200_000}}), values={"a": "x" * 190_000})
    assert "too large" in found[""]


def test_names_of_all_variables() -> None:
    data = document(scene(script=r"{{b}} \{{c}} {{ d }}"), title="{{a}} {{b}}", variables={"z": {}, "a": {}})
    assert set(variable_names(data)) == {"z", "a", "b", "d"}


def test_the_given_data_is_left_alone() -> None:
    data = document(title="{{a}}")
    fill_in(data, {"a": "x"})
    assert data == document(title="{{a}}")
    assert isinstance(read(data, values={"a": "x"}).document, SceneDocument)
