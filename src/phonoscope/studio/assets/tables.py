"""Assets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from phonoscope.studio.database.base import Base, UtcDateTime, new_id, now


class Asset(Base):
    """A file that a user brought.

    Attributes
    ----------
    kind
        ``picture``, ``sound``, ``video`` or ``drawing``.
    state
        ``checking`` until a worker has looked into it, then ``ready`` or ``rejected``.
    file_key
        Where the storage has it: ``users/OWNER/assets/SHA256.jpg``; several assets may share a file.
    sha256
        Of its content; documents name it so.
    job_id
        The job that looks into it, or that did.
    """

    __tablename__ = "assets"
    __table_args__ = (Index("ix_assets_owner_id_sha256", "owner_id", "sha256"),)

    id: Mapped[str] = mapped_column(String(26), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="checking")
    reason: Mapped[dict[str, Any] | None]
    file_key: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    media_type: Mapped[str] = mapped_column(String(100))
    bytes: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int | None]
    height: Mapped[int | None]
    duration_s: Mapped[float | None]
    thumbnail_key: Mapped[str | None] = mapped_column(String(300))
    faces: Mapped[dict[str, Any] | None]
    job_id: Mapped[str | None] = mapped_column(String(26))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
