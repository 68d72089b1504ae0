"""Files that appear whole or not at all: written under a temporary name beside their place, then renamed."""

from __future__ import annotations

import errno
import io
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from phonoscope.core.errors import OutputError, UsageError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_NAME_LIMIT_BYTES = 200
"""Longest temporary name; common file systems end at 255 bytes, encrypted ones earlier."""

_CAUSES = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another folder."),
    errno.EDQUOT: ("your disk quota is used up", "Free some space, or choose another folder."),
    errno.EFBIG: ("the file grew larger than its file system allows", "Choose a folder on another disk."),
    errno.EACCES: ("permission was denied", "Choose a folder that you may write to."),
    errno.EPERM: ("permission was denied", "Choose a folder that you may write to."),
    errno.EROFS: ("the disk is read-only", "Choose a folder that you may write to."),
    errno.ENOENT: ("its folder does not exist", "Create the folder first, or choose another."),
    errno.ENOTDIR: ("its folder is a file", "Choose another folder."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.EIO: ("the disk reported a fault", "Check the disk, or choose another folder."),
}


def output_error(path: Path, error: OSError) -> OutputError:
    """Return the error that tells why `path` cannot be written."""
    cause, remedy = _CAUSES.get(
        error.errno or 0, (error.strerror or str(error) or type(error).__name__, "Choose another folder.")
    )
    return OutputError(f"Cannot write '{path}': {cause}.", remedy)


def check_output(path: Path | str, overwrite: bool = False) -> Path:
    """Refuse an output that cannot be written, before any work is done for it.

    Returns
    -------
    Path
        Absolute, with links followed: the file that is to be replaced is the one that a link points to.

    Raises
    ------
    UsageError
        The file exists and is not to be overwritten.
    OutputError
        Its folder is missing or closed to us, or something that is not an ordinary file is in the way.
    """
    try:
        place = Path(path).resolve()
        if place.is_dir():
            raise OutputError(f"Cannot write '{path}': it is a folder.", "Add a file name.")
        if place.exists() and not place.is_file():
            # Renaming onto a device or a pipe would replace the device itself.
            raise OutputError(f"Cannot write '{path}': it is not an ordinary file.", "Choose another name.")
        if place.exists() and not overwrite:
            raise UsageError(
                f"'{path}' exists already.",
                "Choose another name, or replace it with --overwrite (in Python: overwrite=True).",
            )
        if not place.parent.is_dir():
            # stat tells a missing folder from a file in the way.
            place.parent.stat()
            raise NotADirectoryError(errno.ENOTDIR, "not a folder")
        if not os.access(place.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "permission denied")
    except (OutputError, UsageError):
        raise
    except ValueError as error:
        raise OutputError(f"Cannot write {str(path)!r}: this is no file name.", "Choose another name.") from error
    except RuntimeError as error:
        raise OutputError(f"Cannot write '{path}': its links lead in a circle.", "Choose another name.") from error
    except OSError as error:
        raise output_error(Path(path), error) from error
    return place


def place_of(path: Path | str) -> Path | None:
    """Return where a path leads, links followed; None where it leads nowhere: links in a circle, or no file name."""
    try:
        return Path(path).resolve()
    except (OSError, ValueError, RuntimeError):
        return None


@contextmanager
def atomic_path(path: Path | str, overwrite: bool = False) -> Iterator[Path]:
    """Lend the name of an empty temporary file, which becomes `path` when the block ends well.

    On any exception, an interruption included, the temporary file is removed and `path` stays as it was. The name
    ends like `path`'s own, so that writers that go by suffix work.

    Raises
    ------
    UsageError, OutputError
        As `check_output`, at the start; and at the end, when the file has appeared meanwhile. Any `OSError` of the
        block arrives as an OutputError.
    """
    with part_of(path, overwrite) as part:
        try:
            yield part
        except OutputError:
            raise
        except OSError as error:
            raise output_error(Path(path), error) from error


@contextmanager
def part_of(path: Path | str, overwrite: bool = False) -> Iterator[Path]:
    """Do as `atomic_path`, but leave the block's own errors alone: they may come from anywhere."""
    place = check_output(path, overwrite)
    part = _part_name(place)
    try:
        # Created here, not by the block: it fails early, and no one else's file can be hit.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise output_error(Path(path), error) from error
    try:
        yield part
        check_output(path, overwrite)
        _rename(part, place)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


class _Part(io.FileIO):
    """A temporary file; what its disk refuses arrives as an OutputError that names the file it stands for."""

    def __init__(self, part: Path, path: Path | str) -> None:
        super().__init__(part, "w")
        self._path = Path(path)

    def write(self, data: ReadableBuffer, /) -> int:
        """Write as much as the disk takes."""
        try:
            return super().write(data)
        except OSError as error:
            raise output_error(self._path, error) from error


@contextmanager
def text_file(path: Path | str, overwrite: bool = False) -> Iterator[TextIO]:
    """Open a text file (UTF-8, Unix line ends), written bit by bit, that appears whole or not at all.

    Raises
    ------
    UsageError, OutputError
        As `atomic_path`; the block's own errors are left alone.
    """
    with (
        part_of(path, overwrite) as part,
        io.TextIOWrapper(io.BufferedWriter(_Part(part, path)), encoding="utf-8", newline="\n") as file,
    ):
        yield file


def _part_name(place: Path) -> Path:
    """Return a new hidden name beside `place`, with its suffix."""
    # Names need not be text that can be encoded: what cannot is left out of the temporary name.
    suffix = place.suffix if place.suffix.isascii() and len(place.suffix) < 20 else ""
    stem = place.stem.encode("ascii", "ignore")[:_NAME_LIMIT_BYTES].decode("ascii")
    return place.with_name(f".{stem}.part-{secrets.token_hex(4)}{suffix}")


def _rename(part: Path, place: Path) -> None:
    try:
        part.replace(place)
    except OSError as error:
        raise output_error(place, error) from error
