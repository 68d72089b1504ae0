"""A server that speaks as much of S3 as the storage needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as Xml

NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"


class Bucket(BaseHTTPRequestHandler):
    """Keeps objects in memory, by ``/bucket/key``."""

    protocol_version = "HTTP/1.1"
    kept: dict[str, bytes]

    def do_PUT(self) -> None:
        self.kept[self._key()] = self.rfile.read(int(self.headers["content-length"]))
        self._answer(200)

    def do_HEAD(self) -> None:
        self._send(body=False)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self._answer(200, self._listed(query.get("prefix", [""])[0], "delimiter" in query))
        else:
            self._send(body=True)

    def do_DELETE(self) -> None:
        self.kept.pop(self._key(), None)
        self._answer(204)

    def do_POST(self) -> None:  # ?delete: several at once
        asked = Xml.fromstring(self.rfile.read(int(self.headers["content-length"])))  # noqa: S314 - our own client's
        gone = [node.text or "" for node in asked.iter() if node.tag.endswith("Key")]
        for key in gone:
            self.kept.pop(key, None)
        told = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in gone)
        self._answer(200, f"<DeleteResult>{told}</DeleteResult>".encode())

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).split("/", 2)[2]

    def _listed(self, prefix: str, by_folder: bool) -> bytes:
        if by_folder:
            names = {key[len(prefix) :].partition("/")[0] for key in self.kept if key.startswith(prefix)}
            told = "".join(f"<CommonPrefixes><Prefix>{prefix}{it}/</Prefix></CommonPrefixes>" for it in sorted(names))
            return f"<ListBucketResult><IsTruncated>false</IsTruncated>{told}</ListBucketResult>".encode()
        found = "".join(
            f"<Contents><Key>{key}</Key><Size>{len(content)}</Size><ETag>x</ETag>"
            "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"
            for key, content in sorted(self.kept.items())
            if key.startswith(prefix)
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()

    def _send(self, body: bool) -> None:
        content = self.kept.get(self._key())
        if content is None:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>" if body else b"")
            return
        asked = self.headers.get("range")
        headers = {"ETag": f'"{md5(content).hexdigest()}"', "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}  # noqa: S324
        if asked is None:
            self._answer(200, content, headers, body)
            return
        first, last = asked.removeprefix("bytes=").split("-")
        part = content[int(first) : int(last) + 1]
        self._answer(206, part, headers | {"Content-Range": f"bytes {first}-{last}/{len(content)}"}, body)

    def _answer(
        self, status: int, content: bytes = b"", headers: dict[str, str] | None = None, body: bool = True
    ) -> None:
        self.send_response(status)
        for name, value in ({"ETag": '"x"'} | (headers or {})).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def fake_s3() -> Iterator[tuple[str, dict[str, bytes]]]:
    """Yield the address of a server, and what it keeps."""
    kept: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bucket", (Bucket,), {"kept": kept}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
