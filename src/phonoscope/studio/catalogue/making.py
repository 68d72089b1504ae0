"""Pictures and sounds of the catalogue: made by a worker when somebody first asks for one, then kept for everybody."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.making import ask_for_file
from phonoscope.studio.jobs.waiting import wait_until_done
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.sending import SentFile, send_file

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
    job_id = await run_in_threadpool(ask_for_file, studio, owner_id, kind, file.key, payload)
    await wait_until_done(studio, job_id, PATIENCE_S, "file")
    return await run_in_threadpool(send_file, request, studio.store, file)
