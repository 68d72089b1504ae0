"""Captions burnt into the picture: white words with a dark outline, low in the middle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.errors import UsageError
from phonoscope.core.frames import Box, VideoFrame
from phonoscope.media.subtitles import Cue

TEXT_HEIGHT = 0.055
"""Size of the letters, of the picture's shorter side: readable on a phone held upright."""

OUTLINE = 0.09
"""Width of the dark outline, of the letters' size: enough to read white on white."""

MARGIN = 0.06
"""Free space below and beside the words, of the picture's height and width: the title-safe area of players."""

LEADING = 1.25
"""Distance between two lines, of the letters' size."""

SMALLEST_TEXT_PX = 12


@dataclass(frozen=True, slots=True, eq=False)
class _Plate:
    """A drawn caption, ready to be blended: picture = picture * keep / 256 + ink, per plane."""

    box: Box
    luma_keep: NDArray[np.uint16]
    luma_ink: NDArray[np.uint16]
    chroma_keep: NDArray[np.uint16]
    chroma_ink: NDArray[np.uint16]


class CaptionPainter:
    """Paints the cue of the moment over frames.

    Parameters
    ----------
    size_px
        (width, height) of the frames.
    font
        A TrueType or OpenType file; None for the one inside the package (Latin, Greek, Cyrillic, Arabic and more,
        but no Chinese, Japanese, Korean or Indic letters).

    Raises
    ------
    UsageError
        When the font file cannot be used.
    """

    def __init__(self, size_px: tuple[int, int], font: Path | None = None) -> None:
        self._size_px = size_px
        self._font = _load_font(font, max(SMALLEST_TEXT_PX, round(TEXT_HEIGHT * min(size_px))))
        self._plate = lru_cache(maxsize=2)(self._draw)
        width, height = size_px
        self._frame = VideoFrame(np.empty((height, width), np.uint8), np.empty((height // 2, width // 2, 2), np.uint8))

    def missing_letters(self, text: str) -> str:
        """Return the letters of `text` that the font does not have, each once, in order."""
        blank = _ink(self._font, "\U0010ffff")
        return "".join(
            dict.fromkeys(c for c in text if not c.isspace() and c.isprintable() and _ink(self._font, c) == blank)
        )

    def paint(self, frame: VideoFrame, cue: Cue) -> VideoFrame:
        """Return the frame with the cue's words on it, in a frame that the next call overwrites."""
        plate = self._plate(cue.text)
        if plate is None:
            return frame
        # The avatar redraws only what moves, so its own frame must stay as it drew it.
        np.copyto(self._frame.luma, frame.luma)
        np.copyto(self._frame.chroma, frame.chroma)
        if frame.alpha is not None:
            return VideoFrame(self._frame.luma, self._frame.chroma, _paint_over_holes(self._frame, frame.alpha, plate))
        frame = self._frame
        _blend(frame.luma[plate.box.slices], plate.luma_keep, plate.luma_ink)
        _blend(frame.chroma[_halved(plate.box).slices], plate.chroma_keep, plate.chroma_ink)
        return frame

    def _draw(self, text: str) -> _Plate | None:
        width, height = self._size_px
        lines = _wrap(text, self._font, width * (1 - 2 * MARGIN))
        if not lines:
            return None
        outline = max(1, round(self._font.size * OUTLINE))
        step = round(self._font.size * LEADING)
        block_height = _even_up(step * len(lines) + 2 * outline)
        y1 = min(height, height - int(height * MARGIN) // 2 * 2)
        box = Box(0, max(0, y1 - block_height), width, y1)
        image = Image.new("RGBA", (box.width, box.height), (0, 0, 0, 0))
        pen = ImageDraw.Draw(image)
        for i, line in enumerate(lines):
            place = (width / 2, outline + (i + 0.5) * step)
            pen.text(place, line, "white", self._font, "mm", stroke_width=outline, stroke_fill=(0, 0, 0, 220))
        return _prepare(np.asarray(image), box)


def _load_font(path: Path | None, size_px: int) -> ImageFont.FreeTypeFont:
    if path is None:
        data = resources.files("phonoscope").joinpath("assets/DejaVuSans-Bold.ttf").read_bytes()
        return ImageFont.truetype(BytesIO(data), size_px)
    try:
        return ImageFont.truetype(str(path), size_px)
    except OSError as error:
        raise UsageError(f"{path} is not a font that can be used: {error}.", "Name a .ttf or .otf file.") from error


def _ink(font: ImageFont.FreeTypeFont, letter: str) -> bytes:
    mask = font.getmask(letter)
    return bytes(mask) + str(mask.size).encode()


def _wrap(text: str, font: ImageFont.FreeTypeFont, width_px: float) -> list[str]:
    """Break a cue's text into lines that fit; text without spaces is broken between letters."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            trial = f"{line} {word}".strip()
            if line and font.getlength(trial) > width_px:
                lines.append(line)
                line = word
            else:
                line = trial
            while font.getlength(line) > width_px and len(line) > 1:
                cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or font.getlength(line[:n]) <= width_px)
                lines.append(line[:cut])
                line = line[cut:]
        if line:
            lines.append(line)
    return lines


def _prepare(rgba: NDArray[np.uint8], box: Box) -> _Plate:
    alpha = rgba[..., 3].astype(np.uint16)
    alpha += (alpha > 127).astype(np.uint16)  # 255 becomes 256, so that opaque means opaque
    half_alpha = alpha.reshape(box.height // 2, 2, box.width // 2, 2).mean((1, 3)).astype(np.uint16)
    colour = rgb_to_frame(np.ascontiguousarray(rgba[..., :3]))
    return _Plate(
        box,
        np.uint16(256) - alpha,
        colour.luma * alpha,
        (np.uint16(256) - half_alpha)[..., None],
        # Black and white have no chroma: the ink pulls towards grey.
        np.broadcast_to(np.uint16(128) * half_alpha[..., None], (*half_alpha.shape, 2)),
    )


def _blend(plane: NDArray[np.uint8], keep: NDArray[np.uint16], ink: NDArray[np.uint16]) -> None:
    plane[:] = (plane * keep + ink + 128) >> 8


def _paint_over_holes(frame: VideoFrame, alpha: NDArray[np.uint8], plate: _Plate) -> NDArray[np.uint8]:
    """Paint on a frame that is transparent in parts, in place, and return its new alpha."""
    alpha = alpha.copy()
    shown = alpha[plate.box.slices].astype(np.float32) / 255
    _blend_straight(frame.luma[plate.box.slices], shown, plate.luma_keep, plate.luma_ink)
    half = frame.chroma[_halved(plate.box).slices]
    _blend_straight(half, shown[::2, ::2, None], plate.chroma_keep, plate.chroma_ink)
    keep = plate.luma_keep / np.float32(256)
    alpha[plate.box.slices] = np.rint((shown * keep + 1 - keep) * 255)
    return alpha


def _blend_straight(
    plane: NDArray[np.uint8], shown: NDArray[np.float32], keep: NDArray[np.uint16], ink: NDArray[np.uint16]
) -> None:
    """Blend a plane that is not premultiplied (T. Porter, T. Duff, "Compositing Digital Images": over)."""
    left = shown * (keep / np.float32(256))
    total = left + 1 - keep / np.float32(256)
    mixed = (plane * left + ink / np.float32(256)) / np.maximum(total, 1e-3)
    plane[:] = np.where(total > 1e-3, np.clip(np.rint(mixed), 0, 255), plane)


def _halved(box: Box) -> Box:
    return Box(box.x0 // 2, box.y0 // 2, box.x1 // 2, box.y1 // 2)


def _even_up(length_px: int) -> int:
    return length_px + length_px % 2
