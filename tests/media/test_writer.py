"""Videos are written, opened again, and are what was asked for."""

from __future__ import annotations

import errno
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import MissingPartError, OutputError, UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media import movie
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound
from phonoscope.media.writer import VideoWriter, check_encoders
from tests.media.samples import SIZE_PX, clicks, frame, options, picture, write_video

MOVIES = ("mp4", "mov", "webm")


@pytest.mark.parametrize("container", MOVIES)
def test_what_is_written_is_what_was_asked_for(tmp_path: Path, container: str) -> None:
    told = options(container, sound_rate_hz=22050, title="A title", comment="Made with Phonoscope 9")
    path = write_video(tmp_path / f"a.{container}", told, 75, clicks(2.5, 22050))
    found = probe(path)
    assert found.duration_s == pytest.approx(2.5, abs=1 / 30)
    assert found.video is not None
    assert found.video.codec == {"webm": "vp9"}.get(container, "h264")
    assert (found.video.width_px, found.video.height_px, found.video.fps) == (*SIZE_PX, "30")
    assert found.video.pixel_format == "yuv420p"
    assert found.sound is not None
    assert found.sound.codec == {"webm": "opus"}.get(container, "aac")
    assert (found.sound.rate_hz, found.sound.channels) == (48000, 1)
    assert abs(found.sound.start_s) <= 0.01
    assert found.tags["title"] == "A title"
    assert found.tags["comment"] == "Made with Phonoscope 9"
    assert "creation_time" not in found.tags
    assert len(list(read_frames(path))) == 75


@pytest.mark.parametrize("container", MOVIES)
def test_colours_are_tagged_and_come_back(tmp_path: Path, container: str) -> None:
    path = write_video(tmp_path / f"a.{container}", options(container), 3)
    video = probe(path).video
    assert video is not None
    assert (video.primaries, video.transfer, video.matrix, video.range) == ("bt709", "bt709", "bt709", "limited")
    decoded = next(read_frames(path))
    assert np.abs(decoded[20:70, 80:110].astype(int) - picture(100)[20:70, 80:110]).max() <= 4
    assert np.abs(decoded[20:70, 20:50].astype(int) - picture(100)[20:70, 20:50]).max() <= 4


@pytest.mark.parametrize("container", MOVIES)
@pytest.mark.parametrize("rate_hz", [16000, 22050, 48000])
def test_sound_is_neither_late_nor_early(tmp_path: Path, container: str, rate_hz: int) -> None:
    told = options(container, sound_rate_hz=rate_hz)
    path = write_video(tmp_path / f"a.{container}", told, 60, clicks(2, rate_hz))
    heard = read_sound(path, 48000).samples[:96000]
    expected = clicks(2, 48000).samples
    padded = np.pad(heard, 480)
    likeness = [float(padded[lag : lag + 96000] @ expected) for lag in range(961)]
    assert abs(int(np.argmax(likeness)) - 480) <= 24  # half a millisecond


@pytest.mark.parametrize("container", MOVIES)
@pytest.mark.parametrize("sound_s", [0.5, 2.0, 3.5])
def test_sound_ends_with_the_picture(tmp_path: Path, container: str, sound_s: float) -> None:
    told = options(container, sound_rate_hz=24000)
    path = tmp_path / f"a.{container}"
    with VideoWriter(path, told) as writer:
        writer.write_sound(clicks(sound_s, 24000, (0.2,)))
        for _ in range(60):
            writer.write_frame(frame())
    assert probe(path).duration_s == pytest.approx(2.0, abs=1 / 30)
    assert read_sound(path).duration_s == pytest.approx(2.0, abs=1 / 30)


def test_a_file_announced_with_sound_that_never_comes_is_silent(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(sound_rate_hz=16000), 30)
    heard = read_sound(path)
    assert heard.duration_s == pytest.approx(1.0, abs=1 / 30)
    assert np.abs(heard.samples).max() < 1e-3


