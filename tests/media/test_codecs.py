"""Containers and codecs: what goes together, and what is in the file then."""

from __future__ import annotations

import os
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from phonoscope.core.errors import UsageError
from phonoscope.media.codecs import CODECS, CONTAINER_CODECS, codec_of
from phonoscope.media.movie import MovieEncoder
from phonoscope.media.options import CONTAINERS, TRANSPARENT_CONTAINERS, VideoOptions
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_frames, read_sound
from tests.media.samples import clicks, frame, options, write_video

PAIRS = [(container, codec) for container, codecs in CONTAINER_CODECS.items() for codec in codecs]


@pytest.mark.parametrize(("container", "codec"), PAIRS)
def test_what_is_written_is_what_was_asked_for(tmp_path: Path, container: str, codec: str) -> None:
    told = options(container, codec=codec, sound_rate_hz=48000, title="A title")
    found = probe(write_video(tmp_path / f"a.{container}", told, 30, clicks(1, 48000)))
    assert found.video is not None
    assert found.video.codec == {"h265": "hevc"}.get(codec, codec)
    assert (found.video.primaries, found.video.matrix, found.video.range)[1:] == ("bt709", "limited")
    assert found.duration_s == pytest.approx(1, abs=0.03)
    assert found.sound is not None
    assert found.sound.codec == {"webm": "opus"}.get(container, "pcm_s16le" if codec == "prores" else "aac")
    assert len(list(read_frames(tmp_path / f"a.{container}"))) == 30
    assert read_sound(tmp_path / f"a.{container}").duration_s == pytest.approx(1, abs=0.03)


def test_prores_is_4444_and_opaque(tmp_path: Path) -> None:
    found = probe(write_video(tmp_path / "a.mov", options("mov", codec="prores"), 3)).video
    assert found is not None
    assert found.profile == "4444"
    assert found.pixel_format.startswith("yuv444p")


@pytest.mark.parametrize("codec", ["h265", "av1"])
def test_bytes_are_the_same_every_time(tmp_path: Path, codec: str) -> None:
    first, second = (write_video(tmp_path / f"{name}.mp4", options(codec=codec), 40).read_bytes() for name in "ab")
    assert first == second


@pytest.mark.parametrize("codec", ["h264", "h265", "vp9", "av1"])
def test_coarser_quality_takes_fewer_bytes(tmp_path: Path, codec: str) -> None:
    container = "webm" if codec == "vp9" else "mp4"
    sizes = [
        write_video(tmp_path / f"{q}.{container}", options(container, codec=codec, quality=q), 40).stat().st_size
        for q in (15, 45)
    ]
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize("frames", [1, 2, 3])
@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_a_video_may_be_shorter_than_its_encoder_looks_ahead(tmp_path: Path, codec: str, frames: int) -> None:
    # x265 took its times of decoding from memory that nobody had written: one try of four failed.
    written = {write_video(tmp_path / f"{name}.mp4", options(codec=codec), frames).read_bytes() for name in range(6)}
    assert len(written) == 1
    assert len(list(read_frames(tmp_path / "0.mp4"))) == frames


@pytest.mark.skipif(sys.platform != "linux", reason="only there encoders do so")
@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_no_encoder_makes_this_process_a_real_time_one(tmp_path: Path, codec: str) -> None:
    encoder = MovieEncoder(tmp_path / "a.mp4", options(codec=codec))
    encoder.add_frame(frame())
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
    encoder.finish()


def test_every_usual_codec_is_the_first_of_its_container() -> None:
    for name, codecs in CONTAINER_CODECS.items():
        if codecs:
            assert CODECS[codecs[0]].encoder == CONTAINERS[name].video_codec
            assert options(name, codec=codecs[0]).kind == CONTAINERS[name]
    for name, kind in TRANSPARENT_CONTAINERS.items():
        if CONTAINER_CODECS[name]:
            codec = codec_of(kind.video_codec)
            assert options(name, codec=codec.name, transparent=True).kind == kind


@pytest.mark.parametrize(
    ("container", "codec", "told"),
    [
        ("mp4", "vp9", r"MP4 cannot hold vp9.*h264, h265, av1.*\.webm"),
        ("webm", "h264", r"WEBM cannot hold h264.*\.mp4, \.mov"),
        ("gif", "h264", "no choice of codecs"),
        ("mp4", "mpeg2", "Unknown video codec 'mpeg2'.*prores"),
    ],
)
def test_what_does_not_go_together_is_refused(container: str, codec: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        options(container, codec=codec)


def test_a_codec_without_alpha_is_refused() -> None:
    with pytest.raises(UsageError, match=r"av1 cannot be transparent.*vp9, prores"):
        options("webm", codec="av1", transparent=True)


@pytest.mark.parametrize("changes", [{"bit_rate_limit": 0}, {"sound_bit_rate": 100}, {"bit_rate_limit": 10**12}])
def test_impossible_rates_are_refused(changes: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="bits a second"):
        options("mp4", **changes)


@pytest.mark.parametrize("fps", [24, 60])
def test_uhd_is_possible(fps: int) -> None:
    assert VideoOptions((3840, 2160), Fraction(fps), "mp4", codec="h265").kind.video_codec == "libx265"
