"""What is in a picture, sound or video file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError, PhotoError
from phonoscope.media.door import check_input, opened
from phonoscope.media.pictures import Still, describe_picture
from phonoscope.media.signatures import HEAD_BYTES, PICTURE_FORMATS, identify

if TYPE_CHECKING:
    from av import CodecContext
    from av.audio.stream import AudioStream
    from av.video.stream import VideoStream

# Names of ITU-T H.273's code points, as FFmpeg prints them.
_PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020", 11: "smpte431", 12: "smpte432"}
_TRANSFERS = {1: "bt709", 4: "gamma22", 6: "smpte170m", 8: "linear", 13: "srgb", 14: "bt2020", 16: "pq", 18: "hlg"}
_MATRICES = {0: "rgb", 1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020"}
_RANGES = {1: "limited", 2: "full"}


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """Moving pictures.

    Attributes
    ----------
    width_px, height_px
        Size as stored, before any rotation.
    fps
        Frames a second on average, as a fraction (``30000/1001``); empty if unknown.
    primaries, transfer, matrix, range
        Colour tags; empty where the file does not tell.
    """

    codec: str
    profile: str
    width_px: int
    height_px: int
    fps: str
    frames: int
    duration_s: float | None
    pixel_format: str
    primaries: str
    transfer: str
    matrix: str
    range: str
    bit_rate: int | None


@dataclass(frozen=True, slots=True)
class SoundTrack:
    """Sound."""

    codec: str
    rate_hz: int
    channels: int
    duration_s: float | None
    start_s: float
    bit_rate: int | None


@dataclass(frozen=True, slots=True)
class Probe:
    """All that can be told about a file without decoding it. `dataclasses.asdict` makes it fit for JSON.

    Attributes
    ----------
    container
        ``mp4``, ``webm``, ``wav``, ``JPEG`` …
    duration_s
        None for a still picture, or when the file does not tell.
    tags
        Metadata of the file: title, comment, encoder …
    """

    path: str
    container: str
    size_bytes: int
    duration_s: float | None = None
    bit_rate: int | None = None
    video: VideoTrack | None = None
    sound: SoundTrack | None = None
    still: Still | None = None
    tags: dict[str, str] = field(default_factory=dict)


def probe(path: Path | str) -> Probe:
    """Return what is in a picture, sound or video file.

    Raises
    ------
    MediaError
        It is missing, unreadable, or nothing of the kind.
    """
    place = check_input(path)
    with place.open("rb") as file:
        kind = identify(file.read(HEAD_BYTES))
    if kind in PICTURE_FORMATS and kind != "GIF":
        return _probe_still(place, path)
    with opened(path) as container:
        # What FFmpeg has no decoder for comes without a codec.
        video = next((stream for stream in container.streams.video if stream.codec_context is not None), None)
        sound = next((stream for stream in container.streams.audio if stream.codec_context is not None), None)
        if video is None and sound is None:
            raise MediaError(f"'{path}' is in a codec that nobody here can decode.", "Convert it to MP4 or WAV first.")
        return Probe(
            path=str(path),
            container=_container_name(container.format.name, place),
            size_bytes=place.stat().st_size,
            duration_s=container.duration / 1_000_000 if container.duration else None,
            bit_rate=container.bit_rate or None,
            video=_video(video) if video else None,
            sound=_sound(sound) if sound else None,
            tags={name.lower(): text for name, text in container.metadata.items()},
        )


def _container_name(demuxer: str, place: Path) -> str:
    """Return one name for a demuxer that serves several: that of the file's suffix if it is among them."""
    names = demuxer.split(",")
    suffix = place.suffix.lower().lstrip(".")
    if suffix in names:
        return suffix
    return "mp4" if "mp4" in names else names[0]


def _video(stream: VideoStream) -> VideoTrack:
    context = stream.codec_context
    return VideoTrack(
        codec=_codec(context),
        profile=str(context.profile or ""),
        width_px=context.width,
        height_px=context.height,
        fps=str(stream.average_rate or ""),
        frames=stream.frames,
        duration_s=_seconds(stream),
        pixel_format=context.pix_fmt or "",
        primaries=_PRIMARIES.get(int(context.color_primaries), ""),
        transfer=_TRANSFERS.get(int(context.color_trc), ""),
        matrix=_MATRICES.get(int(context.colorspace), ""),
        range=_RANGES.get(int(context.color_range), ""),
        bit_rate=context.bit_rate or None,
    )


def _codec(context: CodecContext) -> str:
    """Return the name of a codec; that of its decoder may be another one (``libdav1d``)."""
    # PyAV tells it since 14.1.
    return str(getattr(context.codec, "canonical_name", context.name))


def _sound(stream: AudioStream) -> SoundTrack:
    context = stream.codec_context
    start = stream.start_time * stream.time_base if stream.start_time and stream.time_base else 0
    return SoundTrack(
        codec=_codec(context),
        rate_hz=context.sample_rate,
        channels=context.channels,
        duration_s=_seconds(stream),
        start_s=float(start),
        bit_rate=context.bit_rate or None,
    )


def _seconds(stream: VideoStream | AudioStream) -> float | None:
    if stream.duration is None or stream.time_base is None:
        return None
    return float(stream.duration * stream.time_base)


def _probe_still(place: Path, path: Path | str) -> Probe:
    try:
        kind, still, tags = describe_picture(place)
    except PhotoError as error:
        raise MediaError(error.message, error.remedy) from error
    return Probe(path=str(path), container=kind, size_bytes=place.stat().st_size, still=still, tags=tags)