def test_stereo(tmp_path: Path) -> None:
    mono = clicks(1, 22050, (0.5,)).samples
    with VideoWriter(tmp_path / "a.mp4", options(sound_rate_hz=22050, sound_channels=2)) as writer:
        writer.write_sound(Sound(np.stack([mono, mono / 2], axis=1), 22050))
        for _ in range(30):
            writer.write_frame(frame())
    heard = read_sound(tmp_path / "a.mp4", mono=False).samples
    left, right = np.abs(heard).max(axis=0)
    assert left == pytest.approx(0.8, abs=0.05)
    assert right == pytest.approx(0.4, abs=0.05)


def test_sound_out_of_range_is_tamed(tmp_path: Path) -> None:
    wild = np.array([np.nan, np.inf, -np.inf, 9, -9] * 2000, np.float32)
    with VideoWriter(tmp_path / "a.mp4", options(sound_rate_hz=22050)) as writer:
        writer.write_sound(Sound(wild, 22050))
        for _ in range(15):
            writer.write_frame(frame())
    assert np.isfinite(read_sound(tmp_path / "a.mp4").samples).all()


@pytest.mark.parametrize("fps", [Fraction(24000, 1001), Fraction(25), Fraction(60)])
def test_frame_rates_are_exact(tmp_path: Path, fps: Fraction) -> None:
    path = write_video(tmp_path / "a.mp4", options(fps=fps, sound_rate_hz=22050), 30)
    found = probe(path)
    assert found.video is not None
    assert Fraction(found.video.fps) == fps
    assert found.video.duration_s == pytest.approx(float(30 / fps), abs=1e-3)


@pytest.mark.parametrize("container", [*MOVIES, "gif"])
def test_bytes_are_the_same_every_time(tmp_path: Path, container: str) -> None:
    told = options(container, sound_rate_hz=22050, title="t", comment="c")
    first, second = (
        write_video(tmp_path / f"{name}.{container}", told, 40, clicks(1.2, 22050)).read_bytes() for name in "ab"
    )
    assert first == second


