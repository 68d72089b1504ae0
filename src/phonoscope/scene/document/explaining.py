"""What pydantic complains about, in words for people who write documents by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from phonoscope.core.errors import SceneError
from phonoscope.core.suggesting import did_you_mean
from phonoscope.scene.document.faults import Steps, one_of, path_of, shown
from phonoscope.scene.document.fields import Spot, find_spot, kinds_at, known_fields
from phonoscope.scene.document.synonyms import meant_field, meant_value

if TYPE_CHECKING:
    from pydantic import ValidationError

    # What pydantic tells of one fault; its own type is only there for type checkers.
    from pydantic_core import ErrorDetails

_PATTERNS: Final = {
    "^[A-Za-z0-9][A-Za-z0-9_-]*$": ("is no name", "Use letters, digits, - and _, and begin with a letter or digit."),
    r"^(https://[^\s\"'<>]*)?$": ("is no address that is opened", "Write an address that begins with https://."),
}
"""By the pattern that a text has to match: what is wrong otherwise, and what to do."""

_GAZE: Final = "Use viewer, left, right, up, down, or degrees to the right and up, as in 10,-5."

_KINDS: Final = {
    "string": ("a text", 'Write it in quotation marks: "like this".'),
    "int": ("a whole number", "Write digits only, such as 3."),
    "float": ("a number", "Write it with a point, such as 0.5."),
    "bool": ("true or false", "Write true or false, without quotation marks."),
    "model": ("an object", 'Write {"field": value, …}.'),
    "dict": ("an object", 'Write {"name": value, …}.'),
    "tuple": ("a list", "Write [ … ]."),
    "list": ("a list", "Write [ … ]."),
}
"""By the beginning of the type of complaint: what is needed, and how it is written."""

_NEAR: Final = ("Did you mean", "It is called")

_QUOTED: Final = re.compile(r"'((?:[^'\\]|\\.)*)'")
_PLACEHOLDER: Final = "{{"

MOST_EXPLAINED: Final = 200
"""Faults that are looked at; with more, the document is another than was meant."""

Words = tuple[str, str]
"""What is wrong, and what to do."""


def explain(
    error: ValidationError, data: object, under: Steps = (), pass_over_variables: bool = False
) -> list[SceneError]:
    """Return every fault that pydantic found, each with its place.

    Parameters
    ----------
    error
        What it raised.
    data
        The document.
    under
        The place in it that was checked; all of it where left out.
    pass_over_variables
        Leave out what is about variables that have not been filled in.
    """
    found: dict[Steps, list[Words]] = {}
    for detail in error.errors(include_url=False):
        if len(found) >= MOST_EXPLAINED:
            break
        if pass_over_variables and _PLACEHOLDER in str(detail["input"]):
            continue
        if detail["type"] == "too_short" and len(detail["input"]) >= _context(detail)["min_length"]:
            # Entries with faults of their own do not count for pydantic.
            continue
        spot = find_spot((*under, *detail["loc"]), data, detail["type"] == "missing", tagged=True)
        steps = (*spot.steps, "kind") if detail["type"].startswith("union_tag") else spot.steps
        found.setdefault(steps, []).append(_words(detail, spot))
    return [_merged(steps, told) for steps, told in found.items()]


def _merged(steps: Steps, told: list[Words]) -> SceneError:
    """Return one fault for one place, also where several things were allowed and none of them fits."""
    told = list(dict.fromkeys(told))
    needed = " is needed."
    wanted = [message.removesuffix(needed).rpartition(", but ")[2] for message, _ in told if message.endswith(needed)]
    if len(wanted) == len(told) > 1:
        head = told[0][0].rpartition(", but ")[0]
        return SceneError(f"{head}, but {' or '.join(wanted)}{needed}", told[-1][1], path_of(steps))
    # A near miss tells more than the other kinds that it might have been.
    message, remedy = next((words for words in told if any(sign in words[0] for sign in _NEAR)), told[0])
    return SceneError(message, remedy, path_of(steps))


def _words(detail: ErrorDetails, spot: Spot) -> Words:
    """Return what is wrong, and what to do, in plain words."""
    kind = detail["type"]
    if kind in _TELLERS:
        return _TELLERS[kind](detail, spot)
    wanted = _KINDS.get(kind.partition("_")[0])
    if wanted is not None and kind.endswith(("_type", "_parsing", "_from_float", "_sub_type")):
        return f"{shown(detail['input'])} is given, but {wanted[0]} is needed.", wanted[1]
    return f"{shown(detail['input'])} does not fit: {detail['msg']}.", "See docs/scene.md."


def _context(detail: ErrorDetails) -> dict[str, Any]:
    return detail.get("ctx", {})


def _unknown(detail: ErrorDetails, spot: Spot) -> Words:
    fields = [name for name in known_fields(spot.model) if name != "kind"]
    word = str(detail["loc"][-1])
    if meant := meant_field(word, fields):
        return "there is no such field here.", meant
    return f"there is no such field here.{did_you_mean(word, fields)}", f"There may be: {one_of(fields)}."


def _missing(detail: ErrorDetails, spot: Spot) -> Words:
    if isinstance(detail["loc"][-1], int):
        return "an entry is missing in this list.", "Add it."
    about = spot.field.description if spot.field else None
    return "it is missing.", f"Add it. {about}" if about else "Add it."


def _choice(detail: ErrorDetails, spot: Spot) -> Words:
    expected = _context(detail).get("expected", "")
    names = _QUOTED.findall(expected) or re.findall(r"[^\s,]+", expected.replace(" or ", " "))
    given = detail["input"]
    near = meant_value(given, names) if isinstance(given, str) else ""
    if near:
        return f"{shown(given)} is not known.{near}", f"Choose one of: {one_of(names)}."
    return f"{shown(given)} is given, but one of {one_of(names)} is needed.", f"Choose one of: {one_of(names)}."


def _unknown_kind(detail: ErrorDetails, spot: Spot) -> Words:
    context = _context(detail)
    names = _QUOTED.findall(context["expected_tags"])
    near = did_you_mean(str(context["tag"]), names)
    return f"{shown(context['tag'])} is not known.{near}", f"Choose one of: {one_of(names)}."


def _no_kind(detail: ErrorDetails, spot: Spot) -> Words:
    if not isinstance(detail["input"], dict):
        return f"{shown(detail['input'])} is given, but an object is needed.", 'Write {"kind": …}.'
    kinds = kinds_at(detail["loc"])
    told = f"Add it: {one_of(kinds)}." if kinds else "Add it: it tells what this is."
    return ("it is missing; it is not called type.", told) if "type" in detail["input"] else ("it is missing.", told)


def _limit(detail: ErrorDetails, spot: Spot) -> Words:
    context = _context(detail)
    sign, limit = next((sign, context[sign]) for sign in ("ge", "gt", "le", "lt") if sign in context)
    words = {"ge": "at least {}", "gt": "more than {}", "le": "at most {}", "lt": "less than {}"}[sign]
    size = "small" if sign in ("ge", "gt") else "large"
    return f"{shown(detail['input'])} is too {size}.", f"Give {words.format(f'{limit:g}')}."


def _too_short(detail: ErrorDetails, spot: Spot) -> Words:
    least = _context(detail)["min_length"]
    if least == 1:
        return "it is empty.", "Write something." if isinstance(detail["input"], str) else "Add an entry."
    return "it is too short.", f"At least {least} are needed."


def _too_long(detail: ErrorDetails, spot: Spot) -> Words:
    most = _context(detail)["max_length"]
    unit = "characters" if isinstance(detail["input"], str) else "entries"
    return f"it is too long: {len(detail['input']):,} {unit}.", f"At most {most:,} are possible."


def _pattern(detail: ErrorDetails, spot: Spot) -> Words:
    pattern = _context(detail)["pattern"]
    if pattern.startswith("^(viewer"):
        return f"{shown(detail['input'])} is no way to look.", _GAZE
    wrong, remedy = _PATTERNS.get(pattern, ("has characters that cannot be used", "Take them out."))
    return f"{shown(detail['input'])} {wrong}.", remedy


def _own(detail: ErrorDetails, spot: Spot) -> Words:
    """Return what one of our own checks has to say: what is wrong; what to do."""
    message = str(_context(detail)["error"])
    wrong, semicolon, remedy = message.partition("; ")
    if not semicolon:
        return f"{message.rstrip('.')}.", ""
    wrong = wrong if wrong.endswith((".", "?")) else f"{wrong}."
    return wrong, f"{remedy[:1].upper()}{remedy[1:].rstrip('.')}."


def _infinite(detail: ErrorDetails, spot: Spot) -> Words:
    return "it is no number that can be used.", "Write an ordinary number."


_TELLERS: Final[dict[str, Callable[[ErrorDetails, Spot], Words]]] = {
    "extra_forbidden": _unknown,
    "missing": _missing,
    "literal_error": _choice,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _no_kind,
    "greater_than_equal": _limit,
    "greater_than": _limit,
    "less_than_equal": _limit,
    "less_than": _limit,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_pattern_mismatch": _pattern,
    "value_error": _own,
    "finite_number": _infinite,
}
"""By pydantic's type of complaint: who tells it in plain words."""
