"""Events over HTTP."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.accounts.current import User, offered_secrets
from phonoscope.studio.events.stream import EventStream
from phonoscope.studio.events.tables import Interest
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import CurrentStudio, Studio

router = APIRouter(prefix="/api/v1", tags=["events"])

LARGEST_ID = 2**63 - 1

MOST_STREAMS = 400
"""Of an account, which a whole school may share. Each keeps a connection open, and systems allow 1024 at the least."""

EXAMPLE = """retry: 2000
id: 41

id: 42
event: render.progress
data: {"id": "01j…", "project_id": null, "progress": 0.4, "stage": "render", "seconds_left": 12.5}
"""

HeadId = Annotated[
    str, Header(alias="Last-Event-ID", description="The last event that you saw: those after it are sent first.")
]
QueryId = Annotated[int | None, Query(ge=0, le=LARGEST_ID, description="As `Last-Event-ID`, which goes before it.")]
ProjectId = Annotated[str | None, Query(max_length=26, description="Only events of this project.")]
RenderId = Annotated[str | None, Query(max_length=26, description="Only events of this render.")]


@router.get(
    "/events",
    operation_id="listen_to_events",
    response_class=StreamingResponse,
    responses={
        200: {"description": "Server-sent events.", "content": {"text/event-stream": {"example": EXAMPLE}}},
        404: {"description": "There is no such project or render."},
        429: {"description": "There are too many streams already."},
    },
)
async def listen_to_events(
    user: User,
    studio: CurrentStudio,
    request: Request,
    project_id: ProjectId = None,
    render_id: RenderId = None,
    last_event_id: QueryId = None,
    seen: HeadId = "",
) -> StreamingResponse:
    """Listen to what happens to your things, as it happens.

    Types are `render.` and `preview.` with `queued`, `started`, `progress`, `done`, `error` and `canceled`;
    `asset.ready` and `asset.rejected`; `project.updated` and `project.deleted`. The data is the thing itself; of
    progress, how far it is. The stream ends now and then; whoever connects again with the last id misses nothing.
    It also ends when the user logs out, or the key is taken back.
    """
    interest = Interest(user.id, project_id, render_id)
    await run_in_threadpool(_check, studio, interest)
    after_id = int(seen) if re.fullmatch(r"[0-9]{1,18}", seen) else last_event_id
    # Nothing is waited for between this and the stream, or of many at once all would find a place.
    if studio.audience.count(user.id) >= MOST_STREAMS:
        title = f"You listen {MOST_STREAMS} times already."
        raise Problem(429, "too-many-streams", title, "One stream tells of everything.", {"Retry-After": "10"})
    return EventStream(studio, interest, after_id, offered_secrets(request))


def _check(studio: Studio, interest: Interest) -> None:
    """Refuse to tell of what is not there, or somebody else's."""
    with studio.database.session() as session:
        for table, wanted, what in ((Project, interest.project_id, "project"), (Render, interest.render_id, "render")):
            if wanted is not None:
                mine = select(table.id).where(table.id == wanted, table.owner_id == interest.owner_id)
                if session.scalar(mine) is None:
                    raise not_found(what)
