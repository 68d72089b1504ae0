"""What cannot be guessed of a drawing: ``avatar.json`` in a folder of layers, ``NAME.layers.json`` beside ``NAME.svg``.

    {"schema": "avatar-layers.1", "name": "Mira", "credit": "Drawn by …, CC BY 4.0", "background": "#eceef2",
     "crown": [512, 180], "chin": [512, 640], "face_width": 380, "neck": [512, 680], "floats": false,
     "mouth": {"centre": [512, 560], "half_width": 60, "line_width": 8, "reach": 70, "kind": "line", "smile": 0.2,
               "line": "#3a1a1a", "inside": "#5a1a22", "teeth": "#ffffff", "tongue": null},
     "eyes": {"blink": "lid", "line": "#3a1a1a", "line_width": 5, "reach": [12, 8]},
     "pixelated": false}

Everything but ``schema`` may be left out. Points and lengths are in the drawing's own units: pixels of the layers, or
units of the SVG. The dataclasses tell what the fields mean.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, get_args

from phonoscope.avatars.drawn.own.paint import read_paint
from phonoscope.avatars.drawn.puppet import BlinkKind, Colour, MouthKind
from phonoscope.core.errors import InputError
from phonoscope.core.suggesting import did_you_mean

SCHEMA: Final = "avatar-layers.1"
FILE_NAME: Final = "avatar.json"
SUFFIX: Final = ".layers.json"
MAX_BYTES: Final = 64_000
LARGEST: Final = 1e6
LONGEST_TEXT: Final = 300

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MouthSettings:
    """Of a mouth that is drawn anew in each frame, as in `MouthLook`; None for what is measured."""

    centre: Point | None = None
    half_width: float | None = None
    line_width: float | None = None
    reach: float | None = None
    smile: float | None = None
    tilt_deg: float | None = None
    kind: str | None = None
    line: Colour | None = None
    inside: Colour | None = None
    lip: Colour | None = None
    teeth: Colour | None = None
    tongue: Colour | None = None
    without: frozenset[str] = frozenset()
    """Of line, teeth, tongue and lip, what is said to be missing, as ``null``."""


@dataclass(frozen=True, slots=True)
class EyeSettings:
    """Of both eyes, as in `EyeLook`; None for what is measured."""

    blink: str | None = None
    line: Colour | None = None
    line_width: float | None = None
    reach: Point | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What an author tells about a drawing.

    Attributes
    ----------
    crown, chin, face_width
        Of the head without its hair.
    neck
        Where the head turns on the body.
    floats
        There is no body: the whole character moves with the head.
    pixelated
        Layers are scaled with square pixels.
    """

    name: str = ""
    credit: str = ""
    background: Colour | None = None
    crown: Point | None = None
    chin: Point | None = None
    neck: Point | None = None
    face_width: float | None = None
    floats: bool | None = None
    pixelated: bool | None = None
    mouth: MouthSettings = field(default_factory=MouthSettings)
    eyes: EyeSettings = field(default_factory=EyeSettings)


def settings_path(path: Path) -> Path:
    """Return where the settings of a drawing are kept."""
    return path / FILE_NAME if path.is_dir() else path.with_suffix(SUFFIX)


def read_settings(path: Path) -> Settings:
    """Read the settings beside a drawing; those that tell nothing where there are none.

    Raises
    ------
    InputError
        They cannot be read, or tell something impossible.
    """
    file = settings_path(path)
    if not file.is_file():
        return Settings()
    try:
        if path.is_dir() and not file.resolve().is_relative_to(path.resolve()):
            raise InputError(f"'{file}' leads out of its folder.", "Put a copy of the file there.")
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"Cannot read '{file}': {error.strerror or error}.", "Check who may read it.") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"'{file}' is larger than {MAX_BYTES // 1000} kB.", _MEND)
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{file}' is not sound JSON: {error}.", _MEND) from None
    return parse_settings(document, f"'{file}'")


_MEND = "Mend it by hand; docs/own-avatars.md tells what may stand there."


def parse_settings(document: Any, where: str = "The settings") -> Settings:
    """Read settings from a JSON document; `where` names it in messages.

    Raises
    ------
    InputError
        As `read_settings`.
    """
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        found = document.get("schema") if isinstance(document, dict) else None
        raise InputError(f"{where} has no schema {SCHEMA} (found: {str(found)[:40]}).", f'Add "schema": "{SCHEMA}".')
    reader = _Reader(where)
    rest = {key: value for key, value in document.items() if key not in {"schema", "mouth", "eyes"}}
    mouth, eyes = (reader.object(document, key) for key in ("mouth", "eyes"))
    without = frozenset(key for key in ("line", "teeth", "tongue", "lip") if key in mouth and mouth[key] is None)
    settings = reader.fields(rest, Settings, "")
    return Settings(
        **settings,
        mouth=MouthSettings(**reader.fields(mouth, MouthSettings, "mouth."), without=without),
        eyes=EyeSettings(**reader.fields(eyes, EyeSettings, "eyes.")),
    )


class _Reader:
    """Reads fields by their kind; knows where they stand for its messages."""

    def __init__(self, where: str) -> None:
        self._where = where

    def object(self, document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = document.get(key) or {}
        if not isinstance(value, dict):
            raise self._error(key, "an object in braces")
        return value

    def fields(self, document: Mapping[str, Any], kind: type, prefix: str) -> dict[str, Any]:
        known = {entry.name for entry in fields(kind)} - {"mouth", "eyes", "without"}
        found = {}
        for key, value in document.items():
            if key not in known:
                raise InputError(
                    f"{self._where} has a field '{prefix}{key[:40]}', which is not known.",
                    f"Leave it out.{did_you_mean(key, known)}",
                )
            if value is not None:
                found[key] = self._value(prefix + key, key, value)
        return found

    def _value(self, name: str, key: str, value: Any) -> Any:
        if key in {"background", "line", "inside", "lip", "teeth", "tongue"}:
            colour = read_paint(value) if isinstance(value, str) else None
            return self._checked(name, colour, colour is not None, "a colour such as #7a2b2b")
        if key in {"centre", "crown", "chin", "neck"} or name == "eyes.reach":
            sound = isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
            return tuple(self._checked(name, value, sound, "two numbers, [x, y]"))
        sound, wanted = _plain(key, value)
        return self._checked(name, value, sound, wanted)

    def _checked(self, name: str, value: Any, sound: bool, wanted: str) -> Any:
        if not sound:
            raise self._error(name, wanted)
        return value

    def _error(self, name: str, wanted: str) -> InputError:
        return InputError(f"{self._where}: '{name}' is not {wanted}.", _MEND)


def _is_number(value: Any) -> bool:
    sound = isinstance(value, int | float) and not isinstance(value, bool)
    return sound and math.isfinite(value) and abs(value) <= LARGEST


def _plain(key: str, value: Any) -> tuple[bool, str]:
    """Return whether a value suits a field that is no colour and no point, and what would."""
    if key in {"name", "credit"}:
        return isinstance(value, str) and len(value) <= LONGEST_TEXT, f"a text of up to {LONGEST_TEXT} characters"
    if key in {"floats", "pixelated"}:
        return isinstance(value, bool), "true or false"
    if key in {"kind", "blink"}:
        words = get_args(MouthKind if key == "kind" else BlinkKind)
        return value in words, f"one of {', '.join(words)}"
    if key in {"smile", "tilt_deg"}:
        return _is_number(value) and abs(value) <= 90, "a number"
    return _is_number(value) and value > 0, "a number above 0"
