"""Frames in a file from which they come back bit by bit: the segments of what cannot be joined by copying."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.frames import VideoFrame
from phonoscope.media.door import opened
from phonoscope.media.movie import let_go, mux
from phonoscope.media.options import VideoOptions
from phonoscope.media.picture_stream import video_frame

if TYPE_CHECKING:
    import av
    from av.video.plane import VideoPlane

_LOSSLESS = {"preset": "ultrafast", "qp": "0"}
"""H.264 without loss, where what does not move costs nothing: a tenth of the bytes of FFV1, and a sixth of
its time (2.6 ms a frame of 720p)."""

_NO_COLOUR = 128


class LosslessEncoder:
    """Encodes frames without loss, with one thread; alpha stands below the picture, as more rows of luma."""

    def __init__(self, path: Path, options: VideoOptions) -> None:
        import av

        self._transparent = options.transparent
        self._container = av.open(str(path), "w", format="matroska", options={"fflags": "+bitexact"})
        self._stream = self._container.add_stream("libx264", options.fps, options=_LOSSLESS)
        width, height = options.size_px
        self._stream.width, self._stream.height = width, height * (2 if options.transparent else 1)
        self._stream.pix_fmt = "nv12"
        self._stream.time_base = self._stream.codec_context.time_base = 1 / options.fps
        self._stream.codec_context.thread_count = 1
        self._frames = 0

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a frame."""
        picture = video_frame(_stacked(frame) if self._transparent else frame, "nv12")
        picture.pts = self._frames
        picture.time_base = self._stream.codec_context.time_base
        self._frames += 1
        mux(self._container, self._stream.encode(picture))

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        mux(self._container, self._stream.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        let_go(self._container)


def read_lossless(path: Path | str, transparent: bool) -> Iterator[VideoFrame]:
    """Yield the frames of a file of `LosslessEncoder`, as they were given.

    Raises
    ------
    MediaError
        The file cannot be read.
    """
    with opened(path) as container:
        for picture in container.decode(container.streams.video[0]):
            frame = _frame(picture)
            yield _unstacked(frame) if transparent else frame


def _stacked(frame: VideoFrame) -> VideoFrame:
    """Return a frame's luma above its alpha, and its chroma above none."""
    alpha = np.full_like(frame.luma, 255) if frame.alpha is None else frame.alpha
    chroma = np.concatenate([frame.chroma, np.full_like(frame.chroma, _NO_COLOUR)])
    return VideoFrame(np.concatenate([frame.luma, alpha]), chroma)


def _unstacked(frame: VideoFrame) -> VideoFrame:
    height = len(frame.luma) // 2
    return VideoFrame(frame.luma[:height], frame.chroma[: height // 2], frame.luma[height:])


def _frame(picture: av.VideoFrame) -> VideoFrame:
    """Return a decoded picture with its chroma in one plane, in the layout of frames that are drawn."""
    width, height = picture.width, picture.height
    luma, cb, cr = (_plane(plane) for plane in picture.planes)
    chroma = np.stack([cb[: height // 2, : width // 2], cr[: height // 2, : width // 2]], axis=-1)
    return VideoFrame(luma[:height, :width].copy(), chroma)


def _plane(plane: VideoPlane) -> NDArray[np.uint8]:
    memory: NDArray[np.uint8] = np.frombuffer(cast("memoryview", plane), np.uint8)
    return memory.reshape(-1, plane.line_size)
