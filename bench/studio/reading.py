"""Many people who look at a studio at once, in a process of their own: each listens to events, and asks now and then.

python -m bench.studio.reading ADDRESS READERS SECONDS < KEY
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import sys
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

import httpx

THINKING_S = (1.0, 2.0)
"""Between an answer and the next question of the same reader."""

PATIENCE_S = 30.0

UNENCRYPTED = ssl.create_default_context()
"""Made once: each client would make its own, which takes long."""


@dataclass
class Seen:
    """What the readers saw.

    Attributes
    ----------
    took_s
        How long each answer took, by what was asked for.
    errors
        What else came than an answer, or than events.
    events
        How many of them arrived, at all readers together.
    """

    took_s: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    events: int = 0


async def read(address: str, key: str, readers: int, seconds: float) -> Seen:
    """Let many read for a while, and return what they saw."""
    seen = Seen()
    async with AsyncExitStack() as open_clients:
        # Each with a connection of its own, as browsers have; one pool of so many would itself be what is slow.
        clients = [await open_clients.enter_async_context(_client(address, key)) for _ in range(readers)]
        listed = (await clients[0].get("/api/v1/projects")).json()["items"]
        asked = {
            "project list": ["/api/v1/projects"],
            "project": [f"/api/v1/projects/{project['id']}" for project in listed],
            "renders": ["/api/v1/renders"],
            "session": ["/api/v1/session"],
            "voices": ["/api/v1/voices?language=en"],
        }
        listening = [asyncio.create_task(_listen(address, key, seen)) for _ in range(readers)]
        end_s = time.monotonic() + seconds
        await asyncio.gather(*(_ask(client, seen, asked, end_s) for client in clients))
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return seen


def _client(address: str, key: str) -> httpx.AsyncClient:
    head = {"Authorization": f"Bearer {key}"}
    return httpx.AsyncClient(base_url=address, headers=head, timeout=PATIENCE_S, verify=UNENCRYPTED)


async def _ask(client: httpx.AsyncClient, seen: Seen, asked: dict[str, list[str]], end_s: float) -> None:
    """Ask for one thing after the other, in any order, and think in between."""
    chance = random.Random()  # noqa: S311
    await asyncio.sleep(chance.uniform(0, THINKING_S[1]))
    while time.monotonic() < end_s:
        for name in chance.sample(list(asked), len(asked)):
            begun_s = time.perf_counter()
            try:
                answer = await client.get(chance.choice(asked[name]))
            except httpx.HTTPError as error:
                seen.errors.append(f"{name}: {error!r}")
            else:
                seen.took_s.setdefault(name, []).append(time.perf_counter() - begun_s)
                if answer.status_code != 200:
                    seen.errors.append(f"{name}: {answer.status_code} {answer.text[:200]}")
            await asyncio.sleep(chance.uniform(*THINKING_S))


async def _listen(address: str, key: str, seen: Seen) -> None:
    """Count events, with as little work as can be: what the readers take is taken from the server."""
    at = urlsplit(address)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    try:
        writer.write(
            f"GET /api/v1/events HTTP/1.1\r\nHost: {at.netloc}\r\nAuthorization: Bearer {key}\r\n\r\n".encode()
        )
        status = (await reader.readline()).decode().strip()
        while " 200 " in status and (some := await asyncio.wait_for(reader.read(1 << 16), PATIENCE_S)):
            seen.events += some.count(b"event: ")
        seen.errors.append(f"events: ended after {status}")
    except (OSError, TimeoutError) as error:
        seen.errors.append(f"events: {error!r}")
    finally:
        writer.close()


def main(arguments: Sequence[str]) -> None:
    """Read, and print what was seen, as JSON."""
    address, readers, seconds = arguments
    seen = asyncio.run(read(address, sys.stdin.read().strip(), int(readers), float(seconds)))
    print(json.dumps(asdict(seen)))


if __name__ == "__main__":
    main(sys.argv[1:])
