"""The life of a job: asked for, taken by a worker, done, failed or stopped.

Whoever changes a running job shows its claim. A claim that is no longer the job's, because the worker was taken for
dead and somebody else has it now, changes nothing: so a job is done once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from phonoscope.studio.database.base import now
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.telling import Change, tell
from phonoscope.studio.problems import Problem

LANES = ("stage", "quick", "render")
"""Each has workers of its own, so that what is waited for is not held up: what is on the stage; previews, uploads and
speech; whole videos. It also keeps what the stage's worker remembers of a project in one place."""

LEASE = timedelta(seconds=15)
"""How long a job stays with a worker that says nothing."""

RESULT_KEPT = timedelta(hours=1)
"""How long the same question gets the same answer; shorter than jobs are kept."""

MOST_WAITING = 200
"""Jobs of an account in a lane, where they are limited."""

URGENT = 10
"""Priority of what a person waits for."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A job in the hands of a worker."""

    job_id: str
    owner_id: str
    kind: str
    payload: dict[str, Any]
    attempt: int
    worker: str


def enqueue(
    session: Session,
    *,
    owner_id: str,
    kind: str,
    lane: str,
    payload: dict[str, Any],
    key: str | None = None,
    priority: int = 0,
    valid: Callable[[Job], bool] | None = None,
    limited: bool = False,
) -> Job:
    """Ask for work within a transaction; after it, wake the lane.

    Parameters
    ----------
    key
        What is asked for. A job of the owner with it that waits, runs or was done lately is returned instead.
    valid
        Tells whether what a job found can still be used; its files may have been cleared away.
    limited
        It costs little to ask for and much to do: only so many may wait.

    Raises
    ------
    Problem
        429: it is limited, and as many wait already.
    """
    if key is not None and (known := _known(session, owner_id, kind, key, valid)) is not None:
        if known.state == "queued" and known.priority < priority:
            known.priority = priority
        return known
    if limited:
        _refuse_crowd(session, owner_id, lane)
    job = Job(owner_id=owner_id, kind=kind, lane=lane, payload=payload, key=key, priority=priority)
    try:
        with session.begin_nested():
            session.add(job)
    except IntegrityError:
        # Somebody else asked the same in this very moment.
        known = _known(session, owner_id, kind, key or "", valid)
        if known is None:
            raise
        return known
    tell(session, job, "queued")
    return job


def _refuse_crowd(session: Session, owner_id: str, lane: str) -> None:
    mine = Job.owner_id == owner_id, Job.lane == lane, Job.state.in_(("queued", "running"))
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST_WAITING:
        title = f"{MOST_WAITING} of your jobs wait already."
        raise Problem(429, "too-many-waiting", title, "Wait until some are done, or stop some.", {"Retry-After": "10"})


def _known(session: Session, owner_id: str, kind: str, key: str, valid: Callable[[Job], bool] | None) -> Job | None:
    query = select(Job).where(Job.key == key, Job.owner_id == owner_id, Job.kind == kind)
    unfinished = session.scalar(query.where(Job.state.in_(("queued", "running"))))
    if unfinished is not None:
        return unfinished
    done = query.where(Job.state == "done", Job.finished_at > now() - RESULT_KEPT)
    found = session.scalar(done.order_by(Job.finished_at.desc()).limit(1))
    return found if found is not None and (valid is None or valid(found)) else None


def claim(database: Database, lane: str, worker: str) -> Claim | None:
    """Take the next job of a lane, if there is one: by priority, then in turn between owners, then by age."""
    with database.session() as session:
        if session.scalar(_waiting(lane).with_only_columns(Job.id).limit(1)) is None:
            return None
    with database.transaction() as session:
        job = session.scalar(_next(lane))
        if job is None:
            return None
        first = job.started_at is None
        job.state, job.worker, job.lease_until = "running", worker, now() + LEASE
        # How far an earlier try had come is told until this one knows how much of it was kept.
        job.attempt, job.stage, job.not_before = job.attempt + 1, "", None
        job.started_at = job.started_at or now()
        if first:
            tell(session, job, "started")
        return Claim(job.id, job.owner_id, job.kind, dict(job.payload), job.attempt, worker)


