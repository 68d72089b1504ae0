"""Small files of each kind."""

from __future__ import annotations

import io
import struct
import wave

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><g id="mouth"><path d="M10 30h20"/></g></svg>'
AVATAR = b'{"schema": "avatar.1", "name": "me", "style": "micah", "options": {}}'


def picture(form: str = "PNG", size_px: tuple[int, int] = (32, 24), colour: str = "red") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size_px, colour).save(stream, form)
    return stream.getvalue()


def sound(seconds: float = 0.2) -> bytes:
    stream = io.BytesIO()
    with wave.open(stream, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(struct.pack("<h", 1000) * int(8000 * seconds))
    return stream.getvalue()
