"""Videos with holes are written, opened again, and have them where they were."""

from __future__ import annotations

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from phonoscope.core.errors import OutputError, UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.options import VideoOptions
from phonoscope.media.probe import probe
from phonoscope.media.reader import read_sound
from phonoscope.media.writer import VideoWriter
from tests.media.samples import SIZE_PX, clicks, frame, options, picture

FRAMES = 12


def holed(number: int) -> VideoFrame:
    """Return a frame whose alpha rises from left to right, and is nothing in a square that moves."""
    plain = frame(100)
    alpha = np.tile(np.linspace(0, 255, SIZE_PX[0]).astype(np.uint8), (SIZE_PX[1], 1))
    alpha[20:40, 40 + number : 80 + number] = 0
    return VideoFrame(plain.luma, plain.chroma, alpha)


def hole(number: int) -> NDArray[np.uint8]:
    """Return the alpha of `holed`."""
    alpha = holed(number).alpha
    assert alpha is not None
    return alpha


def write_holed(path: Path, told: VideoOptions) -> Path:
    with VideoWriter(path, told) as writer:
        if told.sound_rate_hz:
            writer.write_sound(clicks(FRAMES / 30, told.sound_rate_hz, (0.2,)))
        for number in range(FRAMES):
            writer.write_frame(holed(number))
    return path


