"""Animated GIF: few colours, no sound, shown everywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.options import VideoOptions
from phonoscope.media.palette import TICK_S, PaletteMapper

if TYPE_CHECKING:
    import av

FPS_LIMIT = 25
"""Frames a second that are kept at most. Browsers slow a GIF down when its frames follow within 2 hundredths, and each
frame costs about ten times what it costs in H.264."""

PALETTE_S = 3
"""How much of the beginning the colours are chosen from: by then the mouth has been open and the eyes shut."""

PALETTE_FRAMES = 40
"""How many frames that is at most; they wait in memory, 1.2 MB each."""


class GifEncoder:
    """Encodes frames into a GIF that is repeated forever. The colours are chosen from the first seconds."""

    def __init__(self, path: Path, options: VideoOptions) -> None:
        import av

        self._path = path
        self._comment = f"{options.comment} {options.credit}".strip()
        self._step = math.ceil(options.fps / FPS_LIMIT)
        self._fps: Fraction = options.fps / self._step
        self._palette_frames = min(PALETTE_FRAMES, math.ceil(PALETTE_S * self._fps))
        self._size_px = _fitted(options.size_px, options.longest_side_px)
        self._container = av.open(str(path), "w", format="gif", options={"loop": "0"})
        self._stream = self._container.add_stream("gif", rate=round(1 / TICK_S))
        self._stream.width, self._stream.height = self._size_px
        self._stream.pix_fmt = "pal8"
        self._stream.codec_context.time_base = TICK_S
        self._waiting: list[NDArray[np.uint8]] = []
        self._mapper: PaletteMapper | None = None
        self._given = 0
        self._shown = 0
        self._muxed = 0

    def add_frame(self, frame: VideoFrame) -> None:
        """Take a frame; those beyond the frame rate of a GIF are left out."""
        self._given += 1
        if (self._given - 1) % self._step:
            return
        rgb = frame_to_rgb(frame)
        if self._size_px != frame.size_px:
            rgb = np.asarray(cv2.resize(rgb, self._size_px, interpolation=cv2.INTER_AREA), np.uint8)
        if self._mapper is not None:
            self._show(self._mapper, rgb)
            return
        self._waiting.append(rgb)
        if len(self._waiting) >= self._palette_frames:
            self._begin()

    def add_sound(self, sound: Sound) -> None:
        """Do nothing: a GIF is silent."""

    def finish(self) -> None:
        """Write what is left and complete the file."""
        mapper = self._mapper or self._begin()
        self._mux(mapper.flush())
        for packet in self._stream.encode(None):
            self._container.mux(packet)
        self._container.close()
        if self._comment:
            add_comment(self._path, self._comment)

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        import av

        with suppress(av.FFmpegError, OSError, ValueError):
            self._container.close()

    def _begin(self) -> PaletteMapper:
        """Choose the colours from the frames that wait, and show these."""
        self._mapper = PaletteMapper(self._waiting)
        for rgb in self._waiting:
            self._show(self._mapper, rgb)
        self._waiting.clear()
        return self._mapper

    def _show(self, mapper: PaletteMapper, rgb: NDArray[np.uint8]) -> None:
        # Each frame is timed for itself, so that rounding to hundredths never adds up.
        tick = self._tick(self._shown)
        self._shown += 1
        self._mux(mapper.map(rgb, tick))

    def _tick(self, shown: int) -> int:
        """Return when frame number `shown` appears, in hundredths of a second."""
        return round(shown / self._fps / TICK_S)

    def _mux(self, frames: Iterable[av.VideoFrame]) -> None:
        for frame in frames:
            for packet in self._stream.encode(frame):
                # The muxer takes the last frame's delay from here.
                packet.duration = self._tick(self._muxed + 1) - self._tick(self._muxed)
                self._muxed += 1
                self._container.mux(packet)


def add_comment(path: Path, text: str) -> None:
    """Put a comment block in front of the trailer of a GIF (GIF89a, 24), which FFmpeg's muxer does not offer."""
    comment = text.encode("ascii", "replace")[:255]
    with path.open("r+b") as file:
        file.seek(-1, 2)
        trailer = file.read(1)
        if trailer != b";":
            raise ValueError("This GIF has no trailer.")
        file.seek(-1, 2)
        file.write(b"\x21\xfe" + bytes([len(comment)]) + comment + b"\x00" + trailer)


def _fitted(size_px: tuple[int, int], longest_side_px: int) -> tuple[int, int]:
    """Return a size that fits into a square, in the same proportions."""
    width, height = size_px
    scale = min(1.0, longest_side_px / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
