"""Whether the studio lives, whether it is ready, and what it counts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import structlog
from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel

from phonoscope.core.errors import MachineError
from phonoscope.studio.accounts.current import find_account
from phonoscope.studio.problems import Problem
from phonoscope.studio.serving.hosts import LOOPBACK, host_name, is_loopback
from phonoscope.studio.state import CurrentStudio, Db
from phonoscope.version import __version__

router = APIRouter(tags=["health"])
log = structlog.get_logger("phonoscope.health")

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
"""Headers of proxies: what comes through one is not from this computer, though it seems so."""


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"
    version: str = __version__


class Readiness(BaseModel):
    """The studio can work."""

    status: Literal["ready"] = "ready"
    checks: dict[str, Literal["ok"]]


@router.get("/health", operation_id="get_health")
async def health() -> Health:
    """Tell that the server answers; it looks at nothing else."""
    return Health()


@router.get("/ready", operation_id="get_readiness")
def readiness(studio: CurrentStudio) -> Readiness:
    """Tell whether database, storage and workers are there; 503 with what is not."""
    wrong: list[dict[str, str]] = []
    for name, check in studio.checks.items():
        try:
            check()
        except MachineError as error:
            # Who may ask is not known: what exactly is wrong, with names of folders and servers, is in the log.
            log.warning("not ready", check=name, reason=error.message)
            wrong.append({"path": name, "message": f"{name.capitalize()}: not ready.", "remedy": "See the log."})
    if wrong:
        raise Problem(503, "not-ready", "The studio is not ready.", "Try again in a moment.", errors=wrong)
    return Readiness(checks=dict.fromkeys(studio.checks, "ok"))


def may_measure(request: Request, session: Db) -> None:
    """Let those see metrics who have credentials, or who ask from this computer itself, without a proxy."""
    peer = request.client.host if request.client else ""
    asked = host_name(request.headers.get("host", ""))
    through_proxy = any(name in request.headers for name in FORWARDED)
    if not is_loopback(peer) or asked not in LOOPBACK or through_proxy:
        find_account(request, session)


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "As Prometheus reads."}},
)
def metrics(request: Request, allowed: Annotated[None, Depends(may_measure)]) -> Response:
    """Tell what is counted: with credentials, or from this computer itself."""
    counted: Any = request.app.state.metrics
    return Response(counted.text(), media_type=CONTENT_TYPE_LATEST)
