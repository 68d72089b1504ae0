"""Every setting does what it says, whether the environment has it or the file; what cannot be is told by its name."""

from __future__ import annotations

import json
import logging
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from phonoscope.studio.accounts.people import list_accounts, make_link
from phonoscope.studio.app import create_app
from phonoscope.studio.database.engine import Database
from phonoscope.studio.database.schema import METADATA
from phonoscope.studio.jobs.supervisor import Supervisor
from phonoscope.studio.running.listening import address_of, listen
from phonoscope.studio.running.logs import set_up_logs
from phonoscope.studio.running.server import config_of
from phonoscope.studio.running.starting import prepare
from phonoscope.studio.settings import Settings
from phonoscope.studio.settings_file import find_settings
from phonoscope.studio.state import Studio
from tests.cli.conftest import Run, run
from tests.studio.assets.samples import picture, sound
from tests.studio.conftest import ADDRESS, Work, log_in
from tests.studio.storage.fake_s3 import fake_s3
from tests.studio.storage.test_store import point_to

__all__ = ["run"]

Given = Callable[..., Settings]
"""Returns the settings once some have been given."""

LOGIN = {"name": "local", "password": "wrong horse"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, which the environment names, and nothing else."""
    for variable in os.environ:
        if variable.startswith(("PHONOSCOPE_", "AWS_")) and variable != "PHONOSCOPE_MEDIA":
            monkeypatch.delenv(variable)
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture(params=["environment", "file"])
def given(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Given:
    """Give settings, as variables or in the file of the data folder."""

    def by_environment(**values: object) -> Settings:
        for name, value in values.items():
            written = ",".join(value) if isinstance(value, list) else str(value)
            monkeypatch.setenv(f"PHONOSCOPE_{name}".upper(), written)
        return find_settings().settings

    def by_file(**values: object) -> Settings:
        lines = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
        (folder / "studio.toml").write_text("\n".join(lines), "utf-8")
        return find_settings().settings

    return by_environment if request.param == "environment" else by_file


@pytest.fixture
def opened() -> Iterator[Callable[[Settings], FastAPI]]:
    """Make applications with tables; closes them at the end."""
    apps: list[FastAPI] = []

    def opened(settings: Settings) -> FastAPI:
        apps.append(create_app(settings))
        METADATA.create_all(apps[-1].state.studio.database.engine)
        return apps[-1]

    yield opened
    for app in apps:
        app.state.studio.database.close()


Opened = Callable[[Settings], FastAPI]


def statuses(client: TestClient, method: str, address: str, times: int, **more: object) -> list[int]:
    return [client.request(method, address, **more).status_code for _ in range(times)]  # type: ignore[arg-type]


def test_every_setting_is_tried() -> None:
    assert [name for name in Settings.model_fields if f"test_{name}" not in globals()] == []


def test_host(given: Given) -> None:
    with listen(given(host="127.0.0.2", port=0), exactly=True) as bound:
        assert bound.getsockname()[0] == "127.0.0.2"


def test_port(given: Given) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with listen(given(port=port), exactly=True) as bound:
        assert bound.getsockname()[1] == port


def test_public_url(given: Given, opened: Opened) -> None:
    settings = given(public_url="https://studio.example/")
    with listen(settings.model_copy(update={"port": 0}), exactly=True) as bound:
        assert address_of(bound, settings) == "https://studio.example"
    prepare(settings)
    app = opened(settings)
    link = make_link(app.state.studio.database, "local", "https://studio.example")
    client = TestClient(app, base_url="http://studio.example")
    answer = client.post("/api/v1/session", json={"token": link.partition("=")[2]})
    assert answer.status_code == 200
    assert "Secure" in answer.headers["set-cookie"], "browsers come by https, though the proxy does not"


def test_allowed_hosts(given: Given, opened: Opened) -> None:
    app = opened(given(allowed_hosts=["studio.lan", "Other.LAN"]))
    asked = {host: TestClient(app).get("/health", headers={"Host": host}) for host in ("studio.lan", "other.lan", "x")}
    assert [answer.status_code for answer in asked.values()] == [200, 200, 421]


@pytest.mark.parametrize(("trusted", "expected"), [("127.0.0.0/8", [401, 401]), ("10.0.0.1", [401, 429])])
def test_trusted_proxies(given: Given, opened: Opened, trusted: str, expected: list[int]) -> None:
    """Whoever asks is counted by their own address only where the proxy's word is taken for it."""
    settings = given(trusted_proxies=trusted, login_limit="1/hour")
    config = config_of(opened(settings), settings)
    config.load()
    client = TestClient(config.loaded_app, base_url=ADDRESS, client=("127.0.0.1", 50000))
    asked = [
        client.post("/api/v1/session", json=LOGIN, headers={"X-Forwarded-For": f"192.0.2.{number}"})
        for number in (1, 2)
    ]
    assert [answer.status_code for answer in asked] == expected


def test_user(given: Given) -> None:
    settings = given(user="anna")
    prepare(settings)
    database = Database(settings.database)
    assert [account.name for account in list_accounts(database)] == ["anna"]
    database.close()


def test_password(given: Given, opened: Opened) -> None:
    settings = given(password="correct horse")
    prepare(settings)
    client = TestClient(opened(settings), base_url=ADDRESS)
    right = LOGIN | {"password": "correct horse"}
    assert [client.post("/api/v1/session", json=login).status_code for login in (LOGIN, right)] == [401, 200]


def test_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_variable, by_file = tmp_path / "variable", tmp_path / "file"
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(by_variable))
    prepare(find_settings().settings)
    monkeypatch.delenv("PHONOSCOPE_DATA_DIR")
    (tmp_path / "mine.toml").write_text(f"data_dir = {json.dumps(str(by_file))}", "utf-8")
    prepare(find_settings(tmp_path / "mine.toml").settings)
    for place in (by_variable, by_file):
        assert {path.name for path in place.iterdir()} == {"studio.db", "files"}


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_database_url(given: Given, folder: Path, postgres_url: str, scheme: str) -> None:
    settings = given(database_url=postgres_url.replace("postgresql+psycopg", scheme))
    database = Database(settings.database)
    with database.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    prepare(settings)
    assert [account.name for account in list_accounts(database)] == ["local"]
    assert not (folder / "studio.db").exists()
    database.close()


