"""Every example runs as its first lines say."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope import RenderOptions, VideoChoices, make_video, open_scene, render_frame
from phonoscope.core.frames import Picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import write_wav
from phonoscope.script import read_script
from phonoscope.speech import speak
from tests.cli.conftest import Run, run

__all__ = ["run"]

EXAMPLES = Path(__file__).parents[1] / "examples"
SCENES = EXAMPLES / "scenes"

SHOWN = {
    "first": (0.5, (0.5, 0.75)),
    "dialogue": (1.5, (0.08, 0.08)),
    "lesson": (1.5, (0.5, 0.45)),
    "vertical": (1.5, (0.5, 0.66)),
    "quiz": (1.0, (0.5, 0.92)),
}
"""By document: a moment, and a place, in shares of the picture, where something has come by then."""


@pytest.fixture
def photo(tmp_path: Path, astronaut: Picture) -> Path:
    path = tmp_path / "portrait.png"
    Image.fromarray(astronaut.rgb).resize((256, 256)).save(path)
    return path


def _run(monkeypatch: pytest.MonkeyPatch, name: str, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")


def test_make_a_video(monkeypatch: pytest.MonkeyPatch, photo: Path, tmp_path: Path) -> None:
    _run(monkeypatch, "make_a_video.py", str(photo), "Hi.", str(tmp_path / "hi.mp4"))
    assert probe(tmp_path / "hi.mp4").video is not None
    assert "Hi." in (tmp_path / "hi.srt").read_text()


def test_expressions(monkeypatch: pytest.MonkeyPatch, photo: Path, tmp_path: Path) -> None:
    _run(monkeypatch, "expressions.py", str(photo), str(tmp_path / "sheet.png"))
    sheet = np.asarray(Image.open(tmp_path / "sheet.png"), np.int16)
    neutral, *others = np.split(sheet, 7, axis=1)
    assert all(np.abs(other - neutral).max() > 10 for other in others)


def test_talking_toaster(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _run(monkeypatch, "talking_toaster.py", str(tmp_path / "toaster.mp4"), "Oh.")
    assert probe(tmp_path / "toaster.mp4").video is not None
    assert (tmp_path / "toaster.rig.json").is_file()


def test_timed_phones(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "timed_phones.py", "Pepper and marble.")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[2] for line in lines] == ["Pepper", "and", "marble."]
    assert " p " in f" {lines[0]} "


def test_hear_a_voice(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (piece,) = speak(read_script("Map."))
    write_wav(tmp_path / "map.wav", piece.sound)
    _run(monkeypatch, "hear_a_voice.py", str(tmp_path / "map.wav"), "Map.")
    heard = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [ipa for _, _, ipa in heard] == ["m", "æ", "p"]
    assert abs(float(heard[0][0]) - piece.phones[0].start_s) < 0.05


def test_curves_of_a_face(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _run(monkeypatch, "curves_of_a_face.py", "Mama.")
    bars = [line.count("#") for line in capsys.readouterr().out.splitlines()]
    assert max(bars) > 20
    assert bars[0] == bars[-1] == 0


def test_pose_a_photo(monkeypatch: pytest.MonkeyPatch, photo: Path, tmp_path: Path) -> None:
    _run(monkeypatch, "pose_a_photo.py", str(photo), str(tmp_path / "posed.png"))
    with Image.open(tmp_path / "posed.png") as posed:
        assert posed.size == (256, 256)


def test_contact_sheet(monkeypatch: pytest.MonkeyPatch, photo: Path, tmp_path: Path) -> None:
    video = tmp_path / "map.mp4"
    choices = VideoChoices(fps=10, size="256x256", sidecars=frozenset({"phones"}))
    make_video(photo, "Map.", video, choices)
    _run(monkeypatch, "contact_sheet.py", str(video), str(tmp_path / "sheet.png"), "m p")
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (6 * 240, 240)


def test_every_example_is_tested() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == {
        "make_a_video.py",
        "timed_phones.py",
        "hear_a_voice.py",
        "curves_of_a_face.py",
        "pose_a_photo.py",
        "contact_sheet.py",
        "expressions.py",
        "talking_toaster.py",
        "characters_speak.py",
        "render_scene.py",
    }


def test_characters_speak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _run(monkeypatch, "characters_speak.py", "older woman glasses", str(tmp_path / "sheet.png"))
    rest, shut, wide = np.split(np.asarray(Image.open(tmp_path / "sheet.png"), np.int16), 3, axis=1)
    assert rest.shape[1] == 320
    assert np.abs(wide - shut).max() > 100


def test_render_scene(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _run(monkeypatch, "render_scene.py", str(tmp_path / "hello.mp4"), "Anna")
    stream = probe(tmp_path / "hello.mp4").video
    assert stream is not None
    assert (stream.width_px, stream.height_px) == (640, 360)
    told = capsys.readouterr().out
    assert "Drawing frames\n" in told
    assert re.search(r"(\d+) of \1 frames\n", told)
    assert "frames of 640x360" in told


def test_every_scene_is_tested() -> None:
    assert {path.stem for path in SCENES.glob("*.json")} == {*SHOWN, "offer"}


@pytest.mark.parametrize("name", SHOWN)
def test_scenes(name: str) -> None:
    time_s, inside = SHOWN[name]
    read = open_scene(SCENES / f"{name}.json")
    assert read.document.title or name == "first"
    shown = render_frame(read, time_s, RenderOptions(draft=True)).rgb.astype(np.int16)
    empty = render_frame(read, 0, RenderOptions(draft=True)).rgb.astype(np.int16)
    assert shown.shape == empty.shape
    x, y = (round(share * side) for share, side in zip(inside, (shown.shape[1], shown.shape[0]), strict=True))
    assert np.abs(shown - empty)[y - 12 : y + 12, x - 12 : x + 12].max() > 60


def test_the_batch_of_offers(run: Run, tmp_path: Path) -> None:
    ran = run(
        "batch", str(SCENES / "offer.json"), str(SCENES / "rows.csv"), "-o", str(tmp_path / "out"),
        "--name", "{{product}}.mp4", "--dry-run",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert "To be made: 3." in ran.out
