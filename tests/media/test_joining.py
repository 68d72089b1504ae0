"""Segments become one video: every frame once, at its time, with the sound in step."""

from __future__ import annotations

import errno
import itertools
import multiprocessing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.errors import MediaError, OutputError, UsageError
from phonoscope.core.events import Event, Progress
from phonoscope.core.sound import Sound
from phonoscope.media import joining
from phonoscope.media.joined_sound import encode_sound
from phonoscope.media.joining import join_segments
from phonoscope.media.options import VideoOptions
from phonoscope.media.probe import Probe, probe
from phonoscope.media.reader import read_sound
from phonoscope.media.segments import SegmentWriter
from phonoscope.media.sound_writer import write_sound
from phonoscope.media.writer import VideoWriter
from tests.media.samples import SIZE_PX, clicks, options
from tests.media.segmented import (
    FRAMES,
    LENGTHS,
    number_of,
    numbered,
    numbers,
    segment_frames,
    stored,
    write_segment,
    write_segments,
)
from tests.media.test_transparency import alphas

NTSC = Fraction(30000, 1001)

CODECS = (
    ("mp4", "h264"),
    ("mp4", "h265"),
    ("mp4", "av1"),
    ("mov", "h265"),
    ("mov", "prores"),
    ("webm", "vp9"),
    ("webm", "av1"),
)


class Stream:
    """A stream of sound with clicks, in blocks of a tenth of a second."""

    def __init__(self, duration_s: float, rate_hz: int = 24000) -> None:
        self.rate_hz = rate_hz
        self.duration_s = duration_s
        self._samples = clicks(duration_s, rate_hz).samples

    def __iter__(self):  # type: ignore[no-untyped-def]
        step = self.rate_hz // 10
        for start in range(0, len(self._samples), step):
            yield Sound(self._samples[start : start + step].copy(), self.rate_hz)


def told(container: str, codec: str = "", **changes: object) -> VideoOptions:
    return options(container, codec=codec, fps=NTSC, title="A title", comment="Made with Phonoscope 9", **changes)


def late_samples(path: Path, duration_s: float) -> int:
    """Return by how many samples of 48 kHz the sound comes too late."""
    expected = clicks(duration_s, 48000).samples
    heard = read_sound(path, 48000).samples[: len(expected)]
    padded = np.pad(heard, (2000, 2000 + len(expected) - len(heard)))
    likeness = [float(padded[lag : lag + len(expected)] @ expected) for lag in range(4001)]
    return int(np.argmax(likeness)) - 2000


def described(path: Path) -> Probe:
    """Return what a file tells of itself, but for what depends on how well it was compressed."""
    found = probe(path)
    assert found.video is not None
    return replace(found, path="", size_bytes=0, bit_rate=0, video=replace(found.video, bit_rate=0))


@pytest.mark.parametrize(("container", "codec"), CODECS)
def test_every_frame_is_there_once_at_its_time(tmp_path: Path, container: str, codec: str) -> None:
    said = told(container, codec)
    path = tmp_path / f"a.{container}"
    join_segments(write_segments(tmp_path / "s", said), Stream(1.0), path, said)
    found = stored(path, NTSC)
    # WebM rounds to milliseconds.
    tolerance = 0.02 if container == "webm" else 0
    assert sorted(map(float, found.shown)) == pytest.approx(range(FRAMES), abs=tolerance)
    assert all(later > earlier for earlier, later in zip(found.decoded, found.decoded[1:], strict=False))
    assert all(shown >= decoded for shown, decoded in zip(found.shown, found.decoded, strict=True))
    assert set(np.cumsum((0, *LENGTHS[:-1]))) <= set(found.keyframes)
    assert numbers(path) == list(range(FRAMES))
    video = probe(path).video
    assert video is not None
    assert video.codec == {"h265": "hevc"}.get(codec, codec)
    assert Fraction(video.fps) == NTSC
    assert probe(path).duration_s == pytest.approx(float(FRAMES / NTSC), abs=0.03)


@pytest.mark.parametrize(("container", "codec"), CODECS)
def test_the_file_is_like_one_that_was_never_cut(tmp_path: Path, container: str, codec: str) -> None:
    said = told(container, codec, sound_rate_hz=24000, sound_channels=2, credit="Whose")
    joined, whole = tmp_path / f"a.{container}", tmp_path / f"b.{container}"
    join_segments(write_segments(tmp_path / "s", said), Stream(FRAMES / 29.97), joined, said)
    with VideoWriter(whole, said) as writer:
        for block in Stream(FRAMES / 29.97):
            writer.write_sound(block)
        for number in range(FRAMES):
            writer.write_frame(numbered(number))
    assert described(joined) == described(whole)
    with av.open(str(joined)) as one, av.open(str(whole)) as other:
        assert one.metadata == other.metadata
        assert one.streams.video[0].codec_context.codec_tag == other.streams.video[0].codec_context.codec_tag
        assert one.streams.video[0].start_time == other.streams.video[0].start_time
    assert stored(joined, NTSC).decoded == stored(whole, NTSC).decoded
    assert read_sound(joined).samples.tobytes() == read_sound(whole).samples.tobytes()


