"""Pictures and sounds of the catalogue: made by a worker when somebody first asks for one, then kept for everybody."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.failing import problem_of_job
from phonoscope.studio.jobs.queue import enqueue
from phonoscope.studio.jobs.waiting import wait_for
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.sending import SentFile, send_file
from phonoscope.studio.work.caching import job_key

PATIENCE_S: Final = 20.0
"""How long a request waits; whoever asks again after that finds the job further on."""


async def send_made(
    request: Request, studio: Studio, owner_id: str, file: SentFile, kind: str, **payload: Any
) -> Response:
    """Return the answer that sends a file, once a worker has made it.

    Parameters
    ----------
    kind
        Of the job that makes it, whose payload tells it the file's key and `payload`.

    Raises
    ------
    Problem
        What the worker could not do; 503: it takes longer than anybody waits.
    """
    if await run_in_threadpool(studio.store.size, file.key) is None:
        await _make(studio, owner_id, kind, file.key, payload)
    return await run_in_threadpool(send_file, request, studio.store, file)


async def _make(studio: Studio, owner_id: str, kind: str, key: str, payload: dict[str, Any]) -> None:
    job_id = await run_in_threadpool(_ask, studio, owner_id, kind, key, payload)
    job = await wait_for(studio, job_id, PATIENCE_S)
    if job is None or job.state != "done":
        raise problem_of_job(job, "file")


def _ask(studio: Studio, owner_id: str, kind: str, key: str, payload: dict[str, Any]) -> str:
    with studio.database.transaction() as session:
        job = enqueue(
            session,
            owner_id=owner_id,
            kind=kind,
            lane="quick",
            payload={**payload, "key": key},
            key=job_key(key),
            valid=lambda job: studio.store.size(key) is not None,
        )
        job_id = job.id
    studio.wake("quick")
    return job_id
