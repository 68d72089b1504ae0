"""JSON → plain data: the door at which whatever was written or uploaded as a document is checked."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.faults import Steps, path_of, shown

MAX_BYTES: Final = 2_000_000
"""Largest document; the longest script that makes sense is a tenth of it, and pictures lie beside it."""

MAX_DEPTH: Final = 40
"""Most brackets within brackets; ours need ten."""

MAX_VALUES: Final = 50_000
"""Most values altogether: 500 scenes with ten overlays each stay below it, and to look at more takes seconds."""

_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]', re.DOTALL)
CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_CURLY_QUOTES: Final = "“”„‟«»‘’"
_LONGEST_INTEGER: Final = 18


class _Object(dict[str, Any]):
    """An object as it was written; remembers which of its fields were given twice."""

    doubles: tuple[str, ...] = ()


class _NoNumber:
    """Stands where a number was written that computers have no room for."""

    def __init__(self, text: str) -> None:
        self.text = text


def parse_json(text: str) -> dict[str, Any]:
    """Return the object that a JSON text holds.

    Raises
    ------
    SceneError
        It is no JSON (with line and column), too large, too deep, or no object.
    """
    if len(text) > MAX_BYTES:
        raise SceneError(f"it is larger than {MAX_BYTES // 1_000_000} MB.", "Keep pictures and sounds in files.")
    if not text.strip():
        raise SceneError("it is empty.", 'Write at least: {"schema": "scene.1", "scenes": [{"script": "Hello!"}]}')
    _refuse_depth(text)
    try:
        found = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_NoNumber,
            parse_int=_integer,
            parse_float=_number,
        )
    except json.JSONDecodeError as error:
        raise _syntax_error(text, error) from error
    except (ValueError, RecursionError) as error:
        raise SceneError("it is no JSON that can be read.", "Write it as JSON.") from error
    if not isinstance(found, dict):
        raise SceneError("it is a list or a single value, but a document is an object.", "Begin it with {.")
    return found


def read_json_file(path: Path) -> str:
    """Return the text of a document's file.

    Raises
    ------
    SceneError
        It cannot be read, is too large, or is no text.
    """
    try:
        if path.is_dir():
            raise SceneError("it is a folder.", "Give the document in it.")
        if path.exists() and not path.is_file():
            # A named pipe would let us wait for ever.
            raise SceneError("it is not an ordinary file.", "Give a scene document.")
        with path.open("rb") as file:
            data = file.read(2 * MAX_BYTES + 1)
    except SceneError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise SceneError(f"it cannot be read: {reason}.", "Check its name, and who may read it.") from error
    if len(data) > MAX_BYTES and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SceneError(f"it is larger than {MAX_BYTES // 1_000_000} MB.", "Keep pictures and sounds in files.")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SceneError(f"line {line} is not UTF-8 text.", "Save it as UTF-8 text.") from error


def data_faults(data: object) -> list[SceneError]:
    """Return what is wrong with the data of any document, whatever it is about."""
    if _has_too_many_values(data):
        return [SceneError(f"it has more than {MAX_VALUES:,} values.", "Split it into several videos.")]
    faults: list[SceneError] = []
    for steps, value in _walk(data):
        if len(steps) > MAX_DEPTH:
            return [SceneError("it is nested too deeply.", "Check its brackets.", path_of(steps[:8]))]
        faults += _value_faults(value, steps)
    return faults


def _has_too_many_values(data: object) -> bool:
    level, count = [data], 1
    for _ in range(MAX_DEPTH):
        entries: list[object] = []
        for value in level:
            if isinstance(value, Mapping):
                entries += value.values()
            elif isinstance(value, list | tuple):
                entries += value
        count += len(entries)
        if count > MAX_VALUES:
            return True
        level = entries
    return False


def _walk(data: object) -> Iterator[tuple[Steps, object]]:
    """Yield every value with its place, in order."""
    waiting: list[tuple[Steps, object]] = [((), data)]
    while waiting:
        steps, value = waiting.pop()
        yield steps, value
        if len(steps) > MAX_DEPTH:
            continue
        if isinstance(value, Mapping):
            waiting += reversed([((*steps, str(key)), entry) for key, entry in value.items()])
        elif isinstance(value, list | tuple):
            waiting += reversed([((*steps, index), entry) for index, entry in enumerate(value)])


def _value_faults(value: object, steps: Steps) -> Iterator[SceneError]:
    if isinstance(value, _Object):
        for key in value.doubles:
            yield SceneError("it is given twice.", "Keep one of them.", path_of((*steps, key)))
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and not CONTROL.search(key) for key in value):
            yield SceneError("the name of a field is no text.", "Name fields by letters and digits.", path_of(steps))
    elif isinstance(value, str):
        if found := CONTROL.search(value):
            what = f"a control character (U+{ord(found[0]):04X})"
            yield SceneError(f"there is {what} in the text.", "Take it out.", path_of(steps))
    elif isinstance(value, _NoNumber) or _is_endless(value):
        text = value.text if isinstance(value, _NoNumber) else "it"
        yield SceneError(f"{text[:20]} is no number that can be used.", "Write an ordinary number.", path_of(steps))
    elif not isinstance(value, list | tuple | int | float | None):
        yield SceneError(f"{shown(value)} is nothing that JSON has.", "Use text, numbers and lists.", path_of(steps))


def _is_endless(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) >= 10**_LONGEST_INTEGER
    return isinstance(value, float) and not math.isfinite(value)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        found.doubles = tuple(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
    return found


def _integer(digits: str) -> object:
    # Python refuses to read thousands of digits, and nothing of ours needs twenty.
    return int(digits) if len(digits) <= _LONGEST_INTEGER else _number(digits)


def _number(text: str) -> object:
    value = float(text)
    return value if math.isfinite(value) else _NoNumber(text)


def _refuse_depth(text: str) -> None:
    """Refuse brackets within brackets before the reader runs out of stack."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
        elif found[0] in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, found.start()) + 1
            raise SceneError(f"it is nested too deeply (line {line}).", "Check its brackets.")


