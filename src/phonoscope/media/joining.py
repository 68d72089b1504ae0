"""Segments of a video become one file: their pictures are copied, not encoded again, and sound comes with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import MediaError
from phonoscope.core.events import EventSink, FileWritten, Progress, StageStarted, ignore_events
from phonoscope.core.sound import SoundStream
from phonoscope.media.codecs import codec_of
from phonoscope.media.door import opened
from phonoscope.media.joined_sound import blocks_until, joined_sound, sound_stream
from phonoscope.media.lossless import read_lossless
from phonoscope.media.movie import file_tags, let_go, mux, muxer_options
from phonoscope.media.options import VideoOptions
from phonoscope.media.output import part_of
from phonoscope.media.picture_stream import describe_stream
from phonoscope.media.segments import is_copied_when_joined
from phonoscope.media.writer import VideoWriter, explained

if TYPE_CHECKING:
    from av.container import InputContainer, OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

_REMEDY = "Make the segments again, all with the same options."


def join_segments(
    segments: Sequence[Path],
    sound: Path | SoundStream | None,
    output: Path | str,
    options: VideoOptions,
    events: EventSink = ignore_events,
) -> None:
    """Put segments together into one video, whole or not at all.

    Parameters
    ----------
    segments
        Files of `SegmentWriter`, in their order, written with these `options`.
    sound
        A file or a stream, which ends with the picture or earlier; None for a silent video. A file whose codec and
        channels are those wanted (see `joined_sound.encode_sound`) is copied; anything else is encoded, and filled
        with silence to the end.
    output
        Where the video shall be.
    options
        How it shall be written; `sound_rate_hz` is that of the sound given, whatever it says here.
    events
        Takes the progress, in segments.

    Raises
    ------
    UsageError, OutputError
        As `VideoWriter`.
    MediaError
        A segment or the sound cannot be read, or a segment was written with other options.
    """
    if not segments:
        raise MediaError("There are no segments to be joined.", "Make at least one.")
    events(StageStarted("join", "Joining the segments"))
    if is_copied_when_joined(options):
        with part_of(output, options.overwrite) as part:
            try:
                _copy(segments, sound, part, options, events)
            except Exception as error:
                raise explained(error, output) from error
    else:
        _draw_again(segments, sound, output, options, events)
    events(FileWritten(str(output)))


def _copy(
    segments: Sequence[Path],
    sound: Path | SoundStream | None,
    part: Path,
    options: VideoOptions,
    events: EventSink,
) -> None:
    """Copy the packets of all segments, with the sound that is heard meanwhile."""
    import av

    container = av.open(str(part), "w", format=options.kind.muxer, options=muxer_options(options))
    try:
        container.metadata.update(file_tags(options))
        stream, header = _add_copied(container, segments[0], options)
        track = joined_sound(container, sound, options)
        frames = 0
        for number, segment in enumerate(segments):
            for packet in _placed(segment, header, frames, options):
                packet.stream = stream
                container.mux(packet)
                frames += 1
                if track is not None:
                    mux(container, track.until(frames / options.fps))
            events(Progress("join", number + 1, len(segments), "segments"))
        if track is not None:
            mux(container, track.finish(frames / options.fps))
        container.close()
    finally:
        let_go(container)


def _add_copied(container: OutputContainer, segment: Path, options: VideoOptions) -> tuple[VideoStream, bytes | None]:
    """Add a stream like that of a segment; return it with its header, which is that of all segments."""
    with opened(segment) as source:
        model = _picture_of(source, segment)
        # Of the decoder, not of an encoder: several decoders have no encoder of their name.
        stream = container.add_stream_from_template(model, opaque=True)
        stream.codec_context.framerate = options.fps
        describe_stream(stream, options)
        return stream, model.codec_context.extradata


def _placed(path: Path, header: bytes | None, first: int, options: VideoOptions) -> Iterator[Packet[VideoStream]]:
    """Yield a segment's packets in the order in which they are decoded, timed as the frames from number `first` on.

    Matroska tells when a frame is shown, in rounded milliseconds. When it is decoded follows from its place, which
    also goes on evenly from one segment to the next.
    """
    reordered = codec_of(options.kind.video_codec).reordered
    shown = decoded = 0
    with opened(path) as source:
        stream = _picture_of(source, path)
        context = stream.codec_context
        if (context.width, context.height) != options.size_px or context.extradata != header:
            raise MediaError(f"The segment '{path}' was not made with the options of the others.", _REMEDY)
        for packet in source.demux(stream):
            if not packet.size:  # Marks the end.
                continue
            if packet.pts is None or (decoded == 0 and not packet.is_keyframe):
                raise MediaError(f"The segment '{path}' is damaged.", _REMEDY)
            number = round(packet.pts * packet.time_base * options.fps)
            shown += number
            packet.time_base = 1 / options.fps
            packet.pts, packet.dts, packet.duration = first + number, first + decoded - reordered, 1
            if packet.pts < packet.dts:
                raise MediaError(f"The frames of the segment '{path}' are in an unknown order.", _REMEDY)
            decoded += 1
            yield packet
    # Every number from zero on was there once.
    if not decoded or shown != decoded * (decoded - 1) // 2:
        raise MediaError(f"The segment '{path}' lacks frames.", _REMEDY)


def _picture_of(source: InputContainer, path: Path) -> VideoStream:
    if not source.streams.video:
        raise MediaError(f"'{path}' is no segment of a video.", _REMEDY)
    return source.streams.video[0]


def _draw_again(
    segments: Sequence[Path],
    sound: Path | SoundStream | None,
    output: Path | str,
    options: VideoOptions,
    events: EventSink,
) -> None:
    """Write the frames of lossless segments as another kind of file."""
    source = None if sound is None or options.container == "gif" else sound_stream(sound, options)
    told = replace(options, sound_rate_hz=None if source is None else source.rate_hz)
    blocks = iter(source or ())
    given_s = Fraction(0)
    with VideoWriter(output, told) as writer:
        for number, segment in enumerate(segments):
            for frame in read_lossless(segment, options.transparent):
                writer.write_frame(frame)
                for block in blocks_until(blocks, given_s, writer.frames / options.fps):
                    writer.write_sound(block)
                    given_s += Fraction(len(block.samples), block.rate_hz)
            events(Progress("join", number + 1, len(segments), "segments"))
