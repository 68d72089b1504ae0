"""What happens to a render, as the server tells it: server-sent events, without a gap when the connection breaks."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from phonoscope.core.events import EventSink, Progress, StageStarted
from phonoscope.remote import server as connection
from phonoscope.remote.server import ConnectionLostError, Server

OVER = frozenset({"done", "error", "canceled"})

STAGE = "remote"


@dataclass(slots=True)
class Message:
    """A server-sent event."""

    id: str = ""
    event: str = ""
    data: str = ""


def follow(server: Server, render_id: str, events: EventSink) -> dict[str, Any]:
    """Tell how far a render is until it is over, and return it.

    Raises
    ------
    ConnectionLostError
        The server does not come back; the render goes on there.
    PhonoscopeError
        As `Server.ask`.
    """
    events(StageStarted(STAGE, f"Rendering on {server.name}"))
    seen, pauses = "", list(connection.PAUSES_S)
    while True:
        try:
            for message in _messages(server, render_id, seen):
                if message.id != seen:
                    pauses = list(connection.PAUSES_S)
                # Whatever happened before the first message is told by the render itself.
                render = _told(message) if seen else _render(server, render_id)
                seen = message.id or seen
                if render.get("state") in OVER:
                    return _render(server, render_id)
                if "progress" in render:
                    events(Progress(STAGE, round(100 * float(render["progress"])), 100, "percent"))
        except ConnectionLostError:
            if not pauses:
                raise
            time.sleep(pauses.pop(0))
        render = _render(server, render_id)
        if render["state"] in OVER:
            return render


def _render(server: Server, render_id: str) -> dict[str, Any]:
    return server.told("GET", f"/api/v1/renders/{render_id}")


def _told(message: Message) -> dict[str, Any]:
    if not message.event.startswith("render."):
        return {}
    try:
        told = json.loads(message.data)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _messages(server: Server, render_id: str, seen: str) -> Iterator[Message]:
    headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": seen} if seen else {})
    with server.stream("/api/v1/events", params={"render_id": render_id}, headers=headers) as response:
        yield from read_messages(response.iter_lines())


def read_messages(lines: Iterable[str]) -> Iterator[Message]:
    """Yield server-sent events from their lines (WHATWG HTML, section 9.2.6)."""
    message, data = Message(), list[str]()
    for line in lines:
        if not line:
            message.data = "\n".join(data)
            if message.id or message.data:
                yield message
            message, data = Message(id=message.id), []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            data.append(value)
        elif name == "id":
            message.id = value
        elif name == "event":
            message.event = value
