"""A video in pieces, each encoded by itself, in any process, and put together later by `joining`.

Frames [a, b) of a video become a small file that begins with a picture that stands for itself, and refers to nothing
outside. Whoever cuts a video at the same places gets the same bytes, however many processes work on the pieces.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from phonoscope.core.errors import UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.codecs import CONTAINER_CODECS
from phonoscope.media.lossless import LosslessEncoder
from phonoscope.media.movie import let_go, mux
from phonoscope.media.options import VideoOptions
from phonoscope.media.output import part_of
from phonoscope.media.picture_stream import add_picture_stream, last_packets, video_frame
from phonoscope.media.writer import PictureEncoder, check_frame, explained

SUFFIX = ".mkv"
"""Of a segment: Matroska holds every codec of ours, and alpha beside VP9."""

LEAST_SHARE = 0.5
"""A last piece that is shorter than this share of a segment belongs to the one before it."""


def is_copied_when_joined(options: VideoOptions) -> bool:
    """Tell whether a video's segments hold what the finished file will; those of GIF and PNG are drawn anew."""
    return bool(CONTAINER_CODECS[options.container])


class SegmentWriter:
    """Writes frames of a piece of a video, in the calling thread and with one thread of the encoder.

    The file appears at `path` when the ``with`` block ends well, and else not at all.

    Parameters
    ----------
    path
        Where the piece shall be; its name ends in `SUFFIX`. A file that is there is replaced.
    options
        How the whole video shall be written; the same for all its pieces, and for `join_segments`.

    Raises
    ------
    UsageError
        A frame is not what was announced.
    OutputError
        The file cannot be written; at once where that can be seen, else when it happens (a full disk).
    """

    def __init__(self, path: Path | str, options: VideoOptions) -> None:
        self.path = Path(path)
        if self.path.suffix != SUFFIX:
            raise UsageError(f"'{path}' is no name of a segment.", f"Let it end in {SUFFIX}.")
        self.options = options
        self.frames = 0
        self._place: AbstractContextManager[Path] = part_of(path, overwrite=True)

    def __enter__(self) -> Self:
        part = self._place.__enter__()
        try:
            is_copied = is_copied_when_joined(self.options)
            self._encoder: PictureEncoder = (PieceEncoder if is_copied else LosslessEncoder)(part, self.options)
        except BaseException as error:
            self._place.__exit__(type(error), error, error.__traceback__)
            raise explained(error, self.path) from error
        return self

    def write_frame(self, frame: VideoFrame) -> None:
        """Append a frame. It is not touched after the call returns."""
        check_frame(frame, self.options)
        try:
            self._encoder.add_frame(frame)
        except Exception as error:
            raise explained(error, self.path) from error
        self.frames += 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        encoder = self._encoder
        del self._encoder  # And with it its memory, 300 MB at 4K.
        if error is not None:
            encoder.abandon()
            self._place.__exit__(kind, error, traceback)
            return
        try:
            if not self.frames:
                raise UsageError("The segment has no frames.", "Give it something to show.")
            encoder.finish()
        except BaseException as failure:
            encoder.abandon()
            told = explained(failure, self.path)
            self._place.__exit__(type(told), told, None)
            raise told from failure
        self._place.__exit__(None, None, None)


class PieceEncoder:
    """Encodes frames as they will be in the finished video, without sound."""

    def __init__(self, path: Path, options: VideoOptions) -> None:
        import av

        self._options = options
        self._container = av.open(str(path), "w", format="matroska", options={"fflags": "+bitexact"})
        self._stream = add_picture_stream(self._container, options, is_segment=True)
        self._frames = 0

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a frame."""
        picture = video_frame(frame, self._options.kind.pixel_format)
        picture.pts = self._frames
        picture.time_base = 1 / self._options.fps
        self._frames += 1
        mux(self._container, self._stream.encode(picture))

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        mux(self._container, last_packets(self._stream, self._frames, self._options))
        self._container.close()

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        let_go(self._container)
