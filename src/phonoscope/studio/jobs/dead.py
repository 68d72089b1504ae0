"""What becomes of the jobs of workers that died, and of those that nobody asks for any more."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from phonoscope.studio.database.base import new_id, now
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs.queue import end_job
from phonoscope.studio.jobs.tables import Job

CRASHES_ALLOWED = 3
"""Workers that may die over a job, one after the other, without its getting any further."""

RENDER_CRASHES_ALLOWED = 30
"""A render takes long, and keeps what is finished: it is worth more tries."""

LONGEST_DELAY_S = 30
KEPT_FOR = timedelta(days=1)
LASTING_KINDS = ("render", "preview")
"""Their jobs go with what they made."""


def release_dead(database: Database, worker: str, error: dict[str, Any] | None = None) -> list[str]:
    """Put back what a worker held that is dead, or end it with an error; returns the jobs."""
    return _release(database, Job.worker == worker, error)


def release_expired(database: Database, held: Collection[str] = ()) -> list[str]:
    """Put back jobs whose workers have said nothing for too long, except those that are known to be in good hands."""
    return _release(database, (Job.lease_until < now()) & Job.id.not_in(held), None)


def release_orphans(database: Database) -> list[str]:
    """Put back what workers held whose processes on this machine have ended."""
    with database.session() as session:
        holders = set(session.scalars(select(Job.worker).where(Job.state == "running")))
    gone = [holder for holder in holders if holder is not None and _is_gone(holder)]
    return _release(database, Job.worker.in_(gone), None) if gone else []


def _is_gone(worker: str) -> bool:
    """Tell whether a worker's process has certainly ended; of those elsewhere, their leases tell."""
    host, _, rest = worker.partition(":")
    process_id = rest.partition(":")[0]
    if os.name != "posix" or host != machine_name() or not process_id.isdigit():
        return False
    try:
        os.kill(int(process_id), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return _is_unburied(process_id)


def _is_unburied(process_id: str) -> bool:
    """Tell whether a process has ended without anybody's asking about it, where the system tells (Linux)."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def worker_name(process_id: int) -> str:
    """Return a name for a worker on this machine, which no other has ever had."""
    return f"{machine_name()}:{process_id}:{new_id()}"


def machine_name() -> str:
    """Return what this machine is called, short enough for the database."""
    return socket.gethostname().replace(":", "-")[:40]


def _release(database: Database, whose: ColumnElement[bool], error: dict[str, Any] | None) -> list[str]:
    lost = select(Job).where(whose, Job.state == "running")
    with database.session() as session:
        if session.scalar(lost.with_only_columns(Job.id).limit(1)) is None:
            return []
    with database.transaction() as session:
        jobs = list(session.scalars(lost.with_for_update(skip_locked=True)))
        for job in jobs:
            _release_one(session, job, error)
        return [job.id for job in jobs]


def _release_one(session: Session, job: Job, error: dict[str, Any] | None) -> None:
    job.crashes += 1
    if job.cancel_asked:
        end_job(session, job, "canceled")
    elif error is not None or job.crashes >= (RENDER_CRASHES_ALLOWED if job.kind == "render" else CRASHES_ALLOWED):
        job.error = error or _given_up(job)
        end_job(session, job, "error")
    else:
        job.state, job.worker, job.lease_until = "queued", None, None
        if job.crashes > 1:
            delay_s = min(0.5 * 2 ** (job.crashes - 2), LONGEST_DELAY_S)
            job.not_before = now() + timedelta(seconds=delay_s)


def _given_up(job: Job) -> dict[str, Any]:
    return {
        "kind": "crashed",
        "title": f"The program that worked on this ended {job.crashes} times without getting any further.",
        "remedy": "Perhaps the memory is too small: try a smaller size. The server's log tells more.",
        "path": "",
    }


def forget_old(database: Database) -> None:
    """Remove finished jobs that nobody asks for any more."""
    old = (Job.finished_at < now() - KEPT_FOR) & Job.kind.not_in(LASTING_KINDS)
    with database.session() as session:
        if session.scalar(select(Job.id).where(old).limit(1)) is None:
            return
    with database.transaction() as session:
        session.execute(delete(Job).where(old))
