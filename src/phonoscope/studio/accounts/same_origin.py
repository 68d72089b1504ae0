"""Requests that a browser sends because another site's page told it to are refused."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from phonoscope.studio.problems import Problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def check_same_origin(connection: HTTPConnection, public_url: str) -> None:
    """Let only our own page change something by its cookie.

    Browsers tell where a request comes from in ``Sec-Fetch-Site``, older ones in ``Origin``; pages change neither.

    Raises
    ------
    Problem
        403: it comes from elsewhere, or does not tell.
    """
    if connection.scope.get("method", "GET") in SAFE_METHODS or is_same_origin(connection, public_url):
        return
    raise Problem(
        403,
        "cross-site",
        "This request does not come from the studio's own page.",
        "Programs log in with an API key instead of a cookie.",
    )


def is_same_origin(connection: HTTPConnection, public_url: str) -> bool:
    """Return whether a browser says that our own page sends this."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = connection.headers.get("origin")
    if not origin:
        return False
    hosts = {connection.headers.get("host", "").lower(), urlsplit(public_url).netloc.lower()} - {""}
    try:
        return urlsplit(origin).netloc.lower() in hosts
    except ValueError:  # such as http://[
        return False
