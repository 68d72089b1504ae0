"""A document becomes a video elsewhere, and comes here whole or not at all."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from phonoscope.core.errors import MachineError, PhonoscopeError, UsageError
from phonoscope.core.events import EventSink, FileWritten, Progress, StageStarted
from phonoscope.credits import credits_path
from phonoscope.media.output import atomic_path, check_output, output_error
from phonoscope.media.sequence import stem_beside
from phonoscope.remote import server as connection
from phonoscope.remote.following import follow
from phonoscope.remote.server import ConnectionLostError, Server, error_of
from phonoscope.rendering.companion_files import companion_paths
from phonoscope.rendering.options import Companion

FORMATS: Final = {".mp4": "mp4", ".m4v": "mp4", ".webm": "webm", ".gif": "gif", ".mov": "mov", ".zip": "png-sequence"}
"""By the end of a file's name; single pictures come as a ZIP."""

STAGE: Final = "download"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for.

    Attributes
    ----------
    target
        Where the video goes; the others lie beside it.
    resolution
        Shorter side in pixels; None for the document's.
    preset
        Empty for none.
    """

    target: Path
    companions: frozenset[Companion] = frozenset()
    resolution: int | None = None
    preset: str = ""
    overwrite: bool = False

    @property
    def format(self) -> str:
        """The server's name of the kind of file.

        Raises
        ------
        UsageError
            There is none.
        """
        found = FORMATS.get(self.target.suffix.lower())
        if found is None:
            raise UsageError(
                f"A server cannot make '{self.target.name}'.",
                f"Choose a name that ends in {', '.join(FORMATS)} (ZIP: single pictures).",
            )
        return found

    def check(self) -> None:
        """Refuse at once what could not be written in the end.

        Raises
        ------
        UsageError, OutputError
            A file exists, or cannot be written.
        """
        _ = self.format
        companions = companion_paths(self.target, self.companions).values()
        # Credits come with whatever shows drawn characters.
        for path in (self.target, credits_path(self.target), *(path for paths in companions for path in paths)):
            check_output(path, self.overwrite)


@dataclass(frozen=True, slots=True)
class Made:
    """What a server has made.

    Attributes
    ----------
    wall_s
        How long it took, with the ways there and back.
    """

    path: Path
    companions: tuple[Path, ...]
    duration_s: float
    wall_s: float


def render_there(server: Server, document: Mapping[str, Any], wanted: Wanted, events: EventSink) -> Made:
    """Let a server render a document, and download what it has made.

    Interrupted, the render is stopped there, too.

    Raises
    ------
    PhonoscopeError
        What the server could not do, or what stands in the way here.
    """
    started_s = time.monotonic()
    asked = {
        "document": document,
        "format": wanted.format,
        "companions": sorted(wanted.companions),
        "resolution": wanted.resolution,
        "preset": wanted.preset or None,
    }
    headers = {"Idempotency-Key": secrets.token_hex(16)}
    render_id = str(server.told("POST", "/api/v1/renders", json=asked, headers=headers)["id"])
    try:
        render = follow(server, render_id, events)
    except ConnectionLostError as error:
        raise MachineError(error.message, f"The video is still made there: see {server.name}.") from error
    except BaseException:
        # Whoever presses Ctrl-C wants the other computer to stop, too.
        with suppress(PhonoscopeError):
            server.ask("POST", f"/api/v1/renders/{render_id}/cancel", again=False)
        raise
    _refuse_failed(render)
    paths = _download(server, render["files"], wanted, events)
    return Made(paths[0], tuple(paths[1:]), float(render["duration_s"] or 0.0), time.monotonic() - started_s)


def _refuse_failed(render: Mapping[str, Any]) -> None:
    if render["state"] == "canceled":
        raise MachineError("Somebody has stopped the render on the server.", "Run it again.")
    if render["state"] == "error":
        raise error_of(render["error"] or {"title": "The server could not render it."})


def _download(
    server: Server, files: Sequence[Mapping[str, Any]], wanted: Wanted, events: EventSink
) -> tuple[Path, ...]:
    """Download all files of a render: they appear together, when the last one is there."""
    stem = stem_beside(wanted.target)
    paths = [wanted.target]
    # The server calls them video.srt, video.poster.jpg …; nothing else in their names is trusted.
    paths += [wanted.target.with_name(f"{stem}.{Path(file['name']).name.partition('.')[2]}") for file in files[1:]]
    events(StageStarted(STAGE, "Downloading"))
    total, before = sum(int(file["bytes"]) for file in files), 0
    with ExitStack() as parts:
        for file, path in zip(files, paths, strict=True):
            part = parts.enter_context(atomic_path(path, wanted.overwrite))
            with part.open("wb") as opened:
                _fetch(server, file, _Counted(opened, path, before, total, events))
            before += int(file["bytes"])
    for path in paths:
        events(FileWritten(str(path)))
    return tuple(paths)


class _Counted:
    """A file that is written to, and tells how much has come."""

    def __init__(self, file: BinaryIO, path: Path, before: int, total: int, events: EventSink) -> None:
        self._file, self._path, self._before, self._total, self._events = file, path, before, total, events
        self.bytes = 0

    def write(self, piece: bytes) -> None:
        try:
            self._file.write(piece)
        except OSError as error:
            raise output_error(self._path, error) from error
        self.bytes += len(piece)
        self._events(Progress(STAGE, self._before + self.bytes, self._total, "bytes"))


def _fetch(server: Server, file: Mapping[str, Any], into: _Counted) -> None:
    """Download a file; after a broken connection it goes on where it ended."""
    expected, pauses = int(file["bytes"]), list(connection.PAUSES_S)
    while into.bytes < expected:
        begun = into.bytes
        headers = {"Range": f"bytes={begun}-", "Accept-Encoding": "identity"}
        try:
            with server.stream(str(file["url"]), headers=headers) as response:
                if begun and response.status_code != 206:
                    raise MachineError("The server does not go on with the download.", "Run it again.")
                for piece in response.iter_bytes():
                    into.write(piece)
            break
        except ConnectionLostError:
            if into.bytes > begun:
                pauses = list(connection.PAUSES_S)
            if not pauses:
                raise
            time.sleep(pauses.pop(0))
    if into.bytes != expected:
        raise MachineError(f"'{file['name']}' did not come whole from the server.", "Run it again.")
