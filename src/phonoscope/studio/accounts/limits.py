"""Nobody may ask too often: answers 429 and when to come again."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.rates import spend
from phonoscope.studio.state import CurrentStudio

CUSTOMERS_BITS = 64
"""Of an IPv6 address: what follows, whoever has the network chooses."""


def limit_uploads(studio: CurrentStudio, user: User) -> None:
    """Count an upload that begins; a dependency of the routes that take some."""
    spend(studio, studio.settings.upload_limit, "uploads", user.id)


def limit_creates(studio: CurrentStudio, user: User) -> None:
    """Count what keeps workers busy: renders, previews, speech; a dependency of the routes that start some."""
    spend(studio, studio.settings.create_limit, "creates", user.id)


def limit_logins(connection: HTTPConnection, studio: CurrentStudio) -> None:
    """Count a log-in by the address from which it is tried; of IPv6, by the network, which is one customer's."""
    address = connection.client.host if connection.client else "unknown"
    with suppress(ValueError):
        found = ip_address(address.partition("%")[0])
        if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
            address = str(IPv6Network((found, CUSTOMERS_BITS), strict=False))
    spend(studio, studio.settings.login_limit, "logins", address)
