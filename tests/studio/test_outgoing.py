from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from threading import Thread
from typing import Any

import httpx
import pytest

from phonoscope.studio.outgoing import AddressError, check_address, guarded_client, is_public

PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:db8::1",
]
PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("text", PRIVATE)
def test_private_addresses_are_told(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_told(text: str) -> None:
    assert is_public(ip_address(text))


class _Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        self.send_response(302 if self.path == "/away" else 200)
        self.send_header("Location", f"http://{self.headers['Host']}/")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), _Server) as server:
        server.hosts = []  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def fetch(url: str, private_addresses: bool = False, redirects: bool = False) -> httpx.Response:
    async def go() -> httpx.Response:
        async with guarded_client(private_addresses) as client:
            return await client.get(url, follow_redirects=redirects)

    return asyncio.run(go())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "0"])
def test_the_own_machine_is_not_reached_by_any_spelling(server: HTTPServer, host: str) -> None:
    with pytest.raises(AddressError):
        fetch(f"http://{host}:{server.server_address[1]}/")
    assert server.hosts == []  # type: ignore[attr-defined]


def test_it_is_where_the_setting_allows_it(server: HTTPServer) -> None:
    port = server.server_address[1]
    assert fetch(f"http://localhost:{port}/", private_addresses=True).status_code == 200
    assert server.hosts == [f"localhost:{port}"]  # type: ignore[attr-defined]


def test_a_name_is_looked_up_once_and_the_connection_goes_where_it_was_judged(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = server.server_address[1], []
    look_up = socket.getaddrinfo

    def rebinding(host: Any, *more: Any, **options: Any) -> Any:
        if host == "rebinding.example":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "127.0.0.9"
        return look_up(host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    assert fetch(f"http://rebinding.example:{port}/", private_addresses=True).status_code == 200
    assert asked == ["rebinding.example"]
    assert server.hosts == [f"rebinding.example:{port}"]  # type: ignore[attr-defined]


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*_: Any, **__: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (text, 80)) for text in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(AddressError, match="private network"):
        fetch("http://mixed.example/")


def test_redirects_are_judged_too(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from phonoscope.studio import outgoing

    port = server.server_address[1]
    judged: list[str] = []

    def first_only(address: Any) -> bool:
        judged.append(str(address))
        return len(judged) == 1

    monkeypatch.setattr(outgoing, "is_public", first_only)
    with pytest.raises(AddressError):
        fetch(f"http://127.0.0.1:{port}/away", redirects=True)
    assert len(server.hosts) == 1  # type: ignore[attr-defined]


def test_other_schemes_are_not_fetched() -> None:
    with pytest.raises((AddressError, httpx.UnsupportedProtocol)):
        fetch("file:///etc/passwd", private_addresses=True)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "http://",
        "https://user:secret@example.com/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://localhost:8470/",
        "http://metadata.google.internal/",
        "http://exa mple.com:99999999/",
        "https://[::1",
        "http://xn--/",
        "http://xn--a/",
    ],
)
def test_what_cannot_be_right_is_refused_at_once(url: str) -> None:
    with pytest.raises(AddressError) as told:
        check_address(url, private_addresses=False)
    assert told.value.remedy
    assert "secret" not in str(told.value)


def test_what_may_be_right_is_taken() -> None:
    check_address("https://example.com/hook?x=1", private_addresses=False)
    check_address("http://127.0.0.1:9000/", private_addresses=True)
