"""The folder of what is finished: kept for the next run of the same job, lent to one run at a time, never left over."""

from __future__ import annotations

import errno
from fractions import Fraction
from pathlib import Path

import pytest

from phonoscope.core.errors import MachineError, OutputError, SceneError, UsageError
from phonoscope.core.events import Event, Note, ignore_events
from phonoscope.media.options import VideoOptions
from phonoscope.rendering.job import AssetTable, Job
from phonoscope.rendering.lending import folder_of, work_folder
from phonoscope.rendering.opening import asset_table
from phonoscope.rendering.plan import Segment
from tests.rendering.documents import opened, scene_document, write_picture

ONE = Segment(0, 0, 10)


def a_job(folder: Path, colour: str = "red") -> Job:
    read = opened(scene_document({"duration_s": 1, "background": colour}), folder)
    return Job(read.document, AssetTable(), VideoOptions(size_px=(192, 108), fps=Fraction(15)), -14.0)


def break_off(output: Path, error: BaseException, colour: str = "red", segment: bool = True) -> list[Event]:
    """Begin a run that is broken off, with or without anything finished; return what it tells."""
    told: list[Event] = []
    with (
        pytest.raises(type(error)),
        work_folder(output, a_job(output.parent, colour), False, told.append) as work,
    ):
        if segment:
            work.segment(ONE).write_bytes(b"frames")
        raise error
    return told


def test_what_is_finished_waits_for_the_same_job(tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    stopped = KeyboardInterrupt()
    assert not break_off(output, stopped)
    (folder_of(output) / ".segment-0001.part-0123abcd.mkv").write_bytes(b"half")
    assert ".film.mp4.rendering" in stopped.__notes__[0]
    with work_folder(output, a_job(tmp_path), False, ignore_events) as work:
        assert work.segment(ONE).read_bytes() == b"frames"
        assert not list(work.folder.glob(".*"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("colour", "fresh"), [("blue", False), ("red", True)])
def test_another_job_begins_anew(tmp_path: Path, colour: str, fresh: bool) -> None:
    output = tmp_path / "film.mp4"
    break_off(output, KeyboardInterrupt())
    (folder_of(output) / "worker-0.log").write_text("old")
    with work_folder(output, a_job(tmp_path, colour), fresh, ignore_events) as work:
        assert not work.segment(ONE).exists()
        assert not (work.folder / "worker-0.log").exists()


def test_a_machine_that_fails_is_told_with_what_is_kept(tmp_path: Path) -> None:
    told = break_off(tmp_path / "film.mp4", MachineError("Out of memory."))
    assert isinstance(told[0], Note) and "goes on" in told[0].message


@pytest.mark.parametrize("error", [KeyboardInterrupt(), MachineError("Out of memory.")])
def test_nothing_is_kept_where_nothing_is_finished(tmp_path: Path, error: BaseException) -> None:
    assert not break_off(tmp_path / "film.mp4", error, segment=False)
    assert not hasattr(error, "__notes__")
    assert not list(tmp_path.iterdir())


def test_a_document_that_cannot_be_rendered_leaves_nothing(tmp_path: Path) -> None:
    break_off(tmp_path / "film.mp4", SceneError("No face."))
    assert not list(tmp_path.iterdir())


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    with work_folder(output, a_job(tmp_path), False, ignore_events) as work:
        work.segment(ONE).write_bytes(b"frames")
        with (
            pytest.raises(UsageError, match="Another run"),
            work_folder(output, a_job(tmp_path, "blue"), True, ignore_events),
        ):
            pass
        assert work.segment(ONE).exists()
    assert not list(tmp_path.iterdir())


def test_the_longest_names_have_folders_of_their_own(tmp_path: Path) -> None:
    names = ["x" * 250 + ".mp4", "x" * 249 + "y.mp4", "ü" * 125 + ".mp4"]
    folders = {folder_of(tmp_path / name) for name in names}
    assert len(folders) == len(names)
    for folder in folders:
        folder.mkdir()
    assert folder_of(tmp_path / "a b_%03d.png").name == ".a b__03d.png.rendering"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(job: Job, folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Job, "save", save)
    with (
        pytest.raises(OutputError, match="disk is full"),
        work_folder(tmp_path / "film.mp4", a_job(tmp_path), False, ignore_events),
    ):
        pass
    assert not list(tmp_path.iterdir())


def test_a_photo_that_was_marked_anew_is_another_job(tmp_path: Path) -> None:
    write_picture(tmp_path / "toaster.png")
    scene = {"duration_s": 1, "avatars": [{"picture": "toaster.png"}]}
    read = opened(scene_document(scene), tmp_path)
    video = VideoOptions(size_px=(192, 108), fps=Fraction(15))
    job = Job(read.document, asset_table(read), video, -14.0)
    keys = [job.key()]
    for content in ("{}", "[]"):
        (tmp_path / "toaster.rig.json").write_text(content)
        keys.append(job.key())
    (tmp_path / "toaster.rig.json").unlink()
    assert len(set(keys)) == 3 and job.key() == keys[0]
