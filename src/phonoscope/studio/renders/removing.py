"""Renders are removed, with the work that is done for them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from phonoscope.studio.jobs.queue import cancel
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.renders.files import render_folder
from phonoscope.studio.renders.tables import Render


def discard(session: Session, render: Render, job: Job) -> str:
    """Remove a render, locked with its job, stop it if it runs, and return the folder of its files."""
    session.delete(render)
    session.flush()
    if job.state == "running":
        cancel(session, job)
    else:
        session.delete(job)
    return render_folder(render.owner_id, render.id)
