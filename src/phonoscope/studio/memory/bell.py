"""Tells whoever waits in the server that something changed in the database, so that nobody has to ask all the time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class _Listener:
    job_id: str | None
    loop: asyncio.AbstractEventLoop
    heard: asyncio.Event


class Bell:
    """Rung from any thread, heard in any event loop.

    Attributes
    ----------
    is_over
        The server is about to end: nobody may wait for long any more.
    """

    def __init__(self) -> None:
        self.is_over = False
        self._lock = threading.Lock()
        self._listeners: set[_Listener] = set()

    def ring(self, job_id: str | None = None) -> None:
        """Tell that a job changed, or something else."""
        with self._lock:
            called = [each for each in self._listeners if each.job_id is None or each.job_id == job_id]
        _call(called)

    def end(self) -> None:
        """Tell all who listen that the server is about to end."""
        self.is_over = True
        with self._lock:
            called = list(self._listeners)
        _call(called)

    @contextmanager
    def listening(self, job_id: str | None = None) -> Iterator[asyncio.Event]:
        """Lend an event that is set at each ring for a job, or at each ring at all."""
        listener = _Listener(job_id, asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._listeners.add(listener)
        try:
            yield listener.heard
        finally:
            with self._lock:
                self._listeners.discard(listener)


def _call(called: Iterable[_Listener]) -> None:
    for listener in called:
        with suppress(RuntimeError):  # its loop has ended
            listener.loop.call_soon_threadsafe(listener.heard.set)
