"""What tests of workers ask for, and how they wait for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs.queue import enqueue
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.waiting import FINISHED, wait_for
from phonoscope.studio.state import Studio

PATIENCE_S = 120.0
"""How long to wait for what other processes do; they start slowly on a machine that has much to do."""


def ask(studio: Studio, owner: str, kind: str, lane: str = "render", **payload: Any) -> str:
    """Ask for a job, wake the workers, and return its id."""
    with studio.database.transaction() as session:
        job_id = enqueue(session, owner_id=owner, kind=kind, lane=lane, payload=payload).id
    studio.wake(lane)
    return job_id


def look(database: Database, job_id: str) -> Job:
    """Return a job as it is."""
    with database.session() as session:
        return session.get_one(Job, job_id)


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that other processes do."""
    end_s = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end_s, f"{what}: not within {PATIENCE_S} s"
        time.sleep(0.01)


def ended(studio: Studio, job_id: str) -> Job:
    """Return a job once it is finished."""
    job = asyncio.run(wait_for(studio, job_id, PATIENCE_S))
    assert job is not None
    assert job.state in FINISHED, f"{job.state} after {PATIENCE_S} s"
    return job


def holder(job: Job) -> int:
    """Return the process that has a job."""
    assert job.worker is not None
    return int(job.worker.split(":")[1])


def times_done(database: Database, job_id: str) -> int:
    """Return how often what belongs to a job's end was written."""
    with database.session() as session:
        return session.scalar(select(func.count()).where(Account.name.startswith(job_id))) or 0


def is_alive(process_id: int) -> bool:
    """Tell whether a process runs; one that has ended and that nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
