"""The studio as a process, and what it is made of: the port, the folder's lock, the door."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.studio.accounts.passwords import password_fits
from phonoscope.studio.accounts.people import create_key, list_accounts, set_password
from phonoscope.studio.accounts.tables import Account
from phonoscope.studio.database.engine import Database
from phonoscope.studio.running.alone import AlreadyRunning, running_address, running_alone
from phonoscope.studio.running.listening import address_of, listen
from phonoscope.studio.running.starting import prepare
from phonoscope.studio.settings import Settings
from tests.cli.conftest import Run, run

__all__ = ["run"]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_a_taken_port_is_passed_over(settings: Settings, taken: int) -> None:
    here = settings.model_copy(update={"port": taken})
    with listen(here, exactly=False) as bound:
        port = bound.getsockname()[1]
        assert port != taken
        assert address_of(bound, here) == f"http://127.0.0.1:{port}"


def test_a_taken_port_that_was_asked_for_is_told(settings: Settings, taken: int) -> None:
    with pytest.raises(UsageError, match=str(taken)):
        listen(settings.model_copy(update={"port": taken}), exactly=True)


def test_a_host_that_is_elsewhere_is_told(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"192\.0\.2\.1") as told:
        listen(settings.model_copy(update={"host": "192.0.2.1", "port": 0}), exactly=True)
    assert "--host" in told.value.remedy


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({"host": "0.0.0.0"}, "http://localhost:{port}"),
        ({"host": "::1"}, "http://[::1]:{port}"),
        ({"public_url": "https://studio.example/"}, "https://studio.example"),
    ],
)
def test_the_address_is_one_that_a_browser_reaches(settings: Settings, changes: dict[str, str], address: str) -> None:
    here = settings.model_copy(update={"port": 0, **changes})
    try:
        bound = listen(here, exactly=True)
    except UsageError:
        pytest.skip("this machine does not have such addresses")
    with bound:
        assert address_of(bound, here) == address.format(port=bound.getsockname()[1])


def test_one_studio_works_in_a_folder(settings: Settings) -> None:
    assert running_address(settings) == ""
    with running_alone(settings) as running:
        assert running_address(settings) == ""
        running.tell("http://127.0.0.1:1")
        with pytest.raises(AlreadyRunning) as told, running_alone(settings):
            pass
        assert told.value.address == running_address(settings) == "http://127.0.0.1:1"
    with running_alone(settings):
        assert running_address(settings) == ""


def test_the_folder_is_its_owners_alone(settings: Settings) -> None:
    with running_alone(settings):
        assert settings.data_dir.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match="file"),
        running_alone(settings.model_copy(update={"data_dir": tmp_path / "file"})),
    ):
        pass


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    settings.data_dir.mkdir()
    database = Database(settings.database)
    yield database
    database.close()


def test_the_first_user_is_made_once(settings: Settings, database: Database) -> None:
    prepare(settings)
    prepare(settings)
    assert [(it.name, it.has_password) for it in list_accounts(database)] == [("local", False)]


def test_a_password_of_the_settings_is_set(settings: Settings, database: Database) -> None:
    prepare(settings)
    with_password = Settings(user="local", password="correct horse")
    prepare(with_password)
    with database.session() as session:
        first = session.query(Account).one().password_hash
    assert password_fits(first, "correct horse")
    prepare(with_password)  # sets it no second time, which would log everybody out
    with database.session() as session:
        assert session.query(Account).one().password_hash == first


def test_nobody_listens_to_a_network_without_a_door(settings: Settings, database: Database) -> None:
    open_to_all = settings.model_copy(update={"host": "0.0.0.0"})
    with pytest.raises(UsageError, match="nobody has a password") as told:
        prepare(open_to_all)
    assert "phonoscope studio user password local" in told.value.remedy
    set_password(database, "local", "correct horse")
    prepare(open_to_all)


def test_a_key_is_a_door_too(settings: Settings, database: Database) -> None:
    prepare(settings)
    create_key(database, "local", "tests", consent=True)
    prepare(settings.model_copy(update={"host": "0.0.0.0"}))


def test_nothing_heavy_is_imported_to_start() -> None:
    heavy = ("numpy", "av", "mediapipe", "skia", "scipy", "numba", "onnxruntime", "cv2")
    code = f"import sys, phonoscope.studio.app; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A studio that runs as people start it, at a free port."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHONOSCOPE_")}
    arguments = ["--no-browser", "--port", "0", "--data-dir", str(tmp_path / "data")]
    started = subprocess.Popen(
        [sys.executable, "-m", "phonoscope", "studio", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=environment | {"PHONOSCOPE_LOG_FORMAT": "json"},
    )
    yield started
    started.kill()
    started.wait()
    assert started.stderr is not None
    started.stderr.close()


def told_link(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Wait for the address that a studio prints, and return it with its token."""
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/#token=(\S+)", line):
            return found[1], found[2]
    raise AssertionError("no address was told")


