from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from phonoscope.scene.text import families
from tests.cli.conftest import Run


def test_all_families_are_listed(run: Run) -> None:
    ran = run("fonts")
    assert ran.code == 0
    assert all(family in ran.out for family in families())
    assert "handwriting" in ran.out


def test_json_tells_scripts_and_weights(run: Run) -> None:
    listed = {one["name"]: one for one in run("fonts", "--json").events}
    assert next(iter(listed)) == "Noto Sans"
    assert listed["Noto Sans"]["weights"] == [400, 700]
    assert listed["Noto Sans"]["scripts"] == ["Latin", "Greek", "Cyrillic"]
    assert listed["Noto Sans JP"]["scripts"] == ["Japanese"]
    assert listed["Noto Sans JP"]["is_stand_in"]
    assert listed["Caveat"]["about"] == "handwriting"
    assert not listed["Caveat"]["is_stand_in"]
    assert all(one["licence"] == "OFL-1.1" for one in listed.values())


def test_a_sheet_shows_them_and_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "fonts.png"
    ran = run("fonts", "--sheet", sheet)
    assert ran.code == 0
    assert str(sheet) in ran.out
    with Image.open(sheet) as picture:
        rgb = np.asarray(picture)
    assert rgb.min() < 60
    assert (rgb == 255).all(-1).mean() > 0.8
    assert run("fonts", "--sheet", sheet).code == 2
    assert run("fonts", "--sheet", sheet, "--overwrite", "--json").code == 0
