"""Files are uploaded part by part (tus 1.0.0): after a broken connection it goes on where it ended."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from phonoscope.core.errors import InputError
from phonoscope.core.events import EventSink, Progress, StageStarted
from phonoscope.remote import server as connection
from phonoscope.remote.server import ConnectionLostError, Server

PART_BYTES: Final = 8 << 20
"""What is sent at once; so much at most is sent again."""

TUS: Final = {"Tus-Resumable": "1.0.0"}
WAIT_S: Final = 10
"""How long one question waits for the server to have looked into a file."""

STAGE: Final = "upload"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that the server has.

    Attributes
    ----------
    reference
        How documents name it.
    size_px
        (width, height) of a picture; None for others.
    """

    id: str
    reference: str
    kind: str
    size_px: tuple[int, int] | None


class Uploads:
    """The files that a video needs, each uploaded once.

    Parameters
    ----------
    events
        Is told how far it is.
    """

    def __init__(self, server: Server, events: EventSink) -> None:
        self._server, self._events = server, events
        self._done: dict[Path, Uploaded] = {}

    def upload(self, path: Path) -> Uploaded:
        """Return a file as the server has it.

        Raises
        ------
        InputError
            It cannot be read, or the server cannot use it.
        PhonoscopeError
            As `Server.ask`.
        """
        place = path.resolve()
        if place not in self._done:
            asset_id = self._sent(path)
            self._done[place] = self._looked_into(path, asset_id)
        return self._done[place]

    def _sent(self, path: Path) -> str:
        """Send a file, and return the id of the asset that it has become."""
        try:
            with path.open("rb") as file:
                bytes_ = file.seek(0, 2)
                if not bytes_:
                    raise InputError(f"'{path}' is empty.", "Give another file.")
                return self._send(file, bytes_, path.name)
        except OSError as error:
            if isinstance(error, ConnectionLostError):
                raise
            raise InputError(f"'{path}' cannot be read: {error.strerror}.", "Check its name.") from error

    def _send(self, file: BinaryIO, bytes_: int, name: str) -> str:
        self._events(StageStarted(STAGE, f"Uploading {name}"))
        told = base64.b64encode(name.encode("utf-8", "replace")).decode()
        begin = TUS | {"Upload-Length": str(bytes_), "Upload-Metadata": f"filename {told}"}
        place = self._server.ask("POST", "/api/v1/uploads", headers=begin).headers["Location"]
        offset, pauses = 0, list(connection.PAUSES_S)
        while True:
            file.seek(offset)
            part = file.read(PART_BYTES)
            headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            try:
                response = self._server.ask("PATCH", place, again=False, content=part, headers=headers)
            except ConnectionLostError:
                if not pauses:
                    raise
                time.sleep(pauses.pop(0))
                response = self._server.ask("HEAD", place, headers=TUS)
            arrived = int(response.headers["Upload-Offset"])
            if arrived > offset:
                pauses = list(connection.PAUSES_S)
            offset = arrived
            self._events(Progress(STAGE, offset, bytes_, "bytes"))
            if "Asset-Id" in response.headers:
                return str(response.headers["Asset-Id"])

    def _looked_into(self, path: Path, asset_id: str) -> Uploaded:
        """Wait until the server has looked into a file."""
        while True:
            asset = self._server.told("GET", f"/api/v1/assets/{asset_id}", params={"wait_s": WAIT_S})
            if asset["state"] == "ready":
                size_px = (asset["width"], asset["height"]) if asset["width"] and asset["height"] else None
                return Uploaded(asset_id, asset["reference"], asset["kind"], size_px)
            if asset["state"] == "rejected":
                raise _rejected(path, asset["reason"] or {})

    def mark(self, picture: Uploaded, marks: Path) -> None:
        """Tell the server where the faces of a picture are.

        Raises
        ------
        InputError
            They cannot be read, or do not fit the picture.
        """
        try:
            content = marks.read_bytes()
        except OSError as error:
            raise InputError(f"'{marks}' cannot be read: {error.strerror}.", "Check its name.") from error
        headers = {"Content-Type": "application/json"}
        self._server.ask("PUT", f"/api/v1/assets/{picture.id}/marks", content=content, headers=headers)


def _rejected(path: Path, reason: dict[str, Any]) -> InputError:
    told = " ".join(str(reason[key]) for key in ("title", "detail") if reason.get(key))
    return InputError(f"'{path}': {told or 'the server cannot use it.'}", str(reason.get("remedy") or ""))
