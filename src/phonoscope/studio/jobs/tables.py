"""Jobs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now

UNFINISHED = "state IN ('queued', 'running')"


class Job(Base):
    """Something that a worker does.

    Attributes
    ----------
    kind
        Which handler does it: ``ingest``, ``still``, ``render`` …
    lane
        ``stage``, ``quick`` or ``render``: which workers take it.
    key
        What is asked for, so that the same question is worked on once; None for what is always done anew, and for
        what is to stop.
    state
        ``queued``, ``running``, ``done``, ``error`` or ``canceled``.
    payload
        What the handler needs; no secrets. A ``document`` goes when the job has ended.
    result
        What it found, once it is done.
    error
        What went wrong: kind, title, remedy, path.
    progress, furthest
        How far it is, 0 to 1, and the furthest that any try has come.
    attempt
        Which try this is. Whoever reports from an earlier one is not listened to.
    crashes
        How many workers have died over it since it last got on.
    worker, lease_until
        Who has it, and until when it is theirs unless they say that they are alive.
    not_before
        When it may be tried again.
    cancel_asked
        Somebody wants it to stop.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("ix_jobs_lane_state_priority", "lane", "state", "priority", "id"),
        Index("ix_jobs_owner_id_lane_started_at", "owner_id", "lane", "started_at"),
        Index("ix_jobs_key", "key"),
        Index(
            "uq_jobs_unfinished_key",
            "owner_id",
            "kind",
            "key",
            unique=True,
            sqlite_where=text(UNFINISHED),
            postgresql_where=text(UNFINISHED),
        ),
    )

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(20))
    lane: Mapped[str] = mapped_column(String(10))
    key: Mapped[str | None] = mapped_column(String(100))
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default="queued")
    payload: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[dict[str, Any] | None]
    progress: Mapped[float] = mapped_column(default=0.0)
    furthest: Mapped[float] = mapped_column(default=0.0)
    stage: Mapped[str] = mapped_column(String(200), default="")
    attempt: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
