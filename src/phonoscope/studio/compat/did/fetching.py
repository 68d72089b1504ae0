"""Pictures and sounds that requests name by their addresses: uploads of ours, or files on the web."""

from __future__ import annotations

import asyncio
import re
from typing import Final
from urllib.parse import unquote, urlsplit

import httpx
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.assets.content import Kind
from phonoscope.studio.assets.door import Incoming, receive
from phonoscope.studio.assets.keeping import keep
from phonoscope.studio.assets.reading import find_asset
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.jobs.waiting import wait_for
from phonoscope.studio.outgoing import check_address, guarded_client
from phonoscope.studio.problems import Problem
from phonoscope.studio.state import Studio

OURS: Final = re.compile(r"/(?:api/v1/assets|images|audios)/(?:img_|aud_)?([0-9a-z]{26})(?:/content)?")
BY_ID: Final = re.compile(r"(?:img_|aud_)?([0-9a-z]{26})")

MOST_STEPS: Final = 4
"""Of redirections."""

LOOKED_INTO_S: Final = 60

FETCHED_WITHIN_S: Final = 300
"""Whoever sends byte by byte does not hold us up for ever."""

AGENT: Final = {"User-Agent": "Phonoscope", "Accept": "*/*", "Accept-Encoding": "identity"}


async def asset_at(studio: Studio, owner_id: str, url: str, base_url: str, kinds: tuple[Kind, ...]) -> Asset:
    """Return the asset that an address means; what is on the web is fetched, and becomes one.

    Raises
    ------
    Problem
        400: it cannot be fetched, or is of another kind; 404: no such upload.
    AddressError
        It is in a private network.
    """
    asset_id = _own_id(url, base_url)
    asset = await (_own(studio, owner_id, asset_id) if asset_id else _fetched(studio, owner_id, url))
    if asset.state == "checking" and asset.job_id:
        await wait_for(studio, asset.job_id, LOOKED_INTO_S)
        asset = await _own(studio, owner_id, asset.id)
    if asset.state == "rejected":
        detail = (asset.reason or {}).get("detail", "It cannot be used.")
        raise Problem(400, "bad-request", f"The file at {url} cannot be used: {detail}")
    if asset.kind not in kinds:
        raise Problem(400, "bad-request", f"The file at {url} is a {asset.kind}, and not a {' or '.join(kinds)}.")
    if asset.state == "checking":
        raise Problem(503, "busy", "The file has not been looked into yet.", "Try again in a moment.")
    return asset


def _own_id(url: str, base_url: str) -> str | None:
    if found := BY_ID.fullmatch(url):
        return found[1]
    if url.startswith(base_url) and (found := OURS.fullmatch(urlsplit(url).path)):
        return found[1]
    return None


async def _own(studio: Studio, owner_id: str, asset_id: str) -> Asset:
    def find() -> Asset:
        with studio.database.session() as session:
            return find_asset(session, owner_id, asset_id)

    return await run_in_threadpool(find)


async def _fetched(studio: Studio, owner_id: str, url: str) -> Asset:
    private = studio.settings.private_addresses
    try:
        async with asyncio.timeout(FETCHED_WITHIN_S), guarded_client(private) as client:
            for _ in range(MOST_STEPS):
                check_address(url, private)
                async with client.stream("GET", url, headers=AGENT) as response:
                    if not response.is_redirect:
                        return await _taken(studio, owner_id, response)
                    url = str(response.url.join(response.headers.get("location", "")))
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise Problem(400, "bad-request", f"The file at {url} cannot be fetched: {type(error).__name__}.") from error
    raise Problem(400, "bad-request", f"The file at {url} cannot be fetched: it is elsewhere, again and again.")


async def _taken(studio: Studio, owner_id: str, response: httpx.Response) -> Asset:
    if response.status_code != 200:
        title = f"The file at {response.url} cannot be fetched: the answer is {response.status_code}."
        raise Problem(400, "bad-request", title)
    name = unquote(response.url.path.rpartition("/")[2])
    with await run_in_threadpool(Incoming, studio.settings) as incoming:
        received = await receive(response.aiter_raw(), incoming)  # as it came: nothing is unpacked
        return await run_in_threadpool(keep, studio, owner_id, received, name)
