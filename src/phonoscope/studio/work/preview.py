"""A draft of a project, to be watched within seconds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.previews import telling  # noqa: F401 - so that its events are told here, too
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.storage.keys import preview_key
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.opening import open_document
from phonoscope.studio.work.progress import Progress


def preview(bench: Bench, claim: Claim) -> Done:
    """Make the draft that a job names."""
    from phonoscope.rendering.options import preview_options
    from phonoscope.rendering.render import render_scene

    preview_id = str(claim.payload["preview_id"])
    with bench.database.session() as session:
        draft = session.get(Preview, preview_id)
    if draft is None:
        return Done({})
    read = open_document(bench, claim.owner_id, draft.document)
    with tempfile.TemporaryDirectory(prefix="phonoscope-") as folder:
        film = Path(folder) / "preview.mp4"
        options, progress = preview_options(read.document), Progress(bench.report)
        video = render_scene(read, film, options, progress, backstage=bench.backstage)
        key = preview_key(claim.owner_id, draft.digest)
        bench.store.put(key, film)

    def also(session: Session) -> None:
        made = session.get(Preview, preview_id)
        if made is not None:
            made.file_key, made.duration_s = key, video.duration_s

    return Done({"key": key}, also)
