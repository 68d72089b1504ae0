"""Lists that come in pages."""

from __future__ import annotations

from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import Select
from sqlalchemy.orm import Session

Item = TypeVar("Item")

Limit = Annotated[int, Query(ge=1, le=100, description="How many to return at most.")]
Cursor = Annotated[
    str | None, Query(max_length=64, pattern=r"^[0-9a-z]+$", description="`next_cursor` of the page before.")
]
USUAL_LIMIT = 30


class Page(BaseModel, Generic[Item]):
    """Part of a list."""

    items: list[Item]
    next_cursor: str | None = None


def newest_first(
    session: Session, query: Select[Any], table: Any, limit: int, cursor: str | None
) -> tuple[list[Any], str | None]:
    """Return rows of a table whose ids rise with time, and the cursor of the next page."""
    if cursor:
        query = query.where(table.id < cursor)
    rows = list(session.scalars(query.order_by(table.id.desc()).limit(limit + 1)))
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None
