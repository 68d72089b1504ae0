"""Events as a stream of server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import lru_cache

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from phonoscope.studio.events.reading import events_after
from phonoscope.studio.events.tables import Event, Interest
from phonoscope.studio.memory.audience import Listener
from phonoscope.studio.state import Studio

RETRY_MS = 2000
"""How long a browser waits before it connects again."""

HEARTBEAT_S = 15.0
"""How long nothing is said at most: proxies close connections that are silent."""

LONGEST_S = 900.0
"""How long a stream lasts; then it is connected again, and whoever listens tells anew who they are."""


class EventStream(StreamingResponse):
    """The answer to somebody who listens: from when it is made, they count among the audience.

    Parameters
    ----------
    after_id
        The last event that they have seen; None: they want to hear what happens from now on.
    secrets
        As of `Listener`: once none of them counts any more, the stream ends.
    """

    def __init__(self, studio: Studio, interest: Interest, after_id: int | None, secrets: frozenset[str]) -> None:
        self._place = studio.audience.listening(interest, secrets)
        # At once, and not when it is first asked for an event: of many who come together, each counts those before.
        told = _told(studio, self._place.__enter__(), after_id)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(told, media_type="text/event-stream", headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Tell until there is no more, or nobody listens."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._place.__exit__(None, None, None)


async def _told(studio: Studio, listener: Listener, after_id: int | None) -> AsyncIterator[str]:
    """Yield the events of an interest: those after one that was seen, and then all that happen."""
    seen_id = listener.after_id if after_id is None else min(after_id, listener.after_id)
    # With a number even before the first event: whoever loses the connection by then misses nothing.
    yield f"retry: {RETRY_MS}\nid: {seen_id}\n\n"
    async for event in _missed(studio, listener.interest, seen_id, listener.after_id):
        yield written(event)
    async for text in _happening(listener):
        yield text


async def _missed(studio: Studio, interest: Interest, after_id: int, until_id: int) -> AsyncIterator[Event]:
    while after_id < until_id:
        events = await asyncio.to_thread(events_after, studio.database, after_id, interest)
        for event in events:
            if event.id > until_id:
                return
            yield event
        if not events:
            return
        after_id = events[-1].id


async def _happening(listener: Listener) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    end_s = loop.time() + LONGEST_S
    while loop.time() < end_s:
        try:
            event = await listener.next(HEARTBEAT_S)
        except EOFError:
            return
        yield ": still here\n\n" if event is None else written(event)


@lru_cache(maxsize=64)
def written(event: Event) -> str:
    """Return an event as it is sent; made once for all who listen to it now."""
    return f"id: {event.id}\nevent: {event.type}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"