_Test = Callable[[str, str, str], bool]
"""Takes the complaint of Python's reader, what stands before the place, and what begins there."""

_CASES: Final[tuple[tuple[_Test, str, str], ...]] = (
    (
        lambda _, before, rest: rest.startswith(("//", "/*", "#")),
        "there is a comment, and JSON has none.",
        'Take it out; a "description" can hold remarks.',
    ),
    (
        lambda _, before, rest: rest.startswith("'"),
        "a text stands in single quotation marks.",
        'Write it in double ones: "like this".',
    ),
    (
        lambda _, before, rest: rest[:1] in tuple(_CURLY_QUOTES),
        "there is a typographic quotation mark.",
        'Use straight ones: "like this".',
    ),
    (
        lambda complaint, before, rest: "control character" in complaint,
        "a text goes on in the next line, or has a tab in it.",
        r"Write \n for a line break, and \t for a tab.",
    ),
    (
        lambda complaint, before, rest: "escape" in complaint,
        "there is a \\ that means nothing.",
        r"Write \\ for a backslash, and / in paths.",
    ),
    (
        lambda complaint, before, rest: "Unterminated" in complaint,
        "the text that begins here has no end.",
        "Close its quotation marks.",
    ),
    (
        lambda _, before, rest: rest[:1] in ("}", "]", "") and before.endswith(","),
        "there is a comma after the last entry.",
        "Take it away.",
    ),
    (
        lambda _, before, rest: not rest,
        "it ends too early.",
        "Close all brackets; perhaps a part of the file is missing.",
    ),
    (
        lambda complaint, before, rest: "',' delimiter" in complaint,
        "a comma is missing before this.",
        "Put a comma between entries, and check the quotation marks.",
    ),
    (
        lambda complaint, before, rest: "':' delimiter" in complaint,
        "a colon is missing before this.",
        'Write "field": value.',
    ),
    (
        lambda complaint, before, rest: "Extra data" in complaint,
        "something stands behind the end.",
        "Check whether a bracket was closed too early.",
    ),
    (
        lambda complaint, before, rest: "property name" in complaint,
        "the name of a field is expected here.",
        'Write names in quotation marks: "name": value.',
    ),
    (
        lambda complaint, before, rest: True,
        "no value can be read here.",
        'Texts need quotation marks: "like this"; else write a number, true or false.',
    ),
)
"""What may be wrong, the first that fits; what to say, and what to do."""


def _syntax_error(text: str, error: json.JSONDecodeError) -> SceneError:
    """Return what is wrong with a text that is no JSON, in words for those who write it by hand."""
    rest, before = text[error.pos :].lstrip(), text[: error.pos].rstrip()
    what, remedy = next((what, remedy) for fits, what, remedy in _CASES if fits(error.msg, before, rest))
    return SceneError(f"line {error.lineno}, column {error.colno}: {what}", remedy)
