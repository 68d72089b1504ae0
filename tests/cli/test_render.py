"""``phonoscope render`` and ``phonoscope frame``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from phonoscope.cli.main import run
from phonoscope.cli.scene_options import output_beside, parse_time, parse_values
from phonoscope.core.errors import SceneError, UsageError
from tests.rendering.documents import scene_document, talking


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "film.json"
    told = scene_document(talking("Hello {{name}}."), variables={"name": {"default": "you"}})
    path.write_text(json.dumps(told), "utf-8")
    return path


def test_a_document_is_rendered_beside_itself(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["render", "film.json", "--jobs", "1", "--also", "srt,vtt", "--also", "otio", "--set", "name=Zoe"]) == 0
    assert "film.mp4" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} >= {"film.mp4", "film.srt", "film.vtt", "film.otio"}
    assert "Hello Zoe." in (tmp_path / "film.srt").read_text("utf-8")


def test_progress_as_json_lines(document: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["render", str(document), "-o", str(tmp_path / "a.mp4"), "--jobs", "1", "--json"])
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert next(event for event in events if event["event"] == "file")["path"].endswith("a.mp4")
    drawn = [event for event in events if event["event"] == "progress" and event["stage"] == "render"]
    assert drawn[-1]["done"] == drawn[-1]["total"]


def test_sound_alone(document: Path, tmp_path: Path) -> None:
    run(["render", str(document), "-o", str(tmp_path / "a.wav"), "--quiet"])
    assert (tmp_path / "a.wav").stat().st_size > 10_000


def test_a_frame_is_drawn(document: Path, tmp_path: Path) -> None:
    run(["frame", str(document), "0.6s", "-o", str(tmp_path / "a.png"), "--quiet"])
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (192, 108)
    with pytest.raises(UsageError, match="long"):
        run(["frame", str(document), "1:00", "-o", str(tmp_path / "b.png"), "--quiet"])
    assert not (tmp_path / "b.png").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--draft", "--resolution", "720"], "Both"),
        (["--also", "nonesuch"], "nonesuch"),
        (["--preset", "nonesuch"], "nonesuch"),
        (["--max-size", "heavy"], "heavy"),
        (["--fps", "0"], "frame"),
        (["--set", "name"], "sets nothing"),
        (["--set", "name=1", "--set", "name=2"], "twice"),
        (["--codec", "vp9"], "vp9"),
    ],
)
def test_options_that_do_not_fit(document: Path, tmp_path: Path, options: list[str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        run(["render", str(document), "-o", str(tmp_path / "a.mp4"), *options])
    assert not (tmp_path / "a.mp4").exists()


def test_an_unset_variable_tells_its_place(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    path.write_text(json.dumps(scene_document(talking("{{who}}"), variables={"who": {}})), "utf-8")
    with pytest.raises(SceneError, match=r"scenes\[0\]\.script"):
        run(["render", str(path), "-o", str(tmp_path / "a.mp4")])


def test_watching_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="watched"):
        run(["render", "quiz", "-o", str(tmp_path / "a.mp4"), "--watch"])


@pytest.mark.parametrize(
    ("text", "expected_s"), [("3.2", 3.2), ("3.2s", 3.2), ("1:05.5", 65.5), ("1:00:00", 3600.0), (" 7 s", 7.0)]
)
def test_times(text: str, expected_s: float) -> None:
    assert parse_time(text) == pytest.approx(expected_s)


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:2:3:4", "nan"])
def test_no_times(text: str) -> None:
    with pytest.raises(UsageError, match="no time"):
        parse_time(text)


def test_values_may_hold_anything() -> None:
    assert parse_values(["a=b=c", " x = y ", "empty="]) == {"a": "b=c", "x": " y ", "empty": ""}


def test_names_of_outputs() -> None:
    assert output_beside("a/film.scene.json", None, ".mp4") == Path("film.mp4")
    assert output_beside("quiz", None, ".mp4") == Path("quiz.mp4")
    assert output_beside("a.json", Path("b.webm"), ".mp4") == Path("b.webm")


def test_a_folder_needs_questions(document: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only videos with questions become folders"):
        run(["render", str(document), "-o", str(tmp_path / "out"), "--jobs", "1"])
    assert not (tmp_path / "out").exists()


def test_a_document_with_questions_becomes_a_folder(tmp_path: Path) -> None:
    ask = {"question": "Again?", "choices": [{"label": "No"}]}
    (tmp_path / "ask.json").write_text(json.dumps(scene_document({"duration_s": 0.4, "interaction": ask})), "utf-8")
    assert run(["render", str(tmp_path / "ask.json"), "-o", str(tmp_path / "out"), "--jobs", "1"]) == 0
    assert (tmp_path / "out" / "index.html").is_file()
