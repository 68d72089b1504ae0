"""Doing one job."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import OperationalError

from phonoscope.core.errors import PhonoscopeError, StoppedError
from phonoscope.studio.jobs.queue import Claim, fail, finish, give_back
from phonoscope.studio.problems import Problem, problem_of
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.holding import Hold

log = logging.getLogger(__name__)

Handler = Callable[[Bench, Claim], Done]
"""Does jobs of a kind. It reports now and then, and lets StoppedError pass."""

RETRIES_S = (0.5, 1.0, 2.0, 4.0, 0.0)
"""Pauses while the database does not answer; within the lease of the job."""


def do(bench: Bench, claim: Claim, handlers: Mapping[str, Handler], hold: Hold | None = None) -> None:
    """Do a job, and write down how it ended."""
    database = bench.database
    hold = hold or Hold(database, claim)
    try:
        with hold:
            done = handlers[claim.kind](replace(bench, report=hold.report), claim)
        _insist(lambda: finish(database, claim, done.result, done.also))
    except StoppedError as error:
        if hold.is_stopped:
            _insist(lambda: give_back(database, claim))
        else:
            _fail(bench, claim, error)
    except Exception as error:
        _fail(bench, claim, error)


def _fail(bench: Bench, claim: Claim, error: Exception) -> None:
    if not isinstance(error, PhonoscopeError | Problem):
        log.error("Job %s (%s) went wrong", claim.job_id, claim.kind, exc_info=error)
    told = describe(error, claim.job_id)
    _insist(lambda: fail(bench.database, claim, told))


def describe(error: Exception, job_id: str) -> dict[str, Any]:
    """Return an error as users are told of it; one that nobody foresaw is told in the log only."""
    if isinstance(error, PhonoscopeError):
        more = {name: value for name, value in problem_of(error).more.items() if name == "errors"}
        return _told(error.kind, error.message, error.remedy, getattr(error, "path", "")) | more
    if isinstance(error, Problem):
        return _told(error.kind, error.title, error.remedy)
    if isinstance(error, MemoryError):
        return _told("too-much-memory", "There is not enough memory.", "Try a smaller size or a smaller file.")
    return _told("went-wrong", "Something went wrong here.", f"Try again. The server's log tells of job {job_id}.")


def _told(kind: str, title: str, remedy: str, path: str = "") -> dict[str, Any]:
    return {"kind": kind, "title": title, "remedy": remedy, "path": path}


def _insist(write: Callable[[], bool]) -> None:
    """Write how a job ended, even if the database is away for a moment."""
    for pause_s in RETRIES_S:
        try:
            write()
        except OperationalError:
            if not pause_s:
                raise
            time.sleep(pause_s)
        else:
            return
