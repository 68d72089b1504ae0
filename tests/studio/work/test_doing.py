"""One job, from its handler's hands into the database."""

from __future__ import annotations

import time

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from phonoscope.core.errors import SceneError, StoppedError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.jobs.queue import Claim, cancel, claim, enqueue
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import not_found
from phonoscope.studio.state import Studio
from phonoscope.studio.work import doing, holding
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.doing import Handler, do
from tests.studio.jobs.conftest import Owner, new_owner


@pytest.fixture
def anna(studio: Studio) -> Owner:
    """Somebody who asks for jobs."""
    return new_owner(studio.database, "anna")


def done_by(studio: Studio, owner: Owner, handler: Handler) -> Job:
    """Return a job after a handler had it."""
    with studio.database.transaction() as session:
        job_id = enqueue(session, owner_id=owner, kind="still", lane="quick", payload={}).id
    taken = claim(studio.database, "quick", "w1")
    assert taken is not None
    do(Bench(studio.settings, studio.database, studio.store), taken, {"still": handler})
    with studio.database.session() as session:
        return session.get_one(Job, job_id)


@pytest.mark.parametrize(
    ("error", "kind", "title", "path"),
    [
        (
            SceneError("No such voice.", "Take another.", "scenes[0].voice"),
            "scene",
            "No such voice.",
            "scenes[0].voice",
        ),
        (not_found("file"), "not-found", "There is no such file.", ""),
        (MemoryError(), "too-much-memory", "There is not enough memory.", ""),
        (ZeroDivisionError("inner"), "went-wrong", "Something went wrong here.", ""),
        (StoppedError("by itself"), "stopped", "by itself", ""),
    ],
)
def test_what_goes_wrong_is_kept(
    studio: Studio, anna: Owner, error: Exception, kind: str, title: str, path: str
) -> None:
    def handler(bench: Bench, taken: Claim) -> Done:
        raise error

    job = done_by(studio, anna, handler)
    assert job.error is not None
    assert job.state == "error"
    assert (job.error["kind"], job.error["title"], job.error["path"]) == (kind, title, path)


def test_what_cannot_be_kept_is_an_error(studio: Studio, anna: Owner) -> None:
    def breaks(session: Session) -> None:
        raise KeyError("the asset was deleted meanwhile")

    assert done_by(studio, anna, lambda bench, taken: Done({}, breaks)).state == "error"


def test_a_database_that_is_away_for_a_moment_loses_nothing(
    studio: Studio, anna: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "RETRIES_S", (0.0001, 0.0001, 0.0))
    tries = []

    def also(session: Session) -> None:
        tries.append(session)
        if len(tries) < 3:
            raise OperationalError("INSERT", {}, Exception("the connection is closed"))
        session.add(Account(name="kept"))

    assert done_by(studio, anna, lambda bench, taken: Done({}, also)).state == "done"


def test_progress_is_written_and_a_job_to_be_canceled_is_left(
    studio: Studio, anna: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holding, "LOOK_EVERY_S", 0.01)

    def handler(bench: Bench, taken: Claim) -> Done:
        seen = 0.0
        while True:
            bench.report(0.5, "drawing")
            time.sleep(0.005)
            with studio.database.session() as session:
                seen = session.get_one(Job, taken.job_id).progress
            if seen == 0.5:
                with studio.database.transaction() as session:
                    cancel(session, session.get_one(Job, taken.job_id))

    job = done_by(studio, anna, handler)
    assert (job.state, job.progress, job.stage) == ("canceled", 0.5, "drawing")


def test_a_job_that_somebody_else_has_is_left(studio: Studio, anna: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "LOOK_EVERY_S", 0.01)

    def handler(bench: Bench, taken: Claim) -> Done:
        with studio.database.transaction() as session:
            session.get_one(Job, taken.job_id).worker = "w2"
        while True:
            bench.report(0.5, "drawing")
            time.sleep(0.005)

    job = done_by(studio, anna, handler)
    assert (job.state, job.worker, job.progress) == ("running", "w2", 0.0)
