from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from phonoscope.core.errors import MachineError
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.health.routes import FORWARDED
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from phonoscope.version import __version__
from tests.studio.conftest import ADDRESS


def from_here(app: FastAPI, peer: str = "127.0.0.1", **options: Any) -> TestClient:
    """Return a client without credentials at an address."""
    return TestClient(app, base_url=options.pop("base_url", ADDRESS), client=(peer, 50000), **options)


def test_health_tells_the_version(anonymous: TestClient) -> None:
    answer = anonymous.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "version": __version__})


def test_the_studio_is_ready(anonymous: TestClient) -> None:
    answer = anonymous.get("/ready")
    assert (answer.status_code, answer.json()["checks"]) == (200, {"database": "ok", "storage": "ok"})


def test_it_is_not_ready_without_what_it_needs(studio: Studio, anonymous: TestClient) -> None:
    def gone() -> None:
        raise MachineError("The folder /home/anna/secret is not there.")

    studio.checks["workers"] = gone
    answer = anonymous.get("/ready")
    assert answer.status_code == 503
    assert [fault["path"] for fault in answer.json()["errors"]] == ["workers"]
    assert "anna" not in answer.text


def test_it_is_not_ready_without_its_folder(studio: Studio, anonymous: TestClient) -> None:
    studio.settings.files_dir.rmdir()
    assert anonymous.get("/ready").status_code == 503


def test_metrics_count_requests_by_route(app: FastAPI, client: TestClient) -> None:
    for address in ("/health", "/health", "/nothing-1", "/nothing-2", "/api/v1/renders/01", "/api/v1/renders/02"):
        client.get(address)
    text = client.get("/metrics").text
    assert 'phonoscope_requests_total{method="GET",route="/health",status="200"} 2.0' in text
    assert 'route="other",status="404"} 2.0' in text
    assert "nothing-1" not in text
    assert 'route="/api/v1/renders/{render_id}",status="404"} 2.0' in text
    assert 'phonoscope_request_seconds_count{method="GET",route="/health"} 2.0' in text


def test_metrics_count_jobs_workers_and_bytes(app: FastAPI, studio: Studio, client: TestClient) -> None:
    with studio.database.transaction() as session:
        anna = session.query(Account).filter_by(name="anna").one()
        session.add_all(Job(owner_id=anna.id, kind="still", lane="quick", payload={}) for _ in range(3))
    studio.crew["quick"] = lambda: 2
    text = client.get("/metrics").text
    assert 'phonoscope_jobs{kind="still",state="queued"} 3.0' in text
    assert 'phonoscope_workers{lane="quick"} 2.0' in text
    assert "phonoscope_asset_bytes 0.0" in text


def test_metrics_are_for_this_computer_and_for_who_has_credentials(app: FastAPI, client: TestClient) -> None:
    assert from_here(app).get("/metrics").status_code == 200
    assert from_here(app, "192.168.1.5").get("/metrics").status_code == 401
    assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize("header", FORWARDED)
def test_what_comes_through_a_proxy_is_not_from_this_computer(app: FastAPI, header: str) -> None:
    assert from_here(app).get("/metrics", headers={header: "1.2.3.4"}).status_code == 401
