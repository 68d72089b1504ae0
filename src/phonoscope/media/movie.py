"""H.264 with AAC, VP9 with Opus, or ProRes with plain sound, in a file."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import spread_chroma
from phonoscope.core.frames import VideoFrame
from phonoscope.core.sound import Sound
from phonoscope.media.channels import LAYOUTS
from phonoscope.media.options import SOUND_RATE_HZ, VideoOptions
from phonoscope.media.soundtrack import BIT_RATE, Soundtrack

if TYPE_CHECKING:
    import av
    from av.audio.stream import AudioStream
    from av.packet import Packet
    from av.video.plane import VideoPlane
    from av.video.stream import VideoStream

THREADS = 3
"""Threads of an encoder. Fixed, since the bytes depend on it and a file must come out the same whatever the number of
cores. Three keep two cores busy while one waits, at no more work in all; each holds some frames in memory."""

KEYFRAMES_S = 10
"""Longest way back to a picture that stands for itself, so that seeking is quick. Each costs a whole photo, and
makes the still background twitch by its own coding noise."""

QUALITY = {"libx264": 19, "libvpx-vp9": 28}
"""Default constant rate factors. With these what moves stays within 47 dB of what was drawn, and the still part of a
photo, over half a minute with new keyframes, within 47 dB of the first frame even where it is full of fine detail."""

CODEC_OPTIONS = {
    # veryfast looks 10 frames ahead; with 40 it sees for longer that the background stays, and spends on it: 2 dB more
    # there and 1 dB more where it moves, for less than a millisecond a megapixel.
    # Most of a picture is a photo that does not move, and frames take it over from those before as it is: a finer first
    # frame, and more bits wherever later frames refer to (a low qcomp), win 3 dB there for a twelfth more bytes.
    "libx264": {"preset": "veryfast", "rc-lookahead": "40", "x264-params": "qcomp=0.3:zones=0,0,q=12"},
    # Constant quality wants no bit rate. Realtime with cpu-used 7 keeps a still background better than `good` with 5,
    # in an eighth of the time.
    "libvpx-vp9": {"b": "0", "deadline": "realtime", "cpu-used": "7", "tile-columns": "1", "lag-in-frames": "0"},
    # Profile 4 is 4444. FFmpeg's other encoder, prores_ks, takes three times as long for the same picture.
    "prores_aw": {"profile": "4"},
}
"""What each encoder is told, besides quality, threads and keyframes."""

# ITU-T H.273: colour primaries, transfer and matrix of BT.709 are all number 1; limited range is FFmpeg's number 1.
_BT709 = 1
_LIMITED_RANGE = 1


class MovieEncoder:
    """Encodes frames and sound into an MP4, QuickTime or WebM file."""

    def __init__(self, path: Path, options: VideoOptions) -> None:
        import av

        self._options = options
        self._kind = options.kind
        self._container = av.open(str(path), "w", format=self._kind.muxer, options=_muxer_options(options))
        self._container.metadata.update(_tags(options))
        self._video = self._add_video()
        self._soundtrack = self._add_sound()
        self._frames = 0

    def add_frame(self, frame: VideoFrame) -> None:
        """Encode a frame, and the sound that belongs to it."""
        picture = video_frame(frame, self._kind.pixel_format)
        picture.pts = self._frames
        picture.time_base = 1 / self._options.fps
        self._frames += 1
        self._mux(self._video.encode(picture))
        if self._soundtrack:
            self._mux(self._soundtrack.encode_until(self._end_s))

    def add_sound(self, sound: Sound) -> None:
        """Take sound; it is encoded along with the frames that it belongs to."""
        if self._soundtrack:
            self._soundtrack.add(sound)

    def finish(self) -> None:
        """Encode what is left and complete the file."""
        if self._soundtrack:
            self._mux(self._soundtrack.finish(self._end_s))
        self._mux(self._video.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Let go of the file, whatever state it is in."""
        import av

        with suppress(av.FFmpegError, OSError, ValueError):
            self._container.close()

    @property
    def _end_s(self) -> Fraction:
        return self._frames / self._options.fps

    def _mux(self, packets: Iterable[Packet[Any]]) -> None:
        for packet in packets:
            self._container.mux(packet)

    def _add_video(self) -> VideoStream:
        options, codec = self._options, self._kind.video_codec
        told = dict(CODEC_OPTIONS[codec])
        if codec in QUALITY:
            told["crf"] = str(QUALITY[codec] if options.quality is None else options.quality)
        if self._kind.pixel_format == "yuva420p":
            # Frames that are not shown have no alpha.
            told["auto-alt-ref"] = "0"
        stream = cast("VideoStream", self._container.add_stream(codec, rate=options.fps, options=told))
        stream.width, stream.height = options.size_px
        stream.pix_fmt = self._kind.pixel_format
        stream.time_base = 1 / options.fps
        if self._kind.pixel_format == "yuva420p":
            # Matroska's AlphaMode, by which browsers know.
            stream.metadata["alpha_mode"] = "1"
        context = stream.codec_context
        context.time_base = 1 / options.fps
        context.gop_size = round(options.fps * KEYFRAMES_S)
        context.thread_count = THREADS
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _LIMITED_RANGE
        return stream

    def _add_sound(self) -> Soundtrack | None:
        options, codec = self._options, self._kind.sound_codec
        if options.sound_rate_hz is None or not codec:
            return None
        stream = cast("AudioStream", self._container.add_stream(codec, rate=SOUND_RATE_HZ))
        stream.layout = LAYOUTS[options.sound_channels]
        if (codec, options.sound_channels) in BIT_RATE:
            stream.codec_context.bit_rate = BIT_RATE[codec, options.sound_channels]
        stream.codec_context.time_base = Fraction(1, SOUND_RATE_HZ)
        return Soundtrack(stream, options.sound_rate_hz, options.sound_channels)


