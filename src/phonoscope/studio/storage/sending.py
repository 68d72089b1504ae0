"""Files are sent to browsers: in pieces where they ask for them, and so that nothing in them can run."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.storage.store import Store

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])

SHOWN = ("image/", "video/", "audio/")
"""Media types that browsers show in place; all others are downloaded. The policy below keeps scripts in SVG still."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox"
"""Content security policy of files, which may be strangers' own."""

FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"

_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file of the storage, as it is sent.

    Attributes
    ----------
    key
        Where the storage has it; what lies under a key never changes.
    media_type
        What it is, as we found out ourselves.
    name
        What to call it where it is saved; made safe here.
    download
        It is to be saved, not shown.
    lasting
        Its address always means the same file: browsers need not ask again.
    """

    key: str
    media_type: str
    name: str
    download: bool = False
    lasting: bool = False


def file_route(router: APIRouter, path: str, **about: Any) -> Callable[[Endpoint], Endpoint]:
    """Return a decorator of endpoints that send files: answers GET, and HEAD besides.

    Parameters
    ----------
    about
        As `APIRouter.get` takes it: ``operation_id``, ``summary`` …
    """
    told = {200: {"description": "The file.", "content": {"*/*": {}}}, 206: {"description": "The part asked for."}}

    def decorate(endpoint: Endpoint) -> Endpoint:
        about["responses"] = told | about.get("responses", {})
        router.get(path, response_class=Response, **about)(endpoint)
        router.add_api_route(path, endpoint, methods=["HEAD"], response_class=Response, include_in_schema=False)
        return endpoint

    return decorate


def send_file(request: Request, store: Store, file: SentFile) -> Response:
    """Return the answer that sends a file, or the part of it that is asked for.

    Raises
    ------
    Problem
        404: the storage does not have it; 416: nor the part that is asked for.
    """
    size = store.size(file.key)
    if size is None:
        raise not_found("file")
    tag = _tag(file.key, size)
    headers = {
        "ETag": tag,
        "Accept-Ranges": "bytes",
        "Cache-Control": FOR_EVER if file.lasting else ASK_AGAIN,
        "Content-Disposition": _disposition(file),
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
    }
    if tag in tags_in(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    start, end = 0, size
    status, asked = 200, _asked_range(request, tag, size)
    if asked is not None:
        (start, end), status = asked, 206
        if start >= end:
            raise _unsatisfiable(size)
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=file.media_type)
    return StreamingResponse(store.stream(file.key, start, end), status, headers, file.media_type)


def safe_name(name: str) -> str:
    """Return a name that any system can give a file."""
    return _UNSAFE.sub("_", name).strip(" .")[:150] or "file"


def _tag(key: str, size: int) -> str:
    digest = hashlib.sha256(f"{size} {key}".encode()).hexdigest()
    return f'"{digest[:32]}"'


def tags_in(header: str) -> list[str]:
    """Return the tags that a header such as ``If-None-Match`` lists."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",")]


def _asked_range(request: Request, tag: str, size: int) -> tuple[int, int] | None:
    """Return which bytes are asked for, the end exclusive; None for all: nobody has to understand several ranges."""
    found = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or request.headers.get("if-range", tag) != tag:
        return None
    first, last = found[1], found[2]
    if not first:
        return (max(0, size - int(last[:20])), size) if last else None
    end = min(size, int(last[:20]) + 1) if last else size
    return (int(first[:20]), end) if not last or int(last[:20]) >= int(first[:20]) else None


def _unsatisfiable(size: int) -> Problem:
    headers = {"Content-Range": f"bytes */{size}"}
    return Problem(416, "range-not-satisfiable", f"The file has {size} bytes.", "Ask for a part of it.", headers)


def _disposition(file: SentFile) -> str:
    shown = file.media_type.startswith(SHOWN) and not file.download
    name = safe_name(file.name)
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    told = f'{"inline" if shown else "attachment"}; filename="{plain}"'
    return told if plain == name else f"{told}; filename*=UTF-8''{quote(name, safe='')}"
