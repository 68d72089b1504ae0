"""What tus 1.0.0 (https://tus.io/protocols/resumable-upload) says in headers."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Final

from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from phonoscope.studio.problems import Problem

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,expiration,termination,checksum"
CHECKSUMS: Final = ("sha256", "sha1", "md5")
CONTENT_TYPE: Final = "application/offset+octet-stream"

MOST_DIGITS: Final = 18
"""Of a length or an offset: more than any disk has."""


class TusRoute(APIRoute):
    """A route that speaks tus 1.0.0, and refuses other versions of it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers requests."""
        answer = super().get_route_handler()
        told = {"Tus-Resumable": VERSION}

        async def answer_tus(request: Request) -> Response:
            try:
                if request.method != "OPTIONS" and request.headers.get("tus-resumable") != VERSION:
                    raise Problem(
                        412,
                        "tus-version",
                        f"Uploads speak tus {VERSION}.",
                        f"Send Tus-Resumable: {VERSION}.",
                        headers={"Tus-Version": VERSION},
                    )
                response = await answer(request)
            except Problem as problem:
                problem.headers |= told
                raise
            response.headers.update(told)
            return response

        return answer_tus


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the bytes of one request must add up to."""

    algorithm: str
    digest: bytes

    def fits(self, content_hash: Any) -> bool:
        """Tell whether a hash of hashlib's is the one that was announced."""
        return bool(content_hash.digest() == self.digest)

    def new_hash(self) -> Any:
        """Return an empty hash of hashlib's."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


def read_length(headers: Headers, name: str) -> int:
    """Return the number of bytes in a header.

    Raises
    ------
    Problem
        400: it is missing, or no number.
    """
    told = headers.get(name, "")
    if not (told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS):
        raise _wrong(f"{name} is no number of bytes.", f"Send {name}: 12345.")
    return int(told)


def read_name(headers: Headers) -> str:
    """Return the file's name from Upload-Metadata; empty where it is not told.

    Raises
    ------
    Problem
        400: the header is not as tus writes it.
    """
    for pair in headers.get("upload-metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key.lower() in ("filename", "name"):
            try:
                return base64.b64decode(value.strip(), validate=True).decode()
            except (binascii.Error, ValueError) as error:
                raise _wrong("Upload-Metadata is not Base64.", "Send filename and its Base64, in UTF-8.") from error
    return ""


def read_checksum(headers: Headers) -> Checksum | None:
    """Return what Upload-Checksum announces.

    Raises
    ------
    Problem
        400: it cannot be understood.
    """
    if "upload-checksum" not in headers:
        return None
    algorithm, _, digest = headers["upload-checksum"].partition(" ")
    if algorithm not in CHECKSUMS:
        raise _wrong(f"Upload-Checksum is none of {', '.join(CHECKSUMS)}.", "Take one of these.")
    try:
        return Checksum(algorithm, base64.b64decode(digest, validate=True))
    except (binascii.Error, ValueError) as error:
        raise _wrong("Upload-Checksum is not Base64.", "Send the algorithm, a blank, and the Base64.") from error


def http_date(moment: datetime) -> str:
    """Return a moment as headers write it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def _wrong(title: str, remedy: str) -> Problem:
    return Problem(400, "tus-header", title, remedy)
