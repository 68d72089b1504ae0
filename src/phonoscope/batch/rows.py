"""CSV → rows: tables as spreadsheets write them, with their various separators and encodings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from phonoscope.core.errors import InputError

LARGEST_BYTES: Final = 20_000_000
MOST_ROWS: Final = 10_000
"""A week of rendering; a longer table is a mistake."""
MOST_COLUMNS: Final = 200

SEPARATORS: Final = (",", ";", "\t", "|")
"""In order of preference; spreadsheets of countries that write 0,5 use semicolons."""

_TRIED_ROWS: Final = 20
"""Rows that are looked at to find the separator."""

_CSV: Final = "Save the table as CSV (UTF-8)."


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    number
        As spreadsheets count: the headings are row 1.
    values
        By column; empty cells are left out.
    fault
        Why it cannot be used; empty if it can.
    """

    number: int
    values: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes
    ----------
    columns
        The headings.
    rows
        Without empty ones.
    separator
        What stands between cells.
    encoding
        How the letters are stored.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    separator: str = ","
    encoding: str = "utf-8"


def read_table(path: Path) -> Table:
    """Read a CSV file.

    Raises
    ------
    InputError
        It cannot be read, or is no table. Single rows that cannot be used do not count: see `Row.fault`.
    """
    text, encoding = _decoded(_content(path), path)
    text, separator = _separator_line(text)
    separator = separator or _guessed_separator(text)
    records = _records(text, separator)
    header = next((record for _, record, fault in records if not fault and any(map(str.strip, record))), None)
    if header is None:
        raise InputError(f"'{path}' is empty.", "Write the names of the variables into its first row.")
    columns = _columns(header, path)
    rows: list[Row] = []
    for number, record, fault in records:
        if not fault and not any(map(str.strip, record)):
            continue
        if len(rows) >= MOST_ROWS:
            raise InputError(f"'{path}' has more than {MOST_ROWS:,} rows.", "Split it.")
        rows.append(_row(number, record, fault, columns))
    if not rows:
        raise InputError(f"'{path}' has headings, but no rows.", "Write one row for each video.")
    return Table(tuple(name for name in columns if name), tuple(rows), separator, encoding)


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"'{path}' is not an ordinary file.", "Give a CSV file.")
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except InputError:
        raise
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise InputError(f"Cannot read '{path}': {reason}.", "Check its name, and who may read it.") from error
    if len(data) > LARGEST_BYTES:
        raise InputError(f"'{path}' is larger than {LARGEST_BYTES // 1_000_000} MB.", "Split it.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InputError(f"'{path}' is a spreadsheet, not CSV.", _CSV)
    return data


def _decoded(data: bytes, path: Path) -> tuple[str, str]:
    """Return the text, and how it was stored: whatever common spreadsheets write."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, encoding.removesuffix("-sig")
    raise InputError(f"'{path}' is no text.", _CSV)


def _separator_line(text: str) -> tuple[str, str]:
    """Take off the line by which a table names its separator, as in ``sep=;``."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"').casefold()
    if len(line) == 5 and line.startswith("sep=") and line[4] in SEPARATORS:
        # An empty line in its place: rows keep their numbers.
        return "\n" + rest, line[4]
    return text, "\t" if first.strip("\r").casefold() == "sep=\t" else ""


def _guessed_separator(text: str) -> str:
    """Return the separator that gives most rows as many cells as there are headings."""

    def score(separator: str) -> tuple[float, int]:
        widths = []
        for _, record, fault in _records(text, separator):
            if record and not fault:
                widths.append(len(record))
            if len(widths) >= _TRIED_ROWS:
                break
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    best = max(SEPARATORS, key=score)
    return best if score(best) > (0.0, 0) else ","


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield number, cells and fault of each row, empty ones included."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        line = reader.line_num + 1
        try:
            yield number, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], _csv_fault(str(error), line)


def _csv_fault(complaint: str, line: int) -> str:
    if "end of data" in complaint:
        return f"The quotation mark that opens in line {line} or below is never closed."
    if "field limit" in complaint:
        return f"Line {line}: a cell is too long; perhaps a quotation mark is not closed."
    return f"Line {line}: the quotation marks do not match."


def _columns(header: list[str], path: Path) -> list[str]:
    """Return the headings; those of nameless columns are empty."""
    columns = [" ".join(name.split()) for name in header]
    if len(columns) > MOST_COLUMNS:
        raise InputError(f"'{path}' has more than {MOST_COLUMNS} columns.", "Take away those that are not needed.")
    named = [name.casefold() for name in columns if name]
    twice = next((name for name in columns if name and named.count(name.casefold()) > 1), None)
    if twice is not None:
        raise InputError(f"'{path}' has two columns called '{twice[:40]}'.", "Give each column its own name.")
    return columns


def _row(number: int, record: list[str], fault: str, columns: list[str]) -> Row:
    if not fault and any(cell.strip() for cell in record[len(columns) :]):
        fault = f"It has {len(record)} cells, but there are {len(columns)} columns."
    values = {name: cell.strip() for name, cell in zip(columns, record, strict=False) if name and cell.strip()}
    return Row(number, values, fault)
