"""A server that webhooks are sent to, as somebody else would write it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

PATIENCE_S = 10.0


@dataclass
class Receiver:
    """What has arrived; answers the statuses in turn, then 204."""

    statuses: list[int] = field(default_factory=list)
    arrived: list[tuple[dict[str, str], str]] = field(default_factory=list)
    port: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.arrived]

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while len(self.arrived) < count:
                self.news.clear()
                await self.news.wait()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers["content-length"]))
        status = self.statuses.pop(0) if self.statuses else 204
        self.arrived.append((headers, body.decode()))
        location = f"Location: {self.url}\r\n" if status == 302 else ""
        writer.write(f"HTTP/1.1 {status} X\r\n{location}Content-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()
        self.news.set()


@asynccontextmanager
async def receiving(*statuses: int) -> AsyncIterator[Receiver]:
    """Listen at a free port."""
    receiver = Receiver(list(statuses))
    server = await asyncio.start_server(receiver.answer, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver


async def until(true: Callable[[], bool]) -> None:
    """Wait until the database tells something."""
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(true):
            await asyncio.sleep(0.01)
