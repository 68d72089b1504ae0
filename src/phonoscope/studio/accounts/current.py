"""Who sends a request."""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Annotated

from fastapi import Depends
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from phonoscope.studio.accounts.rates import spend
from phonoscope.studio.accounts.same_origin import check_same_origin
from phonoscope.studio.accounts.secrets import digest
from phonoscope.studio.accounts.tables import Account, ApiKey, LoginSession
from phonoscope.studio.database.base import now
from phonoscope.studio.problems import Problem
from phonoscope.studio.state import CurrentStudio, Db, Studio

COOKIE = "phonoscope_session"
LOGGED_IN_FOR = timedelta(days=30)
"""Since the last request."""
NOTED_EVERY = timedelta(minutes=1)
"""How exactly we know when a key was used: writing it at each request would be slow."""
PROLONGED_EVERY = timedelta(hours=1)

_NOTING = threading.Lock()


def current_account(connection: HTTPConnection, studio: CurrentStudio, session: Db) -> Account:
    """Return who sends a request, and count it.

    Raises
    ------
    Problem
        401: nobody whom we know; 403: a page of another site; 429: too often.
    """
    account = find_account(connection, session)
    session.commit()  # what is read later in this request is what is there then
    spend(studio, studio.settings.request_limit, "requests", account.id)
    return account


def find_account(connection: HTTPConnection, session: Session) -> Account:
    """Return who sends a request, by an API key in its head or by its cookie.

    Raises
    ------
    Problem
        401: nobody whom we know; 403: a page of another site.
    """
    studio: Studio = connection.app.state.studio
    if "authorization" in connection.headers:
        account = next(
            (found for key in _offered_keys(connection) if (found := _owner_of_key(studio, session, key))), None
        )
    else:
        account = _owner_of_cookie(connection, studio, session)
    if account is not None:
        return account
    raise nobody()


def offered_secrets(connection: HTTPConnection) -> frozenset[str]:
    """Return the hashes of what a request proves by who sends it: of its keys, or else of its cookie."""
    if "authorization" in connection.headers:
        return frozenset(digest(key) for key in _offered_keys(connection))
    cookie = connection.cookies.get(COOKIE)
    return frozenset((digest(cookie),)) if cookie else frozenset()


def that_count(session: Session, secrets: Collection[str]) -> frozenset[str]:
    """Return those of the hashes that still open the studio, by a key or by a browser that is logged in."""
    keys = select(ApiKey.key_hash).where(ApiKey.key_hash.in_(secrets))
    mine = LoginSession.token_hash.in_(secrets), LoginSession.expires_at > now()
    return frozenset(session.scalars(keys.union_all(select(LoginSession.token_hash).where(*mine))))


def nobody() -> Problem:
    """Return the problem of who does not tell, or prove, who they are."""
    remedy = "Log in, or send an API key."
    return Problem(401, "unauthenticated", "Nobody is logged in.", remedy, {"WWW-Authenticate": "Bearer"})


def _offered_keys(connection: HTTPConnection) -> Iterator[str]:
    """Yield what may be a key: after ``Bearer``, or as user or password of ``Basic``."""
    kind, _, value = connection.headers["authorization"].partition(" ")
    if kind.lower() == "bearer":
        yield value.strip()
    elif kind.lower() == "basic":
        try:
            user, _, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
        except (binascii.Error, ValueError):
            return
        yield from (text for text in (user, password) if text)


def _owner_of_key(studio: Studio, session: Session, key: str) -> Account | None:
    found = session.execute(
        select(Account, ApiKey).join(ApiKey, ApiKey.owner_id == Account.id).where(ApiKey.key_hash == digest(key))
    ).first()
    if found is None:
        return None
    account, kept = found
    long_ago = now() - NOTED_EVERY
    is_long_ago = kept.last_used_at is None or kept.last_used_at < long_ago
    # Of many requests that find so at once, one writes it down, and the others do not wait for it.
    if is_long_ago and _NOTING.acquire(blocking=False):
        try:
            with studio.database.transaction() as writing:
                writing.execute(
                    update(ApiKey)
                    .where(ApiKey.id == kept.id, or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < long_ago))
                    .values(last_used_at=now())
                )
        finally:
            _NOTING.release()
    return account


def _owner_of_cookie(connection: HTTPConnection, studio: Studio, session: Session) -> Account | None:
    cookie = connection.cookies.get(COOKIE)
    if not cookie:
        return None
    found = session.execute(
        select(Account, LoginSession)
        .join(LoginSession, LoginSession.owner_id == Account.id)
        .where(LoginSession.token_hash == digest(cookie), LoginSession.expires_at > now())
    ).first()
    if found is None:
        return None
    account, login = found
    check_same_origin(connection, studio.settings.public_url)
    expires_at = now() + LOGGED_IN_FOR
    if expires_at - login.expires_at > PROLONGED_EVERY:
        with studio.database.transaction() as writing:
            writing.execute(
                update(LoginSession).where(LoginSession.token_hash == login.token_hash).values(expires_at=expires_at)
            )
    return account


User = Annotated[Account, Depends(current_account)]
