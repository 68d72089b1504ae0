"""A studio to test: real, with a database and files of its own, and without processes of workers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from phonoscope.studio.accounts.tables import Account, ApiKey
from phonoscope.studio.app import create_app
from phonoscope.studio.database.schema import METADATA
from phonoscope.studio.settings import Settings
from phonoscope.studio.state import Studio
from tests.studio.postgres import postgres_server

ADDRESS = "http://127.0.0.1:8470"

Work = Callable[..., list[str]]
"""Does what is queued, or the kinds of it that are named, and returns the ids of the jobs."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings as they are usually, with a data folder of the test's own."""
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path / "data"))
    return Settings()


@pytest.fixture
def app(settings: Settings) -> Iterator[FastAPI]:
    """The application over fresh tables. Its lifespan does not run: no workers, no events are pumped."""
    app = create_app(settings)
    studio: Studio = app.state.studio
    METADATA.create_all(studio.database.engine)
    yield app
    studio.database.close()


@pytest.fixture
def studio(app: FastAPI) -> Studio:
    """What the requests share."""
    studio: Studio = app.state.studio
    return studio


def log_in(app: FastAPI, name: str) -> TestClient:
    """Return a client that sends the API key of a new user."""
    studio: Studio = app.state.studio
    key = f"psk_{name}-key-for-tests"
    with studio.database.transaction() as session:
        account = Account(name=name)
        session.add(account)
        session.flush()
        session.add(ApiKey(owner_id=account.id, name="tests", key_hash=hashlib.sha256(key.encode()).hexdigest()))
    return TestClient(app, base_url=ADDRESS, headers={"Authorization": f"Bearer {key}"})


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client of the user anna."""
    return log_in(app, "anna")


@pytest.fixture
def other(app: FastAPI) -> TestClient:
    """A client of the user ben, who must see nothing of anna's."""
    return log_in(app, "ben")


@pytest.fixture
def anonymous(app: FastAPI) -> TestClient:
    """A client of nobody."""
    return TestClient(app, base_url=ADDRESS)


@pytest.fixture
def work(studio: Studio) -> Work:
    """Do the queued jobs in this process, by the handlers of the workers."""

    def work(*kinds: str) -> list[str]:
        from phonoscope.studio.jobs.queue import LANES, claim, give_back
        from phonoscope.studio.work.bench import Bench
        from phonoscope.studio.work.doing import do
        from phonoscope.studio.work.handlers import HANDLERS

        bench, done, others = Bench(studio.settings, studio.database, studio.store), [], []
        for lane in LANES:
            while (claimed := claim(studio.database, lane, "tests")) is not None:
                if kinds and claimed.kind not in kinds:
                    others.append(claimed)
                    continue
                do(bench, claimed, HANDLERS)
                done.append(claimed.job_id)
        for claimed in others:
            give_back(studio.database, claimed)
        return done

    return work


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """Address of a PostgreSQL server; tests that need it are skipped where there is none."""
    with postgres_server() as url:
        yield url
