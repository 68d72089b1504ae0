"""What nobody needs any more is thrown away: old stills and drafts, and what was left behind by what broke off.

It asks the database and the storage, and nothing of the engine: the server does it now and then.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Collection, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.background import in_background
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import marks_key
from phonoscope.studio.uploads import keeping as uploads

EVERY_S = 600.0

CACHED_FOR = timedelta(days=7)
"""How long stills, timelines and drafts are kept; they are made again within seconds."""

CACHE_BYTES = 2_000_000_000
"""Of stills, timelines and drafts of one account; beyond it, the oldest go."""

SHARED_FOR = timedelta(days=90)
"""How long samples of voices and portraits are kept: a new version of the package makes new ones."""

UNNAMED_FOR = timedelta(days=1)
"""How long a file may lie in the storage that no row names: it may be on its way into one."""

UNFINISHED = ("queued", "running")

log = structlog.get_logger(__name__)


def sweeping(studio: Studio) -> AbstractAsyncContextManager[None]:
    """Sweep now and then as long as the block lasts."""
    return in_background(_sweep_for_ever(studio), "sweeping")


def sweep(studio: Studio) -> None:
    """Throw away what nobody needs any more."""
    moment = now()
    uploads.sweep(studio)
    _forget_drafts(studio, moment)
    _forget_jobs(studio, moment)
    _clear_work(studio, moment)
    _clear_removed(studio, moment)
    with studio.database.session() as session:
        owners = list(session.scalars(select(Account.id)))
    for owner_id in owners:
        _clear_cache(studio, owner_id, moment)
        _clear_unnamed(studio, owner_id, moment)
    for file in _files(studio, "shared/cache"):
        if file.written_at < moment - SHARED_FOR:
            studio.store.delete(file.key)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the storage."""

    key: str
    bytes: int
    written_at: datetime


async def _sweep_for_ever(studio: Studio) -> None:
    while True:
        try:
            await asyncio.to_thread(sweep, studio)
        except Exception:
            log.exception("Sweeping went wrong; it is tried again.")
        await asyncio.sleep(EVERY_S)


def _files(studio: Studio, folder: str) -> Iterator[_File]:
    return (_File(*told) for told in studio.store.files(folder))


def _forget_drafts(studio: Studio, moment: datetime) -> None:
    """Remove rows of drafts whose files go."""
    old = Preview.created_at < moment - CACHED_FOR
    with studio.database.session() as session:
        if session.scalar(select(Preview.id).where(old).limit(1)) is None:
            return
    with studio.database.transaction() as session:
        session.execute(delete(Preview).where(old))


def _forget_jobs(studio: Studio, moment: datetime) -> None:
    """Remove jobs of renders and drafts that have been deleted."""
    ended = Job.kind.in_(("render", "preview")), Job.state.not_in(UNFINISHED), Job.finished_at < moment - UNNAMED_FOR
    named = select(Render.job_id).union_all(select(Preview.job_id))
    orphaned = (*ended, Job.id.not_in(named))
    with studio.database.session() as session:
        if session.scalar(select(Job.id).where(*orphaned).limit(1)) is None:
            return
    with studio.database.transaction() as session:
        session.execute(delete(Job).where(*orphaned))


def _clear_work(studio: Studio, moment: datetime) -> None:
    """Remove the work folders of renders that are deleted, done, or were not tried again within a day."""
    folder = studio.settings.work_dir / "renders"
    if not folder.is_dir():
        return
    # Looked at first: a render that is asked for from now on is not among them.
    paths = list(folder.iterdir())
    with studio.database.session() as session:
        live = select(Render.id).join(Job, Job.id == Render.job_id)
        lately = Job.state.in_(("error", "canceled")) & (Job.finished_at > moment - UNNAMED_FOR)
        wanted = set(session.scalars(live.where(Job.state.in_(UNFINISHED) | lately)))
    for path in paths:
        if path.name not in wanted:
            shutil.rmtree(path, ignore_errors=True)


def _clear_removed(studio: Studio, moment: datetime) -> None:
    """Remove the files of accounts that are gone, which a worker may have written after they went."""
    # Looked at first: whoever is new has no folder among them.
    folders = set(studio.store.folders("users"))
    with studio.database.session() as session:
        accounts = session.execute(select(Account.id, Account.created_at)).all()
    # What is older than all accounts is another database's, which may be about to be brought back.
    since, until = min((account.created_at for account in accounts), default=moment), moment - UNNAMED_FOR
    for folder in folders - {f"users/{account.id}" for account in accounts}:
        if all(since < file.written_at < until for file in _files(studio, folder)):
            studio.store.delete_folder(folder)


def _clear_cache(studio: Studio, owner_id: str, moment: datetime) -> None:
    """Remove an account's old stills, timelines and drafts, and the oldest where there are too many."""
    files = sorted(_files(studio, f"users/{owner_id}/cache"), key=lambda file: file.written_at, reverse=True)
    kept_bytes = 0
    for file in files:
        kept_bytes += file.bytes
        if file.written_at < moment - CACHED_FOR or kept_bytes > CACHE_BYTES:
            studio.store.delete(file.key)


def _clear_unnamed(studio: Studio, owner_id: str, moment: datetime) -> None:
    """Remove an account's files that no row names, and that are not on their way into one."""
    old = [
        file.key
        for part in ("assets", "thumbnails", "renders")
        for file in _files(studio, f"users/{owner_id}/{part}")
        if file.written_at < moment - UNNAMED_FOR
    ]
    if not old:
        return
    named = _named(studio, owner_id)
    for key in old:
        if key not in named:
            studio.store.delete(key)


def _named(studio: Studio, owner_id: str) -> Collection[str]:
    """Return the keys of all files that an account's rows name."""
    keys: set[str | None] = set()
    with studio.database.session() as session:
        for asset in session.execute(
            select(Asset.file_key, Asset.thumbnail_key, Asset.sha256).where(Asset.owner_id == owner_id)
        ):
            keys |= {asset.file_key, asset.thumbnail_key, marks_key(owner_id, asset.sha256)}
        for files, thumbnail_key in session.execute(
            select(Render.files, Render.thumbnail_key).where(Render.owner_id == owner_id)
        ):
            keys |= {thumbnail_key, *(file["key"] for file in files)}
        keys |= set(session.scalars(select(Project.thumbnail_key).where(Project.owner_id == owner_id)))
    return {key for key in keys if key}
