"""Workers in processes of their own, and what becomes of jobs when they die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.jobs import memory, waiting
from phonoscope.studio.jobs import supervisor as supervising
from phonoscope.studio.jobs.memory import family, machine_bytes
from phonoscope.studio.jobs.queue import LEASE, cancel
from phonoscope.studio.jobs.supervisor import Supervisor
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from tests.studio.jobs.asking import PATIENCE_S, ask, ended, holder, is_alive, look, times_done, until
from tests.studio.jobs.conftest import Owner, fresh_studio, new_owner
from tests.studio.jobs.fake_server import COMMAND


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One studio for all tests here: starting processes takes long."""
    with fresh_studio(tmp_path_factory.mktemp("studio")) as studio:
        yield studio


@pytest.fixture(scope="module")
def supervisor(studio: Studio) -> Iterator[Supervisor]:
    """Workers that do the jobs of tests."""
    supervisor = Supervisor(studio, COMMAND)
    supervisor.start()
    yield supervisor
    supervisor.stop()


@pytest.fixture(scope="module")
def anna(studio: Studio) -> Owner:
    """Somebody who asks for jobs."""
    return new_owner(studio.database, "anna")


def test_workers_are_woken_and_so_is_whoever_waits(
    studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "ASK_EVERY_S", 2 * PATIENCE_S)
    until(lambda: len(supervisor.workers()) == 4, "all workers are ready")
    for number in range(5):
        began_s = time.monotonic()
        job = ended(studio, ask(studio, anna, "render", "quick", folder=str(tmp_path / str(number)), steps=3))
        assert (job.state, job.result, job.attempt) == ("done", {"attempt": 1}, 1)
        assert time.monotonic() - began_s < PATIENCE_S, "nobody rang"


def test_errors_are_told_in_plain_words(studio: Studio, supervisor: Supervisor, anna: Owner) -> None:
    refused, stumbled = ended(studio, ask(studio, anna, "refuse")), ended(studio, ask(studio, anna, "stumble"))
    expected = {"kind": "photo", "title": "The picture shows no face.", "remedy": "Choose another one.", "path": ""}
    assert (refused.state, refused.error) == ("error", expected)
    assert stumbled.error is not None
    assert (stumbled.state, stumbled.error["kind"]) == ("error", "went-wrong")
    assert "secret" not in str(stumbled.error)
    assert stumbled.id in stumbled.error["remedy"]


def test_a_running_job_is_canceled(studio: Studio, supervisor: Supervisor, anna: Owner) -> None:
    job_id = ask(studio, anna, "wait")
    until(lambda: look(studio.database, job_id).progress > 0, "the job runs")
    asked_s = time.monotonic()
    with studio.database.transaction() as session:
        cancel(session, session.get_one(Job, job_id))
    assert ended(studio, job_id).state == "canceled"
    assert time.monotonic() - asked_s < LEASE.total_seconds() / 3


def test_a_poison_job_ends_with_an_error_and_others_go_on(
    studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path
) -> None:
    poison = ask(studio, anna, "die")
    other = ask(studio, anna, "render", folder=str(tmp_path / "other"), steps=3)
    job = ended(studio, poison)
    assert job.error is not None
    assert (job.state, job.error["kind"], job.crashes) == ("error", "crashed", 3)
    assert ended(studio, other).state == "done"


