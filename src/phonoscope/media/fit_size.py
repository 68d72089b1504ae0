"""A finished video that turned out too large is encoded again, in two passes, to a number of bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from phonoscope.core.errors import OutputError
from phonoscope.core.events import EventSink, Progress, StageStarted, ignore_events
from phonoscope.media.door import opened
from phonoscope.media.joined_sound import CopiedSound, has_sound
from phonoscope.media.movie import file_tags, let_go, mux, muxer_options
from phonoscope.media.options import VideoOptions
from phonoscope.media.output import part_of
from phonoscope.media.picture_stream import Aim, add_picture_stream, has_two_passes, last_packets
from phonoscope.media.size_limit import USED_SHARE, check_limitable
from phonoscope.media.writer import explained

if TYPE_CHECKING:
    import av

TRIES = 4
"""How often a video is encoded again; two passes meet a rate within some percent, so the second try fits."""

LEAST_BIT_RATE = 10_000
"""Bits a second of picture, below which nothing can be seen."""


def fit_size(path: Path | str, limit_bytes: int, options: VideoOptions, events: EventSink = ignore_events) -> bool:
    """Encode a video again if it is larger than `limit_bytes`, so that it is not; its sound is copied.

    Parameters
    ----------
    path
        The video; it is replaced.
    options
        How it was written.
    events
        Takes the progress, in frames.

    Returns
    -------
    bool
        Whether it was too large.

    Raises
    ------
    UsageError
        Its codec has no bit rate to be aimed at.
    OutputError
        It cannot be made so small, or not be written; then it is as it was.
    MediaError
        It cannot be read.
    """
    check_limitable(options)
    place = Path(path)
    size_bytes = place.stat().st_size
    if size_bytes <= limit_bytes:
        return False
    frames, sound_bytes = _measured(place)
    room_bits = (limit_bytes * USED_SHARE - sound_bytes) * 8
    bit_rate = int(room_bits * options.fps / max(1, frames))
    passes = 2 if has_two_passes(options) else 1
    with part_of(place, overwrite=True) as part:
        try:
            for number in range(TRIES):
                if bit_rate < LEAST_BIT_RATE:
                    break
                events(StageStarted("fit", f"Making the video smaller, attempt {number + 1}"))
                _encode(place, part, bit_rate, options, _Counter(frames * passes, events))
                size_bytes = part.stat().st_size
                if size_bytes <= limit_bytes:
                    return True
                picture_bytes = max(1, size_bytes - sound_bytes)
                bit_rate = int(bit_rate * min(0.95, (limit_bytes * USED_SHARE - sound_bytes) / picture_bytes))
        except Exception as error:
            raise explained(error, path) from error
        raise OutputError(
            f"'{path}' cannot be made smaller than {limit_bytes / 1e6:.3g} MB.",
            "Allow more, choose a smaller size in pixels, or make the video shorter.",
        )


class _Counter:
    """Tells how many frames are done, over all passes."""

    def __init__(self, frames: int, events: EventSink) -> None:
        self._total = frames
        self._done = 0
        self._events = events

    def count(self) -> None:
        """Count one more."""
        self._done += 1
        if self._done % 100 == 0 or self._done == self._total:
            self._events(Progress("fit", self._done, self._total, "frames"))


def _measured(path: Path) -> tuple[int, int]:
    """Return the number of frames of a video, and the bytes of its sound."""
    frames = sound_bytes = 0
    with opened(path) as source:
        for packet in source.demux():
            if packet.stream.type == "audio":
                sound_bytes += packet.size
            elif packet.size:
                frames += 1
    return frames, sound_bytes


def _encode(source: Path, part: Path, bit_rate: int, options: VideoOptions, counter: _Counter) -> None:
    """Encode a video to `part`, in two passes where its encoder has them."""
    with tempfile.TemporaryDirectory(dir=part.parent, prefix=".passes-") as folder:
        notes = Path(folder) / "notes"
        if has_two_passes(options):
            _one_pass(source, Path(folder) / f"first{part.suffix}", options, Aim(bit_rate, 1, notes), counter)
        _one_pass(source, part, options, Aim(bit_rate, 2, notes), counter)


def _one_pass(source: Path, target: Path, options: VideoOptions, aim: Aim, counter: _Counter) -> None:
    import av

    container = av.open(str(target), "w", format=options.kind.muxer, options=muxer_options(options))
    try:
        container.metadata.update(file_tags(options))
        stream = add_picture_stream(container, options, aim=aim)
        sound = CopiedSound(container, source) if has_sound(source) else None
        frames = 0
        for picture in _pictures(source, options):
            picture.pts, picture.time_base = frames, 1 / options.fps
            frames += 1
            mux(container, stream.encode(picture))
            mux(container, sound.until(frames / options.fps) if sound else ())
            counter.count()
        mux(container, sound.finish(frames / options.fps) if sound else ())
        mux(container, last_packets(stream, frames, options))
        container.close()
    finally:
        let_go(container)


def _pictures(path: Path, options: VideoOptions) -> Iterator[av.VideoFrame]:
    """Yield the pictures of a video as its encoder wants them."""
    with opened(path) as source:
        for picture in source.decode(source.streams.video[0]):
            fed = picture.reformat(format=options.kind.pixel_format)
            # Else the encoder makes the same keyframes and B-frames as the last one.
            fed.pict_type = 0
            yield fed
