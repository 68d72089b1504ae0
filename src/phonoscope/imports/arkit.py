"""Curves that Live Link Face has recorded, or `exports.arkit` has written, as CSV.

Files of the app have one row a frame, at 60 frames a second, with gaps where the face was out of sight (rows without
values). ``lipGap`` and ``mouthRest``, which they lack, are derived.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from phonoscope.capture.mouth_rest import MouthRest
from phonoscope.core.errors import InputError
from phonoscope.core.performance import CHANNEL, CHANNELS, HEAD
from phonoscope.exports.arkit import ANGLES, BLENDSHAPES
from phonoscope.imports.take import Take
from phonoscope.performance.document import FULL_JAW_GAP

MOST_ROWS: Final = 24 * 3600 * 60
"""A day at 60 frames a second."""

LONGEST_LINE: Final = 8192
"""Characters; a row of 61 numbers has some 600."""

RATES: Final = (24, 25, 30, 48, 50, 60, 90, 100, 120, 240)
"""Frame rates that time codes count to, NTSC's a thousandth slower included."""

USUAL_RATE: Final = 60
"""What Live Link Face records at: assumed for less than a second."""

PARTED_MM: Final = {
    "mouthUpperUpLeft": 1.2,
    "mouthUpperUpRight": 1.2,
    "mouthLowerDownLeft": 1.8,
    "mouthLowerDownRight": 1.8,
}
"""How far ARKit's lips part by themselves at 1, on a face of `FACE_MM`, where nothing presses them together."""

FACE_MM: Final = 175.0

HELD_ASIDE_DEG: Final = 6.0
"""Heads that are usually turned by more than this were filmed from aside or below: the rest is taken off."""

_TIME: Final = re.compile(r"(\d{1,2}):(\d{1,2}):(\d{1,2})[:;](\d{1,4}(?:\.\d{1,9})?)")
_DAY_S: Final = 24 * 3600.0
_REMEDY: Final = "Give the CSV that Live Link Face records, or that --arkit writes."


