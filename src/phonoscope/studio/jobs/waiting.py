"""Waiting for a job, in an endpoint."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.failing import problem_of_job
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio

FINISHED = frozenset({"done", "error", "canceled"})

ASK_EVERY_S = 0.5
"""How often to look without having been told: another server's worker may have done the job."""


async def wait_for(studio: Studio, job_id: str, timeout_s: float) -> Job | None:
    """Return a job once it is finished, or as it is when the time is up; None if it is gone."""
    end_s = asyncio.get_running_loop().time() + timeout_s
    with studio.bell.listening(job_id) as heard:
        while True:
            heard.clear()
            job = await run_in_threadpool(_look, studio, job_id)
            left_s = end_s - asyncio.get_running_loop().time()
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
        It cannot be made, or takes longer than anybody waits.
    """
    if job_id is not None:
        job = await wait_for(studio, job_id, timeout_s)
        if job is None or job.state != "done":
            raise problem_of_job(job, what)


def _look(studio: Studio, job_id: str) -> Job | None:
    with studio.database.session() as session:
        return session.get(Job, job_id)
