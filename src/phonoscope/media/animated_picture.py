"""Animated pictures (GIF, WebP, PNG): the frame of a moment, in the size that is needed, whatever came before it."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from phonoscope.core.errors import PhotoError
from phonoscope.core.frames import Picture
from phonoscope.media.pictures import opened_picture

if TYPE_CHECKING:
    from PIL.Image import Image

_ANIMATED: Final = frozenset({"GIF", "WEBP", "PNG"})
"""Formats whose frames follow each other in time; those of TIFF and MPO are pages and views."""

FRAME_LIMIT_PX: Final = 16_000_000
"""Largest frame: more than 4K."""

FRAMES_LIMIT: Final = 5000
"""Most frames: over three minutes at 25 a second."""

WHOLE_LIMIT_PX: Final = 4_000_000_000
"""Most pixels of all frames: they are decoded again for every process, some 200 million a second."""

_KEPT_BYTES: Final = 48_000_000
"""Of decoded frames in memory: a sticker of 360 by 360 pixels for four seconds."""

_SHORTEST_S: Final = 0.015
"""Browsers show frames that claim to be shorter for a tenth of a second: old files say 0 for "as it comes"."""

_USUAL_S: Final = 0.1

_CLOCK_S: Final = 1e-6
"""Times of a video's frames fall short of a picture's by rounding."""


def animation_size(source: Path | str) -> tuple[int, int] | None:
    """Return (width, height) of a picture whose frames follow each other in time; None for a still.

    Raises
    ------
    PhotoError
        As `load_picture`, and where it has too many frames, or too large ones.
    """
    with opened_picture(source) as image:
        frames = int(getattr(image, "n_frames", 1)) if image.format in _ANIMATED else 1
        if frames <= 1:
            return None
        pixels = image.width * image.height
        if frames > FRAMES_LIMIT or pixels > FRAME_LIMIT_PX or frames * pixels > WHOLE_LIMIT_PX:
            raise PhotoError(
                f"'{source}' has {frames} frames of {image.width} × {image.height} pixels; that is too much"
                " for an animated picture.",
                "Scale it down, or make a video of it.",
            )
        return image.width, image.height


class AnimatedPicture:
    """The frames of an animated picture, decoded as they are needed.

    A file that is damaged behind its first frame plays as far as it can be read.

    Parameters
    ----------
    largest_px
        (width, height) that frames are scaled down to; smaller ones stay as they are.
    """

    def __init__(self, source: Path | str, largest_px: tuple[int, int]) -> None:
        self._source = source
        self._largest_px = largest_px
        self._ends_s: list[float] = []
        self._complete = False
        self._kept: OrderedDict[int, Picture] = OrderedDict()
        self._kept_bytes = 0
        self._stack = ExitStack()
        self._image: Image | None = None
        self._next()

    def index(self, time_s: float, loop: bool) -> int:
        """Return the number of the frame that is seen at a time since the beginning."""
        time_s += _CLOCK_S
        while not self._complete and time_s >= self._ends_s[-1]:
            self._next()
        length_s = self._ends_s[-1]
        if time_s >= length_s:
            if not loop:
                return len(self._ends_s) - 1
            time_s %= length_s
        return min(bisect_right(self._ends_s, time_s), len(self._ends_s) - 1)

    def frame(self, index: int) -> Picture:
        """Return a frame by its number."""
        if index in self._kept:
            self._kept.move_to_end(index)
            return self._kept[index]
        return self._decoded(index)

    def _next(self) -> None:
        """Decode the frame behind the last one that is known, to learn how long it is seen."""
        index = len(self._ends_s)
        try:
            self._decoded(index)
        except EOFError:
            self._complete = True
            return
        except PhotoError:
            if index == 0:
                raise
            self._complete = True
            return
        told_s = float(self._opened().info.get("duration") or 0) / 1000
        shown_s = told_s if told_s >= _SHORTEST_S else _USUAL_S
        self._ends_s.append((self._ends_s[-1] if self._ends_s else 0.0) + shown_s)

    def _decoded(self, index: int) -> Picture:
        image = self._opened()
        if index >= int(getattr(image, "n_frames", 1)):
            raise EOFError
        try:
            image.seek(index)
            picture = _scaled(image, self._largest_px)
        except EOFError:
            raise
        except Exception as error:
            # Pillow's decoders answer damage with a dozen types.
            raise PhotoError(
                f"'{self._source}' is damaged or cut off ({error}).", "Save or copy it again from where it came from."
            ) from error
        self._kept[index] = picture
        self._kept_bytes += _bytes(picture)
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._kept_bytes -= _bytes(self._kept.popitem(last=False)[1])
        return picture

    def _opened(self) -> Image:
        if self._image is None:
            self._image = self._stack.enter_context(opened_picture(self._source))
        return self._image


def _scaled(image: Image, largest_px: tuple[int, int]) -> Picture:
    """Return the current frame as RGBA, in the size that is needed."""
    from PIL.Image import Resampling

    frame = image.convert("RGBA")
    factor = min(largest_px[0] / frame.width, largest_px[1] / frame.height)
    if factor < 1:
        size = max(1, round(frame.width * factor)), max(1, round(frame.height * factor))
        frame = frame.resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    pixels = np.array(frame)
    return Picture(np.ascontiguousarray(pixels[..., :3]), np.ascontiguousarray(pixels[..., 3]))


def _bytes(picture: Picture) -> int:
    return picture.rgb.nbytes + (0 if picture.alpha is None else picture.alpha.nbytes)
