"""Requests that do not keep to what was agreed."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.samples import samples

TUS = {"Tus-Resumable": "1.0.0"}
NUMBERS = ("-1", "0", "1.5", "1e9", "9" * 30, "0x10", "5 5", "\u0665", "", "NaN", "18446744073709551616", "5, 5")


def talk() -> Iterator[Attack]:
    """Make requests whose heads are wrong, or lie."""
    for number in NUMBERS:
        told = number.encode().decode("latin-1")
        yield Attack("tus headers", f"length {number!r}", b"", way="tus", headers=TUS | {"Upload-Length": told})
        yield Attack("tus headers", f"offset {number!r}", b"x", way="tus", headers=TUS | {"Upload-Offset": told})
    for metadata in (
        "filename",
        "filename ====",
        "filename !!",
        "filename " + base64.b64encode(b"../../x\x00.png").decode(),
        "filename " + base64.b64encode(b"\xff\xfe").decode(),
        "filename " + "QUFB" * 5000,
        ",,,,",
        "a," * 3000,
    ):
        headers = TUS | {"Upload-Length": "10", "Upload-Metadata": metadata}
        yield Attack("tus headers", f"metadata {metadata[:30]!r}", b"", way="tus", headers=headers)
    for checksum in ("sha1", "sha1 !", "sha256 " + "A" * 3000, "crc32 AAAA", "md5 AAAA", "-"):
        headers = TUS | {"Upload-Offset": "0", "Upload-Checksum": checksum}
        yield Attack("tus headers", f"checksum {checksum[:30]!r}", b"xx", way="tus", headers=headers)
    for what, request in _raw(samples()["png"]).items():
        yield Attack("lengths that lie", what, request, way="raw")


def _raw(content: bytes) -> dict[str, bytes]:
    head = b"POST /api/v1/assets?name=x.png HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    length = str(len(content)).encode()
    chunk = f"{len(content):x}\r\n".encode() + content + b"\r\n"
    return {
        "a longer one is announced": head + b"Content-Length: 99999\r\n\r\n" + content,
        "a shorter one is announced": head + b"Content-Length: 50\r\n\r\n" + content,
        "none is announced": head + b"\r\n" + content,
        "a negative one": head + b"Content-Length: -5\r\n\r\n" + content,
        "two lengths": head + b"Content-Length: 5\r\nContent-Length: " + length + b"\r\n\r\n" + content,
        "a length of 2^64": head + b"Content-Length: 18446744073709551616\r\n\r\n" + content,
        "both ways": head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n",
        "a chunk without end": head + b"Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n" + content,
        "a chunk of a negative size": head + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n" + content,
        "chunks that are none": head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + content,
        "chunks, broken off": head + b"Transfer-Encoding: chunked\r\n\r\n" + chunk,
        "an unknown encoding": head + b"Transfer-Encoding: gzip, x\r\n\r\n" + content,
        "packed, it says": head + b"Content-Encoding: gzip\r\nContent-Length: " + length + b"\r\n\r\n" + content,
        "many heads": head + b"X-A: b\r\n" * 5000 + b"\r\n",
        "a long head": head + b"X-A: " + b"b" * 200_000 + b"\r\n\r\n",
        "an upload within an address": b"POST /api/v1/assets/../../etc HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "a wait that never ends": head.replace(b"x.png", b"x.png&wait_s=99999") + b"Content-Length: 0\r\n\r\n",
        "no request at all": bytes(range(256)),
    }
