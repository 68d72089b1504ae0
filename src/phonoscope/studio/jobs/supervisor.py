"""Keeps the workers alive, and their jobs going."""

from __future__ import annotations

import logging
import math
import shutil
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from phonoscope.studio.jobs.child import TEMPORARY, Child
from phonoscope.studio.jobs.dead import forget_old, release_dead, release_expired, release_orphans
from phonoscope.studio.jobs.memory import machine_bytes
from phonoscope.studio.jobs.queue import LANES
from phonoscope.studio.state import Studio

log = logging.getLogger(__name__)

COMMAND = (sys.executable, "-m", "phonoscope.studio.work.process")

TICK_S = 0.5
SWEEP_S = 5.0
"""How often to look for jobs whose workers, of any server, have gone silent."""

FORGET_S = 600.0
"""How often to remove what nobody asks for any more."""

GRACE_S = 5.0
"""How long workers have to give back their jobs when the server stops."""

FIRST_DELAY_S, LONGEST_DELAY_S = 0.5, 30.0
"""How long to wait before starting a worker again that did not even get ready."""

LIMITS_S = {"ingest": 120.0, "edit": 60.0, "still": 120.0, "portrait": 60.0, "voice-sample": 60.0}
USUAL_LIMIT_S = 600.0
"""How long a job may go without getting any further before its worker is given up."""

MEMORY_SHARE = 0.75
"""Of the machine's memory, or the container's, that all workers at a job may hold together. Beyond it the system would
soon end some process, perhaps the server's."""


@dataclass(slots=True)
class _Place:
    """A place for a worker; there is none in it while `child` is None."""

    lane: str
    child: Child | None = None
    failures: int = 0
    not_before_s: float = 0.0
    verdict: dict[str, Any] | None = None


class Supervisor:
    """The workers of a server.

    Parameters
    ----------
    command
        What starts a worker; the lane is added.
    """

    def __init__(self, studio: Studio, command: Sequence[str] = COMMAND) -> None:
        self._studio, self._command = studio, command
        settings = studio.settings
        lanes = ["stage", *["quick"] * settings.quick_workers, *["render"] * settings.workers]
        self._places = [_Place(lane) for lane in lanes]
        self._stopping, self._stirred = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep, name="supervisor", daemon=True)
        self._swept_s = self._forgot_s = 0.0
        self._most_bytes = MEMORY_SHARE * (machine_bytes() or math.inf)

    def start(self) -> None:
        """Start the workers; what a server that died here left behind is put back first."""
        release_orphans(self._studio.database)
        shutil.rmtree(self._studio.settings.work_dir / TEMPORARY, ignore_errors=True)
        self._studio.wakers.append(self.wake)
        self._thread.start()

    def stop(self) -> None:
        """Stop the workers. What they are at waits for the next start; what is finished of it is kept."""
        self._studio.wakers.remove(self.wake)
        self._stopping.set()
        self._stirred.set()
        self._thread.join()
        children = [place.child for place in self._places if place.child is not None]
        for child in children:
            child.stop()
        end_s = time.monotonic() + GRACE_S
        for child in children:
            if not child.wait(max(0.0, end_s - time.monotonic())):
                child.kill()
                child.wait(GRACE_S)
            release_dead(self._studio.database, child.name)

    def wake(self, lane: str) -> None:
        """Tell the workers of a lane that a job waits."""
        for place in self._places:
            if place.lane == lane and place.child is not None:
                place.child.wake()

    def workers(self) -> list[Child]:
        """Return the workers that are ready."""
        return [place.child for place in self._places if place.child is not None and place.child.ready]

    def _keep(self) -> None:
        while not self._stopping.is_set():
            self._stirred.clear()
            try:
                for place in self._places:
                    self._look_after(place)
                self._watch_memory()
                self._sweep()
            except SQLAlchemyError as error:
                log.warning("The database does not answer to the supervisor: %s", error)
            except Exception:
                # Whatever it was: without this thread nobody would look after the workers any more.
                log.exception("The supervisor stumbled")
            self._stirred.wait(TICK_S)

    def _look_after(self, place: _Place) -> None:
        child = place.child
        if child is None:
            if time.monotonic() >= place.not_before_s:
                self._fill(place)
        elif child.code is not None:
            self._bury(place, child)
        elif child.held is not None:
            limit_s = LIMITS_S.get(child.held.kind, USUAL_LIMIT_S)
            if time.monotonic() - child.held.since_s > limit_s:
                log.warning("Worker %s is stuck in a %s for %.0f s", child.name, child.held.kind, limit_s)
                place.verdict = _too_slow(limit_s)
                child.kill()

    def _watch_memory(self) -> None:
        """Stop the job that holds most, where all together hold too much."""
        at_work = [(place.child.held_bytes, place) for place in self._places if place.child and place.child.held]
        if sum(held for held, _ in at_work) <= self._most_bytes:
            return
        held, place = max(at_work, key=itemgetter(0))
        if place.child is not None and place.child.held is not None:
            log.warning("Worker %s holds %.1f GB for a %s", place.child.name, held / 1e9, place.child.held.kind)
            place.verdict = _too_much()
            place.child.kill()

    def _fill(self, place: _Place) -> None:
        try:
            place.child = Child(self._command, place.lane, self._studio.settings, self._hear)
        except OSError as error:
            log.error("A worker cannot be started: %s", error)
            self._delay(place)

    def _bury(self, place: _Place, child: Child) -> None:
        if child.code:
            log.error("Worker %s died (%s). %s", child.name, child.code, child.last_words)
        verdict = place.verdict
        place.child, place.verdict = None, None
        if child.ready:
            place.failures = 0
        else:
            self._delay(place)
        self._stirred.set()
        # Should the database be away: once the lease has ended, the job is found all the same.
        self._tell(release_dead(self._studio.database, child.name, verdict))

    def _delay(self, place: _Place) -> None:
        place.not_before_s = time.monotonic() + min(FIRST_DELAY_S * 2**place.failures, LONGEST_DELAY_S)
        place.failures += 1

    def _sweep(self) -> None:
        moment_s = time.monotonic()
        if moment_s - self._swept_s > SWEEP_S:
            self._swept_s = moment_s
            # A suspended machine makes all leases look old; of our own workers we know what they are at.
            children = [place.child for place in self._places if place.child is not None]
            held = [child.held.job_id for child in children if child.held is not None]
            self._tell(release_expired(self._studio.database, held))
        if moment_s - self._forgot_s > FORGET_S:
            self._forgot_s = moment_s
            forget_old(self._studio.database)

    def _tell(self, released: Sequence[str]) -> None:
        """Tell who waits for jobs that lost their workers, and who can take them."""
        for job_id in released:
            self._studio.bell.ring(job_id)
        if released:
            for lane in LANES:
                self.wake(lane)

    def _hear(self, job_id: str | None) -> None:
        if job_id is None:
            self._stirred.set()
        else:
            self._studio.bell.ring(job_id)


def _too_much() -> dict[str, Any]:
    return {
        "kind": "too-much-memory",
        "title": "This needs more memory than the server has, and was stopped.",
        "remedy": "Try a smaller size, a smaller file, or fewer scenes.",
        "path": "",
    }


def _too_slow(limit_s: float) -> dict[str, Any]:
    return {
        "kind": "too-slow",
        "title": f"This got no further for {limit_s:.0f} seconds, and was stopped.",
        "remedy": "Try a smaller or a shorter file; perhaps the machine has too much to do.",
        "path": "",
    }
