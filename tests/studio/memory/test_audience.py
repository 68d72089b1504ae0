"""Who listens to events, and how long events are kept."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.base import now
from phonoscope.studio.events.reading import forget_old_events, newest_id
from phonoscope.studio.events.tables import Event, Interest, record
from phonoscope.studio.memory.audience import BACKLOG, Audience
from phonoscope.studio.state import Studio

NONE: frozenset[str] = frozenset()


def event(number: int) -> Event:
    """Return an event of anna's."""
    return Event(id=number, owner_id="anna", type="render.done", data={})


def test_who_is_too_slow_is_sent_away_and_others_are_not() -> None:
    async def listen() -> None:
        audience = Audience()
        with audience.listening(Interest("anna"), NONE) as slow, audience.listening(Interest("anna"), NONE) as quick:
            for number in range(2 * BACKLOG):
                audience.tell(event(number))
                told = await quick.next(1)
                assert told is not None
                assert told.id == number
            taken = 0
            try:
                while await slow.next(1) is not None:
                    taken += 1
            except EOFError:
                pass
            assert taken == BACKLOG - 1
            assert await quick.next(0.001) is None

    asyncio.run(listen())


def test_a_listener_begins_after_what_was_told(studio: Studio) -> None:
    audience = Audience()
    audience.tell(event(7))
    with audience.listening(Interest("anna"), NONE) as listener:
        assert listener.after_id == 7


def test_only_those_are_sent_away_who_are_known_to_be_nobody() -> None:
    async def listen() -> None:
        audience = Audience()
        with (
            audience.listening(Interest("anna"), frozenset({"cookie"})) as browser,
            audience.listening(Interest("anna"), frozenset({"name", "key"})) as program,
        ):
            asked = audience.secrets()
            assert asked == {"cookie", "name", "key"}
            with audience.listening(Interest("anna"), frozenset({"new"})) as newcomer:
                audience.dismiss_strangers(asked, frozenset({"key"}))
                assert await program.next(0.001) is None and await newcomer.next(0.001) is None
                with pytest.raises(EOFError):
                    await browser.next(1)

    asyncio.run(listen())


def test_old_events_are_forgotten_and_their_numbers_never_given_again(studio: Studio, client: TestClient) -> None:
    with studio.database.transaction() as session:
        owner_id = session.scalars(select(Account.id)).one()
        for type in ("render.progress", "render.done", "render.progress"):
            record(session, owner_id, type, {})
    last = newest_id(studio.database)

    def age(type: str, by: timedelta) -> list[str]:
        with studio.database.transaction() as session:
            session.execute(update(Event).where(Event.type == type).values(created_at=now() - by))
        forget_old_events(studio.database)
        with studio.database.session() as session:
            return list(session.scalars(select(Event.type)))

    assert age("render.done", timedelta(hours=23)) == ["render.progress", "render.done", "render.progress"]
    assert age("render.progress", timedelta(minutes=2)) == ["render.done"]
    assert age("render.done", timedelta(hours=25)) == []
    with studio.database.transaction() as session:
        record(session, owner_id, "render.done", {})
    assert newest_id(studio.database) == last + 1
