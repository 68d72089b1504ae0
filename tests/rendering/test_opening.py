"""Documents are opened by their file, by a template's name, or as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import phonoscope
from phonoscope import open_scene
from phonoscope.core.errors import SceneError
from phonoscope.rendering.opening import asset_table
from phonoscope.templates import template_names
from tests.rendering.documents import write_picture

HELLO = {"schema": "scene.1", "scenes": [{"script": "Hello, {{name}}!"}], "variables": {"name": {"default": "Sam"}}}


def test_a_document_of_python_is_opened_as_it_is() -> None:
    assert open_scene(HELLO).document.scenes[0].script == "Hello, Sam!"
    assert open_scene(HELLO, {"name": "Anna"}).document.scenes[0].script == "Hello, Anna!"


def test_names_in_it_are_checked() -> None:
    with pytest.raises(SceneError, match="relaxing"):
        open_scene({**HELLO, "music": "relaxing"})


def test_files_of_a_document_of_python_lie_where_it_is_told(tmp_path: Path) -> None:
    write_picture(tmp_path / "wall.png")
    content = (tmp_path / "wall.png").read_bytes()
    name = f"sha256:{hashlib.sha256(content).hexdigest()}"
    place = tmp_path / "assets" / f"{name.removeprefix('sha256:')}.png"
    place.parent.mkdir()
    place.write_bytes(content)
    document = {"schema": "scene.1", "scenes": [{"duration_s": 1, "background": {"kind": "image", "image": name}}]}
    assert asset_table(open_scene(document, own_files=False, folder=tmp_path)).path(name) == place
    with pytest.raises(SceneError, match="there is no file"):
        open_scene(document, folder=tmp_path / "assets")


@pytest.mark.parametrize("folder", [".", "a_folder_whose_name_is_long/" * 4])
def test_what_may_have_been_meant_is_told(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    for name in ("lesson.json", "another.json"):
        (tmp_path / folder / name).write_text("{}")
    with pytest.raises(SceneError, match=r"There is no document '.*lessn\.json'\. Did you mean lesson\.json\?"):
        open_scene(tmp_path / folder / "lessn.json")
    name = template_names()[0]
    with pytest.raises(SceneError, match=f"no template '{name}s'. Did you mean {name}"):
        open_scene(f"{name}s")


def test_everything_that_is_offered_can_be_imported() -> None:
    for name in phonoscope.__all__:
        assert getattr(phonoscope, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'make_scene'"):
        _ = phonoscope.make_scene
