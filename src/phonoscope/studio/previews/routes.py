"""Requests about how a project looks and sounds before it is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.limits import limit_creates
from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.jobs.waiting import wait_until_done
from phonoscope.studio.previews import asking, models
from phonoscope.studio.previews.tables import Preview
from phonoscope.studio.previews.telling import told_with
from phonoscope.studio.problems import ProblemDetails, not_found
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.storage.keys import beside, cached_key, job_key
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(prefix="/api/v1", tags=["previews"], route_class=IdempotentRoute)

STILL_WAIT_S, TIMELINE_WAIT_S = 30.0, 60.0
"""How long an answer may take; a long script is spoken in that time, and waits for little before it."""

Responses = Mapping[int | str, dict[str, Any]]
_MISSING: Responses = {404: {"model": ProblemDetails}}
_REFUSED: Responses = {**_MISSING, **{status: {"model": ProblemDetails} for status in (409, 422, 503)}}

CachedName = Annotated[str, Path(pattern=r"^[0-9a-f]{40}$")]


@router.get("/projects/{project_id}/still", operation_id="get_still", responses={**_REFUSED})
async def get_still(
    project_id: str,
    user: User,
    session: Db,
    studio: CurrentStudio,
    time_s: Annotated[float, Query(ge=0, le=1e5, description="When in the video.")] = 0.0,
    width: Annotated[int, Query(ge=64, le=1920, description="Of the picture, in pixels; at most the video's.")] = 960,
) -> models.Still:
    """Draw a project at a time, as it is now, and tell what is where."""
    asked = await run_in_threadpool(asking.ask_still, studio, session, user.id, project_id, (time_s, width))
    await wait_until_done(studio, asked.job_id, STILL_WAIT_S, "picture")
    about = await run_in_threadpool(asking.read_about, studio, asked.key)
    return models.Still(**about, image_url=f"/api/v1/projects/{project_id}/stills/{job_key(asked.key)}")


@file_route(router, "/projects/{project_id}/stills/{name}.webp", operation_id="get_still_image", responses={**_MISSING})
def get_still_image(
    project_id: str, name: CachedName, user: User, session: Db, studio: CurrentStudio, request: Request
) -> Response:
    """Send a picture that was drawn lately."""
    find_own(session, Project, user.id, project_id)
    sent = SentFile(cached_key(user.id, f"{name}.webp"), "image/webp", "still.webp", lasting=True)
    return send_file(request, studio.store, sent)


@router.get("/projects/{project_id}/timeline", operation_id="get_timeline", responses={**_REFUSED})
async def get_timeline(project_id: str, user: User, session: Db, studio: CurrentStudio) -> models.Timeline:
    """Tell when which word of a project is said, and how it sounds."""
    asked = await run_in_threadpool(asking.ask_timeline, studio, session, user.id, project_id)
    await wait_until_done(studio, asked.job_id, TIMELINE_WAIT_S, "timeline")
    about = await run_in_threadpool(asking.read_about, studio, asked.key)
    address = f"/api/v1/projects/{project_id}/sounds/{job_key(beside(asked.key, 'm4a'))}"
    return models.Timeline(**about, sound_url=address if about["is_heard"] else None)


@file_route(router, "/projects/{project_id}/sounds/{name}.m4a", operation_id="get_sound", responses={**_MISSING})
def get_sound(
    project_id: str, name: CachedName, user: User, session: Db, studio: CurrentStudio, request: Request
) -> Response:
    """Send what is heard in a project, as its timeline tells it."""
    find_own(session, Project, user.id, project_id)
    sent = SentFile(cached_key(user.id, f"{name}.m4a"), "audio/mp4", "sound.m4a", lasting=True)
    return send_file(request, studio.store, sent)


@router.post(
    "/projects/{project_id}/previews",
    operation_id="create_preview",
    status_code=202,
    responses={**_REFUSED},
    dependencies=[Depends(limit_creates)],
)
def create_preview(project_id: str, user: User, session: Db, studio: CurrentStudio) -> models.Preview:
    """Make a draft of a project as it is now; one that shows the same is not made again."""
    return _answer(studio, user.id, asking.ask_preview(studio, session, user.id, project_id))


@router.get("/previews/{preview_id}", operation_id="get_preview", responses={**_MISSING})
def get_preview(preview_id: str, user: User, studio: CurrentStudio) -> models.Preview:
    """Return a draft, and how far it has come."""
    return _answer(studio, user.id, preview_id)


@file_route(router, "/previews/{preview_id}/content", operation_id="get_preview_content", responses={**_MISSING})
def get_preview_content(preview_id: str, user: User, session: Db, studio: CurrentStudio, request: Request) -> Response:
    """Send the video of a draft."""
    preview = find_own(session, Preview, user.id, preview_id)
    if preview.file_key is None:
        raise not_found("file")
    return send_file(request, studio.store, SentFile(preview.file_key, "video/mp4", "preview.mp4", lasting=True))


def _answer(studio: Studio, owner_id: str, preview_id: str) -> models.Preview:
    """Tell of a draft as it is now."""
    with studio.database.session() as session:
        preview = find_own(session, Preview, owner_id, preview_id)
        return told_with(preview, session.get_one(Job, preview.job_id))
