"""The port that a studio listens at."""

from __future__ import annotations

import errno
import os
import socket

from phonoscope.core.errors import UsageError
from phonoscope.studio.serving.hosts import is_loopback
from phonoscope.studio.settings import Settings

NEXT_PORTS = 50
"""How many ports after a taken one are tried before any free one is taken."""


def listen(settings: Settings, exactly: bool) -> socket.socket:
    """Return a socket at the port of a studio.

    Parameters
    ----------
    exactly
        The port was asked for; another one will not do.

    Raises
    ------
    UsageError
        The port is taken or not allowed, or the host is no address of this computer.
    """
    ports = [settings.port] if exactly else [*range(settings.port, min(settings.port + NEXT_PORTS, 65536)), 0]
    for port in ports:
        try:
            return _bound(settings.host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port == ports[-1]:
                raise _refusal(settings.host, port, error) from error
    raise AssertionError("port 0 is never taken")


def address_of(bound: socket.socket, settings: Settings) -> str:
    """Return the address under which a browser reaches a studio."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host, port = settings.host, bound.getsockname()[1]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not listened at
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, since asyncio sends small answers at once (TCP_NODELAY) on such sockets only: else 40 ms late.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(2048)
    except BaseException:
        bound.close()
        raise
    return bound


def _refusal(host: str, port: int, error: OSError) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"The port {port} is taken by another program.", "Leave out --port, and a free one is taken.")
    if error.errno == errno.EACCES:
        return UsageError(f"This user may not listen at port {port}.", "Take one from 1024 on: --port 8470")
    usual = "127.0.0.1" if is_loopback(host) else "0.0.0.0"  # noqa: S104 - named, not listened at
    return UsageError(f"Nothing can listen at {host}: {error.strerror or error}.", f"Try: --host {usual}")
