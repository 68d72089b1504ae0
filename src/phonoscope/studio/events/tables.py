"""Events, in the order in which they happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, now

ONE_AT_A_TIME = 1891
"""Number of PostgreSQL's lock for adding events."""


class Event(Base):
    """Something that happened to somebody's thing."""

    __tablename__ = "events"
    # An id is never given twice, even when all events before it have been removed.
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy wants it

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[str | None] = mapped_column(String(26))
    render_id: Mapped[str | None] = mapped_column(String(26))
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now, index=True)


@dataclass(frozen=True, slots=True)
class Interest:
    """Which events somebody wants: their own, of one project or one render or all."""

    owner_id: str
    project_id: str | None = None
    render_id: str | None = None

    def covers(self, event: Event) -> bool:
        """Tell whether an event is one of them."""
        return (
            event.owner_id == self.owner_id
            and self.project_id in (None, event.project_id)
            and self.render_id in (None, event.render_id)
        )


def record(
    session: Session,
    owner_id: str,
    type: str,
    data: dict[str, Any],
    project_id: str | None = None,
    render_id: str | None = None,
) -> None:
    """Add an event to a transaction."""
    if session.get_bind().dialect.name == "postgresql":
        # From here on one transaction after the other, so that ids rise in the order in which events are seen. What
        # is still to be written comes first: whoever holds this lock waits for no other.
        session.flush()
        session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
    session.add(Event(owner_id=owner_id, type=type, data=data, project_id=project_id, render_id=render_id))
