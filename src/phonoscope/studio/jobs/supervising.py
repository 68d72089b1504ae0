"""What runs beside the answering of requests, as blocks that last as long as the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from phonoscope.core.errors import MachineError
from phonoscope.studio.jobs.queue import LANES
from phonoscope.studio.jobs.supervisor import Supervisor
from phonoscope.studio.state import Studio


@asynccontextmanager
async def supervising(studio: Studio) -> AsyncIterator[None]:
    """Keep workers; at the end of the block they give back what they are at."""
    supervisor = Supervisor(studio)
    for lane in LANES:
        studio.crew[lane] = partial(_ready, supervisor, lane)
    studio.checks["workers"] = partial(_check, studio)
    studio.closers.append(studio.bell.end)
    await asyncio.to_thread(supervisor.start)
    try:
        yield
    finally:
        await asyncio.to_thread(supervisor.stop)


def _ready(supervisor: Supervisor, lane: str) -> int:
    return sum(child.lane == lane for child in supervisor.workers())


def _check(studio: Studio) -> None:
    missing = [lane for lane, count in studio.crew.items() if not count()]
    if missing:
        raise MachineError(f"No worker is ready for the lane {' and '.join(missing)}.", "They start within seconds.")
