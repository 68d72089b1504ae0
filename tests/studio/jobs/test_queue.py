"""The life of a job in the database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.base import now
from phonoscope.studio.database.engine import Database
from phonoscope.studio.events.tables import Event, record
from phonoscope.studio.jobs import telling
from phonoscope.studio.jobs.dead import CRASHES_ALLOWED, forget_old, release_dead, release_expired
from phonoscope.studio.jobs.queue import (
    Claim,
    cancel,
    claim,
    enqueue,
    fail,
    finish,
    give_back,
    heartbeat,
    report,
)
from phonoscope.studio.jobs.tables import Job
from tests.studio.jobs.conftest import Owner


def ask(database: Database, owner: str, kind: str = "still", **more: Any) -> str:
    """Ask for a job, and return its id."""
    with database.transaction() as session:
        return enqueue(session, owner_id=owner, kind=kind, lane="quick", payload={"time_s": 1.5}, **more).id


def take(database: Database, worker: str = "w1") -> Claim:
    """Take the next job, which must be there."""
    taken = claim(database, "quick", worker)
    assert taken is not None
    return taken


def look(database: Database, job_id: str) -> Job:
    """Return a job as it is."""
    with database.session() as session:
        return session.get_one(Job, job_id)


def stop(database: Database, job_id: str) -> None:
    """Cancel a job."""
    with database.transaction() as session:
        cancel(session, session.get_one(Job, job_id))


def may_begin(database: Database) -> None:
    """Let the delay of all jobs pass."""
    with database.transaction() as session:
        session.execute(update(Job).values(not_before=None))


def crash(database: Database, taken: Claim) -> None:
    """Let the worker die that has a job."""
    assert release_dead(database, taken.worker) == [taken.job_id]


def test_a_job_goes_from_hand_to_hand(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    assert claim(database, "render", "w1") is None
    taken = take(database)
    assert (taken.job_id, taken.owner_id, taken.payload, taken.attempt) == (job_id, anna, {"time_s": 1.5}, 1)
    assert claim(database, "quick", "w2") is None
    assert report(database, taken, 0.5, "drawing")
    half = look(database, job_id)
    assert (half.state, half.progress, half.stage) == ("running", 0.5, "drawing")
    assert finish(database, taken, {"found": 1})
    done = look(database, job_id)
    assert (done.state, done.result, done.progress, done.worker) == ("done", {"found": 1}, 1.0, None)
    assert done.finished_at is not None


def test_the_same_question_is_worked_on_once(database: Database, anna: Owner, ben: Owner) -> None:
    first = ask(database, anna, key="k")
    assert ask(database, anna, key="k") == first
    assert ask(database, anna, key="other") != first
    assert ask(database, ben, key="k") != first
    assert ask(database, anna, key="k", kind="timeline") != first
    assert ask(database, anna) != ask(database, anna)


def test_an_urgent_question_pushes_the_same_one_forward(database: Database, anna: Owner) -> None:
    ask(database, anna)
    asked = ask(database, anna, key="k")
    assert ask(database, anna, key="k", priority=5) == asked
    assert take(database).job_id == asked


def test_a_fresh_result_is_used_again(database: Database, anna: Owner) -> None:
    first = ask(database, anna, key="k")
    finish(database, take(database), {"file": "a"})
    assert ask(database, anna, key="k") == first
    assert ask(database, anna, key="k", valid=lambda job: job.result == {"file": "a"}) == first
    assert ask(database, anna, key="k", valid=lambda job: False) != first


def test_an_old_result_or_a_failure_is_not_used(database: Database, anna: Owner) -> None:
    first = ask(database, anna, key="k")
    finish(database, take(database), {})
    with database.transaction() as session:
        session.execute(update(Job).values(finished_at=now() - timedelta(hours=2)))
    second = ask(database, anna, key="k")
    assert second != first
    assert fail(database, take(database), {"kind": "photo", "title": "No face."})
    assert look(database, second).state == "error"
    assert ask(database, anna, key="k") != second


def test_the_same_question_from_many_threads_makes_one_job(database: Database, anna: Owner) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = {future.result() for future in [pool.submit(ask, database, anna, key="k") for _ in range(32)]}
    assert len(asked) == 1


def test_jobs_come_by_priority_then_by_age(database: Database, anna: Owner) -> None:
    old, young, urgent = ask(database, anna), ask(database, anna), ask(database, anna, priority=10)
    assert [take(database).job_id for _ in range(3)] == [urgent, old, young]


def test_owners_take_turns(database: Database, anna: Owner, ben: Owner) -> None:
    of_anna = [ask(database, anna) for _ in range(3)]
    of_ben = [ask(database, ben) for _ in range(2)]
    assert [take(database).job_id for _ in range(5)] == [of_anna[0], of_ben[0], of_anna[1], of_ben[1], of_anna[2]]


def test_what_belongs_together_is_written_together(database: Database, anna: Owner) -> None:
    ask(database, anna)
    taken = take(database)

    def breaks(session: Session) -> None:
        session.add(Account(name="made by the job"))
        session.flush()
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        finish(database, taken, {}, breaks)
    assert look(database, taken.job_id).state == "running"
    assert finish(database, taken, {}, lambda session: session.add(Account(name="made by the job")))
    with database.session() as session:
        assert session.scalar(select(func.count()).where(Account.name == "made by the job")) == 1


def test_who_lost_a_job_changes_nothing_any_more(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    lost = take(database, "w1")
    release_dead(database, "w1")
    taken = take(database, "w1")
    assert (taken.job_id, taken.attempt) == (job_id, 2)

    def never(session: Session) -> None:
        raise AssertionError("this must not be written")

    assert not finish(database, lost, {}, never)
    assert not fail(database, lost, {})
    assert not give_back(database, lost)
    assert not report(database, lost, 0.9, "")
    assert not heartbeat(database, lost)
    job = look(database, job_id)
    assert (job.state, job.attempt, job.progress) == ("running", 2, 0.0)


def test_a_job_that_waits_is_canceled_at_once(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    stop(database, job_id)
    assert look(database, job_id).state == "canceled"
    assert claim(database, "quick", "w1") is None


def test_a_job_that_runs_is_canceled_by_its_worker(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna, key="k")
    taken = take(database)
    stop(database, job_id)
    assert look(database, job_id).state == "running"
    assert ask(database, anna, key="k") != job_id, "whoever asks again gets an answer"
    assert not heartbeat(database, taken)
    assert not report(database, taken, 0.5, "")
    assert give_back(database, taken)
    assert look(database, job_id).state == "canceled"
    stop(database, job_id)
    assert look(database, job_id).state == "canceled"


def test_a_job_to_be_canceled_is_not_begun_again_after_a_crash(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    take(database)
    stop(database, job_id)
    assert release_dead(database, "w1") == [job_id]
    assert look(database, job_id).state == "canceled"


def test_a_job_given_back_is_taken_at_once_by_another(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    assert give_back(database, take(database))
    again = take(database, "w2")
    assert (again.job_id, again.attempt) == (job_id, 2)
    assert look(database, job_id).crashes == 0


def test_a_poison_job_ends_with_an_error(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    for crashes in range(1, CRASHES_ALLOWED + 1):
        may_begin(database)
        taken = take(database)
        report(database, taken, 0.4, "drawing")
        crash(database, taken)
        assert look(database, job_id).crashes == crashes
    job = look(database, job_id)
    assert job.state == "error"
    assert job.error is not None
    assert job.error["kind"] == "crashed"


def test_a_job_that_gets_on_survives_any_number_of_crashes(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    for step in range(1, 3 * CRASHES_ALLOWED):
        may_begin(database)
        report(database, take(database), step / 100, "drawing")
        release_dead(database, "w1")
    assert look(database, job_id).state == "queued"


def test_the_second_crash_delays_a_job(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    take(database)
    release_dead(database, "w1")
    take(database)
    release_dead(database, "w1")
    delayed = look(database, job_id).not_before
    assert delayed is not None
    assert timedelta(0) < delayed - now() < timedelta(seconds=1)
    assert claim(database, "quick", "w1") is None


def test_a_lease_ends_unless_the_job_is_known_to_be_in_good_hands(database: Database, anna: Owner) -> None:
    job_id = ask(database, anna)
    taken = take(database)
    assert release_expired(database) == []
    with database.transaction() as session:
        session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    assert release_expired(database, [job_id]) == []
    assert heartbeat(database, taken)
    assert release_expired(database) == []
    with database.transaction() as session:
        session.execute(update(Job).values(lease_until=now() - timedelta(seconds=1)))
    assert release_expired(database, ["another"]) == [job_id]
    assert not heartbeat(database, taken)


def test_many_workers_take_each_job_once(database: Database, anna: Owner) -> None:
    asked = [ask(database, anna) for _ in range(40)]

    def work(name: str) -> list[str]:
        done = []
        while (taken := claim(database, "quick", name)) is not None:
            assert report(database, taken, 0.5, "")
            assert finish(database, taken, {"by": name})
            done.append(taken.job_id)
        return done

    with ThreadPoolExecutor(8) as pool:
        done = [job for jobs in pool.map(work, [f"w{number}" for number in range(8)]) for job in jobs]
    assert sorted(done) == asked


def test_what_asked_for_a_job_is_told_what_becomes_of_it(database: Database, anna: Owner) -> None:
    @telling.tells("still")
    def tell_still(session: Session, job: Job, change: telling.Change) -> None:
        record(session, job.owner_id, f"still.{change}", {"progress": job.progress})

    ask(database, anna)
    report(database, take(database), 0.5, "")
    release_dead(database, "w1")
    finish(database, take(database), {})
    stop(database, ask(database, anna))
    ask(database, anna)
    fail(database, take(database), {"kind": "photo"})
    with database.session() as session:
        told = [event.type.removeprefix("still.") for event in session.scalars(select(Event).order_by(Event.id))]
    assert told == ["queued", "started", "progress", "done", "queued", "canceled", "queued", "started", "error"]


def test_old_jobs_are_forgotten(database: Database, anna: Owner) -> None:
    old, render, young = ask(database, anna), ask(database, anna, "render"), ask(database, anna)
    for _ in range(3):
        finish(database, take(database), {})
    waiting = ask(database, anna)
    with database.transaction() as session:
        session.execute(update(Job).where(Job.id.in_((old, render))).values(finished_at=now() - timedelta(days=2)))
    forget_old(database)
    with database.session() as session:
        assert set(session.scalars(select(Job.id))) == {render, young, waiting}


@pytest.mark.parametrize("end", ["done", "error", "canceled"])
def test_the_document_of_a_job_that_has_ended_is_not_kept(database: Database, anna: Owner, end: str) -> None:
    payload = {"document": {"scenes": []}, "project_id": "p"}
    with database.transaction() as session:
        job_id = enqueue(session, owner_id=anna, kind="still", lane="quick", payload=payload).id
    taken = claim(database, "quick", "w1")
    assert taken is not None and taken.payload == payload
    if end == "done":
        finish(database, taken, {})
    elif end == "error":
        fail(database, taken, {"kind": "photo"})
    else:
        with database.transaction() as session:
            cancel(session, session.get_one(Job, job_id))
        give_back(database, taken)
    with database.session() as session:
        job = session.get_one(Job, job_id)
        assert (job.state, job.payload) == (end, {"project_id": "p"})
