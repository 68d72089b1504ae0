"""Documents as they arrive: JSON of strangers, read with limits and kept only where any database can hold it."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from phonoscope.core.errors import SceneError
from phonoscope.scene.document.json_text import data_faults, parse_json
from phonoscope.studio.problems import Problem

MAX_BYTES: Final = 1_000_000
"""Largest document; pictures and sounds are assets."""

_SHORTEN: Final = "Make it shorter; pictures and sounds are uploaded as assets."


async def _json_object(request: Request) -> dict[str, Any]:
    """Return the object that the body of a request holds.

    Raises
    ------
    Problem
        413, or 422 with what is wrong with it.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BYTES:
            raise Problem(413, "too-large", f"Documents have at most {MAX_BYTES:,} bytes.", _SHORTEN)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(422, "invalid-json", "The body is no UTF-8 text.", "Send JSON as UTF-8.") from error
    # In a thread: others are answered while a large one is looked through.
    return await run_in_threadpool(read_object, text) if text.strip() else {}


JsonObject = Annotated[dict[str, Any], Depends(_json_object)]
"""The body of a request, an object; an empty one where there is no body."""


def read_object(text: str) -> dict[str, Any]:
    """Return the object of a JSON text, all of which can be kept.

    Raises
    ------
    Problem
        422: it is no JSON, too deep, holds no number's numbers, fields twice, or characters that are none.
    """
    try:
        data = parse_json(text)
        faults = data_faults(data)
    except SceneError as error:
        faults = [error]
    if faults:
        told = [{"path": it.path, "message": it.message, "remedy": it.remedy} for it in faults[:20]]
        first = faults[0]
        title = f"The document cannot be kept: {f'{first.path}: ' if first.path else ''}{first.message}"
        raise Problem(422, "invalid-json", title, first.remedy, errors=told)
    return plain(data)


def plain(data: dict[str, Any]) -> dict[str, Any]:
    """Return a copy in plain types, with which nothing else shares a part."""
    copied: dict[str, Any] = json.loads(json.dumps(data))
    return copied


def body_of(schema: dict[str, Any], required: bool = True) -> dict[str, Any]:
    """Return how an operation whose body is read here describes it."""
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}
