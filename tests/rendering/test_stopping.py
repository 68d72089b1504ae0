"""A render is stopped, or its process dies: nobody stays behind, and the next run goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from phonoscope.core.errors import StoppedError
from phonoscope.core.events import Event, Note, Progress, StageStarted
from phonoscope.rendering.lending import folder_of
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.pulse import BEAT_S, Pulse
from phonoscope.rendering.render import render_scene
from phonoscope.scene.document.reading import ReadScene
from tests.rendering.documents import opened, scene_document, talking

LONG = "One, two, three, four, five. Six, seven, eight, nine, ten. Eleven and twelve follow at last. "

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked for in /proc")


def workers(folder: Path) -> list[int]:
    """Return the processes that work in a folder."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.fsencode(folder) in (place / "cmdline").read_bytes().split(b"\0"):
                found.append(int(place.name))
        except OSError:
            continue
    return found


def wait_until(told: Callable[[], object], most_s: float = 30.0) -> None:
    """Return once something is so."""
    end_s = time.monotonic() + most_s
    while not told():
        assert time.monotonic() < end_s, "it never came to be"
        time.sleep(0.02)


def stopping_when(wanted: Callable[[Event], bool]) -> Callable[[Event], None]:
    """Return a sink that stops the work once an event is as wanted, and whatever is told after it."""
    stopped = threading.Event()

    def sink(event: Event) -> None:
        if wanted(event):
            stopped.set()
        if stopped.is_set():
            raise StoppedError("It was stopped.")

    return sink


def drawn(share: float) -> Callable[[Event], bool]:
    """Return whether an event tells that so much has been drawn."""
    return lambda event: isinstance(event, Progress) and event.stage == "render" and event.done > share * event.total  # type: ignore[operator]


def begun(stage: str) -> Callable[[Event], bool]:
    """Return whether an event tells of a stage."""
    return lambda event: isinstance(event, StageStarted | Progress) and event.stage == stage


def long_document(folder: Path) -> ReadScene:
    """Return a document of seven seconds, of four segments."""
    return opened(scene_document(talking(LONG)), folder)


@pytest.fixture
def read(tmp_path: Path) -> ReadScene:
    """Return a document that takes its time."""
    return long_document(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the video of it that nobody has stopped."""
    folder = tmp_path_factory.mktemp("whole")
    return render_scene(long_document(folder), folder / "film.mp4", RenderOptions(jobs=1)).path.read_bytes()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_stopped_render_goes_on_where_it_was(tmp_path: Path, read: ReadScene, whole: bytes, jobs: int) -> None:
    output = tmp_path / "film.mp4"
    with pytest.raises(StoppedError):
        render_scene(read, output, RenderOptions(jobs=jobs), stopping_when(drawn(0.8)))
    assert not workers(folder_of(output))
    assert not output.exists()
    assert list(folder_of(output).glob("segment-*"))
    told: list[Event] = []
    again = render_scene(read, output, RenderOptions(jobs=1), told.append)
    assert any(isinstance(event, Note) and "earlier run" in event.message for event in told)
    assert again.path.read_bytes() == whole
    assert not folder_of(output).exists()


@pytest.mark.parametrize("stage", ["speech", "photo", "mix", "render"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_it_is_stopped_at_any_stage(tmp_path: Path, read: ReadScene, jobs: int, stage: str) -> None:
    if jobs == 2 and stage in ("photo", "mix"):
        pytest.skip("others do that")
    with pytest.raises(StoppedError):
        render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=jobs), stopping_when(begun(stage)))
    assert not workers(folder_of(tmp_path / "film.mp4"))
    assert not list(tmp_path.iterdir())


def test_the_sink_is_asked_while_others_are_silent(tmp_path: Path, read: ReadScene) -> None:
    stop = threading.Event()
    output = tmp_path / "film.mp4"

    def sink(event: Event) -> None:
        if isinstance(event, StageStarted) and event.stage == "speech":
            # Nobody reports: neither has begun to work.
            wait_until(lambda: len(workers(folder_of(output))) == 2)
            for process in workers(folder_of(output)):
                os.kill(process, signal.SIGSTOP)
            threading.Timer(0.2, stop.set).start()
        if stop.is_set():
            raise StoppedError("It was stopped.")

    begun_s = time.monotonic()
    with pytest.raises(StoppedError):
        render_scene(read, output, RenderOptions(jobs=2), sink)
    assert time.monotonic() - begun_s < 20
    assert not workers(folder_of(output))


def test_those_whose_parent_is_killed_leave_and_another_goes_on(tmp_path: Path, read: ReadScene, whole: bytes) -> None:
    output = tmp_path / "film.mp4"
    script = f"""
from pathlib import Path
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.render import render_scene
from tests.rendering.test_stopping import long_document
render_scene(long_document(Path({str(tmp_path)!r})), {str(output)!r}, RenderOptions(jobs=2))
"""
    with subprocess.Popen([sys.executable, "-c", script]) as parent:
        wait_until(lambda: list(folder_of(output).glob("segment-*")))
        parent.kill()
        parent.wait()
    wait_until(lambda: not workers(folder_of(output)), 5)
    assert not output.exists()
    assert render_scene(read, output, RenderOptions(jobs=1)).path.read_bytes() == whole


def test_a_pulse_does_not_beat_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s, beats = 100.0, 0

    def beat() -> None:
        nonlocal beats
        beats += 1

    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    pulse = Pulse(beat)
    pulse()
    assert beats == 0
    now_s += BEAT_S
    pulse()
    pulse()
    assert beats == 1
