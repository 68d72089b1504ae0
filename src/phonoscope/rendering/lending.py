"""The folder beside an output where everything lies until it is finished: lent to one run at a time."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from phonoscope.core.errors import InputError, UsageError
from phonoscope.core.events import EventSink, Note
from phonoscope.media.output import output_error, text_file
from phonoscope.rendering.job import Job
from phonoscope.rendering.plan import WorkFolder

LOCK = "lock"

LONGEST_NAME_BYTES = 200
"""Of an output whose name the folder bears whole; common file systems end at 255."""


@contextmanager
def work_folder(output: Path, job: Job, fresh: bool, events: EventSink) -> Iterator[WorkFolder]:
    """Lend the folder beside the output where everything lies until it is finished.

    When the block is broken off, the folder stays, and the next run of the same job goes on from there. To an
    interruption, a note is added that tells so.

    Parameters
    ----------
    fresh
        Throw away what an earlier run has finished.

    Raises
    ------
    UsageError
        Another run is at work in it.
    OutputError
        It cannot be written to.
    """
    work, key = WorkFolder(folder_of(output)), job.key()
    with _sole_use(work.folder, output):
        try:
            _prepare(work, job, key, fresh)
        except OSError as error:
            _let_go(work)
            raise output_error(output, error) from error
        try:
            yield work
        except InputError:
            _empty(work.folder)
            raise
        except BaseException as error:
            if _let_go(work):
                _tell(error, work, events)
            raise
        _empty(work.folder)


def folder_of(output: Path) -> Path:
    """Return where the parts of an output lie until it is finished."""
    place = output.resolve()
    name = place.name.replace("%", "_")
    if len(os.fsencode(name)) > LONGEST_NAME_BYTES:
        # Cut, it might be another's name too.
        digest = hashlib.sha256(os.fsencode(name)).hexdigest()[:16]
        name = name.encode("ascii", "ignore")[: LONGEST_NAME_BYTES // 2].decode("ascii") + digest
    return place.with_name(f".{name}.rendering")


def _prepare(work: WorkFolder, job: Job, key: str, fresh: bool) -> None:
    """Keep what an earlier run of the same job has left, and nothing else."""
    known = work.key.read_text("utf-8", "replace") if work.key.exists() else ""
    if fresh or known != key:
        _empty(work.folder)
    _sweep(work.folder)
    job.save(work.folder)
    with text_file(work.key, overwrite=True) as file:
        file.write(key)


def _let_go(work: WorkFolder) -> bool:
    """Throw away what is not worth keeping, and tell whether anything is."""
    finished = any(work.folder.glob("segment-*"))
    if finished:
        _sweep(work.folder)
    else:
        _empty(work.folder)
    return finished


def _sweep(folder: Path) -> None:
    """Remove what processes that were ended had begun: it has a hidden name."""
    for path in folder.glob(".*"):
        with suppress(OSError):
            path.unlink()


def _tell(error: BaseException, work: WorkFolder, events: EventSink) -> None:
    """Tell that something was kept: with an interruption, or else with what goes wrong."""
    kept = f"What is finished is kept in {work.folder.name}; the same command goes on from there."
    if isinstance(error, KeyboardInterrupt):
        error.add_note(kept)
    else:
        events(Note(kept))


@contextmanager
def _sole_use(folder: Path, output: Path) -> Iterator[None]:
    """Make the folder, and keep other runs out of it; an empty one is removed in the end."""
    try:
        lock = _locked(folder)
    except OSError as error:
        raise output_error(output, error) from error
    if lock is None:
        raise UsageError(f"Another run is making '{output}'.", "Wait for it, or choose another name.")
    try:
        yield
    finally:
        with suppress(OSError):
            # Nobody waits for the lock: whoever finds it held has left already.
            if not _contents(folder):
                (folder / LOCK).unlink()
        lock.close()
        with suppress(OSError):
            folder.rmdir()


def _locked(folder: Path) -> BinaryIO | None:
    """Return an open file that is held by this process alone, None where another one holds it."""
    folder.mkdir(exist_ok=True)
    lock = (folder / LOCK).open("ab")
    if _held(lock):
        return lock
    lock.close()
    return None


if sys.platform == "win32":

    def _held(lock: BinaryIO) -> bool:
        import msvcrt

        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _held(lock: BinaryIO) -> bool:
        import fcntl

        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            # Some network folders know no locks; two runs at once are rare.
            return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
        return True


def _contents(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name != LOCK]


def _empty(folder: Path) -> None:
    """Throw away everything but the lock."""
    with suppress(OSError):
        for path in _contents(folder):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
