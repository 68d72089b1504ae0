"""The decoded frames of a video, each with the time from which it is shown."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError
from phonoscope.media.door import opened
from phonoscope.media.reader import check_frame_size

if TYPE_CHECKING:
    import av
    from av.container import InputContainer
    from av.video.stream import VideoStream

USUAL_FRAME_S = Fraction(1, 25)
"""How long the last frame is shown where nothing tells: the files that do not tell have few frames."""

LONGEST_FRAME_S = 60
"""A frame that is shown for longer is damage of the file's clock."""


def video_track(container: InputContainer, path: Path | str) -> VideoStream:
    """Return the first video track, ready to be decoded.

    Raises
    ------
    MediaError
        There is none, or its frames are too large.
    """
    if not container.streams.video:
        raise MediaError(f"'{path}' has no picture.", "Give a video.")
    stream = container.streams.video[0]
    check_frame_size(stream, path)
    stream.thread_type = "AUTO"
    return stream


def timed_frames(path: Path | str, alpha: bool = False) -> Generator[tuple[Fraction, av.VideoFrame], None, None]:
    """Yield the frames of a video once, with their times in seconds from the first, which only grow.

    Parameters
    ----------
    alpha
        Read the transparency of WebM, too, which takes longer.
    """
    with opened(path) as container:
        stream = video_track(container, path)
        see_through = alpha and stream.metadata.get("ALPHA_MODE", stream.metadata.get("alpha_mode")) == "1"
        decoded = _with_alpha(container, stream) if see_through else container.decode(stream)
        yield from growing_times(stream, decoded, None)


def _with_alpha(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    """Decode VP9 by its makers' own decoder: FFmpeg's leaves out the alpha that lies beside the picture."""
    from av import CodecContext
    from av.video.codeccontext import VideoCodecContext

    decoder = CodecContext.create("libvpx-vp9", "r")
    if not isinstance(decoder, VideoCodecContext):
        raise MediaError("VP9 cannot be decoded with its transparency here.", "Take MOV.")
    for packet in container.demux(stream):
        yield from decoder.decode(packet)


def growing_times(
    stream: VideoStream, decoded: Iterator[av.VideoFrame], origin_s: Fraction | None
) -> Generator[tuple[Fraction, av.VideoFrame], None, None]:
    """Yield frames with their times in seconds from `origin_s` of the file's clock; None is the first frame's."""
    first_s = origin_s
    last_s = -USUAL_FRAME_S
    usual_s = usual_frame_s(stream)
    for frame in decoded:
        told_s = None if frame.pts is None or frame.time_base is None else frame.pts * frame.time_base
        first_s = told_s if first_s is None else first_s
        own_s = last_s + usual_s if told_s is None or first_s is None else told_s - first_s
        # Clocks of damaged or joined files run backwards or leap.
        if not last_s < own_s <= last_s + LONGEST_FRAME_S:
            own_s = last_s + usual_s
        own_s = max(own_s, Fraction(0))
        last_s = own_s
        yield own_s, frame


def usual_frame_s(stream: VideoStream) -> Fraction:
    """Return how long a frame of a track is shown on average."""
    return 1 / Fraction(stream.average_rate) if stream.average_rate else USUAL_FRAME_S
