"""Whole documents become pages and folders; what goes wrong leaves nothing behind."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import av
import pytest

from phonoscope.core.errors import MachineError, OutputError, SceneError, UsageError
from phonoscope.core.events import Event, FileWritten, Progress
from phonoscope.interactive import export as exporting
from phonoscope.interactive.export import export_interactive, scene_alone
from phonoscope.rendering.options import RenderOptions
from phonoscope.scene.document.reading import ReadScene
from tests.interactive.pages import Page
from tests.rendering.documents import opened, scene_document, talking

ONE_CORE = RenderOptions(jobs=1)


def questions(folder: Path, **more: Any) -> ReadScene:
    """Return a document that asks something, and has an answer."""
    ask = {"question": "Left?", "choices": [{"label": "Yes", "goto": "yes"}, {"label": "No"}]}
    scenes = [{"id": "ask", "duration_s": 0.4, "interaction": ask}, {"id": "yes", "duration_s": 0.4}]
    return opened(scene_document(*scenes, title="Ways", **more), folder)


def frames_of(data: bytes) -> int:
    """Return how many frames a video has."""
    with av.open(io.BytesIO(data), "r") as container:
        return sum(1 for _ in container.decode(video=0))


def names(folder: Path) -> set[str]:
    """Return all that lies in a folder, by paths from there."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_a_page_holds_everything(tmp_path: Path) -> None:
    events: list[Event] = []
    target = export_interactive(questions(tmp_path), tmp_path / "ways.html", ONE_CORE, events.append)
    assert target == tmp_path / "ways.html"
    assert names(tmp_path) == {"ways.html"}
    page = Page(target.read_text("utf-8"))
    assert [frames_of(page.video(name)) for name in ("ask", "yes")] == [6, 6]
    assert page.story["scenes"][0]["interaction"]["choices"][0]["goto"] == "yes"
    assert FileWritten(str(target)) in events
    assert [event.done for event in events if isinstance(event, Progress)] == [1, 2]


def test_a_folder_holds_a_page_and_its_videos(tmp_path: Path) -> None:
    target = export_interactive(questions(tmp_path), tmp_path / "ways", ONE_CORE)
    assert target == tmp_path / "ways" / "index.html"
    assert names(tmp_path) == {"ways", "ways/index.html", "ways/videos", "ways/videos/ask.mp4", "ways/videos/yes.mp4"}
    story = Page(target.read_text("utf-8")).story
    for scene in story["scenes"]:
        assert frames_of((target.parent / scene["video"]).read_bytes()) == 6


def test_what_is_said_becomes_captions(tmp_path: Path) -> None:
    read = opened(scene_document(talking("Hello there.", id="only")), tmp_path)
    page = Page(export_interactive(read, tmp_path / "a.html", ONE_CORE).read_text("utf-8"))
    ((start_s, end_s, text, _),) = page.story["scenes"][0]["cues"]
    assert text == "Hello there."
    assert 0 <= start_s < end_s < 5


def test_a_page_is_replaced_only_when_asked(tmp_path: Path) -> None:
    (tmp_path / "ways.html").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="exists already"):
        export_interactive(questions(tmp_path), tmp_path / "ways.html", ONE_CORE)
    assert (tmp_path / "ways.html").read_text("utf-8") == "mine"
    export_interactive(questions(tmp_path), tmp_path / "ways.html", RenderOptions(jobs=1, overwrite=True))
    assert "Ways" in (tmp_path / "ways.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["cat.jpg", "index.html"])
def test_somebody_elses_folder_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / name).write_bytes(b"<p>meow</p>")
    with pytest.raises(UsageError, match="no page of ours"):
        export_interactive(questions(tmp_path), tmp_path / "mine", RenderOptions(jobs=1, overwrite=True))
    assert names(tmp_path) == {"mine", f"mine/{name}"}
    assert (tmp_path / "mine" / name).read_bytes() == b"<p>meow</p>"


def test_a_folder_of_ours_is_replaced_only_when_asked(tmp_path: Path) -> None:
    export_interactive(questions(tmp_path), tmp_path / "ways", ONE_CORE)
    (tmp_path / "ways" / "videos" / "yes.mp4").unlink()
    with pytest.raises(UsageError, match="--overwrite"):
        export_interactive(questions(tmp_path), tmp_path / "ways", ONE_CORE)
    export_interactive(questions(tmp_path), tmp_path / "ways", RenderOptions(jobs=1, overwrite=True))
    assert (tmp_path / "ways" / "videos" / "yes.mp4").exists()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ways").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="no page of ours"):
        export_interactive(questions(tmp_path), tmp_path / "ways", RenderOptions(jobs=1, overwrite=True))


@pytest.mark.parametrize("name", ["nowhere/ways.html", "nowhere/ways"])
def test_a_missing_folder_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        export_interactive(questions(tmp_path), tmp_path / name, ONE_CORE)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("name", ["ways.html", "ways"])
def test_an_error_leaves_nothing_behind(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise MachineError("no room", "Make room.")

    monkeypatch.setattr(exporting, "write_page", broken)
    with pytest.raises(MachineError):
        export_interactive(questions(tmp_path), tmp_path / name, ONE_CORE)
    assert names(tmp_path) == set()


def test_faults_are_told_at_their_scene(tmp_path: Path) -> None:
    late = {"kind": "text", "text": "Late", "start": 30}
    scenes = [{"id": "one", "duration_s": 0.4}, talking("Hello.", overlays=[late])]
    read = opened(scene_document(*scenes), tmp_path)
    with pytest.raises(SceneError, match=r"scenes\[1\]\.overlays\[0\]"):
        export_interactive(read, tmp_path / "a.html", ONE_CORE)
    assert names(tmp_path) == set()


def test_a_scene_alone_keeps_the_music_that_is_heard_in_it(tmp_path: Path) -> None:
    music = [{"source": "calm", "to_scene": "ask"}, {"source": "upbeat", "from_scene": "yes"}, "happy"]
    document = questions(tmp_path, music=music).document
    first, second = (scene_alone(document, index) for index in (0, 1))
    assert [told.source for told in first.music] == ["calm", "happy"]
    assert [told.source for told in second.music] == ["upbeat", "happy"]
    assert not any(told.from_scene or told.to_scene for told in (*first.music, *second.music))
    assert first.scenes[0].interaction is None and not first.is_interactive
    assert first.seed != second.seed
