"""Drafts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now


class Preview(Base):
    """A draft of a project as it was at one revision; its state is its job's.

    Attributes
    ----------
    digest
        Of all that is seen and heard in the document: the same question has the same answer.
    """

    __tablename__ = "previews"

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    project_id: Mapped[str] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), unique=True)
    revision: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    document: Mapped[dict[str, Any]]
    file_key: Mapped[str | None] = mapped_column(String(300))
    duration_s: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
