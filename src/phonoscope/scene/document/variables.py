r"""Variables: ``{{name}}`` in the texts of a document is replaced by a value, once.

A text that is nothing but ``{{name}}`` becomes the value; ``\{{`` stays as ``{{``. Values are not looked through again,
so that what somebody typed cannot bring in other variables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from phonoscope.core.errors import SceneError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.explaining import explain
from phonoscope.scene.document.faults import Step, Steps, one_of, path_of, shown
from phonoscope.scene.document.json_text import CONTROL
from phonoscope.scene.document.model import Name, rgba_of
from phonoscope.scene.document.video import Variable

Value = str | float

MOST_CHARACTERS: Final = 8_000_000
"""Most that all values together may add to a document: a small one with a long value used often would grow huge."""

LONGEST_PATH: Final = 1024
"""As for other files that documents name."""

FILE_KINDS: Final = frozenset({"picture", "image", "video", "sound"})

_PLACEHOLDER: Final = re.compile(r"\\\{\{|\{\{(?P<name>[^{}\n]{0,200})\}\}|\{\{")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_UNFILLED: Final = ("variables", "schema")
"""Top fields in which nothing is replaced."""

_DECLARED: Final = TypeAdapter(dict[Name, Variable])


@dataclass(slots=True)
class Filled:
    """A document whose variables have been filled in.

    Attributes
    ----------
    data
        The document.
    faults
        What is wrong with its variables; places with faults are left as they were.
    given
        Places whose whole text came from a value that the user gave (not from a default).
    """

    data: dict[str, Any]
    faults: list[SceneError]
    given: frozenset[Steps]


@dataclass(slots=True)
class _Filling:
    """What is collected on the way through a document."""

    values: Mapping[str, str]
    own: frozenset[str]
    lacking: Mapping[str, str]
    known: frozenset[str]
    faults: list[SceneError] = field(default_factory=list)
    given: set[Steps] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    characters: int = 0


def declared_variables(data: Mapping[str, Any]) -> dict[str, Variable]:
    """Return the variables of a document.

    Raises
    ------
    ValidationError
        They are not well described.
    """
    return _DECLARED.validate_python(data.get("variables", {}))


def fill_in(data: dict[str, Any], values: Mapping[str, Value]) -> Filled:
    """Return a document with its variables filled in.

    Parameters
    ----------
    data
        The document, as JSON has it.
    values
        What the user gave; the document's own defaults stand for the others.
    """
    try:
        declared = declared_variables(data)
    except ValidationError as error:
        return Filled(data, explain(error, data, under=("variables",)), frozenset())
    texts, faults = _checked_values(declared, values)
    lacking = {name: variable.description for name, variable in declared.items() if name not in texts}
    filling = _Filling(
        values=texts,
        own=frozenset(values),
        lacking={name: about for name, about in lacking.items() if name not in values},
        known=frozenset({*declared, *values}),
        faults=faults,
    )
    filled = {key: entry if key in _UNFILLED else _fill(entry, (key,), filling) for key, entry in data.items()}
    filling.faults += _unused(values, declared, filling.used)
    return Filled(filled, filling.faults, frozenset(filling.given))


def _checked_values(
    declared: Mapping[str, Variable], values: Mapping[str, Value]
) -> tuple[dict[str, str], list[SceneError]]:
    """Return the texts of all values that are fit for their variables, and what is wrong with the others."""
    texts: dict[str, str] = {}
    faults: list[SceneError] = []
    for name in {**declared, **values}:
        variable = declared.get(name, Variable())
        value = values.get(name, variable.default)
        if value is None:
            continue
        try:
            texts[name] = _checked(value, variable)
        except ValueError as error:
            whose = "value" if name in values else "default"
            faults.append(SceneError(f"its {whose} {error}.", _advice(variable), path_of(("variables", name))))
    return texts, faults


def variable_names(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of all variables that a document describes, or only uses."""
    declared = data.get("variables")
    names = dict.fromkeys(str(name) for name in declared) if isinstance(declared, dict) else {}
    waiting: list[Any] = [entry for key, entry in data.items() if key not in _UNFILLED]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, str):
            found = (match["name"] for match in _PLACEHOLDER.finditer(value) if match["name"] is not None)
            names |= dict.fromkeys(name.strip() for name in found if _NAME.fullmatch(name.strip()))
    return tuple(names)


def text_of(value: Value) -> str:
    """Return a value as it is written within a text."""
    return f"{value:.15g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _checked(value: Value, variable: Variable) -> str:
    """Return the text of a value.

    Raises
    ------
    ValueError
        It does not fit; the message goes on after "its value".
    """
    text = text_of(value)
    longest = min(variable.max_length, LONGEST_PATH) if variable.kind in FILE_KINDS else variable.max_length
    if len(text) > longest:
        raise ValueError(f"has {len(text):,} characters; at most {longest:,} are possible")
    if CONTROL.search(text):
        raise ValueError("has control characters")
    _CHECKS.get(variable.kind, _any)(text, variable)
    return text.strip() if variable.kind != "text" else text


