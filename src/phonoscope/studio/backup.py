"""Everything a studio keeps, in one file, and back.

A backup is a tar archive: ``backup.json`` (``backup.1``: what is in it), ``studio.db`` and the folder ``files``. It
shows one moment, though the studio may run meanwhile: nobody writes to the database while it is copied and all files
are linked; files never change once they are kept. Half-arrived uploads are left out.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url, text

from phonoscope.core.errors import InputError, OutputError, UsageError
from phonoscope.studio.database.engine import Database, told_as_ours
from phonoscope.studio.database.upgrade import upgrade
from phonoscope.studio.running.alone import LOCK_NAME, AlreadyRunning, running_alone
from phonoscope.studio.settings import FILE_NAME, Settings
from phonoscope.version import __version__

SCHEMA = "backup.1"
ABOUT = "backup.json"
DATABASE = "studio.db"
FILES = "files"
_OURS = "Name one that 'studio backup' wrote."

MAY_BE_THERE = frozenset({LOCK_NAME, FILE_NAME})
"""What a folder may hold and still be empty enough."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a backup holds; `bytes` is the size of its files without the database."""

    schema: str
    version: str
    made_at: str
    files: int
    bytes: int


def back_up(settings: Settings, target: Path, overwrite: bool = False) -> Kept:
    """Write a backup, whole or not at all.

    Raises
    ------
    UsageError
        The studio keeps its things elsewhere, or the file exists.
    OutputError
        It cannot be written.
    """
    _check_kept_here(settings)
    if not (settings.data_dir / DATABASE).is_file():
        raise UsageError(f"There is no studio in {settings.data_dir}.", "Name its folder with --data-dir.")
    if target.exists() and not overwrite:
        raise UsageError(f"'{target}' exists.", "Take another name, or replace it with --overwrite.")
    part = target.with_name(f".{target.name}.part")
    try:
        # Beside the files: only there can they be linked instead of copied.
        with told_as_ours(), tempfile.TemporaryDirectory(prefix="backup-", dir=settings.data_dir) as folder:
            kept = _snapshot(settings, Path(folder))
            _write(Path(folder), part)
        part.replace(target)
    except OSError as error:
        raise OutputError(
            f"The backup '{target}' cannot be written: {error.strerror or error}.", "Check folder and space."
        ) from error
    finally:
        with suppress(OSError):  # on a disk that takes nothing, it is not there
            part.unlink(missing_ok=True)
    return kept


def bring_back(settings: Settings, source: Path) -> Kept:
    """Bring back what a backup holds, into an empty data folder; whole or not at all.

    Raises
    ------
    UsageError
        The folder is not empty, or the studio keeps its things elsewhere.
    InputError
        The file is no backup, or not a whole one.
    """
    _check_kept_here(settings, restoring=True)
    try:
        with running_alone(settings):
            found = {path.name for path in settings.data_dir.iterdir()} - MAY_BE_THERE
            if found:
                raise UsageError(
                    f"{settings.data_dir} is not empty: it holds {', '.join(sorted(found)[:5])}.",
                    "Name another folder with --data-dir, or move these away.",
                )
            with tempfile.TemporaryDirectory(prefix="restore-", dir=settings.data_dir) as name:
                kept = _unpack(source, Path(name))
                _check_whole(Path(name), kept, source)
                # The database comes last: without it there is no studio in the folder.
                for part in (FILES, DATABASE):
                    (Path(name) / part).replace(settings.data_dir / part)
    except AlreadyRunning as error:
        raise UsageError(f"A studio runs with {settings.data_dir}.", "Stop it, or name another --data-dir.") from error
    return kept


def _check_kept_here(settings: Settings, restoring: bool = False) -> None:
    """Refuse what one file cannot hold, and tell which commands do it instead.

    Raises
    ------
    UsageError
        Database or files are elsewhere.
    """
    files = f"the bucket {settings.storage_url}" if settings.storage_url else f"the folder {settings.files_dir}"
    if settings.database_url:
        address = _without_password(settings.database_url)
        raise UsageError(
            "The studio's database is elsewhere (database_url), and has its own backups.",
            f"Bring back {files}.   Then run: pg_restore --dbname='{address}' studio.dump"
            if restoring
            else f"Run: pg_dump --format=custom --file=studio.dump '{address}'   Then copy {files}.",
        )
    if settings.storage_url:
        database = settings.data_dir / DATABASE
        raise UsageError(
            f"The studio keeps its files in {files}.",
            f"Stop the studio; then bring back {files}, and the file {database}."
            if restoring
            else f"Stop the studio; then copy the file {database}, and {files}.",
        )


