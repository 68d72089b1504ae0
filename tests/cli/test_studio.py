from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest

from phonoscope.studio.running.alone import running_alone
from phonoscope.studio.settings import Settings
from tests.cli.conftest import Run

COMMANDS = (
    (),
    ("link",),
    ("backup",),
    ("restore",),
    *(("user", name) for name in ("add", "list", "remove", "password")),
    ("key", "create"),
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, command: tuple[str, ...]) -> None:
    ran = run("studio", *command, "--help")
    assert ran.code == 0
    assert f"phonoscope studio {' '.join(command)}".strip() in " ".join(ran.out.split())


def test_settings_are_shown_with_their_sources(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    (folder / "studio.toml").write_text("workers = 3")
    monkeypatch.setenv("PHONOSCOPE_PASSWORD", "hunter2hunter2")
    ran = run("studio", "--show-settings", "--port", "9000")
    shown = dict(block.split(" = ", 1) for block in ran.out.split("\n\n") if " = " in block)
    assert shown["port"].startswith("9000\n    from: option\n    Port")
    assert shown["workers"].startswith(f"3\n    from: {folder / 'studio.toml'}\n")
    assert shown["password"].startswith("***\n    from: PHONOSCOPE_PASSWORD\n")
    assert set(shown) == set(Settings.model_fields)
    assert "hunter2" not in ran.out


def test_users_are_added_listed_and_removed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "correct horse\n")
    assert run("studio", "user", "add", "anna").code == 0
    assert run("studio", "user", "add", "ben", "--no-password").code == 0
    listed = run("studio", "user", "list").out.splitlines()
    assert [line.split()[0] for line in listed] == ["anna", "ben"]
    assert "no password" not in listed[0]
    assert "no password" in listed[1]
    assert run("studio", "user", "remove", "anna").code == 2
    assert run("studio", "user", "remove", "anna", "--yes").code == 0
    assert "anna" not in run("studio", "user", "list").out


def test_the_first_user_gets_a_password_before_the_first_start(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("studio", "--host", "0.0.0.0", "--no-browser")
    assert refused.code == 2
    assert "phonoscope studio user password local" in refused.err
    typed(monkeypatch, "correct horse\n")
    assert run("studio", "user", "password", "local").code == 0
    assert "no password" not in run("studio", "user", "list").out


def test_a_short_password_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "short\n")
    assert run("studio", "user", "add", "anna").code == 2


def test_a_key_is_printed_alone(run: Run) -> None:
    run("studio", "user", "add", "anna", "--no-password")
    assert run("studio", "key", "create", "site", "--user", "anna").code == 2  # nobody stated anything
    ran = run("studio", "key", "create", "site", "--user", "anna", "--consent")
    assert ran.code == 0
    assert ran.out.strip().startswith("psk_")
    assert len(ran.out.split()) == 1


def test_a_link_leads_to_the_studio_that_runs(run: Run, folder: Path) -> None:
    refused = run("studio", "link")
    assert refused.code == 2
    assert "phonoscope studio" in refused.err
    run("studio", "user", "add", "local", "--no-password")
    with running_alone(Settings()) as running:
        running.tell("http://127.0.0.1:1234")
        assert run("studio", "link").out.startswith("http://127.0.0.1:1234/#token=")


def test_a_second_start_leads_to_the_first(run: Run) -> None:
    run("studio", "user", "add", "local", "--no-password")
    with running_alone(Settings()) as running:
        running.tell("http://127.0.0.1:1234")
        ran = run("studio", "--no-browser")
    assert ran.code == 0
    assert "http://127.0.0.1:1234/#token=" in ran.err


def test_a_taken_port_is_told_only_when_it_was_asked_for(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = run("studio", "--no-browser", "--port", str(other.getsockname()[1]))
    assert ran.code == 2
    assert "taken" in ran.err


def test_a_backup_is_written_and_brought_back(run: Run, tmp_path: Path) -> None:
    run("studio", "user", "add", "anna", "--no-password")
    assert run("studio", "backup", tmp_path / "all.tar").code == 0
    assert run("studio", "restore", tmp_path / "all.tar", "--data-dir", tmp_path / "there").code == 0
    assert "anna" in run("studio", "user", "list", "--data-dir", tmp_path / "there").out


def test_options_before_a_subcommand_are_refused(run: Run, tmp_path: Path) -> None:
    ran = run("studio", "--data-dir", tmp_path, "link")
    assert ran.code == 2
    assert "studio link --help" in ran.err
