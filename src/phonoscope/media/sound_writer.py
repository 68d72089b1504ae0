"""A stream of sound into a file: WAV, FLAC, MP3, AAC or Opus; or in place of a video's own, whose picture stays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from phonoscope.core.errors import MediaError, OutputError, PhonoscopeError, UsageError
from phonoscope.core.events import EventSink, FileWritten, Progress, StageStarted, ignore_events
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import LAYOUTS
from phonoscope.media.door import opened
from phonoscope.media.options import SOUND_RATE_HZ
from phonoscope.media.output import atomic_path
from phonoscope.media.picture_packets import picture_packets, pictures
from phonoscope.media.soundtrack import BIT_RATE, Soundtrack

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet


@dataclass(frozen=True, slots=True)
class SoundKind:
    """A kind of file that sound is written to.

    Attributes
    ----------
    muxer, codec
        FFmpeg's names of the format and of the encoder.
    sample_format
        What the encoder is fed; empty where it has only one.
    has_picture
        Whether a video's picture goes into it too.
    keeps_rate
        Whether the sound keeps its own rate; else it becomes 48 kHz.
    """

    muxer: str
    codec: str
    sample_format: str = ""
    has_picture: bool = False
    keeps_rate: bool = False


SOUND_KINDS = {
    ".wav": SoundKind("wav", "pcm_s16le", "s16", keeps_rate=True),
    ".flac": SoundKind("flac", "flac", "s16", keeps_rate=True),
    ".mp3": SoundKind("mp3", "libmp3lame"),
    ".m4a": SoundKind("ipod", "aac"),
    ".aac": SoundKind("adts", "aac"),
    ".ogg": SoundKind("ogg", "libopus"),
    ".opus": SoundKind("opus", "libopus"),
    ".mp4": SoundKind("mp4", "aac", has_picture=True),
    ".m4v": SoundKind("mp4", "aac", has_picture=True),
    ".mov": SoundKind("mov", "aac", has_picture=True),
    ".mkv": SoundKind("matroska", "aac", has_picture=True),
    ".webm": SoundKind("webm", "libopus", has_picture=True),
}
"""Every kind of file by its suffix."""

_MUXER_OPTIONS = {"wav": {"rf64": "auto"}, "ipod": {"movflags": "+faststart"}, "mp4": {"movflags": "+faststart"}}
"""WAV beyond 4 GB needs another header; the index of MPEG-4 goes to the front, so that it plays while it loads."""


def sound_kind(path: Path | str) -> SoundKind:
    """Return the kind of file that `path` shall be, by its suffix.

    Raises
    ------
    UsageError
        There is no such kind.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SOUND_KINDS:
        told = f"ends in {suffix}, which is no kind of sound that is written" if suffix else "has no ending"
        known = ", ".join(name.lstrip(".") for name in SOUND_KINDS)
        raise UsageError(f"The name of the output, '{path}', {told}.", f"Choose one of: {known}.")
    return SOUND_KINDS[suffix]


def write_sound(
    path: Path | str, source: SoundStream, overwrite: bool = False, events: EventSink = ignore_events
) -> None:
    """Write sound to a file of the kind that its suffix tells, whole or not at all.

    Raises
    ------
    UsageError
        The suffix is unknown, or the file exists.
    OutputError
        It cannot be written.
    MediaError
        The source cannot be read, or is empty.
    """
    kind = sound_kind(path)
    if kind.has_picture:
        raise UsageError(f"'{path}' would be a video without a picture.", "Choose a sound file: .wav, .m4a, .mp3 …")
    events(StageStarted("write", "Writing the sound"))
    with atomic_path(path, overwrite) as part, _muxer(path, part, kind) as output:
        track: Soundtrack | None = None
        for block in _counted(source, events):
            track = track or _add_track(output, kind, block)
            track.add(block)
            _mux(output, track.encode_all())
        if track is None:
            raise MediaError("There is no sound to be written.", "Give sound that is not empty.")
        _mux(output, track.finish())
    events(FileWritten(str(path)))


