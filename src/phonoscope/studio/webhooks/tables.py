"""Webhooks, and what was sent to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now


class Webhook(Base):
    """An address that wants to be told.

    Attributes
    ----------
    events
        Types of events.
    after_event_id
        The last event that was looked at.
    stopped_because
        Why it is not told any more; None while it is.
    """

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    url: Mapped[str] = mapped_column(String(2000))
    events: Mapped[list[Any]]
    secret: Mapped[str] = mapped_column(String(100))
    after_event_id: Mapped[int] = mapped_column(BigInteger, default=0)
    stopped_because: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Delivery(Base):
    """One event on its way to one address.

    Attributes
    ----------
    payload
        What is sent: type, timestamp, data.
    state
        ``waiting``, ``done`` or ``failed``.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_state_next_try_at", "state", "next_try_at"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    webhook_id: Mapped[str] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    last_status: Mapped[int | None]
    last_error: Mapped[str | None] = mapped_column(String(300))
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
