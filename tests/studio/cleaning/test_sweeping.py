"""What nobody needs any more goes, and nothing else."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.cleaning import sweeping
from phonoscope.studio.cleaning.sweeping import sweep
from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.files import work_folder
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import marks_key
from phonoscope.studio.storage.store import Store
from tests.studio.storage.fake_s3 import fake_s3
from tests.studio.storage.test_store import point_to

OLD_S = 30 * 86_400.0


@pytest.fixture
def owner_id(studio: Studio) -> str:
    with studio.database.transaction() as session:
        owner = Account(name="anna")
        session.add(owner)
        session.flush()
        return owner.id


def put(studio: Studio, key: str, old: bool = True, content: bytes = b"x") -> str:
    studio.store.put(key, content)
    if old:
        then = time.time() - OLD_S
        os.utime(studio.store.local(key), (then, then))
    return key


def kept(studio: Studio) -> set[str]:
    return {key for folder in ("users", "shared") for key, _, _ in studio.store.files(folder)}


def job(studio: Studio, owner_id: str, state: str, kind: str = "render", days: float = 0) -> str:
    with studio.database.transaction() as session:
        made = Job(owner_id=owner_id, kind=kind, lane="render", payload={}, state=state)
        made.finished_at = None if state in ("queued", "running") else now() - timedelta(days=days)
        session.add(made)
        session.flush()
        return made.id


def test_old_stills_go_and_new_ones_stay(studio: Studio, owner_id: str) -> None:
    put(studio, f"users/{owner_id}/cache/old.webp")
    put(studio, "shared/cache/old.mp3", old=False)
    new = put(studio, f"users/{owner_id}/cache/new.webp", old=False)
    sweep(studio)
    assert kept(studio) == {new, "shared/cache/old.mp3"}


def test_the_oldest_stills_go_where_there_are_too_many(
    studio: Studio, owner_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "CACHE_BYTES", 250)
    keys = [put(studio, f"users/{owner_id}/cache/{number}.webp", False, bytes(100)) for number in range(4)]
    for number, key in enumerate(keys):
        os.utime(studio.store.local(key), (time.time() + number,) * 2)
    sweep(studio)
    assert kept(studio) == {keys[2], keys[3]}


def test_files_that_no_row_names_go_after_a_day(studio: Studio, owner_id: str) -> None:
    sha256, folder = "a" * 64, f"users/{owner_id}"
    named = {
        put(studio, f"{folder}/assets/{sha256}.jpg"),
        put(studio, f"{folder}/thumbnails/{sha256}.webp"),
        put(studio, marks_key(owner_id, sha256)),
        put(studio, f"{folder}/thumbnails/card.webp"),
        put(studio, f"{folder}/renders/r/j/video.mp4"),
        put(studio, f"{folder}/renders/r/j/.thumbnail.webp"),
        put(studio, f"{folder}/assets/new.jpg", old=False),
    }
    for left_behind in ("assets/b.jpg", "thumbnails/b.webp", "renders/r/earlier/video.mp4", "renders/q/j/video.mp4"):
        put(studio, f"{folder}/{left_behind}")
    with studio.database.transaction() as session:
        picture = {"kind": "picture", "media_type": "image/jpeg", "bytes": 1, "name": "a", "sha256": sha256}
        thumbnail_key = f"{folder}/thumbnails/{sha256}.webp"
        session.add(
            Asset(owner_id=owner_id, file_key=f"{folder}/assets/{sha256}.jpg", thumbnail_key=thumbnail_key, **picture)
        )
        session.add(Project(owner_id=owner_id, name="p", document={}, thumbnail_key=f"{folder}/thumbnails/card.webp"))
    done = job(studio, owner_id, "done")
    with studio.database.transaction() as session:
        files = [{"name": "video.mp4", "key": f"{folder}/renders/r/j/video.mp4"}]
        key = f"{folder}/renders/r/j/.thumbnail.webp"
        session.add(
            Render(owner_id=owner_id, job_id=done, name="r", document={}, options={}, files=files, thumbnail_key=key)
        )
    sweep(studio)
    assert kept(studio) == named


@pytest.fixture
def bucket(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """The same studio with its files in S3, where all are old."""
    with fake_s3() as (address, _):
        point_to(address, monkeypatch)
        yield replace(studio, store=Store("s3://bucket/studio", studio.settings.files_dir))


@pytest.mark.parametrize("kind", ["studio", "bucket"])
def test_what_removed_accounts_left_behind_goes(
    request: pytest.FixtureRequest, kind: str, studio: Studio, owner_id: str
) -> None:
    swept: Studio = request.getfixturevalue(kind)
    with studio.database.transaction() as session:
        session.get_one(Account, owner_id).created_at = datetime(2020, 1, 1, tzinfo=UTC)
        picture = {"kind": "picture", "media_type": "image/jpeg", "bytes": 1, "name": "a", "sha256": "a" * 64}
        session.add(Asset(owner_id=owner_id, file_key=f"users/{owner_id}/assets/a.jpg", **picture))
    for key in (f"users/{owner_id}/assets/a.jpg", "users/gone/assets/a.jpg", "users/gone/cache/a.webp"):
        put(swept, key)
    copies = studio.store.local_folder("gone-too")
    sweep(swept)
    assert {key for key, _, _ in swept.store.files("users")} == {f"users/{owner_id}/assets/a.jpg"}
    assert not copies.exists() and not (studio.settings.files_dir / "users" / "gone").exists()


@pytest.mark.parametrize("since", [datetime(2020, 1, 1, tzinfo=UTC), now()])
def test_files_of_another_database_stay(studio: Studio, owner_id: str, since: datetime) -> None:
    """Of one that is to be brought back, older than all accounts of the new one; or somebody writes them now."""
    with studio.database.transaction() as session:
        session.get_one(Account, owner_id).created_at = since
    key = put(studio, "users/gone/assets/a.jpg", old=since.year > 2020)
    sweep(studio)
    assert kept(studio) == {key}


@pytest.mark.parametrize(
    ("state", "days", "stays"),
    [("queued", 0, True), ("running", 0, True), ("error", 0.1, True), ("canceled", 5, False), ("done", 0, False)],
)
def test_work_is_kept_while_it_may_go_on(studio: Studio, owner_id: str, state: str, days: float, stays: bool) -> None:
    job_id = job(studio, owner_id, state, days=days)
    with studio.database.transaction() as session:
        session.add(Render(id="r", owner_id=owner_id, job_id=job_id, name="r", document={}, options={}))
    folder = work_folder(studio.settings, "r")
    (folder / ".video.mp4.rendering").mkdir(parents=True)
    orphan = work_folder(studio.settings, "deleted")
    orphan.mkdir()
    sweep(studio)
    assert folder.exists() == stays and not orphan.exists()


def test_rows_go_with_what_they_stood_for(studio: Studio, owner_id: str) -> None:
    orphan, running = job(studio, owner_id, "done", days=3), job(studio, owner_id, "running")
    with studio.database.transaction() as session:
        session.add(Project(id="p", owner_id=owner_id, name="p", document={}))
        session.flush()
        for name, days in (("old", 9), ("new", 1)):
            made = Job(owner_id=owner_id, kind="preview", lane="quick", payload={}, state="done", finished_at=now())
            session.add(made)
            session.flush()
            then = now() - timedelta(days=days)
            session.add(
                Preview(
                    id=name,
                    owner_id=owner_id,
                    project_id="p",
                    job_id=made.id,
                    revision=1,
                    digest="d",
                    document={},
                    created_at=then,
                )
            )
    sweep(studio)
    with studio.database.session() as session:
        assert list(session.scalars(select(Preview.id))) == ["new"]
        jobs = set(session.scalars(select(Job.id)))
    assert running in jobs and orphan not in jobs
