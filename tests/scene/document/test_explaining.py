from __future__ import annotations

from typing import Any

import pytest
from tests.scene.document.field_tables import models
from tests.scene.document.scenes import document, faults, read, scene

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.faults import MOST_FAULTS, gathered, path_of
from phonoscope.scene.document.synonyms import LOOKS, SYNONYMS


def overlay(**fields: Any) -> dict[str, Any]:
    return document(scene(overlays=[{"kind": "text", "text": "x"}, fields]))


@pytest.mark.parametrize(
    ("data", "path", "told"),
    [
        (document(colour=1), "colour", "no such field"),
        (document(scens=[]), "scens", "Did you mean scenes?"),
        (overlay(kind="text", text="x", colr="red"), "scenes[0].overlays[1].colr", "There may be: id, start"),
        (overlay(kind="text", text="x", wdith=1), "scenes[0].overlays[1].wdith", "Did you mean width?"),
        (overlay(kind="text"), "scenes[0].overlays[1].text", "missing"),
        (overlay(kind="imge", image="x"), "scenes[0].overlays[1].kind", "Did you mean image?"),
        (overlay(text="x"), "scenes[0].overlays[1].kind", "Add it: text, lower-third, title"),
        (document(scene(background={"image": "x.jpg"})), "scenes[0].background.kind", "Add it: colour, gradient"),
        (overlay(kind="text", text="x", color="red"), "scenes[0].overlays[1].color", '"look": {'),
        (overlay(kind="text", text="x", fontSize=40), "scenes[0].overlays[1].fontSize", '"look": {'),
        (overlay(kind="text", text="x", position="top"), "scenes[0].overlays[1].position", "It is called place here."),
        (overlay(kind="lower-third", name="A", title="B"), "scenes[0].overlays[1].title", "It is called name here."),
        (overlay(kind="emoji", emoji=":cake:"), "scenes[0].overlays[1].emoji", "Write the emoji itself"),
        (overlay(kind="text", text="x", start="hello"), "scenes[0].overlays[1].start", 'Did you mean "word:hello"?'),
        (document(scene(text="x")), "scenes[0].text", "It is called script here."),
        (document(scene(avatars=[{"picture": "avatar:anna", "flip": True}])), "scenes[0].avatars[0].flip", "mirror"),
        (document(scene(background="light blue")), "scenes[0].background", "Did you mean lightblue"),
        (document(captions="karaok"), "captions", "Did you mean karaoke?"),
        (document(captions={"position": "center"}), "captions.position", "It is called middle here."),
        (document(canvas={"format": "portrait"}), "canvas.format", "It is called 9:16 here."),
        (document(captions=3), "captions", "an object is needed"),
        (overlay(kind="text", text=3), "scenes[0].overlays[1].text", "a text is needed"),
        (overlay(kind="text", text="x", text_="y"), "scenes[0].overlays[1].text_", "Did you mean text"),
        (overlay(kind="text", text="x", place={"att": 1}), "scenes[0].overlays[1].place.att", "Did you mean at?"),
        (overlay(kind="text", text="x", place="botom"), "scenes[0].overlays[1].place", "Did you mean bottom"),
        (overlay(kind="text", text="x", look={"size": 9}), "scenes[0].overlays[1].look.size", "at most 0.6"),
        (overlay(kind="text", text="x", look={"weight": 500}), "scenes[0].overlays[1].look.weight", "400, 700"),
        (overlay(kind="text", text="x", enter={"kind": "fda"}), "scenes[0].overlays[1].enter.kind", "fade"),
        (overlay(kind="text", text="x", start="soon"), "scenes[0].overlays[1].start", "is no moment"),
        (overlay(kind="qr", text=""), "scenes[0].overlays[1].text", "is empty"),
        (overlay(kind="emoji", emoji="x" * 40), "scenes[0].overlays[1].emoji", "too long: 40 characters"),
        (document(scene(overlays={"kind": "text"})), "scenes[0].overlays", "a list is needed"),
        (document(scene(overlays=["x"])), "scenes[0].overlays[0]", "an object is needed"),
        (document(scene(background="bleu")), "scenes[0].background", "no colour"),
        (document(scene(background={"kind": "gradient", "colours": ["red"]})), "scenes[0].background.colours[1]",
         "Add it"),
        (document(scene(background={"kind": "image"})), "scenes[0].background.image", "missing"),
        (document(scene(background=7)), "scenes[0].background", "an object is needed"),
        (document(scene(transition="fdae")), "scenes[0].transition", "Did you mean fade?"),
        (document(scene(filters=["sepiaa"])), "scenes[0].filters[0]", "Did you mean sepia?"),
        (document(scene(filters=[{"kind": "blur", "amount": -1}])), "scenes[0].filters[0]", "Give 0 to 1"),
        (document(scene(id="a b")), "scenes[0].id", "is no name"),
        (document(scene(next="a b")), "scenes[0].next", "is no name"),
        (document(scene(script="x", sound="y.wav")), "scenes[0]", "Keep one of them."),
        (document({}), "scenes[0]", "its length is not known"),
        (document(scene(avatars=[{"picture": "avatar:anna", "faces": {"A": "lft"}}])), "scenes[0].avatars[0].faces.A",
         "Did you mean left?"),
        (document(scene(avatars=[{"picture": "avatar:anna", "faces": {"A": None}}])), "scenes[0].avatars[0].faces.A",
         "a whole number or one of left, middle, right, off is needed"),
        (document(scene(avatars=[{"picture": "avatar:anna", "gaze": "lefft"}])), "scenes[0].avatars[0].gaze",
         "no way to look"),
        (document(music={"source": "calm", "lop": 1}), "music.lop", "Did you mean loop?"),
        (document(music=[{"source": "calm", "loop": "perhaps"}]), "music[0].loop", "true or false"),
        (document(canvas={"width": 3, "height": 100}), "canvas.width", "at least 64"),
        (document(canvas={"width": 100}), "canvas", "both width and height"),
        (document(canvas={"fps": "fast"}), "canvas.fps", "not a frame rate"),
        (document(canvas={"format": "16:10"}), "canvas.format", "16:9, 9:16, 1:1, 4:5"),
        (document(seed=2.5), "seed", "a whole number"),
        (document(seed="2.5"), "seed", "a whole number"),
        (document(title=None), "title", "a text is needed"),
        (document(loudness_lufs=0), "loudness_lufs", "at most -5"),
        (document(variables={"a b": {}}), 'variables["a b"]', "is no name"),
        (document(variables={"a": {"kind": "choice"}}), "variables.a", "has choices"),
        (document(variables={"a": {"default": [1]}}), "variables.a.default", "a text or a number is needed"),
        (document(variables=[]), "variables", "an object is needed"),
        ({"schema": "scene.1"}, "scenes", "missing"),
        ({"schema": "scene.1", "scenes": []}, "scenes", "Add an entry"),
        ({"schema": "scene.1", "scenes": "x"}, "scenes", "a list is needed"),
    ],
)  # fmt: skip
def test_one_fault(data: dict[str, Any], path: str, told: str) -> None:
    found = faults(data)
    assert set(found) == {path}
    assert told in found[path]


