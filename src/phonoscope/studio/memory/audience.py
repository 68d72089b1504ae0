"""Those who listen to events now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from phonoscope.studio.events.tables import Event, Interest

BACKLOG = 1000
"""Events that a listener may be behind before it is sent away; it comes back and names the last one that it saw."""


class Listener:
    """Somebody who listens: takes events one after the other, until it is sent away.

    Attributes
    ----------
    secrets
        Hashes of that by which they have proven who they are.
    """

    def __init__(self, interest: Interest, after_id: int, secrets: frozenset[str]) -> None:
        self.interest, self.after_id, self.secrets = interest, after_id, secrets
        self._waiting: asyncio.Queue[Event | None] = asyncio.Queue(BACKLOG)
        self._is_dismissed = False

    async def next(self, patience_s: float) -> Event | None:
        """Return the next event; None after a while without any.

        Raises
        ------
        EOFError
            There will be no more.
        """
        if self._is_dismissed and self._waiting.empty():
            raise EOFError
        try:
            # Not asyncio.wait_for, which makes a task each time.
            async with asyncio.timeout(patience_s):
                event = await self._waiting.get()
        except TimeoutError:
            return None
        if event is None:
            raise EOFError
        return event

    def offer(self, event: Event) -> None:
        """Hand an event over, unless the listener is too far behind: then it is sent away."""
        if self._is_dismissed or not self.interest.covers(event):
            return
        if self._waiting.qsize() < BACKLOG - 1:
            self._waiting.put_nowait(event)
        else:
            self.dismiss()

    def dismiss(self) -> None:
        """Send the listener away, once it has taken what waits for it."""
        if not self._is_dismissed:
            self._is_dismissed = True
            self._waiting.put_nowait(None)


class Audience:
    """All who listen; belongs to the event loop.

    Attributes
    ----------
    heard_id
        The last event that was told.
    """

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._is_over = False
        self.heard_id = 0

    @contextmanager
    def listening(self, interest: Interest, secrets: frozenset[str]) -> Iterator[Listener]:
        """Lend a listener to all that is told from now on; what was before is in the database."""
        listener = Listener(interest, self.heard_id, secrets)
        if self._is_over:
            listener.dismiss()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def tell(self, event: Event) -> None:
        """Tell all who want to know."""
        self.heard_id = event.id
        for listener in self._listeners:
            listener.offer(event)

    def count(self, owner_id: str) -> int:
        """Return how many listen to what is somebody's."""
        return sum(listener.interest.owner_id == owner_id for listener in self._listeners)

    def secrets(self) -> frozenset[str]:
        """Return the hashes of all by which those who listen have proven who they are."""
        return frozenset().union(*(listener.secrets for listener in self._listeners))

    def dismiss_strangers(self, asked: frozenset[str], known: frozenset[str]) -> None:
        """Send those away of whose secrets, all of which were asked about, none is known any more."""
        for listener in self._listeners:
            if listener.secrets <= asked and not listener.secrets & known:
                listener.dismiss()

    def dismiss(self) -> None:
        """Send everybody away, and whoever still comes."""
        self._is_over = True
        for listener in self._listeners:
            listener.dismiss()