def test_storage_url(given: Given, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_s3() as (address, kept):
        point_to(address, monkeypatch)
        settings = given(storage_url="s3://bucket/mine")
        prepare(settings)
        asset = log_in(opened(settings), "anna").post("/api/v1/assets", content=picture())
        assert asset.status_code == 201
        assert [key for key in kept if key.startswith("mine/users/")] == list(kept) != []


def test_workers(given: Given, opened: Opened) -> None:
    assert lanes(opened(given(workers=3))) == {"stage": 1, "quick": 1, "render": 3}


def test_quick_workers(given: Given, opened: Opened) -> None:
    assert lanes(opened(given(quick_workers=2))) == {"stage": 1, "quick": 2, "render": 1}


def lanes(app: FastAPI) -> dict[str, int]:
    places = [place.lane for place in Supervisor(app.state.studio)._places]
    return {lane: places.count(lane) for lane in places}


def test_max_upload_bytes(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(max_upload_bytes=len(picture()))), "anna")
    assert client.post("/api/v1/assets", content=picture()).status_code == 201
    answer = client.post("/api/v1/assets", content=picture() + b" ")
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")


def test_account_bytes(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(account_bytes=len(picture()))), "anna")
    assert client.post("/api/v1/assets", content=picture()).status_code == 201
    answer = client.post("/api/v1/assets", content=picture(colour="blue"))
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/no-room")


