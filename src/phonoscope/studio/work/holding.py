"""Keeping a job while it is worked on."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from phonoscope.core.errors import StoppedError
from phonoscope.studio.database.engine import Database
from phonoscope.studio.jobs.queue import Claim, heartbeat, is_wanted, report

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5
"""How soon a worker hears that its job is to stop; and how often progress is written."""

HEARTBEAT_S = 2.0
"""How often a worker says that it is alive; a small part of the lease."""


def _nobody_listens() -> None:
    """Take the news, and do nothing."""


class Hold:
    """Tells the database that a job is being worked on, and the work when it is to stop.

    Parameters
    ----------
    changed
        Is called when progress was written.
    """

    def __init__(self, database: Database, claim: Claim, changed: Callable[[], None] = _nobody_listens) -> None:
        self._database, self._claim, self._changed = database, claim, changed
        self._latest = self._written = (0.0, "")
        self._alive_s = time.monotonic()
        self._stopped, self._over = threading.Event(), threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="holding", daemon=True)

    def __enter__(self) -> Hold:
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._keeper.join()

    @property
    def is_stopped(self) -> bool:
        """Whether the job is to be left."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Let the work end at its next report."""
        self._stopped.set()

    def report(self, progress: float, stage: str) -> None:
        """Take how far the work is; cheap enough for each frame.

        Raises
        ------
        StoppedError
            The job is to be left.
        """
        self._latest = (min(max(progress, 0.0), 1.0), stage)
        if self.is_stopped:
            raise StoppedError("The work was stopped.")

    def _keep(self) -> None:
        while not self._over.wait(LOOK_EVERY_S):
            try:
                wanted = self._look()
            except SQLAlchemyError as error:
                log.warning("The database does not answer to a worker: %s", error)
                continue
            except Exception:
                # Whatever it was: without this thread the work could not be stopped any more.
                log.exception("How far job %s is was not told", self._claim.job_id)
                continue
            if not wanted:
                self._stopped.set()

    def _look(self) -> bool:
        latest = self._latest
        if latest != self._written:
            wanted = report(self._database, self._claim, *latest)
            self._written, self._alive_s = latest, time.monotonic()
            self._changed()
            return wanted
        if time.monotonic() - self._alive_s > HEARTBEAT_S:
            self._alive_s = time.monotonic()
            return heartbeat(self._database, self._claim)
        return is_wanted(self._database, self._claim)
