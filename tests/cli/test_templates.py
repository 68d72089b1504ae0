"""``phonoscope templates`` and ``phonoscope new``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from phonoscope.cli.main import run
from phonoscope.core.errors import UsageError
from phonoscope.templates import templates


def test_templates_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["templates"]) == 0
    printed = capsys.readouterr().out
    assert all(template.name in printed for template in templates())


def test_templates_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    run(["templates", "--json"])
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["name"] for one in listed] == [template.name for template in templates()]
    assert all(one["formats"] == ["landscape", "portrait", "square"] for one in listed)
    assert all(told["description"] for one in listed for told in one["variables"].values())


def test_one_template_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    run(["templates", "quiz"])
    printed = capsys.readouterr().out
    assert "phonoscope render quiz" in printed


def test_templates_are_searched(capsys: pytest.CaptureFixture[str]) -> None:
    run(["templates", "--search", "birthday", "--json"])
    assert any(json.loads(line)["name"] == "birthday" for line in capsys.readouterr().out.splitlines())
    with pytest.raises(UsageError, match="No template"):
        run(["templates", "--search", "nonesuch"])


def test_a_document_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = templates()[0].name
    variable = next(v for v in templates()[0].variables if v.kind == "text").name
    run(["new", name, "--format", "portrait", "--set", f"{variable}=Mine", "-o", "mine.json"])
    document = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    assert document["variables"][variable]["default"] == "Mine"
    assert document["canvas"]["format"] == "9:16"
    with pytest.raises(UsageError, match="exists"):
        run(["new", name, "-o", "mine.json"])
    with pytest.raises(UsageError, match="no variable"):
        run(["new", name, "--set", "nonesuch=1", "-o", "other.json"])
    with pytest.raises(UsageError, match="no template"):
        run(["new", "nonesuch"])
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine.json"]


def test_pictures_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = next(template for template in templates() if template.pictures)
    given = next(v.name for v in shown.variables if v.kind == "image")
    for folder in ("with", "without"):
        (tmp_path / folder).mkdir()
    run(["new", shown.name, "-o", "with/mine.json"])
    assert all((tmp_path / "with" / name).stat().st_size for name in shown.pictures)
    run(["new", shown.name, "-o", "without/mine.json", "--set", f"{given}=own.jpg"])
    copied = {str(path.relative_to(tmp_path / "without")) for path in tmp_path.glob("without/pictures/*")}
    assert copied == set(shown.pictures) - {next(v.default for v in shown.variables if v.name == given)}