def test_the_caller_may_draw_into_the_same_frame(tmp_path: Path) -> None:
    width, height = SIZE_PX
    drawn = VideoFrame(np.zeros((height, width), np.uint8), np.full((height // 2, width // 2, 2), 128, np.uint8))
    with VideoWriter(tmp_path / "a.mp4", options()) as writer:
        for number in range(40):
            drawn.luma[:] = 20 + 5 * number
            writer.write_frame(drawn)
    levels = [float(rgb.mean()) for rgb in read_frames(tmp_path / "a.mp4")]
    expected = [(4 + 5 * n) * 255 / 219 for n in range(40)]
    np.testing.assert_allclose(levels, expected, atol=3)


def test_a_still_background_stays_still(tmp_path: Path) -> None:
    from skimage.data import astronaut

    from phonoscope.core.colour import frame_to_rgb, rgb_to_frame

    photo: NDArray[np.uint8] = astronaut()
    with VideoWriter(tmp_path / "a.mp4", options(size_px=(512, 512))) as writer:
        for number in range(0, 130, 2):
            moved = photo.copy()
            moved[200:300, 200:300] = photo[200 + number % 20 : 300 + number % 20, 200:300]
            writer.write_frame(rgb_to_frame(moved))
    shown = list(read_frames(tmp_path / "a.mp4"))
    still = np.ones((512, 512), bool)
    still[180:320, 180:320] = False

    def psnr_db(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> float:
        return float(10 * np.log10(255**2 / max(1e-9, np.mean((a[still].astype(float) - b[still]) ** 2))))

    assert min(psnr_db(later, shown[0]) for later in shown[1:]) > 50
    assert psnr_db(shown[-1], frame_to_rgb(rgb_to_frame(photo))) > 38


def test_seeking_is_quick_and_playing_starts_at_once(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(fps=Fraction(10)), 250)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(path)) as container:
        keyframes = [p.pts * p.time_base for p in container.demux(video=0) if p.is_keyframe and p.pts is not None]
    assert keyframes[0] == 0
    assert max(np.diff([*map(float, keyframes), 25.0])) <= 10


def test_errors_of_those_who_draw_are_left_alone(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="some model"), VideoWriter(tmp_path / "a.mp4", options()) as writer:
        writer.write_frame(frame())
        raise FileNotFoundError(errno.ENOENT, "some model")
    assert list(tmp_path.iterdir()) == []


def test_encoders_are_there_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(check_encoders()) == {
        "libx264",
        "aac",
        "libvpx-vp9",
        "libopus",
        "gif",
        "prores_aw",
        "pcm_s16le",
        "libx265",
        "libsvtav1",
        "flac",
        "libmp3lame",
    }
    monkeypatch.setattr(av, "codecs_available", {"aac", "gif"})
    with pytest.raises(MissingPartError, match="libx264, libvpx-vp9, libopus"):
        check_encoders()


def test_an_existing_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("old")
    with pytest.raises(UsageError, match="exists already"):
        VideoWriter(tmp_path / "a.mp4", options())
    write_video(tmp_path / "a.mp4", options(overwrite=True), 3)
    assert probe(tmp_path / "a.mp4").video is not None


def test_a_missing_folder_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder does not exist"):
        VideoWriter(tmp_path / "missing" / "a.mp4", options())


@pytest.mark.parametrize("container", [*MOVIES, "gif"])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_nothing_is_left_after_an_interruption(
    tmp_path: Path, container: str, interruption: type[BaseException]
) -> None:
    before = threading.active_count()
    with pytest.raises(interruption), VideoWriter(tmp_path / f"a.{container}", options(container)) as writer:
        for _ in range(50):
            writer.write_frame(frame())
        raise interruption
    assert list(tmp_path.iterdir()) == []
    assert threading.active_count() == before


@pytest.mark.parametrize("step", ["add_frame", "add_sound", "finish"])
def test_a_disk_that_fills_up_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(movie.MovieEncoder, step, fail)
    with (
        pytest.raises(OutputError, match="the disk is full"),
        VideoWriter(tmp_path / "a.mp4", options(sound_rate_hz=16000)) as writer,
    ):
        for _ in range(50):
            writer.write_sound(clicks(0.1, 16000, ()))
            writer.write_frame(frame())
    assert list(tmp_path.iterdir()) == []


def test_after_a_failure_every_call_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise av.error.InvalidDataError(1, "bad")

    monkeypatch.setattr(movie.MovieEncoder, "add_frame", fail)
    failures = 0
    with pytest.raises(OutputError, match="encoder failed"), VideoWriter(tmp_path / "a.mp4", options()) as writer:
        for _ in range(30):
            try:
                writer.write_frame(frame())
            except OutputError:
                failures += 1
    assert failures >= 20
    assert list(tmp_path.iterdir()) == []


def test_a_video_without_frames_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no frames"), VideoWriter(tmp_path / "a.mp4", options()):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_does_not_fit_the_announcement_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="announced"),
        VideoWriter(tmp_path / "a.mp4", options(size_px=(64, 64))) as writer,
    ):
        writer.write_frame(frame())
    with pytest.raises(UsageError, match="silent"), VideoWriter(tmp_path / "b.mp4", options()) as writer:
        writer.write_sound(clicks(1, 16000))
    with (
        pytest.raises(UsageError, match="16000 Hz"),
        VideoWriter(tmp_path / "c.mp4", options(sound_rate_hz=22050)) as writer,
    ):
        writer.write_sound(clicks(1, 16000))
        writer.write_frame(frame())
    assert list(tmp_path.iterdir()) == []


def test_odd_names_are_possible(tmp_path: Path) -> None:
    for name in ("100% é: %03d.mp4", "http:x.mp4", "-f.mp4"):
        assert probe(write_video(tmp_path / name, options(), 2)).video is not None
