"""Videos are shared, watched by whoever has the link, and not shared any more."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.secrets import new_secret
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.sharing.links import share_url, shared_captions, shared_poster, shared_video
from phonoscope.studio.sharing.watching import POLICY, missing_page, watch_page
from phonoscope.studio.sharing.words import words_for
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(prefix="/api/v1", tags=["renders"], route_class=IdempotentRoute)
public_router = APIRouter(prefix="/s", tags=["sharing"])


class Share(BaseModel):
    """Where anybody may watch a video."""

    share_url: str | None


@router.post("/renders/{render_id}/share", operation_id="share_render")
def share_render(render_id: str, user: User, studio: CurrentStudio, request: Request) -> Share:
    """Let anybody watch a video who has the link."""
    if not studio.settings.sharing:
        remedy = "Whoever runs it can set PHONOSCOPE_SHARING=true."
        raise Problem(403, "sharing-off", "This studio does not share videos.", remedy)
    with studio.database.transaction() as session:
        render = _own(session, user, render_id)
        if shared_video(render) is None:
            raise Problem(409, "nothing-to-share", "There is no video yet.", "Share a finished MP4, WebM, MOV or GIF.")
        render.share_token = render.share_token or new_secret()
    return Share(share_url=share_url(studio.settings, request, render.share_token))


@router.delete("/renders/{render_id}/share", operation_id="unshare_render", status_code=204)
def unshare_render(render_id: str, user: User, studio: CurrentStudio) -> None:
    """Close the link of a video for good: sharing it again makes another one."""
    with studio.database.transaction() as session:
        _own(session, user, render_id).share_token = None


@public_router.get(
    "/{token}",
    operation_id="watch_shared",
    response_class=HTMLResponse,
    responses={404: {"description": "A page that says so.", "content": {"text/html": {}}}},
)
def watch_shared(token: str, studio: CurrentStudio, session: Db, request: Request) -> HTMLResponse:
    """Show a shared video, in a language that the browser asks for."""
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    words = words_for(request.headers.get("accept-language", ""))
    render = _shared(studio, session, token)
    if render is None:
        return HTMLResponse(missing_page(words), 404, headers)
    return HTMLResponse(watch_page(render, share_url(studio.settings, request, token) or "", words), 200, headers)


@file_route(public_router, "/{token}/{name}", operation_id="get_shared_file")
def get_shared_file(
    token: str,
    name: str,
    studio: CurrentStudio,
    session: Db,
    request: Request,
    download: Annotated[bool, Query(description="To be saved, not shown.")] = False,
) -> Response:
    """Send the video of a shared render, its captions, or the picture before it."""
    render = _shared(studio, session, token)
    if render is not None:
        for file in (shared_video(render), shared_captions(render), shared_poster(render)):
            if file is not None and file.name == name:
                saved_as = f"{render.name}.{name.rpartition('.')[2]}"
                return send_file(request, studio.store, SentFile(file.key, file.media_type, saved_as, download))
    raise not_found("video")


def _own(session: Session, user: Account, render_id: str) -> Render:
    mine = select(Render).where(Render.id == render_id, Render.owner_id == user.id)
    render = session.scalar(mine.with_for_update())
    if render is None:
        raise not_found("render")
    return render


def _shared(studio: Studio, session: Session, token: str) -> Render | None:
    if not studio.settings.sharing:
        return None
    return session.scalar(select(Render).where(Render.share_token == token))