def test_a_job_that_hangs_is_given_up(
    studio: Studio, supervisor: Supervisor, anna: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(supervising.LIMITS_S, "hang", 0.3)
    job_id = ask(studio, anna, "hang")
    until(lambda: look(studio.database, job_id).state == "running", "the job runs")
    stuck = holder(look(studio.database, job_id))
    job = ended(studio, job_id)
    assert job.error is not None
    assert (job.state, job.error["kind"], job.attempt) == ("error", "too-slow", 1)
    assert not is_alive(stuck)


@pytest.mark.skipif(machine_bytes() is None, reason="this system does not tell how much memory is held")
def test_a_job_that_takes_the_machines_memory_is_stopped_and_others_go_on(
    studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: len(supervisor.workers()) == 4, "all workers are ready")
    monkeypatch.setattr(supervisor, "_most_bytes", 300 << 20)
    swollen = ask(studio, anna, "swell")
    until(lambda: look(studio.database, swollen).state == "running", "the job runs")
    members = list(family(holder(look(studio.database, swollen))))
    other = ask(studio, anna, "render", folder=str(tmp_path / "other"), steps=100)
    job = ended(studio, swollen)
    assert job.error is not None
    assert (job.state, job.error["kind"], job.attempt) == ("error", "too-much-memory", 1)
    assert ended(studio, other).state == "done"
    until(lambda: not any(map(is_alive, members)), "nobody of them lives")


def test_the_smallest_limit_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "meminfo").write_text("MemTotal:        1000 kB\nMemFree: 10 kB\n")
    limits = tmp_path / "none", tmp_path / "max", tmp_path / "limit"
    limits[1].write_text("max\n")
    monkeypatch.setattr(memory, "PROCESSES", tmp_path)
    monkeypatch.setattr(memory, "CONTAINER_LIMITS", limits)
    assert machine_bytes() == 1_024_000
    limits[2].write_text("4096\n")
    assert machine_bytes() == 4096
    (tmp_path / "meminfo").unlink()
    limits[2].unlink()
    assert machine_bytes() is None and memory.held_bytes(1) == 0


def test_no_job_is_run_by_two(studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path) -> None:
    until(lambda: len(supervisor.workers()) == 4, "all workers are ready")
    jobs = [ask(studio, anna, "render", folder=str(tmp_path / str(number)), steps=4) for number in range(20)]
    assert {ended(studio, job_id).state for job_id in jobs} == {"done"}
    assert [times_done(studio.database, job_id) for job_id in jobs] == [1] * 20
    begun = [(tmp_path / str(number) / "begun").read_text().splitlines() for number in range(20)]
    assert [len(lines) for lines in begun] == [1] * 20


def test_two_workers_work_at_once(studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path) -> None:
    both = [ask(studio, anna, "meet", folder=str(tmp_path)) for _ in range(2)]
    assert [ended(studio, job_id).state for job_id in both] == ["done", "done"]


def test_all_write_at_once(studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path) -> None:
    jobs = [ask(studio, anna, "render", folder=str(tmp_path / str(number)), steps=5) for number in range(6)]
    counted = new_owner(studio.database, "counted")

    def count() -> None:
        for _ in range(25):
            with studio.database.transaction() as session:
                account = session.get_one(Account, counted, with_for_update=True)
                account.consent = str(int(account.consent or 0) + 1)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(count) for _ in range(4)]:
            done.result()
    assert {ended(studio, job_id).state for job_id in jobs} == {"done"}
    with studio.database.session() as session:
        assert session.get_one(Account, counted).consent == "100"


def test_a_worker_killed_twenty_times_does_its_job_once(
    studio: Studio, supervisor: Supervisor, anna: Owner, tmp_path: Path
) -> None:
    folder = tmp_path / "job"
    job_id = ask(studio, anna, "render", folder=str(folder), steps=1000)
    furthest = 0.0
    for attempt in range(1, 21):

        def got_on(attempt: int = attempt, furthest: float = furthest) -> bool:
            job = look(studio.database, job_id)
            return job.state == "running" and job.attempt == attempt and job.furthest > furthest

        until(got_on, f"attempt {attempt} gets on")
        job = look(studio.database, job_id)
        furthest = job.furthest
        os.kill(holder(job), signal.SIGKILL)
    for number in range(1000):
        (folder / f"step-{number}").touch()
    job = ended(studio, job_id)
    assert (job.state, job.attempt, job.result) == ("done", 21, {"attempt": 21})
    assert times_done(studio.database, job_id) == 1
