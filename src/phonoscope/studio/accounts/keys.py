"""API keys: made, listed, taken back."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from phonoscope.core.errors import UsageError
from phonoscope.studio.accounts.secrets import digest, new_secret
from phonoscope.studio.accounts.tables import Account, ApiKey
from phonoscope.studio.problems import not_found

PREFIX = "psk_"
"""Lets people, and programs that look for leaked secrets, see what it is."""

MOST = 500
"""Keys of an account."""


def new_key(session: Session, account: Account, name: str) -> tuple[ApiKey, str]:
    """Return an API key, and what is told only now.

    Raises
    ------
    UsageError
        There are too many.
    """
    if (session.scalar(select(func.count()).where(ApiKey.owner_id == account.id)) or 0) >= MOST:
        raise UsageError(f"There are {MOST} keys already.", "Take some back first.")
    key = new_secret(PREFIX)
    kept = ApiKey(owner_id=account.id, name=name, key_hash=digest(key))
    session.add(kept)
    session.flush()
    return kept, key


def remove_key(session: Session, account: Account, key_id: str) -> None:
    """Take a key back; whoever uses it is nobody from now on.

    Raises
    ------
    Problem
        404: the account has no such key.
    """
    mine = select(ApiKey).where(ApiKey.id == key_id, ApiKey.owner_id == account.id)
    kept = session.scalar(mine.with_for_update())
    if kept is None:
        raise not_found("API key")
    session.delete(kept)
