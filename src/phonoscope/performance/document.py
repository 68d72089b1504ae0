"""Performances as files: ``NAME.performance.json``, schema ``performance.1``.

    {"schema": "performance.1", "fps": "30/1",
     "names": ["browDownLeft", …, "breath"], "head": ["yaw", "pitch", "roll", "x", "y"],
     "frames": [
    [0, 0, … one number for each of "names", then one for each of "head"],
    …
    ]}

Frame n shows time n / fps. A row is written as soon as it is known, so a file of any length needs no memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import InputError
from phonoscope.core.mouth_shapes import MOUTH_SHAPES
from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD, Performance
from phonoscope.performance.options import MAX_FPS, MIN_FPS

SCHEMA: Final = "performance.1"

DECIMALS: Final = 4
"""A ten-thousandth of a face height is less than a fifth of a pixel on any face that fits a 4K picture."""

FULL_JAW_GAP: Final = 0.094
"""Opening, in face heights, that ``jawOpen`` 1 makes by itself in a face that has no channel for the lips' gap."""

MAX_BYTES: Final = 128 * 2**20
"""Largest file that is read: about four hours at 30 frames a second."""

_ROW: Final = "[" + ", ".join(["%.6g"] * (len(CHANNELS) + len(HEAD))) + "]"
_LOWEST: Final = {"breath": -1.0, "swayX": -1.0, "swayY": -1.0}
_HIGHEST: Final = {"lipGap": 0.5, "mouthShape": float(len(MOUTH_SHAPES))}
_HEAD_LIMIT: Final = np.array([90.0, 90.0, 90.0, 1.0, 1.0])
_REDO: Final = "Write the file again with Phonoscope, or mend it by hand."