def test_max_picture_pixels(app: FastAPI, client: TestClient, work: Work, given: Given) -> None:
    adopt(app, given(max_picture_pixels=32 * 24))
    assert looked_at(client, work, picture(size_px=(32, 24))) == "ready"
    assert looked_at(client, work, picture(size_px=(32, 25))) == "/problems/too-many-pixels"


def test_max_media_length_s(app: FastAPI, client: TestClient, work: Work, given: Given) -> None:
    adopt(app, given(max_media_length_s=0.5))
    assert looked_at(client, work, sound(0.3)) == "ready"
    assert looked_at(client, work, sound(0.8)) == "/problems/too-long"


def adopt(app: FastAPI, settings: Settings) -> None:
    """Let an application that is there have other settings."""
    studio: Studio = app.state.studio
    for name in Settings.model_fields:
        setattr(studio.settings, name, getattr(settings, name))


def looked_at(client: TestClient, work: Work, content: bytes) -> str:
    asset = client.post("/api/v1/assets", content=content).json()
    work("ingest")
    told = client.get(f"/api/v1/assets/{asset['id']}").json()
    return str(told["reason"]["type"] if told["reason"] else told["state"])


def test_max_script_characters(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(max_script_characters=5)), "anna")
    avatars = [{"picture": "avatar:anna"}]
    faults = []
    for script in ("Hello", "Hello!"):
        document = {"schema": "scene.1", "scenes": [{"avatars": avatars, "script": script}]}
        faults.append(client.post("/api/v1/projects", json={"document": document}).json()["faults"])
    assert faults[0] == [] and "6 characters" in faults[1][0]["message"]


def test_request_limit(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(request_limit="2/hour")), "anna")
    assert statuses(client, "GET", "/api/v1/session", 3) == [200, 200, 429]


def test_upload_limit(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(upload_limit="2/hour")), "anna")
    assert statuses(client, "POST", "/api/v1/assets", 3, content=picture()) == [201, 201, 429]


def test_create_limit(given: Given, opened: Opened) -> None:
    client = log_in(opened(given(create_limit="1/hour")), "anna")
    scene = {"background": "#336699", "duration_s": 1}
    asked = {"document": {"schema": "scene.1", "scenes": [scene]}, "format": "mp4"}
    assert statuses(client, "POST", "/api/v1/renders", 2, json=asked) == [202, 429]


def test_login_limit(given: Given, opened: Opened) -> None:
    client = TestClient(opened(given(login_limit="2/hour")), base_url=ADDRESS)
    assert statuses(client, "POST", "/api/v1/session", 3, json={"token": "wrong"}) == [401, 401, 429]


def test_login_name_limit(given: Given, opened: Opened) -> None:
    client = TestClient(opened(given(login_name_limit="1/hour")), base_url=ADDRESS)
    assert statuses(client, "POST", "/api/v1/session", 2, json=LOGIN) == [401, 429]
    assert statuses(client, "POST", "/api/v1/session", 1, json=LOGIN | {"name": "else"}) == [401]


@pytest.mark.parametrize(("shared", "status"), [(True, 404), (False, 403)])
def test_sharing(given: Given, opened: Opened, shared: bool, status: int) -> None:
    client = log_in(opened(given(sharing=shared)), "anna")
    assert client.get("/api/v1/session").json()["sharing"] is shared
    assert client.post("/api/v1/renders/none/share").status_code == status


@pytest.mark.parametrize(("private", "status"), [(True, 201), (False, 422)])
def test_private_addresses(given: Given, opened: Opened, private: bool, status: int) -> None:
    client = log_in(opened(given(private_addresses=private)), "anna")
    asked = {"url": "http://127.0.0.1:9/hook", "events": ["render.done"]}
    assert client.post("/api/v1/webhooks", json=asked).status_code == status