def _any(text: str, variable: Variable) -> None:
    """Take every text."""


def _colour(text: str, variable: Variable) -> None:
    try:
        rgba_of(text.strip())
    except ValueError as error:
        raise ValueError(f"{shown(text)} is no colour") from error


def _number(text: str, variable: Variable) -> None:
    try:
        if math.isfinite(float(text)) and "_" not in text:
            return
    except ValueError:
        pass
    raise ValueError(f"{shown(text)} is no number")


def _choice(text: str, variable: Variable) -> None:
    if text.strip() not in variable.choices:
        raise ValueError(f"{shown(text)} is none of its choices")


def _file(text: str, variable: Variable) -> None:
    if not text.strip():
        raise ValueError("is empty")


_CHECKS: Final[dict[str, Callable[[str, Variable], None]]] = {
    "colour": _colour,
    "number": _number,
    "choice": _choice,
    **dict.fromkeys(FILE_KINDS, _file),
}
"""By kind: what looks at a value."""


def _advice(variable: Variable) -> str:
    if variable.kind == "choice":
        return f"Choose one of: {one_of(variable.choices)}."
    if variable.kind == "colour":
        return "Use a CSS name, #rgb, #rrggbb or #rrggbbaa."
    return "Write it with a point, such as 0.5." if variable.kind == "number" else "Change it."


def _fill(value: Any, steps: tuple[Step, ...], filling: _Filling) -> Any:
    if isinstance(value, str):
        return _fill_text(value, steps, filling) if _opens(value) else value
    if isinstance(value, dict):
        filling.faults += [
            SceneError("the name of a field cannot have a variable.", "Write the name itself.", path_of((*steps, key)))
            for key in value
            if _opens(key)
        ]
        return {key: _fill(entry, (*steps, key), filling) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_fill(entry, (*steps, index), filling) for index, entry in enumerate(value)]
    return value


def _opens(text: str) -> bool:
    return "{{" in text


def _fill_text(text: str, steps: Steps, filling: _Filling) -> str:
    """Return a text with its variables filled in; what cannot be filled in stays."""
    whole = _PLACEHOLDER.fullmatch(text.strip())

    def replace(found: re.Match[str]) -> str:
        if found[0].startswith("\\"):
            return "{{"
        name = found["name"]
        value = _value(name.strip() if name is not None else None, steps, filling)
        if value is None:
            return found[0]
        filling.characters += len(value)
        if filling.characters > MOST_CHARACTERS:
            return ""
        if whole and name.strip() in filling.own:
            filling.given.add(steps)
        return value

    result = _PLACEHOLDER.sub(replace, text)
    if filling.characters > MOST_CHARACTERS:
        too_much = SceneError("with all values filled in, the document is too large.", "Use shorter values.")
        filling.faults[:] = [fault for fault in filling.faults if fault.message != too_much.message] + [too_much]
    return result


def _value(name: str | None, steps: Steps, filling: _Filling) -> str | None:
    """Return the value of a variable; None, and a fault, where there is none."""
    path = path_of(steps)
    literal = r"Where {{ itself is meant, write \\{{."
    if name is None:
        filling.faults.append(SceneError("{{ has no }} behind it.", literal, path))
        return None
    if not _NAME.fullmatch(name):
        filling.faults.append(SceneError(f"{{{{{name[:40]}}}}} is no name of a variable.", literal, path))
        return None
    used_before = name in filling.used
    filling.used.add(name)
    if name in filling.values:
        return filling.values[name]
    if used_before:
        # It has been told where it was first used.
        return None
    if name in filling.lacking:
        about = f" ({filling.lacking[name]})" if filling.lacking[name] else ""
        filling.faults.append(SceneError(f"the variable {name}{about} has no value.", f"Give it: --set {name}=…", path))
    elif name not in filling.known:
        near = did_you_mean(name, filling.known)
        message = f'the variable {name} is not described in "variables", and has no value.{near}'
        filling.faults.append(SceneError(message, f"Give it: --set {name}=…, or describe it with a default.", path))
    return None


def _unused(values: Mapping[str, Value], declared: Mapping[str, Variable], used: set[str]) -> list[SceneError]:
    """Return values that were given for nothing: most are misspelt names."""
    return [
        SceneError(
            f"the document has no variable {shown(name)}.{did_you_mean(name, {*declared, *used} - {name})}",
            "Give only variables that it has.",
        )
        for name in values
        if name not in declared and name not in used
    ]
