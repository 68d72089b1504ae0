"""Uploads become assets: their files move into the storage, and go when the last asset of a file is deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.room import lock_account, refuse_beyond_room
from phonoscope.studio.assets.door import Received
from phonoscope.studio.assets.models import PictureEdit
from phonoscope.studio.assets.naming import clean_name
from phonoscope.studio.assets.reading import find_asset
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.assets.telling import tell_asset
from phonoscope.studio.jobs.queue import URGENT, enqueue
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import marks_key
from phonoscope.studio.storage.store import Store
from phonoscope.studio.uploads.tables import Upload

FOUND_OUT = ("kind", "media_type", "width", "height", "duration_s", "thumbnail_key", "faces")
"""What a worker has found out about a file: the same for every asset of it."""

OTHERWISE = {"picture": "Picture", "sound": "Sound", "video": "Video", "drawing": "Drawing"}
"""Names of what came without one."""


def keep(studio: Studio, owner_id: str, received: Received, name: str, upload_id: str | None = None) -> Asset:
    """Make an asset of a file that has come in, and let a worker look into it.

    Parameters
    ----------
    upload_id
        The resumable upload that it came by.

    Raises
    ------
    Problem
        413: the account has no room for it.
    """
    key = file_key(owner_id, received)
    studio.store.adopt(key, received.path)
    with studio.database.transaction() as session:
        lock_account(session, owner_id)
        asset = _row(owner_id, received, name)
        known = _looked_into(session, asset)
        session.add(asset)
        session.flush()
        if upload_id is not None:
            session.execute(update(Upload).where(Upload.id == upload_id).values(asset_id=asset.id))
        refuse_beyond_room(session, owner_id, studio.settings)
        # Whoever deleted the last asset of this file a moment ago has taken the file with it.
        studio.store.adopt(key, received.path)
        if known is None:
            ask_worker(session, asset)
        else:
            for field in FOUND_OUT:
                setattr(asset, field, getattr(known, field))
            asset.state = "ready"
            tell_asset(session, asset)
    received.path.unlink(missing_ok=True)
    studio.wake("quick")
    return asset


def keep_edited(studio: Studio, asset: Asset, edit: PictureEdit) -> Asset:
    """Make a new asset of a picture, and let a worker turn and crop it."""
    copied = {field: getattr(asset, field) for field in ("owner_id", "name", "kind", "file_key", "sha256")}
    edited = Asset(**copied, media_type=asset.media_type, bytes=asset.bytes, state="checking")
    with studio.database.transaction() as session:
        lock_account(session, asset.owner_id)
        find_asset(session, asset.owner_id, asset.id)
        session.add(edited)
        session.flush()
        refuse_beyond_room(session, asset.owner_id, studio.settings)
        ask_worker(session, edited, "edit", **edit.model_dump())
    studio.wake("quick")
    return edited


def ask_worker(session: Session, asset: Asset, kind: str = "ingest", **more: Any) -> None:
    """Let a worker look into an asset, or make its picture first."""
    payload = {"asset_id": asset.id, **more}
    job = enqueue(session, owner_id=asset.owner_id, kind=kind, lane="quick", payload=payload, priority=URGENT)
    asset.job_id = job.id


def remove(studio: Studio, asset_id: str, owner_id: str) -> None:
    """Delete an asset, and its file where no other asset has it."""
    with studio.database.transaction() as session:
        lock_account(session, owner_id)
        asset = session.scalar(select(Asset).where(Asset.id == asset_id, Asset.owner_id == owner_id))
        if asset is None:
            return
        session.delete(asset)
        session.flush()
        discard_file(session, studio.store, asset)


def discard_file(session: Session, store: Store, asset: Asset) -> None:
    """Remove the file of an asset that was deleted or rejected, unless another asset needs it."""
    others = select(Asset.id).where(
        Asset.owner_id == asset.owner_id,
        Asset.sha256 == asset.sha256,
        Asset.id != asset.id,
        Asset.state != "rejected",
    )
    if session.scalar(others.limit(1)) is None:
        for key in (asset.file_key, marks_key(asset.owner_id, asset.sha256), asset.thumbnail_key):
            if key:
                store.delete(key)


def file_key(owner_id: str, received: Received) -> str:
    """Return where the storage has the file of an upload."""
    return f"users/{owner_id}/assets/{received.sha256}.{received.content.ending}"


def _row(owner_id: str, received: Received, name: str) -> Asset:
    return Asset(
        owner_id=owner_id,
        name=clean_name(name, OTHERWISE[received.content.kind]),
        kind=received.content.kind,
        state="checking",
        file_key=file_key(owner_id, received),
        sha256=received.sha256,
        media_type=received.content.media_type,
        bytes=received.bytes,
    )


def _looked_into(session: Session, asset: Asset) -> Asset | None:
    """Return another asset of the same file that a worker has found to be good."""
    same = select(Asset).where(Asset.owner_id == asset.owner_id, Asset.sha256 == asset.sha256, Asset.state == "ready")
    return session.scalar(same.limit(1))
