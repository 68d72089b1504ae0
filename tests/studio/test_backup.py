from __future__ import annotations

import contextlib
import io
import json
import shlex
import shutil
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from phonoscope.core.errors import InputError, OutputError, UsageError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.backup import back_up, bring_back
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.upgrade import upgrade
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.running.alone import running_alone
from phonoscope.studio.running.starting import prepare
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio, open_studio
from tests.studio.conftest import Work
from tests.studio.postgres import TOOLS
from tests.studio.storage.fake_s3 import fake_s3
from tests.studio.storage.test_store import point_to

KEY = "users/01/assets/abc.png"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of a studio whose tables came by the steps that a restored one goes on with."""
    studio = open_studio(settings)
    upgrade(studio.database)
    studio.database.close()
    return settings


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """Settings of a studio that has a user and a file."""
    studio = open_studio(settings)
    with studio.database.transaction() as session:
        session.add(Account(name="anna"))
    studio.store.put(KEY, b"picture")
    studio.database.close()
    return settings


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a studio elsewhere, that is not there yet."""
    return settings.model_copy(update={"data_dir": tmp_path / "elsewhere"})


@pytest.fixture
def archive(filled: Settings, tmp_path: Path) -> Path:
    """A backup of the filled studio."""
    back_up(filled, tmp_path / "all.tar")
    return tmp_path / "all.tar"


def names(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(select(Account.name)))


def test_what_was_backed_up_comes_back(archive: Path, empty: Settings) -> None:
    kept = bring_back(empty, archive)
    assert (kept.files, kept.bytes) == (1, 7)
    for path in (empty.data_dir / "studio.db", empty.files_dir / KEY):
        assert path.stat().st_mode & 0o077 == 0
    studio = open_studio(empty)
    assert names(studio.database) == ["anna"]
    assert studio.store.read(KEY) == b"picture"
    studio.database.close()
    assert not list(empty.data_dir.glob("restore-*"))


def test_a_backup_shows_one_moment_of_a_studio_at_work(filled: Settings, empty: Settings, tmp_path: Path) -> None:
    with running_alone(filled):
        studio = open_studio(filled)
        with studio.database.session() as session:  # somebody reads
            session.scalars(select(Account)).all()
            back_up(filled, tmp_path / "one.tar")
        with studio.database.transaction() as writing:
            writing.add(Account(name="ben"))
        studio.store.put("users/01/assets/def.png", b"later")
        studio.database.close()
    assert bring_back(empty, tmp_path / "one.tar").files == 1
    studio = open_studio(empty)
    assert names(studio.database) == ["anna"]
    studio.database.close()


def test_a_backup_is_for_its_owner_alone_and_leaves_nothing_else(archive: Path, filled: Settings) -> None:
    assert archive.stat().st_mode & 0o077 == 0
    assert [path.name for path in archive.parent.glob(".*")] == []
    assert not list(filled.data_dir.glob("backup-*"))


def test_a_file_that_exists_is_replaced_only_by_wish(filled: Settings, archive: Path) -> None:
    with pytest.raises(UsageError, match="exists"):
        back_up(filled, archive)
    assert back_up(filled, archive, overwrite=True).files == 1


