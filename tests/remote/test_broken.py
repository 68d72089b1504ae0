"""Connections that break, and users who press Ctrl-C."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from phonoscope.core.errors import MachineError
from phonoscope.core.events import Event, Progress, StageStarted, ignore_events
from phonoscope.remote import following, rendering, uploading
from phonoscope.remote.following import read_messages
from phonoscope.remote.rendering import Wanted, render_there
from phonoscope.remote.server import ConnectionLostError, Server
from phonoscope.remote.uploading import Uploads
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.jobs.tables import Job
from tests.remote.conftest import KEY, There

HELLO = {"schema": "scene.1", "scenes": [{"script": "Hello!", "avatars": [{"picture": "avatar:anna"}]}]}


@pytest.fixture
def server(there: There) -> Iterator[Server]:
    with Server(there.url, KEY) as server:
        yield server


Breaking = Callable[[str, Callable[[int], bool]], list[str]]


@pytest.fixture
def breaking(monkeypatch: pytest.MonkeyPatch) -> Breaking:
    """Let requests of a method break: before they are sent, and after they have been answered, by turns."""
    request = httpx.Client.request

    def breaking(method: str, breaks: Callable[[int], bool]) -> list[str]:
        sent: list[str] = []

        def flaky(self: httpx.Client, asked: str, url: Any, **more: Any) -> httpx.Response:
            if asked != method:
                return request(self, asked, url, **more)
            sent.append(str(url))
            if breaks(len(sent)):
                if len(sent) % 2:
                    request(self, asked, url, **more)
                raise httpx.ReadError("the line is cut")
            return request(self, asked, url, **more)

        monkeypatch.setattr(httpx.Client, "request", flaky)
        return sent

    return breaking


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is sent in ten parts."""
    monkeypatch.setattr(uploading, "PART_BYTES", 1000)
    path = tmp_path / "Größe.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(9500))
    return path


def test_an_upload_goes_on_where_it_was_cut(server: Server, there: There, large: Path, breaking: Breaking) -> None:
    sent = breaking("PATCH", lambda number: number in (2, 3, 6, 9))
    told: list[float] = []

    def listen(event: Event) -> None:
        if isinstance(event, Progress):
            told.append(event.done)

    uploads = Uploads(server, listen)
    first = uploads.upload(large)
    assert uploads.upload(large) == first
    with there.studio.database.session() as session:
        asset = session.scalars(select(Asset)).one()
    assert first.reference == f"sha256:{hashlib.sha256(large.read_bytes()).hexdigest()}"
    assert (asset.name, asset.bytes) == ("Größe.png", large.stat().st_size)
    assert told == sorted(told) and told[-1] == large.stat().st_size and len(sent) > 10


def test_an_upload_is_given_up_in_the_end(server: Server, large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    request = httpx.Client.request

    def cut(self: httpx.Client, asked: str, url: Any, **more: Any) -> httpx.Response:
        if asked in ("PATCH", "HEAD"):
            raise httpx.ConnectError("nobody is there")
        return request(self, asked, url, **more)

    monkeypatch.setattr(httpx.Client, "request", cut)
    with pytest.raises(ConnectionLostError, match="does not answer: nobody is there"):
        Uploads(server, ignore_events).upload(large)


def test_a_render_is_asked_for_once_though_the_answer_was_lost(
    server: Server, there: There, tmp_path: Path, breaking: Breaking
) -> None:
    breaking("POST", lambda number: number == 1)
    made = render_there(server, HELLO, Wanted(tmp_path / "a.mp4"), ignore_events)
    assert made.path.read_bytes() == there.files["video.mp4"]
    assert len(there.renders()) == 1


def test_a_stream_of_events_that_breaks_is_taken_up_again(
    server: Server, there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages, begun = following._messages, []

    def breaks(server: Server, render_id: str, seen: str) -> Iterator[Any]:
        begun.append(seen)
        yield next(messages(server, render_id, seen))
        raise ConnectionLostError("cut")

    monkeypatch.setattr(following, "_messages", breaks)
    assert render_there(server, HELLO, Wanted(tmp_path / "a.mp4"), ignore_events).duration_s == 1.5


def test_a_download_goes_on_where_it_was_cut(
    server: Server, there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.files = {"video.mp4": random.Random(2).randbytes(300_000)}
    write, left = rendering._Counted.write, [70_000, 130_000]

    def cut(self: Any, piece: bytes) -> None:
        write(self, piece)
        if left and self.bytes > left[0]:
            left.pop(0)
            raise ConnectionLostError("cut")

    monkeypatch.setattr(rendering._Counted, "write", cut)
    made = render_there(server, HELLO, Wanted(tmp_path / "a.mp4"), ignore_events)
    assert made.path.read_bytes() == there.files["video.mp4"] and not left


def test_whoever_stops_here_stops_it_there(
    server: Server, there: There, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody works: the render waits until it is stopped.
    there.studio.wakers.clear()

    def stop(event: Event) -> None:
        if isinstance(event, StageStarted):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_there(server, HELLO, Wanted(tmp_path / "a.mp4"), stop)
    with there.studio.database.session() as session:
        assert session.scalars(select(Job)).one().state == "canceled"
    assert list(tmp_path.glob("*.mp4")) == []


def test_a_render_that_somebody_stops_there_is_told(server: Server, there: There, tmp_path: Path) -> None:
    there.studio.wakers.clear()

    def stop(event: Event) -> None:
        if isinstance(event, StageStarted):
            server.ask("POST", f"/api/v1/renders/{there.renders()[0].id}/cancel")

    with pytest.raises(MachineError, match="stopped"):
        render_there(server, HELLO, Wanted(tmp_path / "a.mp4"), stop)


def test_server_sent_events_are_read() -> None:
    text = "retry: 2000\nid: 7\n\n: still here\n\nid: 8\nevent: render.done\ndata: {\ndata: }\n\ndata: cut off"
    found = [(it.id, it.event, it.data) for it in read_messages(text.split("\n"))]
    assert found == [("7", "", ""), ("7", "", ""), ("8", "render.done", "{\n}")]
