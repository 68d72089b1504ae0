"""The one task of the server that reads new events, and tells them to all who listen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from phonoscope.studio.accounts.current import that_count
from phonoscope.studio.events.reading import AT_ONCE, events_after, forget_old_events, newest_id
from phonoscope.studio.events.tables import Event
from phonoscope.studio.state import Studio

LOOK_EVERY_S = 0.5
"""How often to look without having been told: another server may have added events."""

FORGET_EVERY_S = 60.0

CHECK_EVERY_S = 1.0
"""How soon a stream ends after its listener has logged out, or its key was taken back, here or on the command line."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def pumping(studio: Studio) -> AsyncIterator[None]:
    """Tell what happens as long as the block lasts."""
    studio.audience.heard_id = await asyncio.to_thread(newest_id, studio.database)
    studio.closers.append(studio.audience.dismiss)
    task = asyncio.create_task(_Pump(studio).run(), name="events")
    try:
        yield
    finally:
        studio.audience.dismiss()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class _Pump:
    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._forget_at_s = self._check_at_s = 0.0

    async def run(self) -> None:
        """Tell for ever."""
        with self._studio.bell.listening() as rung:
            while True:
                rung.clear()
                if await self._tell_new() < AT_ONCE:
                    await self._check()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(rung.wait(), LOOK_EVERY_S)

    async def _tell_new(self) -> int:
        try:
            events = await asyncio.to_thread(self._look)
        except SQLAlchemyError:
            log.exception("events_wait", why="the database does not answer")
            return 0
        for event in events:
            self._studio.audience.tell(event)
        return len(events)

    async def _check(self) -> None:
        """Send those away who listen and are nobody any more."""
        asked = self._studio.audience.secrets()
        if not asked or time.monotonic() < self._check_at_s:
            return
        self._check_at_s = time.monotonic() + CHECK_EVERY_S
        try:
            known = await asyncio.to_thread(self._known, asked)
        except SQLAlchemyError:
            log.exception("listeners_not_checked", why="the database does not answer")
            return
        self._studio.audience.dismiss_strangers(asked, known)

    def _known(self, secrets: frozenset[str]) -> frozenset[str]:
        with self._studio.database.session() as session:
            return that_count(session, secrets)

    def _look(self) -> Sequence[Event]:
        if time.monotonic() >= self._forget_at_s:
            self._forget_at_s = time.monotonic() + FORGET_EVERY_S
            forget_old_events(self._studio.database)
        return events_after(self._studio.database, self._studio.audience.heard_id)
