from __future__ import annotations

import socket

import pytest
from fastapi.testclient import TestClient

from phonoscope.studio.app import create_app
from phonoscope.studio.serving.hosts import host_name, is_loopback
from phonoscope.studio.settings import Settings


def status(settings: Settings, asked: str, **changes: object) -> int:
    app = create_app(settings.model_copy(update=changes))
    try:
        return TestClient(app).get("/health", headers={"Host": asked}).status_code
    finally:
        app.state.studio.database.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8470", "[::1]:8470", "LocalHost:1", "localhost."])
def test_this_computers_names_are_known(settings: Settings, host: str) -> None:
    assert status(settings, host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5",
        "",
        "[",
        "a@localhost@b",
        "a@localhost",
        "localhost/a",
    ],
)
def test_others_are_refused_on_loopback(settings: Settings, host: str) -> None:
    assert status(settings, host) == 421


def test_a_refusal_tells_which_setting_helps(settings: Settings, anonymous: TestClient) -> None:
    told = anonymous.get("/health", headers={"Host": "studio.lan"}).json()
    assert "studio.lan" in told["title"]
    assert "allowed_hosts" in told["remedy"]


def test_names_can_be_allowed(settings: Settings) -> None:
    assert status(settings, "studio.lan:80", allowed_hosts=["studio.lan"]) == 200
    assert status(settings, "studio.example", public_url="https://studio.example/") == 200
    assert status(settings, "any.example", allowed_hosts=["*"]) == 200


def test_in_a_network_addresses_are_known_and_names_are_not(settings: Settings) -> None:
    assert status(settings, "192.168.1.5:8470", host="0.0.0.0") == 200
    assert status(settings, socket.gethostname(), host="0.0.0.0") == 200
    assert status(settings, "evil.example", host="0.0.0.0") == 421


def test_loopback_is_told_from_other_addresses() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.5", "studio.lan", "")))


def test_names_are_read_without_port() -> None:
    assert host_name("[::1]:80") == "::1"
    assert host_name("Studio.LAN.:80") == "studio.lan"
