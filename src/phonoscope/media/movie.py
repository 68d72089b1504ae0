"""Moving pictures and sound, encoded together into one file: MP4, QuickTime or WebM."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.channels import LAYOUTS
from phonoscope.media.options import SOUND_RATE_HZ, VideoOptions
from phonoscope.media.picture_stream import add_picture_stream, last_packets, video_frame
from phonoscope.media.soundtrack import BIT_RATE, Soundtrack

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet


class MovieEncoder:
    """Encodes frames and sound into an MP4, QuickTime or WebM file."""

    def __init__(self, path: Path, options: VideoOptions) -> None:
        import av

        self._options = options
        self._kind = options.kind
        self._container = av.open(str(path), "w", format=self._kind.muxer, options=muxer_options(options))
        self._container.metadata.update(file_tags(options))
        self._video = add_picture_stream(self._container, options)
        wants_sound = options.sound_rate_hz is not None and self._kind.sound_codec
        self._soundtrack = add_soundtrack(self._container, options) if wants_sound else None
        self._frames = 0

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a frame, and the sound that belongs to it."""
        picture = video_frame(frame, self._kind.pixel_format)
        picture.pts = self._frames
        picture.time_base = 1 / self._options.fps
        self._frames += 1
        mux(self._container, self._video.encode(picture))
        if self._soundtrack:
            mux(self._container, self._soundtrack.encode_until(self._end_s))

    def add_sound(self, sound: Sound) -> None:
        """Take sound; it is encoded along with the frames that it belongs to."""
        if self._soundtrack:
            self._soundtrack.add(sound)

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        if self._soundtrack:
            mux(self._container, self._soundtrack.finish(self._end_s))
        mux(self._container, last_packets(self._video, self._frames, self._options))
        self._container.close()

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        let_go(self._container)

    @property
    def _end_s(self) -> Fraction:
        return self._frames / self._options.fps


def add_soundtrack(container: OutputContainer, options: VideoOptions) -> Soundtrack:
    """Add the sound of a video, with its encoder, to a file."""
    codec = options.kind.sound_codec
    stream = cast("AudioStream", container.add_stream(codec, rate=SOUND_RATE_HZ))
    stream.layout = LAYOUTS[options.sound_channels]
    usual = BIT_RATE.get((codec, options.sound_channels))
    if usual is not None:
        stream.codec_context.bit_rate = options.sound_bit_rate or usual
    stream.codec_context.time_base = Fraction(1, SOUND_RATE_HZ)
    return Soundtrack(stream, options.sound_rate_hz or SOUND_RATE_HZ, options.sound_channels)


def muxer_options(options: VideoOptions) -> dict[str, str]:
    """Return what the muxer is told."""
    # bitexact: no random numbers (WebM's segment id) and no library versions in the file.
    told = {"fflags": "+bitexact"}
    if options.container in ("mp4", "mov"):
        # The index goes to the front, so that a file plays while it is still being loaded.
        told["movflags"] = "+faststart"
    return told


def file_tags(options: VideoOptions) -> dict[str, str]:
    """Return the file's metadata by FFmpeg's names."""
    tags = {
        "title": options.title,
        "comment": options.comment,
        "copyright": options.credit,
        "encoding_tool": options.comment,
    }
    return {name: text for name, text in tags.items() if text}


def mux(container: OutputContainer, packets: Iterable[Packet[Any]]) -> None:
    """Put packets into a file, in turn."""
    for packet in packets:
        container.mux(packet)


def let_go(container: OutputContainer) -> None:
    """Close a file, whatever state it is in."""
    import av

    with suppress(av.FFmpegError, OSError, ValueError):
        container.close()
