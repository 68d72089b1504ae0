"""Jobs that were not done, told to whoever waits for them."""

from __future__ import annotations

from typing import Any

from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.plain_words import in_plain_words
from phonoscope.studio.problems import Problem

OUR_FAULT = frozenset({"went-wrong", "crashed", "environment", "output", "disk-full", "missing", "internal"})
"""Kinds of error that another request does not mend."""

MEMBERS = frozenset({"type", "status", "kind", "title", "detail", "remedy"})
"""What every problem has."""


def problem_of_job(job: Job | None, what: str) -> Problem:
    """Return why a job has not been done.

    Parameters
    ----------
    what
        What it would have made, for a sentence: ``picture``.
    """
    if job is None or job.state == "canceled":
        return Problem(409, "superseded", f"The {what} is not made any more.", "Ask for it again.")
    if job.state != "error":
        title = f"The {what} takes long; others may come first."
        return Problem(503, "busy", title, "Ask again in a moment.", headers={"Retry-After": "2"})
    return problem_from(job.error or {})


def told_error(job: Job) -> dict[str, Any] | None:
    """Return what went wrong with a job, as a problem; None where nothing did."""
    return problem_from(job.error).members() if job.error else None


def problem_from(error: dict[str, Any]) -> Problem:
    """Return the problem that was kept of a job."""
    kind = str(error.get("kind") or str(error.get("type", "")).rpartition("/")[2] or "went-wrong")
    more = {name: value for name, value in error.items() if name not in MEMBERS and value}
    status = 500 if kind in OUR_FAULT else 422
    title, remedy = (in_plain_words(str(error.get(name, ""))) for name in ("title", "remedy"))
    return Problem(status, kind, title, remedy, **more)
