"""Jobs that were not done, as whoever waits for them is told."""

from __future__ import annotations

from typing import Any

import pytest

from phonoscope.studio.jobs.failing import problem_of_job, told_error
from phonoscope.studio.jobs.tables import Job

FAULT = {"path": "scenes[0]", "message": "It is dark.", "remedy": "Light it."}


def job(state: str, error: dict[str, Any] | None = None) -> Job:
    return Job(state=state, error=error)


@pytest.mark.parametrize(
    ("found", "status", "kind"),
    [
        (None, 409, "superseded"),
        (job("canceled"), 409, "superseded"),
        (job("running"), 503, "busy"),
        (job("error", {"kind": "scene", "title": "Dark.", "remedy": "Light it."}), 422, "scene"),
        (job("error", {"kind": "crashed", "title": "Broke.", "remedy": "Again."}), 500, "crashed"),
        (job("error"), 500, "went-wrong"),
    ],
)
def test_every_end_is_a_problem(found: Job | None, status: int, kind: str) -> None:
    problem = problem_of_job(found, "picture")
    assert (problem.status, problem.kind) == (status, kind)


def test_faults_and_places_are_kept() -> None:
    error = {"kind": "scene", "title": "Dark.", "remedy": "Light it.", "path": "", "errors": [FAULT]}
    told = told_error(job("error", error))
    assert told is not None and told["errors"] == [FAULT] and "path" not in told
    assert (told["type"], told["title"], told["detail"]) == ("/problems/scene", "Dark.", "Dark.")
    assert told_error(job("done")) is None


def test_commands_are_told_as_places_on_the_page() -> None:
    error = {"kind": "photo", "title": "No face.", "remedy": "Use another photo; or mark it: phonoscope mark PHOTO."}
    told = told_error(job("error", error))
    assert told is not None and "phonoscope" not in told["remedy"] and "“Mark the mouth”" in told["remedy"]
