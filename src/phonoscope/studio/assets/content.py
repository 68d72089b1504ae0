"""What an upload is, told by its first bytes alone: neither its name nor what the client says counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from phonoscope.media.signatures import HEAD_BYTES, identify

Kind = Literal["picture", "sound", "video", "drawing"]

AVATAR_SCHEMA: Final = re.compile(rb'"schema"\s*:\s*"avatar\.\d+"')


@dataclass(frozen=True, slots=True)
class Content:
    """A kind of file that is taken.

    Attributes
    ----------
    media_type
        As it is sent to browsers.
    ending
        Of the file's name in the storage.
    """

    kind: Kind
    media_type: str
    ending: str


MOST_BYTES: Final[dict[Kind, int]] = {"picture": 200_000_000, "drawing": 4 << 20}
"""What the engine reads of a picture and of a drawing; sounds and videos are limited by the settings alone."""

AVATAR: Final = Content("drawing", "application/json", "avatar.json")
SVG: Final = Content("drawing", "image/svg+xml", "svg")

_PICTURES: Final = {
    "JPEG": Content("picture", "image/jpeg", "jpg"),
    "PNG": Content("picture", "image/png", "png"),
    "WEBP": Content("picture", "image/webp", "webp"),
    "HEIF": Content("picture", "image/heic", "heic"),
    "AVIF": Content("picture", "image/avif", "avif"),
    "TIFF": Content("picture", "image/tiff", "tif"),
    "BMP": Content("picture", "image/bmp", "bmp"),
    "GIF": Content("picture", "image/gif", "gif"),
}
"""By the names of `identify`."""

_MP4: Final = Content("video", "video/mp4", "mp4")
_MP3: Final = Content("sound", "audio/mpeg", "mp3")
_AAC: Final = Content("sound", "audio/aac", "aac")
_MPEG: Final = Content("video", "video/mpeg", "mpg")

_HEADS: Final[tuple[tuple[int, bytes, Content], ...]] = (
    (4, b"ftypM4A", Content("sound", "audio/mp4", "m4a")),
    (4, b"ftypqt", Content("video", "video/quicktime", "mov")),
    (4, b"ftyp", _MP4),
    (4, b"moov", Content("video", "video/quicktime", "mov")),
    (8, b"AVI ", Content("video", "video/x-msvideo", "avi")),
    (0, b"FLV", Content("video", "video/x-flv", "flv")),
    (0, b"\x00\x00\x01\xba", _MPEG),
    (0, b"\x00\x00\x01\xb3", _MPEG),
    (188, b"G", Content("video", "video/mp2t", "ts")),
    (0, b"0&\xb2u\x8ef\xcf\x11", Content("video", "video/x-ms-asf", "asf")),
    (8, b"WAVE", Content("sound", "audio/wav", "wav")),
    (0, b"riff.\x91\xcf\x11", Content("sound", "audio/x-w64", "w64")),
    (0, b"fLaC", Content("sound", "audio/flac", "flac")),
    (0, b"OggS", Content("sound", "audio/ogg", "ogg")),
    (0, b"FORM", Content("sound", "audio/aiff", "aiff")),
    (0, b"caff", Content("sound", "audio/x-caf", "caf")),
    (0, b"#!AMR", Content("sound", "audio/amr", "amr")),
    (0, b".snd", Content("sound", "audio/basic", "au")),
    (0, b"ID3", _MP3),
    (0, b"\xff\xfb", _MP3),
    (0, b"\xff\xfa", _MP3),
    (0, b"\xff\xf3", _MP3),
    (0, b"\xff\xf2", _MP3),
    (0, b"\xff\xf1", _AAC),
    (0, b"\xff\xf9", _AAC),
)
"""Sounds and videos: where their marks stand, and what they tell. Ogg and MP4 may be either; a worker finds out."""

_MATROSKA: Final = b"\x1aE\xdf\xa3"

_SOUND_TYPES: Final = {"video/quicktime": "audio/mp4"}
"""Types of containers that have another name where they hold no picture."""


def identify_content(head: bytes) -> Content | None:
    """Return what a file is whose first `HEAD_BYTES` are given; None for what is not taken."""
    named = identify(head)
    if named in _PICTURES:
        return _PICTURES[named]
    if named == "an SVG drawing":
        return SVG
    if head.startswith(_MATROSKA):
        return _webm_or_matroska(head)
    if head.lstrip()[:1] == b"{" and AVATAR_SCHEMA.search(head):
        return AVATAR
    for offset, mark, content in _HEADS:
        if head[offset : offset + len(mark)] == mark and (offset != 188 or head[:1] == b"G"):
            return content
    return None


def describe_content(head: bytes) -> str:
    """Return what a file that is not taken seems to be, for a sentence."""
    if head.lstrip()[:1] == b"{":
        return "a JSON document"
    return identify(head[:HEAD_BYTES])


def as_sound(media_type: str) -> str:
    """Return the type of a container that turned out to hold no picture."""
    return _SOUND_TYPES.get(media_type, media_type.replace("video/", "audio/"))


def _webm_or_matroska(head: bytes) -> Content:
    if b"webm" in head[:64]:
        return Content("video", "video/webm", "webm")
    return Content("video", "video/x-matroska", "mkv")
