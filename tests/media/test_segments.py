"""Segments appear whole or not at all, and begin with a picture that stands for itself."""

from __future__ import annotations

import errno
import threading
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.media import segments
from phonoscope.media.lossless import read_lossless
from phonoscope.media.options import VideoOptions
from phonoscope.media.segments import SegmentWriter
from tests.media.samples import frame, options
from tests.media.segmented import numbered, write_segment


@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_a_segment_refers_to_nothing_outside(tmp_path: Path, codec: str) -> None:
    path = write_segment(tmp_path / "a.mkv", options(codec=codec), range(30))
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        assert packets[0].is_keyframe
        assert packets[0].pts == 0
        assert len(packets) == 30


@pytest.mark.parametrize("size_px", [(208, 112), (320, 180)])
def test_the_same_frames_give_the_same_bytes_at_any_size(tmp_path: Path, size_px: tuple[int, int]) -> None:
    width, height = size_px
    rng = np.random.default_rng(1)
    ground = rng.integers(30, 200, (height // 4, width // 4)).astype(np.uint8).repeat(4, 0).repeat(4, 1)
    written = set()
    for run in range(4):
        # Memory that was used for something else before is what comes next.
        used = [np.full(size, 17 * run, np.uint8) for size in range(10_000, 400_000, 30_000)]
        del used
        path = tmp_path / f"{run}.mkv"
        with SegmentWriter(path, VideoOptions(size_px, Fraction(15))) as writer:
            for number in range(60):
                luma = np.clip(np.roll(ground, number, 1) * (1 - number / 90) + 16, 16, 235).astype(np.uint8)
                writer.write_frame(VideoFrame(luma, np.full((height // 2, width // 2, 2), 128 + number % 40, np.uint8)))
        written.add(path.read_bytes())
    assert len(written) == 1


def test_no_thread_is_left_or_used(tmp_path: Path) -> None:
    before = threading.active_count()
    with SegmentWriter(tmp_path / "a.mkv", options()) as writer:
        writer.write_frame(frame())
        assert threading.active_count() == before


def test_the_caller_may_draw_into_the_same_frame(tmp_path: Path) -> None:
    drawn = numbered(0)
    with SegmentWriter(tmp_path / "a.mkv", options("gif")) as writer:
        for level in range(20, 60):
            drawn.luma[:] = level
            writer.write_frame(drawn)
    assert [int(found.luma[0, 0]) for found in read_lossless(tmp_path / "a.mkv", transparent=False)] == [*range(20, 60)]


@pytest.mark.parametrize("transparent", [False, True])
def test_lossless_segments_give_back_every_bit(tmp_path: Path, transparent: bool) -> None:
    generator = np.random.default_rng(1)
    given = []
    with SegmentWriter(tmp_path / "a.mkv", options("png", transparent=transparent)) as writer:
        for number in range(8):
            noisy = numbered(number, transparent)
            for plane in (noisy.luma, noisy.chroma, *(() if noisy.alpha is None else (noisy.alpha,))):
                plane[8:40] = generator.integers(0, 256, plane[8:40].shape)
            writer.write_frame(noisy)
            given.append(noisy)
    found = list(read_lossless(tmp_path / "a.mkv", transparent))
    assert len(found) == len(given)
    for one, other in zip(found, given, strict=True):
        np.testing.assert_array_equal(one.luma, other.luma)
        np.testing.assert_array_equal(one.chroma, other.chroma)
        assert (one.alpha is None) == (other.alpha is None)
        if one.alpha is not None and other.alpha is not None:
            np.testing.assert_array_equal(one.alpha, other.alpha)


@pytest.mark.parametrize("container", ["mp4", "gif", "webm"])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_nothing_is_left_after_an_interruption(
    tmp_path: Path, container: str, interruption: type[BaseException]
) -> None:
    with pytest.raises(interruption), SegmentWriter(tmp_path / "a.mkv", options(container)) as writer:
        writer.write_frame(frame())
        raise interruption
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["add_frame", "finish"])
def test_a_disk_that_fills_up_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(segments.PieceEncoder, step, fail)
    with pytest.raises(OutputError, match="disk is full"):
        write_segment(tmp_path / "a.mkv", options(), range(3))
    assert list(tmp_path.iterdir()) == []


def test_a_segment_that_is_there_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    path = write_segment(tmp_path / "a.mkv", options(), range(3))
    before = path.read_bytes()
    with pytest.raises(RuntimeError), SegmentWriter(path, options()) as writer:
        writer.write_frame(frame())
        raise RuntimeError
    assert path.read_bytes() == before
    write_segment(path, options(), range(9))
    assert path.read_bytes() != before


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.mkv"):
        SegmentWriter(tmp_path / "a.mp4", options())
    with pytest.raises(UsageError, match="no frames"), SegmentWriter(tmp_path / "a.mkv", options()):
        pass
    with pytest.raises(UsageError, match="announced"):
        write_segment(tmp_path / "a.mkv", options(size_px=(64, 64)), range(1))
    with pytest.raises(UsageError, match="transparent parts"), SegmentWriter(tmp_path / "a.mkv", options()) as writer:
        writer.write_frame(numbered(0, transparent=True))
    with pytest.raises(OutputError, match="folder does not exist"), SegmentWriter(tmp_path / "no" / "a.mkv", options()):
        pass
    assert list(tmp_path.iterdir()) == []
