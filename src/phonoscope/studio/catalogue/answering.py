"""Lists that change only with the package: sent with a tag, and not again to whoever has them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from fastapi import Request
from fastapi.responses import FileResponse, Response
from pydantic import BaseModel

from phonoscope.studio.paging import Page
from phonoscope.studio.problems import Problem
from phonoscope.studio.storage.sending import FOR_EVER, POLICY, tags_in
from phonoscope.version import __version__

Item = TypeVar("Item")

KEPT: Final = "private, max-age=300"
"""Browsers ask again after five minutes, so that an update is seen soon."""

VERSION: Final = f"v={__version__}"
"""In addresses of pictures and sounds that browsers may keep until the package changes."""


def answer(request: Request, content: BaseModel | dict[str, Any], media_type: str = "application/json") -> Response:
    """Return the answer that sends a list, or that tells that it is the same as before."""
    text = content.model_dump_json() if isinstance(content, BaseModel) else json.dumps(content, ensure_ascii=False)
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": KEPT}
    if tag in tags_in(request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=media_type)


def page(items: Sequence[Item], limit: int, cursor: str | None) -> Page[Item]:
    """Return a part of a list that never changes; the cursor is the place where it begins.

    Raises
    ------
    Problem
        422: this is no cursor of ours.
    """
    if cursor is not None and not (cursor.isascii() and cursor.isdigit()):
        raise Problem(422, "invalid-cursor", "This is no cursor of this list.", "Take `next_cursor` of a page.")
    start = int(cursor[:9]) if cursor else 0
    following = start + limit
    return Page(items=list(items[start:following]), next_cursor=str(following) if following < len(items) else None)


def send_package_file(path: Path, media_type: str) -> Response:
    """Return the answer that sends a file of the package."""
    headers = {"Cache-Control": FOR_EVER, "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    return FileResponse(path, media_type=media_type, headers=headers)
