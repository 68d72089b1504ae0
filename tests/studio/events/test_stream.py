"""What happens is told while it happens, to whom it belongs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio import app as application
from phonoscope.studio.accounts.current import COOKIE
from phonoscope.studio.accounts.keys import new_key
from phonoscope.studio.accounts.logins import log_in
from phonoscope.studio.accounts.people import set_password
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.cleaning.accounts import remove_account
from phonoscope.studio.events import pump, stream
from phonoscope.studio.events.pump import pumping
from phonoscope.studio.events.tables import record
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.state import Studio
from tests.studio.live import serving

KEY = {"Authorization": "Bearer psk_anna-key-for-tests"}


@dataclass(frozen=True)
class Told:
    """An event as it arrived."""

    id: int
    type: str
    data: Any


@pytest.fixture
def address(app: FastAPI, client: TestClient, other: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A studio behind a port, in which events are pumped."""
    monkeypatch.setattr(application, "SERVICES", (pumping,))
    with serving(app, lifespan="on") as address:
        yield address


@pytest.fixture
def project(studio: Studio, client: TestClient) -> str:
    """A project of anna's."""
    with studio.database.transaction() as session:
        project = Project(owner_id=account(studio, "anna"), name="p", document={})
        session.add(project)
        session.flush()
        return project.id


def account(studio: Studio, name: str) -> str:
    """Return the id of somebody."""
    with studio.database.session() as session:
        return session.scalars(select(Account.id).where(Account.name == name)).one()


def happen(studio: Studio, *types: str, name: str = "anna", **of: str) -> None:
    """Let things happen to somebody."""
    owner_id = account(studio, name)
    with studio.database.transaction() as session:
        for type in types:
            record(session, owner_id, type, {"of": name}, **of)
    studio.bell.ring()


@contextmanager
def listening(address: str, query: str = "", **headers: str) -> Iterator[Iterator[str]]:
    """Yield the lines of a stream, after those with which it begins."""
    url = f"{address}/api/v1/events{query}"
    head = {name: value for name, value in (KEY | headers).items() if value}
    with httpx.stream("GET", url, headers=httpx.Headers(head, "latin-1"), timeout=10) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert [next(lines), next(lines)[:4], next(lines)] == ["retry: 2000", "id: ", ""]
        yield lines


def heard(lines: Iterator[str], count: int) -> list[Told]:
    """Return the next events."""
    found, event = [], {}
    for line in lines:
        if line:
            name, _, value = line.partition(": ")
            event[name] = value
        else:
            found.append(Told(int(event["id"]), event["event"], json.loads(event["data"])))
            event = {}
        if len(found) == count:
            break
    return found


def test_who_listens_hears_of_their_own_things_alone(studio: Studio, address: str) -> None:
    happen(studio, "asset.ready")
    with listening(address) as lines:
        happen(studio, "asset.ready", name="ben")
        happen(studio, "render.done", "render.error")
        first, second = heard(lines, 2)
    assert (first.type, first.data, second.type) == ("render.done", {"of": "anna"}, "render.error")
    assert first.id < second.id


@pytest.mark.parametrize("by", ["header", "query"])
def test_who_comes_back_misses_nothing(studio: Studio, address: str, by: str) -> None:
    with listening(address) as lines:
        happen(studio, "asset.ready")
        (seen,) = heard(lines, 1)
    happen(studio, "render.queued", "render.started")
    happen(studio, "render.queued", name="ben")
    query, head = ("", {"Last-Event-ID": str(seen.id)}) if by == "header" else (f"?last_event_id={seen.id}", {})
    with listening(address, query, **head) as lines:
        happen(studio, "render.done")
        told = heard(lines, 3)
    assert [event.type for event in told] == ["render.queued", "render.started", "render.done"]


def test_a_long_absence_is_told_whole(studio: Studio, address: str) -> None:
    happen(studio, *[f"render.{number}" for number in range(1200)])
    with listening(address, "?last_event_id=0") as lines:
        happen(studio, "render.last")
        told = heard(lines, 1201)
    assert [event.type for event in told] == [f"render.{number}" for number in range(1200)] + ["render.last"]


@pytest.mark.parametrize("seen", ["9" * 30, "9" * 5000, "nonsense", "-1", "²"], ids=len)
def test_a_number_that_never_was_is_no_obstacle(studio: Studio, address: str, seen: str) -> None:
    with listening(address, **{"Last-Event-ID": seen}) as lines:
        happen(studio, "render.done")
        assert heard(lines, 1)[0].type == "render.done"


