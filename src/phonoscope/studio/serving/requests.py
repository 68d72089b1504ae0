"""Requests get numbers, lines in the log and times in the metrics; what goes wrong unexpectedly ends here."""

from __future__ import annotations

import asyncio
import re
import time

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phonoscope.studio.database.base import new_id
from phonoscope.studio.problems import ending, problem_of, respond
from phonoscope.studio.serving.metrics import Metrics

QUIET = ("/health", "/ready", "/metrics", "/assets/")
"""Asked all the time; told only when something is wrong with them."""

_SECRET = re.compile(r"^(/s|/results/[^/]+/[^/]+)/[^/]+")
"""Addresses of what can be watched by whoever has its link."""

log = structlog.get_logger("phonoscope.requests")


class Requests:
    """Numbers, times and logs requests."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = new_id()
        scope.setdefault("state", {})["request_id"] = request_id
        status, begun_s = 0, time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except asyncio.CancelledError:
                # The server ends, and waits no longer. An answer that has begun is broken off, or it would look whole.
                if not status:
                    await respond(ending(), scope)(scope, receive, send_with_id)
            except Exception as error:
                log.exception("unexpected", error=type(error).__name__)
                if status:
                    raise  # The answer has begun: the connection must end, or it would look whole.
                await respond(problem_of(error), scope)(scope, receive, send_with_id)
            finally:
                self._tell(scope, status, time.perf_counter() - begun_s)

    def _tell(self, scope: Scope, status: int, took_s: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self._metrics.count_request(scope["method"], route, status, took_s)
        path = shown_path(scope)
        if not path.startswith(QUIET) or status >= 400:
            log.info("request", method=scope["method"], path=path, status=status, ms=round(took_s * 1000, 1))


def shown_path(scope: Scope) -> str:
    """Return a request's path as the log may show it: as it was sent, without its query and the secrets of shares."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("ascii", "backslashreplace")
    return _SECRET.sub(r"\1/***", path)[:300]
