"""Choices: told from the models themselves, enough to build a form of any part of a document."""

from __future__ import annotations

from typing import get_args

import pytest
from fastapi.testclient import TestClient

from phonoscope.scene.document.captions import Captions
from phonoscope.scene.document.fields import kind_of, known_fields
from phonoscope.scene.document.looks import Transition
from phonoscope.scene.document.model import Model
from phonoscope.scene.document.overlays import Overlay
from phonoscope.scene.document.speaking import Avatar
from phonoscope.studio.catalogue.choices import Choices, choices
from phonoscope.studio.catalogue.parts import FieldTold, parts


def field(part: str, name: str) -> FieldTold:
    return next(one for one in parts()[part].fields if one.name == name)


def models(parent: type[Model] = Model) -> dict[str, type[Model]]:
    found = {model.__name__: model for model in parent.__subclasses__()}
    return found | {name: one for model in found.values() for name, one in models(model).items()}


def test_every_field_of_every_part_is_told() -> None:
    for name, part in parts().items():
        known = {key for key in known_fields(models()[name]) if key != "schema"}
        if part.kind is not None:
            known.discard("kind")
        assert {one.name for one in part.fields} == known, name
        assert part.kind == (kind_of(models()[name]) if name != "Filter" else None)


def test_choices_have_options_and_parts_have_parts() -> None:
    for name, part in parts().items():
        for one in part.fields:
            assert bool(one.options) == (one.kind == "choice"), (name, one.name)
            assert bool(one.parts) == (one.kind == "part"), (name, one.name)
            assert set(one.parts) <= set(parts())


def test_numbers_tell_their_range_and_default() -> None:
    size = field("Captions", "size")
    assert (size.kind, size.minimum, size.maximum, size.default) == ("number", 0.02, 0.25, 0.055)
    thickness = field("ProgressBar", "thickness")
    assert (thickness.above, thickness.minimum, thickness.maximum) == (0, None, 0.1)
    for name, part in parts().items():
        for one in part.fields:
            if one.kind in ("number", "integer"):
                assert one.maximum is not None and (one.minimum, one.above) != (None, None), (name, one.name)


@pytest.mark.parametrize(
    ("part", "name", "kind"),
    [
        ("Avatar", "picture", "avatar"),
        ("Avatar", "mirror", "switch"),
        ("Avatar", "cut_out", "switch"),
        ("Avatar", "faces", "names"),
        ("Captions", "colour", "colour"),
        ("Captions", "font", "font"),
        ("Captions", "weight", "choice"),
        ("Shape", "fill", "colour"),
        ("TextOverlay", "start", "moment"),
        ("Watermark", "image", "picture"),
        ("VideoBackground", "video", "video"),
        ("Recording", "file", "sound"),
        ("Music", "source", "music"),
        ("Effect", "source", "effect"),
        ("GradientBackground", "colours", "colour"),
    ],
)
def test_fields_tell_what_they_hold(part: str, name: str, kind: str) -> None:
    assert field(part, name).kind == kind


def test_what_may_be_null_and_what_is_a_list_is_told() -> None:
    assert field("Avatar", "cut_out").optional and not field("Avatar", "mirror").optional
    assert field("Scene", "overlays").many and field("Scene", "overlays").most == 100
    assert field("Avatar", "picture").required and not field("Avatar", "crop").required


def test_lists_are_those_of_the_models(client: TestClient) -> None:
    told = Choices.model_validate(client.get("/api/v1/choices").json())
    assert told == choices()
    assert told.transitions == list(get_args(Transition.model_fields["kind"].annotation))
    assert told.caption_styles == list(get_args(Captions.model_fields["style"].annotation))
    assert told.crops == list(get_args(Avatar.model_fields["crop"].annotation))
    kinds = [kind_of(model) for model in get_args(get_args(Overlay)[0])]
    assert list(told.overlays) == kinds and set(told.overlays.values()) <= set(told.parts)
    assert {one.kind: one.minimum for one in told.filters}["brightness"] == -1
    assert {one.kind: one.minimum for one in told.filters}["sepia"] == 0
    assert {one.name for one in told.formats} == {"16:9", "9:16", "1:1", "4:5"}
    assert "vintage" in told.looks and "hall" in told.voice_effects and "nod" in told.gestures