@pytest.mark.parametrize(("codec", "tag"), [("h264", "avc1"), ("h265", "hvc1"), ("av1", "av01")])
def test_players_know_the_codec_by_its_tag(tmp_path: Path, codec: str, tag: str) -> None:
    said = told("mp4", codec)
    join_segments(write_segments(tmp_path / "s", said, (5, 5)), None, tmp_path / "a.mp4", said)
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(tmp_path / "a.mp4")) as container:
        assert container.streams.video[0].codec_context.codec_tag == tag
        assert not container.streams.audio


def test_colours_are_tagged(tmp_path: Path) -> None:
    said = told("mp4", "h265")
    join_segments(write_segments(tmp_path / "s", said, (5, 5)), None, tmp_path / "a.mp4", said)
    video = probe(tmp_path / "a.mp4").video
    assert video is not None
    assert (video.primaries, video.transfer, video.matrix, video.range) == ("bt709", "bt709", "bt709", "limited")


@pytest.mark.parametrize(("container", "codec"), [("mp4", "h264"), ("webm", "av1")])
def test_every_place_can_be_sought(tmp_path: Path, container: str, codec: str) -> None:
    said = told(container, codec)
    path = tmp_path / f"a.{container}"
    join_segments(write_segments(tmp_path / "s", said), None, path, said)
    with av.open(str(path)) as container_:
        stream = container_.streams.video[0]
        assert stream.time_base is not None
        for wanted in (35, 3, 20, 21, 33, 0):
            container_.seek(round(wanted / NTSC / stream.time_base), stream=stream)
            frame = next(
                f
                for f in container_.decode(stream)
                if round(f.pts * stream.time_base * NTSC) >= wanted  # type: ignore[operator]
            )
            assert number_of(frame) == wanted


