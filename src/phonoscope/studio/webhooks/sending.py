"""The task of the server that sends to webhooks what is due."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractAsyncContextManager

import httpx
import structlog
from sqlalchemy.exc import SQLAlchemyError

from phonoscope.studio.background import in_background
from phonoscope.studio.outgoing import guarded_client
from phonoscope.studio.state import Studio
from phonoscope.studio.webhooks.deliveries import (
    Message,
    Outcome,
    add_deliveries,
    behind,
    due_messages,
    forget_old,
    note_outcome,
)
from phonoscope.studio.webhooks.posting import post

LOOK_EVERY_S = 1.0
FORGET_EVERY_S = 3600.0
AT_ONCE = 20
"""Webhooks that are sent to at the same time."""

log = structlog.get_logger(__name__)


def sending(studio: Studio) -> AbstractAsyncContextManager[None]:
    """Send to webhooks as long as the block lasts; what is on its way at its end is sent again at the next start."""
    return in_background(Sender(studio).run(), "webhooks")


class Sender:
    """Sends what is due, one message to each webhook at a time."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio
        self._on_their_way: dict[str, asyncio.Task[None]] = {}
        self._forget_at = 0.0

    async def run(self) -> None:
        """Send for ever."""
        async with guarded_client(self._studio.settings.private_addresses) as client:
            try:
                while True:
                    await self._look(client)
                    await asyncio.sleep(LOOK_EVERY_S)
            finally:
                for task in self._on_their_way.values():
                    task.cancel()
                await asyncio.gather(*self._on_their_way.values(), return_exceptions=True)

    async def _look(self, client: httpx.AsyncClient) -> None:
        try:
            messages = await asyncio.to_thread(self._due, list(self._on_their_way))
        except SQLAlchemyError:
            log.exception("webhooks_wait", why="the database does not answer")
            return
        for message in messages:
            self._on_their_way[message.webhook_id] = asyncio.create_task(self._send(client, message))

    def _due(self, busy: list[str]) -> list[Message]:
        database = self._studio.database
        if time.monotonic() >= self._forget_at:
            self._forget_at = time.monotonic() + FORGET_EVERY_S
            with database.transaction() as session:
                forget_old(session)
        with database.session() as session:
            new = bool(behind(session))
        if new:
            with database.transaction() as session:
                add_deliveries(session)
        with database.session() as session:
            return due_messages(session, busy, AT_ONCE - len(busy))

    async def _send(self, client: httpx.AsyncClient, message: Message) -> None:
        try:
            outcome = await post(client, message)
            await asyncio.to_thread(self._note, message, outcome)
            log.info("webhook_sent", delivery=message.delivery_id, status=outcome.status, error=outcome.error)
        except SQLAlchemyError:
            log.exception("webhook_not_noted", delivery=message.delivery_id)
        finally:
            self._on_their_way.pop(message.webhook_id, None)

    def _note(self, message: Message, outcome: Outcome) -> None:
        with self._studio.database.transaction() as session:
            note_outcome(session, message, outcome)
