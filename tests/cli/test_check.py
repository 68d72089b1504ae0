from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.core.frames import Picture
from tests.cli.conftest import Run


@pytest.fixture
def animal(tmp_path: Path, cat: Picture) -> Path:
    path = tmp_path / "cat.png"
    Image.fromarray(cat.rgb).save(path)
    return path


@pytest.fixture
def tiny(tmp_path: Path, astronaut: Picture) -> Path:
    """A face of 39 pixels."""
    path = tmp_path / "tiny.png"
    Image.fromarray(astronaut.rgb).resize((180, 180)).save(path)
    return path


@pytest.fixture
def large(tmp_path: Path, astronaut: Picture) -> Path:
    """A face of 220 pixels."""
    path = tmp_path / "large.png"
    Image.fromarray(astronaut.rgb[:256, 96:352]).resize((512, 512), Image.Resampling.BICUBIC).save(path)
    return path


def test_a_table_for_people(run: Run, large: Path) -> None:
    ran = run("check", large)
    assert ran.code == 0, ran.err
    assert "one face, good" in ran.out
    assert "mouth open, with teeth" in " ".join(ran.out.split())


def test_json_for_programs(run: Run, large: Path, tiny: Path, animal: Path) -> None:
    ran = run("check", large, tiny, animal, "--json")
    assert ran.code == 0, "one usable face is enough"
    good, small, none = ran.events
    assert (good["grade"], small["grade"], none["grade"]) == ("good", "poor", "poor")
    (face,) = good["faces"]
    assert face["number"] == 1
    x0, y0, x1, y1 = face["box_px"]
    assert 0 <= x0 < x1 <= 512
    assert 0 <= y0 < y1 <= 512
    assert face["height_px"] == pytest.approx(220, abs=12)
    findings = {finding["name"]: finding for finding in face["findings"]}
    names = {"size", "turn", "nod", "tilt", "frame", "sharpness", "exposure", "contrast", "light", "cover"}
    assert names | {"features", "grain", "eyes", "mouth", "glasses", "beard"} == set(findings)
    size = {finding["name"]: finding for finding in small["faces"][0]["findings"]}["size"]
    assert "use a larger photo" in size["advice"]
    assert none["faces"] == []
    assert "phonoscope mark" in none["findings"][0]["advice"]


def test_the_exit_code_tells_unfit_photos(run: Run, animal: Path, tiny: Path) -> None:
    assert run("check", animal).code == 3
    assert run("check", tiny, "--json").code == 3


def test_an_annotated_picture(run: Run, large: Path, tmp_path: Path) -> None:
    output = tmp_path / "seen.png"
    assert run("check", large, "-o", output).code == 0
    with Image.open(output) as image:
        assert max(image.size) == 1200
    again = run("check", large, "-o", output, "--json")
    assert again.code == 2
    assert "exists" in again.events[-1]["message"]
    assert run("check", large, "-o", output, "--overwrite").code == 0


def test_bad_pictures_among_good_ones(run: Run, large: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.jpg").write_text("no picture")
    ran = run("check", tmp_path / "none.jpg", tmp_path / "notes.jpg", large, "--json")
    assert ran.code == 0
    assert ["error" in event for event in ran.events] == [True, True, False]
    alone = run("check", tmp_path / "notes.jpg", "--json")
    assert alone.code == 3
    assert "not a picture" in alone.events[-1]["message"]


def test_refusals(run: Run, large: Path, animal: Path, tmp_path: Path) -> None:
    assert run("check", large, animal, "-o", tmp_path / "x.png").code == 2
    assert run("check", large, "-o", large, "--overwrite").code == 2
    assert run("check", large, "-o", tmp_path / "x.txt").code == 2
    assert run("check").code == 2


def test_crop(run: Run, photo: Path, tmp_path: Path) -> None:
    output = tmp_path / "head.png"
    ran = run("crop", photo, "-o", output, "--aspect", "4:5")
    assert ran.code == 0, ran.err
    with Image.open(output) as image:
        width, height = image.size
        assert width / height == pytest.approx(0.8, abs=0.02)
        assert height < 256
    report = json.loads(run("check", output, "--json").out)
    (face,) = report["faces"]
    x0, _, x1, _ = face["box_px"]
    assert (x0 + x1) / 2 == pytest.approx(width / 2, abs=0.1 * width)


def test_crop_to_a_size(run: Run, large: Path, tmp_path: Path) -> None:
    output = tmp_path / "head.jpg"
    assert run("crop", large, "-o", output, "--size", "320x240", "--no-straighten", "-q").out == ""
    with Image.open(output) as image:
        assert image.size == (320, 240)


def test_crop_keeps_transparency(run: Run, photo: Path, tmp_path: Path) -> None:
    see_through, output = tmp_path / "see.png", tmp_path / "cut.png"
    with Image.open(photo) as image:
        rgba = np.dstack([np.array(image.convert("RGB")), np.full((256, 256), 200, np.uint8)])
    Image.fromarray(rgba).save(see_through)
    assert run("crop", see_through, "-o", output).code == 0
    with Image.open(output) as image:
        assert image.mode == "RGBA"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--face", "3"), 2),
        (("--aspect", "16:9", "--size", "100x100"), 2),
        (("--aspect", "wide"), 2),
        (("--aspect", "1:0"), 2),
        (("--aspect", "99:1"), 2),
        (("--size", "huge"), 2),
    ],
)
def test_crop_refuses(run: Run, photo: Path, tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    ran = run("crop", photo, "-o", tmp_path / "out.png", *arguments)
    assert ran.code == code, ran.err
    assert not (tmp_path / "out.png").exists()
    assert ran.err.count("\n") >= 2, "a message and a remedy"


def test_crop_without_a_face(run: Run, animal: Path, tmp_path: Path) -> None:
    ran = run("crop", animal, "-o", tmp_path / "out.png")
    assert ran.code == 3
    assert "phonoscope mark" in ran.err


@pytest.mark.parametrize("command", ["check", "crop"])
def test_help_has_examples(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert f"phonoscope {command}" in ran.out