@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_frames_are_those_of_the_segments(tmp_path: Path, codec: str) -> None:
    said = told("mp4", codec)
    segments = write_segments(tmp_path / "s", said)
    join_segments(segments, None, tmp_path / "a.mp4", said)

    def pixels(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [frame.to_ndarray().tobytes() for frame in container.decode(video=0)]

    assert pixels(tmp_path / "a.mp4") == [frame for segment in segments for frame in pixels(segment)]


def test_the_bytes_do_not_depend_on_who_writes_the_segments(tmp_path: Path) -> None:
    said = told("mp4", "h264")
    here = write_segments(tmp_path / "s", said, (12, 8))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(write_segment, (tmp_path / "there.mkv", said, range(12, 20)))
    assert (tmp_path / "there.mkv").read_bytes() == here[1].read_bytes()
    for name, segments in (("a", here), ("b", [here[0], tmp_path / "there.mkv"])):
        join_segments(segments, Stream(1), tmp_path / f"{name}.mp4", said)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


@pytest.mark.parametrize("container", ["webm", "mov"])
def test_alpha_survives(tmp_path: Path, container: str) -> None:
    said = told(container, transparent=True)
    path = tmp_path / f"a.{container}"
    join_segments(write_segments(tmp_path / "s", said), None, path, said)
    found = alphas(path)
    assert len(found) == FRAMES
    for number, alpha in enumerate(found):
        expected = numbered(number, transparent=True).alpha
        assert expected is not None
        assert np.abs(alpha - expected).mean() < 2
    with av.open(str(path)) as opened:
        tags = {name.lower(): value for name, value in opened.streams.video[0].metadata.items()}
    assert container == "mov" or tags["alpha_mode"] == "1"


@pytest.mark.parametrize("container", ["gif", "png"])
@pytest.mark.parametrize("transparent", [False, True])
def test_what_cannot_be_copied_comes_out_as_if_never_cut(tmp_path: Path, container: str, transparent: bool) -> None:
    if container == "gif" and transparent:
        pytest.skip("GIF has no alpha here.")
    said = told(container, transparent=transparent)
    joined, whole = (tmp_path / f"{name}{'.gif' if container == 'gif' else ''}" for name in "ab")
    join_segments(write_segments(tmp_path / "s", said), Stream(2), joined, said)
    with VideoWriter(whole, replace(said, sound_rate_hz=24000 if container == "png" else None)) as writer:
        for number in range(FRAMES):
            if writer.options.sound_rate_hz and number == 0:
                for block in Stream(2):
                    writer.write_sound(block)
            writer.write_frame(numbered(number, transparent))
    names = [Path()] if container == "gif" else [Path(one.name) for one in sorted(whole.iterdir())]
    assert len(names) in (1, FRAMES + 1)
    for name in names:
        assert (joined / name).read_bytes() == (whole / name).read_bytes()


def test_a_still_scene_does_not_twitch_at_a_joint(tmp_path: Path) -> None:
    from skimage.data import astronaut

    photo: NDArray[np.uint8] = astronaut()
    said = options(size_px=(512, 512))
    for place in range(2):
        with SegmentWriter(tmp_path / f"{place}.mkv", said) as writer:
            for number in range(25 * place, 25 * place + 25):
                moved = photo.copy()
                moved[200:300, 200:300] = photo[200 + number % 20 : 300 + number % 20, 200:300]
                writer.write_frame(rgb_to_frame(moved))
    join_segments([tmp_path / "0.mkv", tmp_path / "1.mkv"], None, tmp_path / "a.mp4", said)
    with av.open(str(tmp_path / "a.mp4")) as container:
        luma = [frame.to_ndarray(format="gray").astype(float) for frame in container.decode(video=0)]
    still = np.ones((512, 512), bool)
    still[180:320, 180:320] = False

    def psnr_db(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
        return float(10 * np.log10(255**2 / max(1e-9, np.mean((a[still] - b[still]) ** 2))))

    steps_db = [psnr_db(a, b) for a, b in itertools.pairwise(luma)]
    assert steps_db.pop(24) > 46
    assert min(steps_db) > 52
    assert np.percentile(np.abs(luma[24] - luma[25])[still], 99.9) <= 12


@pytest.mark.parametrize("container", ["mp4", "webm", "mov"])
@pytest.mark.parametrize("suffix", ["wav", "m4a", "opus", "mp3", "stream"])
def test_sound_is_in_step_wherever_it_comes_from(tmp_path: Path, container: str, suffix: str) -> None:
    said = told(container, {"mov": "prores"}.get(container, ""))
    segments = write_segments(tmp_path / "s", said, (30, 30))
    sound: Path | Stream = Stream(2.0)
    if suffix != "stream":
        sound = tmp_path / f"sound.{suffix}"
        write_sound(sound, Stream(2.0))
    path = tmp_path / f"a.{container}"
    join_segments(segments, sound, path, said)
    assert abs(late_samples(path, 2.0)) <= 24  # half a millisecond
    found = probe(path)
    assert found.sound is not None
    assert found.sound.codec == {"mp4": "aac", "webm": "opus", "mov": "pcm_s16le"}[container]
    assert (found.sound.rate_hz, found.sound.channels) == (48000, 1)
    assert found.sound.start_s == pytest.approx(0, abs=0.01)


def test_sound_that_is_encoded_already_is_copied(tmp_path: Path) -> None:
    said = told("mp4")
    write_sound(tmp_path / "sound.m4a", Stream(2.0))
    join_segments(write_segments(tmp_path / "s", said, (30,)), tmp_path / "sound.m4a", tmp_path / "a.mp4", said)

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as container:
            return [bytes(packet) for packet in container.demux(audio=0) if packet.size]

    copied = packets(tmp_path / "a.mp4")
    assert copied == packets(tmp_path / "sound.m4a")[: len(copied)]
    # Cut where the picture ends.
    found = probe(tmp_path / "a.mp4")
    assert found.duration_s == pytest.approx(30 / 29.97, abs=0.001)


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("webm", "opus"), ("mov", "pcm_s16le")])
def test_sound_can_be_encoded_beforehand(tmp_path: Path, container: str, codec: str) -> None:
    said = told(container, {"mov": "prores"}.get(container, ""), sound_channels=2, sound_bit_rate=192_000)
    sound = encode_sound(Stream(2.0), tmp_path, said)
    join_segments(write_segments(tmp_path / "s", said, (30, 30)), sound, tmp_path / f"a.{container}", said)
    found = probe(tmp_path / f"a.{container}").sound
    assert found is not None
    assert (found.codec, found.channels) == (codec, 2)
    assert abs(late_samples(tmp_path / f"a.{container}", 2.0)) <= 24

    def packets(path: Path) -> list[bytes]:
        with av.open(str(path)) as opened:
            return [bytes(packet) for packet in opened.demux(audio=0) if packet.size]

    if codec != "pcm_s16le":
        assert packets(tmp_path / f"a.{container}")[:90] == packets(sound)[:90]


