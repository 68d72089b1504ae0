from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from phonoscope.core.errors import MachineError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database import schema
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.schema import METADATA
from phonoscope.studio.database.upgrade import migrations, upgrade


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'studio.db'}")
    yield database
    database.close()


@pytest.fixture
def postgres(postgres_url: str) -> Iterator[Database]:
    database = Database(postgres_url)
    with database.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database of each kind."""
    database: Database = request.getfixturevalue(request.param)
    return database


def differences(database: Database) -> list[object]:
    """Return what the tables of the code have that the database does not, and the other way round."""
    with database.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_the_migrations_lead_to_the_tables_of_the_code(database: Database) -> None:
    assert differences(database)
    upgrade(database)
    assert differences(database) == []


def test_a_database_that_is_new_enough_stays_as_it_is(database: Database) -> None:
    upgrade(database)
    with database.transaction() as session:
        session.add(Account(name="anna"))
    upgrade(database)
    with database.session() as session:
        assert session.query(Account).one().name == "anna"


def test_the_steps_can_be_taken_back(sqlite: Database) -> None:
    upgrade(sqlite)
    with sqlite.writing.begin() as connection:
        config = migrations()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(sqlite.engine).get_table_names() == ["alembic_version"]


def test_a_database_of_a_newer_version_is_left_alone(sqlite: Database) -> None:
    upgrade(sqlite)
    with sqlite.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(MachineError, match="another version"):
        upgrade(sqlite)


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'no' / 'folder' / 'studio.db'}")
    with pytest.raises(MachineError, match="does not answer"):
        upgrade(database)
    database.close()


def test_every_table_of_the_features_is_gathered() -> None:
    studio = Path(schema.__file__).parents[1]
    features = {path.parent.relative_to(studio).as_posix().replace("/", ".") for path in studio.rglob("tables.py")}
    gathered = set(
        re.findall(r"^import phonoscope\.studio\.([\w.]+)\.tables", Path(schema.__file__).read_text(), re.MULTILINE)
    )
    assert features == gathered
