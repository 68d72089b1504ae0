"""What is in a file is told, for pictures, sound and video."""

from __future__ import annotations

import dataclasses
import json
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from phonoscope.core.errors import MediaError
from phonoscope.media.probe import probe
from phonoscope.media.reader import write_wav
from tests.media.samples import clicks, options, write_video


def test_a_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0131] = "Camera 1"
    path = tmp_path / "a.jpg"
    Image.fromarray(np.zeros((48, 64, 3), np.uint8)).save(path, exif=exif)
    found = probe(path)
    assert (found.container, found.size_bytes) == ("JPEG", path.stat().st_size)
    assert found.still is not None
    assert (found.still.width_px, found.still.height_px, found.still.mode) == (64, 48, "RGB")
    assert (found.still.orientation, found.still.frames, found.still.has_profile) == (6, 1, False)
    assert found.tags["software"] == "Camera 1"
    assert found.video is None
    assert found.duration_s is None


def test_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", clicks(1.5, 22050))
    found = probe(tmp_path / "a.wav")
    assert found.container == "wav"
    assert found.duration_s == pytest.approx(1.5)
    assert found.sound is not None
    assert (found.sound.codec, found.sound.rate_hz, found.sound.channels) == ("pcm_s16le", 22050, 1)
    assert found.video is None


@pytest.mark.parametrize("container", ["mp4", "mov", "webm", "gif"])
def test_it_fits_into_json(tmp_path: Path, container: str) -> None:
    path = write_video(tmp_path / f"a.{container}", options(container), 3)
    told = json.loads(json.dumps(dataclasses.asdict(probe(path))))
    assert told["container"] == container
    assert told["video"]["width_px"] == 128


def test_the_content_counts_not_the_name(tmp_path: Path) -> None:
    path = write_video(tmp_path / "a.mp4", options(), 3)
    assert probe(path.rename(tmp_path / "a.jpg")).container == "mp4"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"hello, world\n", "it is text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged or cut off"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(99), "damaged or cut off"),
        (bytes(range(256)) * 20, "not sound or video"),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=told) as caught:
        probe(path)
    assert caught.value.remedy


def test_places_without_a_file(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "no", "does not exist"), (tmp_path, "is a folder"), ("/dev/zero", "ordinary")):
        with pytest.raises(MediaError, match=told):
            probe(path)
    with pytest.raises(MediaError, match="cannot be read"):
        probe("a\0b")


@pytest.mark.parametrize(
    "playlist",
    ["#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{}\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile {}\n"],
)
def test_a_playlist_cannot_open_other_files(tmp_path: Path, playlist: str) -> None:
    secret = write_video(tmp_path / "secret.mp4", options(), 3)
    path = tmp_path / "list.mp4"
    path.write_text(playlist.format(secret))
    with pytest.raises(MediaError):
        probe(path)


def test_a_codec_that_nobody_knows_is_told(tmp_path: Path) -> None:
    told = struct.pack("<HHIIHH", 0xFFFE, 1, 8000, 16000, 2, 16)
    content = (
        b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", len(told)) + told + b"data\xff\xff\xff\xff" + bytes(900)
    )
    (tmp_path / "strange.wav").write_bytes(content)
    with pytest.raises(MediaError, match="codec that nobody here can decode"):
        probe(tmp_path / "strange.wav")
