"""Texts that a user has in a file, or pipes in."""

from __future__ import annotations

import sys
from pathlib import Path

from phonoscope.core.errors import ScriptError

LARGEST_TEXT_BYTES = 4_000_000
"""About sixty hours of speech; a larger file is no script."""


def read_text_file(path: Path, option: str) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Parameters
    ----------
    option
        The option that names the file, for messages.

    Raises
    ------
    ScriptError
        It cannot be read as text.
    """
    name = "standard input" if str(path) == "-" else f"{path}"
    if str(path) == "-" and sys.stdin is None:
        raise ScriptError("Standard input is closed.", f"Pipe a text into it, or name a file with {option}.")
    try:
        data = sys.stdin.buffer.read(LARGEST_TEXT_BYTES + 1) if str(path) == "-" else _read_file(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no file name"
        raise ScriptError(f"{name} cannot be read: {reason}.", f"Check the name given with {option}.") from error
    if len(data) > LARGEST_TEXT_BYTES:
        raise ScriptError(f"{name} is too large to be a text that is spoken.", "Split it into parts of up to 4 MB.")
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - data[: error.start].rfind(b"\n")
        message = f"{name} is not UTF-8 text (line {line}, column {column})."
        raise ScriptError(message, "Save it as UTF-8 text.", line, column) from error


def _read_file(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_TEXT_BYTES + 1)
