"""Talks, uploads and problems, as programs written for D-ID are told of them."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from phonoscope.core.errors import PhonoscopeError
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.compat.did.tables import Talk
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.problems import Problem, problem_of
from phonoscope.studio.renders.tables import Render

RESULT_LASTS_S: Final = 24 * 3600
"""How long an address of a video is good; each question after a talk gives a new one."""

STATUSES: Final = {
    "queued": "created", "running": "started", "done": "done", "error": "error", "canceled": "rejected",
}  # fmt: skip
"""By the state of the job."""

KINDS: Final = {
    400: "BadRequestError", 401: "AuthorizationError", 403: "PermissionError", 404: "NotFoundError",
    413: "BadRequestError", 415: "BadRequestError", 422: "ValidationError", 429: "TooManyRequestsError",
}  # fmt: skip
"""By the status of a problem."""

JOB_KINDS: Final = {"photo": "FaceError", "media": "AudioError", "script": "ScriptError", "scene": "ValidationError"}
"""By the kind of error that ended a job."""


class DidRoute(APIRoute):
    """A route whose problems are told as D-ID tells them."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers requests."""
        answer = super().get_route_handler()

        async def answer_did(request: Request) -> Response:
            try:
                return await answer(request)
            except (Problem, PhonoscopeError, RequestValidationError, HTTPException, DataError) as error:
                return _told_problem(problem_of(error))

        return answer_did


def told(talk: Talk, render: Render, job: Job) -> dict[str, Any]:
    """Return how a talk is told."""
    status = STATUSES[job.state]
    members: dict[str, Any] = {
        "id": talk.id,
        "object": "talk",
        "user_id": talk.owner_id,
        "created_by": talk.owner_id,
        "created_at": _moment(talk.created_at),
        "started_at": _moment(job.started_at),
        "modified_at": _moment(job.finished_at or job.started_at or talk.created_at),
        "status": status,
        **talk.asked,
        "webhook": talk.webhook,
        "metadata": {"progress": round(job.progress, 3)},
    }
    if status == "done":
        members |= {"result_url": result_url(talk, render), "duration": render.duration_s}
    if status == "error":
        members["error"] = _told_error(job.error or {})
    if status == "rejected":
        members["error"] = {"kind": "Rejected", "description": "The talk was stopped."}
    return members


def told_upload(asset: Asset, prefix: str, base_url: str) -> dict[str, Any]:
    """Return how an image or an audio is told."""
    members: dict[str, Any] = {
        "id": f"{prefix}_{asset.id}",
        "url": f"{base_url}/api/v1/assets/{asset.id}/content",
        "created_at": _moment(asset.created_at),
    }
    return members | ({"duration": asset.duration_s} if asset.duration_s is not None else {})


def result_url(talk: Talk, render: Render) -> str:
    """Return an address of a video that opens it to anybody for a day."""
    expires = int(time.time()) + RESULT_LASTS_S
    name = render.files[0]["name"] if render.files else "video.mp4"
    return f"{talk.base_url}/results/{talk.id}/{expires}/{_signature(talk, expires)}/{name}"


def opens(talk: Talk, expires: int, signature: str) -> bool:
    """Tell whether an address of a video is one that was given out, and still good."""
    return expires > time.time() and hmac.compare_digest(_signature(talk, expires).encode(), signature.encode())


def _signature(talk: Talk, expires: int) -> str:
    return hmac.new(talk.secret.encode(), f"{talk.id} {expires}".encode(), hashlib.sha256).hexdigest()


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if moment else None


def _told_error(error: Mapping[str, Any]) -> dict[str, str]:
    description = f"{error.get('title', 'It went wrong.')} {error.get('remedy', '')}".strip()
    return {"kind": JOB_KINDS.get(str(error.get("kind", "")), "InternalServerError"), "description": description}


def _told_problem(problem: Problem) -> Response:
    faults = problem.more.get("errors") or []
    status = 400 if problem.status == 422 else problem.status
    told_faults = " ".join(f"{it['path']}: {it['message']}" for it in faults[:5])
    description = " ".join(part for part in (problem.title, told_faults, problem.remedy) if part)
    kind = KINDS.get(problem.status, "InternalServerError" if status >= 500 else "BadRequestError")
    return JSONResponse({"kind": kind, "description": description}, status, problem.headers)
