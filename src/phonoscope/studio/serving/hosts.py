"""Requests are answered under our own names only.

A page elsewhere may let its own name point to this computer (DNS rebinding), and would then be of the same origin as
the studio. Names that nobody allowed are refused; plain addresses cannot be pointed anywhere.
"""

from __future__ import annotations

import re
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from phonoscope.studio.problems import Problem, respond
from phonoscope.studio.settings import Settings

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_MORE_THAN_A_HOST = re.compile(r"[@/?#\\\s]")
"""What addresses have beside the host, and links that are made from the header would have, too."""


class HostCheck:
    """Refuses requests that were sent to another name."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._names = allowed_names(settings)
        self._addresses = not is_loopback(settings.host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            if not self._allows(host):
                problem = Problem(
                    421,
                    "unknown-host",
                    f"The studio is not known as {host[:200]!r}." if host else "The request names no host.",
                    "Whoever runs it can add the name to the setting allowed_hosts (PHONOSCOPE_ALLOWED_HOSTS).",
                )
                await respond(problem, scope)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _allows(self, host: str) -> bool:
        name = host_name(host)
        return name in self._names or "*" in self._names or (self._addresses and _is_address(name))


def allowed_names(settings: Settings) -> frozenset[str]:
    """Return the names under which a studio answers."""
    names = LOOPBACK | set(settings.allowed_hosts)
    if settings.public_url:
        names |= {(urlsplit(settings.public_url).hostname or "").lower()}
    if not is_loopback(settings.host):
        own = socket.gethostname().lower()
        names |= {settings.host.lower(), own, f"{own}.local"}
    return frozenset(names - {""})


def host_name(host: str) -> str:
    """Return the name in a ``Host`` header: without port, without brackets; empty for what is none."""
    if _MORE_THAN_A_HOST.search(host):
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower().rstrip(".")
    except ValueError:
        return ""


def is_loopback(host: str) -> bool:
    """Return whether only this computer reaches what listens at a host."""
    return host.lower() == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
