"""Endpoints wait for jobs."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from phonoscope.studio.jobs import waiting
from phonoscope.studio.jobs.queue import claim, enqueue, finish
from phonoscope.studio.jobs.waiting import wait_for
from phonoscope.studio.state import Studio
from tests.studio.jobs.conftest import Owner


@pytest.fixture
def job_id(studio: Studio, anna: Owner) -> str:
    """A job that waits."""
    with studio.database.transaction() as session:
        return enqueue(session, owner_id=anna, kind="still", lane="quick", payload={}).id


def do(studio: Studio) -> None:
    """Do the job a little later."""
    time.sleep(0.05)
    taken = claim(studio.database, "quick", "w1")
    assert taken is not None
    finish(studio.database, taken, {"found": 1})


def test_the_time_is_up(studio: Studio, job_id: str) -> None:
    job = asyncio.run(wait_for(studio, job_id, 0.05))
    assert job is not None
    assert job.state == "queued"


def test_a_job_that_is_gone(studio: Studio) -> None:
    assert asyncio.run(wait_for(studio, "nothing", 10)) is None


@pytest.mark.parametrize("rung", [True, False])
def test_whoever_waits_hears_of_the_end(
    studio: Studio, job_id: str, rung: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by the worker through the supervisor, or, by another server's worker, not at all."""
    monkeypatch.setattr(waiting, "ASK_EVERY_S", 30 if rung else 0.05)

    def work() -> None:
        do(studio)
        if rung:
            studio.bell.ring(job_id)

    thread = threading.Thread(target=work)
    thread.start()
    job = asyncio.run(wait_for(studio, job_id, 20))
    thread.join()
    assert job is not None
    assert (job.state, job.result) == ("done", {"found": 1})


def test_others_jobs_wake_nobody(studio: Studio) -> None:
    async def listen() -> None:
        with studio.bell.listening("mine") as heard, studio.bell.listening() as heard_all:
            studio.bell.ring("other")
            await asyncio.wait_for(heard_all.wait(), 1)
            assert not heard.is_set()

    asyncio.run(listen())
    studio.bell.ring("mine")  # nobody listens any more
