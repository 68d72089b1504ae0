from __future__ import annotations

import contextlib
import io
import json
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import select

from phonoscope.core.errors import InputError, OutputError, UsageError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.backup import back_up, bring_back
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.upgrade import upgrade
from phonoscope.studio.running.alone import running_alone
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import open_studio

KEY = "users/01/assets/abc.png"


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """Settings of a studio that has a user and a file."""
    studio = open_studio(settings)
    upgrade(studio.database)
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


@pytest.mark.parametrize(
    ("change", "said"),
    [({"database_url": "postgresql+psycopg://db/studio"}, "pg_dump"), ({"storage_url": "s3://bucket"}, "s3://bucket")],
)
def test_what_is_kept_elsewhere_has_its_own_backups(
    filled: Settings, tmp_path: Path, change: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        back_up(filled.model_copy(update=change), tmp_path / "one.tar")
