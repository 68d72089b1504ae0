"""A video that plays behind others: at their size and rate, any frame of it at any time, one frame in memory."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from phonoscope.core.errors import MediaError
from phonoscope.core.frames import VideoFrame
from phonoscope.media.clip_times import ClipTimes, clip_times
from phonoscope.media.covering import Cover, Size, cover_by_colours
from phonoscope.media.door import opened
from phonoscope.media.timed_frames import timed_frames, video_track

if TYPE_CHECKING:
    import av

LEAP_S = 2
"""Further ahead than this, a video is entered again where that is nearer, instead of decoded up to there."""


@dataclass(frozen=True, slots=True)
class ClipPart:
    """Which part of a video is played, and how it ends.

    Attributes
    ----------
    start_s, end_s
        Where in the video it begins, and ends; None is the video's own end.
    loop
        It begins again at its end; otherwise its last frame stays.
    """

    start_s: Fraction = Fraction(0)
    end_s: Fraction | None = None
    loop: bool = True

    def moment_s(self, passed_s: Fraction, length_s: Fraction) -> Fraction:
        """Return which moment of a video of a length is shown when `passed_s` have passed."""
        end_s = length_s if self.end_s is None else min(self.end_s, length_s)
        if self.loop:
            return self.start_s + passed_s % (end_s - self.start_s)
        return min(self.start_s + passed_s, end_s - _INSTANT_S)


_INSTANT_S = Fraction(1, 1_000_000)
"""Shorter than any frame."""

WHOLE = ClipPart()
"""All of a video, over and over."""


class Clip:
    """Plays a video behind another. To be used in a ``with`` block, or closed.

    Frames may be asked for in any order, and are the same in any. In order, the video is decoded once; a step back, or
    a leap, enters it again at the nearest frame that stands for itself.

    Parameters
    ----------
    path
        Any video file.
    size_px
        (width, height) of the frames, even: the video covers them, and what is too much is cut on both sides.
    fps
        Frames a second that are asked for. The video keeps its own pace: frames are shown twice, or left out.
    part
        What of the video is played.
    cover
        How its frames are converted.

    Raises
    ------
    MediaError
        The file cannot be read, shows nothing, or has no such part; a damaged one also later.
    """

    _due: tuple[Fraction, av.VideoFrame]

    def __init__(
        self,
        path: Path | str,
        size_px: Size,
        fps: Fraction,
        part: ClipPart = WHOLE,
        cover: Cover = cover_by_colours,
    ) -> None:
        self._path = path
        self._size_px = size_px
        self._fps = fps
        self._part = part
        self._cover = cover
        self._times = clip_times(path)
        _check(part, self._times, path)
        self._frames: Generator[tuple[Fraction, av.VideoFrame], None, None] | None = None
        self._next: tuple[Fraction, av.VideoFrame] | None = None
        self._shown: VideoFrame | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; it is opened again when a frame is asked for."""
        if self._frames is not None:
            self._frames.close()
        self._frames = self._next = self._shown = None

    def frame(self, number: int) -> VideoFrame:
        """Return what is shown along with frame `number`, counted from 0; the same object as long as it is shown."""
        self._go_to(self._part.moment_s(number / self._fps, self._times.length_s))
        if self._shown is None:
            self._shown = self._cover(self._due[1], self._size_px)
        return self._shown

    @property
    def shown_s(self) -> Fraction:
        """When in the video the frame that was asked for last begins to be shown."""
        return self._due[0]

    def _go_to(self, moment_s: Fraction) -> None:
        """Decode up to the frame that is due at a moment of the video."""
        if self._frames is None or not self._is_near(moment_s):
            self._enter(moment_s)
        while self._next is not None and self._next[0] <= moment_s and self._frames is not None:
            self._due, self._shown = self._next, None
            self._next = next(self._frames, None)

    def _is_near(self, moment_s: Fraction) -> bool:
        """Tell whether to decode on to a moment is quicker than to enter the video again."""
        due_s = self._due[0]
        return due_s <= moment_s and (moment_s <= due_s + LEAP_S or self._times.entry_s(moment_s) <= due_s)

    def _enter(self, moment_s: Fraction) -> None:
        """Begin to decode where the video can be entered before a moment."""
        entry_s = self._times.entry_s(moment_s)
        self._open(entry_s)
        if entry_s > 0 and self._due[0] > moment_s:
            # The file's table is wrong.
            self._open(Fraction(0))

    def _open(self, entry_s: Fraction) -> None:
        self.close()
        self._frames = _decoded(self._path, self._times, entry_s)
        first = next(self._frames, None)
        if first is None:
            raise MediaError(f"'{self._path}' is damaged: no frame of it can be shown.", "Give another video.")
        self._due = first
        self._next = next(self._frames, None)


def _check(part: ClipPart, times: ClipTimes, path: Path | str) -> None:
    """Refuse a part that a video does not have."""
    if part.start_s >= times.length_s:
        raise MediaError(
            f"'{path}' ends after {float(times.length_s):.3g} s, before its part begins at {float(part.start_s):g} s.",
            "Let it begin earlier.",
        )
    if part.end_s is not None and part.end_s <= part.start_s:
        raise MediaError(
            f"The part of '{path}' ends at {float(part.end_s):g} s, before it begins at {float(part.start_s):g} s.",
            "Let it end later.",
        )


def _decoded(
    path: Path | str, times: ClipTimes, entry_s: Fraction
) -> Generator[tuple[Fraction, av.VideoFrame], None, None]:
    """Yield the frames of a video with the times from which they are shown, which only grow, from an entry on."""
    if times.first_s is None:
        yield from timed_frames(path)
        return
    with opened(path) as container:
        stream = video_track(container, path)
        if entry_s > 0 and stream.time_base is not None:
            container.seek(int((entry_s + times.first_s) / stream.time_base), stream=stream)
        last_s = Fraction(-1)
        for frame in container.decode(stream):
            if frame.pts is None or frame.time_base is None:
                continue
            time_s = frame.pts * frame.time_base - times.first_s
            if time_s > last_s:
                last_s = time_s
                yield time_s, frame
