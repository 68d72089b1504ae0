"""Texts are spoken for programs: once, and kept for whoever asks the same again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool

from phonoscope.studio.jobs.failing import problem_of_job
from phonoscope.studio.jobs.queue import URGENT, enqueue
from phonoscope.studio.jobs.waiting import wait_for
from phonoscope.studio.state import Studio
from phonoscope.studio.work.caching import job_key, speech_key

PATIENCE_S: Final = 300
"""How long a program waits: 100 000 characters take two minutes."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text that is to be spoken.

    Attributes
    ----------
    voice
        Id of a voice of ours.
    speed
        Factor; what no voice reaches is as near to it as can be.
    format
        One of `MEDIA_TYPES` of `work.speech`.
    """

    text: str
    voice: str
    language: str = ""
    speed: float = 1.0
    format: str = "mp3"


async def spoken(studio: Studio, owner_id: str, speech: Speech) -> str:
    """Return the key of a spoken text, once it has been spoken.

    Raises
    ------
    Problem
        It cannot be spoken, or nobody has come to it.
    """
    key = speech_key(owner_id, asdict(speech), speech.format)
    if await run_in_threadpool(studio.store.size, key) is None:
        job_id = await run_in_threadpool(_ask, studio, owner_id, speech, key)
        job = await wait_for(studio, job_id, PATIENCE_S)
        if job is None or job.state != "done":
            raise problem_of_job(job, "speech")
    return key


def _ask(studio: Studio, owner_id: str, speech: Speech, key: str) -> str:
    with studio.database.transaction() as session:
        job = enqueue(
            session,
            owner_id=owner_id,
            kind="speech",
            lane="quick",
            payload={**asdict(speech), "key": key},
            key=job_key(key),
            priority=URGENT,
            valid=lambda job: studio.store.size(key) is not None,
        )
        job_id = job.id
    studio.wake("quick")
    return job_id
