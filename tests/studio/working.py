"""A worker of the quick lane in a thread, for answers that wait for it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from phonoscope.studio.jobs.queue import claim
from phonoscope.studio.state import Studio
from phonoscope.studio.work.bench import Bench
from phonoscope.studio.work.doing import do
from phonoscope.studio.work.handlers import HANDLERS, WARM_LANES


@contextmanager
def worker(studio: Studio) -> Iterator[list[str]]:
    """Do quick jobs as soon as they are asked for; yields the kinds of those that were done."""
    from phonoscope.rendering.backstage import Backstage

    bench = Bench(studio.settings, studio.database, studio.store, Backstage())
    woken: queue.Queue[str | None] = queue.Queue()
    done: list[str] = []

    def work() -> None:
        while woken.get() is not None:
            for lane in WARM_LANES:
                while (claimed := claim(studio.database, lane, "tests")) is not None:
                    do(bench, claimed, HANDLERS)
                    done.append(claimed.kind)
                    studio.bell.ring(claimed.job_id)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    studio.wakers.append(woken.put)
    try:
        yield done
    finally:
        studio.wakers.remove(woken.put)
        woken.put(None)
        thread.join(60)
