from __future__ import annotations

import base64
import hashlib
import os
import random
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from phonoscope.studio.app import create_app
from phonoscope.studio.database.base import now
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio
from phonoscope.studio.uploads.keeping import sweep
from phonoscope.studio.uploads.tables import Upload
from phonoscope.studio.uploads.writing import WRITTEN_NOW
from tests.studio.assets.samples import picture
from tests.studio.live import serving

Client = TestClient | httpx.Client

TUS = {"Tus-Resumable": "1.0.0"}
PART = TUS | {"Content-Type": "application/offset+octet-stream"}
CONTENT = picture(size_px=(64, 64)) + random.Random(1).randbytes(300_000)
"""A picture with something behind it: whoever looks at pictures is not here."""


def begin(client: Client, length: int = len(CONTENT), name: str = "photo.png") -> str:
    metadata = f"filename {base64.b64encode(name.encode()).decode()},kind"
    response = client.post("/api/v1/uploads", headers=TUS | {"Upload-Length": str(length), "Upload-Metadata": metadata})
    assert response.status_code == 201, response.text
    assert response.headers["upload-expires"].endswith("GMT")
    return response.headers["location"]


def send(client: Client, path: str, offset: int, content: Any, **headers: str) -> Any:
    return client.patch(path, content=content, headers=PART | {"Upload-Offset": str(offset)} | headers)


def arrived(client: Client, path: str) -> int:
    response = client.head(path, headers=TUS)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    return int(response.headers["upload-offset"])


def parts(studio: Studio) -> list[str]:
    return sorted(it.name for it in (studio.settings.work_dir / "uploads").iterdir())


def test_what_the_server_speaks_is_told_to_anybody(anonymous: TestClient, studio: Studio) -> None:
    response = anonymous.options("/api/v1/uploads")
    assert response.status_code == 204
    assert response.headers["tus-version"] == response.headers["tus-resumable"] == "1.0.0"
    assert {"creation", "termination", "expiration", "checksum"} <= set(response.headers["tus-extension"].split(","))
    assert response.headers["tus-max-size"] == str(studio.settings.max_upload_bytes)


def test_parts_become_an_asset(client: TestClient, studio: Studio) -> None:
    path = begin(client, name="Oma \u202e1912.png")
    assert arrived(client, path) == 0
    first = send(client, path, 0, CONTENT[:100_000])
    assert (first.status_code, first.headers["upload-offset"]) == (204, "100000")
    assert "asset-id" not in first.headers
    assert arrived(client, path) == 100_000
    last = send(client, path, 100_000, CONTENT[100_000:])
    assert last.headers["upload-offset"] == str(len(CONTENT))
    asset = client.get(f"/api/v1/assets/{last.headers['asset-id']}").json()
    assert (asset["name"], asset["kind"], asset["bytes"]) == ("Oma 1912.png", "picture", len(CONTENT))
    assert client.get(asset["content_url"]).content == CONTENT
    assert parts(studio) == []
    again = client.head(path, headers=TUS)
    assert again.headers["asset-id"] == asset["id"]
    assert send(client, path, len(CONTENT), b"").headers["asset-id"] == asset["id"]
    assert len(client.get("/api/v1/assets").json()["items"]) == 1


def test_the_first_part_may_come_with_the_beginning(client: TestClient) -> None:
    response = client.post("/api/v1/uploads", content=CONTENT, headers=PART | {"Upload-Length": str(len(CONTENT))})
    assert (response.status_code, response.headers["upload-offset"]) == (201, str(len(CONTENT)))
    assert response.headers["asset-id"]


def test_the_wrong_place_is_a_conflict(client: TestClient) -> None:
    path = begin(client)
    send(client, path, 0, CONTENT[:1000])
    for offset in (0, 999, 1001, len(CONTENT)):
        assert send(client, path, offset, b"x").status_code == 409
    assert arrived(client, path) == 1000


def test_more_than_was_announced_is_refused(client: TestClient, studio: Studio) -> None:
    path = begin(client, 1000)
    assert send(client, path, 0, CONTENT[:1001]).status_code == 413
    assert arrived(client, path) == 0
    too_long = str(studio.settings.max_upload_bytes + 1)
    assert client.post("/api/v1/uploads", headers=TUS | {"Upload-Length": too_long}).status_code == 413


