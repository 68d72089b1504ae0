"""What becomes of drafts is told as events, and in answers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from phonoscope.studio.events.tables import record
from phonoscope.studio.jobs.failing import told_error
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.telling import Change, tells
from phonoscope.studio.previews import models
from phonoscope.studio.previews.tables import Preview


@tells("preview")
def tell_preview(session: Session, job: Job, change: Change) -> None:
    """Add the event of a draft whose job has changed; one that was asked for a moment ago has none yet."""
    preview = session.get(Preview, str(job.payload["preview_id"]))
    if preview is not None:
        told = progress_of(preview, job) if change == "progress" else told_with(preview, job)
        data = told.model_dump(mode="json")
        record(session, preview.owner_id, f"preview.{change}", data, project_id=preview.project_id)


def told_with(preview: Preview, job: Job) -> models.Preview:
    """Return how a draft is told whose job is at hand."""
    is_done = job.state == "done" and preview.file_key is not None
    return models.Preview(
        **progress_of(preview, job).model_dump(),
        revision=preview.revision,
        state=job.state,
        error=told_error(job),
        url=f"/api/v1/previews/{preview.id}/content" if is_done else None,
        duration_s=preview.duration_s,
        created_at=preview.created_at,
    )


def progress_of(preview: Preview, job: Job) -> models.PreviewProgress:
    """Return how far a draft has come."""
    return models.PreviewProgress(id=preview.id, project_id=preview.project_id, progress=round(job.progress, 4))
