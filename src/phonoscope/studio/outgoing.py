"""Requests that users let the studio send elsewhere: never to the machines that only we can reach.

A name is looked up once, all its addresses are judged, and the connection goes to the very address that was judged: who
answers names cannot change their mind in between. Each step of a redirection is judged alike.
"""

from __future__ import annotations

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from phonoscope.core.errors import InputError

TIMEOUT_S = 10.0
LOOK_UP_S = 5.0

# A prefix by which networks without IPv4 reach it (RFC 6052): the last four bytes are the address that is meant.
_TRANSLATED = IPv6Network("64:ff9b::/96")

# The same for the networks of one house (RFC 8215), whatever lies behind them.
_TRANSLATED_AT_HOME = IPv6Network("64:ff9b:1::/48")


class AddressError(InputError):
    """An address that the studio does not go to."""

    kind = "address"


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends requests to public addresses only.

    Parameters
    ----------
    private_addresses
        Any address will do.
    """

    def __init__(self, private_addresses: bool) -> None:
        self._private_addresses = private_addresses
        # Kept connections go by address: one that proved to be one name would be used for another.
        self._inner = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the address that was judged, under the name that was asked for."""
        if request.url.scheme not in ("http", "https"):
            raise AddressError(
                f"{request.url.scheme}: addresses are not fetched.", "Give one with https:// or http://."
            )
        addresses = await _look_up(request.url)
        if not self._private_addresses and not all(is_public(address) for address in addresses):
            raise _refused(request.url.host)
        extensions = request.extensions | {"sni_hostname": request.url.host}
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_pinned(request, address, extensions))
            except httpx.ConnectError:
                continue
        return await self._inner.handle_async_request(_pinned(request, addresses[-1], extensions))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


def guarded_client(private_addresses: bool) -> httpx.AsyncClient:
    """Return a client for addresses that users gave; it follows no redirects, and goes by no proxy."""
    return httpx.AsyncClient(
        transport=GuardedTransport(private_addresses), trust_env=False, follow_redirects=False, timeout=TIMEOUT_S
    )


def check_address(url: str, private_addresses: bool) -> None:
    """Refuse at once what will never be fetched; names are looked up only when they are.

    Raises
    ------
    AddressError
        It is no http or https address, holds a password, or is private.
    """
    try:
        parsed = httpx.URL(url)
        host = parsed.host
    except (httpx.InvalidURL, UnicodeError) as error:  # the latter, of names such as xn--, which mean nothing
        raise AddressError(f"This is no address: {error}.", "Give one such as https://example.com/hook.") from error
    odd = "%" in host or not 0 < (parsed.port or 80) < 65536
    if parsed.scheme not in ("http", "https") or not host or odd:
        raise AddressError("This is no address of the web.", "Give one such as https://example.com/hook.")
    if parsed.userinfo:
        raise AddressError("The address holds a user or password.", "Leave them out.")
    if private_addresses:
        return
    try:
        public = is_public(ip_address(host))
    except ValueError:
        public = host != "localhost" and not host.endswith((".localhost", ".local", ".internal"))
    if not public:
        raise _refused(host)


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether anybody can reach an address, and not only those in some network."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local or address in _TRANSLATED_AT_HOME:  # the former was there before fc00::/7
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def _look_up(url: httpx.URL) -> list[IPv4Address | IPv6Address]:
    port = url.port or (443 if url.scheme == "https" else 80)
    try:
        async with asyncio.timeout(LOOK_UP_S):
            found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(ip_address(str(place[0]).partition("%")[0]) for *_, place in found))
    except (OSError, UnicodeError, TimeoutError) as error:
        raise AddressError(f"Nobody knows where {url.host} is.", "Check the address.") from error


def _pinned(request: httpx.Request, address: IPv4Address | IPv6Address, extensions: dict[str, object]) -> httpx.Request:
    # The head still names the host, and so does the certificate that is asked for.
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions=extensions,
    )


def _refused(host: str) -> AddressError:
    return AddressError(f"{host} is in a private network.", "Give an address that anybody can reach.")
