"""What programs written for D-ID ask: /talks, /images, /audios, /credits, and the videos that they are sent to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.limits import limit_creates, limit_uploads
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.assets.content import Kind
from phonoscope.studio.assets.door import PIECE_BYTES, Incoming, announced_bytes, receive, refuse_no_room
from phonoscope.studio.assets.keeping import keep, remove
from phonoscope.studio.assets.reading import find_asset
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.compat.did.documents import document_of
from phonoscope.studio.compat.did.fetching import asset_at
from phonoscope.studio.compat.did.models import AudioScript, TalkRequest
from phonoscope.studio.compat.did.tables import Talk
from phonoscope.studio.compat.did.telling import DidRoute, opens, told, told_upload
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.outgoing import check_address
from phonoscope.studio.paging import newest_first
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.renders import asking
from phonoscope.studio.renders.models import RenderRequest
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(tags=["D-ID"], route_class=DidRoute)

ENOUGH_CREDITS = 1_000_000
"""There is nobody to pay."""

FILE = {"type": "string", "format": "binary"}


def _form(field: str) -> dict[str, Any]:
    schema = {"type": "object", "properties": {field: FILE}, "required": [field]}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


@router.post("/talks", status_code=201, operation_id="did_create_talk", dependencies=[Depends(limit_creates)])
async def create_talk(asked: TalkRequest, request: Request, user: User, session: Db, studio: CurrentStudio) -> Any:
    """Let somebody talk, as D-ID's clients ask for it."""
    session.close()
    base_url = _base_url(studio, request)
    if asked.webhook:
        check_address(asked.webhook, studio.settings.private_addresses)
    source: Asset | str = asked.source_url
    if not asked.source_url.startswith("avatar:"):
        source = await asset_at(studio, user.id, asked.source_url, base_url, ("picture", "drawing"))
    recording = None
    if isinstance(asked.script, AudioScript):
        recording = await asset_at(studio, user.id, asked.script.audio_url, base_url, ("sound", "video"))
    document = await run_in_threadpool(document_of, asked, source, recording)
    talk = await run_in_threadpool(_begin, studio, user, asked, document, base_url)
    return await run_in_threadpool(_told, studio, user.id, talk.id)


@router.get("/talks/{talk_id}", operation_id="did_get_talk")
def get_talk(talk_id: str, user: User, studio: CurrentStudio) -> Any:
    """Return a talk, as D-ID's clients ask for it; once it is done, with the address of its video."""
    return _told(studio, user.id, talk_id)


@router.get("/talks", operation_id="did_list_talks")
def list_talks(
    user: User,
    session: Db,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
    token: Annotated[str | None, Query(max_length=64, description="Of the page before.")] = None,
) -> dict[str, Any]:
    """List the talks, the newest first."""
    query = select(Talk).where(Talk.owner_id == user.id)
    talks, following = newest_first(session, query, Talk, limit, token)
    listed = [_told_row(session, talk) for talk in talks]
    return {"talks": listed} | ({"token": following} if following else {})


@router.delete("/talks/{talk_id}", operation_id="did_delete_talk")
def delete_talk(talk_id: str, user: User, studio: CurrentStudio) -> Any:
    """Delete a talk with its video, and stop it if it is being made."""
    answer = _told(studio, user.id, talk_id)
    with studio.database.session() as session:
        render_id = _find(session, user.id, talk_id).render_id
    asking.remove(studio, user.id, render_id)
    with studio.database.transaction() as session:
        if (talk := session.get(Talk, talk_id)) is not None:
            session.delete(talk)
    return answer


