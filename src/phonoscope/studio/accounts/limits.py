"""Nobody may ask too often: answers 429 and when to come again."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import HTTPConnection

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.rates import spend
from phonoscope.studio.state import CurrentStudio, Studio

CUSTOMERS_BITS = 64
"""Of an IPv6 address: what follows, whoever has the network chooses."""

STRANGERS = 10
"""As many times as from one address, a name may be tried from all that it never logged in from."""


def limit_uploads(studio: CurrentStudio, user: User) -> None:
    """Count an upload that begins; a dependency of the routes that take some."""
    spend(studio, studio.settings.upload_limit, "uploads", user.id)


def limit_creates(studio: CurrentStudio, user: User) -> None:
    """Count what keeps workers busy: renders, previews, speech; a dependency of the routes that start some."""
    spend(studio, studio.settings.create_limit, "creates", user.id)


def limit_login(connection: HTTPConnection, studio: Studio, name: str = "", device: str | None = None) -> None:
    """Count a log-in before it is tried.

    Parameters
    ----------
    name
        With which it is tried; empty for links, which nobody guesses.
    device
        The browser, where it has logged in with this name before: no strangers' tries count against it.
    """
    rate = studio.settings.login_name_limit
    if device is not None:
        spend(studio, rate, "devices", device)
        return
    network = _network(connection)
    spend(studio, studio.settings.login_limit, "logins", network)
    if name:
        spend(studio, rate, "names", name, network)
        count, _, unit = rate.partition("/")
        spend(studio, f"{int(count) * STRANGERS}/{unit}", "names", name)


def _network(connection: HTTPConnection) -> str:
    """Return the address from which a request comes; of IPv6, the network, which is one customer's."""
    address = connection.client.host if connection.client else "unknown"
    with suppress(ValueError):
        found = ip_address(address.partition("%")[0])
        if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
            return str(IPv6Network((found, CUSTOMERS_BITS), strict=False))
    return address
