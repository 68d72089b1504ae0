"""What a place in a document may hold, told from the models."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from phonoscope.scene.document.faults import Step, Steps
from phonoscope.scene.document.model import Model
from phonoscope.scene.document.video import SceneDocument


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a document.

    Attributes
    ----------
    steps
        The way to it, as far as the document itself has it.
    model
        The part that the place is, or else the innermost part around it; None in unknown places.
    field
        The field that leads to it; None for entries of lists, and in unknown places.
    """

    steps: Steps
    model: type[Model] | None
    field: FieldInfo | None


def find_spot(location: Iterable[Step], data: object, missing: bool = False, tagged: bool = False) -> Spot:
    """Return the place in a document as it is written.

    Locations in models have steps that the text has not: the fields for which a short form stands. Those of pydantic's
    complaints have more: the tag of a union's member, the kinds that were tried.

    Parameters
    ----------
    location
        Steps, with these.
    data
        The document.
    missing
        The last step is a field that the document ought to have.
    tagged
        It is pydantic's.
    """
    steps: list[Step] = []
    annotation: Any = SceneDocument
    model: type[Model] | None = SceneDocument
    field: FieldInfo | None = None
    waiting = list(location)
    for index, step in enumerate(waiting):
        member = _member(annotation, step) if tagged else None
        if member is not None:
            annotation, model = member, member
            continue
        if not _has(data, step) and not (missing and index == len(waiting) - 1 and isinstance(data, dict | list)):
            if isinstance(step, int) and isinstance(data, dict):
                # One entry that stands for a list of one.
                annotation = _entry(annotation)
                model = _model_in(annotation, data) or model
                continue
            break
        steps.append(step)
        model = _model_in(annotation, data) or model
        field = known_fields(model).get(step) if isinstance(step, str) and _model_in(annotation, data) else None
        annotation = field.annotation if field else _entry(annotation)
        data = data[step] if _has(data, step) else None  # type: ignore[index]
        model = _model_in(annotation, data) or model
    return Spot(tuple(steps), model, field)


def kinds_at(location: Iterable[Step]) -> tuple[str, ...]:
    """Return the kinds of what may stand at a place; nothing where there is only one."""
    annotation: Any = SceneDocument
    for step in location:
        models = _models(annotation)
        model = _member(annotation, step) or (models[0] if len(models) == 1 else None)
        field = known_fields(model).get(str(step))
        annotation = field.annotation if field else _entry(annotation)
    return tuple(kind for kind in map(kind_of, _models(annotation)) if kind)


def known_fields(model: type[Model] | None) -> dict[str, FieldInfo]:
    """Return the fields of a part, by the names that documents use."""
    return {field.alias or name: field for name, field in model.model_fields.items()} if model else {}


def kind_of(model: type[Model]) -> str | None:
    """Return what a member of a union calls itself, None for other parts."""
    field = model.model_fields.get("kind")
    values = get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()
    return values[0] if len(values) == 1 else None


def _arms(annotation: Any) -> list[Any]:
    """Return what a type may be, without its annotations."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        return [arm for part in get_args(annotation) for arm in _arms(part)]
    return [annotation]


def _models(annotation: Any) -> list[type[Model]]:
    return [arm for arm in _arms(annotation) if isinstance(arm, type) and issubclass(arm, Model)]


def _member(annotation: Any, step: Step) -> type[Model] | None:
    """Return the member of a union that a tag means."""
    models = _models(annotation)
    return next((model for model in models if kind_of(model) == step), None) if len(models) > 1 else None


def _model_in(annotation: Any, data: object) -> type[Model] | None:
    """Return the part that stands at a place."""
    models = _models(annotation)
    if len(models) > 1 and isinstance(data, dict):
        return next((model for model in models if kind_of(model) == data.get("kind")), None)
    return models[0] if len(models) == 1 else None


def _entry(annotation: Any) -> Any:
    """Return the type of the entries of a list, or of the values of an object."""
    for arm in _arms(annotation):
        origin, inner = get_origin(arm), get_args(arm)
        if origin is tuple and inner:
            return inner[0]
        if origin is dict:
            return inner[1]
    return None


def _has(data: object, step: Step) -> bool:
    if isinstance(step, int):
        return isinstance(data, list | tuple) and 0 <= step < len(data)
    return isinstance(data, dict) and step in data
