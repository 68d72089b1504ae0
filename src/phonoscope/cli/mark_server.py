"""The page of ``phonoscope mark``: a small server that only this computer can reach, and only who knows its address."""

from __future__ import annotations

import io
import json
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np

from phonoscope.avatars.photo.marks import faces_from_marks, parse_rig, rig_text, write_rig
from phonoscope.avatars.photo.marks.document import MAX_BYTES
from phonoscope.cli.mark_preview import preview_png
from phonoscope.core.errors import OutputError, PhonoscopeError
from phonoscope.core.frames import Picture

SHOWN_PX: Final = 2400
"""Longer side of the picture on the page: enough to zoom in on the lips of a face that fills a third of it."""

QUALITY: Final = 92

IDLE_S: Final = 30
"""A connection that says nothing for so long is closed."""

_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}

_FILES: Final = {
    "": ("index.html", "text/html; charset=utf-8"),
    "page.css": ("page.css", "text/css; charset=utf-8"),
    "page.js": ("page.js", "text/javascript; charset=utf-8"),
    "points.js": ("points.js", "text/javascript; charset=utf-8"),
    "view.js": ("view.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("icon.svg", "image/svg+xml"),
}


class MarkServer:
    """Serves the page until the marks are saved or given up.

    Parameters
    ----------
    picture
        What is marked.
    marks
        A ``rig.1`` document to begin with.
    target
        Where the marks are written.
    port
        0 takes a free one.
    """

    def __init__(self, picture: Picture, marks: str, target: Path, port: int = 0) -> None:
        self.picture = picture
        self.marks = marks
        self.target = target
        self.token = secrets.token_urlsafe(18)
        self.previewing = threading.Lock()
        self.jpeg = _jpeg(picture)
        self._done = threading.Event()
        self._saved = False
        try:
            self._http = _Server(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise OutputError(
                f"The page cannot be served on port {port}: {error.strerror or error}.", "Choose another --port."
            ) from error
        self._http.marker = self
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The page's address, good for this run only."""
        return f"http://127.0.0.1:{self.port}/{self.token}/"

    def __enter__(self) -> MarkServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def wait(self) -> bool:
        """Wait until the page is done; True if it has saved."""
        # In short steps: on some systems a plain wait cannot be interrupted.
        while not self._done.wait(0.25):
            pass
        return self._saved

    def save(self, document: bytes) -> None:
        """Write the marks that the page sent, if they are sound."""
        size_px = self.picture.size_px
        marks = parse_rig(document, size_px, "What the page sent")
        faces_from_marks(marks, self.picture)
        write_rig(self.target, marks, size_px)
        self.marks = rig_text(marks, size_px)
        self._saved = True

    def finish(self) -> None:
        """Let `wait` return."""
        self._done.set()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Two pages on one port would answer for each other.
    allow_reuse_port = False
    marker: MarkServer


class _Handler(BaseHTTPRequestHandler):
    """Answers the page; everything else learns nothing."""

    server_version = "Phonoscope"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S
    server: _Server

    def do_GET(self) -> None:
        path = self._path()
        marker = self.server.marker
        if path is None:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"Not found.")
        elif path in _FILES:
            name, kind = _FILES[path]
            self._send(HTTPStatus.OK, kind, _page_file(name))
        elif path == "picture.jpg":
            self._send(HTTPStatus.OK, "image/jpeg", marker.jpeg)
        elif path == "marks.json":
            self._send(HTTPStatus.OK, "application/json", marker.marks.encode())
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"Not found.")

    def do_POST(self) -> None:
        path = self._path()
        marker = self.server.marker
        if path not in ("preview", "save", "leave"):
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"Not found.", close=True)
            return
        body = self._body()
        if body is None:
            return
        try:
            if path == "preview":
                with marker.previewing:
                    self._send(HTTPStatus.OK, "image/png", preview_png(marker.picture, body))
                return
            if path == "save":
                marker.save(body)
        except PhonoscopeError as error:
            text = json.dumps({"message": error.message, "remedy": error.remedy})
            self._send(HTTPStatus.UNPROCESSABLE_ENTITY, "application/json", text.encode())
            return
        answer = json.dumps({"file": marker.target.name})
        self._send(HTTPStatus.OK, "application/json", answer.encode(), close=True)
        marker.finish()

    def _path(self) -> str | None:
        """Return what is asked for behind the secret part of the address; None for strangers."""
        marker = self.server.marker
        # A name that leads here, but is not ours, belongs to another site's page.
        if self.headers.get("Host") not in (f"127.0.0.1:{marker.port}", f"localhost:{marker.port}"):
            return None
        token, slash, name = self.path.split("?", 1)[0].removeprefix("/").partition("/")
        if not slash or not secrets.compare_digest(token.encode(), marker.token.encode()):
            return None
        return name

    def _body(self) -> bytes | None:
        """Return what was sent, or None after refusing it."""
        length = self.headers.get("Content-Length", "")
        if self.headers.get("Content-Type", "").split(";")[0] != "application/json":
            self._send(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "text/plain", b"JSON is wanted.", close=True)
        elif not length.isascii() or not length.isdigit():
            self._send(HTTPStatus.LENGTH_REQUIRED, "text/plain", b"A length is wanted.", close=True)
        elif len(length) > 9 or int(length) > MAX_BYTES:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "text/plain", b"Too long.", close=True)
        else:
            return self.rfile.read(int(length))
        return None

    def _send(self, status: HTTPStatus, kind: str, body: bytes, close: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if close:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the secret address would stand in the terminal's history."""


def _page_file(name: str) -> bytes:
    return resources.files("phonoscope.cli").joinpath("mark_page", name).read_bytes()


def _jpeg(picture: Picture) -> bytes:
    """Return the picture as the page shows it."""
    from PIL import Image

    image = Image.fromarray(np.asarray(picture.rgb))
    image.thumbnail((SHOWN_PX, SHOWN_PX), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
