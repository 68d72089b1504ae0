"""A still of a document, with what on it can be taken hold of."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from phonoscope.studio.accounts.room import lock_account
from phonoscope.studio.jobs.queue import Claim
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.storage.keys import beside, project_thumbnail_key
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.opening import open_document
from phonoscope.studio.work.progress import Progress
from phonoscope.studio.work.thumbnails import CARD_PX, THUMBNAIL_QUALITY, webp

if TYPE_CHECKING:
    from phonoscope.core.frames import Picture


def still(bench: Bench, claim: Claim) -> Done:
    """Draw a frame of the document that a job holds; a time beyond its end means its last frame."""
    from phonoscope.rendering.options import options_for_width
    from phonoscope.rendering.still import Stills

    told = claim.payload
    read = open_document(bench, claim.owner_id, told["document"])
    options = options_for_width(read.document, int(told["width"]))
    stills = Stills(read, options, Progress(bench.report), backstage=bench.backstage)
    time_s = min(float(told["time_s"]), stills.duration_s)
    picture, boxes = stills.picture(time_s), stills.boxes(time_s)
    width, height = picture.size_px
    about = {"time_s": time_s, "width": width, "height": height, "boxes": [asdict(box) for box in boxes]}
    bench.store.put(told["key"], webp(picture))
    # Last: it tells that the picture is there.
    bench.store.put(beside(told["key"], "json"), json.dumps(about).encode())
    _show_on_card(bench, claim, picture)
    return Done({"key": told["key"]})


def _show_on_card(bench: Bench, claim: Claim, picture: Picture) -> None:
    """Let a project be listed with this picture, while its document is still the one that was drawn.

    Projects with the same document share theirs. Whoever draws one and whoever lets go of one take turns, so that none
    is lost.
    """
    project_id, revision = claim.payload["project_id"], claim.payload["revision"]
    key = project_thumbnail_key(claim.owner_id, claim.payload["digest"])
    with bench.database.session() as session:
        shown = session.get(Project, project_id)
        if shown is None or shown.revision != revision or shown.thumbnail_key == key:
            return
    card = webp(picture, CARD_PX, THUMBNAIL_QUALITY)
    with bench.database.transaction() as session:
        lock_account(session, claim.owner_id)
        project = session.get(Project, project_id, with_for_update=True)
        if project is None or project.revision != revision:
            return
        old, project.thumbnail_key = project.thumbnail_key, key
        session.flush()
        if bench.store.size(key) is None:
            bench.store.put(key, card)
        if old and session.scalar(select(Project.id).where(Project.thumbnail_key == old).limit(1)) is None:
            bench.store.delete(old)
