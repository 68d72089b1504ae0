"""A video that plays behind others: at their size and rate, over and over, one frame in memory."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import rgb_to_frame
from phonoscope.core.errors import MediaError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.reader import upright_rgb
from phonoscope.media.timed_frames import USUAL_FRAME_S, timed_frames

if TYPE_CHECKING:
    import av


class Clip:
    """Plays a video behind another. To be used in a ``with`` block.

    Frames are asked for in order; a step back plays the file again from its beginning.

    Parameters
    ----------
    path
        Any video file.
    size_px
        (width, height) of the frames, even: the video covers them, and what is too much is cut on both sides.
    fps
        Frames a second that are asked for. The video keeps its own pace: frames are shown twice, or left out.

    Raises
    ------
    MediaError
        The file cannot be read, or shows nothing; on entering, or where it is damaged.
    """

    _due: av.VideoFrame
    _next: tuple[Fraction, av.VideoFrame]

    def __init__(self, path: Path | str, size_px: tuple[int, int], fps: Fraction) -> None:
        self._path = path
        self._size_px = size_px
        self._fps = fps
        self._number = -1
        self._shown: VideoFrame | None = None

    def __enter__(self) -> Self:
        self._rewind()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._played.close()

    def frame(self, number: int) -> VideoFrame:
        """Return what is shown along with frame `number`, counted from 0; the same object as long as it is shown."""
        if number < self._number:
            self._played.close()
            self._rewind()
        self._number = number
        time_s = number / self._fps
        while self._next[0] <= time_s:
            self._due = self._next[1]
            self._shown = None
            self._next = next(self._played)
        if self._shown is None:
            self._shown = covering(upright_rgb(self._due), self._size_px)
        return self._shown

    def _rewind(self) -> None:
        self._played = _played(self._path)
        self._shown = None
        self._due = next(self._played)[1]
        self._next = next(self._played)


def covering(rgb: NDArray[np.uint8], size_px: tuple[int, int]) -> VideoFrame:
    """Return an RGB picture, uint8 (height, width, 3), as a frame that it covers, its middle in the middle."""
    width, height = size_px
    rows, columns = rgb.shape[:2]
    scale = max(width / columns, height / rows)
    # Cut first, to spare the scaling of what nobody sees.
    seen = min(columns, max(1, round(width / scale))), min(rows, max(1, round(height / scale)))
    left, top = (columns - seen[0]) // 2, (rows - seen[1]) // 2
    part = np.ascontiguousarray(rgb[top : top + seen[1], left : left + seen[0]])
    if seen != size_px:
        smooth = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        part = np.asarray(cv2.resize(part, size_px, interpolation=smooth), np.uint8)
    return rgb_to_frame(part)


def _played(path: Path | str) -> Generator[tuple[Fraction, av.VideoFrame], None, None]:
    """Yield the frames of a video with the time from which each is shown, in seconds, for ever."""
    start_s = Fraction(0)
    while True:
        time_s, lasts_s = Fraction(-1), USUAL_FRAME_S
        with closing(timed_frames(path)) as frames:
            for own_s, frame in frames:
                if time_s >= 0:
                    lasts_s = own_s - time_s
                time_s = own_s
                yield start_s + own_s, frame
        if time_s < 0:
            raise MediaError(f"'{path}' is damaged: no frame of it can be shown.", "Give another video.")
        start_s += time_s + lasts_s
