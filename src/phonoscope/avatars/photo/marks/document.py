"""Marks as files: ``PHOTO.rig.json`` beside the photo, schema ``rig.1``.

    {"schema": "rig.1", "units": "px", "picture": [800, 600],
     "faces": [
      {"name": "Rex", "kind": "animal",
       "mouth": {"left": [310, 402], "right": [405, 398], "upper": [[357, 410]], "lower": [[357, 421]],
                 "upper_rim": [357, 400], "lower_rim": [357, 436], "style": "auto"},
       "chin": [356, 470], "nose": [357, 376],
       "eyes": [{"left": [270, 240], "right": [318, 246], "upper": [294, 226], "lower": [294, 256],
                 "pupil": [294, 241]},
                {"left": [398, 244], "right": [446, 238], "upper": [422, 224], "lower": [422, 254]}],
       "top": [357, 120], "left_side": [200, 300], "right_side": [515, 296]}
     ]}

Points are [x, y] from the top left corner of the upright picture, left and right as seen in it. In ``px`` they count
pixels of a picture as large as ``picture`` says (another size of the same shape is fine); in ``share`` they are parts
of its width and height, and ``picture`` may be left out. Of a face, ``mouth`` (with ``left``, ``right`` and ``upper``)
and ``chin`` are needed, all else may be left out; `FaceMarks` tells what everything means.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeVar

from phonoscope.avatars.photo.marks.face_marks import (
    KINDS,
    MOST_LIP_POINTS,
    MOUTH_STYLES,
    EyeMarks,
    FaceMarks,
    MouthMarks,
    Point,
)
from phonoscope.core.errors import InputError

SCHEMA: Final = "rig.1"
SUFFIX: Final = ".rig.json"

MAX_BYTES: Final = 2**20
"""Largest file that is read: a thousand faces."""

MAX_FACES: Final = 64
MAX_NAME: Final = 80
MAX_SIDE_PX: Final = 100_000

_SHAPE_TOLERANCE: Final = 0.02
"""How far the shape of the picture may be from that of the marked one: rounding of a resized picture."""

_BEYOND: Final = 0.5
"""How far a chin or an outline may lie outside the picture, in its sides."""

_REDO: Final = "Mend it by hand, or mark the face again: phonoscope mark PHOTO."

_Name = TypeVar("_Name", bound=str)

_FACE: Final = ("mouth", "chin", "name", "kind", "eyes", "nose", "top", "left_side", "right_side")
_MOUTH: Final = ("left", "right", "upper", "lower", "upper_rim", "lower_rim", "style")
_EYE: Final = ("left", "right", "upper", "lower", "pupil")

UPGRADES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By schema: what turns a document into the next newer schema, until it is `SCHEMA`."""


def marks_path(photo: Path | str) -> Path:
    """Return where the marks of a photo are kept: ``rex.jpg`` has ``rex.rig.json``."""
    return Path(photo).with_suffix(SUFFIX)


def find_marks(photo: Path | str) -> Path | None:
    """Return the file of marks beside a photo, ``rex.rig.json`` or ``rex.jpg.rig.json``, or None without one."""
    try:
        photo = Path(photo)
        return next((p for p in (marks_path(photo), photo.with_name(photo.name + SUFFIX)) if p.is_file()), None)
    except (OSError, ValueError):
        # No file name at all: not a photo on this computer.
        return None


