"""What becomes of requests that are on their way when the server is to end."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.jobs import waiting
from phonoscope.studio.jobs.queue import claim, enqueue, finish
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.waiting import wait_until_done
from phonoscope.studio.running import server as running_server
from phonoscope.studio.running.server import _Server, config_of
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio
from tests.studio.jobs.conftest import new_owner

PROJECTS = "/api/v1/projects"


@pytest.fixture
def ending(
    app: FastAPI, settings: Settings, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, _Server]]:
    """A server without workers, and its address; ends within seconds."""
    monkeypatch.setattr(running_server, "PATIENCE_S", 2)
    monkeypatch.setattr(waiting, "LAST_WAIT_S", 0.5)
    studio.closers.append(studio.bell.end)  # as the services do, which do not run here
    config = config_of(app, settings)
    config.lifespan = "off"
    started = threading.Event()
    server = _Server(config, studio, started.set)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        thread = threading.Thread(target=server.run, args=([bound],))
        thread.start()
        assert started.wait(20)
        yield f"http://127.0.0.1:{bound.getsockname()[1]}", server
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


@pytest.mark.parametrize("what", ["still", "timeline"])
def test_whoever_waits_for_a_picture_is_told_to_come_again(
    ending: tuple[str, _Server], client: TestClient, studio: Studio, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    address, server = ending
    project = client.post(PROJECTS, json={}).json()["id"]
    end = threading.Thread(target=_end_when_asked, args=(server, studio))
    end.start()
    answer = httpx.get(f"{address}{PROJECTS}/{project}/{what}", headers=dict(client.headers), timeout=60)
    end.join()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/ending")
    assert int(answer.headers["retry-after"]) > 0
    assert "Traceback" not in caplog.text


def _end_when_asked(server: _Server, studio: Studio) -> None:
    """End a server as soon as a job waits."""
    asked = False
    while not asked:
        with studio.database.session() as session:
            asked = session.scalar(select(Job.id)) is not None
    server.should_exit = True


def test_a_sender_who_is_too_slow_is_told_to_come_again(
    ending: tuple[str, _Server], client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    address, server = ending
    host, port = address.removeprefix("http://").split(":")
    head = (
        f"POST /api/v1/assets HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Length: 1000\r\n"
        f"Authorization: {client.headers['authorization']}\r\n\r\nwe never send the rest"
    )
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        while not server.server_state.tasks:
            pass
        server.should_exit = True
        assert connection.recv(1000).startswith(b"HTTP/1.1 503 ")
    assert "Traceback" not in caplog.text


def test_what_is_nearly_done_is_waited_for(studio: Studio) -> None:
    async def wait(job_id: str) -> None:
        studio.bell.end()
        asking = asyncio.create_task(wait_until_done(studio, job_id, 60, "picture"))
        await asyncio.sleep(0.01)
        taken = claim(studio.database, "quick", "w1")
        assert taken is not None
        finish(studio.database, taken, {})
        studio.bell.ring(job_id)
        await asking

    owner = new_owner(studio.database, "clara")
    with studio.database.transaction() as session:
        job_id = enqueue(session, owner_id=owner, kind="still", lane="quick", payload={}).id
    asyncio.run(wait(job_id))
