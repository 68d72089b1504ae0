from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import typer
from tests.avatars.drawn.own.drawings import ALL, HEAD, MOUTH, face, write_layers, write_svg
from typer.testing import CliRunner

from phonoscope.avatars.drawn.own.checking import POSES, SHEET_PX, check_own, draw_poses
from phonoscope.avatars.drawn.puppet import MouthLook, MouthPictures
from phonoscope.cli.avatar_check import check_avatar

EXAMPLES = Path(__file__).parents[4] / "examples" / "own-avatar"
SIZE = (200, 200)

app = typer.Typer()
app.command()(check_avatar)


def test_every_part_is_told(tmp_path: Path) -> None:
    report = check_own(write_svg(tmp_path, ALL), SIZE)
    states = {part.part: part.state.value for part in report.parts}
    assert states == {
        "mouth": "found", "eyes": "found", "gaze": "found", "blinks": "guessed", "brows": "missing", "head": "found",
        "body": "found",
    }  # fmt: skip
    assert "brow-left" in report["brows"].advice
    assert report["eyes"].names == ("eye-left", "eye-right")


def test_what_is_missing_is_told_with_what_it_costs(tmp_path: Path) -> None:
    report = check_own(write_svg(tmp_path, HEAD + MOUTH), SIZE)
    assert report["eyes"].state == "missing"
    assert "neither blinks nor looks" in report["eyes"].does
    assert "moves with the head" in report["body"].does


def test_missing_mouth_shapes_are_told(tmp_path: Path) -> None:
    shapes = "".join(f'<g id="{letter}"><rect x="80" y="110" width="40" height="9"/></g>' for letter in "ABCDEF")
    report = check_own(write_svg(tmp_path, HEAD + f'<g id="mouth">{shapes}</g>'), SIZE)
    assert "Rhubarb" in report["mouth"].does
    assert "G" in report["mouth"].advice
    assert "H" in report["mouth"].advice


def test_whole_pictures_are_not_asked_for_layers(tmp_path: Path) -> None:
    report = check_own(write_layers(tmp_path / "me", idle=face(4), talking=face(24)), SIZE)
    assert not any(part.advice for part in report.parts)
    assert "whole character" in report.notes[-1]


def test_the_sheet_shows_poses_that_differ(tmp_path: Path) -> None:
    report = check_own(write_svg(tmp_path, ALL), SIZE)
    sheet = draw_poses(report.puppet)
    assert sheet.shape[1] == 5 * SHEET_PX
    at_rest, open_ = sheet[:SHEET_PX, :SHEET_PX], sheet[:SHEET_PX, SHEET_PX : 2 * SHEET_PX]
    assert np.abs(at_rest.astype(int) - open_).max() > 50
    assert len(POSES) == 10


def test_the_command_prints_parts_and_writes_a_sheet(tmp_path: Path) -> None:
    drawing, sheet = write_svg(tmp_path, ALL), tmp_path / "sheet.png"
    result = CliRunner().invoke(app, [str(drawing), "-o", str(sheet)])
    assert result.exit_code == 0, result.output
    assert "brow-left" in result.output
    assert sheet.stat().st_size > 10_000


def test_the_command_prints_json(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, [str(write_svg(tmp_path, ALL)), "--json"])
    report = json.loads(result.output)
    assert {part["part"] for part in report["parts"]} >= {"mouth", "eyes", "head"}
    assert report["floats"] is False


@pytest.mark.parametrize(
    ("name", "mouth", "blink"),
    [
        ("pip.svg", MouthLook, "lid"),
        ("pip-layers", MouthLook, "lid"),
        ("bloop.svg", MouthPictures, "swap"),
        ("bloop-layers", MouthPictures, "swap"),
        ("bloop-states", MouthPictures, "swap"),
    ],
)
def test_the_examples_are_whole(name: str, mouth: type, blink: str) -> None:
    report = check_own(EXAMPLES / name, SIZE)
    assert isinstance(report.puppet.mouth, mouth)
    assert [eye.blink for eye in report.puppet.eyes] == [blink, blink]
    if name != "bloop-states":
        assert all(part.state != "missing" for part in report.parts)
        assert report.notes == ()