def read_arkit(path: Path | str) -> Take:
    """Read curves from a file.

    Raises
    ------
    InputError
        The file cannot be read, or is no such file.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            clock, table = _rows(stream, path)
    except (OSError, UnicodeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"Cannot read '{path}': {error}.", _REMEDY) from error
    fps, times_s = _times(clock)
    order = np.argsort(times_s, kind="stable")
    times_s, first = np.unique(times_s[order], return_index=True)
    values = table[order][first]
    curves = np.zeros((len(values), len(CHANNELS)), np.float32)
    curves[:, [CHANNEL[name] for name in BLENDSHAPES]] = np.clip(values[:, : len(BLENDSHAPES)], 0, 1)
    curves[:, CHANNEL["lipGap"]] = _lip_gap(curves)
    curves[:, CHANNEL["mouthRest"]] = MouthRest(float(1 / fps))(curves.astype(np.float64))
    curves[:, CHANNEL["mouthClose"]] = 0
    return Take(times_s - times_s[0], curves, _head(values[:, len(BLENDSHAPES) :]), fps)


def _rows(stream: Iterator[str], path: Path) -> tuple[list[tuple[float, float]], NDArray[np.float64]]:
    """Return (full seconds, frames since) of each row, and its values, float64, shape (frames, 61)."""
    reader = csv.reader(_short_lines(stream, path))
    header = next(reader, [])
    names = [name.strip().lower() for name in header]
    wanted = [name.lower() for name in (*BLENDSHAPES, *ANGLES)]
    missing = [name for name in ("timecode", *wanted[: len(BLENDSHAPES)]) if name not in names]
    if missing:
        raise InputError(f"'{path}' is no recording of a face: it has no column {missing[0]}.", _REMEDY)
    columns = [names.index(name) if name in names else -1 for name in wanted]
    at = names.index("timecode")
    clock: list[tuple[float, float]] = []
    values: list[list[float]] = []
    for number, row in enumerate(reader, start=2):
        if len(values) >= MOST_ROWS:
            raise InputError(f"'{path}' is longer than a day.", "Cut it into parts.")
        if len(row) < len(header):
            # Where it saw no face, the app writes the time alone.
            continue
        clock.append(_clock(row[at], number, path))
        values.append([_number(row[column], number, path) if column >= 0 else 0.0 for column in columns])
    if not values:
        raise InputError(f"'{path}' has no frames.", _REMEDY)
    return clock, np.array(values, np.float64)


def _short_lines(stream: Iterator[str], path: Path) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        if len(line) > LONGEST_LINE:
            raise InputError(f"Line {number} of '{path}' is too long.", _REMEDY)
        yield line


def _clock(text: str, number: int, path: Path) -> tuple[float, float]:
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise InputError(f"Line {number} of '{path}' has no time code but '{text[:20]}'.", _REMEDY)
    hours, minutes, seconds = (int(found[group]) for group in (1, 2, 3))
    return hours * 3600.0 + minutes * 60 + seconds, float(found[4])


def _number(text: str, number: int, path: Path) -> float:
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if not np.isfinite(value) or abs(value) > 1e3:
        raise InputError(f"Line {number} of '{path}' has '{text[:20]}' where a number belongs.", _REMEDY)
    return value


def _times(clock: list[tuple[float, float]]) -> tuple[Fraction, NDArray[np.float64]]:
    """Return the frame rate, and when each row is, in seconds."""
    seconds, frames = np.array(clock, np.float64).T
    # Midnight.
    seconds = seconds + _DAY_S * np.cumsum(np.r_[0, np.diff(seconds) < -_DAY_S / 2])
    step = np.diff(frames)[np.diff(seconds) == 0]
    highest = frames.max() + (float(np.median(step)) if len(step) else 1.0)
    # Some second counts up to the rate; a few frames may have been lost there.
    counted = round(float(highest)) if seconds.max() > seconds.min() else USUAL_RATE
    rate = next((rate for rate in RATES if 0 <= rate - counted <= 1), max(counted, 1))
    times_s = seconds + frames / rate
    per_row = float(np.median(np.diff(times_s))) if len(times_s) > 1 else 1 / rate
    fps = Fraction(1 / per_row if per_row > 0 else rate).limit_denominator(1001)
    return min(max(fps, Fraction(5)), Fraction(240)), times_s


def _lip_gap(curves: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far the lips are apart: what the jaw opens less what the lips take back, and what they open."""

    def of(name: str) -> NDArray[np.float32]:
        return curves[:, CHANNEL[name]]

    jaw, close = of("jawOpen"), of("mouthClose")
    press = np.maximum(
        0.5 * (of("mouthPressLeft") + of("mouthPressRight")), 0.5 * (of("mouthRollLower") + of("mouthRollUpper"))
    )
    free = np.clip(1 - 2 * press, 0, 1) * np.clip(1 - close / np.maximum(jaw, 0.02), 0, 1)
    lips = sum(mm / FACE_MM * of(name) for name, mm in PARTED_MM.items())
    return np.asarray(np.clip(FULL_JAW_GAP * np.maximum(jaw - close, 0) + free * lips, 0, 0.5), np.float32)


def _head(angles_rad: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the head's movement, shape (frames, 5), from the file's angles: see `exports.arkit`."""
    degrees = np.degrees(angles_rad[:, :3])
    usual = np.median(degrees, axis=0)
    yaw, pitch, roll = (degrees - np.sign(usual) * np.maximum(np.abs(usual) - HELD_ASIDE_DEG, 0)).T
    head = np.zeros((len(yaw), len(HEAD)))
    head[:, 0], head[:, 1], head[:, 2] = yaw, -pitch, -roll
    return np.asarray(np.clip(head, -90, 90), np.float32)
