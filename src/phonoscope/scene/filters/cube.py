"""Colour tables in .cube files (Adobe's Cube LUT Specification 1.0, and the ranges that Resolve writes).

Files come from anywhere, so that each number is checked, and what is wrong is told with its line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Never

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import InputError

LARGEST_FILE_BYTES = 32 * 2**20
"""Four times what 65 x 65 x 65 colours take."""

LARGEST_SIZE = {"LUT_1D_SIZE": 65536, "LUT_3D_SIZE": 65}

LONGEST_LINE = 250
"""Characters that the specification allows."""

LARGEST_NUMBER = 1e6
"""Far beyond any range in use; larger ones would overflow what is computed from them."""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """A table of colours.

    Attributes
    ----------
    colours
        float32, shape (n, 3) for a curve of each channel, or (n, n, n, 3), indexed by blue, green, red.
    lowest, highest
        float32, shape (3,): what the first and the last entry stand for.
    """

    colours: NDArray[np.float32]
    lowest: NDArray[np.float32]
    highest: NDArray[np.float32]

    def look_up(self, rgb: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the colours for `rgb`, both float32, shape (n, 3); those outside the table take its nearest."""
        size = self.colours.shape[0]
        where = np.clip((rgb - self.lowest) / (self.highest - self.lowest), 0, 1) * (size - 1)
        if self.colours.ndim == 2:
            steps = np.arange(size)
            curves = [np.interp(where[:, k], steps, self.colours[:, k]) for k in range(3)]
            return np.stack(curves, axis=1).astype(np.float32)
        return _trilinear(self.colours, where.astype(np.float32))


def read_cube(path: Path) -> Cube:
    """Read a .cube file.

    Raises
    ------
    InputError
        It cannot be read, or is no such file; tells the line.
    """
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise InputError(
                f"{path.name} is larger than {LARGEST_FILE_BYTES // 2**20} MB.", "Export it with 33 steps a side."
            )
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path of the LUT.") from error
    return _Reader(path.name).read(text)


@dataclass(slots=True)
class _Reader:
    """Takes a .cube file line by line."""

    name: str
    keyword: str = ""
    size: int = 0
    domain: dict[str, list[float]] = field(default_factory=lambda: {"DOMAIN_MIN": [0.0] * 3, "DOMAIN_MAX": [1.0] * 3})
    rows: list[list[float]] = field(default_factory=list)
    line: int = 0

    def read(self, text: str) -> Cube:
        """Return the table in `text`."""
        for words in self._lines(text):
            if words[0][0].isalpha():
                self._take_keyword(words)
            else:
                self._take_colour(words)
        return self._finish()

    def _lines(self, text: str) -> Iterator[list[str]]:
        """Yield the words of each line that has any, and count lines."""
        for line in text.splitlines():
            self.line += 1
            if "\0" in line:
                self._refuse("is not text")
            if len(line) > LONGEST_LINE and not line.lstrip().startswith(("#", "TITLE")):
                self._refuse(f"is longer than {LONGEST_LINE} characters")
            words = line.split()
            if words and not words[0].startswith("#"):
                yield words

    def _take_keyword(self, words: list[str]) -> None:
        keyword, values = words[0], words[1:]
        if keyword == "TITLE":
            return
        if self.rows:
            self._refuse(f"has {keyword[:40]} after the first colour, where only colours may be")
        if keyword in LARGEST_SIZE:
            self._take_size(keyword, values)
        elif keyword in self.domain:
            self.domain[keyword] = self._numbers(values, 3)
        elif keyword in ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE"):
            lowest, highest = self._numbers(values, 2)
            self.domain = {"DOMAIN_MIN": [lowest] * 3, "DOMAIN_MAX": [highest] * 3}
        else:
            self._refuse(f"has the unknown word {keyword[:40]!r}")

    def _take_size(self, keyword: str, values: list[str]) -> None:
        if self.keyword:
            self._refuse("gives a size for the second time")
        if len(values) != 1 or not (values[0].isascii() and values[0].isdigit() and len(values[0]) < 7):
            self._refuse(f"needs one whole number after {keyword}")
        self.keyword, self.size = keyword, int(values[0])
        if not 2 <= self.size <= LARGEST_SIZE[keyword]:
            self._refuse(f"gives {self.size} as {keyword}; it can be 2 to {LARGEST_SIZE[keyword]}")

    def _take_colour(self, words: list[str]) -> None:
        if not self.keyword:
            self._refuse("has a colour before LUT_1D_SIZE or LUT_3D_SIZE")
        if len(self.rows) == self._expected:
            self._refuse(f"has a colour too many; {self._expected} were announced")
        self.rows.append(self._numbers(words, 3))

    def _numbers(self, words: list[str], count: int) -> list[float]:
        if len(words) != count:
            self._refuse(f"needs {count} numbers, not {len(words)}")
        try:
            numbers = [float(word) for word in words]
        except ValueError:
            self._refuse("has something that is not a number")
        # NaN fails the comparison too.
        if not all(math.fabs(number) <= LARGEST_NUMBER for number in numbers):
            self._refuse("has a number that is out of all range")
        return numbers

    @property
    def _expected(self) -> int:
        return self.size if self.keyword == "LUT_1D_SIZE" else self.size**3

    def _finish(self) -> Cube:
        if not self.line:
            raise InputError(f"{self.name}: the file is empty.", "Export the LUT again as a .cube file.")
        if not self.keyword:
            self._refuse("is the last one, and neither LUT_1D_SIZE nor LUT_3D_SIZE was given")
        if len(self.rows) < self._expected:
            self._refuse(f"is the last one after {len(self.rows)} of {self._expected} colours: the file is cut short")
        lowest, highest = (np.array(self.domain[name], np.float32) for name in ("DOMAIN_MIN", "DOMAIN_MAX"))
        if not (highest - lowest > 1e-6).all():
            raise InputError(f"{self.name}: DOMAIN_MAX is not above DOMAIN_MIN.", "Export the LUT again.")
        colours = np.array(self.rows, np.float32)
        if self.keyword == "LUT_3D_SIZE":
            colours = colours.reshape(self.size, self.size, self.size, 3)
        return Cube(colours, lowest, highest)

    def _refuse(self, what: str) -> Never:
        raise InputError(f"{self.name}: line {self.line} {what}.", "Export the LUT again as a .cube file.")


def _trilinear(table: NDArray[np.float32], where: NDArray[np.float32]) -> NDArray[np.float32]:
    """Interpolate `table`, shape (n, n, n, 3), at positions `where`, shape (m, 3): red, green, blue in steps."""
    cell = np.minimum(where.astype(np.intp), table.shape[0] - 2)
    share = where - cell
    mixed = np.zeros_like(where)
    for corner in range(8):
        step = np.array([corner & 1, corner >> 1 & 1, corner >> 2])
        weight = np.prod(np.where(step, share, 1 - share), axis=1, keepdims=True)
        red, green, blue = (cell + step).T
        mixed += weight * table[blue, green, red]
    return mixed
