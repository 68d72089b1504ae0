"""Video files, written while they are drawn."""

from __future__ import annotations

import queue
import threading
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from phonoscope.core.errors import MissingPartError, OutputError, PhonoscopeError, UsageError
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.codecs import CODECS
from phonoscope.media.options import CONTAINERS, TRANSPARENT_CONTAINERS, VideoOptions
from phonoscope.media.output import check_output, output_error, part_of
from phonoscope.media.sequence import check_sequence, folder_for

_FRAMES_AHEAD = 4
"""How many frames may wait for the encoder: enough to bridge an uneven frame, few enough to stay in the cache."""


class PictureEncoder(Protocol):
    """What makes a file out of frames. Used by one thread at a time."""

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a frame; it is not touched after the call returns."""
        ...

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        ...

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        ...


class Encoder(PictureEncoder, Protocol):
    """What makes a file out of frames and sound."""

    def add_sound(self, sound: Sound) -> None:
        """Take the next stretch of sound."""
        ...


class VideoWriter:
    """Writes a video file; it appears at `path` when the ``with`` block ends well, and else not at all.

    Encoding runs in a thread of its own, so that drawing and encoding overlap. An error there is raised by the next
    call, or when the block ends. The sound is cut, or filled with silence, to end with the picture.

    Parameters
    ----------
    path
        Where the file shall be.
    options
        How it shall be written.

    Raises
    ------
    UsageError
        The file exists (at once, before any work), or a frame has another size than announced.
    OutputError
        The file cannot be written; at once where that can be seen, else when it happens (a full disk).
    """

    def __init__(self, path: Path | str, options: VideoOptions) -> None:
        check_place(path, options.container, options.overwrite)
        self.path = Path(path)
        self.options = options
        self.frames = 0
        lend = folder_for if options.kind.is_sequence else part_of
        self._place: AbstractContextManager[Path] = lend(path, options.overwrite)
        self._work: queue.Queue[VideoFrame | Sound | None] = queue.Queue()
        self._free: queue.Queue[VideoFrame] = queue.Queue()
        self._error: BaseException | None = None
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        part = self._place.__enter__()
        try:
            self._encoder = _encoder(part, self.path, self.options)
        except BaseException as error:
            self._place.__exit__(type(error), error, error.__traceback__)
            raise explained(error, self.path) from error
        for _ in range(_FRAMES_AHEAD):
            self._free.put(_blank(self.options))
        self._thread = threading.Thread(target=self._encode, name="encoder", daemon=True)
        self._thread.start()
        return self

    def write_frame(self, frame: VideoFrame) -> None:
        """Append a frame. It is copied: the caller may draw the next one into it."""
        check_frame(frame, self.options)
        slot = self._free.get()
        if self._error is not None:
            self._free.put(slot)
            self._raise_error()
        np.copyto(slot.luma, frame.luma)
        np.copyto(slot.chroma, frame.chroma)
        if slot.alpha is not None:
            np.copyto(slot.alpha, np.uint8(255) if frame.alpha is None else frame.alpha)
        self._work.put(slot)
        self.frames += 1

    def write_sound(self, sound: Sound) -> None:
        """Append sound. It may run some seconds ahead of the picture; all that is ahead is held in memory."""
        if self.options.sound_rate_hz is None:
            raise UsageError("Sound was given to a video that was announced silent.", "Set its sound_rate_hz.")
        self._raise_error()
        self._work.put(sound)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            self._stopped.set()
        self._work.put(None)
        try:
            self._thread.join()
        except BaseException as interruption:
            # A second Ctrl-C, while the encoder still works on what it has.
            self._stopped.set()
            self._work.put(None)
            self._thread.join()
            self._place.__exit__(type(interruption), interruption, interruption.__traceback__)
            raise
        if error is None and self._error is not None:
            failure = explained(self._error, self.path)
            self._place.__exit__(type(failure), failure, None)
            raise failure from self._error
        self._place.__exit__(kind, error, traceback)

    def _encode(self) -> None:
        """Work until the end mark; after a failure only keep the frames circulating, so that nobody waits forever."""
        try:
            while (item := self._work.get()) is not None and not self._stopped.is_set():
                if isinstance(item, Sound):
                    self._encoder.add_sound(item)
                else:
                    self._encoder.add_frame(item)
                    self._free.put(item)
            if not self._stopped.is_set():
                self._check_not_empty()
                self._encoder.finish()
                return
        except Exception as error:
            # Whatever it is, it belongs to the thread that draws.
            self._error = error
        # Whoever waits for a free frame wakes up to the error.
        self._free.put(_blank(self.options))
        self._encoder.abandon()

    def _check_not_empty(self) -> None:
        if not self.frames:
            raise UsageError("The video has no frames.", "Give it something to show.")

    def _raise_error(self) -> None:
        if self._error is not None:
            raise explained(self._error, self.path) from self._error


def explained(error: BaseException, path: Path | str) -> BaseException:
    """Return `error`, or where it comes from the system or an encoder of the file `path`, what it means."""
    import av

    if isinstance(error, PhonoscopeError) or not isinstance(error, (OSError, av.FFmpegError)):
        return error
    if isinstance(error, OSError):
        return output_error(Path(path), error)
    return OutputError(f"Cannot write '{path}': the encoder failed ({error}).", "Try another format or size.")


def check_place(path: Path | str, container: str, overwrite: bool = False) -> None:
    """Refuse a place that a video cannot be written to, before any work is done for it; raises as `VideoWriter`."""
    if CONTAINERS[container].is_sequence:
        check_sequence(path, overwrite)
    else:
        check_output(path, overwrite)


def check_frame(frame: VideoFrame, options: VideoOptions) -> None:
    """Refuse a frame that is not what was announced, with a UsageError."""
    if frame.size_px != options.size_px:
        raise UsageError(
            f"A frame of {_times(frame.size_px)} was given to a video announced {_times(options.size_px)}.",
            "Draw frames of the size that was announced.",
        )
    if frame.alpha is not None and not options.transparent:
        raise UsageError(
            "A frame with transparent parts was given to a video announced opaque.",
            "Put it in front of a background first, or set the video's `transparent`.",
        )


def check_encoders() -> tuple[str, ...]:
    """Return the names of all encoders that files are written with.

    Raises
    ------
    MissingPartError
        The FFmpeg that came with PyAV lacks some, as builds of some Linux distributions do.
    """
    import av

    from phonoscope.media.sound_writer import SOUND_KINDS

    kinds = (*CONTAINERS.values(), *TRANSPARENT_CONTAINERS.values())
    of_kinds = [name for kind in kinds for name in (kind.video_codec, kind.sound_codec)]
    of_codecs = [codec.encoder for codec in CODECS.values()]
    of_sound = [kind.codec for kind in SOUND_KINDS.values()]
    names = dict.fromkeys(name for name in (*of_kinds, *of_codecs, *of_sound) if name)
    missing = [name for name in names if name not in av.codecs_available]
    if missing:
        raise MissingPartError(
            f"The encoders {', '.join(missing)} are missing.",
            "Install PyAV from its wheel: pip install --force-reinstall av.",
        )
    return tuple(names)


def _times(size_px: tuple[int, int]) -> str:
    return f"{size_px[0]} × {size_px[1]} pixels"


def _blank(options: VideoOptions) -> VideoFrame:
    """Return a frame with anything in it."""
    width, height = options.size_px
    luma, chroma = np.empty((height, width), np.uint8), np.empty((height // 2, width // 2, 2), np.uint8)
    return VideoFrame(luma, chroma, np.empty((height, width), np.uint8) if options.transparent else None)


def _encoder(part: Path, path: Path, options: VideoOptions) -> Encoder:
    """Return the encoder that fits the container; it works on `part`, which becomes `path`."""
    if options.kind.is_sequence:
        from phonoscope.media.png_sequence import PngEncoder

        return PngEncoder(part, path, options)
    if options.container == "gif":
        from phonoscope.media.gif import GifEncoder

        return GifEncoder(part, options)
    from phonoscope.media.movie import MovieEncoder

    return MovieEncoder(part, options)
