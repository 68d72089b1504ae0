"""Parts of uploads are written, by one sender at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import anyio
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.assets.door import pieces, refuse_no_room, told_as_problem, uploads_folder, write_all
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.state import Studio
from phonoscope.studio.uploads.keeping import advance, part_path
from phonoscope.studio.uploads.protocol import Checksum
from phonoscope.studio.uploads.tables import Upload

NOTED_EVERY_BYTES = 16 << 20
"""How often what has arrived is written down: so much is sent again after a crash of the server."""

WRITTEN_NOW: set[tuple[str, str]] = set()
"""Uploads to which somebody sends at this moment. There is one server, so they are known here."""


@contextmanager
def alone(owner_id: str, upload_id: str) -> Iterator[None]:
    """Let nobody else write to an upload within the block; what others do with its name tells them nothing.

    Raises
    ------
    Problem
        423: somebody does already.
    """
    upload = owner_id, upload_id
    if upload in WRITTEN_NOW:
        raise Problem(423, "locked", "Another request sends to this upload.", "Try again when it has ended.")
    WRITTEN_NOW.add(upload)
    try:
        yield
    finally:
        WRITTEN_NOW.discard(upload)


async def append(studio: Studio, upload: Upload, stream: AsyncIterator[bytes], checksum: Checksum | None) -> None:
    """Add what a sender sends to an upload; what came before the connection broke counts, unless it had to be checked.

    Raises
    ------
    Problem
        413: that is more than was announced; 460: it is not what the checksum tells; 507: the disk is full.
    """
    part = await run_in_threadpool(_Part, studio, upload, checksum)
    try:
        async for piece in pieces(stream):
            await run_in_threadpool(part.write, piece)
        part.check()
    finally:
        # Even when the sender is gone: what has arrived must not be lost.
        with anyio.CancelScope(shield=True):
            await run_in_threadpool(part.close)


class _Part:
    """The part of an upload that has arrived, and goes on."""

    def __init__(self, studio: Studio, upload: Upload, checksum: Checksum | None) -> None:
        self._studio, self._upload, self._checksum = studio, upload, checksum
        self._hash = checksum.new_hash() if checksum else None
        try:
            self._file = part_path(studio.settings, upload).open("r+b", buffering=0)
        except FileNotFoundError as error:
            raise not_found("upload") from error
        with told_as_problem():
            # What a crash has left beyond what counts is cut off.
            self._file.truncate(upload.offset)
            self._file.seek(upload.offset)

    def write(self, piece: bytes) -> None:
        if self._file.tell() + len(piece) > self._upload.length:
            raise Problem(413, "too-large", "That is more than was announced.", "Send as much as Upload-Length says.")
        refuse_no_room(uploads_folder(self._studio.settings), len(piece))
        write_all(self._file, piece)
        if self._hash is not None:
            self._hash.update(piece)
        elif self._file.tell() - self._upload.offset >= NOTED_EVERY_BYTES:
            advance(self._studio, self._upload, self._file.tell())

    def check(self) -> None:
        if self._checksum is not None and not self._checksum.fits(self._hash):
            raise Problem(460, "checksum", "What arrived is not what was sent.", "Send this part again.")
        self._hash = None

    def close(self) -> None:
        """Write down how much counts: nothing of what ought to be checked and was not."""
        with self._file:
            if self._hash is None:
                advance(self._studio, self._upload, self._file.tell())
