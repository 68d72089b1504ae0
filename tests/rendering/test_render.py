"""Whole documents become whole videos: the same by any number of processes, and nothing is left behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import MachineError, SceneError, UsageError
from phonoscope.core.events import Event, Note, Progress
from phonoscope.core.frames import Picture
from phonoscope.media.fingerprints import sha256_of
from phonoscope.media.pictures import load_picture, save_picture
from phonoscope.rendering import crew as crews
from phonoscope.rendering import render as flow
from phonoscope.rendering.options import RenderOptions
from phonoscope.rendering.render import render_scene, render_sound
from phonoscope.rendering.still import render_frame
from tests.rendering.documents import opened, scene_document, talking, write_picture, write_tone

LONG = "One, two, three, four, five. Six, seven, eight, nine, ten. Eleven and twelve follow at last."


def frames(path: Path) -> list[NDArray[np.uint8]]:
    """Return all frames of a video as RGB."""
    with av.open(str(path)) as container:
        return [np.asarray(frame.to_ndarray(format="rgb24"), np.uint8) for frame in container.decode(video=0)]


def rich_document() -> dict[str, object]:
    """Return a document in which much happens: transitions, captions, overlays, filters, music, effects."""
    return scene_document(
        talking(
            LONG,
            background={"kind": "gradient", "colours": ["#14213d", "#8a5cf6"]},
            overlays=[
                {"kind": "text", "text": "Count", "start": "word:two", "end": "word:six", "enter": {"kind": "pop"}},
                {"kind": "progress"},
            ],
            effects=[{"source": "pop", "at": "word:three"}],
        ),
        talking("And good bye.", transition="dissolve", filters=["grain", "sepia"], background="teal"),
        music="calm",
        captions={"shown": True, "style": "karaoke"},
    )


def test_one_process_and_three_make_the_same_file(tmp_path: Path) -> None:
    read = opened(rich_document(), tmp_path)
    one = render_scene(read, tmp_path / "one.mp4", RenderOptions(jobs=1))
    three = render_scene(read, tmp_path / "three.mp4", RenderOptions(jobs=3))
    assert one.frames == three.frames == len(frames(one.path))
    assert one.path.read_bytes() == three.path.read_bytes()
    assert one.duration_s > 6
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"one.mp4", "three.mp4", "one.credits.txt", "three.credits.txt"}


def test_a_frame_is_the_one_of_the_video(tmp_path: Path) -> None:
    read = opened(rich_document(), tmp_path)
    video = render_scene(read, tmp_path / "film_%03d.png", RenderOptions(jobs=1))
    # In the first scene, in the transition, in the second.
    for number in (20, video.frames - 28, video.frames - 10):
        still = render_frame(read, (number + 0.01) / 15)
        drawn = load_picture(tmp_path / f"film_{number + 1:03d}.png")
        assert np.array_equal(still.rgb, drawn.rgb), number


def test_an_interrupted_render_goes_on(tmp_path: Path) -> None:
    read = opened(rich_document(), tmp_path)
    whole = render_scene(read, tmp_path / "whole.mp4", RenderOptions(jobs=1))

    def stop_late(event: Event) -> None:
        if isinstance(event, Progress) and event.stage == "render" and event.done > 0.7 * (event.total or 0):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=1), stop_late)
    assert not (tmp_path / "film.mp4").exists()
    kept = sorted(path.name for path in (tmp_path / ".film.mp4.rendering").glob("segment-*"))
    assert kept
    told: list[Event] = []
    again = render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=1), told.append)
    assert any(isinstance(event, Note) and "earlier run" in event.message for event in told)
    assert again.path.read_bytes() == whole.path.read_bytes()
    assert not (tmp_path / ".film.mp4.rendering").exists()


def test_a_changed_document_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(flow, "_join", fail)
        with pytest.raises(KeyboardInterrupt):
            render_scene(opened(scene_document(talking("One.")), tmp_path), tmp_path / "film.mp4")
    told: list[Event] = []
    render_scene(opened(scene_document(talking("Two.")), tmp_path), tmp_path / "film.mp4", None, told.append)
    assert not any(isinstance(event, Note) and "earlier run" in event.message for event in told)


def _command(process: str) -> bytes:
    try:
        return (Path("/proc") / process / "cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.skipif(os.name != "posix", reason="processes are ended by a signal")
def test_a_process_that_dies_is_reported(tmp_path: Path) -> None:
    read = opened(rich_document(), tmp_path)

    def kill_one() -> None:
        for _ in range(600):
            children = (Path("/proc/self/task") / str(os.getpid()) / "children").read_text().split()
            # Other tests may have left helpers of Python's own.
            workers = [child for child in children if b"rendering.process" in _command(child)]
            if workers:
                time.sleep(0.5)
                os.kill(int(workers[0]), signal.SIGKILL)
                return
            time.sleep(0.05)

    killer = threading.Thread(target=kill_one)
    killer.start()
    with pytest.raises(MachineError, match="ended a process"):
        render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=2))
    killer.join()
    assert not (tmp_path / "film.mp4").exists()


def test_a_fault_in_another_process_tells_its_place(tmp_path: Path) -> None:
    write_picture(tmp_path / "wall.png")
    read = opened(scene_document({"avatars": [{"picture": "wall.png"}], "script": LONG}), tmp_path)
    with pytest.raises(SceneError, match="face") as caught:
        render_scene(read, tmp_path / "film.mp4", RenderOptions(jobs=2))
    assert caught.value.path == "scenes[0].avatars[0]"
    assert {path.name for path in tmp_path.iterdir()} == {"wall.png"}


def test_a_silent_scene_of_a_length(tmp_path: Path) -> None:
    document = scene_document({"duration_s": 1.2, "background": "red"}, {"duration_s": 1.0, "background": "blue"})
    video = render_scene(opened(document, tmp_path), tmp_path / "film.mp4")
    shown = frames(video.path)
    assert len(shown) == 18 + 15
    assert shown[3][50, 90, 0] > 200
    assert shown[-3][50, 90, 2] > 200
    with av.open(str(video.path)) as container:
        assert not container.streams.audio


@pytest.mark.parametrize("name", ["film.webm", "film.mov", "film_%03d.png"])
def test_transparent_scenes_keep_their_holes(tmp_path: Path, name: str) -> None:
    document = scene_document(talking("Hi.", background="transparent"))
    video = render_scene(opened(document, tmp_path), tmp_path / name, RenderOptions(jobs=1))
    first = tmp_path / "film_001.png"
    if first.exists():
        picture = load_picture(first)
        assert picture.alpha is not None
        assert picture.alpha[5, -5] == 0
        assert picture.alpha.max() == 255
    assert video.frames > 10


def test_a_transparent_mp4_is_refused(tmp_path: Path) -> None:
    document = scene_document(talking("Hi.", background="transparent"))
    with pytest.raises(UsageError, match="transparent"):
        render_scene(opened(document, tmp_path), tmp_path / "film.mp4")


def test_an_output_that_exists_is_kept(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"mine")
    with pytest.raises(UsageError, match="exists"):
        render_scene(opened(scene_document(talking()), tmp_path), tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").read_bytes() == b"mine"


def test_companions_lie_beside_the_video(tmp_path: Path) -> None:
    document = scene_document(
        talking("Hello there.", description="A woman stands before a wall.", duration_s=9, id="hall"),
        title="A title",
        description="What it is about.",
    )
    kinds = frozenset({"srt", "vtt", "ass", "ebu-tt", "transcript", "otio", "poster", "description"})
    options = RenderOptions(jobs=1, companions=kinds)  # type: ignore[arg-type]
    video = render_scene(opened(document, tmp_path), tmp_path / "film.mp4", options)
    texts = {path.name: path for path in video.sidecars}
    assert "Hello there." in texts["film.srt"].read_text()
    assert "Hello there." in texts["film.ttml"].read_text()
    assert "A woman stands before a wall" in texts["film.transcript.md"].read_text()
    assert "A woman stands before a wall" in texts["film.poster.txt"].read_text()
    assert "A woman stands before a wall" in texts["film.descriptions.vtt"].read_text()
    timeline = json.loads(texts["film.otio"].read_text())
    assert timeline["OTIO_SCHEMA"].startswith("Timeline")
    plain, described = frames(video.path), frames(texts["film.described.mp4"])
    assert all(np.array_equal(a, b) for a, b in zip(plain, described, strict=True))


def test_a_timeline_tells_nothing_of_where_files_lie_on_this_computer(tmp_path: Path) -> None:
    folder = tmp_path / "document"
    (folder / "assets").mkdir(parents=True)
    write_tone(folder / "bell.wav", 440)
    hashed = sha256_of(folder / "bell.wav")
    shutil.copy(folder / "bell.wav", folder / "assets" / f"{hashed}.wav")
    effects = [{"source": "bell.wav", "at": 0.1}, {"source": "pop", "at": 0.2}]
    document = scene_document({"duration_s": 1, "effects": effects}, music=f"sha256:{hashed}")
    options = RenderOptions(jobs=1, companions=frozenset({"otio"}))
    output = tmp_path / "videos" / "film.mp4"
    output.parent.mkdir()
    render_scene(opened(document, folder), output, options)
    text = output.with_suffix(".otio").read_text()
    assert str(tmp_path) not in text
    assert set(re.findall(r'"target_url": ?"([^"]*)"', text)) == {
        "film.mp4",
        "../document/bell.wav",
        f"assets/{hashed}.wav",
    }


def test_sound_alone(tmp_path: Path) -> None:
    document = scene_document(talking("Hello there."), music="calm")
    render_sound(opened(document, tmp_path), tmp_path / "talk.wav")
    with av.open(str(tmp_path / "talk.wav")) as container:
        assert container.duration is not None
        assert container.duration > 1_500_000
    with pytest.raises(SceneError, match="Nothing is heard"):
        render_sound(opened(scene_document({"duration_s": 1}), tmp_path), tmp_path / "none.wav")
    assert not (tmp_path / "none.wav").exists()


def test_a_size_limit_is_kept(tmp_path: Path) -> None:
    document = scene_document(talking(LONG))
    free = render_scene(opened(document, tmp_path), tmp_path / "free.mp4", RenderOptions(jobs=1))
    limit = round(free.path.stat().st_size * 0.7)
    tight = render_scene(opened(document, tmp_path), tmp_path / "tight.mp4", RenderOptions(jobs=1, limit_bytes=limit))
    assert tight.path.stat().st_size <= limit
    assert tight.frames == len(frames(tight.path))


def test_too_many_jobs_are_refused() -> None:
    with pytest.raises(UsageError, match="processes"):
        RenderOptions(jobs=0)


def test_processes_do_not_inherit_many_threads() -> None:
    assert crews._environment()["OMP_NUM_THREADS"] == "1"


def test_a_file_that_is_opened_late_tells_its_place(tmp_path: Path) -> None:
    (tmp_path / "empty.gif").write_bytes(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;")
    late = {"kind": "image", "image": "empty.gif", "start": 1}
    silent = {"duration_s": 2, "background": "red"}
    for document, path in (
        (scene_document({**silent, "overlays": [late]}), "scenes[0].overlays[0]"),
        (scene_document(silent, overlays=[{"kind": "progress"}, late]), "overlays[1]"),
        (
            scene_document({"duration_s": 1, "background": {"kind": "video", "video": "empty.gif"}}),
            "scenes[0].background",
        ),
    ):
        with pytest.raises(SceneError) as caught:
            render_scene(opened(document, tmp_path), tmp_path / "film.mp4")
        assert caught.value.path == path
        assert {file.name for file in tmp_path.iterdir()} == {"empty.gif"}


def test_a_tiny_face_speaks_without_a_complaint(tmp_path: Path, astronaut: Picture) -> None:
    save_picture(tmp_path / "portrait.png", astronaut.rgb)
    # Lips of less than a pixel; warnings are errors.
    small = {"picture": "portrait.png", "crop": "box", "size": 0.7, "close_up": False}
    document = scene_document(
        {"avatars": [small], "script": "Mama, wow."}, canvas={"width": 160, "height": 90, "fps": 10}
    )
    video = render_scene(opened(document, tmp_path), tmp_path / "film.mp4", RenderOptions(jobs=1))
    assert video.frames > 5
