"""What belongs to a user is found, and nobody else's."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.studio.database.base import Base
from phonoscope.studio.problems import not_found

Row = TypeVar("Row", bound=Base)


def find_own(session: Session, table: type[Row], owner_id: str, row_id: str, lock: bool = False) -> Row:
    """Return something of a user.

    Parameters
    ----------
    lock
        Let nobody else change or delete it until the end of the transaction; it is read again.

    Raises
    ------
    Problem
        404: there is none, or it is somebody else's.
    """
    query = select(table).filter_by(id=row_id, owner_id=owner_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(locked if lock else query)
    if found is None:
        raise not_found(table.__name__.lower())
    return found
