"""Requests about projects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import defer

from phonoscope.studio.accounts.current import User
from phonoscope.studio.accounts.idempotency import IdempotentRoute
from phonoscope.studio.accounts.owning import find_own
from phonoscope.studio.documents.arriving import JsonObject, body_of
from phonoscope.studio.documents.checking import find_faults
from phonoscope.studio.paging import USUAL_LIMIT, Cursor, Limit, Page, newest_first
from phonoscope.studio.problems import Problem, ProblemDetails, not_found
from phonoscope.studio.projects import keeping
from phonoscope.studio.projects.example import NAME, UNNAMED, example
from phonoscope.studio.projects.models import (
    ProjectName,
    ProjectResource,
    ProjectSummary,
    Rename,
    resource,
    summary,
)
from phonoscope.studio.projects.tables import Project
from phonoscope.studio.state import CurrentStudio, Db, Studio
from phonoscope.studio.storage.sending import SentFile, file_route, send_file

router = APIRouter(prefix="/api/v1", tags=["projects"], route_class=IdempotentRoute)

_DOCUMENT = {"type": "object", "additionalProperties": True, "description": "A scene document: see /api/v1/schema."}
_NEW = {
    "type": "object",
    "additionalProperties": False,
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 200}, "document": _DOCUMENT},
}
_NAMES: TypeAdapter[str] = TypeAdapter(ProjectName)
_REVISION = re.compile(r'(?:W/)?"?(\d{1,9})"?')

_MISSING: Mapping[int | str, dict[str, Any]] = {404: {"model": ProblemDetails}}
_UNREADABLE: Mapping[int | str, dict[str, Any]] = {413: {"model": ProblemDetails}, 422: {"model": ProblemDetails}}


@router.post(
    "/projects",
    operation_id="create_project",
    status_code=201,
    responses={**_UNREADABLE},
    openapi_extra=body_of(_NEW, required=False),
)
def create(studio: CurrentStudio, account: User, body: JsonObject, response: Response) -> ProjectResource:
    """Begin a project, with a document, or else with a working example: a drawn avatar that says one line."""
    name, document = _new_project(body)
    with studio.database.transaction() as session:
        project = keeping.create_project(session, account.id, name, document)
    return _answer(studio, project, response)


@router.get("/projects", operation_id="list_projects")
def list_projects(
    session: Db,
    account: User,
    search: Annotated[str, Query(max_length=200, description="Part of the name.")] = "",
    limit: Limit = USUAL_LIMIT,
    cursor: Cursor = None,
) -> Page[ProjectSummary]:
    """List the projects, the newest first."""
    query = select(Project).where(Project.owner_id == account.id).options(defer(Project.document))
    for word in search.split():
        query = query.where(Project.name.icontains(word, autoescape=True))
    rows, following = newest_first(session, query, Project, limit, cursor)
    return Page(items=[summary(row) for row in rows], next_cursor=following)


@router.get("/projects/{project_id}", operation_id="get_project", responses={**_MISSING})
def get_project(
    studio: CurrentStudio, session: Db, account: User, project_id: str, response: Response
) -> ProjectResource:
    """Return a project, with what is wrong with its document."""
    return _answer(studio, find_own(session, Project, account.id, project_id), response)


@router.patch("/projects/{project_id}", operation_id="rename_project", responses={**_MISSING})
def rename(
    studio: CurrentStudio, account: User, project_id: str, change: Rename, response: Response
) -> ProjectResource:
    """Give a project another name."""
    with studio.database.transaction() as session:
        project = find_own(session, Project, account.id, project_id, lock=True)
        keeping.rename_project(session, project, change.name)
    return _answer(studio, project, response)


@router.put(
    "/projects/{project_id}/document",
    operation_id="save_document",
    responses={**_MISSING, **_UNREADABLE, 409: {"model": ProblemDetails}},
    openapi_extra=body_of(_DOCUMENT),
)
def save_document(
    studio: CurrentStudio,
    account: User,
    project_id: str,
    document: JsonObject,
    response: Response,
    if_match: Annotated[
        str | None, Header(description="The revision that was changed, as in the ETag; left out: whatever there is.")
    ] = None,
) -> ProjectResource:
    """Save a document. One with faults is saved all the same, and they are told."""
    revision = _revision(if_match)
    with studio.database.transaction() as session:
        project = find_own(session, Project, account.id, project_id, lock=True)
        keeping.save_document(session, project, document, revision)
    return _answer(studio, project, response)


@router.post(
    "/projects/{project_id}/duplicate",
    operation_id="duplicate_project",
    status_code=201,
    responses={**_MISSING},
)
def duplicate(studio: CurrentStudio, account: User, project_id: str, response: Response) -> ProjectResource:
    """Make a project with the same document."""
    with studio.database.transaction() as session:
        copy = keeping.duplicate_project(session, find_own(session, Project, account.id, project_id))
    return _answer(studio, copy, response)


@router.delete("/projects/{project_id}", operation_id="delete_project", status_code=204, responses={**_MISSING})
def delete(studio: CurrentStudio, account: User, project_id: str) -> None:
    """Delete a project with its drafts, its videos and their files; what was uploaded for it stays."""
    with studio.database.transaction() as session:
        left = keeping.delete_project(session, find_own(session, Project, account.id, project_id, lock=True))
    for key in left.files:
        studio.store.delete(key)
    for folder in left.folders:
        studio.store.delete_folder(folder)


@file_route(router, "/projects/{project_id}/thumbnail", operation_id="get_project_thumbnail", responses={**_MISSING})
def thumbnail(request: Request, studio: CurrentStudio, session: Db, account: User, project_id: str) -> Response:
    """Return a picture of a project."""
    key = find_own(session, Project, account.id, project_id).thumbnail_key
    if not key:
        raise not_found("picture")
    lasting = "drawn" in request.query_params
    return send_file(request, studio.store, SentFile(key, "image/webp", "thumbnail.webp", lasting=lasting))


def _new_project(body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return name and document of a new project.

    Raises
    ------
    Problem
        422: these are none.
    """
    unknown = next((name for name in body if name not in _NEW["properties"]), None)  # type: ignore[operator]
    if unknown is not None:
        raise _invalid(unknown[:80], "There is no such field.", "Leave it out; there are name and document.")
    document = body.get("document")
    if document is not None and not isinstance(document, dict):
        raise _invalid("document", "It is no scene document.", "Send an object, or leave it out for an example.")
    given = body.get("name")
    try:
        name = _NAMES.validate_python(given) if given is not None else NAME if document is None else UNNAMED
    except ValidationError as error:
        raise _invalid("name", "It is no name.", "Send 1 to 200 characters.") from error
    return name, example() if document is None else document


def _invalid(path: str, message: str, remedy: str) -> Problem:
    fault = {"path": path, "message": message, "remedy": remedy}
    return Problem(422, "invalid", "The request is not as it must be.", remedy, errors=[fault])


def _revision(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _REVISION.fullmatch(if_match.strip())
    if found is None:
        raise Problem(400, "invalid-revision", "If-Match is no revision.", 'Send it as the ETag has it: "3".')
    return int(found[1])


def _answer(studio: Studio, project: Project, response: Response) -> ProjectResource:
    """Tell of a project; looked through when it has been saved, so that nobody waits for that to write."""
    response.headers["ETag"] = f'"{project.revision}"'
    with studio.database.session() as session:
        faults = find_faults(session, project.owner_id, project.document, studio.settings.max_script_characters)
    return resource(project, faults)
