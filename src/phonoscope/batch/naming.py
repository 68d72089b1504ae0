"""What videos are called: names out of tables, made safe for every file system, and told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Final

from phonoscope.batch.rows import Row
from phonoscope.core.errors import UsageError
from phonoscope.core.suggesting import did_you_mean

DEFAULT_NAME: Final = "{{row}}.mp4"
ROW: Final = "row"
"""Stands for the row's number, unless there is a column of that name."""

LONGEST_BYTES: Final = 120
"""Of a name without its suffix: file systems end at 255, encrypted ones at 143, and temporary names are longer."""

_PLACEHOLDER: Final = re.compile(r"\{\{\s*(?P<name>[^{}]*?)\s*\}\}")
# % would begin the number of a picture in a sequence.
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f]+')
_DEVICES: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def names_of(rows: Sequence[Row], pattern: str, columns: Sequence[str]) -> list[str]:
    """Return the name of each row's video; no two are alike, capitals or not.

    Parameters
    ----------
    pattern
        Such as ``{{name}}.mp4``: column names, and ``{{row}}``.
    columns
        Of the table.

    Raises
    ------
    UsageError
        The pattern names no column, or is no file name.
    """
    suffix = PurePath(pattern).suffix
    if not suffix or "{{" in suffix or "/" in pattern or "\\" in pattern:
        raise UsageError(f"'{pattern[:60]}' is no pattern for names.", "Write, for example, --name '{{name}}.mp4'.")
    _refuse_unknown(pattern, columns)
    stem = pattern.removesuffix(suffix)
    taken: set[str] = set()
    names = []
    for row in rows:
        name = _safe(_filled(stem, row), f"{row.number:04d}")
        if _key(name) in taken:
            # Its row's number, not a counter: the others keep their names when a row is taken out.
            name = f"{name}-{row.number}"
        while _key(name) in taken:
            name += "-"
        taken.add(_key(name))
        names.append(name + suffix)
    return names


def _refuse_unknown(pattern: str, columns: Sequence[str]) -> None:
    known = {name.casefold() for name in (*columns, ROW)}
    for found in _PLACEHOLDER.finditer(pattern):
        if found["name"].casefold() not in known:
            near = did_you_mean(found["name"], [*columns, ROW])
            raise UsageError(
                f"The pattern for names has {{{{{found['name'][:40]}}}}}, but there is no such column.{near}",
                f"There are: {', '.join((*columns, ROW))[:300]}.",
            )


def _filled(stem: str, row: Row) -> str:
    values: Mapping[str, str] = {ROW: f"{row.number:04d}"} | {k.casefold(): v for k, v in row.values.items()}
    return _PLACEHOLDER.sub(lambda found: values.get(found["name"].casefold(), ""), stem)


def _safe(name: str, otherwise: str) -> str:
    """Return a name that every file system takes, and that leads nowhere else."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c in "\n\t")
    name = " ".join(_UNSAFE.sub("-", name).split()).strip(" .-")
    name = name.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(" .-")
    if _DEVICES.fullmatch(name):
        name += "_"
    return name or otherwise


def _key(name: str) -> str:
    """Return what is the same for names that some file system would take for the same."""
    return unicodedata.normalize("NFKC", name).casefold()
