"""Honest files of each kind, which are then cut, bent and dressed up."""

from __future__ import annotations

import io
from fractions import Fraction
from functools import cache

import av
import numpy as np
from PIL import Image

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200"><g id="head"><circle cx="100" cy="100" r="80" '
    b'fill="#fc9"/></g><g id="eye-left"><circle cx="70" cy="80" r="9"/></g><g id="eye-right"><circle cx="130" cy="80" '
    b'r="9"/></g><g id="mouth"><path d="M70 130h60" stroke="#a33" stroke-width="6" fill="none"/></g></svg>'
)
AVATAR = b'{"schema": "avatar.1", "name": "me", "style": "micah", "options": {"hairVariant": "full"}}'

STILLS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tif": "TIFF", "avif": "AVIF"}
SOUNDS = {
    "wav": ("wav", "pcm_s16le"),
    "flac": ("flac", "flac"),
    "ogg": ("ogg", "libopus"),
    "mp3": ("mp3", "libmp3lame"),
}
VIDEOS = {"mp4": ("mp4", "mpeg4"), "webm": ("webm", "libvpx"), "avi": ("avi", "mpeg4"), "mov": ("mov", "mjpeg")}


@cache
def samples() -> dict[str, bytes]:
    """Return an honest file of each kind, by the ending of its name."""
    made = {ending: still(form) for ending, form in STILLS.items()}
    made |= {ending: sound(*how) for ending, how in SOUNDS.items()}
    made |= {ending: video(*how) for ending, how in VIDEOS.items()}
    return made | {"heic": heic(), "svg": SVG, "avatar.json": AVATAR}


def pixels(width: int = 96, height: int = 80) -> Image.Image:
    """Return a picture in which no pixel is like its neighbour."""
    seeded = np.random.default_rng(1)
    return Image.fromarray(seeded.integers(0, 255, (height, width, 3), dtype=np.uint8))


def still(form: str) -> bytes:
    """Return a still picture, of Pillow's name of a format."""
    stream = io.BytesIO()
    pixels().save(stream, form)
    return stream.getvalue()


def heic() -> bytes:
    """Return an iPhone's kind of picture."""
    import pillow_heif

    stream = io.BytesIO()
    pillow_heif.from_pillow(pixels()).save(stream)
    return stream.getvalue()


def sound(container: str, codec: str) -> bytes:
    """Return a quarter of a second of sound."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container) as file:
        track = file.add_stream(codec, rate=16000)
        assert isinstance(track, av.AudioStream)  # noqa: S101
        waves = (np.sin(np.arange(4000) / 8) * 8000).astype(np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(waves, format="s16", layout="mono")
        frame.sample_rate = 16000
        file.mux(track.encode(frame))
        file.mux(track.encode())
    return stream.getvalue()


def video(container: str, codec: str) -> bytes:
    """Return six frames of video."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=container) as file:
        track = file.add_stream(codec, rate=Fraction(12))
        assert isinstance(track, av.VideoStream)  # noqa: S101
        track.width, track.height = 96, 80
        track.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for number in range(6):
            frame = av.VideoFrame.from_image(pixels().rotate(number * 15))
            file.mux(track.encode(frame))
        file.mux(track.encode())
    return stream.getvalue()
