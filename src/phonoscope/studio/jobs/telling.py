"""Who wants to know what becomes of a job: the feature that asked for it, which makes events of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sqlalchemy.orm import Session

from phonoscope.studio.jobs.tables import Job

Change = Literal["queued", "started", "progress", "done", "error", "canceled"]

Teller = Callable[[Session, Job, Change], None]
"""Is called within the transaction that changes the job, so that what it writes is kept together with the change."""

_TELLERS: dict[str, Teller] = {}


def tells(kind: str) -> Callable[[Teller], Teller]:
    """Decorate the function that tells of jobs of a kind.

    The module that has it is imported by the feature's routes and by its handler: jobs change in both processes.
    """

    def remember(teller: Teller) -> Teller:
        _TELLERS[kind] = teller
        return teller

    return remember


def tell(session: Session, job: Job, change: Change) -> None:
    """Tell what became of a job."""
    teller = _TELLERS.get(job.kind)
    if teller is not None:
        session.flush()
        teller(session, job, change)
