"""What PostgreSQL does in its own way: several write at once, and rows are locked one by one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from phonoscope.studio.database.engine import Database
from phonoscope.studio.events.reading import events_after, newest_id
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.dead import CRASHES_ALLOWED
from phonoscope.studio.state import Studio
from tests.studio.jobs import test_queue as on_sqlite
from tests.studio.jobs.conftest import Owner, fresh_studio, new_owner
from tests.studio.postgres import postgres_server


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio over PostgreSQL, for all tests here."""
    with postgres_server() as url, fresh_studio(tmp_path_factory.mktemp("studio"), database_url=url) as studio:
        yield studio


@pytest.fixture
def anna(database: Database, request: pytest.FixtureRequest) -> Owner:
    """Somebody who asks for jobs in one test."""
    return new_owner(database, f"anna, {request.node.name}")


@pytest.fixture
def ben(database: Database, request: pytest.FixtureRequest) -> Owner:
    """Somebody else."""
    return new_owner(database, f"ben, {request.node.name}")


def test_many_workers_take_each_job_once(database: Database, anna: Owner) -> None:
    on_sqlite.test_many_workers_take_each_job_once(database, anna)


def test_the_same_question_from_many_threads_makes_one_job(database: Database, anna: Owner) -> None:
    on_sqlite.test_the_same_question_from_many_threads_makes_one_job(database, anna)
    on_sqlite.stop(database, on_sqlite.take(database).job_id)


def test_owners_take_turns(database: Database, anna: Owner, ben: Owner) -> None:
    on_sqlite.test_owners_take_turns(database, anna, ben)


def test_a_poison_job_ends_with_an_error(database: Database, anna: Owner) -> None:
    job_id = on_sqlite.ask(database, anna, priority=1)
    for _ in range(CRASHES_ALLOWED):
        on_sqlite.may_begin(database)
        on_sqlite.crash(database, on_sqlite.take(database, "poisoned"))
    assert on_sqlite.look(database, job_id).state == "error"


def test_no_event_is_overlooked(database: Database, anna: Owner) -> None:
    """Whoever reads on from the last number misses none that was begun earlier and kept later."""
    read: list[int] = []

    def add(type: str) -> None:
        for _ in range(30):
            with database.transaction() as session:
                record(session, anna, type, {})

    last = newest_id(database)
    with ThreadPoolExecutor(8) as pool:
        adding = [pool.submit(add, f"render.{number}") for number in range(8)]
        while not all(each.done() for each in adding):
            read += [event.id for event in events_after(database, max(read, default=last))]
    read += [event.id for event in events_after(database, max(read, default=last))]
    assert len(read) == 240