def video_frame(frame: VideoFrame, pixel_format: str) -> av.VideoFrame:
    """Return a copy of `frame` for an encoder that wants it in one of the pixel formats of our containers."""
    import av

    width, height = frame.size_px
    picture = av.VideoFrame(width, height, pixel_format)
    planes = [_plane(plane) for plane in picture.planes]
    if pixel_format == "yuva444p10le":
        _fill_ten_bits(frame, planes)
    else:
        planes[0][:, :width] = frame.luma
        if pixel_format == "nv12":
            planes[1][:, :width] = frame.chroma.reshape(height // 2, width)
        else:
            planes[1][:, : width // 2] = frame.chroma[..., 0]
            planes[2][:, : width // 2] = frame.chroma[..., 1]
        if pixel_format == "yuva420p":
            planes[3][:, :width] = _alpha(frame)
    picture.color_range = _LIMITED_RANGE
    picture.colorspace = _BT709
    return picture


def _fill_ten_bits(frame: VideoFrame, planes: list[NDArray[np.uint8]]) -> None:
    """Write a frame to four planes of full size with ten bits."""
    width = frame.size_px[0]
    chroma = spread_chroma(frame.chroma.astype(np.uint16) << 2, frame.size_px)
    alpha = _alpha(frame).astype(np.uint16)
    # All ten bits for opaque, none for empty.
    parts = (frame.luma.astype(np.uint16) << 2, chroma[..., 0], chroma[..., 1], (alpha << 2) | (alpha >> 6))
    for plane, part in zip(planes, parts, strict=True):
        plane.view(np.uint16)[:, :width] = part


def _alpha(frame: VideoFrame) -> NDArray[np.uint8]:
    """Return a frame's alpha, opaque where it has none."""
    return np.full(frame.luma.shape, 255, np.uint8) if frame.alpha is None else frame.alpha


def _plane(plane: VideoPlane) -> NDArray[np.uint8]:
    """Return a plane's memory, shape (rows, bytes of a row with its padding)."""
    memory: NDArray[np.uint8] = np.frombuffer(cast("memoryview", plane), np.uint8)
    return memory.reshape(-1, plane.line_size)


def _muxer_options(options: VideoOptions) -> dict[str, str]:
    """Return what the muxer is told."""
    # bitexact: no random numbers (WebM's segment id) and no library versions in the file.
    told = {"fflags": "+bitexact"}
    if options.container in ("mp4", "mov"):
        # The index goes to the front, so that a file plays while it is still being loaded.
        told["movflags"] = "+faststart"
    return told


def _tags(options: VideoOptions) -> dict[str, str]:
    """Return the file's metadata by FFmpeg's names."""
    tags = {
        "title": options.title,
        "comment": options.comment,
        "copyright": options.credit,
        "encoding_tool": options.comment,
    }
    return {name: text for name, text in tags.items() if text}