def test_uploads_on_their_way_take_room(client: TestClient, studio: Studio) -> None:
    object.__setattr__(studio.settings, "account_bytes", 1000)
    path = begin(client, 600)
    headers = TUS | {"Upload-Length": "600"}
    assert client.post("/api/v1/uploads", headers=headers).status_code == 413
    client.delete(path, headers=TUS)
    begin(client, 600)


@pytest.mark.parametrize("algorithm", ["sha256", "sha1", "md5"])
def test_a_part_that_was_damaged_does_not_count(client: TestClient, algorithm: str) -> None:
    path = begin(client)
    digest = base64.b64encode(hashlib.new(algorithm, CONTENT[:1000]).digest()).decode()
    damaged = send(client, path, 0, b"x" + CONTENT[1:1000], **{"Upload-Checksum": f"{algorithm} {digest}"})
    assert (damaged.status_code, damaged.json()["type"]) == (460, "/problems/checksum")
    assert arrived(client, path) == 0
    sound = send(client, path, 0, CONTENT[:1000], **{"Upload-Checksum": f"{algorithm} {digest}"})
    assert sound.headers["upload-offset"] == "1000"
    assert send(client, path, 1000, CONTENT[1000:]).headers["asset-id"]


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {"Upload-Length": "10"}, 412),
        ("POST", {"Tus-Resumable": "0.2.2", "Upload-Length": "10"}, 412),
        ("POST", TUS, 400),
        ("POST", TUS | {"Upload-Length": "-1"}, 400),
        ("POST", TUS | {"Upload-Length": "9" * 400}, 400),
        ("POST", TUS | {"Upload-Length": "ten"}, 400),
        ("POST", TUS | {"Upload-Defer-Length": "1"}, 400),
        ("POST", TUS | {"Upload-Length": "10", "Upload-Metadata": "filename ???"}, 400),
        ("POST", TUS | {"Upload-Length": "10", "Upload-Metadata": "filename /w=="}, 400),
        ("POST", TUS | {"Upload-Length": "0"}, 422),
        ("PATCH", TUS | {"Upload-Offset": "0"}, 415),
        ("PATCH", PART, 400),
        ("PATCH", PART | {"Upload-Offset": "-5"}, 400),
        ("PATCH", PART | {"Upload-Offset": "0", "Upload-Checksum": "crc32 AAAA"}, 400),
        ("PATCH", PART | {"Upload-Offset": "0", "Upload-Checksum": "sha1 *"}, 400),
        ("HEAD", {}, 412),
        ("DELETE", {}, 412),
    ],
)
def test_headers_that_say_nothing_are_refused(
    client: TestClient, method: str, headers: dict[str, str], status: int
) -> None:
    path = "/api/v1/uploads" if method == "POST" else begin(client)
    response = client.request(method, path, headers=headers)
    assert response.status_code == status
    assert response.headers["tus-resumable"] == "1.0.0"


def test_what_is_no_kind_of_file_is_forgotten_with_its_upload(client: TestClient, studio: Studio) -> None:
    path = begin(client, 6)
    assert send(client, path, 0, b"<html>").status_code == 415
    assert client.head(path, headers=TUS).status_code == 404
    assert parts(studio) == []


def test_other_people_s_uploads_are_not_there(client: TestClient, other: TestClient, anonymous: TestClient) -> None:
    path = begin(client)
    for who, status in ((other, 404), (anonymous, 401)):
        assert who.head(path, headers=TUS).status_code == status
        assert send(who, path, 0, b"mine").status_code == status
        assert who.delete(path, headers=TUS).status_code == status
    assert arrived(client, path) == 0


def test_an_upload_is_given_up(client: TestClient, studio: Studio) -> None:
    path = begin(client)
    send(client, path, 0, CONTENT[:1000])
    assert client.delete(path, headers=TUS).status_code == 204
    assert client.head(path, headers=TUS).status_code == 404
    assert parts(studio) == []


