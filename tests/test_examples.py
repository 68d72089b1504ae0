"""Every example runs as its first lines say."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope import VideoChoices, make_video
from phonoscope.core.frames import Picture
from phonoscope.media.probe import probe
from phonoscope.media.reader import write_wav
from phonoscope.script import read_script
from phonoscope.speech import speak

EXAMPLES = Path(__file__).parents[1] / "examples"


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
    }


def test_characters_speak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _run(monkeypatch, "characters_speak.py", "older woman glasses", str(tmp_path / "sheet.png"))
    rest, shut, wide = np.split(np.asarray(Image.open(tmp_path / "sheet.png"), np.int16), 3, axis=1)
    assert rest.shape[1] == 320
    assert np.abs(wide - shut).max() > 100
