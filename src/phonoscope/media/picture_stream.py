"""The stream of moving pictures in a file that is written, and frames as its encoder wants them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from phonoscope.core.colour import spread_chroma
from phonoscope.core.frames import VideoFrame
from phonoscope.media.codecs import codec_of
from phonoscope.media.options import VideoOptions
from phonoscope.media.scheduling import kept_scheduling

if TYPE_CHECKING:
    import av
    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.plane import VideoPlane
    from av.video.stream import VideoStream

THREADS = 3
"""Threads of an encoder. Fixed, since the bytes depend on it and a file must come out the same whatever the number of
cores. Three keep two cores busy while one waits, at no more work in all; each holds some frames in memory."""

KEYFRAMES_S = 10
"""Longest way back to a picture that stands for itself, so that seeking is quick. Each costs a whole photo, and
makes the still background twitch by its own coding noise."""

LIMIT_WINDOW_S = 2
"""Over how long a limited bit rate may be exceeded and made up for: a keyframe takes many times a usual frame."""

CODEC_OPTIONS = {
    # veryfast looks 10 frames ahead; with 40 it sees for longer that the background stays, and spends on it: 2 dB more
    # there and 1 dB more where it moves, for less than a millisecond a megapixel.
    # Most of a picture is a photo that does not move, and frames take it over from those before as it is: a finer first
    # frame, and more bits wherever later frames refer to (a low qcomp), win 3 dB there for a twelfth more bytes.
    "libx264": {"preset": "veryfast", "rc-lookahead": "40", "x264-params": "qcomp=0.3:zones=0,0,q=12"},
    # At 720p 16 ms a frame; veryfast takes 22 for as good a picture. It needs to look ahead for what is still, too.
    "libx265": {
        "preset": "superfast",
        "x265-params": "log-level=error:info=0:open-gop=0:rc-lookahead=30:qcomp=0.5",
    },
    # Constant quality wants no bit rate. Realtime with cpu-used 7 keeps a still background better than `good` with 5,
    # in an eighth of the time.
    "libvpx-vp9": {"b": "0", "deadline": "realtime", "cpu-used": "7", "tile-columns": "1", "lag-in-frames": "0"},
    # The fastest that it does not warn of: at 720p 8 ms a frame, and 8 takes 13 for 1 dB.
    "libsvtav1": {"preset": "9", "svtav1-params": ""},
    # Profile 4 is 4444. FFmpeg's other encoder, prores_ks, takes three times as long for the same picture.
    "prores_aw": {"profile": "4"},
}
"""What each encoder is told, besides quality, threads and keyframes."""

SEGMENT_X264_PARAMETERS = "qcomp=0.5:zones=0,0,q={first}"
"""For segments, whose first frame is not one in a whole video, but one in some seconds. At 720p it takes half the bytes
that a first frame of 12 takes; what is still differs by 59 dB from one segment to the next, by 6 levels at most, and
what moves is 3 dB better after a joint than before."""

SEGMENT_FIRST = 7
"""How much coarser than its constant rate factor the first frame of a segment is; that it is still, as most of it is,
makes it finer again."""

THREAD_PARAMETERS = {
    # Frames in flight are what `threads` sets; here, who works on them. Rows in parallel change the bytes: not alone.
    "libx265": ("x265-params", "pools=none:wpp=0", "pools={threads}"),
    "libsvtav1": ("svtav1-params", "lp=1", "lp={threads}"),
}
"""How encoders with threads of their own are told how many: their option, what it says for one, and for more."""

CV_CPU_AVX_512F = 13
"""OpenCV's number for it; its Python module has no name for this one."""

SAME_EVERYWHERE = "asm=AVX2"
"""What x264 is told on processors with AVX-512. Its AVX-512 code for mbtree reads memory that nobody has written where
a row of a picture has not a multiple of eight macroblocks, as 720 x 720 has not, and two runs give different bytes.
Its code for AVX2, which all these processors have, gives the same as that for any other."""

# ITU-T H.273: colour primaries, transfer and matrix of BT.709 are all number 1; limited range is FFmpeg's number 1.
_BT709 = 1
_LIMITED_RANGE = 1


@dataclass(frozen=True, slots=True)
class Aim:
    """A bit rate that is met on average, instead of a quality.

    Attributes
    ----------
    bit_rate
        Bits a second.
    number
        Of the pass over the video, 1 or 2; see `has_two_passes`.
    notes
        A file that the first pass writes and the second reads.
    """

    bit_rate: int
    number: int
    notes: Path


@cache
def _has_avx512() -> bool:
    return bool(cv2.checkHardwareSupport(CV_CPU_AVX_512F))


def has_two_passes(options: VideoOptions) -> bool:
    """Tell whether the encoder can look at a whole video first. The others meet a rate less well."""
    return options.kind.video_codec == "libx264"


