"""Bodies that are too large are refused before they are taken into memory, and so are those that do not come."""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phonoscope.studio.problems import Problem, respond

JSON_BYTES = 2_000_000
"""Twice the largest scene document. A text of 100 000 characters takes 1.2 MB where all of them are escaped."""

LOGIN_BYTES = 20_000
"""Anybody may try to log in, and a password has at most 1000 characters."""

ENVELOPE_BYTES = 100_000
"""What a form has around the file in it."""

SILENCE_S = 90.0
"""How long a sender may say nothing; where files are sent less, and what has come is kept."""

FILES = re.compile(r"/api/v1/assets|/api/v1/uploads(/[^/]+)?|/images|/audios")
"""Where files are sent, which are taken piece by piece; the endpoints say themselves what is too large."""


class BodyLimit:
    """Refuses large bodies: by their announced length, or where none is announced, as soon as they are too long."""

    def __init__(self, app: ASGIApp, max_upload_bytes: int) -> None:
        self._app = app
        self._max_upload_bytes = max_upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most_bytes(scope["path"])
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced[:20]) > most:
            await respond(_too_large(most), scope)(scope, receive, send)
            return
        taken, is_whole = 0, False

        async def receive_some() -> Message:
            nonlocal taken, is_whole
            try:
                # Afterwards, what is waited for is the end of the connection.
                async with asyncio.timeout(None if is_whole else SILENCE_S):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(408, f"Nothing came for {SILENCE_S:g} s.") from error
            is_whole = not message.get("more_body", False)
            taken += len(message.get("body", b""))
            if taken > most:
                # The framework lets only its own errors out of the reading of a body.
                raise HTTPException(413, _too_large(most).title)
            return message

        await self._app(scope, receive_some, send)

    def _most_bytes(self, path: str) -> int:
        if FILES.fullmatch(path):
            return self._max_upload_bytes + ENVELOPE_BYTES
        return LOGIN_BYTES if path == "/api/v1/session" else JSON_BYTES


def _too_large(most: int) -> Problem:
    size = f"{most / 1e6:.0f} MB" if most >= 1e6 else f"{most / 1e3:.0f} kB"
    return Problem(413, "too-large", f"More than {size} cannot be sent here.", "Send less.", max_bytes=most)
