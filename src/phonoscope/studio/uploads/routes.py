"""Uploads that survive a broken connection, at /api/v1/uploads: tus 1.0.0."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.limits import limit_uploads
from phonoscope.studio.problems import Problem
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.uploads.keeping import begin, complete, find_upload, give_up, sweep
from phonoscope.studio.uploads.protocol import (
    CHECKSUMS,
    CONTENT_TYPE,
    EXTENSIONS,
    VERSION,
    TusRoute,
    http_date,
    read_checksum,
    read_length,
    read_name,
)
from phonoscope.studio.uploads.tables import Upload
from phonoscope.studio.uploads.writing import alone, append

router = APIRouter(prefix="/api/v1", tags=["uploads"], route_class=TusRoute)


def _header(name: str, description: str, kind: str = "string", required: bool = False) -> dict[str, object]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": {"type": kind},
    }


RESUMABLE = _header("Tus-Resumable", f"`{VERSION}`", required=True)
OFFSET = _header("Upload-Offset", "How much the server has already.", "integer", required=True)
LENGTH = _header("Upload-Length", "How many bytes will come.", "integer", required=True)
METADATA = _header("Upload-Metadata", "`filename` and its Base64.")
CHECKSUM = _header("Upload-Checksum", "`sha256` and the Base64 of this part's hash.")
BYTES = {"content": {CONTENT_TYPE: {"schema": {"type": "string", "format": "binary"}}}}


@router.options("/uploads", status_code=204, operation_id="describe_uploads")
def describe_uploads(studio: CurrentStudio) -> Response:
    """Tell which parts of tus are spoken."""
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(studio.settings.max_upload_bytes),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }
    return Response(status_code=204, headers=headers)


@router.post(
    "/uploads",
    status_code=201,
    operation_id="create_upload",
    dependencies=[Depends(limit_uploads)],
    openapi_extra={"parameters": [RESUMABLE, LENGTH, METADATA], "requestBody": BYTES},
)
async def create_upload(request: Request, user: User, session: Db, studio: CurrentStudio) -> Response:
    """Begin an upload; its first part may come along. Where to send the others is in `Location`."""
    session.close()
    await run_in_threadpool(sweep, studio)
    length, name = read_length(request.headers, "upload-length"), read_name(request.headers)
    upload = await run_in_threadpool(begin, studio, user.id, length, name)
    with alone(user.id, upload.id):
        if request.headers.get("content-type") == CONTENT_TYPE:
            await append(studio, upload, request.stream(), read_checksum(request.headers))
        headers = await run_in_threadpool(_headers, studio, upload)
    return Response(status_code=201, headers=headers | {"Location": f"/api/v1/uploads/{upload.id}"})


@router.head(
    "/uploads/{upload_id}", operation_id="get_upload", openapi_extra={"parameters": [RESUMABLE]}, status_code=200
)
def get_upload(upload_id: str, user: User, session: Db, studio: CurrentStudio) -> Response:
    """Tell how much has arrived."""
    upload = find_upload(session, user.id, upload_id)
    session.close()
    if upload.offset == upload.length and upload.asset_id is None:
        # All of it is here; a crash may have kept it from becoming an asset.
        with alone(user.id, upload_id), studio.database.session() as current:
            upload = find_upload(current, user.id, upload_id)
            told = _headers(studio, upload)
    else:
        told = _headers(studio, upload)
    return Response(headers=told | {"Upload-Length": str(upload.length), "Cache-Control": "no-store"})


@router.patch(
    "/uploads/{upload_id}",
    status_code=204,
    operation_id="append_to_upload",
    openapi_extra={"parameters": [RESUMABLE, OFFSET, CHECKSUM], "requestBody": BYTES},
)
async def append_to_upload(
    upload_id: str, request: Request, user: User, session: Db, studio: CurrentStudio
) -> Response:
    """Send the next part. The last one makes the asset, whose id is in `Asset-Id`."""
    if request.headers.get("content-type") != CONTENT_TYPE:
        raise Problem(415, "tus-content-type", "This is no part of an upload.", f"Send it as {CONTENT_TYPE}.")
    offset, checksum = read_length(request.headers, "upload-offset"), read_checksum(request.headers)
    with alone(user.id, upload_id):
        upload = await run_in_threadpool(find_upload, session, user.id, upload_id)
        await run_in_threadpool(session.close)
        if offset != upload.offset:
            title = f"{upload.offset} bytes have arrived, so that the next part cannot begin at {offset}."
            raise Problem(409, "wrong-offset", title, "Ask by HEAD where to go on.")
        if offset < upload.length:
            await append(studio, upload, request.stream(), checksum)
        return Response(status_code=204, headers=await run_in_threadpool(_headers, studio, upload))


@router.delete(
    "/uploads/{upload_id}",
    status_code=204,
    operation_id="delete_upload",
    openapi_extra={"parameters": [RESUMABLE]},
)
def delete_upload(upload_id: str, user: User, session: Db, studio: CurrentStudio) -> Response:
    """Give an upload up. An asset that it has become stays."""
    with alone(user.id, upload_id):
        upload = find_upload(session, user.id, upload_id)
        session.close()
        give_up(studio, upload)
    return Response(status_code=204)


def _headers(studio: Studio, upload: Upload) -> dict[str, str]:
    """Return how far an upload has come; where it is whole, it becomes an asset first."""
    told = {"Upload-Offset": str(upload.offset), "Upload-Expires": http_date(upload.expires_at)}
    if upload.offset == upload.length:
        told["Asset-Id"] = complete(studio, upload)
    return told
