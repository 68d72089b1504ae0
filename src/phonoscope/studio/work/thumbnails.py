"""Small pictures of everything, as WebP."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.Image import Image

    from phonoscope.core.frames import Picture

THUMBNAIL_PX = 512
"""Longer side of the thumbnail of an upload or a video."""

CARD_PX = 480
"""Longer side of the picture of a project."""

STILL_QUALITY, THUMBNAIL_QUALITY = 90, 80
EFFORT = 2
"""How hard WebP is packed, 0 to 6: a still at 960 pixels takes 25 ms, and 60 with the usual 4."""

CHEQUERS = 32
"""Squares along the longer side of what lies behind a transparent video."""

CHEQUER_GREYS = 255, 224

WAVE_PX = 512, 128
WAVE_COLOUR = (128, 136, 148, 255)
"""Grey, that is seen on light and on dark."""


def webp(picture: Picture, longest_px: int | None = None, quality: int = STILL_QUALITY) -> bytes:
    """Return a picture as WebP, made smaller where it is larger than `longest_px`."""
    image = _image(picture)
    if longest_px is not None:
        image.thumbnail((longest_px, longest_px))
    return _packed(image, quality)


def thumbnail(picture: Picture) -> bytes:
    """Return a small copy of a picture."""
    return webp(picture, THUMBNAIL_PX, THUMBNAIL_QUALITY)


def chequered(picture: Picture) -> Picture:
    """Return a picture on a chequerboard, which tells that it is transparent; as it is, where it is not."""
    import numpy as np

    from phonoscope.core.frames import Picture

    if picture.alpha is None:
        return picture
    width, height = picture.size_px
    square = max(1, max(width, height) // CHEQUERS)
    rows, columns = np.arange(height)[:, None] // square, np.arange(width) // square
    board = np.take(np.array(CHEQUER_GREYS, np.float32), (rows + columns) % 2)[..., None]
    share = picture.alpha[..., None].astype(np.float32) / 255
    return Picture((picture.rgb * share + board * (1 - share) + 0.5).astype(np.uint8))


def wave(peaks: Sequence[float]) -> bytes:
    """Return a sound as it is seen: its peaks from 0 to 1, side by side, around a middle line."""
    from PIL import Image, ImageDraw

    width, height = WAVE_PX
    image = Image.new("RGBA", WAVE_PX, (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    loudest = max((*peaks, 1e-6))
    for x in range(0, width, 3):
        first, end = (len(peaks) * place // width for place in (x, x + 3))
        tall = max((*peaks[first : max(end, first + 1)], 0.0)) / loudest * (height - 4) / 2
        pen.rectangle((x, height / 2 - tall - 1, x + 1, height / 2 + tall + 1), fill=WAVE_COLOUR)
    return _packed(image, THUMBNAIL_QUALITY)


def _image(picture: Picture) -> Image:
    import numpy as np
    from PIL import Image

    pixels = picture.rgb if picture.alpha is None else np.dstack([picture.rgb, picture.alpha])
    return Image.fromarray(np.ascontiguousarray(pixels))


def _packed(image: Image, quality: int) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=EFFORT)
    return file.getvalue()