def test_a_stream_of_one_project(studio: Studio, address: str, project: str) -> None:
    with listening(address, f"?project_id={project}") as lines:
        happen(studio, "project.updated", project_id="another")
        happen(studio, "asset.ready")
        happen(studio, "render.done", project_id=project)
        assert heard(lines, 1)[0].type == "render.done"


@pytest.mark.parametrize("query", ["project_id={project}", "project_id=nothing", "render_id=nothing"])
def test_what_is_not_yours_cannot_be_listened_to(other: TestClient, project: str, query: str) -> None:
    answer = other.get(f"/api/v1/events?{query.format(project=project)}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_nobody_keeps_more_connections_open_than_anybody_needs(
    address: str, other: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.studio.events.routes.MOST_STREAMS", 2)
    with listening(address), listening(address):
        refused = httpx.get(f"{address}/api/v1/events", headers=KEY)
        assert (refused.status_code, refused.json()["type"]) == (429, "/problems/too-many-streams")
        with listening(address, Authorization="Bearer psk_ben-key-for-tests"):
            pass


def test_of_many_who_come_at_once_no_more_are_listened_to(
    studio: Studio, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phonoscope.studio.events.routes.MOST_STREAMS", 5)

    async def ask(client: httpx.AsyncClient, everybody: asyncio.Barrier) -> int:
        async with client.stream("GET", f"{address}/api/v1/events", headers=KEY) as answer:
            await everybody.wait()  # nobody leaves before all have been answered
            return answer.status_code

    async def ask_all() -> list[int]:
        everybody = asyncio.Barrier(40)
        async with httpx.AsyncClient(timeout=20) as client:
            return await asyncio.gather(*(ask(client, everybody) for _ in range(40)))

    assert sorted(asyncio.run(ask_all())) == [200] * 5 + [429] * 35


def test_a_silent_stream_shows_that_it_lives(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.02)
    with listening(address) as lines:
        assert [next(lines) for _ in range(4)] == [": still here", "", ": still here", ""]


def test_streams_end_with_the_server(studio: Studio, address: str) -> None:
    with listening(address) as lines:
        happen(studio, "render.done")
        assert len(heard(lines, 1)) == 1
        for close in studio.closers:
            close()
        assert list(lines) == []
    with listening(address) as lines:
        assert list(lines) == []


def test_streams_end_now_and_then(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LONGEST_S", 0.0)
    with listening(address) as lines:
        assert list(lines) == []


def log_out(studio: Studio, address: str, cookie: str) -> None:
    own = {"Cookie": f"{COOKIE}={cookie}", "Origin": address}
    assert httpx.delete(f"{address}/api/v1/session", headers=own).status_code == 204


def set_new_password(studio: Studio, address: str, cookie: str) -> None:
    set_password(studio.database, "anna", "another long one")


def remove_anna(studio: Studio, address: str, cookie: str) -> None:
    remove_account(studio.database, studio.store, studio.settings, "anna")


@pytest.mark.parametrize("leave", [log_out, set_new_password, remove_anna])
def test_the_stream_of_a_browser_ends_when_it_is_logged_out(
    studio: Studio, address: str, monkeypatch: pytest.MonkeyPatch, leave: Callable[[Studio, str, str], None]
) -> None:
    monkeypatch.setattr(pump, "CHECK_EVERY_S", 0.05)
    with studio.database.transaction() as session:
        anna = session.get_one(Account, account(studio, "anna"))
        gone, staying = log_in(session, anna), new_key(session, anna, "program")[1]
    browser = {"Authorization": "", "Cookie": f"{COOKIE}={gone}"}
    program = {"Authorization": f"Bearer {staying}"}
    with listening(address, **browser) as lines, listening(address, **program) as others:
        leave(studio, address, gone)
        assert list(lines) == []
        if leave is not remove_anna:
            happen(studio, "render.done")
            assert heard(others, 1)[0].type == "render.done"


def test_the_stream_of_a_key_ends_when_it_is_taken_back(
    studio: Studio, address: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "CHECK_EVERY_S", 0.05)
    (key,) = client.get("/api/v1/keys").json()["items"]
    with listening(address) as lines:
        assert client.delete(f"/api/v1/keys/{key['id']}").status_code == 204
        assert list(lines) == []
