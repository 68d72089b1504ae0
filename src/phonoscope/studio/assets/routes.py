"""Assets, at /api/v1/assets."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.limits import limit_uploads
from phonoscope.studio.accounts.room import lock_account
from phonoscope.studio.assets import models
from phonoscope.studio.assets.content import Kind
from phonoscope.studio.assets.door import Incoming, announced_bytes, receive, refuse_too_large
from phonoscope.studio.assets.keeping import keep, keep_edited, remove
from phonoscope.studio.assets.marking import MOST_BYTES, delete_marks, put_marks, read_marks
from phonoscope.studio.assets.naming import clean_name
from phonoscope.studio.assets.reading import assets_of, find_asset, told
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.jobs.waiting import wait_for
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page, newest_first
from phonoscope.studio.problems import Problem, not_found
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(prefix="/api/v1", tags=["assets"], route_class=IdempotentRoute)

Wait = Annotated[float, Query(ge=0, le=10, description="How long to wait until it has been looked into.")]
Name = Annotated[str, Query(description="What it is called; shown, and never used as a path.")]

BYTES = {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
MARKS = {"required": True, "content": {"application/json": {"schema": {"type": "object", "title": "Marks (rig.1)"}}}}


@router.post(
    "/assets",
    status_code=201,
    operation_id="create_asset",
    dependencies=[Depends(limit_uploads)],
    openapi_extra={"requestBody": BYTES},
)
async def create_asset(
    request: Request, user: User, session: Db, studio: CurrentStudio, name: Name = "", wait_s: Wait = 0
) -> models.Asset:
    """Upload a file: its bytes are the body. What it is shows in its content; its type and name do not count."""
    session.close()  # the database need not wait for a slow sender
    coming_bytes = announced_bytes(request.headers)
    refuse_too_large(coming_bytes, studio.settings.max_upload_bytes)
    with await run_in_threadpool(Incoming, studio.settings, coming_bytes) as incoming:
        received = await receive(request.stream(), incoming)
        asset = await run_in_threadpool(keep, studio, user.id, received, name)
    return await _looked_into(studio, asset, wait_s)


@router.get("/assets", operation_id="list_assets")
def list_assets(
    user: User,
    session: Db,
    kind: Annotated[Kind | None, Query(description="Only these.")] = None,
    search: Annotated[str, Query(max_length=200, description="Words of the name.")] = "",
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Page[models.Asset]:
    """List what was uploaded, the newest first."""
    rows, following = newest_first(session, assets_of(user.id, kind, search), Asset, limit, cursor)
    return Page(items=[told(asset) for asset in rows], next_cursor=following)


@router.get("/assets/{asset_id}", operation_id="get_asset")
async def get_asset(asset_id: str, user: User, session: Db, studio: CurrentStudio, wait_s: Wait = 0) -> models.Asset:
    """Return what is known of an asset."""
    asset = await run_in_threadpool(find_asset, session, user.id, asset_id)
    await run_in_threadpool(session.close)
    return await _looked_into(studio, asset, wait_s)


@router.patch("/assets/{asset_id}", operation_id="rename_asset")
def rename_asset(asset_id: str, named: models.AssetName, user: User, studio: CurrentStudio) -> models.Asset:
    """Give an asset another name."""
    with studio.database.transaction() as session:
        lock_account(session, user.id)
        asset = find_asset(session, user.id, asset_id)
        asset.name = clean_name(named.name, asset.name)
    return told(asset)


@router.delete("/assets/{asset_id}", status_code=204, operation_id="delete_asset")
def delete_asset(asset_id: str, user: User, session: Db, studio: CurrentStudio) -> None:
    """Delete an asset. Projects that use it tell that it is missing."""
    find_asset(session, user.id, asset_id)
    session.close()
    remove(studio, asset_id, user.id)


@file_route(router, "/assets/{asset_id}/content", operation_id="get_asset_content")
def get_asset_content(asset_id: str, request: Request, user: User, session: Db, studio: CurrentStudio) -> Response:
    """Return the file."""
    asset = find_asset(session, user.id, asset_id)
    if asset.state == "rejected":
        raise not_found("file")
    name = f"{asset.name}.{asset.file_key.partition('.')[2]}" if "." not in asset.name else asset.name
    return send_file(request, studio.store, SentFile(asset.file_key, asset.media_type, name, lasting=True))


@file_route(router, "/assets/{asset_id}/thumbnail", operation_id="get_asset_thumbnail")
def get_asset_thumbnail(asset_id: str, request: Request, user: User, session: Db, studio: CurrentStudio) -> Response:
    """Return a small WebP picture of it."""
    asset = find_asset(session, user.id, asset_id)
    if not asset.thumbnail_key:
        raise not_found("thumbnail")
    return send_file(request, studio.store, SentFile(asset.thumbnail_key, "image/webp", "thumbnail.webp", lasting=True))


@router.post(
    "/assets/{asset_id}/edits",
    status_code=201,
    operation_id="edit_asset",
    dependencies=[Depends(limit_uploads)],
)
async def edit_asset(
    asset_id: str,
    edit: models.PictureEdit,
    user: User,
    session: Db,
    studio: CurrentStudio,
    wait_s: Wait = 10,
) -> models.Asset:
    """Make a new picture of one, straightened and cropped; the old one stays."""
    asset = await run_in_threadpool(_ready_picture, session, user.id, asset_id)
    edited = await run_in_threadpool(keep_edited, studio, asset, edit)
    return await _looked_into(studio, edited, wait_s)


@router.put(
    "/assets/{asset_id}/marks",
    operation_id="put_asset_marks",
    dependencies=[Depends(limit_uploads)],
    openapi_extra={"requestBody": MARKS},
)
async def put_asset_marks(
    asset_id: str, request: Request, user: User, session: Db, studio: CurrentStudio, wait_s: Wait = 10
) -> models.Asset:
    """Set by hand where the faces of a picture are: a document of schema `rig.1`."""
    asset = await run_in_threadpool(_ready_picture, session, user.id, asset_id)
    document = bytearray()
    async for piece in request.stream():
        document += piece
        refuse_too_large(len(document), MOST_BYTES)
    await run_in_threadpool(put_marks, studio, asset, bytes(document))
    return await _looked_into(studio, asset, wait_s, again=True)


@router.get("/assets/{asset_id}/marks", operation_id="get_asset_marks")
def get_asset_marks(asset_id: str, user: User, session: Db, studio: CurrentStudio) -> dict[str, Any]:
    """Return where the faces of a picture were said to be: a document of schema `rig.1`."""
    asset = find_asset(session, user.id, asset_id)
    document: dict[str, Any] = json.loads(read_marks(studio, asset))
    return document


@router.delete(
    "/assets/{asset_id}/marks",
    status_code=204,
    operation_id="delete_asset_marks",
    dependencies=[Depends(limit_uploads)],
)
def delete_asset_marks(asset_id: str, user: User, session: Db, studio: CurrentStudio) -> None:
    """Forget where the faces were said to be: they are looked for again."""
    asset = _ready_picture(session, user.id, asset_id)
    session.close()
    delete_marks(studio, asset)


def _ready_picture(session: Session, owner_id: str, asset_id: str) -> Asset:
    asset = find_asset(session, owner_id, asset_id)
    session.close()
    if asset.kind != "picture" or asset.state != "ready":
        raise Problem(409, "not-ready", "This is no picture that is ready.", "Choose a picture, or wait until it is.")
    return asset


async def _looked_into(studio: Studio, asset: Asset, wait_s: float, again: bool = False) -> models.Asset:
    """Return how an asset is told, once a worker has looked into it or `wait_s` are over."""

    def current() -> Asset:
        with studio.database.session() as session:
            return find_asset(session, asset.owner_id, asset.id)

    if again:
        asset = await run_in_threadpool(current)
    if wait_s and asset.job_id and (asset.state == "checking" or again):
        await wait_for(studio, asset.job_id, wait_s)
        asset = await run_in_threadpool(current)
    return told(asset)
