"""Creates that may be sent twice: with an ``Idempotency-Key`` the second one is answered as the first was.

A router takes part by ``APIRouter(route_class=IdempotentRoute)``. Only answers of success are kept, for a day: after an
error the same key may be tried again. Bodies are compared by their hash up to `HASHED_BODY_BYTES`; larger ones, and
those whose length is not known before, by their length, type and address, so that no upload is held in memory.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import anyio
from fastapi.routing import APIRoute
from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from phonoscope.studio.accounts.current import find_account
from phonoscope.studio.accounts.tables import GivenAnswer
from phonoscope.studio.database.base import new_id, now
from phonoscope.studio.database.engine import Database
from phonoscope.studio.problems import Problem
from phonoscope.studio.state import Studio

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
HASHED_BODY_BYTES = 1 << 20
THIS_SERVER = new_id()
"""What another server began and did not end, ended with it: there is one at a time."""

MOST_KEPT, MOST_KEPT_BYTES = 10_000, 50_000_000
"""Answers of an account that are kept; beyond that, the oldest are forgotten before their day is over."""

AT_ONCE = 500
"""Rows that one statement names."""

_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_BOUNDARY = re.compile(rb'boundary="?([^";]+)')
_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Any text of your own: a second request with it creates nothing, and gets the answer of the first.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


class IdempotentRoute(APIRoute):
    """A route whose POST heeds ``Idempotency-Key``."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        if "POST" in (options.get("methods") or ()):
            extra = dict(options.get("openapi_extra") or {})
            extra["parameters"] = [*extra.get("parameters", []), _PARAMETER]
            options["openapi_extra"] = extra
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers requests."""
        answer = super().get_route_handler()

        async def answer_once(request: Request) -> Response:
            key = request.headers.get(HEADER)
            if key is None or request.method != "POST":
                return await answer(request)
            return await _answer_once(request, key, answer)

        return answer_once


async def _answer_once(
    request: Request, key: str, answer: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    if not _KEY.fullmatch(key):
        raise Problem(400, "idempotency-key-invalid", f"{HEADER} is no key.", "Send 1 to 255 visible ASCII characters.")
    studio: Studio = request.app.state.studio
    owner_id = await run_in_threadpool(_owner_id, studio, request)
    given = await run_in_threadpool(_begin, studio.database, owner_id, key, await _fingerprint(request))
    if given is not None:
        return given
    kept = False
    try:
        response = await answer(request)
        if 200 <= response.status_code < 300 and hasattr(response, "body"):  # streams have none
            await run_in_threadpool(_keep, studio.database, owner_id, key, response)
            kept = True
        return response
    finally:
        if not kept:
            # Even when the client has gone: else its next try would find this one still at work.
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(_forget, studio.database, owner_id, key)


def _owner_id(studio: Studio, request: Request) -> str:
    with studio.database.session() as session:
        return find_account(request, session).id


async def _fingerprint(request: Request) -> str:
    """Return the hash of what is asked for; a form's boundary, which changes with every try, is left out."""
    content_type = request.headers.get("content-type", "").encode()
    length = request.headers.get("content-length", "")
    parts = [request.method.encode(), str(request.url.path).encode(), request.url.query.encode()]
    parts += [content_type.partition(b";")[0].strip().lower()]
    if length.isascii() and length.isdigit() and int(length) <= HASHED_BODY_BYTES:
        body = await request.body()
        if boundary := _BOUNDARY.search(content_type):
            body = body.replace(boundary[1], b"")
        parts.append(body)
    else:
        parts += [b"length", length.encode()]
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _begin(database: Database, owner_id: str, key: str, fingerprint: str) -> Response | None:
    """Take a key; return what was answered under it already."""
    mine = and_(GivenAnswer.owner_id == owner_id, GivenAnswer.key == key)
    broken_off = and_(GivenAnswer.status.is_(None), GivenAnswer.server != THIS_SERVER)
    row = GivenAnswer(
        owner_id=owner_id, key=key, fingerprint=fingerprint, server=THIS_SERVER, expires_at=now() + KEPT_FOR
    )
    try:
        with database.transaction() as session:
            session.execute(delete(GivenAnswer).where(or_(GivenAnswer.expires_at < now(), and_(mine, broken_off))))
            session.add(row)
    except IntegrityError:
        with database.session() as session:
            given = session.get(GivenAnswer, (owner_id, key))
        return _given_response(given, fingerprint)
    return None


def _given_response(given: GivenAnswer | None, fingerprint: str) -> Response:
    if given is not None and given.fingerprint != fingerprint:
        raise Problem(422, "idempotency-key-reused", f"This {HEADER} was used for something else.", "Send a new key.")
    if given is None or given.status is None:  # None: the first one has just gone wrong
        raise Problem(
            409,
            "idempotency-key-busy",
            f"The first request with this {HEADER} is still worked on.",
            "Ask again in a second.",
        )
    if given.body is None:
        raise Problem(
            409,
            "secret-told-once",
            "This was created already, and its secret was told then; it is not kept.",
            "Delete it and create another one.",
        )
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in given.headers or ()]
    response = Response(given.body, given.status)
    response.raw_headers = [*headers, (b"idempotency-replayed", b"true")]
    return response


def _keep(database: Database, owner_id: str, key: str, response: Response) -> None:
    """Keep an answer; of one that must not be stored only that it was given."""
    secret = "no-store" in response.headers.get("cache-control", "")
    values: dict[str, Any] = {"status": response.status_code, "body": None if secret else bytes(response.body)}
    values["headers"] = [
        [name.decode("latin-1"), value.decode("latin-1")]
        for name, value in response.raw_headers
        if name != b"set-cookie"
    ]
    with database.transaction() as session:
        session.execute(
            update(GivenAnswer).where(GivenAnswer.owner_id == owner_id, GivenAnswer.key == key).values(**values)
        )
    _forget_oldest(database, owner_id)


def _forget_oldest(database: Database, owner_id: str) -> None:
    """Remove the oldest answers of an account where there are too many, or too large ones."""
    mine = GivenAnswer.owner_id == owner_id, GivenAnswer.status.is_not(None)
    size = func.coalesce(func.length(GivenAnswer.body), 0)
    with database.session() as session:
        count, held = session.execute(select(func.count(), func.coalesce(func.sum(size), 0)).where(*mine)).one()
        if count <= MOST_KEPT and held <= MOST_KEPT_BYTES:
            return
        rows = session.execute(select(GivenAnswer.key, size).where(*mine).order_by(GivenAnswer.expires_at)).all()
    forgotten = []
    for key, length in rows:
        # Half of it goes, so that this is not done with every answer.
        if count <= MOST_KEPT // 2 and held <= MOST_KEPT_BYTES // 2:
            break
        forgotten.append(key)
        count, held = count - 1, held - length
    with database.transaction() as session:
        for first in range(0, len(forgotten), AT_ONCE):
            keys = forgotten[first : first + AT_ONCE]
            session.execute(delete(GivenAnswer).where(*mine, GivenAnswer.key.in_(keys)))


def _forget(database: Database, owner_id: str, key: str) -> None:
    with database.transaction() as session:
        session.execute(delete(GivenAnswer).where(GivenAnswer.owner_id == owner_id, GivenAnswer.key == key))