@router.post(
    "/images",
    status_code=201,
    operation_id="did_create_image",
    dependencies=[Depends(limit_uploads)],
    openapi_extra=_form("image"),
)
async def create_image(request: Request, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Upload a picture, as D-ID's clients do."""
    session.close()
    return await _uploaded(studio, request, user.id, "image", ("picture", "drawing"))


@router.get("/images/{image_id}", operation_id="did_get_image")
def get_image(image_id: str, request: Request, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Return where a picture is."""
    return told_upload(find_asset(session, user.id, image_id.removeprefix("img_")), "img", _base_url(studio, request))


@router.delete("/images/{image_id}", operation_id="did_delete_image")
def delete_image(image_id: str, request: Request, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Delete a picture."""
    return _deleted(studio, session, request, user.id, image_id.removeprefix("img_"), "img")


@router.post(
    "/audios",
    status_code=201,
    operation_id="did_create_audio",
    dependencies=[Depends(limit_uploads)],
    openapi_extra=_form("audio"),
)
async def create_audio(request: Request, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Upload a voice, as D-ID's clients do."""
    session.close()
    return await _uploaded(studio, request, user.id, "audio", ("sound", "video"))


@router.delete("/audios/{audio_id}", operation_id="did_delete_audio")
def delete_audio(audio_id: str, request: Request, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Delete a voice."""
    return _deleted(studio, session, request, user.id, audio_id.removeprefix("aud_"), "aud")


@router.get("/credits", operation_id="did_get_credits")
def get_credits(user: User) -> dict[str, Any]:
    """Tell that there is always enough."""
    amount = {"remaining": ENOUGH_CREDITS, "total": ENOUGH_CREDITS}
    return {"credits": [{"owner_id": user.id, "product_id": "phonoscope", **amount}], **amount}


@file_route(router, "/results/{talk_id}/{expires}/{signature}/{name}", operation_id="did_get_result")
def get_result(
    talk_id: str, expires: int, signature: str, name: str, request: Request, session: Db, studio: CurrentStudio
) -> Response:
    """Send the video of a talk to whoever has its address."""
    talk = session.get(Talk, talk_id)
    if talk is None or not opens(talk, expires, signature):
        raise not_found("video")
    render = session.get_one(Render, talk.render_id)
    found = next((file for file in render.files if file["name"] == name), None)
    if found is None:
        raise not_found("video")
    return send_file(request, studio.store, SentFile(found["key"], found["media_type"], name))


def _begin(studio: Studio, user: Account, asked: TalkRequest, document: dict[str, Any], base_url: str) -> Talk:
    wanted = RenderRequest(document=document, format=asked.config.result_format, name=asked.name or "Talk")
    with studio.database.session() as session:
        render_id = asking.ask_for(studio, session, user, wanted)
    kept = asked.model_dump(mode="json", include={"source_url", "script", "config", "name", "user_data"})
    talk = Talk(owner_id=user.id, render_id=render_id, asked=kept, base_url=base_url, webhook=asked.webhook)
    talk.webhook_state = "waiting" if asked.webhook else "none"
    with studio.database.transaction() as session:
        session.add(talk)
    return talk


def _find(session: Session, owner_id: str, talk_id: str) -> Talk:
    found = session.scalar(select(Talk).where(Talk.id == talk_id, Talk.owner_id == owner_id))
    if found is None:
        raise not_found("talk")
    return found


def _told(studio: Studio, owner_id: str, talk_id: str) -> dict[str, Any]:
    with studio.database.session() as session:
        return _told_row(session, _find(session, owner_id, talk_id))


def _told_row(session: Session, talk: Talk) -> dict[str, Any]:
    render = session.get_one(Render, talk.render_id)
    return told(talk, render, session.get_one(Job, render.job_id))


async def _uploaded(
    studio: Studio, request: Request, owner_id: str, field: str, kinds: tuple[Kind, ...]
) -> dict[str, Any]:
    """Take the file of a form, and wait until a worker has looked into it."""
    base_url = _base_url(studio, request)
    # The framework keeps the file of a form there until it is whole.
    await run_in_threadpool(refuse_no_room, Path(gettempdir()), announced_bytes(request.headers))
    async with request.form(max_files=1, max_fields=10) as form:
        file = form.get(field)
        if not isinstance(file, UploadFile):
            raise Problem(400, "bad-request", f"There is no file in the form's field {field!r}.", "Send one.")
        with await run_in_threadpool(Incoming, studio.settings) as incoming:
            received = await receive(_pieces(file), incoming)
            if received.content.kind not in kinds:
                raise Problem(400, "bad-request", f"The file is a {received.content.kind}.", f"Send an {field}.")
            asset = await run_in_threadpool(keep, studio, owner_id, received, file.filename or "")
    asset = await asset_at(studio, owner_id, asset.id, base_url, kinds)
    return told_upload(asset, "img" if field == "image" else "aud", base_url)


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(PIECE_BYTES):
        yield piece


def _deleted(
    studio: Studio, session: Session, request: Request, owner_id: str, asset_id: str, prefix: str
) -> dict[str, Any]:
    asset = find_asset(session, owner_id, asset_id)
    session.close()
    remove(studio, asset_id, owner_id)
    return told_upload(asset, prefix, _base_url(studio, request))


def _base_url(studio: Studio, request: Request) -> str:
    return (studio.settings.public_url or str(request.base_url)).rstrip("/")
