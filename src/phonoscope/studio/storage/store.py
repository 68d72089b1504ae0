"""Files by key, in a folder or in S3, behind one interface."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from phonoscope.core.errors import MachineError, OutputError
from phonoscope.studio.database.base import new_id
from phonoscope.studio.problems import not_found

CHUNK_BYTES = 1 << 20


class Store:
    """The files of a studio.

    Parameters
    ----------
    url
        ``s3://bucket/prefix``, or empty for the folder.
    folder
        Where files lie; with S3, where copies for the workers do.
    """

    def __init__(self, url: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder, self._remote = folder, bool(url)
        # What is wrong with a server is told soon: people wait.
        self._store: ObjectStore = (
            from_url(url, retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=10)})
            if url
            else LocalStore(folder, mkdir=True)
        )

    def check(self) -> None:
        """Look for something in the storage.

        Raises
        ------
        MachineError
            It does not answer, or nothing can be written there.
        """
        try:
            if self._remote:
                next(iter(obstore.list(self._store, prefix="ready")), None)
            elif not os.access(self._folder, os.W_OK | os.X_OK):
                raise PermissionError(f"nothing can be written to {self._folder}")
        except (BaseError, OSError) as error:
            raise MachineError(
                f"The storage does not answer: {_reason(error)}.",
                "Check the disk; of S3 the setting storage_url, and AWS_ENDPOINT, AWS_REGION, AWS_ACCESS_KEY_ID, "
                "AWS_SECRET_ACCESS_KEY.",
            ) from error

    def put(self, key: str, source: Path | bytes) -> None:
        """Keep a file whole, or not at all.

        Raises
        ------
        OutputError
            It cannot be kept: the disk is full, the bucket does not answer.
        """
        try:
            obstore.put(self._store, _checked(key), source)
        except (BaseError, OSError) as error:
            raise OutputError(f"The file {key} cannot be kept: {_reason(error)}.", "Check the disk.") from error

    def adopt(self, key: str, source: Path) -> None:
        """Keep a file whose key tells its content, without copying it where that can be; the source stays.

        Raises
        ------
        OutputError
            As `put`.
        """
        if self.size(key) is not None:
            return
        if not self._remote:
            place = self._folder / _checked(key)
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.hardlink_to(source)
                return
            except FileExistsError:
                return
            except OSError:
                pass  # another disk, or one that knows no links
        self.put(key, source)

    def size(self, key: str) -> int | None:
        """Return how many bytes a file has; None where there is none."""
        try:
            return int(obstore.head(self._store, _checked(key))["size"])
        except FileNotFoundError:
            return None

    def read(self, key: str) -> bytes:
        """Return a whole file: only for small ones."""
        try:
            return bytes(obstore.get(self._store, _checked(key)).bytes())
        except FileNotFoundError as error:
            raise not_found("file") from error

    async def stream(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield bytes `start` to `end` (exclusive) of a file."""
        for first in range(start, end, CHUNK_BYTES):
            yield bytes(
                await obstore.get_range_async(
                    self._store, _checked(key), start=first, end=min(first + CHUNK_BYTES, end)
                )
            )

    def delete(self, key: str) -> None:
        """Remove a file, if it is there, and its copy on this machine."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, _checked(key))
        if self._remote:
            (self._folder / key).unlink(missing_ok=True)

    def delete_folder(self, folder: str) -> None:
        """Remove all files whose keys begin so, and their copies on this machine."""
        for listed in obstore.list(self._store, prefix=_checked(folder)):
            obstore.delete(self._store, [file["path"] for file in listed])
        shutil.rmtree(self._folder / folder, ignore_errors=True)

    def local(self, key: str) -> Path:
        """Return where a file lies on this machine; one in S3 is copied first."""
        path = self._folder / _checked(key)
        if self._remote and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{new_id()}.part")  # several may copy it at once
            try:
                with part.open("wb") as file:
                    for piece in obstore.get(self._store, key).stream(min_chunk_size=CHUNK_BYTES):
                        file.write(piece)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
        return path

    def mirror(self, key: str) -> None:
        """Let the copy of a file on this machine be what S3 has now, or be gone: for the few that change."""
        if self._remote:
            (self._folder / _checked(key)).unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                self.local(key)

    def local_folder(self, owner_id: str) -> Path:
        """Return the folder on this machine in which a user's files lie, of those in S3 the ones copied so far."""
        folder = self._folder / "users" / _checked(owner_id)
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        return folder

    def folders(self, folder: str) -> list[str]:
        """Return the keys of the folders in a folder, those of copies on this machine too."""
        listed = obstore.list_with_delimiter(self._store, prefix=_checked(folder))["common_prefixes"]
        here = self._folder / folder
        copies = [path.name for path in here.iterdir() if path.is_dir()] if here.is_dir() else []
        return sorted({*listed, *(f"{folder}/{name}" for name in copies)})

    def files(self, folder: str) -> Iterator[tuple[str, int, datetime]]:
        """Yield the keys of all files in a folder and its folders, how large each is, and when it was written."""
        for listed in obstore.list(self._store, prefix=_checked(folder)):
            yield from ((file["path"], file["size"], file["last_modified"]) for file in listed)


def _checked(key: str) -> str:
    """Refuse keys that lead anywhere else: they are made by us, so this would be our own fault."""
    if PurePosixPath(key).is_absolute() or ".." in key.split("/") or "\\" in key or "\x00" in key:
        raise ValueError(f"{key!r} is no key of a file")
    return key


def _reason(error: Exception) -> str:
    """Return what is wrong, on one line, without what the library adds for its developers."""
    return str(error).partition("\n")[0].rstrip(".")
