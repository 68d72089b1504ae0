"""How much an account may keep, and who changes what it keeps."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.problems import Problem
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.settings import Settings
from phonoscope.studio.uploads.tables import Upload


def refuse_beyond_room(session: Session, owner_id: str, settings: Settings) -> None:
    """Refuse what an account has no room for, counting what is on its way, and its videos."""
    used = session.scalar(select(func.coalesce(func.sum(Asset.bytes), 0)).where(Asset.owner_id == owner_id)) or 0
    coming = select(func.coalesce(func.sum(Upload.length), 0)).where(
        Upload.owner_id == owner_id, Upload.asset_id.is_(None)
    )
    made = session.scalars(select(Render.files).where(Render.owner_id == owner_id))
    rendered = sum(file["bytes"] for files in made for file in files)
    if used + (session.scalar(coming) or 0) + rendered > settings.account_bytes:
        title = f"Your files may take {settings.account_bytes / 1e9:.3g} GB, and there is no room left."
        remedy = "Delete uploads or videos that you no longer need."
        raise Problem(413, "no-room", title, remedy, limit_bytes=settings.account_bytes)


def lock_account(session: Session, owner_id: str) -> None:
    """Let nobody else change the files of an account until the end of the transaction."""
    # Its key stays: whoever adds something of the account, such as an event, does not wait in PostgreSQL.
    session.get(Account, owner_id, with_for_update={"key_share": True})
