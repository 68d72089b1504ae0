"""A worker: takes jobs of a lane from the database and does them, one after the other.

Started as ``python -m phonoscope.studio.work.process LANE`` by `jobs.supervisor`, which writes the worker's name and
the studio's settings on the first line of its input, and then ``wake`` whenever a job waits, or ``stop``. The worker
tells what it is at. When its input ends, the server has died, and it leaves at once.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from phonoscope.studio.jobs.queue import Claim, claim, give_back
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import open_studio
from phonoscope.studio.work.bench import Bench
from phonoscope.studio.work.doing import Handler, do
from phonoscope.studio.work.holding import Hold
from phonoscope.studio.work.speaking import Speaking, SpokenLog, take_output

log = logging.getLogger(__name__)

POLL_S = 1.0
"""How often to look for work without having been woken."""

LEAVE_S = 1.0
"""How long the work may take to notice that the server has died."""

LOW_PRIORITY = 10
"""Niceness of renders, so that stills and previews come quickly beside them."""

MEMORY_LIMIT_BYTES = 3 << 30
"""A worker that holds more once its job is done makes room for a fresh one."""

Prepare = Callable[[Bench, str], Bench]
"""Gets ready what a lane needs, before the first job."""


class Worker:
    """A worker of a lane.

    Parameters
    ----------
    name
        Under which it holds jobs; no other has it.
    """

    def __init__(self, lane: str, name: str, handlers: Mapping[str, Handler], speaking: Speaking) -> None:
        self._lane, self._name, self._handlers, self._speaking = lane, name, handlers, speaking
        self._woken, self._leaving, self._left = threading.Event(), threading.Event(), threading.Event()
        self._held: tuple[Bench, Claim, Hold] | None = None

    def work(self, bench: Bench) -> None:
        """Do jobs until it is time to leave."""
        while not self._leaving.is_set() and _memory_bytes() < MEMORY_LIMIT_BYTES:
            self._woken.clear()
            try:
                taken = claim(bench.database, self._lane, self._name)
            except SQLAlchemyError as error:
                log.warning("The database does not answer to a worker: %s", error)
                taken = None
            if taken is None:
                self._woken.wait(POLL_S)
            else:
                self._do(bench, taken)
        self._left.set()

    def _do(self, bench: Bench, taken: Claim) -> None:
        self._speaking.say(began=taken.job_id, kind=taken.kind)
        hold = Hold(bench.database, taken, lambda: self._speaking.say(changed=taken.job_id))
        self._held = bench, taken, hold
        if self._leaving.is_set():  # just now, when nobody saw the job
            hold.stop()
        try:
            do(bench, taken, self._handlers, hold)
        except SQLAlchemyError as error:
            log.error("How job %s ended cannot be kept; it is done again: %s", taken.job_id, error)
        self._held = None
        self._speaking.say(ended=taken.job_id)

    def obey(self, lines: Callable[[], str]) -> None:
        """Do what the supervisor says, as long as it lives."""
        while line := lines():
            if line.strip() == "stop":
                self.leave()
            self._woken.set()
        self.leave()
        self._abandon()

    def leave(self) -> None:
        """Give the job back at its next report, if there is one, and take no other."""
        self._leaving.set()
        self._woken.set()
        if self._held is not None:
            self._held[2].stop()

    def _abandon(self) -> None:
        """Leave though the work goes on; its own processes end with this one."""
        if self._held is not None and not self._left.wait(LEAVE_S) and (held := self._held) is not None:
            give_back(held[0].database, held[1])
        os._exit(0)


def main(lane: str, handlers: Mapping[str, Handler], prepare: Prepare) -> None:
    """Work until the supervisor says that it is enough."""
    speaking = take_output()
    logging.basicConfig(handlers=[SpokenLog(speaking)], level=logging.INFO)
    if lane == "render" and hasattr(os, "nice"):
        os.nice(LOW_PRIORITY)
    given = json.loads(sys.stdin.readline())
    worker = Worker(lane, given["name"], handlers, speaking)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then says what to do
    signal.signal(signal.SIGTERM, lambda number, frame: worker.leave())
    threading.Thread(target=worker.obey, args=(sys.stdin.readline,), name="obeying", daemon=True).start()
    studio = open_studio(Settings(**given["settings"]))
    bench = prepare(Bench(studio.settings, studio.database, studio.store), lane)
    speaking.say(ready=True)
    worker.work(bench)
    studio.database.close()


def _memory_bytes() -> int:
    """Return what this process holds, as far as the system tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    from phonoscope.studio.work.handlers import HANDLERS, get_ready

    main(sys.argv[1], HANDLERS, get_ready)
