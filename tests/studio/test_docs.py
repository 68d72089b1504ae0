"""The studio's documentation and the files for Docker agree with the program."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi import FastAPI

from phonoscope.studio.running.alone import running_alone
from phonoscope.studio.settings import Settings
from tests.cli.conftest import Run, run
from tests.studio.live import serving

__all__ = ["run"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "studio.md"
BEGIN = "<!-- settings: written by python -m tests.studio.test_docs -->\n"
END = "<!-- end of settings -->"
COMMANDS = re.findall(
    r"^    (?:docker compose exec studio )?phonoscope (studio .+)$", PAGE.read_text("utf-8"), re.MULTILINE
)
CHECKED_FILES = ("Dockerfile", "compose.yaml", "docs/studio.md")


def settings_table() -> str:
    """Return all settings as a table; folders are told as they are written."""
    rows = ["| setting | usually | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        usual = field.get_default(call_default_factory=True)
        if name == "data_dir":
            told = "~/.local/share/phonoscope"
        elif isinstance(usual, bool):
            told = str(usual).lower()
        elif isinstance(usual, str | int | float) and str(usual):
            told = str(usual)
        else:
            told = ""
        rows.append(f"| `{name}` | {f'`{told}`' if told else ''} | {field.description} |")
    return "\n".join(rows) + "\n"


def written(page: str) -> str:
    """Return the table that a page has."""
    return page.partition(BEGIN)[2].partition(END)[0]


def test_the_table_of_settings_is_that_of_the_program() -> None:
    assert written(PAGE.read_text("utf-8")) == settings_table(), "write it: python -m tests.studio.test_docs"


@pytest.mark.parametrize("name", CHECKED_FILES)
def test_variables_that_are_named_are_settings(name: str) -> None:
    named = set(re.findall(r"PHONOSCOPE_([A-Z_]+)", (ROOT / name).read_text("utf-8")))
    assert named
    assert {variable.lower() for variable in named} <= set(Settings.model_fields)


def test_every_command_works(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, as somebody would who reads the page; those that start a server are tried elsewhere."""
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    tried = set()
    for command in COMMANDS:
        words = [word.replace("/tmp", str(tmp_path)) for word in shlex.split(command)]  # noqa: S108 - in the container
        if "--show-settings" not in words and words[1:2] and words[1].startswith("-"):
            continue
        monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
        ran = run(*words, *(("--overwrite",) if "backup" in words else ()))
        assert ran.code == 0, (command, ran.err)
        tried |= set(words)
    assert {"password", "add", "list", "remove", "create", "backup", "restore", "--show-settings"} <= tried


def test_the_link_of_the_page_works(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "`phonoscope studio link`" in PAGE.read_text("utf-8")
    monkeypatch.setenv("PHONOSCOPE_DATA_DIR", str(tmp_path / "data"))
    run("studio", "user", "add", "local", "--no-password")
    with running_alone(Settings()) as running:
        running.tell("http://127.0.0.1:8470")
        assert run("studio", "link").code == 0


def test_the_container_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text("utf-8")
    last_stage = text.rpartition("\nFROM ")[2]
    user = re.search(r"^USER (\d+)$", last_stage, re.MULTILINE)
    assert user
    assert int(user[1]) >= 1000
    assert f"--uid {user[1]}" in last_stage
    assert "HEALTHCHECK" in last_stage
    assert "VOLUME /data" in last_stage


def test_the_health_check_of_the_container_asks_the_server_itself(app: FastAPI) -> None:
    found = re.search(
        r"HEALTHCHECK .*?CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert found
    _, *words = json.loads(found[1])
    environment = {"PATH": os.environ["PATH"], "http_proxy": "http://127.0.0.1:1"}
    codes = []
    with serving(app) as address:
        for path in ("/health", "/nothing"):
            asked = [word.replace("8470", address.rpartition(":")[2]).replace("/health", path) for word in words]
            codes.append(subprocess.run([sys.executable, *asked], env=environment, check=False).returncode)
    assert codes == [0, 1]


def test_a_backup_is_brought_back_in_a_container(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the shell of the container, which cannot read the file of whoever sits before it: it comes as its input."""
    found = re.search(r"--entrypoint sh studio (-c '.+') < monday\.tar$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert found
    assert run("studio", "user", "add", "anna", "--no-password", "--data-dir", str(tmp_path / "old")).code == 0
    assert run("studio", "backup", str(tmp_path / "kept.tar"), "--data-dir", str(tmp_path / "old")).code == 0
    scripts = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PHONOSCOPE_DATA_DIR": str(tmp_path / "new"), "PATH": scripts}
    command = ["sh", *(word.replace("/tmp", str(tmp_path)) for word in shlex.split(found[1]))]  # noqa: S108
    with (tmp_path / "kept.tar").open("rb") as kept:
        subprocess.run(command, stdin=kept, env=environment, check=True)
    assert "anna" in run("studio", "user", "list", "--data-dir", str(tmp_path / "new")).out


def test_the_password_of_the_container_is_copied_nowhere() -> None:
    for name in (".dockerignore", ".gitignore"):
        assert ".env" in (ROOT / name).read_text("utf-8").splitlines()


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(BEGIN + written(text), BEGIN + settings_table()), "utf-8")
