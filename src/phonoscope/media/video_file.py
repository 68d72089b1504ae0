"""The pictures of a video file, one by one with their times: any length in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.media.decoding import Damage, decode_track
from phonoscope.media.door import opened
from phonoscope.media.reader import upright_rgb
from phonoscope.media.timed_frames import growing_times, usual_frame_s, video_track

if TYPE_CHECKING:
    import av

MISSING_S = 1.0
"""When a file ends this much earlier than it says, that is worth a note."""

WITHIN_REACH_S = 90.0
"""A part that is no longer than this is gone through for samples; in a longer one they are looked up."""


@dataclass(frozen=True, slots=True)
class VideoFileOptions:
    """Which pictures of a video are meant, and how large.

    Attributes
    ----------
    start_s, end_s
        The part that is read, in seconds from the file's start; `end_s` None for all that follows.
    longest_side_px
        Larger frames are scaled down to this.
    """

    start_s: float = 0.0
    end_s: float | None = None
    longest_side_px: int = 8192

    def __post_init__(self) -> None:
        if not 0 <= self.start_s < float("inf"):
            raise UsageError(f"A video cannot start at {self.start_s} s.", "Give seconds from its start.")
        if self.end_s is not None and not self.end_s > self.start_s:
            raise UsageError(f"The part from {self.start_s:g} s to {self.end_s:g} s is empty.", "Let it end later.")


@dataclass(frozen=True, slots=True, eq=False)
class TimedPicture:
    """A frame of a video.

    Attributes
    ----------
    time_s
        From when it is shown, in seconds from the start of the part that is read.
    rgb
        uint8, shape (height, width, 3), upright as far as the file tells.
    """

    time_s: float
    rgb: NDArray[np.uint8]


class VideoFile:
    """The pictures of a file: decoded anew each time that it is gone through.

    Times count from the start of the file, sound included, so that pictures stay in step with it.

    Attributes
    ----------
    duration_s
        Length of the part that is read in seconds, as far as the file tells; None where it does not.
    fps
        Frames a second on average; None where the file does not tell.
    frame_s
        How long a frame is shown on average.
    has_sound
        The file has a sound track.
    """

    def __init__(self, path: Path | str, options: VideoFileOptions, events: EventSink) -> None:
        self._path = path
        self._options = options
        self._events = events
        self._noted = False
        with opened(path) as container:
            stream = video_track(container, path)
            self.fps = Fraction(stream.average_rate) if stream.average_rate else None
            self.frame_s = float(usual_frame_s(stream))
            self.has_sound = bool(container.streams.audio)
            told_s = None
            if stream.duration is not None and stream.time_base is not None:
                late_s = float((stream.start_time or 0) * stream.time_base) - (container.start_time or 0) / 1_000_000
                told_s = float(stream.duration * stream.time_base) + max(0.0, late_s)
            elif container.duration:
                told_s = container.duration / 1_000_000
            # Matroska tells only how long the longest track is.
            self._told_s = told_s if stream.duration is not None or len(container.streams) == 1 else None
        self.duration_s = None
        if told_s is not None:
            end_s = told_s if options.end_s is None else min(told_s, options.end_s)
            self.duration_s = max(0.0, end_s - options.start_s)

    def __iter__(self) -> Iterator[TimedPicture]:
        """Yield the frames in order. The first may begin before the part, and is shown when it begins.

        Raises
        ------
        MediaError
            The file cannot be read, or shows nothing in the part that is meant.
        """
        options, damage = self._options, Damage()
        shown_s, before, given = 0.0, None, False
        with opened(self._path) as container:
            stream = video_track(container, self._path)
            origin_s = Fraction(container.start_time or 0, 1_000_000)
            for exact_s, frame in growing_times(stream, decode_track(container, stream, damage), origin_s):
                shown_s = float(exact_s)
                if options.end_s is not None and shown_s >= options.end_s:
                    break
                if shown_s <= options.start_s:
                    before = frame
                    continue
                if before is not None:
                    yield self._picture(0.0, before)
                    before = None
                given = True
                yield self._picture(shown_s - options.start_s, frame)
            else:
                self._note(shown_s, damage)
        if before is not None and shown_s + self.frame_s > options.start_s:
            given = True
            yield self._picture(0.0, before)
        if not given:
            raise self._nothing(shown_s if before is not None else 0.0)

    def samples(self, count: int) -> Iterator[TimedPicture]:
        """Yield up to `count` frames spread over the part that is read.

        In a long part they are looked up, as far as the file can be searched; else they come from its beginning.
        """
        length_s = self.duration_s
        if length_s is not None and length_s > WITHIN_REACH_S:
            found = 0
            for picture in self._looked_up([length_s * (place + 0.5) / count for place in range(count)]):
                found += 1
                yield picture
            if found > count // 4:
                return
            length_s = WITHIN_REACH_S
        # Where the length is not known, as of a webcam's recording, the first minute and a half tell.
        step_s = max((WITHIN_REACH_S if length_s is None else length_s) / count, 0.0)
        due_s = 0.0
        for picture in self:
            if picture.time_s > WITHIN_REACH_S:
                return
            if picture.time_s >= due_s:
                due_s = picture.time_s + step_s - 1e-6
                yield picture

    def _looked_up(self, times_s: list[float]) -> Iterator[TimedPicture]:
        """Yield the frame at or before each time that can be decoded at once."""
        import av

        last = -1.0
        with opened(self._path) as container:
            stream = video_track(container, self._path)
            origin_s = (container.start_time or 0) / 1_000_000
            for time_s in times_s:
                try:
                    container.seek(round((time_s + self._options.start_s + origin_s) * 1_000_000))
                    frame = next(container.decode(stream), None)
                except (av.FFmpegError, OSError):
                    continue
                if frame is None or frame.time is None or frame.time <= last:
                    continue
                last = frame.time
                yield self._picture(max(0.0, frame.time - origin_s - self._options.start_s), frame)

    def _picture(self, time_s: float, frame: av.VideoFrame) -> TimedPicture:
        rgb = upright_rgb(frame)
        height, width = rgb.shape[:2]
        scale = self._options.longest_side_px / max(height, width)
        if scale < 1:
            size = max(1, round(width * scale)), max(1, round(height * scale))
            rgb = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
        return TimedPicture(time_s, rgb)

    def _note(self, shown_s: float, damage: Damage) -> None:
        """Tell once what could not be read."""
        ends_s = shown_s + self.frame_s
        short = self._told_s is not None and ends_s < self._told_s - max(MISSING_S, 0.02 * self._told_s)
        if self._noted or not (damage or short):
            return
        self._noted = True
        told = f"ends after {ends_s:.1f} s instead of {self._told_s:.1f} s" if short else "is damaged in places"
        self._events(Note(f"The picture of '{self._path}' {told}; what could be read is used."))

    def _nothing(self, shown_s: float) -> MediaError:
        if shown_s > 0 or self._options.start_s > 0:
            return MediaError(
                f"'{self._path}' is {shown_s + self.frame_s:.1f} s long: nothing is left from"
                f" {self._options.start_s:g} s on.",
                "Let the part begin earlier.",
            )
        return MediaError(f"'{self._path}' is damaged: no frame of it can be shown.", "Give another video.")


def open_video(
    path: Path | str, options: VideoFileOptions | None = None, events: EventSink = ignore_events
) -> VideoFile:
    """Open the pictures of a video file; decoding happens while it is gone through.

    Raises
    ------
    MediaError
        The file cannot be read, or has no picture.
    """
    return VideoFile(path, options or VideoFileOptions(), events)
