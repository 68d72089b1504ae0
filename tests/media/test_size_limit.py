"""Files that must not exceed a number of bytes do not."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.core.events import Event, Progress
from phonoscope.core.frames import VideoFrame
from phonoscope.media import fit_size as module
from phonoscope.media.fit_size import fit_size
from phonoscope.media.options import VideoOptions
from phonoscope.media.probe import probe
from phonoscope.media.size_limit import options_within, parse_bytes
from phonoscope.media.writer import VideoWriter
from tests.media.samples import clicks, options
from tests.media.segmented import stored

MB = 1_000_000


def noise(path: Path, told: VideoOptions, frames: int = 90) -> Path:
    """Write a video of noise, which takes as many bytes as there are, with clicks."""
    generator = np.random.default_rng(1)
    width, height = told.size_px
    with VideoWriter(path, told) as writer:
        writer.write_sound(clicks(frames / 30, told.sound_rate_hz or 0))
        for _ in range(frames):
            luma = generator.integers(16, 236, (height, width), np.uint8)
            writer.write_frame(VideoFrame(luma, np.full((height // 2, width // 2, 2), 128, np.uint8)))
    return path


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("10MB", 10 * MB),
        ("10 mb", 10 * MB),
        ("10MiB", 10 * 2**20),
        ("500k", 500_000),
        ("1.5G", 1_500 * MB),
        ("20000", 20_000),
    ],
)
def test_sizes_are_read(text: str, size: int) -> None:
    assert parse_bytes(text) == size


@pytest.mark.parametrize("text", ["", "10 apples", "-5MB", "nan", "1e9", "12", "9" * 50, "1KiBB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_bytes(text)


def test_a_generous_limit_changes_only_what_it_must() -> None:
    told = options(size_px=(1280, 720), sound_rate_hz=48000)
    limited = options_within(told, 60, 20 * MB)
    assert replace(limited, bit_rate_limit=None, sound_bit_rate=None) == told
    assert limited.sound_bit_rate == 128_000
    assert limited.bit_rate_limit is not None
    assert 0.9 < (limited.bit_rate_limit + 128_000) * 60 / 8 / (20 * MB) < 1


def test_less_room_means_less_sound_then_a_smaller_picture() -> None:
    told = options(size_px=(1920, 1080), sound_rate_hz=48000)
    plans = [options_within(told, seconds, 20 * MB) for seconds in (60, 600, 1200, 2400)]
    heights = [plan.size_px[1] for plan in plans]
    rates = [plan.sound_bit_rate or 0 for plan in plans]
    assert heights == sorted(heights, reverse=True)
    assert rates == sorted(rates, reverse=True)
    assert heights[0] == 1080
    assert heights[-1] <= 240
    assert all(width % 2 == 0 and height % 2 == 0 for width, height in (plan.size_px for plan in plans))


def test_what_cannot_fit_is_refused() -> None:
    with pytest.raises(UsageError, match="7200 s of video do not fit into 1 MB"):
        options_within(options(size_px=(1280, 720), sound_rate_hz=48000), 7200, MB)


@pytest.mark.parametrize(
    "changes", [{"container": "gif"}, {"container": "mov", "codec": "prores"}, {"container": "png"}]
)
def test_what_has_no_bit_rate_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="cannot be limited"):
        options_within(options(**changes), 10, MB)
    with pytest.raises(UsageError, match="transparent parts cannot be limited"):
        options_within(options("webm", transparent=True), 10, MB)


@pytest.mark.parametrize(("container", "codec"), [("mp4", "h264"), ("mp4", "h265"), ("mp4", "av1"), ("webm", "vp9")])
def test_a_limited_rate_is_kept(tmp_path: Path, container: str, codec: str) -> None:
    told = options(container, codec=codec, sound_rate_hz=48000, fps=Fraction(30))
    free = noise(tmp_path / f"free.{container}", told).stat().st_size
    limited = noise(tmp_path / f"limited.{container}", replace(told, bit_rate_limit=400_000)).stat().st_size
    assert free > 1.5 * limited
    # Three seconds, and what may be made up for later.
    assert limited < 400_000 / 8 * 5 + 60_000


@pytest.mark.parametrize(("container", "codec"), [("mp4", "h264"), ("mp4", "h265"), ("webm", "vp9")])
def test_what_is_too_large_is_encoded_again(tmp_path: Path, container: str, codec: str) -> None:
    told = options(container, codec=codec, sound_rate_hz=48000, title="A title")
    path = noise(tmp_path / f"a.{container}", told)

    def sound() -> list[bytes]:
        with av.open(str(path)) as opened:
            return [bytes(packet) for packet in opened.demux(audio=0) if packet.size]

    before, heard = path.stat().st_size, sound()
    events: list[Event] = []
    assert fit_size(path, before // 3, told, events.append)
    assert before // 5 < path.stat().st_size <= before // 3
    assert sound() == heard
    found = probe(path)
    assert found.tags["title"] == "A title"
    assert found.video is not None
    assert found.video.matrix == "bt709"
    assert len(stored(path, told.fps).shown) == 90
    assert any(isinstance(event, Progress) for event in events)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_what_fits_is_left_alone(tmp_path: Path) -> None:
    told = options(sound_rate_hz=48000)
    path = noise(tmp_path / "a.mp4", told, 10)
    before = path.read_bytes()
    assert not fit_size(path, len(before), told)
    assert path.read_bytes() == before


def test_what_cannot_be_made_so_small_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = options(sound_rate_hz=48000)
    path = noise(tmp_path / "a.mp4", told, 30)
    before = path.read_bytes()
    with pytest.raises(OutputError, match="cannot be made smaller"):
        fit_size(path, 2_500, told)
    monkeypatch.setattr(module, "mux", lambda *_: (_ for _ in ()).throw(av.error.OSError(28, "full")))
    with pytest.raises(OutputError, match="disk is full"):
        fit_size(path, len(before) // 2, told)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]
