"""Small files that become very large when they are opened."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image

from bench.studio.hostile.attack import Attack


def bombs(quick: bool) -> Iterator[Attack]:
    """Make pictures that declare more than any machine can hold, and some that really hold it."""
    for width, height in ((50_000, 50_000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (0, 0), (7000, 7000)):
        for depth, colour in ((1, 0), (8, 2), (16, 6)):
            yield _bomb(
                f"PNG {width} x {height}, {depth} bit",
                png(width, height, depth, colour, most_mb=30 if quick else 320),
                "png",
            )
    yield _bomb("PNG with a huge profile", png(10, 10, 8, 2, _chunk(b"iCCP", b"p\0\0" + _zeros(300))), "png")
    yield _bomb("PNG with a huge text", png(10, 10, 8, 2, _chunk(b"zTXt", b"Comment\0\0" + _zeros(300))), "png")
    for side in (65_535, 20_000):
        yield _bomb(f"GIF {side} x {side}", gif(side, 1), "gif")
        yield _bomb(f"JPEG {side} x {side}", jpeg(side), "jpg")
        yield _bomb(f"BMP {side} x {side}", bmp(side, side), "bmp")
        yield _bomb(f"WebP {min(side, 16_383)}", webp(min(side, 16_383)), "webp")
    yield _bomb("BMP upside down", bmp(50_000, -(2**31)), "bmp")
    for frames in (20_000, 100_000 if quick else 1_000_000):
        yield _bomb(f"GIF of {frames} frames", gif(8, frames), "gif")
    yield _bomb("GIF of many large frames", gif(6000, 400), "gif")
    for tag in ((256, 2**32 - 1), (257, 2**32 - 1), (277, 65_535), (273, 2**32 - 1), (279, 2**32 - 1)):
        yield _bomb(f"TIFF with tag {tag[0]} = {tag[1]}", tiff(dict([tag])), "tif")
    yield _bomb("TIFF whose directories go in a circle", tiff({}, following=8), "tif")


def png(width: int, height: int, depth: int, colour: int, more: bytes = b"", most_mb: float = 320) -> bytes:
    """Return a PNG of zeros: whole where they are at most so many, else only its beginning."""
    channels = {0: 1, 2: 3, 6: 4}[colour]
    row = (width * depth * channels + 7) // 8 + 1
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    data = _zeros(min(row * height / 1e6, most_mb) if row * height else 0)
    return b"\x89PNG\r\n\x1a\n" + head + more + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def gif(side: int, frames: int) -> bytes:
    """Return a GIF whose frames are one pixel each, on a canvas of any size."""
    canvas = struct.pack("<HHBBB", side, side, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x21\xf9\x04\x00\x01\x00\x00\x00" + b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + canvas + frame * frames + b";"


def jpeg(side: int) -> bytes:
    """Return a JPEG that says that it is larger than it is."""
    stream = io.BytesIO()
    Image.new("RGB", (16, 16)).save(stream, "JPEG")
    content = bytearray(stream.getvalue())
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", min(side, 65_535), min(side, 65_535))
    return bytes(content)


def bmp(width: int, height: int) -> bytes:
    """Return a BMP's head and a few pixels."""
    return b"BM" + struct.pack("<IIIIiiHHIIiiII", 154, 0, 54, 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0) + bytes(100)


def webp(side: int) -> bytes:
    """Return a large WebP of one colour, or as large a one as this machine makes."""
    content = bytearray(b"RIFF\0\0\0\0WEBPVP8L")
    bits = (side - 1) | (side - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + bytes(60)
    content += struct.pack("<I", len(data)) + data
    content[4:8] = struct.pack("<I", len(content) - 8)
    return bytes(content)


def tiff(changed: dict[int, int], following: int = 0) -> bytes:
    """Return a TIFF with some tags changed."""
    tags = {256: 4, 257: 4, 258: 8, 259: 1, 262: 1, 273: 200, 277: 1, 278: 4, 279: 16} | changed
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags.items()))
    content = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + entries + struct.pack("<I", following)
    return content.ljust(200, b"\0") + bytes(16)


def _bomb(what: str, content: bytes, ending: str) -> Attack:
    return Attack("bombs", what, content, f"bomb.{ending}")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@cache
def _zeros(megabytes: float) -> bytes:
    """Return that many megabytes of zeros, packed."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(int(megabytes)))
    return packed + packer.flush()
