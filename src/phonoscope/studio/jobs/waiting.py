"""Waiting for a job, in an endpoint."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.failing import problem_of_job
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import ending
from phonoscope.studio.state import Studio

FINISHED = frozenset({"done", "error", "canceled"})

ASK_EVERY_S = 0.5
"""How often to look without having been told: another server's worker may have done the job."""


LAST_WAIT_S = 5.0
"""How long anybody waits in all once the server is to end: shorter than it waits for its answers."""


async def wait_for(studio: Studio, job_id: str, timeout_s: float) -> Job | None:
    """Return a job once it is finished, or as it is when the time is up or the server ends; None if it is gone."""
    begun_s = asyncio.get_running_loop().time()
    with studio.bell.listening(job_id) as heard:
        while True:
            heard.clear()
            job = await run_in_threadpool(_look, studio, job_id)
            patience_s = min(timeout_s, LAST_WAIT_S) if studio.bell.is_over else timeout_s
            left_s = begun_s + patience_s - asyncio.get_running_loop().time()
            if job is None or job.state in FINISHED or left_s <= 0:
                return job
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), min(left_s, ASK_EVERY_S))


async def wait_until_done(studio: Studio, job_id: str | None, timeout_s: float, what: str) -> None:
    """Wait until a job has made something.

    Parameters
    ----------
    job_id
        None: it is there already.
    what
        It makes, for a sentence: ``picture``.

    Raises
    ------
    Problem
        It cannot be made, takes longer than anybody waits, or the server ends before.
    """
    if job_id is None:
        return
    job = await wait_for(studio, job_id, timeout_s)
    if studio.bell.is_over and job is not None and job.state not in FINISHED:
        raise ending()
    if job is None or job.state != "done":
        raise problem_of_job(job, what)


def _look(studio: Studio, job_id: str) -> Job | None:
    with studio.database.session() as session:
        return session.get(Job, job_id)
