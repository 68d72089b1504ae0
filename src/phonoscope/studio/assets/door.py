"""The door: uploads are measured, hashed and recognised while they come in, never held in memory, never trusted."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect

from phonoscope.core.errors import OutputError
from phonoscope.media.signatures import HEAD_BYTES
from phonoscope.studio.assets.content import MOST_BYTES, Content, describe_content, identify_content
from phonoscope.studio.database.base import new_id
from phonoscope.studio.problems import Problem, full_disk
from phonoscope.studio.settings import Settings
from phonoscope.studio.storage.disk import is_full

PIECE_BYTES = 1 << 20
"""How much is written at once."""

SILENCE_S = 60
"""How long a sender may say nothing."""

FULL = (errno.ENOSPC, errno.EDQUOT)

TAKEN = "Give a JPEG, PNG, WebP, HEIC, AVIF, GIF, TIFF or BMP picture, an SVG or avatar document, a sound or a video."


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has come in whole, and waits in the folder of uploads."""

    path: Path
    sha256: str
    bytes: int
    content: Content


class Scrutiny:
    """Looks at a file piece by piece.

    Parameters
    ----------
    most_bytes
        More than that of any kind is refused.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._hash, self._head = hashlib.sha256(), b""
        self._content: Content | None = None

    def look(self, piece: bytes) -> None:
        """Look at what comes next.

        Raises
        ------
        Problem
            413: that is too much; 415: it is no kind of file that is taken.
        """
        self._bytes += len(piece)
        self._hash.update(piece)
        if self._content is None:
            self._head += piece[: HEAD_BYTES - len(self._head)]
            if len(self._head) == HEAD_BYTES:
                self._content = _recognised(self._head)
        most = min(self._most_bytes, MOST_BYTES.get(self._content.kind, self._most_bytes) if self._content else 2**63)
        refuse_too_large(self._bytes, most)

    def result(self, path: Path) -> Received:
        """Return what was found out about the whole file.

        Raises
        ------
        Problem
            415 as above, or 422: there is nothing in it.
        """
        if not self._bytes:
            raise Problem(422, "empty", "The file is empty.", "Perhaps it was not copied completely.")
        content = self._content or _recognised(self._head)
        refuse_too_large(self._bytes, MOST_BYTES.get(content.kind, self._most_bytes))
        return Received(path, self._hash.hexdigest(), self._bytes, content)


class Incoming:
    """A file that is being written into the folder of uploads; gone at the end of the block unless it was taken on.

    Parameters
    ----------
    announced_bytes
        How much is said to come.

    Raises
    ------
    Problem
        507: the disk has no room for it.
    """

    def __init__(self, settings: Settings, announced_bytes: int = 0) -> None:
        self._scrutiny = Scrutiny(settings.max_upload_bytes)
        self._path = uploads_folder(settings) / f"{new_id()}.part"
        refuse_no_room(self._path.parent, announced_bytes)

    def __enter__(self) -> Self:
        with told_as_problem():
            self._file = self._path.open("xb", buffering=0)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)

    def write(self, piece: bytes) -> None:
        """Add what comes next; problems as `Scrutiny.look`, and 507 when the disk is full."""
        self._scrutiny.look(piece)
        refuse_no_room(self._path.parent, len(piece))
        write_all(self._file, piece)

    def result(self) -> Received:
        """Return what has come in; problems as `Scrutiny.result`."""
        return self._scrutiny.result(self._path)


def examine(path: Path, settings: Settings) -> Received:
    """Return what a file is that has come in by other ways; problems as `Scrutiny`."""
    scrutiny = Scrutiny(settings.max_upload_bytes)
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            scrutiny.look(piece)
    return scrutiny.result(path)


def announced_bytes(headers: Headers) -> int:
    """Return how much is said to come: enough to refuse it, not to believe it."""
    told_length = headers.get("content-length", "")
    return int(told_length[:20]) if told_length.isascii() and told_length.isdigit() else 0


async def receive(stream: AsyncIterator[bytes], incoming: Incoming) -> Received:
    """Return what a sender sends; problems as `Incoming`."""
    async for piece in pieces(stream):
        await run_in_threadpool(incoming.write, piece)
    return await run_in_threadpool(incoming.result)


async def pieces(stream: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Yield what comes in, in pieces worth writing; all that came, too, when the connection breaks.

    Raises
    ------
    Problem
        408: nothing comes any more.
    ClientDisconnect
        The sender is gone.
    """
    collected, ended = bytearray(), False
    broken: Problem | ClientDisconnect | None = None
    while not ended:
        try:
            async with asyncio.timeout(SILENCE_S):
                collected += await anext(stream)
        except StopAsyncIteration:
            ended = True
        except TimeoutError:
            broken = Problem(408, "silence", f"Nothing came for {SILENCE_S} s.", "Send it again.")
        except ClientDisconnect as error:
            broken = error
        if len(collected) >= PIECE_BYTES or (collected and (ended or broken)):
            yield bytes(collected)
            collected.clear()
        if broken is not None:
            raise broken


def write_all(file: FileIO, piece: bytes) -> None:
    """Write a piece, however often the system takes a part of it; 507 when the disk is full."""
    left = memoryview(piece)
    with told_as_problem():
        while left:
            left = left[file.write(left) :]


def refuse_too_large(size: int, most: int) -> None:
    """Refuse what has more bytes than are taken."""
    if size > most:
        told = f"{most / 1e6:.3g} MB" if most >= 1e6 else f"{most} bytes"
        raise Problem(413, "too-large", f"The file is larger than {told}.", "Make it smaller first.", limit_bytes=most)


def refuse_no_room(folder: Path, size: int) -> None:
    """Refuse, with status 507, what would fill the disk of a folder: some of it stays free for the database."""
    with told_as_problem():
        if is_full(folder, size):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def uploads_folder(settings: Settings) -> Path:
    """Return where uploads are until they are whole."""
    folder = settings.work_dir / "uploads"
    with told_as_problem():
        folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def told_as_problem() -> Iterator[None]:
    """Turn what a disk says into something that a person understands."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise full_disk() from error
        raise OutputError(f"The upload cannot be kept: {error.strerror}.", "Check the server's disk.") from error


def _recognised(head: bytes) -> Content:
    content = identify_content(head)
    if content is None:
        title = f"The file is {describe_content(head)}, which is not taken."
        raise Problem(415, "unsupported-file", title, TAKEN)
    return content
