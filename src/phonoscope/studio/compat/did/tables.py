"""Talks, as programs written for D-ID know them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.accounts.secrets import new_secret
from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now


def new_talk_id() -> str:
    """Return an identifier as D-ID's look."""
    return f"tlk_{new_id()}"


class Talk(Base):
    """A render that a program written for D-ID has asked for.

    Attributes
    ----------
    asked
        The request: source_url, script, config, name, user_data.
    base_url
        Where the program reaches the studio: the addresses that it is told begin so.
    secret
        Signs the addresses of its video.
    webhook, webhook_state, webhook_tries, next_try_at
        Who is told once when it is over; ``none``, ``waiting``, ``sent`` or ``failed``.
    """

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_webhook_state_next_try_at", "webhook_state", "next_try_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True, default=new_talk_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    render_id: Mapped[str] = mapped_column(ForeignKey("renders.id", ondelete="CASCADE"), index=True)
    asked: Mapped[dict[str, Any]]
    base_url: Mapped[str] = mapped_column(String(300))
    secret: Mapped[str] = mapped_column(String(100), default=new_secret)
    webhook: Mapped[str | None] = mapped_column(Text)
    webhook_state: Mapped[str] = mapped_column(String(10), default="none")
    webhook_tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
