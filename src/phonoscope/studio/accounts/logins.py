"""Browsers that log in and out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.current import LOGGED_IN_FOR
from phonoscope.studio.accounts.secrets import digest, new_secret
from phonoscope.studio.accounts.tables import Account, LoginSession, OneTimeToken
from phonoscope.studio.database.base import now

TOKEN_LASTS = timedelta(minutes=15)


def new_token(session: Session, account: Account, lasts: timedelta = TOKEN_LASTS) -> str:
    """Return a token by which a browser may log in once."""
    token = new_secret()
    session.execute(delete(OneTimeToken).where(OneTimeToken.expires_at < now()))
    session.add(OneTimeToken(token_hash=digest(token), owner_id=account.id, expires_at=now() + lasts))
    return token


def account_of_token(session: Session, token: str) -> Account | None:
    """Return whose a token is, and use it up: of two that bring it at once, one gets in."""
    mine = OneTimeToken.token_hash == digest(token)
    owner_id = session.scalar(
        delete(OneTimeToken).where(mine, OneTimeToken.expires_at > now()).returning(OneTimeToken.owner_id)
    )
    return session.get(Account, owner_id) if owner_id else None


def log_in(session: Session, account: Account) -> str:
    """Return the cookie of a browser that has proven who it is."""
    cookie = new_secret()
    session.execute(delete(LoginSession).where(LoginSession.expires_at < now()))
    session.add(LoginSession(token_hash=digest(cookie), owner_id=account.id, expires_at=now() + LOGGED_IN_FOR))
    return cookie


def log_out(session: Session, cookie: str) -> None:
    """Forget a browser."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == digest(cookie)))
