"""The studio over PostgreSQL, where several write at once: nothing goes wrong that SQLite would have put in order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from phonoscope.studio.database.engine import Database
from phonoscope.studio.settings import Settings
from tests.studio.conftest import Work
from tests.studio.journey import go

AT_ONCE = 8
BLANK = {
    "schema": "scene.1",
    "canvas": {"width": 256, "height": 144, "fps": 10},
    "scenes": [{"background": "#336699", "duration_s": 0.5}],
}


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str) -> Settings:
    """Settings of a studio over an empty database."""
    database = Database(postgres_url)
    with database.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    database.close()
    return Settings(data_dir=tmp_path / "data", database_url=postgres_url)


def test_somebody_does_everything(client: TestClient, work: Work) -> None:
    go(client, work)


def answers(client: TestClient, *asked: tuple[str, str, dict[str, object]]) -> list[int]:
    """Ask for all of it at once, several times; returns the statuses."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        many = [pool.submit(client.request, method, url, **more) for method, url, more in asked * AT_ONCE]  # type: ignore[arg-type]
        return [one.result().status_code for one in many]


def test_of_many_who_save_the_same_revision_one_does(client: TestClient) -> None:
    project = f"/api/v1/projects/{client.post('/api/v1/projects').json()['id']}"
    at_first = {"json": BLANK, "headers": {"If-Match": '"1"'}}
    told = answers(client, ("PUT", f"{project}/document", at_first))
    assert sorted(told) == [200] + [409] * (AT_ONCE - 1)
    assert answers(client, ("PUT", f"{project}/document", {"json": BLANK})) == [200] * AT_ONCE
    assert client.get(project).json()["revision"] == 2 + AT_ONCE


def test_nobody_minds_what_others_do_to_a_render(client: TestClient, app: FastAPI) -> None:
    render = f"/api/v1/renders/{client.post('/api/v1/renders', json={'document': BLANK, 'format': 'mp4'}).json()['id']}"
    told = answers(
        client,
        ("POST", f"{render}/cancel", {}),
        ("GET", render, {}),
        ("POST", f"{render}/retry", {}),
        ("PATCH", render, {"json": {"name": "New"}}),
    )
    assert set(told) <= {200, 202, 409}
    assert sorted(answers(client, ("DELETE", render, {})))[0] == 204
    assert client.get(render).status_code == 404


def test_nobody_minds_what_others_do_to_a_project(client: TestClient) -> None:
    for _ in range(3):
        project_id = client.post("/api/v1/projects", json={"document": BLANK}).json()["id"]
        project = f"/api/v1/projects/{project_id}"
        told = answers(
            client,
            ("POST", "/api/v1/renders", {"json": {"project_id": project_id, "format": "mp4"}}),
            ("PATCH", project, {"json": {"name": "New"}}),
            ("PUT", f"{project}/document", {"json": BLANK}),
            ("DELETE", project, {}),
        )
        assert set(told) <= {200, 202, 204, 404}
        assert client.get(f"/api/v1/renders?project_id={project_id}").json()["items"] == []
