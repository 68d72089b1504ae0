"""One studio at a time works in a data folder; whoever comes second learns where the first one is."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from phonoscope.core.errors import OutputError
from phonoscope.studio.settings import Settings

LOCK_NAME = "studio.lock"


class AlreadyRunning(Exception):  # noqa: N818 - nothing is wrong
    """Another studio works in the folder.

    Parameters
    ----------
    address
        Where; empty while it is only starting.
    """

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class Running:
    """The place of a studio in its folder: held until the block ends, or the process does, however that comes."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def tell(self, address: str) -> None:
        """Let others know where this studio is."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"address": address, "pid": os.getpid()}))
        self._file.flush()


@contextmanager
def running_alone(settings: Settings) -> Iterator[Running]:
    """Take the place of the studio in a data folder.

    Raises
    ------
    AlreadyRunning
        It is taken.
    OutputError
        The folder cannot be written to.
    """
    path = settings.data_dir / LOCK_NAME
    with told_about_folder(settings):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = path.open("a+", encoding="utf-8")
    with file:
        if not _lock(file):
            raise AlreadyRunning(_address(path))
        running = Running(file)
        running.tell("")
        yield running
        running.tell("")


@contextmanager
def told_about_folder(settings: Settings) -> Iterator[None]:
    """Tell what is wrong with a data folder.

    Raises
    ------
    OutputError
        The system refused something within the block.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"Nothing can be kept in {settings.data_dir}: {error.strerror or error}.",
            "Choose another folder with --data-dir.",
        ) from error


def running_address(settings: Settings) -> str:
    """Return the address of the studio that works in a data folder; empty for none."""
    path = settings.data_dir / LOCK_NAME
    try:
        with path.open("r+", encoding="utf-8") as file:
            return "" if _lock(file) else _address(path)
    except OSError:
        return ""


def _address(path: Path) -> str:
    try:
        return str(json.loads(path.read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError):
        return ""


def _lock(file: IO[str]) -> bool:
    """Lock a file until it is closed; return whether that went, because nobody else has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # far behind what is written, which others are to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