def test_a_backup_that_cannot_be_written_leaves_nothing(filled: Settings, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        back_up(filled, tmp_path / "no" / "folder.tar")
    assert not list(filled.data_dir.glob("backup-*"))


def test_a_folder_without_a_studio_is_told(empty: Settings, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no studio"):
        back_up(empty, tmp_path / "one.tar")


def test_nothing_is_written_over_a_studio(archive: Path, filled: Settings) -> None:
    with pytest.raises(UsageError, match="not empty"):
        bring_back(filled, archive)
    with running_alone(filled), pytest.raises(UsageError, match="runs"):
        bring_back(filled, archive)


def changed(archive: Path, target: Path, drop: str = "", added: str = "") -> Path:
    """Write a backup anew without some member, or with other ones."""
    with tarfile.open(archive) as source, tarfile.open(target, "w") as changed:
        for member in source:
            if member.name != drop:
                changed.addfile(member, source.extractfile(member) if member.isfile() else None)
        if added:
            member = tarfile.TarInfo(added)
            member.size = 4
            changed.addfile(member, io.BytesIO(b"evil"))
    return target


@pytest.mark.parametrize("drop", [f"files/{KEY}", "studio.db", "backup.json"])
def test_a_backup_that_lacks_something_is_refused(archive: Path, empty: Settings, tmp_path: Path, drop: str) -> None:
    broken = changed(archive, tmp_path / "broken.tar", drop)
    with pytest.raises(InputError):
        bring_back(empty, broken)
    assert {path.name for path in empty.data_dir.iterdir()} == {"studio.lock"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_backup_that_is_cut_off_is_refused(archive: Path, empty: Settings, tmp_path: Path, share: float) -> None:
    whole = archive.read_bytes()
    (tmp_path / "cut.tar").write_bytes(whole[: int(len(whole.rstrip(b"\0")) * share)])
    with pytest.raises(InputError):
        bring_back(empty, tmp_path / "cut.tar")
    assert {path.name for path in empty.data_dir.iterdir()} == {"studio.lock"}


@pytest.mark.parametrize("name", ["files/../../../evil", "{outside}/evil", "evil", "files/../evil"])
def test_a_hostile_backup_writes_nothing_outside(archive: Path, empty: Settings, tmp_path: Path, name: str) -> None:
    hostile = changed(archive, tmp_path / "hostile.tar", added=name.format(outside=tmp_path))
    with contextlib.suppress(InputError):
        bring_back(empty, hostile)
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_backup_with_links_is_refused(archive: Path, empty: Settings, tmp_path: Path, kind: bytes) -> None:
    hostile = tmp_path / "links.tar"
    changed(archive, hostile)
    with tarfile.open(hostile, "a") as added:
        member = tarfile.TarInfo("files/users/01/assets/other.png")
        member.type, member.linkname = kind, "studio.db" if kind == tarfile.LNKTYPE else "../../../../studio.db"
        added.addfile(member)
    with pytest.raises(InputError, match="link"):
        bring_back(empty, hostile)
    assert {path.name for path in empty.data_dir.iterdir()} == {"studio.lock"}


def test_a_backup_of_a_newer_version_is_refused(archive: Path, empty: Settings, tmp_path: Path) -> None:
    with tarfile.open(archive) as source:
        about = source.extractfile("backup.json")
        assert about is not None
        told = json.loads(about.read()) | {"schema": "backup.2"}
    with tarfile.open(tmp_path / "newer.tar", "w") as newer:
        text = json.dumps(told).encode()
        member = tarfile.TarInfo("backup.json")
        member.size = len(text)
        newer.addfile(member, io.BytesIO(text))
    with pytest.raises(InputError, match="newer"):
        bring_back(empty, tmp_path / "newer.tar")


def told_how(settings: Settings, restoring: bool) -> str:
    """Return what is said to do instead."""
    with pytest.raises(UsageError) as told:
        if restoring:
            bring_back(settings, settings.data_dir / "one.tar")
        else:
            back_up(settings, settings.data_dir / "one.tar")
    return told.value.remedy


@pytest.mark.parametrize("restoring", [False, True])
def test_files_that_are_elsewhere_have_their_own_backups(filled: Settings, restoring: bool) -> None:
    said = told_how(filled.model_copy(update={"storage_url": "s3://bucket/mine"}), restoring)
    assert "s3://bucket/mine" in said and str(filled.data_dir / "studio.db") in said


def test_what_lies_in_a_bucket_is_brought_back_as_it_is_told(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_s3() as (address, kept):
        point_to(address, monkeypatch)
        there = settings.model_copy(update={"storage_url": "s3://bucket/mine"})
        with running_alone(there):
            prepare(there)
        studio = open_studio(there)
        studio.store.put(KEY, b"picture")
        studio.database.close()
        assert list(kept) == [f"mine/{KEY}"]
        elsewhere = there.model_copy(update={"data_dir": tmp_path / "elsewhere"})
        elsewhere.data_dir.mkdir()
        shutil.copy(there.data_dir / "studio.db", elsewhere.data_dir)
        studio = open_studio(elsewhere)
        assert names(studio.database) == ["local"]
        assert studio.store.read(KEY) == b"picture"
        studio.database.close()


def test_a_database_that_is_elsewhere_is_brought_back_by_the_commands_that_are_told(
    settings: Settings, postgres_url: str, tmp_path: Path
) -> None:
    server = Database(postgres_url)
    with server.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in ("before", "after"):
            connection.execute(text(f"CREATE DATABASE {name}"))
    server.close()
    before, after = (
        settings.model_copy(update={"database_url": postgres_url.replace("/postgres?", f"/{name}?")})
        for name in ("before", "after")
    )
    prepare(before)
    run_told(told_how(before, restoring=False), tmp_path)
    run_told(told_how(after, restoring=True), tmp_path)
    prepare(after)
    database = Database(after.database)
    assert names(database) == ["local"]
    database.close()


def run_told(remedy: str, folder: Path) -> None:
    """Run the command that a message names."""
    tool, *arguments = shlex.split(remedy.partition("un: ")[2].partition("   ")[0])
    subprocess.run([TOOLS[-1] / tool, *arguments], check=True, cwd=folder)


def test_passwords_are_not_told(settings: Settings) -> None:
    url = "postgresql+psycopg://anna:hunter2@db:5432/studio?sslmode=require"
    for restoring in (False, True):
        said = told_how(settings.model_copy(update={"database_url": url}), restoring)
        assert "'postgresql://anna@db:5432/studio?sslmode=require'" in said
        assert str(settings.files_dir) in said


def test_backups_that_are_made_while_videos_are_have_what_they_tell_of(
    studio: Studio, client: TestClient, work: Work, tmp_path: Path
) -> None:
    scene = {"background": "#336699", "duration_s": 0.5}
    document = {"schema": "scene.1", "canvas": {"width": 256, "height": 144, "fps": 10}, "scenes": [scene]}
    for _ in range(3):
        assert client.post("/api/v1/renders", json={"document": document, "format": "mp4"}).status_code == 202
    archives: list[Path] = []
    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work, "render")
        while not working.done() or not archives:
            archives.append(tmp_path / f"{len(archives)}.tar")
            back_up(studio.settings, archives[-1])
        working.result()
    archives.append(tmp_path / "last.tar")
    back_up(studio.settings, archives[-1])
    done = []
    for archive in (archives[0], archives[len(archives) // 2], archives[-1]):
        elsewhere = studio.settings.model_copy(update={"data_dir": tmp_path / archive.stem})
        bring_back(elsewhere, archive)
        restored = open_studio(elsewhere)
        done.append(whole_videos(restored))
        restored.database.close()
    assert done[0] <= done[1] <= done[2] == 3


def whole_videos(studio: Studio) -> int:
    """Return how many videos are done; each has all of its files, and others will go on."""
    with studio.database.session() as session:
        rows = session.execute(select(Render, Job).join(Job, Job.id == Render.job_id)).all()
        assert len(rows) == 3
        for render, job in rows:
            assert job.state in ("queued", "running", "done")
            assert [studio.store.size(file["key"]) for file in render.files] == [file["bytes"] for file in render.files]
            assert bool(render.files) == (job.state == "done")
        return sum(job.state == "done" for _, job in rows)
