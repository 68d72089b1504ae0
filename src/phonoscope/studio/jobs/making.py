"""Files that can be made again are made by a worker when they are first asked for, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phonoscope.studio.jobs.queue import enqueue
from phonoscope.studio.state import Studio
from phonoscope.studio.storage.keys import job_key


def ask_for_file(
    studio: Studio, owner_id: str, kind: str, key: str, payload: Mapping[str, Any], priority: int = 0
) -> str | None:
    """Let a worker make a file, and return the job's id; None where the file is there. All who ask share one job.

    Parameters
    ----------
    kind
        Of the job.
    key
        Where the storage will have the file; the worker is told it beside `payload`.
    """
    if studio.store.size(key) is not None:
        return None
    with studio.database.transaction() as session:
        job = enqueue(
            session,
            owner_id=owner_id,
            kind=kind,
            lane="quick",
            payload={**payload, "key": key},
            key=job_key(key),
            priority=priority,
            valid=lambda job: studio.store.size(key) is not None,
        )
        job_id = job.id
    studio.wake("quick")
    return job_id
