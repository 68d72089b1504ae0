"""Strangers cannot fill the server's memory before they have said what they want, nor keep it waiting."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from phonoscope.studio.running import protocol
from phonoscope.studio.running.server import config_of
from phonoscope.studio.serving import sizes
from phonoscope.studio.settings import Settings

HEAD = b"GET /health HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture
def address(app: FastAPI, settings: Settings) -> Iterator[tuple[str, int]]:
    """Where a server listens that is set up as the studio's own."""
    with socket.create_server(("127.0.0.1", 0)) as bound, listening(app, settings, bound):
        yield bound.getsockname()[:2]


@contextmanager
def listening(app: FastAPI, settings: Settings, bound: socket.socket) -> Iterator[None]:
    """Serve at a socket as long as the block lasts."""
    config = config_of(app, settings)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    yield
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


def told(address: tuple[str, int], *parts: bytes) -> bytes:
    """Return all that is answered to what is sent, until the connection ends."""
    answered = b""
    with socket.create_connection(address, timeout=20) as connection:
        try:
            for part in parts:
                connection.sendall(part)
            while piece := connection.recv(65_536):
                answered += piece
        except ConnectionError:
            pass
    return answered


@pytest.mark.parametrize(
    "endless",
    [
        b"X: " + b"a" * (4 << 20),
        b"a: b\r\n" * (1 << 19),
        b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * (4 << 20),
    ],
)
def test_endless_heads_are_not_taken(address: tuple[str, int], endless: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    most = []
    received = protocol.CarefulProtocol.data_received

    def watched(self: protocol.CarefulProtocol, data: bytes) -> None:
        received(self, data)
        most.append(self._head_bytes)

    monkeypatch.setattr(protocol.CarefulProtocol, "data_received", watched)
    answer = told(address, HEAD, endless)
    assert answer[:12] in (b"", b"HTTP/1.1 431", b"HTTP/1.1 200")
    assert protocol.MOST_HEAD_BYTES < max(most) < 1 << 20


def test_usual_heads_and_large_bodies_are_taken(address: tuple[str, int]) -> None:
    with httpx.Client(base_url=f"http://{address[0]}:{address[1]}") as client:
        for _ in range(3):
            assert client.get("/health", headers={"Cookie": "a=" + "b" * 30_000}).status_code == 200
            assert client.post("/health", content=bytes(1 << 20)).status_code == 405


def test_who_says_nothing_is_not_waited_for(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "HEAD_S", 0.2)
    assert told(address) == told(address, HEAD) == b""
    assert told(address, HEAD + b"\r\n", HEAD).startswith(b"HTTP/1.1 200 ")


def test_who_stops_in_the_middle_is_not_waited_for(address: tuple[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SILENCE_S", 0.2)
    head = b"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 50\r\n\r\n{"
    assert told(address, head).startswith(b"HTTP/1.1 408 ")


def test_who_listens_to_both_kinds_of_addresses_knows_ours(app: FastAPI, settings: Settings) -> None:
    try:
        bound = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    except (OSError, ValueError):
        pytest.skip("this machine does not have such addresses")
    with bound, listening(app, settings, bound):
        address = f"http://127.0.0.1:{bound.getsockname()[1]}"
        assert httpx.get(f"{address}/metrics").status_code == 200  # told to this computer alone
