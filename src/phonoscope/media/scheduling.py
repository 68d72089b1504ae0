"""How the system shares its processors, kept as it was while a library changes it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_THREADS = Path("/proc/self/task")


@contextmanager
def kept_scheduling() -> Iterator[None]:
    """Put the threads of this process back to how they were scheduled before the block, and new ones to how it was.

    Run by root, as in many containers, SVT-AV1 makes its process and its threads real-time ones of the highest
    priority when it is opened. Processes that are started later inherit it, and everything else on the machine waits
    for them: with two of them waiting for each other, for ever.
    """
    if sys.platform != "linux" or not _THREADS.is_dir():
        yield
        return
    before = _scheduling()
    usual = before[os.getpid()]
    try:
        yield
    finally:
        for thread, now in _scheduling().items():
            then = before.get(thread, usual)
            if now != then:
                with suppress(OSError):
                    os.sched_setscheduler(thread, then[0], os.sched_param(then[1]))


def _scheduling() -> dict[int, tuple[int, int]]:
    """Return the policy and the real-time priority of each thread, by its number."""
    found = {}
    for folder in _THREADS.iterdir():
        thread = int(folder.name)
        with suppress(OSError):  # it has ended
            found[thread] = (os.sched_getscheduler(thread), os.sched_getparam(thread).sched_priority)
    return found
