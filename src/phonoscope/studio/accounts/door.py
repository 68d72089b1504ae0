"""Who brings no credentials at all is turned away at the door, before anything that they send is read.

Whether credentials are good is found out behind the door; but what is large, and would be understood before that, is
taken only from those whom we know.
"""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from phonoscope.studio.accounts.current import COOKIE, find_account, nobody
from phonoscope.studio.problems import Problem, respond
from phonoscope.studio.state import Studio

GUARDED = ("/api/", "/v1/", "/talks", "/images", "/audios", "/credits")
"""Where everything is somebody's."""

OPEN = frozenset({("POST", "/api/v1/session")})


TAKEN_UNSEEN_BYTES = 65_536
"""Of a stranger's request: to understand a megabyte of JSON takes a hundred in memory."""


class Door:
    """Answers 401 to whoever brings nothing, or much without being known."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or turn it away."""
        if scope["type"] == "http" and _is_guarded(scope):
            try:
                await _look_at(HTTPConnection(scope))
            except Problem as problem:
                await respond(problem, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _look_at(connection: HTTPConnection) -> None:
    if "authorization" not in connection.headers and COOKIE not in connection.cookies:
        raise nobody()
    if _is_large(connection.headers):
        await run_in_threadpool(_find, connection)


def _is_large(headers: Headers) -> bool:
    length = headers.get("content-length", "0")
    known = length.isascii() and length.isdigit() and "transfer-encoding" not in headers
    return not known or int(length[:20]) > TAKEN_UNSEEN_BYTES


def _find(connection: HTTPConnection) -> None:
    studio: Studio = connection.app.state.studio
    with studio.database.session() as session:
        find_account(connection, session)


def _is_guarded(scope: Scope) -> bool:
    # What a server can do is asked before logging in, by browsers and by tus.
    asked = scope["method"], scope["path"]
    return scope["path"].startswith(GUARDED) and scope["method"] != "OPTIONS" and asked not in OPEN
