"""A studio behind a real port, with a worker in a thread that makes no videos, but files that say so."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from phonoscope.remote import server as connection
from phonoscope.studio import app as application
from phonoscope.studio.accounts.consent import STATEMENT
from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.events.pump import pumping
from phonoscope.studio.jobs.queue import Claim, claim
from phonoscope.studio.renders.files import file_key
from phonoscope.studio.renders.tables import Render
from phonoscope.studio.state import Studio
from phonoscope.studio.work.bench import Bench, Done
from phonoscope.studio.work.doing import do
from tests.cli.conftest import photo, run
from tests.studio.conftest import app, client, settings, studio
from tests.studio.live import serving

__all__ = ["app", "client", "photo", "run", "settings", "studio"]

KEY = "psk_anna-key-for-tests"


@dataclass
class There:
    """The other computer.

    Attributes
    ----------
    files
        What renders leave, by name; the first one is the video.
    fault
        What renders end with instead.
    """

    url: str
    studio: Studio
    files: dict[str, bytes] = field(default_factory=lambda: {"video.mp4": b"film" * 1000})
    fault: Exception | None = None

    def renders(self) -> list[Render]:
        with self.studio.database.session() as session:
            return list(session.scalars(select(Render).order_by(Render.id)))

    @property
    def document(self) -> dict[str, Any]:
        """What was rendered last."""
        return self.renders()[-1].document

    def ingest(self, bench: Bench, job: Claim) -> Done:
        def also(session: Session) -> None:
            asset = session.get_one(Asset, job.payload["asset_id"])
            asset.state = "rejected" if b"broken" in bench.store.read(asset.file_key) else "ready"
            if asset.state == "rejected":
                asset.reason = {"title": "It is broken.", "detail": "", "remedy": "Mend it."}
            if asset.kind == "picture":
                asset.width, asset.height = 300, 200

        return Done({}, also)

    def render(self, bench: Bench, job: Claim) -> Done:
        bench.report(0.5, "render")
        if self.fault is not None:
            raise self.fault
        files = []
        for name, content in self.files.items():
            key = file_key(job.owner_id, job.payload["render_id"], job.job_id, name)
            bench.store.put(key, content)
            files.append({"name": name, "media_type": "video/mp4", "bytes": len(content), "key": key})

        def also(session: Session) -> None:
            row = session.get_one(Render, job.payload["render_id"])
            row.files, row.duration_s = files, 1.5

        return Done({}, also)


@pytest.fixture
def there(app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    """A studio elsewhere, in which anna has an account, and has given her consent."""
    studio: Studio = app.state.studio
    monkeypatch.setattr(application, "SERVICES", (pumping,))
    monkeypatch.setattr(connection, "PAUSES_S", [0.0, 0.01, 0.02])
    monkeypatch.setenv("PHONOSCOPE_API_KEY", KEY)
    # The server runs in this process: what it logs is not what the command prints.
    with capture_logs(), serving(app, lifespan="on") as url:
        client.put("/api/v1/consent", json={"statement": STATEMENT, "language": "en"}).raise_for_status()
        there = There(url, studio)
        with working(studio, {"ingest": there.ingest, "render": there.render}):
            yield there


class working:  # noqa: N801 - used like a function
    """Does jobs in a thread as soon as they are asked for."""

    def __init__(self, studio: Studio, handlers: dict[str, Callable[[Bench, Claim], Done]]) -> None:
        self._studio, self._handlers = studio, handlers
        self._woken: queue.Queue[str | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def __enter__(self) -> None:
        self._studio.wakers.append(self._woken.put)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        with suppress(ValueError):
            self._studio.wakers.remove(self._woken.put)
        self._woken.put(None)
        self._thread.join(10)

    def _work(self) -> None:
        bench = Bench(self._studio.settings, self._studio.database, self._studio.store)
        while (lane := self._woken.get()) is not None:
            while (claimed := claim(self._studio.database, lane, "tests")) is not None:
                do(bench, claimed, self._handlers)
                self._studio.bell.ring(claimed.job_id)
