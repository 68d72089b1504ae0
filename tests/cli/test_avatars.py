from __future__ import annotations

import json
from pathlib import Path

from PIL import Image

from tests.cli.conftest import Run


def test_all_are_listed_style_by_style(run: Run) -> None:
    ran = run("avatars")
    assert ran.code == 0
    assert "micah" in ran.out
    assert " characters. Use one by its name: phonoscope say avatar:" in ran.out


def test_words_find_some(run: Run) -> None:
    listed = [json.loads(line) for line in run("avatars", "--search", "older woman glasses", "--json").out.splitlines()]
    assert listed
    assert all({"older", "woman", "glasses"} <= set(one["tags"]) for one in listed)
    shown = run("avatars", "--search", "older woman glasses").out
    assert listed[0]["name"] in shown


def test_style_and_tags_narrow(run: Run) -> None:
    ran = run("avatars", "--style", "micah", "--tag", "beard", "--tag", "man", "--json")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert found
    assert all(one["style"] == "micah" and "beard" in one["tags"] for one in found)
    assert "CC BY 4.0" in found[0]["credit"]


def test_a_sheet_is_drawn_and_not_overwritten(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "found.png"
    ran = run("avatars", "--style", "thumbs", "--search", "blue", "--sheet", sheet)
    assert ran.code == 0
    assert str(sheet) in ran.out
    with Image.open(sheet) as picture:
        assert picture.width > 150
    assert run("avatars", "--style", "thumbs", "--sheet", sheet).code == 2


def test_what_is_not_found_is_told(run: Run) -> None:
    ran = run("avatars", "--search", "older woman glases")
    assert ran.code == 2
    assert "glases" in ran.err
    assert "glasses" in ran.err
    assert "Leave one of these away" in run("avatars", "--search", "robot beard").err
    assert "Did you mean micah" in run("avatars", "--style", "mica").err
    assert "Did you mean robot" in run("avatars", "--tag", "robo").err
    assert "No character of micah has robot" in run("avatars", "--style", "micah", "--tag", "robot").err


def test_errors_are_json_where_that_is_asked_for(run: Run) -> None:
    (event,) = run("avatars", "--search", "qqqq", "--json").events
    assert event["event"] == "error"


def test_styles_are_listed_with_makers_and_licences(run: Run) -> None:
    styles = [json.loads(line) for line in run("avatars", "--styles", "--json").out.splitlines()]
    micah = next(style for style in styles if style["style"] == "micah")
    assert micah["by"] == "Micah Lanier"
    assert micah["licence"] == "CC BY 4.0"
    assert "Micah Lanier" in micah["credit"]
    assert sum(style["characters"] for style in styles) >= 600
    assert "Micah Lanier" in run("avatars", "--styles").out


def test_tags_are_listed(run: Run) -> None:
    assert "hijab" in run("avatars", "--tags").out
    tags = {line["tag"]: line["characters"] for line in run("avatars", "--tags", "--json").events}
    assert tags["robot"] >= 40
