"""Requests about renders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.limits import limit_creates
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page, newest_first
from phonoscope.studio.problems import ProblemDetails, not_found
from phonoscope.studio.renders import asking, models
from phonoscope.studio.renders.reading import find_render, told, told_with
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.renders.telling import tell_render  # noqa: F401 - so that its events are told here, too
from phonoscope.studio.sharing.links import share_url
from phonoscope.studio.state import CurrentStudio, Db
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(prefix="/api/v1", tags=["renders"], route_class=IdempotentRoute)

Responses = Mapping[int | str, dict[str, Any]]
_MISSING: Responses = {404: {"model": ProblemDetails}}
_REFUSED: Responses = {**_MISSING, 403: {"model": ProblemDetails}, 422: {"model": ProblemDetails}}
_OVER: Responses = {**_MISSING, 409: {"model": ProblemDetails}}


@router.post(
    "/renders",
    operation_id="create_render",
    status_code=202,
    responses={**_REFUSED},
    dependencies=[Depends(limit_creates)],
)
def create(
    wanted: models.RenderRequest, user: User, session: Db, studio: CurrentStudio, request: Request
) -> models.Render:
    """Make a video, of a project as it is now or of a document; it goes on when nobody watches."""
    return _answer(studio, request, user.id, asking.ask_for(studio, session, user, wanted))


@router.get("/renders", operation_id="list_renders")
def list_renders(
    user: User,
    session: Db,
    studio: CurrentStudio,
    request: Request,
    project_id: Annotated[str | None, Query(max_length=26, description="Only those of this project.")] = None,
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Page[models.Render]:
    """List the renders, the newest first."""
    query = select(Render).where(Render.owner_id == user.id).options(defer(Render.document))
    if project_id is not None:
        query = query.where(Render.project_id == project_id)
    rows, following = newest_first(session, query, Render, limit, cursor)
    jobs = {job.id: job for job in session.scalars(select(Job).where(Job.id.in_([row.job_id for row in rows])))}
    items = [_shared(studio, request, row, told_with(row, jobs[row.job_id])) for row in rows if row.job_id in jobs]
    return Page(items=items, next_cursor=following)


@router.get("/renders/{render_id}", operation_id="get_render", responses={**_MISSING})
def get_render(render_id: str, user: User, studio: CurrentStudio, request: Request) -> models.Render:
    """Return a render, and how far it has come."""
    return _answer(studio, request, user.id, render_id)


@router.post("/renders/{render_id}/cancel", operation_id="cancel_render", responses={**_OVER})
def cancel(render_id: str, user: User, studio: CurrentStudio, request: Request) -> models.Render:
    """Stop a render: at once if it waits, within a second if it runs."""
    asking.stop(studio, user.id, render_id)
    return _answer(studio, request, user.id, render_id)


@router.post(
    "/renders/{render_id}/retry",
    operation_id="retry_render",
    status_code=202,
    responses={**_OVER},
    dependencies=[Depends(limit_creates)],
)
def retry(render_id: str, user: User, studio: CurrentStudio, request: Request) -> models.Render:
    """Try a render again that went wrong or was stopped: it goes on where it ended."""
    asking.retry(studio, user.id, render_id)
    return _answer(studio, request, user.id, render_id)


@router.patch("/renders/{render_id}", operation_id="rename_render", responses={**_MISSING})
def rename(
    render_id: str, change: models.RenderName, user: User, studio: CurrentStudio, request: Request
) -> models.Render:
    """Give a render another name; its files are saved under it."""
    with studio.database.transaction() as session:
        find_render(session, user.id, render_id, lock=True).name = change.name
    return _answer(studio, request, user.id, render_id)


@router.delete("/renders/{render_id}", operation_id="delete_render", status_code=204, responses={**_MISSING})
def delete(render_id: str, user: User, studio: CurrentStudio) -> None:
    """Delete a render with its files."""
    asking.remove(studio, user.id, render_id)


@file_route(router, "/renders/{render_id}/files/{name}", operation_id="get_render_file", responses={**_MISSING})
def file(
    render_id: str,
    name: str,
    user: User,
    session: Db,
    studio: CurrentStudio,
    request: Request,
    download: Annotated[bool, Query(description="To be saved, not shown.")] = False,
) -> Response:
    """Send a file of a finished render."""
    render = _finished(session, user.id, render_id)
    found = next((each for each in render.files if each["name"] == name), None)
    if found is None:
        raise not_found("file")
    saved_as = f"{render.name}.{name.partition('.')[2]}"
    sent = SentFile(found["key"], found["media_type"], saved_as, download, lasting=True)
    return send_file(request, studio.store, sent)


@file_route(router, "/renders/{render_id}/thumbnail", operation_id="get_render_thumbnail", responses={**_MISSING})
def thumbnail(render_id: str, user: User, session: Db, studio: CurrentStudio, request: Request) -> Response:
    """Send a picture of a finished render."""
    key = _finished(session, user.id, render_id).thumbnail_key
    if key is None:
        raise not_found("picture")
    return send_file(request, studio.store, SentFile(key, "image/webp", "thumbnail.webp", lasting=True))


def _finished(session: Session, owner_id: str, render_id: str) -> Render:
    """Return a render whose files are whole."""
    render = find_render(session, owner_id, render_id)
    if session.get_one(Job, render.job_id).state != "done":
        raise not_found("file")
    return render


def _answer(studio: CurrentStudio, request: Request, owner_id: str, render_id: str) -> models.Render:
    """Tell of a render as it is now."""
    with studio.database.session() as session:
        render = find_render(session, owner_id, render_id)
        return _shared(studio, request, render, told(session, render))


def _shared(studio: CurrentStudio, request: Request, render: Render, told: models.Render) -> models.Render:
    """Add the address at which a render is shared."""
    return told.model_copy(update={"share_url": share_url(studio.settings, request, render.share_token)})
