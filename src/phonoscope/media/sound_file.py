"""The sound of a file, block by block: any length in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError, UsageError
from phonoscope.core.events import EventSink, Note, ignore_events
from phonoscope.core.sound import Sound
from phonoscope.media.channels import to_sound_shape, with_channels
from phonoscope.media.decoding import Damage
from phonoscope.media.door import opened
from phonoscope.media.resampling import Resampler
from phonoscope.media.sound_decoding import decode_sound, sound_track
from phonoscope.media.sound_gaps import in_blocks, without_gaps

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

SOUND_LIMIT_S = 24 * 3600.0
"""Longest sound that is read; small files can pretend to hold years of it."""

FINEST_RATE_HZ = 96_000
"""A finer rate is brought down to `COMMON_RATE_HZ`: nothing of a voice is lost."""

COMMON_RATE_HZ = 48_000

MISSING_S = 1.0
"""When a file ends this much earlier than it says, that is worth a note."""


@dataclass(frozen=True, slots=True)
class SoundOptions:
    """Which sound of a file is meant, and in what form.

    Attributes
    ----------
    track
        Number among the sound tracks, from 1.
    start_s, end_s
        The part that is read, in seconds from the file's start; `end_s` None for all that follows.
    rate_hz
        Samples a second; None for the file's own, up to 96000.
    channels
        1 or 2; None for the file's own, at most two.
    limit_s
        A longer sound is refused.
    """

    track: int = 1
    start_s: float = 0.0
    end_s: float | None = None
    rate_hz: int | None = None
    channels: int | None = None
    limit_s: float = SOUND_LIMIT_S

    def __post_init__(self) -> None:
        if self.track < 1:
            raise UsageError(f"There is no sound track {self.track}.", "Tracks are counted from 1.")
        if not 0 <= self.start_s < float("inf"):
            raise UsageError(f"A sound cannot start at {self.start_s} s.", "Give seconds from its start.")
        if self.end_s is not None and not self.end_s > self.start_s:
            raise UsageError(f"The part from {self.start_s:g} s to {self.end_s:g} s is empty.", "Let it end later.")
        if self.rate_hz is not None and not 4000 <= self.rate_hz <= 384_000:
            raise UsageError(f"Sound of {self.rate_hz} Hz is not possible.", "Choose 4000 to 384000.")
        if self.channels not in (None, 1, 2):
            raise UsageError(f"{self.channels} channels of sound are not possible.", "Choose 1 or 2.")


class SoundFile:
    """The sound of a file as a `SoundStream`: decoded anew each time that it is gone through.

    Silence stands wherever the file's clock goes on without sound, so that sound stays in step with its picture.

    Attributes
    ----------
    rate_hz
        Samples a second.
    channels
        1 or 2.
    duration_s
        Length of the part that is read in seconds, as far as the file tells; None where it does not.
    """

    def __init__(self, path: Path | str, options: SoundOptions, events: EventSink) -> None:
        self._path = path
        self._options = options
        self._events = events
        self._noted = False
        with opened(path) as container:
            stream = sound_track(container, options.track, str(path))
            told_s = _told_duration(container, stream)
            of_track = stream.duration is not None or len(container.streams) == 1
            damage = Damage()
            first = next(decode_sound(container, stream, damage), None)
        if first is None:
            raise MediaError(*_nothing(path, damage))
        own_hz = first.rate_hz if first.rate_hz <= FINEST_RATE_HZ else COMMON_RATE_HZ
        self.rate_hz = options.rate_hz or own_hz
        self.channels = options.channels or len(first.planes)
        # Matroska tells no track's length, only that of the longest: nothing is missing where another track ends later.
        self._told_s = told_s if of_track else None
        self.duration_s = _part(told_s, options)
        if self.duration_s is not None and self.duration_s <= -MISSING_S:
            raise _starts_late(path, options, told_s or 0.0)
        if self.duration_s is not None:
            self.duration_s = max(0.0, self.duration_s)

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks of a second.

        Raises
        ------
        MediaError
            The file cannot be read any more, ends before the part that is meant, or is too long.
        """
        start = round(self._options.start_s * self.rate_hz)
        end = None if self._options.end_s is None else round(self._options.end_s * self.rate_hz)
        heard = 0
        given = False
        damage = Damage()
        with opened(self._path) as container:
            stream = sound_track(container, self._options.track, str(self._path))
            for block in in_blocks(self._counted(self._timed(container, stream, damage)), self.rate_hz):
                part = block[:, max(0, start - heard) : None if end is None else max(0, end - heard)]
                heard += block.shape[1]
                if part.shape[1]:
                    given = True
                    yield Sound(to_sound_shape(part), self.rate_hz)
                if end is not None and heard >= end:
                    return
        heard_s = heard / self.rate_hz
        if not given:
            raise (
                _starts_late(self._path, self._options, heard_s) if heard else MediaError(*_nothing(self._path, damage))
            )
        self._note(heard_s, damage)

    def _timed(self, container: InputContainer, stream: AudioStream, damage: Damage) -> Iterator[NDArray[np.float32]]:
        """Yield sound of the wanted rate and channels, shape (channels, any), with silence in the gaps."""
        origin_s = (container.start_time or 0) / 1_000_000
        resampler: Resampler | None = None
        from_hz = 0
        for stretch in without_gaps(decode_sound(container, stream, damage), origin_s):
            if resampler is None or stretch.rate_hz != from_hz:
                if resampler is not None:
                    yield resampler.flush()
                from_hz = stretch.rate_hz
                resampler = Resampler(from_hz, self.rate_hz, self.channels)
            yield resampler.push(with_channels(stretch.planes.T, self.channels))
        if resampler is not None:
            yield resampler.flush()

    def _counted(self, pieces: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
        """Pass sound on until it is too long."""
        heard = 0
        for piece in pieces:
            heard += piece.shape[1]
            if heard > self._options.limit_s * self.rate_hz:
                limit = f"{self._options.limit_s / 3600:g} h" if self._options.limit_s >= 7200 else ""
                raise MediaError(
                    f"The sound of '{self._path}' is longer than {limit or f'{self._options.limit_s:g} s'}.",
                    "Cut it into parts.",
                )
            yield piece

    def _note(self, heard_s: float, damage: Damage) -> None:
        """Tell once what could not be read."""
        short = self._told_s is not None and heard_s < self._told_s - max(MISSING_S, 0.02 * self._told_s)
        if self._noted or not (damage or short):
            return
        self._noted = True
        told = f"ends after {heard_s:.1f} s instead of {self._told_s:.1f} s" if short else "is damaged in places"
        self._events(Note(f"'{self._path}' {told}; what could be read is used."))


def open_sound(path: Path | str, options: SoundOptions | None = None, events: EventSink = ignore_events) -> SoundFile:
    """Open the sound of a sound or video file; decoding happens while it is gone through.

    Parameters
    ----------
    path
        Any sound or video file that FFmpeg reads.
    options
        Track, part, rate and channels; None for the whole first track as it is.
    events
        Takes a note when parts of the file are damaged.

    Raises
    ------
    MediaError
        The file cannot be read, or has no such sound.
    """
    return SoundFile(path, options or SoundOptions(), events)


def _told_duration(container: InputContainer, stream: AudioStream) -> float | None:
    """Return the length of a track in seconds from the file's start, as the file tells it."""
    if stream.duration is not None and stream.time_base is not None:
        late_s = float((stream.start_time or 0) * stream.time_base) - (container.start_time or 0) / 1_000_000
        return float(stream.duration * stream.time_base) + max(0.0, late_s)
    return container.duration / 1_000_000 if container.duration else None


def _part(told_s: float | None, options: SoundOptions) -> float | None:
    """Return how long the part that is meant is."""
    if told_s is None:
        return None
    return (told_s if options.end_s is None else min(told_s, options.end_s)) - options.start_s


def _starts_late(path: Path | str, options: SoundOptions, length_s: float) -> MediaError:
    return MediaError(
        f"'{path}' is {length_s:.1f} s long: nothing is left from {options.start_s:g} s on.",
        "Let the part begin earlier.",
    )


def _nothing(path: Path | str, damage: Damage) -> tuple[str, str]:
    if damage:
        return f"The sound of '{path}' is damaged: none of it can be read.", "Give another copy of the file."
    return f"The sound of '{path}' is empty.", "Give a file that has sound."
