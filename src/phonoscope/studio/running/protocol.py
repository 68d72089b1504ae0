"""HTTP as the server's library speaks it, to strangers too: heads are neither endless nor endlessly slow."""

from __future__ import annotations

import asyncio
from ipaddress import IPv6Address, ip_address
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 65_536
"""Of a request's head, which the library keeps in memory however long it is. Browsers send a few thousand."""

HEAD_S = 30.0
"""How long a head may take, and a new connection may say nothing."""

TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class CarefulProtocol(HttpToolsProtocol):
    """Ends connections whose requests do not begin."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self._hurry: asyncio.TimerHandle | None = None
        self._head_bytes = 0  # since the end of a head, or a part of a body: what follows bodies is kept, too

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, and not for long."""
        super().connection_made(transport)
        if self.client is not None:
            self.client = _as_ipv4(self.client[0]), self.client[1]
        self._be_quick()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        self._take_time()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless a head goes on and on."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MOST_HEAD_BYTES and not self.transport.is_closing():
            if not self._is_answering():
                self.transport.write(TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin a request."""
        super().on_message_begin()
        self._be_quick()

    def on_headers_complete(self) -> None:
        """Answer a request, whose body may take longer."""
        self._head_bytes = 0
        self._take_time()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        self._head_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._head_bytes = 0
        super().on_message_complete()

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _be_quick(self) -> None:
        self._take_time()
        self._hurry = self.loop.call_later(HEAD_S, self._lose_patience)

    def _take_time(self) -> None:
        if self._hurry is not None:
            self._hurry.cancel()
            self._hurry = None

    def _lose_patience(self) -> None:
        if self._is_answering():  # the next request has begun to come already
            self._be_quick()
        else:
            self.transport.close()


def _as_ipv4(host: str) -> str:
    """Return an address as settings name it, though whoever listens at ``::`` is told it as ``::ffff:192.0.2.1``."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or host)