@pytest.mark.parametrize("form", ["json", "text"])
def test_log_format(given: Given, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        set_up_logs(given(log_format=form).log_format)
        structlog.get_logger("phonoscope.test").info("hello", status=200)
        line = capsys.readouterr().err.strip()
        assert json.loads(line)["status"] == 200 if form == "json" else "status=200" in line
    finally:
        root.handlers[:] = before
        structlog.reset_defaults()


WRONG = {
    "host": "",
    "port": "80000",
    "public_url": "studio.example",
    "trusted_proxies": "the proxy",
    "user": "",
    "database_url": "mysql://anna:hunter2@db/studio",
    "storage_url": "gs://bucket",
    "allowed_hosts": "a.example, https://studio.example.org",
    "workers": "0",
    "quick_workers": "17",
    "max_upload_bytes": "5 GB",
    "account_bytes": "-1",
    "max_picture_pixels": "many",
    "max_media_length_s": "0",
    "max_script_characters": "0",
    "request_limit": "often",
    "upload_limit": "0/minute",
    "create_limit": "5/week",
    "login_limit": "5",
    "login_name_limit": "-1/hour",
    "sharing": "perhaps",
    "private_addresses": "some",
    "log_format": "xml",
}
"""What settings cannot be; any text may be the others."""


@pytest.mark.parametrize(("name", "wrong"), WRONG.items())
def test_a_value_that_cannot_be_is_told_by_its_name(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, wrong: str
) -> None:
    file = folder / "studio.toml"
    file.write_text(f"{name} = {json.dumps(wrong)}", "utf-8")
    told = [(run("studio", "--show-settings"), f"{name} in {file}")]
    if wrong:  # an empty variable is none
        file.unlink()
        monkeypatch.setenv(f"PHONOSCOPE_{name}".upper(), wrong)
        told.append((run("studio", "--show-settings"), f"PHONOSCOPE_{name}".upper()))
    for ran, where in told:
        assert ran.code == 2
        assert ran.err.startswith(f"Error: The setting {where} cannot be used: ")
        assert "Traceback" not in ran.err and "hunter2" not in ran.err and "pattern" not in ran.err


@pytest.mark.parametrize(("name", "wrong", "said"), [("user", "a b", "no name"), ("password", "short", "8 to 1000")])
def test_a_first_user_that_cannot_be_is_told_at_the_start(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, said: str
) -> None:
    monkeypatch.setenv(f"PHONOSCOPE_{name}".upper(), wrong)
    ran = run("studio", "--no-browser")
    assert ran.code == 2
    assert "settings user and password" in ran.err and said in ran.err


def test_a_storage_that_does_not_answer_is_told_at_the_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to("http://127.0.0.1:9", monkeypatch)
    monkeypatch.setenv("PHONOSCOPE_STORAGE_URL", "s3://bucket")
    ran = run("studio", "--no-browser")
    assert ran.code == 4
    assert "storage" in ran.err and "AWS_ENDPOINT" in ran.err and "Traceback" not in ran.err


def test_a_database_that_does_not_answer_is_told_at_the_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("PHONOSCOPE_DATABASE_URL", "postgresql://anna:hunter2@127.0.0.1:9/studio")
    ran = run("studio", "--no-browser")
    assert ran.code == 4
    assert "PHONOSCOPE_DATABASE_URL" in ran.err and "hunter2" not in ran.err


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "studio.toml").write_text("port = 8000", "utf-8")
    monkeypatch.setenv("PHONOSCOPE_PORT", "")
    found = find_settings()
    assert found.settings.port == 8000
    assert next(row.source for row in found.shown() if row.name == "port") == str(folder / "studio.toml")


def test_a_variable_that_is_nearly_a_setting_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHONOSCOPE_PASSWORT", "hunter2hunter2")
    shown = run("studio", "--show-settings")
    assert "PHONOSCOPE_PASSWORT is no setting. Did you mean password" in shown.out
    assert "hunter2" not in shown.out


def test_all_settings_are_shown_with_where_they_come_from(run: Run, given: Given) -> None:
    given(port=9000)
    shown = run("studio", "--show-settings").out
    assert shown.count("    from: ") == len(Settings.model_fields)
    assert "port = 9000\n    from: " in shown