@pytest.mark.parametrize("sound_s", [0.5, 3.0])
def test_sound_that_is_encoded_ends_with_the_picture(tmp_path: Path, sound_s: float) -> None:
    said = told("mp4")
    join_segments(write_segments(tmp_path / "s", said, (30, 15)), Stream(sound_s), tmp_path / "a.mp4", said)
    assert read_sound(tmp_path / "a.mp4").duration_s == pytest.approx(45 / 29.97, abs=1 / 30)


def test_progress_is_told(tmp_path: Path) -> None:
    said = told("mp4")
    heard: list[Event] = []
    join_segments(write_segments(tmp_path / "s", said, (3, 3, 3)), None, tmp_path / "a.mp4", said, heard.append)
    assert [(e.done, e.total) for e in heard if isinstance(e, Progress)] == [(1, 3), (2, 3), (3, 3)]


def test_segments_of_other_videos_are_refused(tmp_path: Path) -> None:
    said = told("mp4")
    segments = write_segments(tmp_path / "s", said, (4, 4))
    other = write_segments(tmp_path / "o", told("mp4", size_px=(128, 80)), ()) or [tmp_path / "other.mkv"]
    with SegmentWriter(other[0], replace(said, size_px=(64, 96))) as writer:
        small = numbered(0)
        writer.write_frame(replace(small, luma=small.luma[:, :64].copy(), chroma=small.chroma[:, :32].copy()))
    with pytest.raises(MediaError, match="options of the others"):
        join_segments([*segments, other[0]], None, tmp_path / "a.mp4", said)
    assert not (tmp_path / "a.mp4").exists()


@pytest.mark.parametrize("container", ["mp4", "gif"])
def test_a_damaged_segment_is_refused_by_name(tmp_path: Path, container: str) -> None:
    said = told(container)
    segments = write_segments(tmp_path / "s", said, (10, 10))
    data = segments[1].read_bytes()
    segments[1].write_bytes(data[:100])
    path = tmp_path / f"a.{container}"
    with pytest.raises(MediaError, match=r"1\.mkv"):
        join_segments(segments, None, path, said)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s"]


def test_a_segment_that_lacks_frames_is_refused(tmp_path: Path) -> None:
    said = told("mp4", "av1")
    segment = write_segments(tmp_path / "s", said, (12,))[0]
    with av.open(str(segment)) as source, av.open(str(tmp_path / "cut.mkv"), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0], opaque=True)
        for place, packet in enumerate(source.demux(video=0)):
            if packet.size and place != 5:
                packet.stream = stream
                target.mux(packet)
    assert segment_frames(segment) == 12
    assert segment_frames(tmp_path / "cut.mkv") == 11
    with pytest.raises(MediaError, match="lacks frames"):
        join_segments([tmp_path / "cut.mkv"], None, tmp_path / "a.mp4", said)


def test_nothing_to_be_joined(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no segments"):
        join_segments([], None, tmp_path / "a.mp4", told("mp4"))
    write_sound(tmp_path / "sound.wav", Stream(1))
    with pytest.raises(MediaError, match="no segment"):
        join_segments([tmp_path / "sound.wav"], None, tmp_path / "a.mp4", told("mp4"))
    with pytest.raises(MediaError, match=r"missing\.wav.*does not exist"):
        join_segments(
            write_segments(tmp_path / "s", told("mp4"), (2,)), tmp_path / "missing.wav", tmp_path / "a.mp4", told("mp4")
        )


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_text("old")
    with pytest.raises(UsageError, match="exists already"):
        join_segments(write_segments(tmp_path / "s", told("mp4"), (2,)), None, tmp_path / "a.mp4", told("mp4"))
    assert (tmp_path / "a.mp4").read_text() == "old"


def test_a_full_disk_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(joining, "mux", fail)
    with pytest.raises(OutputError, match="disk is full"):
        join_segments(write_segments(tmp_path / "s", told("mp4"), (2,)), Stream(1), tmp_path / "a.mp4", told("mp4"))
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_sizes_are_even_and_of_any_shape(tmp_path: Path) -> None:
    assert SIZE_PX == (128, 96)
    said = options("mp4", codec="h265", size_px=(66, 34))
    with SegmentWriter(tmp_path / "a.mkv", said) as writer:
        whole = numbered(0)
        writer.write_frame(replace(whole, luma=whole.luma[:34, :66].copy(), chroma=whole.chroma[:17, :33].copy()))
    join_segments([tmp_path / "a.mkv"], None, tmp_path / "a.mp4", said)
    video = probe(tmp_path / "a.mp4").video
    assert video is not None
    assert (video.width_px, video.height_px) == (66, 34)
