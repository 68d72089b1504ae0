"""Stills, timelines and drafts are asked for, unless they are there already."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.scene.document.reading import NO_VALUES
from phonoscope.scene.document.variables import fill_in
from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.database.base import new_id
from phonoscope.studio.documents.checking import refuse_faults, uploaded_hashes
from phonoscope.studio.documents.digest import document_digest
from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.queue import URGENT, cancel, enqueue
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.previews.telling import told_with
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import beside, job_key, still_key, timeline_key

STILL_PRIORITY = URGENT + 1
"""Whoever changes something waits for the still; it takes a fraction of a second, and the rest comes after it."""

LONG_SCRIPT = 5_000
"""Characters: what is longer is spoken for many seconds, and done beside the drafts, so that nobody else's stage stands
still meanwhile."""

LONG_SOUND_S = 300
"""The same for a recorded voice, which is listened to."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for.

    Attributes
    ----------
    key
        Where the storage will have it.
    job_id
        The job to be waited for; None where it is there already.
    """

    key: str
    job_id: str | None


def ask_still(studio: Studio, session: Session, owner_id: str, project_id: str, at: tuple[float, int]) -> Asked:
    """Ask for a still of a project as it is now.

    Parameters
    ----------
    at
        When, in seconds, and how many pixels wide.

    Raises
    ------
    Problem
        404: no such project; 422: it cannot be drawn.
    """
    project, digest = _document(studio, session, owner_id, project_id)
    time_s, width = at
    key = still_key(owner_id, digest, time_s, width)
    if _is_there(studio, beside(key, "json")):
        return Asked(key, None)
    payload = {"time_s": time_s, "width": width, **_payload(project, digest, key)}
    session.close()
    return _ask(studio, project, "still", payload, STILL_PRIORITY)


def ask_timeline(studio: Studio, session: Session, owner_id: str, project_id: str) -> Asked:
    """Ask for the timeline of a project as it is now.

    Raises
    ------
    Problem
        As `ask_still`.
    """
    project, digest = _document(studio, session, owner_id, project_id)
    key = timeline_key(owner_id, digest)
    if _is_there(studio, key):
        return Asked(key, None)
    session.close()
    return _ask(studio, project, "timeline", _payload(project, digest, key), URGENT)


def ask_preview(studio: Studio, session: Session, owner_id: str, project_id: str) -> str:
    """Ask for a draft of a project as it is now, and return its id; drafts of earlier revisions are given up.

    Raises
    ------
    Problem
        As `ask_still`.
    """
    project, digest = _document(studio, session, owner_id, project_id)
    session.close()
    with studio.database.transaction() as writing:
        find_own(writing, Project, owner_id, project_id, lock=True)
        found = _preview_of(studio, writing, project, digest)
        if found is not None:
            return found.id
        _give_up(writing, project, digest, "preview")
        preview = Preview(
            id=new_id(),
            owner_id=owner_id,
            project_id=project_id,
            revision=project.revision,
            digest=digest,
            document=project.document,
        )
        payload = {"preview_id": preview.id, "project_id": project_id, "digest": digest}
        job = enqueue(writing, owner_id=owner_id, kind="preview", lane="quick", payload=payload, priority=URGENT)
        preview.job_id = job.id
        writing.add(preview)
        writing.flush()
        told = told_with(preview, job).model_dump(mode="json")
        record(writing, owner_id, "preview.queued", told, project_id=project_id)
    studio.wake("quick")
    return preview.id


def read_about(studio: Studio, key: str) -> dict[str, Any]:
    """Return what a worker has written down about a still or a timeline."""
    about: dict[str, Any] = json.loads(studio.store.read(beside(key, "json")))
    return about


def _document(studio: Studio, session: Session, owner_id: str, project_id: str) -> tuple[Project, str]:
    """Return a project whose document can be rendered, and the document's digest."""
    project = find_own(session, Project, owner_id, project_id)
    refuse_faults(session, studio.settings, owner_id, project.document)
    return project, document_digest(studio.store, owner_id, project.document)


def _payload(project: Project, digest: str, key: str) -> dict[str, Any]:
    return {
        "project_id": project.id,
        "revision": project.revision,
        "document": project.document,
        "digest": digest,
        "key": key,
    }


def _ask(studio: Studio, project: Project, kind: str, payload: dict[str, Any], priority: int) -> Asked:
    key = str(payload["key"])
    with studio.database.session() as session:
        lane = _lane_of(session, project)
    with studio.database.transaction() as writing:
        _give_up(writing, project, payload["digest"], kind)
        job = enqueue(
            writing,
            owner_id=project.owner_id,
            kind=kind,
            lane=lane,
            payload=payload,
            key=job_key(key),
            priority=priority,
            valid=lambda done: _is_there(studio, beside(key, "json")),
            limited=True,
        )
    studio.wake(lane)
    return Asked(key, job.id)


def _lane_of(session: Session, project: Project) -> str:
    """Return whose work it is to draw a project whose document has no faults, with its variables filled in."""
    scenes = fill_in(project.document, NO_VALUES).data["scenes"]
    script_characters = sum(len(scene.get("script") or "") for scene in scenes)
    hashes = uploaded_hashes({"sounds": [scene.get("sound") for scene in scenes]})
    mine = Asset.owner_id == project.owner_id, Asset.sha256.in_(hashes)
    sounds_s = session.scalars(select(Asset.duration_s).where(*mine)).all() if hashes else ()
    is_long = script_characters > LONG_SCRIPT or any((length_s or 0) > LONG_SOUND_S for length_s in sounds_s)
    return "quick" if is_long else "stage"


def _give_up(session: Session, project: Project, digest: str, kind: str) -> None:
    """Let go of what was asked for before the document was changed: nobody looks at it any more."""
    unfinished = Job.state.in_(("queued", "running"))
    mine = select(Job).where(Job.owner_id == project.owner_id, Job.kind == kind, unfinished)
    for job in session.scalars(mine.order_by(Job.id)):  # they are locked one by one, by all in the same order
        if job.payload["project_id"] == project.id and job.payload["digest"] != digest:
            cancel(session, job)


def _preview_of(studio: Studio, session: Session, project: Project, digest: str) -> Preview | None:
    """Return a draft that shows the same, or is about to."""
    same = select(Preview).where(Preview.project_id == project.id, Preview.digest == digest)
    for preview in session.scalars(same.order_by(Preview.id.desc())):
        job = session.get(Job, preview.job_id)
        if job is None or job.cancel_asked or job.state in ("error", "canceled"):
            continue
        if job.state != "done" or (preview.file_key is not None and _is_there(studio, preview.file_key)):
            return preview
    return None


def _is_there(studio: Studio, key: str) -> bool:
    return studio.store.size(key) is not None