def _without_password(database_url: str) -> str:
    """Return an address of PostgreSQL as its own commands take it; they ask for the password."""
    url = make_url(database_url)
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return plain.render_as_string()


def _snapshot(settings: Settings, folder: Path) -> Kept:
    """Lay the studio as it is at one moment into a folder."""
    database = Database(settings.database)
    try:
        with database.transaction() as session:
            session.execute(text("SELECT 1"))  # begins the transaction: from now on nobody else writes
            _copy_database(settings.data_dir / DATABASE, folder / DATABASE)
            count, size = _link(settings.files_dir, folder / FILES)
    finally:
        database.close()
    kept = Kept(SCHEMA, __version__, datetime.now(UTC).isoformat(timespec="seconds"), count, size)
    (folder / ABOUT).write_text(json.dumps(asdict(kept), indent=2), "utf-8")
    return kept


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as from_here, closing(sqlite3.connect(target)) as to_there:
        from_here.backup(to_there)
        to_there.execute("PRAGMA journal_mode=DELETE")
        for table in ("uploads", "one_time_tokens"):
            to_there.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        to_there.commit()


def _link(source: Path, target: Path) -> tuple[int, int]:
    """Link all files of a folder into another one, or copy them where that cannot be; return how many, how large."""
    count = size = 0
    target.mkdir()
    for path in sorted(source.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except FileNotFoundError:
            continue  # an unfinished one, renamed just now
        except OSError:
            shutil.copyfile(path, place)
        count, size = count + 1, size + place.stat().st_size
    return count, size


def _write(folder: Path, part: Path) -> None:
    with part.open("xb") as file:
        part.chmod(0o600)  # it holds hashes of passwords, and secrets of webhooks
        with tarfile.open(fileobj=file, mode="w") as archive:
            for name in (ABOUT, DATABASE, FILES):
                archive.add(folder / name, name, filter=_nobodys)
        file.flush()
        os.fsync(file.fileno())


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return a member without what only this machine knows: whose files they are. Brought back, they are one user's."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode &= 0o700
    return member


def _unpack(source: Path, folder: Path) -> Kept:
    with _readable(source) as archive:
        archive.extraction_filter = tarfile.data_filter  # nothing outside the folder
        first = archive.next()
        about = archive.extractfile(first) if first is not None and first.name == ABOUT else None
        if about is None:
            raise InputError(f"'{source}' is no backup of a studio.", _OURS)
        kept = Kept(**json.loads(about.read()))
        if kept.schema != SCHEMA:
            raise InputError(f"'{source}' was made by a newer Phonoscope.", "Install the newest version.")
        for member in archive:
            if member.name in (DATABASE, FILES) or member.name.startswith(f"{FILES}/"):
                if not (member.isfile() or member.isdir()):
                    # A link could show whoever downloads it what else the data folder holds.
                    raise InputError(f"'{source}' is no backup of a studio: {member.name} is a link.", _OURS)
                archive.extract(member, folder)
    return kept


@contextmanager
def _readable(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except FileNotFoundError as error:
        raise InputError(f"There is no file '{source}'.", "Check its name.") from error
    except (tarfile.TarError, ValueError, TypeError, EOFError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"'{source}' is no whole backup: {error}.", "Take another copy of it.") from error
    except OSError as error:
        reason = error.strerror or error
        raise OutputError(f"'{source}' cannot be brought back: {reason}.", "Check the disk.") from error


def _check_whole(folder: Path, kept: Kept, source: Path) -> None:
    files = [path for path in (folder / FILES).rglob("*") if path.is_file()] if (folder / FILES).is_dir() else []
    whole = (len(files), sum(path.stat().st_size for path in files)) == (kept.files, kept.bytes)
    if not whole or not (folder / DATABASE).is_file() or not _is_sound(folder / DATABASE):
        raise InputError(f"'{source}' is no whole backup: something is missing.", "Take another copy of it.")
    database = Database(f"sqlite:///{folder / DATABASE}")
    try:
        upgrade(database)
    finally:
        database.close()


def _is_sound(database: Path) -> bool:
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
