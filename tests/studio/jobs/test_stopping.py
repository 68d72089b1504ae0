"""What becomes of workers and their jobs when the server ends, politely or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from phonoscope.studio.jobs import supervisor as supervising
from phonoscope.studio.jobs.child import TEMPORARY
from phonoscope.studio.jobs.supervisor import Supervisor
from phonoscope.studio.state import Studio
from tests.studio.jobs.asking import ask, holder, is_alive, look, until
from tests.studio.jobs.conftest import Owner
from tests.studio.jobs.fake_server import COMMAND


def test_stopping_gives_jobs_back(studio: Studio, anna: Owner) -> None:
    supervisor = Supervisor(studio, COMMAND)
    supervisor.start()
    job_id = ask(studio, anna, "wait")
    until(lambda: look(studio.database, job_id).progress > 0, "the job runs")
    worker = holder(look(studio.database, job_id))
    began_s = time.monotonic()
    supervisor.stop()
    job = look(studio.database, job_id)
    assert (job.state, job.crashes, job.attempt) == ("queued", 0, 1)
    assert not is_alive(worker)
    assert time.monotonic() - began_s < supervising.GRACE_S


def test_what_does_not_stop_is_killed(studio: Studio, anna: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "GRACE_S", 0.3)
    supervisor = Supervisor(studio, COMMAND)
    supervisor.start()
    job_id = ask(studio, anna, "hang")
    until(lambda: look(studio.database, job_id).state == "running", "the job runs")
    worker = holder(look(studio.database, job_id))
    supervisor.stop()
    assert look(studio.database, job_id).state == "queued"
    assert not is_alive(worker)
    until(lambda: not list((studio.settings.work_dir / TEMPORARY).iterdir()), "nothing is left of it")


def start_server(folder: Path) -> subprocess.Popen[bytes]:
    """Start a server with workers of its own."""
    return subprocess.Popen([sys.executable, "-m", "tests.studio.jobs.fake_server", str(folder)])


def test_workers_leave_when_the_server_is_killed(studio: Studio, anna: Owner) -> None:
    server = start_server(studio.settings.data_dir)
    job_id = ask(studio, anna, "hang")
    until(lambda: look(studio.database, job_id).state == "running", "the job runs")
    worker = holder(look(studio.database, job_id))
    server.kill()
    server.wait()
    killed_s = time.monotonic()
    until(lambda: not is_alive(worker), "the worker leaves")
    assert time.monotonic() - killed_s < 3.0
    assert look(studio.database, job_id).state == "queued", "even of work that did not notice"


def test_what_a_dead_worker_of_a_dead_server_held_is_taken_at_once(studio: Studio, anna: Owner) -> None:
    server = start_server(studio.settings.data_dir)
    job_id = ask(studio, anna, "wait")
    until(lambda: look(studio.database, job_id).state == "running", "the job runs")
    worker = holder(look(studio.database, job_id))
    os.kill(worker, signal.SIGSTOP)  # so that it cannot give anything back
    server.kill()
    server.wait()
    os.kill(worker, signal.SIGKILL)
    until(lambda: not is_alive(worker), "the worker is dead")
    assert look(studio.database, job_id).state == "running"
    second = Supervisor(studio, COMMAND)
    second.start()
    job = look(studio.database, job_id)
    assert (job.state, job.attempt) in (("queued", 1), ("running", 2)), "nobody waits for the lease to end"
    until(lambda: look(studio.database, job_id).attempt == 2, "the next server goes on")
    second.stop()