def alphas(path: Path) -> list[NDArray[np.float64]]:
    """Decode the alpha of every frame, 0 to 255."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        if stream.codec_context.name == "vp9":
            # FFmpeg's own VP9 decoder does not look at alpha.
            decoder = av.CodecContext.create("libvpx-vp9", "r")
            frames = [f for packet in container.demux(stream) for f in decoder.decode(packet)]
        else:
            frames = list(container.decode(stream))
    found = []
    for one in frames:
        assert one.format.name.startswith("yuva")
        deep = one.format.components[3].bits
        kind = np.dtype(np.uint8 if deep == 8 else np.uint16)
        rows = np.frombuffer(memoryview(one.planes[3]), kind)
        plane = rows.reshape(-1, one.planes[3].line_size // kind.itemsize)[: SIZE_PX[1], : SIZE_PX[0]]
        found.append(plane * (255 / (2**deep - 1)))
    return found


@pytest.mark.parametrize("container", ["webm", "mov"])
def test_alpha_comes_back(tmp_path: Path, container: str) -> None:
    path = write_holed(tmp_path / f"a.{container}", options(container, transparent=True, sound_rate_hz=24000))
    found = alphas(path)
    assert len(found) == FRAMES
    for number, alpha in enumerate(found):
        assert np.abs(alpha - hole(number)).mean() < 3
        assert alpha[22:38, 44 + number : 76 + number].max() < 30
    assert read_sound(path).duration_s == pytest.approx(FRAMES / 30, abs=0.05)


def test_webm_tells_browsers_of_its_alpha(tmp_path: Path) -> None:
    path = write_holed(tmp_path / "a.webm", options("webm", transparent=True))
    with av.open(str(path)) as container:
        tags = {name.lower(): value for name, value in container.streams.video[0].metadata.items()}
    assert tags["alpha_mode"] == "1"


def test_mov_is_what_editors_take(tmp_path: Path) -> None:
    path = write_holed(tmp_path / "a.mov", options("mov", transparent=True, sound_rate_hz=48000))
    found = probe(path)
    assert found.video is not None
    assert (found.video.codec, found.video.profile) == ("prores", "4444")
    assert found.video.matrix == "bt709"
    assert found.sound is not None
    assert found.sound.codec == "pcm_s16le"
    with av.open(str(path)) as container:
        rgb = next(container.decode(container.streams.video[0])).to_ndarray(format="rgb24")
    assert np.abs(rgb[50:90, 80:110].astype(int) - picture(100)[50:90, 80:110]).max() <= 4


@pytest.mark.parametrize("container", ["webm", "mov"])
def test_bytes_are_the_same_every_time(tmp_path: Path, container: str) -> None:
    told = options(container, transparent=True, sound_rate_hz=24000)
    first, second = (write_holed(tmp_path / f"{name}.{container}", told).read_bytes() for name in "ab")
    assert first == second


def test_frames_without_alpha_are_opaque(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "a.webm", options("webm", transparent=True)) as writer:
        writer.write_frame(holed(0))
        writer.write_frame(frame())
    first, second = alphas(tmp_path / "a.webm")
    assert first.min() < 10
    assert second.min() > 250


@pytest.mark.parametrize("container", ["mp4", "gif"])
def test_others_are_refused_with_the_way_out(container: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be transparent.*\.webm"):
        options(container, transparent=True)


def test_holes_do_not_get_lost_in_an_opaque_video(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="transparent parts"),
        VideoWriter(tmp_path / "a.mp4", options("mp4")) as writer,
    ):
        writer.write_frame(holed(0))
    assert not list(tmp_path.iterdir())


def rgba(path: Path) -> NDArray[np.uint8]:
    read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert read is not None
    return np.asarray(cv2.cvtColor(read, cv2.COLOR_BGRA2RGBA), np.uint8)


def test_pictures_go_into_a_folder_with_their_sound(tmp_path: Path) -> None:
    path = write_holed(tmp_path / "frames", options("png", transparent=True, sound_rate_hz=24000))
    assert sorted(p.name for p in path.iterdir()) == [*(f"{n:05d}.png" for n in range(1, FRAMES + 1)), "sound.wav"]
    third = rgba(path / "00003.png")
    np.testing.assert_array_equal(third[..., 3], hole(2))
    assert np.abs(third[50:90, 80:110, :3].astype(int) - picture(100)[50:90, 80:110]).max() <= 2
    # Colours go on a little beyond the edges, and then there are none.
    assert third[21, 44, :3].max() > 100
    assert third[30, 62].max() == 0
    assert read_sound(path / "sound.wav").duration_s == pytest.approx(FRAMES / 30, abs=0.001)


def test_pictures_go_by_a_pattern(tmp_path: Path) -> None:
    write_holed(tmp_path / "talk_%03d.png", options("png", transparent=True, sound_rate_hz=24000))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["talk.wav", *(f"talk_{n:03d}.png" for n in range(1, 13))]


def test_opaque_pictures_have_no_alpha(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "plain_%d5.png".replace("%d5", "%05d"), options("png")) as writer:
        writer.write_frame(frame())
    read = cv2.imread(str(tmp_path / "plain_00001.png"), cv2.IMREAD_UNCHANGED)
    assert read is not None
    assert read.shape == (SIZE_PX[1], SIZE_PX[0], 3)


@pytest.mark.parametrize("name", ["frames", "talk_%05d.png"])
def test_pictures_appear_together_or_not_at_all(tmp_path: Path, name: str) -> None:
    with pytest.raises(KeyError), VideoWriter(tmp_path / name, options("png", transparent=True)) as writer:
        writer.write_frame(holed(0))
        raise KeyError
    assert not list(tmp_path.iterdir())


def test_pictures_replace_pictures_only_when_asked(tmp_path: Path) -> None:
    path = write_holed(tmp_path / "frames", options("png", transparent=True))
    with pytest.raises(UsageError, match="pictures already"):
        VideoWriter(path, options("png", transparent=True))
    with VideoWriter(path, options("png", transparent=True, overwrite=True)) as writer:
        writer.write_frame(holed(0))
    assert [p.name for p in path.iterdir()] == ["00001.png"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("important")
    with pytest.raises(OutputError, match=r"thesis\.txt"):
        VideoWriter(tmp_path, options("png", overwrite=True))
    assert (tmp_path / "thesis.txt").read_text() == "important"


@pytest.mark.parametrize("name", ["talk.png", "a%05d_%05d.png", "100%_%05d.png"])
def test_a_name_for_one_picture_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="%05d"):
        VideoWriter(tmp_path / name, options("png"))


def test_a_pattern_does_not_overwrite(tmp_path: Path) -> None:
    (tmp_path / "talk_00002.png").write_text("mine")
    with pytest.raises(OutputError, match="there already"):
        write_holed(tmp_path / "talk_%05d.png", options("png", transparent=True))
    assert [p.name for p in tmp_path.iterdir()] == ["talk_00002.png"]
