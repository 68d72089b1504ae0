from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Run


def test_the_schema_is_printed(run: Run) -> None:
    ran = run("schema")
    assert ran.code == 0
    assert json.loads(ran.out)["title"] == "Phonoscope scene"


def test_the_schema_is_written(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "scene.schema.json"
    assert run("schema", "-o", path).out.strip() == str(path)
    assert "scenes" in json.loads(path.read_text("utf-8"))["properties"]
    assert run("schema", "-o", path).code == 2
    assert run("schema", "-o", path, "--overwrite").code == 0
