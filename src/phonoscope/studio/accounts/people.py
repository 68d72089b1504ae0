"""What whoever runs the studio does with accounts, from the command line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from phonoscope.core.errors import UsageError
from phonoscope.studio.accounts.consent import STATEMENT, give_consent
from phonoscope.studio.accounts.keys import new_key
from phonoscope.studio.accounts.logins import TOKEN_LASTS, new_token
from phonoscope.studio.accounts.passwords import hash_password
from phonoscope.studio.accounts.tables import Account, ApiKey, LoginSession, OneTimeToken
from phonoscope.studio.database.engine import Database

_NAME = re.compile(r"[^\W_][\w.@+-]{0,79}")


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the list of accounts."""

    name: str
    created_at: datetime
    has_password: bool
    keys: int


def create_account(database: Database, name: str, password: str | None = None) -> Account:
    """Return a new account.

    Raises
    ------
    UsageError
        The name is taken or no name, or the password is too short.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for an account.", "Take up to 80 letters, digits and . _ @ + -")
    account = Account(name=name, password_hash=hash_password(password) if password is not None else None)
    try:
        with database.transaction() as session:
            session.add(account)
    except IntegrityError as error:
        raise UsageError(f"There is an account {name!r} already.", "Take another name.") from error
    return account


def set_password(database: Database, name: str, password: str) -> None:
    """Give an account a new password, and log out whoever is logged in."""
    password_hash = hash_password(password)
    with database.transaction() as session:
        account = account_named(session, name)
        account.password_hash = password_hash
        for table in (LoginSession, OneTimeToken):
            session.execute(delete(table).where(table.owner_id == account.id))


def list_accounts(database: Database) -> list[AccountLine]:
    """Return all accounts, in the order of their names."""
    keys = select(func.count()).where(ApiKey.owner_id == Account.id).scalar_subquery()
    with database.session() as session:
        rows = session.execute(select(Account, keys).order_by(Account.name))
        return [AccountLine(row.name, row.created_at, row.password_hash is not None, count) for row, count in rows]


def make_link(database: Database, name: str, address: str, lasts: timedelta = TOKEN_LASTS) -> str:
    """Return a link that opens the page logged in, once; servers and logs do not see what is after the ``#``."""
    with database.transaction() as session:
        token = new_token(session, account_named(session, name), lasts)
    return f"{address.rstrip('/')}/#token={token}"


def create_key(database: Database, name: str, key_name: str, consent: bool = False) -> str:
    """Return a new API key of an account; `consent` states what the page asks for at first."""
    with database.transaction() as session:
        account = account_named(session, name)
        if consent and account.consent is None:
            give_consent(account, STATEMENT, "en")
        if account.consent is None:
            raise UsageError(f"{name} has not given consent yet.", f"Ask whether this is true: {STATEMENT}")
        return new_key(session, account, key_name)[1]


def account_named(session: Session, name: str) -> Account:
    """Return the account of a name.

    Raises
    ------
    UsageError
        There is none.
    """
    account = session.scalar(select(Account).where(Account.name == name))
    if account is None:
        names = ", ".join(session.scalars(select(Account.name).order_by(Account.name).limit(10)))
        raise UsageError(f"There is no account {name!r}.", f"There are: {names}." if names else "Make it first.")
    return account
