"""Projects are made, found, changed and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from phonoscope.studio.database.base import now
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.queue import cancel
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.problems import Problem
from phonoscope.studio.projects.models import summary
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.reading import lock_render
from phonoscope.studio.renders.removing import discard
from phonoscope.studio.renders.tables import Render

LONGEST_NAME = 200

MOST = 5000
"""Projects of an account: each may take a megabyte of the database."""


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What nobody names any more: keys of files, and folders of files."""

    files: tuple[str, ...]
    folders: tuple[str, ...]


def create_project(session: Session, owner_id: str, name: str, document: dict[str, Any]) -> Project:
    """Add a project.

    Raises
    ------
    Problem
        409: there are too many.
    """
    if (session.scalar(select(func.count()).where(Project.owner_id == owner_id)) or 0) >= MOST:
        raise Problem(409, "too-many-projects", f"There are {MOST} projects already.", "Delete some first.")
    project = Project(owner_id=owner_id, name=name, document=document)
    session.add(project)
    session.flush()
    tell(session, project)
    return project


def duplicate_project(session: Session, original: Project) -> Project:
    """Add a project like another one; it has no videos yet, and its own consent is given anew."""
    name = f"{original.name[: LONGEST_NAME - 7]} (copy)"
    copy = create_project(session, original.owner_id, name, original.document)
    copy.thumbnail_key = original.thumbnail_key
    return copy


def save_document(session: Session, project: Project, document: dict[str, Any], revision: int | None) -> None:
    """Keep another document.

    Parameters
    ----------
    revision
        What it was made from; None where that does not matter.

    Raises
    ------
    Problem
        409: somebody else has changed it meanwhile.
    """
    seen = project.revision if revision is None else revision
    changed = session.execute(
        update(Project)
        .where(Project.id == project.id, Project.revision == seen)
        .values(document=document, revision=seen + 1, updated_at=now())
        .execution_options(synchronize_session=False)
    )
    session.refresh(project)
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Problem(
            409,
            "revision-conflict",
            f"The project has been changed elsewhere: it is at revision {project.revision} now.",
            "Load it again, and repeat your change.",
            revision=project.revision,
        )
    tell(session, project)


def rename_project(session: Session, project: Project, name: str) -> None:
    """Give a project another name."""
    project.name, project.updated_at = name, now()
    tell(session, project)


def tell(session: Session, project: Project) -> None:
    """Let everybody who listens know how a project is now."""
    told = summary(project).model_dump(mode="json")
    record(session, project.owner_id, "project.updated", told, project_id=project.id)


def delete_project(session: Session, project: Project) -> Leftovers:
    """Remove a project with its videos and drafts, and return what is left of them in the storage."""
    folders = []
    for render_id in session.scalars(select(Render.id).where(Render.project_id == project.id)).all():
        with suppress(Problem):  # it has just been deleted itself
            folders.append(discard(session, *lock_render(session, project.owner_id, render_id)))
    previews = session.scalars(select(Preview).where(Preview.project_id == project.id)).all()
    for job in session.scalars(select(Job).where(Job.id.in_([preview.job_id for preview in previews]))):
        cancel(session, job)
    session.delete(project)
    session.flush()
    record(session, project.owner_id, "project.deleted", {"id": project.id}, project_id=project.id)
    return Leftovers(tuple(_unnamed(session, project, previews)), tuple(folders))


def _unnamed(session: Session, project: Project, previews: Iterable[Preview]) -> Iterator[str]:
    """Yield the keys of pictures and drafts that no copy of the project names: the same document has the same ones."""
    key = project.thumbnail_key
    if key and session.scalar(select(Project.id).where(Project.thumbnail_key == key).limit(1)) is None:
        yield key
    for draft in {preview.file_key for preview in previews if preview.file_key}:
        if session.scalar(select(Preview.id).where(Preview.file_key == draft).limit(1)) is None:
            yield draft
