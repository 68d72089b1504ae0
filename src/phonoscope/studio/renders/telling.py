"""What becomes of renders is told as events."""

from __future__ import annotations

from sqlalchemy.orm import Session

from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.telling import Change, tells
from phonoscope.studio.renders.reading import progress_of, told_with
from phonoscope.studio.renders.tables import Render


@tells("render")
def tell_render(session: Session, job: Job, change: Change) -> None:
    """Add the event of a render whose job has changed."""
    render = session.get(Render, str(job.payload["render_id"]))
    # A job that was asked for a moment ago has no render yet, and one that was tried again has another job.
    if render is None or render.job_id != job.id:
        return
    told = progress_of(render, job) if change == "progress" else told_with(render, job)
    data = told.model_dump(mode="json")
    record(session, render.owner_id, f"render.{change}", data, project_id=render.project_id, render_id=render.id)
