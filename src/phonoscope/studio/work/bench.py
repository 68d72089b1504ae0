"""What whoever does jobs has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from phonoscope.studio.database.engine import Database
from phonoscope.studio.settings import Settings
from phonoscope.studio.storage.store import Store

if TYPE_CHECKING:
    from phonoscope.rendering.backstage import Backstage


def nobody_listens(progress: float, stage: str) -> None:
    """Take a report, and do nothing: nobody waits for this job."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker has at hand.

    Attributes
    ----------
    settings, database, store
        Of the studio.
    backstage
        What the engine keeps ready between one still and the next; None in a worker that only renders.
    report
        Tells how far the job has come (0 to 1) and what is being done; raises StoppedError when it is to be left.
    """

    settings: Settings
    database: Database
    store: Store
    backstage: Backstage | None = None
    report: Callable[[float, str], None] = nobody_listens


@dataclass(frozen=True, slots=True)
class Done:
    """What a handler returns.

    Attributes
    ----------
    result
        Kept with the job.
    also
        Changes that are kept together with it, or not at all.
    """

    result: dict[str, Any]
    also: Callable[[Session], None] | None = None
