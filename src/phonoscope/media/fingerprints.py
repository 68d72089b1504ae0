"""Files are told apart: by their content, and, without reading it, by what the file system tells of them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

Stamp = tuple[str, int, int, int, int]
"""A file's path, its place on the disk, its size, and when its content and its entry were changed."""

REMEMBERED = 4096
"""Files whose hash is not computed again while their stamp stays: a gigabyte takes a second."""


def stamp_of(path: Path) -> Stamp:
    """Return what changes whenever a file does.

    Raises
    ------
    OSError
        There is no such file.
    """
    found = path.stat()
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content, in hexadecimal digits; a file that has not changed is read once.

    Raises
    ------
    OSError
        It cannot be read.
    """
    return _digest(stamp_of(path))


@lru_cache(maxsize=REMEMBERED)
def _digest(stamp: Stamp) -> str:
    with Path(stamp[0]).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