def read_rig(path: Path | str, size_px: tuple[int, int]) -> tuple[FaceMarks, ...]:
    """Read marks from a file, in pixels of the upright picture of `size_px` (width, height).

    Raises
    ------
    InputError
        The file cannot be read, is no rig, or belongs to a picture of another shape.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"Cannot read '{path}': {getattr(error, 'strerror', None) or error}.", "Check its name and who may read it."
        ) from error
    return parse_rig(content, size_px, f"'{path}'")


def parse_rig(content: bytes, size_px: tuple[int, int], where: str = "The rig") -> tuple[FaceMarks, ...]:
    """Read marks from the bytes of a file; `where` names it in messages. See `read_rig`."""
    if len(content) > MAX_BYTES:
        raise InputError(f"{where} is larger than {MAX_BYTES >> 20} MiB.", _REDO)
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not sound JSON: {error}.", _REDO) from error
    return _Reader(where, size_px).faces(document)


def rig_text(faces: Sequence[FaceMarks], size_px: tuple[int, int]) -> str:
    """Return marks as a document; they are in pixels of the picture of `size_px` (width, height)."""
    written = [_without_defaults(asdict(face), asdict(_BARE)) for face in faces]
    head = json.dumps({"schema": SCHEMA, "units": "px", "picture": list(size_px)})
    rows = ",\n".join("  " + json.dumps(face, ensure_ascii=False) for face in written)
    return f'{head[:-1]}, "faces": [\n{rows}\n]}}\n'


def write_rig(path: Path | str, faces: Sequence[FaceMarks], size_px: tuple[int, int]) -> None:
    """Write marks into a file, whole or not at all; an older one is replaced.

    Raises
    ------
    OutputError
        It cannot be written.
    """
    from phonoscope.media.output import text_file

    with text_file(Path(path), overwrite=True) as stream:
        stream.write(rig_text(faces, size_px))


_BARE = FaceMarks(MouthMarks((0, 0), (0, 0), ((0, 0),)), (0, 0))


def _without_defaults(value: dict[str, Any], bare: dict[str, Any]) -> dict[str, Any]:
    """Return fields that say something, points rounded to a hundredth of a pixel."""
    kept: dict[str, Any] = {}
    for name, content in value.items():
        if name == "mouth":
            kept[name] = _without_defaults(content, bare["mouth"])
        elif content is not None and (content != bare[name] or name in ("left", "right", "upper", "chin")):
            kept[name] = _rounded(content)
    return kept


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, (tuple, list)):
        return [_rounded(v) for v in value]
    if isinstance(value, dict):
        return {name: _rounded(v) for name, v in value.items() if v is not None}
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


class _Reader:
    """Reads a document, and knows the path of what it reads."""

    def __init__(self, where: str, size_px: tuple[int, int]) -> None:
        self._where = where
        self._size_px = size_px
        self._scale = (1.0, 1.0)

    def faces(self, document: object) -> tuple[FaceMarks, ...]:
        """Return what the whole document holds."""
        whole = self._upgraded(document)
        self._fields(whole, "", ("schema", "faces"), ("units", "picture"))
        self._scale = self._read_scale(whole)
        faces = whole["faces"]
        if not isinstance(faces, list) or not 0 < len(faces) <= MAX_FACES:
            raise self._wrong("faces", f"is not a list of 1 to {MAX_FACES} faces")
        read = tuple(self._face(face, f"faces[{i}]") for i, face in enumerate(faces))
        names = [face.name.casefold() for face in read if face.name]
        for i, face in enumerate(read):
            if names.count(face.name.casefold()) > 1:
                raise self._wrong(f"faces[{i}].name", f"is that of another face too: {face.name}")
        return read

    def _wrong(self, path: str, what: str) -> InputError:
        return InputError(f"{self._where} cannot be used: {path} {what}." if path else f"{self._where} {what}.", _REDO)

    def _upgraded(self, document: object) -> dict[str, Any]:
        """Return the document in today's schema."""
        if not isinstance(document, dict):
            raise self._wrong("", "is no rig: its top is not an object")
        while (schema := document.get("schema")) != SCHEMA:
            upgrade = UPGRADES.get(schema) if isinstance(schema, str) else None
            if upgrade is None:
                if isinstance(schema, str) and re.fullmatch(r"rig\.\d{1,9}", schema):
                    raise InputError(f"{self._where} has the newer schema {schema}.", "Update Phonoscope to read it.")
                raise self._wrong("", f"is no rig: its schema is not {SCHEMA}")
            document = upgrade(document)
        return document

    def _fields(self, value: object, path: str, needed: Sequence[str], others: Sequence[str]) -> dict[str, Any]:
        """Return an object that has all the needed fields and none that are unknown."""
        if not isinstance(value, dict):
            raise self._wrong(path, "is not an object")
        lead = f"{path}." if path else ""
        for name in value:
            if name not in needed and name not in others:
                raise self._wrong(f"{lead}{name[:MAX_NAME]}", "is not known")
        for name in needed:
            if name not in value:
                raise self._wrong(f"{lead}{name}", "is missing")
        return value

    def _read_scale(self, document: dict[str, Any]) -> tuple[float, float]:
        """Return what turns the document's numbers into pixels of our picture, across and down."""
        units = document.get("units", "px")
        if units not in ("px", "share"):
            raise self._wrong("units", 'is neither "px" nor "share"')
        size = document.get("picture")
        if size is None and units == "share":
            return float(self._size_px[0]), float(self._size_px[1])
        usable = isinstance(size, list) and len(size) == 2 and set(map(type, size)) <= {int}
        if not usable or not all(0 < side <= MAX_SIDE_PX for side in size or ()):
            raise self._wrong("picture", "is not a width and a height in whole pixels")
        width, height = size or (1, 1)
        ours = self._size_px
        if abs(width * ours[1] / (height * ours[0]) - 1) > _SHAPE_TOLERANCE + 1 / min(width, height, *ours):
            raise InputError(
                f"{self._where} belongs to another picture: of {width}x{height} pixels, and this has"
                f" {ours[0]}x{ours[1]}.",
                "Mark this picture: phonoscope mark PHOTO.",
            )
        if units == "share":
            return float(ours[0]), float(ours[1])
        return ours[0] / width, ours[1] / height

    def _face(self, value: object, path: str) -> FaceMarks:
        fields = self._fields(value, path, ("mouth", "chin"), _FACE)
        name = fields.get("name", "")
        if not isinstance(name, str) or len(name) > MAX_NAME or not name.isprintable():
            raise self._wrong(f"{path}.name", f"is not a text of up to {MAX_NAME} printable characters")
        eyes = fields.get("eyes", [])
        if not isinstance(eyes, list) or len(eyes) not in (0, 2):
            raise self._wrong(f"{path}.eyes", "is not a list of two eyes, or none")
        outline = {
            name: self._point(fields[name], f"{path}.{name}", _BEYOND)
            for name in ("top", "left_side", "right_side")
            if fields.get(name) is not None
        }
        return FaceMarks(
            mouth=self._mouth(fields["mouth"], f"{path}.mouth"),
            chin=self._point(fields["chin"], f"{path}.chin", _BEYOND),
            name=name,
            kind=self._one_of(fields.get("kind", "person"), KINDS, f"{path}.kind"),
            eyes=tuple(self._eye(eye, f"{path}.eyes[{i}]") for i, eye in enumerate(eyes)),
            nose=self._maybe(fields.get("nose"), f"{path}.nose"),
            **outline,
        )

    def _mouth(self, value: object, path: str) -> MouthMarks:
        fields = self._fields(value, path, ("left", "right", "upper"), _MOUTH)
        return MouthMarks(
            left=self._point(fields["left"], f"{path}.left"),
            right=self._point(fields["right"], f"{path}.right"),
            upper=self._points(fields["upper"], f"{path}.upper", 1),
            lower=self._points(fields.get("lower", []), f"{path}.lower", 0),
            upper_rim=self._maybe(fields.get("upper_rim"), f"{path}.upper_rim"),
            lower_rim=self._maybe(fields.get("lower_rim"), f"{path}.lower_rim"),
            style=self._one_of(fields.get("style", "auto"), MOUTH_STYLES, f"{path}.style"),
        )

    def _eye(self, value: object, path: str) -> EyeMarks:
        fields = self._fields(value, path, _EYE[:4], _EYE)
        left, right, upper, lower = (self._point(fields[name], f"{path}.{name}") for name in _EYE[:4])
        return EyeMarks(left, right, upper, lower, self._maybe(fields.get("pupil"), f"{path}.pupil"))

    def _one_of(self, value: object, known: tuple[_Name, ...], path: str) -> _Name:
        for name in known:
            if value == name:
                return name
        raise self._wrong(path, f"is none of {', '.join(known)}")

    def _points(self, value: object, path: str, least: int) -> tuple[Point, ...]:
        if not isinstance(value, list) or not least <= len(value) <= MOST_LIP_POINTS:
            raise self._wrong(path, f"is not a list of {least} to {MOST_LIP_POINTS} points")
        return tuple(self._point(point, f"{path}[{i}]") for i, point in enumerate(value))

    def _maybe(self, value: object, path: str) -> Point | None:
        return None if value is None else self._point(value, path)

    def _point(self, value: object, path: str, beyond: float = 0.0) -> Point:
        """Return a point in pixels, at most `beyond` sides of the picture outside it."""
        if not isinstance(value, list) or len(value) != 2 or not set(map(type, value)) <= {int, float}:
            raise self._wrong(path, "is not a point [x, y]")
        try:
            x, y = (float(v) * scale for v, scale in zip(value, self._scale, strict=True))
        except OverflowError as error:
            raise self._wrong(path, "is not a point [x, y]") from error
        for place, side in ((x, self._size_px[0]), (y, self._size_px[1])):
            if not math.isfinite(place) or not -beyond * side - 0.5 <= place <= (1 + beyond) * side + 0.5:
                raise self._wrong(path, "lies outside the picture")
        return x, y