def _waiting(lane: str) -> Select[Job]:
    may_begin = or_(Job.not_before.is_(None), Job.not_before <= now())
    return select(Job).where(Job.lane == lane, Job.state == "queued", may_begin)


def _next(lane: str) -> Select[Job]:
    other = aliased(Job)
    served = select(func.max(other.started_at)).where(other.owner_id == Job.owner_id, other.lane == lane)
    order = (Job.priority.desc(), served.scalar_subquery().asc().nulls_first(), Job.id)
    return _waiting(lane).order_by(*order).limit(1).with_for_update(skip_locked=True)


def heartbeat(database: Database, claim: Claim) -> bool:
    """Keep a job for longer. False: it is to be left, because somebody wants it to stop or it is no longer ours."""
    with database.transaction() as session:
        job = _held(session, claim)
        if job is None:
            return False
        job.lease_until = now() + LEASE
        return not job.cancel_asked


def is_wanted(database: Database, claim: Claim) -> bool:
    """Return what `heartbeat` does, without writing anything."""
    with database.session() as session:
        job = session.scalar(_mine(claim))
        return job is not None and not job.cancel_asked


def report(database: Database, claim: Claim, progress: float, stage: str) -> bool:
    """Write down how far a job has come, and keep it for longer; returns what `heartbeat` does."""
    with database.transaction() as session:
        job = _held(session, claim)
        if job is None or job.cancel_asked:
            return False
        job.lease_until, job.progress, job.stage = now() + LEASE, progress, stage[:200]
        if progress > job.furthest:
            job.furthest, job.crashes = progress, 0
        tell(session, job, "progress")
        return True


def finish(
    database: Database, claim: Claim, result: dict[str, Any], also: Callable[[Session], None] | None = None
) -> bool:
    """Keep what was found, and what `also` writes, together. False: the job was no longer ours, nothing is kept."""
    with database.transaction() as session:
        job = _held(session, claim)
        if job is None:
            return False
        if also is not None:
            also(session)
        job.result, job.progress, job.furthest = result, 1.0, 1.0
        end_job(session, job, "done")
        return True


def fail(database: Database, claim: Claim, error: dict[str, Any]) -> bool:
    """Tell what went wrong: it would go wrong again. False: the job was no longer ours."""
    with database.transaction() as session:
        job = _held(session, claim)
        if job is None:
            return False
        job.error = error
        end_job(session, job, "error")
        return True


def give_back(database: Database, claim: Claim) -> bool:
    """Leave a job: for the next worker, or for good if it was to stop. False: it was no longer ours."""
    with database.transaction() as session:
        job = _held(session, claim)
        if job is None:
            return False
        if job.cancel_asked:
            end_job(session, job, "canceled")
        else:
            job.state, job.worker, job.lease_until = "queued", None, None
        return True


def cancel(session: Session, job: Job) -> None:
    """Stop a job within a transaction: one that waits at once, one that runs as soon as its worker hears of it."""
    locked = session.scalar(
        select(Job).where(Job.id == job.id).with_for_update().execution_options(populate_existing=True)
    )
    if locked is None:
        return
    if locked.state == "queued":
        end_job(session, locked, "canceled")
    elif locked.state == "running":
        # Whoever asks the same from now on wants it done.
        locked.cancel_asked, locked.key = True, None


def _held(session: Session, claim: Claim) -> Job | None:
    """Return the job of a claim, locked; None if it is not this worker's any more."""
    return session.scalar(_mine(claim).with_for_update())


def _mine(claim: Claim) -> Select[Job]:
    return select(Job).where(
        Job.id == claim.job_id, Job.worker == claim.worker, Job.attempt == claim.attempt, Job.state == "running"
    )


def end_job(session: Session, job: Job, state: Change) -> None:
    """Write down how a job ended, within a transaction that has it locked."""
    job.state, job.worker, job.lease_until, job.finished_at = state, None, None, now()
    # The rest of what was asked for is small, and is needed to tell what became of it.
    job.payload = {name: value for name, value in job.payload.items() if name != "document"}
    tell(session, job, state)