UPGRADES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""By schema: what turns a document into the next newer schema, until it is `SCHEMA`."""


class PerformanceWriter:
    """Writes a performance into an open text file, piece by piece.

    Parameters
    ----------
    stream
        Where to write; stays open and is the caller's.
    fps
        Frames a second of every piece.
    """

    def __init__(self, stream: TextIO, fps: Fraction) -> None:
        self._stream = stream
        self._fps = fps
        self._rows = 0
        head = {"schema": SCHEMA, "fps": f"{fps.numerator}/{fps.denominator}", "names": CHANNELS, "head": HEAD}
        stream.write(json.dumps(head)[:-1] + ', "frames": [')

    def add(self, piece: Performance) -> None:
        """Write the frames of the next piece.

        Raises
        ------
        InputError
            The piece does not follow on the last one, or has another frame rate.
        """
        curves = exported_curves(piece, self._fps, self._rows)
        for row in (np.round(np.hstack([curves, piece.head]).astype(np.float64), DECIMALS) + 0.0).tolist():
            self._stream.write((",\n" if self._rows else "\n") + _ROW % tuple(row))
            self._rows += 1

    def close(self) -> None:
        """Finish the document; without this it cannot be read."""
        self._stream.write("\n]}\n")


def write_performance(stream: TextIO, pieces: Iterable[Performance], fps: Fraction) -> None:
    """Write a whole performance into an open text file."""
    writer = PerformanceWriter(stream, fps)
    for piece in pieces:
        writer.add(piece)
    writer.close()


def exported_curves(piece: Performance, fps: Fraction, first_frame: int) -> NDArray[np.float32]:
    """Return a piece's curves with ``mouthClose`` derived, shape (frames, len(CHANNELS)).

    Raises
    ------
    InputError
        The piece does not begin at `first_frame`, or has another frame rate.
    """
    if piece.fps != fps or piece.first_frame != first_frame:
        raise InputError(
            f"A piece of performance begins at frame {piece.first_frame} at {piece.fps} frames a second, "
            f"but frame {first_frame} at {fps} was expected.",
            "Give all pieces of one performance, in order.",
        )
    curves = piece.curves.copy()
    curves[:, CHANNEL["mouthClose"]] = mouth_close(piece)
    return curves


def mouth_close(piece: Performance) -> NDArray[np.float32]:
    """Return ARKit's ``mouthClose``, shape (frames,), in [0, 1].

    It takes back at the lips what ``jawOpen`` opens: equal to it where the lips touch, 0 where they are as far apart as
    the jaw.
    """
    jaw = piece.curve("jawOpen")
    return np.clip(jaw - piece.curve("lipGap") / np.float32(FULL_JAW_GAP), 0, jaw)


def read_performance(path: Path | str) -> Performance:
    """Read a performance from a file.

    Channels that the file does not name are 0. ``mouthClose`` is 0 as well: it is derived on writing.

    Raises
    ------
    InputError
        The file cannot be read, or is no performance.
    """
    path = Path(path)
    document = _upgraded(_parsed(path), path)
    fps = _fps(document.get("fps"), path)
    names, head = _columns(document, path)
    table = _table(document.get("frames"), len(names) + len(head), path)
    curves = np.zeros((len(table), len(CHANNELS)), np.float32)
    curves[:, [CHANNEL[name] for name in names]] = table[:, : len(names)]
    _check_ranges(curves, table[:, len(names) :], path)
    curves[:, CHANNEL["mouthClose"]] = 0
    return Performance(fps, curves, table[:, len(names) :].astype(np.float32))


def _parsed(path: Path) -> dict[str, Any]:
    """Return the file's top object."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed: a pipe has no size to be asked for.
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"Cannot read '{path}': {error}.", "Check its name and who may read it.") from error
    if len(content) > MAX_BYTES:
        raise InputError(f"'{path}' is larger than {MAX_BYTES >> 20} MiB.", "Cut the performance into shorter ones.")
    try:
        document = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InputError(f"'{path}' is not sound JSON: {error}.", _REDO) from error
    if not isinstance(document, dict):
        raise InputError(f"'{path}' is no performance: its top is not an object.", _REDO)
    return document


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _upgraded(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the document in today's schema."""
    while (schema := document.get("schema")) != SCHEMA:
        upgrade = UPGRADES.get(schema) if isinstance(schema, str) else None
        if upgrade is None:
            if isinstance(schema, str) and re.fullmatch(r"performance\.\d{1,9}", schema):
                raise InputError(f"'{path}' has the newer schema {schema}.", "Update Phonoscope to read it.")
            raise InputError(f"'{path}' is no performance: its schema is not {SCHEMA}.", _REDO)
        document = upgrade(document)
    return document


def _fps(value: object, path: Path) -> Fraction:
    """Return the frame rate."""
    if isinstance(value, str) and (match := re.fullmatch(r"([1-9]\d{0,8})/([1-9]\d{0,8})", value)):
        fps = Fraction(int(match[1]), int(match[2]))
        if MIN_FPS <= fps <= MAX_FPS:
            return fps
    raise InputError(
        f"'{path}' has no usable frame rate in \"fps\".",
        f'Write it as a fraction such as "30/1", between {MIN_FPS} and {MAX_FPS}.',
    )


def _columns(document: dict[str, Any], path: Path) -> tuple[list[str], list[str]]:
    """Return the names of the curves and of the head's columns."""
    names, head = document.get("names"), document.get("head")
    if not isinstance(names, list) or not all(isinstance(n, str) and n in CHANNEL for n in names):
        raise InputError(f"'{path}' has unknown channels in \"names\".", "Use ARKit's names and Phonoscope's own.")
    if len(set(names)) != len(names) or "lipGap" not in names:
        raise InputError(f"'{path}' names a channel twice, or lacks lipGap.", _REDO)
    if head != list(HEAD):
        raise InputError(f"'{path}' has other columns in \"head\" than {', '.join(HEAD)}.", _REDO)
    return names, list(HEAD)


def _table(rows: object, columns: int, path: Path) -> NDArray[np.float64]:
    """Return all rows, float64, shape (frames, columns), finite."""
    if not isinstance(rows, list):
        raise InputError(f"'{path}' has no \"frames\".", _REDO)
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != columns or not set(map(type, row)) <= {int, float}:
            raise InputError(f"Frame {number} of '{path}' is not a row of {columns} numbers.", _REDO)
    try:
        table = np.array(rows, np.float64).reshape(len(rows), columns)
    except OverflowError as error:
        raise InputError(f"'{path}' has a number that is too large.", _REDO) from error
    if not np.isfinite(table).all():
        raise InputError(f"'{path}' has a number that is too large.", _REDO)
    return table


def _check_ranges(curves: NDArray[np.float32], head: NDArray[np.float64], path: Path) -> None:
    """Refuse values that no face can follow."""
    lowest = np.array([_LOWEST.get(name, 0.0) for name in CHANNELS])
    highest = np.array([_HIGHEST.get(name, 1.0) for name in CHANNELS])
    # Half a unit of the last decimal, and what float32 leaves.
    slack = 10.0**-DECIMALS
    wrong = (curves < lowest - slack) | (curves > highest + slack)
    if wrong.any():
        frame, channel = np.argwhere(wrong)[0]
        value = float(curves[frame, channel])
        raise InputError(f"Frame {frame} of '{path}' has {CHANNELS[channel]} {value:g}, which is out of range.", _REDO)
    if (np.abs(head) > _HEAD_LIMIT).any():
        frame = int(np.argwhere(np.abs(head) > _HEAD_LIMIT)[0, 0])
        raise InputError(f"Frame {frame} of '{path}' turns the head out of range.", _REDO)
