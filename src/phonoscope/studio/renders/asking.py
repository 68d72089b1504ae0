"""Renders are asked for, stopped, tried again and deleted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.accounts.room import refuse_beyond_room
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.base import new_id
from phonoscope.studio.documents.checking import refuse_faults
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.queue import cancel, enqueue
from phonoscope.studio.problems import Problem
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.models import RenderRequest
from phonoscope.studio.renders.reading import lock_render, told_with
from phonoscope.studio.renders.removing import discard
from phonoscope.studio.renders.suitability import refuse_unfitting, refuse_without_consent
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio

UNNAMED = "Untitled video"

UNFINISHED = frozenset({"queued", "running"})
MAY_BE_RETRIED = frozenset({"error", "canceled"})

MOST = 5000
"""Renders of an account, whatever became of them: each may take a megabyte of the database."""


def ask_for(studio: Studio, session: Session, account: Account, request: RenderRequest) -> str:
    """Let a video be made, and return the render's id.

    Parameters
    ----------
    session
        For reading, before anything is written.

    Raises
    ------
    Problem
        404: no such project; 403: consent is needed; 409: there are too many; 413: the account is full; 422: the
        document cannot be rendered so; 429: too many wait already.
    """
    project = find_own(session, Project, account.id, request.project_id) if request.project_id else None
    document = request.document or {} if project is None else project.document
    refuse_faults(session, studio.settings, account.id, document)
    refuse_unfitting(document, request.format, request.preset)
    name = request.name or (_title(document) if project is None else project.name)
    session.close()
    with studio.database.transaction() as writing:
        kept = find_own(writing, Project, account.id, project.id, lock=True) if project is not None else None
        refuse_without_consent(writing, account, document, kept)
        refuse_beyond_room(writing, account.id, studio.settings)
        _refuse_beyond_most(writing, account.id)
        render = Render(
            id=new_id(),
            owner_id=account.id,
            project_id=request.project_id,
            name=name,
            document=document,
            options=_options(request),
        )
        _queue(writing, render)
    studio.wake("render")
    return render.id


def stop(studio: Studio, owner_id: str, render_id: str) -> None:
    """Stop a render; one that is stopped already stays so.

    Raises
    ------
    Problem
        404; 409: it is over.
    """
    with studio.database.transaction() as session:
        _, job = lock_render(session, owner_id, render_id)
        if job.state in UNFINISHED:
            cancel(session, job)
        elif job.state != "canceled":
            raise Problem(409, "render-over", "This render is over.", "Delete it if it is not wanted.")


def retry(studio: Studio, owner_id: str, render_id: str) -> None:
    """Let a render be tried again that went wrong or was stopped; what it has finished is not done again.

    Raises
    ------
    Problem
        404; 409: it waits, runs or is done.
    """
    with studio.database.transaction() as session:
        render, job = lock_render(session, owner_id, render_id)
        if job.state not in MAY_BE_RETRIED:
            title = "This render is done." if job.state == "done" else "This render has not ended yet."
            raise Problem(409, "render-not-over", title, "Only what went wrong or was stopped is tried again.")
        render.drawn_from = render.drawn_since = None
        _queue(session, render, job.progress)
        session.flush()
        session.delete(job)
    studio.wake("render")


def remove(studio: Studio, owner_id: str, render_id: str) -> None:
    """Delete a render with its files, and stop it if it runs.

    Raises
    ------
    Problem
        404.
    """
    with studio.database.transaction() as session:
        folder = discard(session, *lock_render(session, owner_id, render_id))
    studio.store.delete_folder(folder)


def _refuse_beyond_most(session: Session, owner_id: str) -> None:
    if (session.scalar(select(func.count()).where(Render.owner_id == owner_id)) or 0) >= MOST:
        raise Problem(409, "too-many-renders", f"There are {MOST} videos already.", "Delete some first.")


def _queue(session: Session, render: Render, progress: float = 0.0) -> None:
    """Ask for the work, and tell of it once the render is there; an earlier try may have come some way already."""
    payload = {"render_id": render.id}
    job = enqueue(session, owner_id=render.owner_id, kind="render", lane="render", payload=payload, limited=True)
    job.progress, render.job_id = progress, job.id
    session.add(render)
    session.flush()
    data = told_with(render, job).model_dump(mode="json")
    record(session, render.owner_id, "render.queued", data, project_id=render.project_id, render_id=render.id)


def _options(request: RenderRequest) -> dict[str, Any]:
    companions = list(dict.fromkeys(request.companions))
    return request.model_dump(include={"format", "resolution", "preset"}) | {"companions": companions}


def _title(document: dict[str, Any]) -> str:
    title = document.get("title")
    return title.strip()[:200] or UNNAMED if isinstance(title, str) else UNNAMED
