"""Hostile uploads are sent, and what was answered is looked at."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from bench.studio.hostile.attack import Attack

ACTIVE = ("text/html", "text/javascript", "application/javascript", "application/xhtml+xml", "text/xml")
"""Types in which a browser would run what it gets."""

PART = "application/offset+octet-stream"
PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the studio said.

    Attributes
    ----------
    status
        0 where it hung up without a word.
    asset_id
        What the upload became.
    took_s
        Until it was answered.
    """

    attack: Attack
    status: int
    asset_id: str | None
    took_s: float


def send(client: httpx.Client, attack: Attack) -> Answer:
    """Send a hostile upload by a client that is logged in with an API key."""
    began = time.perf_counter()
    match attack.way:
        case "raw":
            status, asset_id = _send_raw(client, attack.content), None
        case "tus":
            status, asset_id = _send_tus(client, attack), None
        case "post":
            response = client.post("/api/v1/assets", params={"name": attack.name}, content=attack.content)
            status = response.status_code
            asset_id = response.json()["id"] if status == 201 else None
    return Answer(attack, status, asset_id, time.perf_counter() - began)


def state_of(client: httpx.Client, asset_id: str) -> str:
    """Return ``checking``, ``ready``, ``rejected``, or ``lost`` for what broke every worker that tried to open it."""
    told = client.get(f"/api/v1/assets/{asset_id}").raise_for_status().json()
    broke_down = told["state"] == "rejected" and "broke down" in told["reason"]["detail"]
    return "lost" if broke_down else str(told["state"])


def is_harmless(client: httpx.Client, asset_id: str) -> bool:
    """Tell whether a browser that is sent there runs nothing."""
    for part in ("content", "thumbnail"):
        response = client.get(f"/api/v1/assets/{asset_id}/{part}")
        if response.status_code >= 500:
            return False
        if response.status_code == 200:
            policy = response.headers.get("content-security-policy", "")
            sandboxed = "sandbox" in policy and "allow-" not in policy
            active = response.headers.get("content-type", "").split(";")[0] in ACTIVE
            if active or not sandboxed or response.headers.get("x-content-type-options") != "nosniff":
                return False
    return True


def _send_tus(client: httpx.Client, attack: Attack) -> int:
    """Send headers of a resumable upload: to one that was begun properly, if they are those of a part."""
    headers = httpx.Headers([(name.encode(), value.encode("latin-1")) for name, value in attack.headers.items()])
    if "Upload-Offset" not in attack.headers:
        return client.post("/api/v1/uploads", headers=headers).status_code
    begun = client.post("/api/v1/uploads", headers={"Tus-Resumable": "1.0.0", "Upload-Length": "10"})
    path = begun.headers["location"]
    headers["Content-Type"] = PART
    status = client.patch(path, content=attack.content, headers=headers).status_code
    client.delete(path, headers={"Tus-Resumable": "1.0.0"})
    return status


def _send_raw(client: httpx.Client, request: bytes) -> int:
    address = urlsplit(str(client.base_url))
    key = client.headers["authorization"].removeprefix("Bearer ").encode()
    answer = b""
    with suppress(OSError), socket.create_connection((address.hostname, address.port), PATIENCE_S) as connection:
        connection.sendall(request.replace(b"{key}", key))
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(100)
    found = answer.split(b" ", 2)
    return int(found[1]) if len(found) > 1 and found[1].isdigit() else 0
