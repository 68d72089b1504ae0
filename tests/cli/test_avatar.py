from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.avatars.drawn.document import read_avatar
from phonoscope.avatars.drawn.library import find_character
from tests.cli.conftest import Run


@pytest.fixture
def me(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "me.avatar.json"
    assert run("avatar", "new", "--style", "micah", "--hair", "full", "--glasses", "round", "-o", path).code == 0
    return path


def test_a_new_one_is_what_was_asked_for(run: Run, tmp_path: Path) -> None:
    path, picture = tmp_path / "me.avatar.json", tmp_path / "me.png"
    ran = run(
        "avatar", "new", "--style", "micah", "--hair", "full", "--hair-color", "#77311d", "--skin", "tan", "--set",
        "noseVariant=curve", "--background", "#ff0000", "-o", path, "--preview", picture,
    )  # fmt: skip
    assert ran.code == 0
    made = read_avatar(path)
    assert (made.name, made.style, made.background) == ("me", "micah", "#ff0000")
    assert made.options["hairVariant"] == "full"
    assert made.options["noseVariant"] == "curve"
    with Image.open(picture) as drawn:
        assert drawn.size == (512, 512)
        assert np.asarray(drawn)[1, 1].tolist() == [255, 0, 0]


def test_colours_may_be_spelt_the_british_way(run: Run) -> None:
    ran = run("avatar", "new", "--style", "micah", "--hair-colour", "#010203")
    assert json.loads(ran.out)["options"]["hairColor"] == "#010203"


def test_one_may_start_from_another(run: Run, me: Path) -> None:
    made = json.loads(run("avatar", "new", "--from", "anna", "--background", "navy").out)
    anna = find_character("anna")
    assert made["options"] == dict(anna.options)
    assert made["background"] == "#2f4858"
    assert made["name"] == ""
    assert json.loads(run("avatar", "new", "--from", me).out)["options"]["hairVariant"] == "full"


def test_tags_that_may_have_become_untrue_are_left_out(run: Run) -> None:
    tags = json.loads(run("avatar", "new", "--from", "anna", "--hair-color", "blue").out)["tags"]
    assert "woman" in tags
    assert "brown-hair" not in tags


def test_an_edit_changes_the_file_and_can_be_undone(run: Run, me: Path) -> None:
    before = me.read_text()
    assert run("avatar", "edit", me, "--hair", "pixie", "--glasses", "none").code == 0
    assert read_avatar(me).options["hairVariant"] == "pixie"
    assert "glassesVariant" not in read_avatar(me).options
    after = me.read_text()
    assert run("avatar", "edit", me, "--undo").code == 0
    assert me.read_text() == before
    assert run("avatar", "edit", me, "--undo").code == 0
    assert me.read_text() == after


def test_an_edit_may_go_elsewhere(run: Run, me: Path, tmp_path: Path) -> None:
    before = me.read_text()
    other = tmp_path / "other.avatar.json"
    assert run("avatar", "edit", me, "--hair", "pixie", "-o", other).code == 0
    assert me.read_text() == before
    assert read_avatar(other).options["hairVariant"] == "pixie"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["me.avatar.json", "other.avatar.json"]


def test_a_failed_edit_leaves_the_file_alone(run: Run, me: Path, tmp_path: Path) -> None:
    before = me.read_text()
    assert run("avatar", "edit", me, "--hair", "pixxie").code == 2
    assert run("avatar", "edit", me, "--hair", "pixie", "--preview", tmp_path / "no" / "x.png").code == 4
    assert run("avatar", "edit", me, "--hair", "pixie", "--preview", me).code == 2
    assert me.read_text() == before
    assert [path.name for path in tmp_path.iterdir()] == ["me.avatar.json"]


def test_chance_makes_believable_ones(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "r.avatar.json"
    ran = run("avatar", "random", "--style", "lorelei", "--tag", "woman", "--seed", "3", "-o", path)
    assert ran.code == 0
    assert read_avatar(path).style == "lorelei"
    assert "woman" in read_avatar(path).tags
    assert "Make it again with --seed" in run("avatar", "random", "-o", path, "--overwrite").out
    one, other = (run("avatar", "random", "--seed", "5").out for _ in range(2))
    assert one == other


def test_options_are_listed_and_drawn(run: Run, tmp_path: Path) -> None:
    assert "--facial-hair" in run("avatar", "options", "micah").out
    lines = run("avatar", "options", "micah", "--json").events
    hair = next(line for line in lines if line.get("part") == "hair")
    assert "pixie" in hair["values"]
    assert hair["plain"] == ["hair"]
    assert any(line.get("color") == "shirt" for line in lines)
    sheet = tmp_path / "glasses.png"
    assert run("avatar", "options", "avataaars", "--part", "glasses", "--sheet", sheet).code == 0
    assert sheet.exists()
    assert "sideComed" in run("avatar", "options", "toon-head", "--part", "hair").out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("new",), "There is nothing to start from. Styles: adventurer"),
        (("new", "--style", "micha"), "Did you mean micah"),
        (("new", "--style", "micah", "--from", "anna"), "Both --style and --from"),
        (("new", "--from", "annna"), "Did you mean anna"),
        (("new", "--style", "micah", "--hair", "ful"), "Did you mean full"),
        (("new", "--style", "micah", "-o", "me.txt"), "End it in .avatar.json"),
        (("new", "--style", "micah", "--hari", "full"), "--hari"),
        (("options", "mica"), "Did you mean micah"),
        (("options", "micah", "--part", "hiar"), "Did you mean hair"),
        (("random", "--tag", "robot", "--style", "micah"), "No character of micah has robot"),
    ],
)
def test_mistakes_are_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    ran = run("avatar", *arguments)
    assert ran.code == 2
    assert told in " ".join(ran.err.split())


def test_edits_that_make_no_sense_are_told(run: Run, me: Path) -> None:
    assert "nothing to change" in run("avatar", "edit", me).err
    assert "no earlier version" in run("avatar", "edit", me, "--undo").err
    assert "--undo goes alone" in run("avatar", "edit", me, "--undo", "--hair", "pixie").err
    assert run("avatar", "edit", me.with_name("none.json"), "--hair", "pixie").code == 3
    assert "avatar new --from" in run("avatar", "edit", "avatar:anna", "--hair", "none").err


def test_options_that_make_no_difference_are_told(run: Run) -> None:
    ran = run("avatar", "new", "--style", "micah", "--glasses", "none", "--glasses-color", "red", "--hair-color", "red")
    assert "--glasses-color was taken, but nothing of it is seen" in ran.err
    assert "--hair-color" not in ran.err
    assert json.loads(ran.out)["options"]["glassesColor"] == "#c44536"


def test_files_are_not_overwritten_unasked(run: Run, me: Path) -> None:
    assert run("avatar", "new", "--style", "dylan", "-o", me).code == 2
    assert run("avatar", "new", "--style", "dylan", "-o", me, "--overwrite").code == 0
    assert read_avatar(me).style == "dylan"


@pytest.mark.parametrize("command", ["new", "edit", "random", "options"])
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    ran = run("avatar", command, "--help")
    assert ran.code == 0
    assert f"phonoscope avatar {command}" in ran.out
