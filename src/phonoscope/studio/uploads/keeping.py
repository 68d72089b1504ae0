"""Uploads in parts: begun, found again, completed, given up."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.accounts.room import lock_account, refuse_beyond_room
from phonoscope.studio.assets.door import examine, refuse_no_room, refuse_too_large, told_as_problem, uploads_folder
from phonoscope.studio.assets.keeping import keep
from phonoscope.studio.assets.naming import clean_name
from phonoscope.studio.database.base import now
from phonoscope.studio.problems import Problem
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio
from phonoscope.studio.uploads.tables import Upload

KEPT_FOR = timedelta(hours=24)
"""Since the last part arrived."""


def begin(studio: Studio, owner_id: str, length: int, name: str) -> Upload:
    """Begin an upload.

    Raises
    ------
    Problem
        413: it is too long, or the account has no room for it; 507: nor has the disk.
    """
    refuse_too_large(length, studio.settings.max_upload_bytes)
    refuse_no_room(uploads_folder(studio.settings), length)
    upload = Upload(owner_id=owner_id, name=clean_name(name, ""), length=length, offset=0, expires_at=now() + KEPT_FOR)
    with studio.database.transaction() as session:
        lock_account(session, owner_id)
        session.add(upload)
        session.flush()
        refuse_beyond_room(session, owner_id, studio.settings)
    with told_as_problem():
        part_path(studio.settings, upload).touch()
    return upload


def find_upload(session: Session, owner_id: str, upload_id: str) -> Upload:
    """Return somebody's upload.

    Raises
    ------
    Problem
        404: they have none of that name; 410: it waited too long for its next part.
    """
    found = find_own(session, Upload, owner_id, upload_id)
    if found.expires_at < now():
        raise Problem(410, "expired", "This upload was given up: nothing came for a day.", "Begin it again.")
    return found


def advance(studio: Studio, upload: Upload, offset: int) -> None:
    """Write down how much has arrived."""
    upload.offset, upload.expires_at = offset, now() + KEPT_FOR
    with studio.database.transaction() as session:
        session.execute(
            update(Upload).where(Upload.id == upload.id).values(offset=offset, expires_at=upload.expires_at)
        )


def complete(studio: Studio, upload: Upload) -> str:
    """Make an asset of an upload that is whole, once; returns its id. What is not taken is forgotten at once.

    Raises
    ------
    Problem
        As `door.Scrutiny` and `assets.keeping.keep`.
    """
    if upload.asset_id is not None:
        return upload.asset_id
    try:
        received = examine(part_path(studio.settings, upload), studio.settings)
        asset = keep(studio, upload.owner_id, received, upload.name, upload.id)
    except Problem:
        give_up(studio, upload)
        raise
    upload.asset_id = asset.id
    return asset.id


def give_up(studio: Studio, upload: Upload) -> None:
    """Forget an upload and what has arrived of it."""
    with studio.database.transaction() as session:
        session.execute(delete(Upload).where(Upload.id == upload.id))
    part_path(studio.settings, upload).unlink(missing_ok=True)


def sweep(studio: Studio) -> None:
    """Remove uploads for whose next part nobody waits any more, and parts that a crash left behind."""
    with studio.database.session() as session:
        expired = list(session.scalars(select(Upload).where(Upload.expires_at < now())))
    for upload in expired:
        give_up(studio, upload)
    long_ago = (now() - 2 * KEPT_FOR).timestamp()
    for part in uploads_folder(studio.settings).glob("*.part"):
        with suppress(FileNotFoundError):  # it has just become an asset
            if part.stat().st_mtime < long_ago:
                part.unlink()


def part_path(settings: Settings, upload: Upload) -> Path:
    """Return where the part of an upload lies."""
    return uploads_folder(settings) / f"{upload.id}.part"