def test_a_studio_starts_logs_in_and_ends(process: subprocess.Popen[str], tmp_path: Path) -> None:
    address, token = told_link(process)
    with httpx.Client(base_url=address) as browser:
        assert browser.get("/health").status_code == 200
        assert browser.get("/api/v1/session").status_code == 401
        assert browser.post("/api/v1/session", json={"token": token}).status_code == 200
        assert browser.get("/api/v1/session").json()["user"]["name"] == "local"
        assert browser.post("/api/v1/session", json={"token": token}).status_code == 401
    second = subprocess.run(
        [sys.executable, "-m", "phonoscope", "studio", "--no-browser", "--data-dir", tmp_path / "data"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{address}/#token=" in second.stderr
    assert "runs already" in second.stderr
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert process.stderr is not None
    lines = process.stderr.read().splitlines()
    requests = [json.loads(line) for line in lines if line.startswith("{") and '"request"' in line]
    assert {line["status"] for line in requests} == {200, 401}
    assert token not in "".join(lines)
    assert running_address(Settings(data_dir=tmp_path / "data")) == ""


def test_a_second_ctrl_c_waits_for_nobody_and_ends_in_good_order(process: subprocess.Popen[str]) -> None:
    address, _ = told_link(process)
    host, port = address.removeprefix("http://").split(":")
    head = f"POST /api/v1/session HTTP/1.1\r\nHost: {host}\r\nContent-Length: 100\r\n\r\nsent slowly"
    with socket.create_connection((host, int(port)), timeout=20) as sender:
        sender.sendall(head.encode())
        process.send_signal(signal.SIGINT)
        listens = True
        while listens:
            try:
                socket.create_connection((host, int(port)), timeout=20).close()
            except OSError:
                listens = False
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert process.stderr is not None
    said = process.stderr.read()
    assert "Traceback" not in said and "The studio has ended." in said


@pytest.mark.parametrize("command", [["user", "add", "anna", "--no-password"], ["key", "create", "k", "--consent"]])
def test_commands_tell_of_a_folder_that_cannot_be_made(run: Run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("")
    ran = run("studio", *command, "--data-dir", str(tmp_path / "file" / "data"))
    assert ran.code == 4 and "Nothing can be kept in" in ran.err and "--data-dir" in ran.err


def test_the_folder_that_a_command_makes_is_its_owners_alone(run: Run, tmp_path: Path) -> None:
    assert run("studio", "user", "add", "anna", "--no-password", "--data-dir", str(tmp_path / "data")).code == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", [["user", "add", "anna", "--no-password"], ["backup", "FILE"]])
def test_commands_tell_what_the_database_refuses(
    run: Run, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ("--data-dir", str(tmp_path / "data"))
    assert run("studio", "user", "list", *folder).code == 0

    def refuse(*given: object, **more: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("phonoscope.studio.accounts.people.create_account", refuse)
    monkeypatch.setattr("phonoscope.studio.backup._copy_database", refuse)
    ran = run("studio", *(str(tmp_path / "a.tar") if word == "FILE" else word for word in command), *folder)
    assert ran.code == 4 and "Error: The database refused: database or disk is full." in ran.err
