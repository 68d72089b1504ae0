"""A database with owners of jobs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import phonoscope.studio.events.tables
import phonoscope.studio.jobs.tables  # noqa: F401 - so that the tables are known
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.base import Base
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs import telling
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio, open_studio

Owner = str
"""Id of an account."""


@contextmanager
def fresh_studio(folder: Path, workers: int = 2, database_url: str = "") -> Iterator[Studio]:
    """Lend a studio that nobody has used."""
    studio = open_studio(Settings(data_dir=folder, database_url=database_url, quick_workers=1, workers=workers))
    Base.metadata.create_all(studio.database.engine)
    yield studio
    studio.database.close()


def new_owner(database: Database, name: str) -> Owner:
    """Return somebody new."""
    with database.transaction() as session:
        account = Account(name=name)
        session.add(account)
        session.flush()
        return account.id


@pytest.fixture(autouse=True)
def nobody_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """No feature wants to know of the jobs of tests."""
    monkeypatch.setattr(telling, "_TELLERS", {})


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio whose workers nobody has started."""
    with fresh_studio(tmp_path / "data", workers=1) as studio:
        yield studio


@pytest.fixture
def database(studio: Studio) -> Database:
    """Its database."""
    return studio.database


@pytest.fixture
def anna(database: Database) -> Owner:
    """Somebody who asks for jobs."""
    return new_owner(database, "anna")


@pytest.fixture
def ben(database: Database) -> Owner:
    """Somebody else."""
    return new_owner(database, "ben")
