"""Renders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now


class Render(Base):
    """A video that was asked for.

    Attributes
    ----------
    job_id
        The job that makes it now; its state is this render's.
    document
        The scene document as it was then.
    options
        Format, resolution, preset, companions.
    files
        Once it is done: name, media_type, bytes and key of each file.
    drawn_from, drawn_since
        How far this try had come when it began to draw, and when that was: to guess the time that is left.
    share_token
        In its public address; None while it is not shared.
    """

    __tablename__ = "renders"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[str | None] = mapped_column(ForeignKey("projects.id", ondelete="SET NULL"), index=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id"), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]]
    options: Mapped[dict[str, Any]]
    files: Mapped[list[Any]] = mapped_column(default=list)
    thumbnail_key: Mapped[str | None] = mapped_column(String(300))
    duration_s: Mapped[float | None]
    drawn_from: Mapped[float | None]
    drawn_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    share_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
