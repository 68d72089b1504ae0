"""Events as a stream of server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import lru_cache

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


async def stream(
    studio: Studio, interest: Interest, after_id: int | None, secrets: frozenset[str]
) -> AsyncIterator[str]:
    """Yield the events of an interest: those after one that was seen, and then all that happen.

    Parameters
    ----------
    secrets
        As of `Listener`: once none of them counts any more, the stream ends.
    """
    with studio.audience.listening(interest, secrets) as listener:
        seen_id = listener.after_id if after_id is None else min(after_id, listener.after_id)
        # With a number even before the first event: whoever loses the connection by then misses nothing.
        yield f"retry: {RETRY_MS}\nid: {seen_id}\n\n"
        async for event in _missed(studio, interest, seen_id, listener.after_id):
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
