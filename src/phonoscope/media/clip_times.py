"""When the frames of a video are shown, and where it can be entered: what it takes to show any moment of it."""

from __future__ import annotations

from bisect import bisect_right
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError
from phonoscope.media.door import check_input, opened
from phonoscope.media.timed_frames import LONGEST_FRAME_S, USUAL_FRAME_S, timed_frames, video_track

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

_SEEKABLE = frozenset({"mp4", "matroska"})
"""FFmpeg's names of the formats whose tables tell truly from which frames on a video can be decoded: MP4 and MOV, and
Matroska and WebM. Others are always played from the beginning."""

_BUILT_UP = frozenset({"gif", "apng"})
"""Codecs whose frames stand on all those before."""

_KEPT = 16
"""Videos whose times are remembered."""


@dataclass(frozen=True, slots=True)
class ClipTimes:
    """The times of a video's frames.

    Attributes
    ----------
    first_s
        Time of the first frame by the file's clock, which all other times are counted from; None where that clock
        cannot be trusted, so that frames have to be counted from the beginning.
    length_s
        How long the video is shown, its last frame as long as the one before.
    keys_s
        Moments that it can be entered at, rising, besides its beginning.
    """

    first_s: Fraction | None
    length_s: Fraction
    keys_s: tuple[Fraction, ...]

    def entry_s(self, moment_s: Fraction) -> Fraction:
        """Return the last moment up to `moment_s` that the video can be entered at; 0 for its beginning."""
        place = bisect_right(self.keys_s, moment_s)
        return self.keys_s[place - 1] if place else Fraction(0)


def clip_times(path: Path | str) -> ClipTimes:
    """Return the times of a video's frames; nothing is decoded for it but the first frame, where its clock is sound.

    Raises
    ------
    MediaError
        The file cannot be read, or shows nothing.
    """
    place = check_input(path)
    state = place.stat()
    return _clip_times(str(path), state.st_mtime_ns, state.st_size)


@lru_cache(_KEPT)
def _clip_times(path: str, changed_ns: int, size_bytes: int) -> ClipTimes:
    with opened(path) as container:
        stream = video_track(container, path)
        first = next(container.decode(stream), None)
        if first is None:
            raise _nothing_shown(path)
        first_s = None if first.pts is None or first.time_base is None else first.pts * first.time_base
    with opened(path) as container:
        stream = video_track(container, path)
        found = None if first_s is None else _by_packets(container, stream, first_s)
    return found or _by_frames(path)


def _by_packets(container: InputContainer, stream: VideoStream, first_s: Fraction) -> ClipTimes | None:
    """Read all times from the packets, without decoding them; None if they are incomplete or leap."""
    times_s, keys_s = [], []
    for packet in container.demux(stream):
        if packet.size == 0 or packet.is_discard:
            continue
        if packet.pts is None or packet.time_base is None:
            return None
        time_s = packet.pts * packet.time_base - first_s
        if time_s >= 0:
            times_s.append(time_s)
            if packet.is_keyframe and time_s > 0:
                keys_s.append(time_s)
    times_s = sorted(set(times_s))
    gaps_s = [after - before for before, after in pairwise(times_s)]
    if not times_s or max(gaps_s, default=Fraction(0)) > LONGEST_FRAME_S:
        return None
    if _SEEKABLE.isdisjoint(container.format.name.split(",")) or stream.codec_context.name in _BUILT_UP:
        keys_s = []
    return ClipTimes(first_s, times_s[-1] + (gaps_s[-1] if gaps_s else USUAL_FRAME_S), tuple(sorted(keys_s)))


def _by_frames(path: str) -> ClipTimes:
    """Decode the whole video once to learn how long it is."""
    time_s, lasts_s = Fraction(-1), USUAL_FRAME_S
    with closing(timed_frames(path)) as frames:
        for own_s, _ in frames:
            if time_s >= 0:
                lasts_s = own_s - time_s
            time_s = own_s
    if time_s < 0:
        raise _nothing_shown(path)
    return ClipTimes(None, time_s + lasts_s, ())


def _nothing_shown(path: str) -> MediaError:
    return MediaError(f"'{path}' is damaged: no frame of it can be shown.", "Give another video.")
