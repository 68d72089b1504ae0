"""What every request may need: made once, when the server starts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Annotated

import anyio
from fastapi import Depends
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from phonoscope.studio.database.engine import Database
from phonoscope.studio.memory.audience import Audience
from phonoscope.studio.memory.bell import Bell
from phonoscope.studio.memory.counting import Counter
from phonoscope.studio.settings import Settings
from phonoscope.studio.storage.store import Store


@dataclass(frozen=True, slots=True)
class Studio:
    """A studio that runs.

    Attributes
    ----------
    counter
        Of what may not be asked too often.
    wakers
        Called with a lane when there is work for it; the supervisor of the workers is one.
    bell
        Rings when a job changed.
    audience
        Those who listen to events.
    closers
        Called when the server is about to end, before it waits for its answers: streams end themselves then.
    crew
        By lane: tells how many workers are ready.
    checks
        By what it looks at: raises MachineError when the studio is not ready to work.
    """

    settings: Settings
    database: Database
    store: Store
    counter: Counter = field(default_factory=Counter)
    wakers: list[Callable[[str], None]] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)
    audience: Audience = field(default_factory=Audience)
    closers: list[Callable[[], None]] = field(default_factory=list)
    crew: dict[str, Callable[[], int]] = field(default_factory=dict)
    checks: dict[str, Callable[[], None]] = field(default_factory=dict)

    def wake(self, lane: str) -> None:
        """Tell the workers of a lane that a job waits: after the transaction that queued it."""
        for waker in self.wakers:
            waker(lane)


def open_studio(settings: Settings) -> Studio:
    """Return the studio that settings tell of, without asking whether its database answers."""
    for folder in (settings.data_dir, settings.work_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    studio = Studio(settings, Database(settings.database), Store(settings.storage_url, settings.files_dir))
    studio.checks.update(database=studio.database.check, storage=studio.store.check)
    return studio


async def current_studio(connection: HTTPConnection) -> Studio:
    """Return the studio that a request came to: no work for a thread."""
    studio: Studio = connection.app.state.studio
    return studio


async def database_session(studio: Annotated[Studio, Depends(current_studio)]) -> AsyncIterator[Session]:
    """Lend a session for reading; writing takes ``studio.database.transaction()``.

    It takes a connection when it is first asked something, which is done in a thread; so is giving it back.
    """
    session = studio.database.reading()
    try:
        yield session
    finally:
        if session.in_transaction():
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(session.close)


CurrentStudio = Annotated[Studio, Depends(current_studio)]
Db = Annotated[Session, Depends(database_session)]
