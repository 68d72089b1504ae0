"""Whoever asked for a talk is told when it is over, at the address they gave."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import httpx
import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from phonoscope.core.errors import PhonoscopeError
from phonoscope.studio.background import in_background
from phonoscope.studio.compat.did.tables import Talk
from phonoscope.studio.compat.did.telling import told
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.outgoing import guarded_client
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio

LOOK_EVERY_S: Final = 1.0
AT_ONCE: Final = 10
LONGEST_ANSWER_S: Final = 15.0
"""For all of a try: who sends an answer byte by byte does not hold us up."""

RETRIES: Final = (timedelta(seconds=5), timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""Pauses after the tries that failed; then it is left."""

OVER: Final = ("done", "error", "canceled")

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """Something that is to be told to somebody."""

    talk_id: str
    url: str
    tries: int
    body: dict[str, Any]


def calling_back(studio: Studio) -> AbstractAsyncContextManager[None]:
    """Tell of talks that are over as long as the block lasts."""
    return in_background(_call_for_ever(studio), "talks")


async def call_back(studio: Studio, client: httpx.AsyncClient) -> int:
    """Tell of all talks that are over now, and return how many were told of."""
    calls = await asyncio.to_thread(_due, studio)
    # At once: whoever is slow to listen holds up nobody else.
    told = await asyncio.gather(*(_call(client, call) for call in calls))
    for call, sent in zip(calls, told, strict=True):
        await asyncio.to_thread(_note, studio, call, sent)
    return len(calls)


async def _call_for_ever(studio: Studio) -> None:
    async with guarded_client(studio.settings.private_addresses) as client:
        while True:
            try:
                await call_back(studio, client)
            except SQLAlchemyError:
                log.exception("talks_wait", why="the database does not answer")
            await asyncio.sleep(LOOK_EVERY_S)


def _due(studio: Studio) -> list[Call]:
    query = (
        select(Talk, Render, Job)
        .join(Render, Render.id == Talk.render_id)
        .join(Job, Job.id == Render.job_id)
        .where(Talk.webhook_state == "waiting", Talk.next_try_at <= now(), Job.state.in_(OVER))
        .limit(AT_ONCE)
    )
    with studio.database.session() as session:
        rows = session.execute(query).all()
        return [
            Call(talk.id, talk.webhook or "", talk.webhook_tries, told(talk, render, job)) for talk, render, job in rows
        ]


async def _call(client: httpx.AsyncClient, call: Call) -> bool:
    try:
        # What is answered besides the status is not read: it may be endless.
        async with asyncio.timeout(LONGEST_ANSWER_S), client.stream("POST", call.url, json=call.body) as response:
            return response.is_success
    except (httpx.HTTPError, httpx.InvalidURL, PhonoscopeError, TimeoutError, OSError, ValueError) as error:
        log.info("talk_not_told", talk=call.talk_id, error=type(error).__name__)
        return False


def _note(studio: Studio, call: Call, sent: bool) -> None:
    left = call.tries < len(RETRIES)
    values: dict[str, Any] = {"webhook_state": "sent" if sent else "waiting" if left else "failed"}
    if not sent:
        values["webhook_tries"] = call.tries + 1
        values["next_try_at"] = now() + RETRIES[min(call.tries, len(RETRIES) - 1)]
    with studio.database.transaction() as session:
        session.execute(update(Talk).where(Talk.id == call.talk_id).values(**values))
