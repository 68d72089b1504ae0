"""What goes wrong, told as RFC 9457 (problem details) in one place.

what is raised                          status
Problem                                 its own
PhonoscopeError: usage, input           422, with the faults of a document in ``errors``
PhonoscopeError: the machine            507 disk, 503 otherwise
RequestValidationError                  422, with ``errors``
HTTPException of the framework          its own
the database does not answer            503, or 507 where its disk is full
anything else                           500, without details: they are in the log, beside the request's id
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from obstore.exceptions import BaseError as StorageError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from phonoscope.core.errors import MachineError, OutputError, PhonoscopeError, SceneError, ScriptError
from phonoscope.studio.plain_words import in_plain_words

MEDIA_TYPE = "application/problem+json"

PLAIN = {
    404: ("not-found", "There is nothing at this address.", "Check it."),
    405: ("method-not-allowed", "This cannot be asked at this address.", "See /docs for what can."),
    413: ("too-large", "This is too large.", "Send less."),
    422: ("invalid", "The request is not as it must be.", "See /docs."),
}
"""What the framework refuses, by status: kind, title where it says no more than the status does, remedy."""


_AWAY = (OperationalError, PoolTimeoutError, StorageError)
"""What database and storage say when they do not do what they are asked; the log has to tell why."""

log = structlog.get_logger("phonoscope.problems")


class Problem(Exception):  # noqa: N818 - the RFC's own word
    """A request that cannot be done.

    Parameters
    ----------
    status
        HTTP status.
    kind
        What it is, for programs: the end of its ``type``, such as ``revision-conflict``.
    title
        What is wrong, in one sentence.
    remedy
        What to do about it.
    headers
        Of the response, such as ``Retry-After``.
    more
        Further members, such as ``errors``.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        title: str,
        remedy: str = "",
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(title)
        self.status, self.kind, self.title, self.remedy, self.more = status, kind, title, remedy, more
        self.headers = dict(headers or {})

    def members(self) -> dict[str, Any]:
        """Return what is told of it."""
        told = {"type": f"/problems/{self.kind}", "title": self.title, "status": self.status, "detail": self.title}
        return told | {"remedy": self.remedy} | self.more


class Fault(BaseModel):
    """One of several things that are wrong."""

    path: str
    message: str
    remedy: str


class ProblemDetails(BaseModel):
    """What is wrong with a request, and what to do about it (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    remedy: str
    instance: str
    errors: list[Fault] | None = None


def not_found(what: str) -> Problem:
    """Return the problem of a thing that is not there, or that is somebody else's: nobody learns which."""
    return Problem(404, "not-found", f"There is no such {what}.", "Check its address; perhaps it was deleted.")


def full_disk() -> Problem:
    """Return the problem that nothing more can be kept."""
    remedy = "Delete what is no longer needed, or give the server a larger disk."
    return Problem(507, "disk-full", "The server's disk is full.", remedy)


def ending() -> Problem:
    """Return the problem of a request that the server cannot answer before it ends."""
    title = "The studio is just ending, or starting again."
    return Problem(503, "ending", title, "Ask again in a moment.", headers={"Retry-After": "5"})


def install(app: FastAPI) -> None:
    """Let an application answer with problems."""

    async def answer(request: Request, error: Exception) -> Response:
        if isinstance(error, _AWAY):
            log.warning("refused", reason=str(getattr(error, "orig", error)).partition("\n")[0])
        return respond(problem_of(error), request.scope)

    known = (Problem, PhonoscopeError, RequestValidationError, HTTPException, ClientDisconnect, UnicodeEncodeError)
    for kind in (*known, DataError, *_AWAY):
        app.add_exception_handler(kind, answer)


def respond(problem: Problem, scope: Mapping[str, Any]) -> Response:
    """Return the response that tells a problem."""
    request_id = scope.get("state", {}).get("request_id", "")
    members = problem.members() | {"instance": request_id}
    return JSONResponse(members, problem.status, problem.headers, MEDIA_TYPE)


def problem_of(error: Exception) -> Problem:  # noqa: PLR0911 - one line for each kind
    """Return how an error is told."""
    match error:
        case Problem():
            return error
        case PhonoscopeError():
            return _of_ours(error)
        case RequestValidationError():
            title = "The request is not as it must be."
            return Problem(422, "invalid", title, "Correct what is listed.", errors=_faults(error.errors()))
        case HTTPException():
            return _of_framework(error)
        case UnicodeEncodeError() | DataError():
            return Problem(
                422, "invalid", "The request holds characters that are none.", "Send Unicode, without zeros."
            )
        case ClientDisconnect():
            return Problem(400, "disconnected", "The connection ended before the request did.", "Send it again.")
        case OperationalError() if "disk is full" in str(error.orig):
            return full_disk()
        case OperationalError() | PoolTimeoutError():
            return _away("database")
        case StorageError():
            return _away("storage")
    title = "Something went wrong on the server."
    return Problem(500, "internal", title, "Try again; if it stays, report it with the request's number (instance).")


def _away(what: str) -> Problem:
    return Problem(503, what, f"The {what} does not answer.", "Try again in a moment.", headers={"Retry-After": "2"})


def _of_ours(error: PhonoscopeError) -> Problem:
    more: dict[str, Any] = {}
    if isinstance(error, SceneError):
        faults = error.faults or ((error,) if error.path else ())
        if faults:
            more["errors"] = [_fault(it) for it in faults]
    if isinstance(error, ScriptError) and error.line:
        more |= {"line": error.line, "column": error.column}
    status = 422 if not isinstance(error, MachineError) else 507 if isinstance(error, OutputError) else 503
    return Problem(status, error.kind, in_plain_words(error.message), in_plain_words(error.remedy), **more)


def _fault(fault: SceneError) -> dict[str, str]:
    return {"path": fault.path, "message": in_plain_words(fault.message), "remedy": in_plain_words(fault.remedy)}


def _of_framework(error: HTTPException) -> Problem:
    phrase = HTTPStatus(error.status_code).phrase
    kind, title, remedy = PLAIN.get(error.status_code, (phrase.lower().replace(" ", "-"), "", "See /docs."))
    if not title or error.detail != phrase:
        title = f"{error.detail.rstrip('.')}."
    return Problem(error.status_code, kind, title, remedy, headers=error.headers)


def _faults(errors: Sequence[Any]) -> list[dict[str, str]]:
    """Return what pydantic found, without what was sent: it may be a password."""
    return [
        {"path": _path(it["loc"]), "message": _message(it), "remedy": _REMEDIES.get(it["type"], "")} for it in errors
    ]


_REMEDIES = {"missing": "Add it.", "extra_forbidden": "Leave it out.", "json_invalid": "Send JSON."}


def _message(error: Mapping[str, Any]) -> str:
    text = str(error["msg"]).removeprefix("Value error, ")
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."


def _path(place: Sequence[str | int]) -> str:
    """Return a place as documents name it: ``scenes[0].name``; what is not in the body says where: ``query.limit``."""
    path = ""
    for part in place[1:] if place and place[0] == "body" else place:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path
