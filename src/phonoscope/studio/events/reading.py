"""Reading events, and removing old ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, delete, func, or_, select

from phonoscope.studio.database.base import now
from phonoscope.studio.database.engine import Database
from phonoscope.studio.events.tables import Event, Interest

AT_ONCE = 500
KEPT_FOR = timedelta(days=1)

PROGRESS_KEPT_FOR = timedelta(minutes=1)
"""How long it matters how far something was; what became of it is told by another event."""


def newest_id(database: Database) -> int:
    """Return the id of the newest event; 0 if there is none."""
    with database.session() as session:
        return session.scalar(select(func.max(Event.id))) or 0


def events_after(database: Database, event_id: int, interest: Interest | None = None) -> Sequence[Event]:
    """Return the next events after one, not all at once; of an owner or of all."""
    query = select(Event).where(Event.id > event_id).order_by(Event.id).limit(AT_ONCE)
    if interest is not None:
        query = query.where(Event.owner_id == interest.owner_id)
        if interest.project_id is not None:
            query = query.where(Event.project_id == interest.project_id)
        if interest.render_id is not None:
            query = query.where(Event.render_id == interest.render_id)
    with database.session() as session:
        return session.scalars(query).all()


def forget_old_events(database: Database) -> None:
    """Remove events that nobody comes back for."""
    old_progress = and_(Event.created_at < now() - PROGRESS_KEPT_FOR, Event.type.endswith(".progress"))
    old = or_(Event.created_at < now() - KEPT_FOR, old_progress)
    with database.session() as session:
        if session.scalar(select(Event.id).where(old).limit(1)) is None:
            return
    with database.transaction() as session:
        session.execute(delete(Event).where(old))
