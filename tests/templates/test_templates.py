"""Every template can be rendered as it comes, in every shape, and is as its design says."""

from __future__ import annotations

import json
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from templates.__main__ import all_designs, document_of
from templates.design import SHAPES

from phonoscope.core.errors import UsageError
from phonoscope.rendering.opening import known_names, open_scene
from phonoscope.scene.document.reading import read_document
from phonoscope.templates import FORMATS, Template, find_template, is_template, templates

ALL = [template for shape in FORMATS for template in templates(shape)]
LEAST = 30


def named(template: Template) -> str:
    return f"{template.name}-{template.format}"


def test_there_are_enough() -> None:
    assert len(templates()) >= LEAST
    assert len({template.title for template in templates()}) == len(templates())


@pytest.mark.parametrize("template", ALL, ids=named)
def test_it_can_be_rendered_as_it_comes(template: Template) -> None:
    read = read_document(template.text, template.folder, {}, False, known_names())
    assert read.document.canvas.format == FORMATS[template.format]
    assert read.document.title
    assert all(scene.description for scene in read.document.scenes)


@pytest.mark.parametrize("template", templates(), ids=named)
def test_its_variables_are_explained(template: Template) -> None:
    assert template.variables
    for variable in template.variables:
        assert variable.description, variable.name
        assert variable.default is not None, variable.name
    names = {variable.name for variable in template.variables}
    for shape in FORMATS:
        assert {variable.name for variable in find_template(template.name, shape).variables} == names


@pytest.mark.parametrize("template", ALL, ids=named)
def test_its_thumbnail_has_its_shape(template: Template) -> None:
    with Image.open(BytesIO(template.thumbnail)) as image:
        width, height = image.size
        colours = image.convert("RGB").resize((32, 32)).getcolors(2000)
    across, down = (int(side) for side in FORMATS[template.format].split(":"))
    assert abs(Fraction(width, height) / Fraction(across, down) - 1) < Fraction(1, 20)
    assert colours is not None
    assert len(colours) > 8


@pytest.mark.parametrize("design", all_designs(), ids=lambda design: design.name)
def test_its_files_are_what_its_design_makes(design) -> None:  # type: ignore[no-untyped-def]
    for shape in SHAPES:
        assert json.loads(find_template(design.name, shape.name).text) == document_of(design, shape)


def test_long_words_fit() -> None:
    long = "Konstantinopolitanische Dudelsackpfeifer " * 3
    for template in templates():
        # What stands for an emoji has no letters.
        words = [v for v in template.variables if v.kind == "text" and any(map(str.isalpha, str(v.default)))]
        values = {v.name: f"{v.name} {long.strip()}"[:120] for v in words}
        limits = {name: told.get("max_length", 5000) for name, told in template.document["variables"].items()}
        given = {name: value[: limits[name]] for name, value in values.items()}
        read_document(template.text, template.folder, given, False, known_names())


def test_templates_are_found_by_name() -> None:
    first = templates()[0].name
    assert is_template(first)
    assert is_template(f"{first}:portrait")
    assert not is_template(f"{first}:oblong")
    assert not is_template("nonesuch")
    assert find_template(f"{first}:square").format == "square"
    with pytest.raises(UsageError, match="Did you mean"):
        find_template(first[:-1])
    with pytest.raises(UsageError, match="format"):
        find_template(first, "oblong")


def test_a_template_opens_with_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    template = next(t for t in templates() if any(v.kind == "text" for v in t.variables))
    variable = next(v.name for v in template.variables if v.kind == "text")
    read = open_scene(template.name, {variable: "Zwölf Boxkämpfer"})
    assert "Zwölf Boxkämpfer" in read.document.model_dump_json()
