from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.schema import METADATA


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'studio.db'}")
    METADATA.create_all(database.engine)
    yield database
    database.close()


def count(database: Database) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as session:
        session.add(Account(name="anna"))
        session.flush()
        session.execute(text("INSERT INTO accounts (id, name, created_at) VALUES ('1', 'anna', '2026-01-01')"))
    assert count(database) == 0


def test_readers_do_not_wait_for_a_writer_and_do_not_see_half_of_it(database: Database) -> None:
    with database.transaction() as session:
        session.add(Account(name="anna"))
        session.flush()
        assert count(database) == 0
    assert count(database) == 1


def test_writers_that_read_first_wait_for_each_other(database: Database) -> None:
    with database.transaction() as session:
        session.add(Account(name="0"))
    failed: list[Exception] = []

    def count_up() -> None:
        try:
            for _ in range(20):
                with database.transaction() as session:
                    account = session.scalars(select(Account)).one()
                    account.name = str(int(account.name) + 1)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with database.session() as session:
        assert session.scalars(select(Account)).one().name == "80"


def test_files_are_written_ahead_and_keys_are_checked(database: Database) -> None:
    with database.session() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


@pytest.mark.skipif(os.name != "posix", reason="Files have no modes there.")
def test_the_files_are_for_their_owner_alone(database: Database, tmp_path: Path) -> None:
    with database.transaction() as session:
        session.add(Account(name="anna"))
    files = list(tmp_path.glob("studio.db*"))
    assert len(files) == 3
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}


def test_what_is_written_is_not_told_when_it_goes_wrong(database: Database) -> None:
    with pytest.raises(IntegrityError) as error, database.transaction() as session:
        session.add_all([Account(name="anna", password_hash="secret"), Account(name="anna", password_hash="secret")])
    assert "secret" not in str(error.value)