def add_picture_stream(
    container: OutputContainer, options: VideoOptions, is_segment: bool = False, aim: Aim | None = None
) -> VideoStream:
    """Add the stream of a video's pictures, with its encoder, to a file.

    Parameters
    ----------
    is_segment
        Whether it is one of many: then it is encoded by one thread.
    aim
        A bit rate to be met instead of the quality; None for the quality.
    """
    threads = 1 if is_segment else THREADS
    kind = options.kind
    if kind.video_codec == "libsvtav1":
        # It tells its settings on stderr; there is no other way to have only its errors.
        os.environ.setdefault("SVT_LOG", "1")
    told = _told(options, is_segment) if aim is None else _aimed(options, aim)
    if kind.video_codec == "libx264" and _has_avx512():
        told["x264-params"] = f"{told['x264-params']}:{SAME_EVERYWHERE}"
    stream = cast(
        "VideoStream",
        container.add_stream(kind.video_codec, rate=options.fps, options=told),
    )
    stream.width, stream.height = options.size_px
    stream.pix_fmt = kind.pixel_format
    describe_stream(stream, options)
    context = stream.codec_context
    context.time_base = 1 / options.fps
    context.gop_size = round(options.fps * KEYFRAMES_S)
    context.thread_count = threads
    context.color_primaries = context.color_trc = context.colorspace = _BT709
    context.color_range = _LIMITED_RANGE
    if kind.video_codec == "libsvtav1":
        with kept_scheduling():
            context.open()
    return stream


def last_packets(stream: VideoStream, frames: int, options: VideoOptions) -> Iterator[Packet[VideoStream]]:
    """Yield what the encoder of a video still has after all its frames, `frames` in number."""
    is_in_order = frames <= codec_of(options.kind.video_codec).reordered
    for packet in stream.encode(None):
        if is_in_order:
            # Of so few, x265 tells times of decoding from memory that nobody has written.
            packet.dts = packet.pts
        yield packet


def describe_stream(stream: VideoStream, options: VideoOptions) -> None:
    """Set what a file tells about its pictures, whoever encodes them."""
    stream.time_base = 1 / options.fps
    tag = codec_of(options.kind.video_codec).tag
    if tag and stream.container.format.name in ("mp4", "mov"):
        stream.codec_context.codec_tag = tag
    if options.kind.pixel_format == "yuva420p":
        # Matroska's AlphaMode, by which browsers know.
        stream.metadata["alpha_mode"] = "1"


def _told(options: VideoOptions, is_segment: bool) -> dict[str, str]:
    """Return what a video's encoder is told."""
    encoder = options.kind.video_codec
    told = dict(CODEC_OPTIONS[encoder])
    usual = codec_of(encoder).quality
    quality = usual if options.quality is None else options.quality
    if usual is not None:
        told["crf"] = str(quality)
    if encoder == "libx264" and is_segment and quality is not None:
        told["x264-params"] = SEGMENT_X264_PARAMETERS.format(first=min(51, quality + SEGMENT_FIRST))
    if options.kind.pixel_format == "yuva420p":
        # Frames that are not shown have no alpha.
        told["auto-alt-ref"] = "0"
    if encoder in THREAD_PARAMETERS:
        name, alone, together = THREAD_PARAMETERS[encoder]
        parameters = alone if is_segment else together.format(threads=THREADS)
        told[name] = ":".join(part for part in (told[name], parameters) if part)
    if options.bit_rate_limit is not None:
        told |= _limited(encoder, options.bit_rate_limit)
    return told


def _aimed(options: VideoOptions, aim: Aim) -> dict[str, str]:
    """Return what a video's encoder is told in one of two passes."""
    told = _told(replace(options, bit_rate_limit=None), is_segment=False)
    told.pop("crf", None)
    told["b"] = str(aim.bit_rate)
    if has_two_passes(options):
        told |= {"flags": f"+pass{aim.number}", "stats": str(aim.notes), "x264-params": "qcomp=0.5"}
    return told


def _limited(encoder: str, bit_rate: int) -> dict[str, str]:
    """Return what makes an encoder keep to a bit rate."""
    if encoder == "libvpx-vp9":
        return {"b": str(bit_rate), "maxrate": str(bit_rate), "bufsize": str(bit_rate * LIMIT_WINDOW_S)}
    told = {"maxrate": str(bit_rate), "bufsize": str(bit_rate * LIMIT_WINDOW_S)}
    if encoder == "libx264":
        # No room for a first frame that is set apart.
        told["x264-params"] = "qcomp=0.5"
    return told


def video_frame(frame: VideoFrame, pixel_format: str) -> av.VideoFrame:
    """Return a copy of `frame` for an encoder that wants it in one of the pixel formats of our codecs."""
    import av

    width, height = frame.size_px
    picture = av.VideoFrame(width, height, pixel_format)
    planes = [_plane(plane) for plane in picture.planes]
    if pixel_format in ("yuva444p10le", "yuv444p10le"):
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
    """Write a frame to three planes of full size with ten bits, and its alpha to a fourth if there is one."""
    width = frame.size_px[0]
    chroma = spread_chroma(frame.chroma.astype(np.uint16) << 2, frame.size_px)
    parts = [frame.luma.astype(np.uint16) << 2, chroma[..., 0], chroma[..., 1]]
    if len(planes) > len(parts):
        alpha = _alpha(frame).astype(np.uint16)
        # All ten bits for opaque, none for empty.
        parts.append((alpha << 2) | (alpha >> 6))
    for plane, part in zip(planes, parts, strict=True):
        plane.view(np.uint16)[:, :width] = part


def _alpha(frame: VideoFrame) -> NDArray[np.uint8]:
    """Return a frame's alpha, opaque where it has none."""
    return np.full(frame.luma.shape, 255, np.uint8) if frame.alpha is None else frame.alpha


def _plane(plane: VideoPlane) -> NDArray[np.uint8]:
    """Return a plane's memory, shape (rows, bytes of a row with its padding)."""
    memory: NDArray[np.uint8] = np.frombuffer(cast("memoryview", plane), np.uint8)
    return memory.reshape(-1, plane.line_size)