def replace_sound(
    video: Path | str,
    source: SoundStream,
    path: Path | str,
    overwrite: bool = False,
    events: EventSink = ignore_events,
) -> None:
    """Write a video with another sound; its picture is copied as it is.

    Parameters
    ----------
    video
        Where the picture comes from.
    source
        The sound, in step with the video from its start; it keeps its own length.
    path
        The new file, of the kind that its suffix tells.

    Raises
    ------
    UsageError, OutputError, MediaError
        As `write_sound`; also when the picture's codec does not fit into the file.
    """
    kind = sound_kind(path)
    with opened(video) as container:
        if not kind.has_picture or not pictures(container):
            raise UsageError(f"'{video}' cannot become '{path}': one of them has no picture.", "Choose a sound file.")
        events(StageStarted("write", "Writing the video"))
        with atomic_path(path, overwrite) as part, _muxer(path, part, kind) as output:
            _copy_with_sound(container, source, output, kind, events)
    events(FileWritten(str(path)))


def has_picture(path: Path | str) -> bool:
    """Tell whether a file shows moving pictures; the cover of a song is none."""
    with opened(path) as container:
        return bool(pictures(container))


def _copy_with_sound(
    container: InputContainer, source: SoundStream, output: OutputContainer, kind: SoundKind, events: EventSink
) -> None:
    """Copy the picture's packets, and encode the sound along with them."""
    picture = pictures(container)[0]
    copied = output.add_stream_from_template(picture)
    blocks = _counted(source, events)
    first = next(blocks, None)
    if first is None:
        raise MediaError("There is no sound to be written.", "Give sound that is not empty.")
    track = _add_track(output, kind, first)
    track.add(first)
    heard_s = first.duration_s
    for packet in picture_packets(container, picture):
        seen_s = float((packet.dts or 0) * packet.time_base)
        while heard_s <= seen_s and (block := next(blocks, None)) is not None:
            track.add(block)
            heard_s += block.duration_s
        _mux(output, track.encode_until(Fraction(max(0.0, seen_s))))
        packet.stream = copied
        _mux(output, (packet,))
    for block in blocks:
        track.add(block)
        _mux(output, track.encode_all())
    _mux(output, track.finish())


def _add_track(output: OutputContainer, kind: SoundKind, first: Sound) -> Soundtrack:
    channels = 1 if first.samples.ndim == 1 else 2
    rate_hz = first.rate_hz if kind.keeps_rate else SOUND_RATE_HZ
    stream = cast("AudioStream", output.add_stream(kind.codec, rate=rate_hz))
    stream.layout = LAYOUTS[channels]
    if kind.sample_format:
        stream.format = kind.sample_format
    stream.codec_context.time_base = Fraction(1, rate_hz)
    if (kind.codec, channels) in BIT_RATE:
        stream.codec_context.bit_rate = BIT_RATE[kind.codec, channels]
    return Soundtrack(stream, first.rate_hz, channels, rate_hz)


def _counted(source: SoundStream, events: EventSink) -> Iterator[Sound]:
    """Pass blocks on, and tell how far they have come."""
    total = None if source.duration_s is None else math.ceil(source.duration_s)
    done_s = 0.0
    for block in source:
        yield block
        done_s += block.duration_s
        events(Progress("write", round(done_s), total, "s"))


@contextmanager
def _muxer(path: Path | str, part: Path, kind: SoundKind) -> Iterator[OutputContainer]:
    """Open a file to write to; what FFmpeg makes of it arrives as an OutputError."""
    import av

    try:
        options = {"fflags": "+bitexact", **_MUXER_OPTIONS.get(kind.muxer, {})}
        with av.open(str(part), "w", format=kind.muxer, options=options) as output:
            yield output
    except (PhonoscopeError, OSError):
        raise
    except (av.FFmpegError, ValueError) as error:
        raise OutputError(
            f"Cannot write '{path}': the {kind.muxer} format or its {kind.codec} encoder refused ({_reason(error)}).",
            "Choose another kind of file, such as .wav, or .mkv for a video.",
        ) from error


def _reason(error: Exception) -> str:
    """Return what FFmpeg says, without the temporary file's name."""
    return getattr(error, "strerror", None) or str(error)


def _mux(output: OutputContainer, packets: Iterable[Packet[Any]]) -> None:
    for packet in packets:
        output.mux(packet)
