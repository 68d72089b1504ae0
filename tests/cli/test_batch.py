from __future__ import annotations

import json
from pathlib import Path

import pytest

from phonoscope.cli import batch as command
from phonoscope.rendering.options import RenderOptions
from phonoscope.scene.document.reading import ReadScene
from tests.batch.tables import DOCUMENT, render_text
from tests.cli.conftest import Run

ROWS = "name,colour,other\nAnna,red,1\nBob,blurple,2\nCarl,,3\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document and a table; the renderer writes the document."""
    (tmp_path / "card.json").write_text(DOCUMENT, "utf-8")
    (tmp_path / "rows.csv").write_text(ROWS, "utf-8")

    def render(read: ReadScene, output: Path, options: RenderOptions) -> float:
        assert options.overwrite
        return render_text(read, output)

    monkeypatch.setattr(command, "render_row", render)
    return tmp_path


def test_a_batch_tells_what_it_did(run: Run, folder: Path) -> None:
    arguments = ("batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--name", "{{name}}.webm")
    ran = run(*arguments)
    assert ran.code == 3
    assert "2 made, 0 kept, 1 failed; see" in ran.out
    assert "Row 3: variables.colour" in ran.err and "do not use" not in ran.out and "other" in ran.err
    assert {path.name for path in (folder / "out").glob("*.webm")} == {"Anna.webm", "Carl.webm"}
    (folder / "rows.csv").write_text(ROWS.replace("blurple", "blue"))
    ran = run(*arguments)
    assert (ran.code, "1 made, 2 kept, 0 failed" in ran.out) == (0, True)


def test_a_batch_in_json(run: Run, folder: Path) -> None:
    ran = run("batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--json")
    assert ran.code == 3
    assert ran.events[-1]["event"] == "report"
    assert [outcome["output"] for outcome in ran.events[-1]["outcomes"]] == ["0002.mp4", "0003.mp4", "0004.mp4"]
    assert json.loads((folder / "out" / "report.json").read_text("utf-8"))["failed"] == 1


def test_a_quiet_batch_prints_failures_only(run: Run, folder: Path) -> None:
    ran = run("batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--quiet")
    assert ran.out == ""
    assert ran.err.startswith("Row 3: ") and ran.err.count("\n") == 1


def test_a_dry_run(run: Run, folder: Path) -> None:
    ran = run(
        "batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--dry-run", "--set", "colour=red"
    )
    assert "To be made: 2. There already: 0. Rows that cannot be used: 1." in ran.out
    assert not (folder / "out").exists()


def test_formats_and_values_for_all_rows(run: Run, folder: Path) -> None:
    (folder / "rows.csv").write_text("colour\nred\n")
    ran = run(
        "batch", folder / "card.json", folder / "rows.csv", "-o", folder / "o", "--set", "name=Eve", "--format", "gif"
    )
    assert ran.code == 0
    assert "Hello Eve" in (folder / "o" / "0002.gif").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("card.json", "none.csv"), 3, "No such file"),
        (("none.json", "rows.csv"), 3, "There is no document"),
        (("card.json", "rows.csv", "--name", "{{nam}}.mp4"), 2, "Did you mean name"),
        (("card.json", "rows.csv", "--format", "avi"), 2, "is no format"),
        (("card.json", "rows.csv", "--set", "x"), 2, "sets nothing"),
        (("card.json", "rows.csv", "--jobs", "0"), 2, "--jobs"),
    ],
)
def test_what_cannot_be_done(
    run: Run, folder: Path, arguments: tuple[str, ...], code: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    ran = run("batch", *arguments, "-o", "out")
    assert (ran.code, told in ran.err) == (code, True), ran.err
    assert not (folder / "out").exists()


def test_a_cp1252_table_is_noted(run: Run, folder: Path) -> None:
    (folder / "rows.csv").write_bytes("name\nZoë\n".encode("cp1252"))
    ran = run("batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--name", "{{name}}.mp4")
    assert "Windows-1252" in ran.err
    assert (folder / "out" / "Zoë.mp4").exists()


def test_all_faults_of_a_document_in_json(run: Run, folder: Path) -> None:
    (folder / "card.json").write_text('{"a": 1, "a": 2, "b": NaN}')
    ran = run("batch", folder / "card.json", folder / "rows.csv", "-o", folder / "out", "--json")
    assert ran.code == 3
    assert ran.events[-1]["kind"] == "scene"
    assert [fault["path"] for fault in ran.events[-1]["faults"]] == ["a", "b"]
