"""``phonoscope render --watch``: every change is seen, and what is written is not taken for one."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from phonoscope.cli import watching
from phonoscope.cli.watching import state_of, wait_for_change, watch
from phonoscope.core.errors import UsageError
from phonoscope.core.events import Event, Note, ignore_events
from phonoscope.scene.document.reading import ReadScene
from tests.rendering.documents import scene_document, write_picture


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(watching, "SETTLED_S", 0.02)


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "film.json"
    write_picture(tmp_path / "wall.png")
    path.write_text(text("wall.png"), "utf-8")
    return path


def text(picture: str) -> str:
    return json.dumps(scene_document({"duration_s": 1, "background": {"kind": "image", "image": picture}}))


def replaced(path: Path, content: str) -> None:
    """Save a file as editors do: written beside it, and renamed."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(content, "utf-8")
    beside.replace(path)


def watched(document: Path, changes: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch) -> list[ReadScene]:
    """Watch while one change after the other is made, each when the last has been seen; return what was rendered."""
    rendered: list[ReadScene] = []
    waiting = wait_for_change

    def render(read: ReadScene) -> None:
        rendered.append(read)
        # What is written beside the document is none of its files.
        (document.parent / "film.mp4").write_bytes(b"x" * len(rendered))

    def wait(files: watching.Files, before: watching.State) -> None:
        if not changes:
            raise KeyboardInterrupt
        assert state_of(files()) == before
        changes.pop(0)()
        waiting(files, before)

    monkeypatch.setattr(watching, "wait_for_change", wait)
    watch(str(document), None, render, ignore_events)
    return rendered


def test_what_is_saved_is_rendered(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes: list[Callable[[], object]] = [
        lambda: document.write_text(text("wall.png") + " ", "utf-8"),
        lambda: replaced(document, text("wall.png")),
        lambda: write_picture(document.parent / "wall.png", (0, 0, 255)),
    ]
    assert len(watched(document, changes, monkeypatch)) == 4


def test_a_broken_document_is_waited_for(
    document: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    changes: list[Callable[[], object]] = [
        lambda: document.write_text("{", "utf-8"),
        lambda: replaced(document, text("door.png")),
        lambda: write_picture(document.parent / "door.png"),
        document.unlink,
        lambda: document.write_text(text("wall.png"), "utf-8"),
    ]
    assert len(watched(document, changes, monkeypatch)) == 3
    told = capsys.readouterr().err
    assert told.count("Error:") == 3
    assert "scenes[0].background.image" in told


def test_a_change_meanwhile_is_not_missed(document: Path) -> None:
    times = 0

    def render(read: ReadScene) -> None:
        nonlocal times
        times += 1
        if times == 1:
            document.write_text(text("wall.png") + " ", "utf-8")
            return
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch(str(document), None, render, ignore_events)
    assert times == 2


def test_half_a_file_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "film.json"
    path.write_text("", "utf-8")
    before = state_of([path])

    def write_slowly() -> None:
        with path.open("a", encoding="utf-8") as file:
            for _ in range(5):
                file.write("more ")
                file.flush()
                time.sleep(0.005)

    writer = threading.Thread(target=write_slowly)
    writer.start()
    wait_for_change(lambda: [path], before)
    writer.join()
    assert path.stat().st_size == 25


def test_the_first_misuse_ends_it(document: Path) -> None:
    def render(read: ReadScene) -> None:
        raise UsageError("No such codec.")

    with pytest.raises(UsageError, match="codec"):
        watch(str(document), None, render, ignore_events)


def test_it_says_that_it_waits(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(files: watching.Files, before: watching.State) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watching, "wait_for_change", stop)
    told: list[Event] = []
    watch(str(document), None, lambda read: None, told.append)
    assert isinstance(told[-1], Note) and "Ctrl-C" in told[-1].message


@pytest.mark.parametrize("name", ["quiz", "x" * 300 + ".json", "a\0b.json"])
def test_only_files_are_watched(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="watched"):
        watch(str(tmp_path / name), None, lambda read: None, ignore_events)
