"""Any frame of any kind of video is the one that playing it from the beginning shows."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.stream import VideoStream
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.media import clip as clip_module
from phonoscope.media.clip import Clip, ClipPart
from phonoscope.media.clip_times import clip_times
from phonoscope.media.covering import PlaneCover, cover_by_colours
from phonoscope.media.reader import upright_rgb
from phonoscope.media.timed_frames import timed_frames

SIZE = (64, 48)
FRAMES, FPS = 50, 10

KINDS = {
    "closed.mp4": ("libx264", "yuv420p", {"g": "12", "bf": "0"}),
    "open.mp4": ("libx264", "yuv420p", {"g": "10", "bf": "3", "x264-params": "open-gop=1:scenecut=0"}),
    "hevc.mp4": ("libx265", "yuv420p", {"x265-params": "keyint=10:open-gop=1:log-level=none"}),
    "old.webm": ("libvpx", "yuv420p", {"g": "12", "auto-alt-ref": "1", "lag-in-frames": "10", "deadline": "realtime"}),
    "new.webm": ("libvpx-vp9", "yuv420p", {"g": "12", "deadline": "realtime", "cpu-used": "8"}),
    "stream.ts": ("libx264", "yuv420p", {"g": "10", "bf": "2"}),
    "old.avi": ("mpeg4", "yuv420p", {"g": "10", "qscale": "3"}),
    "animation.gif": ("gif", "rgb8", {}),
}
"""Codec, kind of pixels and options of each file."""


def drawn(number: int) -> NDArray[np.uint8]:
    """Return a picture that differs from all others, in a way that prediction from others tells."""
    y, x = np.mgrid[: SIZE[1], : SIZE[0]]
    rgb = np.stack([(x * 3 + number * 7) % 256, (y * 4 + number * 3) % 256, (x + y + number * 11) % 256], 2)
    return np.asarray(rgb, np.uint8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("clips")
    for name, (codec, pixels, options) in KINDS.items():
        with av.open(str(path / name), "w") as container:
            stream = container.add_stream(codec, rate=FPS, options=options)
            assert isinstance(stream, VideoStream)
            stream.width, stream.height, stream.pix_fmt = *SIZE, pixels
            for number in range(FRAMES):
                frame = av.VideoFrame.from_ndarray(drawn(number), "rgb24")
                frame.pts = number
                frame.time_base = Fraction(1, FPS)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    return path


def by_playing(path: Path) -> list[tuple[Fraction, NDArray[np.uint8]]]:
    return [(time_s, upright_rgb(frame)) for time_s, frame in timed_frames(path)]


@pytest.mark.parametrize("name", KINDS)
def test_any_order_shows_what_playing_shows(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_module, "LEAP_S", Fraction(1, 2))
    played = by_playing(folder / name)
    assert len(played) >= FRAMES - 2
    length_s = clip_times(folder / name).length_s
    random = np.random.default_rng(0)
    numbers = [*range(0, 60, 7), *map(int, random.integers(0, 150, 40)), 99, 100, 101]
    with Clip(folder / name, SIZE, Fraction(20)) as clip:
        for number in numbers:
            moment_s = Fraction(number, 20) % length_s
            expected = [rgb for time_s, rgb in played if time_s <= moment_s][-1]
            shown = clip.frame(number)
            own = cover_by_colours(av.VideoFrame.from_ndarray(expected, "rgb24"), SIZE)
            np.testing.assert_array_equal(shown.luma, own.luma, err_msg=f"{name}, frame {number}")
            np.testing.assert_array_equal(shown.chroma, own.chroma)


@pytest.mark.parametrize("name", ["closed.mp4", "open.mp4", "hevc.mp4", "new.webm"])
def test_what_tells_where_it_can_be_entered_is_entered_there(folder: Path, name: str) -> None:
    times = clip_times(folder / name)
    assert len(times.keys_s) >= 2
    assert times.entry_s(Fraction(0)) == 0
    assert 0 < times.entry_s(Fraction(3)) <= 3
    assert times.length_s == pytest.approx(FRAMES / FPS, abs=0.01)


@pytest.mark.parametrize("name", ["animation.gif", "stream.ts", "old.avi"])
def test_what_does_not_is_played_from_the_beginning(folder: Path, name: str) -> None:
    assert clip_times(folder / name).keys_s == ()


def test_in_order_a_video_is_opened_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries: list[Fraction] = []
    decode = clip_module._decoded

    def counted(path: Path, times: object, entry_s: Fraction) -> object:
        entries.append(entry_s)
        return decode(path, times, entry_s)  # type: ignore[arg-type]

    monkeypatch.setattr(clip_module, "_decoded", counted)
    with Clip(folder / "closed.mp4", SIZE, Fraction(10)) as clip:
        for number in range(50):
            clip.frame(number)
        assert entries == [0]
        clip.frame(48)
        assert len(entries) == 2
        assert entries[1] >= 4


def test_a_table_that_lies_is_found_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "closed.mp4"
    played = by_playing(path)
    times = clip_times(path)
    late = type(times)(times.first_s, times.length_s, (Fraction(1),))
    monkeypatch.setattr(clip_module, "clip_times", lambda path: late)
    monkeypatch.setattr("av.container.InputContainer.seek", lambda *args, **named: None, raising=False)
    with Clip(path, SIZE, Fraction(10)) as clip:
        expected = cover_by_colours(av.VideoFrame.from_ndarray(played[15][1], "rgb24"), SIZE)
        np.testing.assert_array_equal(clip.frame(15).luma, expected.luma)


@pytest.mark.parametrize("size_px", [SIZE, (32, 24), (100, 30), (30, 100), (130, 96)])
def test_planes_are_scaled_to_where_colours_are(folder: Path, size_px: tuple[int, int]) -> None:
    y, x = np.mgrid[:96, :128]
    rgb = np.stack([128 + 90 * np.sin(x / 15), 128 + 60 * np.cos(y / 20), 128 + 50 * np.sin((x + y) / 25)], 2)
    frame = av.VideoFrame.from_ndarray(np.rint(rgb).astype(np.uint8), "rgb24").reformat(
        format="yuv420p", dst_colorspace=1, dst_color_range=1
    )
    frame.colorspace, frame.color_range = 1, 1
    fast, slow = PlaneCover()(frame, size_px), cover_by_colours(frame, size_px)
    assert fast.size_px == slow.size_px == size_px
    assert np.abs(fast.luma.astype(int) - slow.luma).mean() < 1.5
    assert np.abs(fast.chroma.astype(int) - slow.chroma).mean() < 1.2


def test_other_colours_go_the_long_way(folder: Path) -> None:
    frame = next(iter(timed_frames(folder / "animation.gif")))[1]
    np.testing.assert_array_equal(PlaneCover()(frame, SIZE).luma, cover_by_colours(frame, SIZE).luma)


def test_a_part_that_ends_before_it_begins_is_refused(folder: Path) -> None:
    with pytest.raises(MediaError, match="before it begins"):
        Clip(folder / "closed.mp4", SIZE, Fraction(10), ClipPart(Fraction(2), Fraction(1)))
