"""A video as single PNG pictures, with its sound beside them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import frame_to_rgb
from phonoscope.core.errors import OutputError
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.channels import LAYOUTS
from phonoscope.media.options import SOUND_RATE_HZ, VideoOptions
from phonoscope.media.sequence import FIRST_NUMBER, names_of, picture_name
from phonoscope.media.soundtrack import Soundtrack

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet

COLOUR_REACH_PX = 8
"""Colours are kept this far beyond the edges, for whoever scales the pictures; farther out there is nothing."""

_FAST = (cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE)
"""Runs are all that compresses in the noise of a photo; looking for more takes longer, for larger files."""

THREADS = 2
"""Pictures that are compressed at the same time."""


class PngEncoder:
    """Writes frames as PNG files into a folder, RGBA where the video is transparent, and the sound as WAV.

    Parameters
    ----------
    folder
        Where they are made.
    path
        The name of the whole, which tells the names of the files (`sequence.names_of`).
    """

    def __init__(self, folder: Path, path: Path, options: VideoOptions) -> None:
        self._folder = folder
        self._options = options
        self._pattern, sound_name = names_of(path)
        self._frames = 0
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="png")
        self._pending: deque[Future[None]] = deque()
        self._sound: Any = None
        self._soundtrack = self._open_sound(folder / sound_name) if options.sound_rate_hz is not None else None

    def add_frame(self, frame: VideoFrame) -> None:
        """Write a frame, and the sound that belongs to it."""
        rgb = frame_to_rgb(frame)
        if self._options.transparent and frame.alpha is not None:
            near = cv2.dilate(frame.alpha, np.ones((2 * COLOUR_REACH_PX + 1,) * 2, np.uint8))
            rgb = np.asarray(cv2.bitwise_and(rgb, rgb, mask=near), np.uint8)
            # The library's own order of channels.
            pixels = cv2.merge([rgb[..., 2], rgb[..., 1], rgb[..., 0], frame.alpha])
        else:
            pixels = cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR)
        name = picture_name(self._pattern, FIRST_NUMBER + self._frames)
        self._pending.append(self._pool.submit(_write, self._folder / name, np.asarray(pixels, np.uint8)))
        self._settle(2 * THREADS)
        self._frames += 1
        if self._soundtrack:
            self._mux(self._soundtrack.encode_until(self._end_s))

    def add_sound(self, sound: Sound) -> None:
        """Take sound; it is written along with the frames that it belongs to."""
        if self._soundtrack:
            self._soundtrack.add(sound)

    def finish(self) -> None:
        """Complete the pictures and the sound."""
        self._settle(0)
        self._pool.shutdown()
        if self._soundtrack:
            self._mux(self._soundtrack.finish(self._end_s))
            self._sound.close()

    def abandon(self) -> None:
        """Let go of the files."""
        import av

        self._pool.shutdown(cancel_futures=True)
        if self._sound is not None:
            with suppress(av.FFmpegError, OSError, ValueError):
                self._sound.close()

    def _settle(self, left: int) -> None:
        """Wait until at most `left` pictures are on their way; raise what went wrong with one."""
        while len(self._pending) > left:
            self._pending.popleft().result()

    @property
    def _end_s(self) -> Fraction:
        return self._frames / self._options.fps

    def _mux(self, packets: Iterable[Packet[Any]]) -> None:
        for packet in packets:
            self._sound.mux(packet)

    def _open_sound(self, path: Path) -> Soundtrack:
        import av

        options = self._options
        self._sound = av.open(str(path), "w", format="wav", options={"fflags": "+bitexact"})
        stream = cast("AudioStream", self._sound.add_stream("pcm_s16le", rate=SOUND_RATE_HZ))
        stream.layout = LAYOUTS[options.sound_channels]
        stream.codec_context.time_base = Fraction(1, SOUND_RATE_HZ)
        return Soundtrack(stream, options.sound_rate_hz or SOUND_RATE_HZ, options.sound_channels)


def _write(path: Path, pixels: NDArray[np.uint8]) -> None:
    done, data = cv2.imencode(".png", pixels, _FAST)
    if not done:
        raise OutputError(f"'{path.name}' cannot be encoded as PNG.", "Try another format.")
    path.write_bytes(data.tobytes())