def test_an_upload_waits_a_day(client: TestClient, studio: Studio) -> None:
    path = begin(client)
    send(client, path, 0, CONTENT[:1000])
    with studio.database.transaction() as session:
        session.scalars(select(Upload)).one().expires_at = now() - timedelta(seconds=1)
    assert client.head(path, headers=TUS).status_code == 410
    assert send(client, path, 1000, b"x").status_code == 410
    begin(client)
    assert client.head(path, headers=TUS).status_code == 404
    assert len(parts(studio)) == 1


def test_parts_that_a_crash_has_left_are_removed(studio: Studio, client: TestClient) -> None:
    path = begin(client)
    lost, recent = (studio.settings.work_dir / "uploads" / f"{name}.part" for name in ("lost", "recent"))
    for part in (lost, recent):
        part.write_bytes(b"x")
    long_ago = time.time() - 3 * 86_400
    os.utime(lost, (long_ago, long_ago))
    sweep(studio)
    assert parts(studio) == sorted([f"{path.rpartition('/')[2]}.part", "recent.part"])


def test_a_part_that_has_just_become_an_asset_is_no_obstacle(
    studio: Studio, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = studio.settings.work_dir / "uploads" / "gone.part"
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([gone]))
    begin(client)
    sweep(studio)


def test_an_upload_goes_on_after_the_server_has_started_again(
    app: FastAPI, client: TestClient, studio: Studio, settings: Settings
) -> None:
    path = begin(client)
    send(client, path, 0, CONTENT[:1000])
    # Whatever was written after the last note does not count.
    with (studio.settings.work_dir / "uploads" / f"{path.rpartition('/')[2]}.part").open("ab") as part:
        part.write(b"garbage")
    again = TestClient(create_app(settings), base_url=str(client.base_url), headers=dict(client.headers))
    assert arrived(again, path) == 1000
    asset_id = send(again, path, 1000, CONTENT[1000:]).headers["asset-id"]
    assert again.get(f"/api/v1/assets/{asset_id}/content").content == CONTENT
    again.app.state.studio.database.close()  # type: ignore[attr-defined]


def test_a_crash_before_the_asset_was_made_costs_nothing(client: TestClient, studio: Studio) -> None:
    path = begin(client)
    send(client, path, 0, CONTENT[:1000])
    (studio.settings.work_dir / "uploads" / f"{path.rpartition('/')[2]}.part").write_bytes(CONTENT)
    with studio.database.transaction() as session:
        session.scalars(select(Upload)).one().offset = len(CONTENT)
    response = client.head(path, headers=TUS)
    assert client.get(f"/api/v1/assets/{response.headers['asset-id']}/content").content == CONTENT


@pytest.fixture
def live(app: FastAPI, client: TestClient) -> Iterator[httpx.Client]:
    with serving(app) as address, httpx.Client(base_url=address, headers=dict(client.headers)) as real:
        yield real


def connect(live: httpx.Client, path: str, offset: int, length: int) -> socket.socket:
    """Return a connection on which the head of a part has been sent."""
    address = urlsplit(str(live.base_url))
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    headers = PART | {"Upload-Offset": str(offset), "Content-Length": str(length), "Host": f"{address.netloc}"}
    headers["Authorization"] = live.headers["authorization"]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    connection.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode())
    return connection


def test_what_arrived_before_the_connection_broke_counts(live: httpx.Client) -> None:
    path = begin(live)
    with connect(live, path, 0, len(CONTENT)) as connection:
        connection.sendall(CONTENT[:200_000])
    end_s = time.monotonic() + 10
    while arrived(live, path) != 200_000 and time.monotonic() < end_s:
        time.sleep(0.01)
    response = send(live, path, 200_000, CONTENT[200_000:])
    assert live.get(f"/api/v1/assets/{response.headers['asset-id']}/content").content == CONTENT


def test_two_cannot_send_at_once(live: httpx.Client) -> None:
    path = begin(live)
    with connect(live, path, 0, 1000) as connection:
        connection.sendall(CONTENT[:500])
        end_s = time.monotonic() + 10
        while not WRITTEN_NOW and time.monotonic() < end_s:
            time.sleep(0.005)
        second = send(live, path, 0, b"x")
        assert second.status_code == 423
        assert second.json()["type"] == "/problems/locked"
        assert live.delete(path, headers=TUS).status_code == 423
        connection.sendall(CONTENT[500:1000])
        assert b" 204 " in connection.recv(100)
    assert arrived(live, path) == 1000