def test_every_fault_is_told_at_once_with_its_place() -> None:
    data = document(
        scene(background="bleu", overlays=[{"kind": "imag"}, {"kind": "text", "text": 1, "colr": 2}]),
        scene(script="{{nobody}}"),
        titel="x",
        variables={"name": {}},
    )
    assert faults(data).keys() == {
        "scenes[0].background",
        "scenes[0].overlays[0].kind",
        "scenes[0].overlays[1].text",
        "scenes[0].overlays[1].colr",
        "scenes[1].script",
        "titel",
    }


def test_a_flood_of_faults_is_cut() -> None:
    with pytest.raises(SceneError) as caught:
        read(document(*[scene(x=1)] * 100))
    assert len(caught.value.faults) == 100
    assert str(caught.value).count("\n") == MOST_FAULTS + 1
    assert "and 80 more" in str(caught.value)
    assert caught.value.path == "scenes[0].x"


def test_one_fault_reads_as_a_sentence() -> None:
    error = gathered([SceneError("it is missing.", "Add it.", "scenes[0].script")], "'a.json'")
    assert str(error) == "'a.json', scenes[0].script: it is missing. Add it."
    assert error.faults[0].message == "it is missing."


def test_paths_with_strange_names() -> None:
    assert path_of(("a", 0, "b-c", "d e")) == 'a[0].b-c["d e"]'
    assert "\x1b" not in path_of(("\x1b[31m",))


def test_a_field_of_type_is_told_to_be_the_kind() -> None:
    found = faults(overlay(type="text", text="x"))
    assert "not called type" in found["scenes[0].overlays[1].kind"]


def test_fields_are_only_said_to_be_called_what_there_is() -> None:
    names = set().union(*(model.model_fields for model in models().values())) | {"schema"}
    assert {name for meant in SYNONYMS.values() for name in meant} <= names
    assert all(word.isalpha() and word.islower() for word in {*SYNONYMS, *LOOKS})


@pytest.mark.parametrize(
    ("given", "shown", "style"), [(True, True, "block"), (False, False, "block"), ("word", True, "word")]
)
def test_captions_in_a_word(given: bool | str, shown: bool, style: str) -> None:
    captions = read(document(captions=given)).document.captions
    assert (captions.shown, captions.style) == (shown, style)
