"""Documents are opened by their file, by a template's name, or as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

import phonoscope
from phonoscope import open_scene
from phonoscope.core.errors import SceneError
from phonoscope.templates import template_names

HELLO = {"schema": "scene.1", "scenes": [{"script": "Hello, {{name}}!"}], "variables": {"name": {"default": "Sam"}}}


def test_a_document_of_python_is_opened_as_it_is() -> None:
    assert open_scene(HELLO).document.scenes[0].script == "Hello, Sam!"
    assert open_scene(HELLO, {"name": "Anna"}).document.scenes[0].script == "Hello, Anna!"


def test_names_in_it_are_checked() -> None:
    with pytest.raises(SceneError, match="relaxing"):
        open_scene({**HELLO, "music": "relaxing"})


def test_what_may_have_been_meant_is_told(tmp_path: Path) -> None:
    (tmp_path / "lesson.json").write_text("{}")
    with pytest.raises(SceneError, match=r"There is no document '.*lessn\.json'\. Did you mean .*lesson\.json\?"):
        open_scene(tmp_path / "lessn.json")
    name = template_names()[0]
    with pytest.raises(SceneError, match=f"no template '{name}s'. Did you mean {name}"):
        open_scene(f"{name}s")


def test_everything_that_is_offered_can_be_imported() -> None:
    for name in phonoscope.__all__:
        assert getattr(phonoscope, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'make_scene'"):
        _ = phonoscope.make_scene
