"""Templates, and documents made of them."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from phonoscope.core.errors import UsageError
from phonoscope.scene.document.assets import HASH_PREFIX
from phonoscope.scene.document.faults import gathered
from phonoscope.scene.document.naming import AVATAR_PREFIX
from phonoscope.scene.document.reading import validated
from phonoscope.scene.document.variables import Value, declared_variables, fill_in
from phonoscope.scene.document.writing import to_data
from phonoscope.studio.catalogue.answering import VERSION
from phonoscope.studio.problems import Fault, not_found
from phonoscope.templates import FORMATS, Template, find_template
from phonoscope.templates import templates as all_templates

FormatName = Literal["landscape", "portrait", "square"]


class VariableTold(BaseModel):
    """Something that is filled into a template."""

    name: str
    kind: str
    description: str
    default: str | float | None
    choices: list[str]
    most: int = Field(description="Most characters.")


class TemplateTold(BaseModel):
    """A template."""

    name: str
    title: str
    description: str
    category: str
    tags: list[str]
    formats: list[str]
    thumbnail_url: str
    variables: list[VariableTold]


class Filling(BaseModel):
    """What a template is filled with."""

    model_config = ConfigDict(extra="forbid")

    format: FormatName = "landscape"
    values: dict[str, str | float] = Field(default_factory=dict, max_length=100, description="Of its variables.")
    keep: dict[str, Any] | None = Field(None, description="A document whose avatars speak in the new one, too.")


class FilledTemplate(BaseModel):
    """A document that was made of a template."""

    document: dict[str, Any]
    faults: list[Fault]


def found_templates(format: FormatName, category: str, search: str) -> list[TemplateTold]:
    """Return the templates that fit, in a shape."""
    words = search.casefold().split()
    return [
        _told(one)
        for one in all_templates(format)
        if (not category or one.category == category) and all(word in _words(one) for word in words)
    ]


def template_by_name(name: str, format: FormatName) -> Template:
    """Return a template.

    Raises
    ------
    Problem
        404: there is none.
    """
    if ":" in name:
        raise not_found("template")
    try:
        return find_template(name, format)
    except UsageError as error:
        raise not_found("template") from error


def filled(template: Template, filling: Filling, pictures: dict[str, str]) -> dict[str, Any]:
    """Return a template as a document, with nothing left to be filled in.

    Parameters
    ----------
    pictures
        References of the template's own pictures, by their names.

    Raises
    ------
    SceneError
        What it shall be filled with does not fit.
    """
    data = template.document
    done = fill_in(data, _values(data, filling, pictures))
    if done.faults:
        raise gathered(done.faults, f"the template {template.name}")
    document = validated(done, f"the template {template.name}")
    return to_data(document.model_copy(update={"variables": {}}))


def speakers(document: dict[str, Any] | None) -> list[str]:
    """Return the pictures of the avatars of a document, whether it is whole or not."""
    scenes = document.get("scenes") if document else None
    found: list[str] = []
    for scene in scenes if isinstance(scenes, list) else ():
        avatars = scene.get("avatars") if isinstance(scene, dict) else None
        for avatar in avatars if isinstance(avatars, list) else ():
            picture = avatar.get("picture") if isinstance(avatar, dict) else None
            if isinstance(picture, str) and picture.startswith((HASH_PREFIX, AVATAR_PREFIX)):
                found.append(picture)
    return list(dict.fromkeys(found))


def _values(data: dict[str, Any], filling: Filling, pictures: dict[str, str]) -> dict[str, Value]:
    """Return what is filled in: what was given, else who speaks already, else what the template has."""
    values: dict[str, Value] = dict(filling.values)
    kept = iter(speakers(filling.keep))
    for name, variable in declared_variables(data).items():
        if name in values:
            continue
        if variable.kind == "picture":
            picture = next(kept, None)
            if picture is not None:
                values[name] = picture
        elif variable.default in pictures:
            values[name] = pictures[str(variable.default)]
        elif variable.default is None and variable.kind == "text":
            values[name] = (variable.description or name)[: variable.max_length]
    return values


@cache
def _told(template: Template) -> TemplateTold:
    variables = [
        VariableTold(
            name=name,
            kind=variable.kind,
            description=variable.description,
            default=variable.default,
            choices=list(variable.choices),
            most=variable.max_length,
        )
        for name, variable in declared_variables(template.document).items()
    ]
    return TemplateTold(
        name=template.name,
        title=template.title,
        description=template.description,
        category=template.category,
        tags=list(template.tags),
        formats=list(FORMATS),
        thumbnail_url=f"/api/v1/templates/{template.name}/thumbnail?format={template.format}&{VERSION}",
        variables=variables,
    )


def _words(template: Template) -> str:
    told = (template.name, template.title, template.description, template.category, *template.tags)
    return " ".join(told).casefold()
