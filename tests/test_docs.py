"""Every command of the pages about videos works as it is written, and every document in them can be rendered."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from phonoscope import open_scene
from tests.cli.conftest import Run, run

__all__ = ["run"]

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("videos", "templates")}
COMMANDS = [command for page in PAGES.values() for command in re.findall(r"^    phonoscope (.+)$", page, re.MULTILINE)]
DOCUMENTS = [
    text for page in PAGES.values() for text in re.findall(r"^```json\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
]

SLOW = {
    "render quiz:portrait": "a whole template: rendered by the tests of templates",
}
"""Beginnings of commands that would take a minute, and where what they do is tested."""

TINY = {"resolution": 144, "fps": 10}


def tiny(**fields: Any) -> str:
    """Return a document that is rendered within a second."""
    scene = {"background": "navy", "script": "Hi.", **fields.pop("scene", {})}
    return json.dumps({"schema": "scene.1", "canvas": TINY, **fields, "scenes": [scene]})


def test_there_are_commands_and_documents() -> None:
    assert len(COMMANDS) > 15
    assert len(DOCUMENTS) > 4


@pytest.mark.parametrize("command", COMMANDS)
def test_command(command: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if any(command.startswith(beginning) for beginning in SLOW):
        pytest.skip(next(reason for beginning, reason in SLOW.items() if command.startswith(beginning)))
    monkeypatch.chdir(tmp_path)
    Path("first.json").write_text(tiny(scene={"description": "Nothing."}))
    Path("vertical.json").write_text(tiny(canvas={**TINY, "format": "9:16"}))
    offer: dict[str, Any] = {"product": {}, "price": {}}
    Path("offer.json").write_text(tiny(variables=offer, scene={"script": "{{product}} {{price}}"}))
    Path("rows.csv").write_text("title\nStars\n" if "quiz" in command else "product,price\nTea,2 euros\n")
    choices = [{"label": "Again", "goto": "scene-1"}, {"label": "Stop"}]
    Path("quiz.json").write_text(tiny(scene={"interaction": {"choices": choices}}))
    ran = run(*shlex.split(command))
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("text", DOCUMENTS)
def test_documents_can_be_rendered(text: str) -> None:
    data = json.loads(text)
    values = {name: "x" for name, about in data.get("variables", {}).items() if "default" not in about}
    assert open_scene(data, values).document.scenes


def test_the_first_document_is_that_of_the_examples() -> None:
    assert json.loads(DOCUMENTS[0]) == json.loads((ROOT / "examples" / "scenes" / "first.json").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)", PAGES[page]):
        assert (ROOT / "docs" / link).exists(), link
