"""Renders are found, and told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.studio.database.base import now
from phonoscope.studio.jobs.failing import told_error
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import not_found
from phonoscope.studio.renders import models
from phonoscope.studio.renders.tables import Render

ENOUGH = 0.02
"""Of the whole has to be done before the time left is guessed."""


def find_render(session: Session, owner_id: str, render_id: str, lock: bool = False) -> Render:
    """Return a render of a user.

    Raises
    ------
    Problem
        404: there is none, or it is somebody else's.
    """
    query = select(Render).where(Render.id == render_id, Render.owner_id == owner_id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(locked if lock else query)
    if found is None:
        raise not_found("render")
    return found


def lock_render(session: Session, owner_id: str, render_id: str) -> tuple[Render, Job]:
    """Return a render and its job, which nobody else changes until the end of the transaction.

    The job is locked first, as workers do it: in another order two could wait for each other.

    Raises
    ------
    Problem
        As `find_render`.
    """
    mine = select(Render.job_id).where(Render.id == render_id, Render.owner_id == owner_id)
    while (job_id := session.scalar(mine)) is not None:
        job = session.get(Job, job_id, with_for_update=True)
        if job is not None:  # else it has just been tried again
            return find_render(session, owner_id, render_id, lock=True), job
    raise not_found("render")


def told(session: Session, render: Render) -> models.Render:
    """Return how a render is told, as its job stands."""
    return told_with(render, session.get_one(Job, render.job_id))


def told_with(render: Render, job: Job) -> models.Render:
    """Return how a render is told whose job is at hand; at which address it is shared, only a request tells."""
    address = f"/api/v1/renders/{render.id}"
    is_done = job.state == "done"
    files = [
        models.RenderFile(
            name=file["name"],
            media_type=file["media_type"],
            bytes=file["bytes"],
            url=f"{address}/files/{file['name']}",
        )
        for file in render.files
        if is_done
    ]
    return models.Render(
        **progress_of(render, job).model_dump(),
        name=render.name,
        state=job.state,
        error=told_error(job),
        options=models.RenderOptionsTold(**render.options),
        created_at=render.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        duration_s=render.duration_s,
        files=files,
        thumbnail_url=f"{address}/thumbnail" if is_done and render.thumbnail_key else None,
        share_url=None,
    )


def progress_of(render: Render, job: Job) -> models.RenderProgress:
    """Return how far a render has come."""
    return models.RenderProgress(
        id=render.id,
        project_id=render.project_id,
        progress=round(job.progress, 4),
        stage=job.stage,
        seconds_left=seconds_left(render, job, now()),
    )


def seconds_left(render: Render, job: Job, moment: datetime) -> float | None:
    """Return a guess from how quickly this try has drawn so far; None while there is nothing to go by."""
    if job.state != "running" or render.drawn_since is None or render.drawn_from is None:
        return None
    drawn = job.progress - render.drawn_from
    if drawn < ENOUGH:
        return None
    passed_s = (moment - render.drawn_since).total_seconds()
    return round(max(0.0, passed_s * (1 - job.progress) / drawn), 1)
