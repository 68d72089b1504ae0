from __future__ import annotations

import pytest

from phonoscope.studio.assets.content import as_sound, identify_content
from tests.studio.assets.samples import AVATAR, SVG, picture, sound


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        (picture("JPEG"), "picture", "image/jpeg"),
        (picture("PNG"), "picture", "image/png"),
        (picture("WEBP"), "picture", "image/webp"),
        (picture("GIF"), "picture", "image/gif"),
        (picture("BMP"), "picture", "image/bmp"),
        (picture("TIFF"), "picture", "image/tiff"),
        (picture("AVIF"), "picture", "image/avif"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "picture", "image/heic"),
        (sound(), "sound", "audio/wav"),
        (b"ID3\x04" + bytes(40), "sound", "audio/mpeg"),
        (b"OggS" + bytes(40), "sound", "audio/ogg"),
        (b"\xff\xf1" + bytes(40), "sound", "audio/aac"),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(40), "sound", "audio/mp4"),
        (b"\x00\x00\x00\x18ftypisom" + bytes(40), "video", "video/mp4"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm", "video", "video/webm"),
        (b"\x1aE\xdf\xa3" + bytes(60), "video", "video/x-matroska"),
        ((b"G" + bytes(187)) * 3, "video", "video/mp2t"),
        (SVG, "drawing", "image/svg+xml"),
        (AVATAR, "drawing", "application/json"),
    ],
)
def test_the_kind_of_a_file_is_in_its_content(content: bytes, kind: str, media_type: str) -> None:
    found = identify_content(content[:4096])
    assert found is not None
    assert (found.kind, found.media_type) == (kind, media_type)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"MZ\x90\x00",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b'{"schema": "rig.1"}',
        b'{"schema": "avatar-layers.1"}',
        b"hello",
        b"\x00" * 500,
        b"#EXTM3U\nfile:///etc/passwd",
        b"G" + bytes(186) + b"X",
    ],
)
def test_nothing_else_is_taken(content: bytes) -> None:
    assert identify_content(content) is None


def test_a_container_without_a_picture_is_sound() -> None:
    assert as_sound("video/webm") == "audio/webm"
    assert as_sound("video/quicktime") == "audio/mp4"
    assert as_sound("audio/ogg") == "audio/ogg"
