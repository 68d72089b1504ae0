"""Pictures and sounds of the catalogue: asked for, made by a worker, kept for everybody."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from phonoscope.studio.catalogue import making
from phonoscope.studio.jobs.queue import claim, fail
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from tests.studio.conftest import Work


@pytest.mark.parametrize(
    ("address", "kind", "head"),
    [
        ("avatars/anna/thumbnail", "portrait", b"RIFF"),
        ("voices/en-us+f3/sample", "voice-sample", b"ID3"),
        ("effects/ding/content", "piece", b"ID3"),
    ],
)
def test_what_is_asked_for_is_made_once(
    client: TestClient,
    other: TestClient,
    studio: Studio,
    work: Work,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    kind: str,
    head: bytes,
) -> None:
    monkeypatch.setattr(making, "PATIENCE_S", 0.0)
    for _ in range(2):
        waiting = client.get(f"/api/v1/{address}")
        assert waiting.status_code == 503 and waiting.headers["retry-after"] and waiting.json()["remedy"]
    assert len(work(kind)) == 1
    for who in (client, other):
        made = who.get(f"/api/v1/{address}")
        assert made.status_code == 200 and made.content[: len(head)] == head and len(made.content) > 1000
    with studio.database.session() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_what_cannot_be_made_is_told(client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "PATIENCE_S", 0.0)
    address = "/api/v1/avatars/anna/thumbnail"
    client.get(address)
    taken = claim(studio.database, "quick", "tests")
    assert taken is not None
    told = {"kind": "environment", "title": "There is not enough memory.", "remedy": "Close something.", "path": ""}

    def woken(lane: str) -> None:
        fail(studio.database, taken, told)

    monkeypatch.setattr(type(studio), "wake", lambda self, lane: woken(lane))
    refused = client.get(address)
    assert refused.status_code == 500 and refused.json()["title"] == told["title"]
