"""Accounts go, with everything that they own."""

from __future__ import annotations

from sqlalchemy import delete, select

from phonoscope.studio.accounts.people import account_named
from phonoscope.studio.database.engine import Database
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.settings import Settings
from phonoscope.studio.storage.store import Store
from phonoscope.studio.uploads.keeping import part_path
from phonoscope.studio.uploads.tables import Upload


def remove_account(database: Database, store: Store, settings: Settings, name: str) -> None:
    """Remove an account with everything that it owns: files too, and what was only half uploaded."""
    with database.transaction() as session:
        account = account_named(session, name)
        uploads = session.scalars(select(Upload).where(Upload.owner_id == account.id)).all()
        session.execute(delete(Render).where(Render.owner_id == account.id))  # they hold their jobs
        session.delete(account)
    for upload in uploads:
        part_path(settings, upload).unlink(missing_ok=True)
    store.delete_folder(f"users/{account.id}")
