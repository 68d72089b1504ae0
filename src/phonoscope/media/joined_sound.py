"""The sound that joins a video: the packets of a file that is encoded already, or encoded on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.door import opened
from phonoscope.media.movie import add_soundtrack, let_go, mux
from phonoscope.media.options import SOUND_RATE_HZ, VideoOptions
from phonoscope.media.output import part_of
from phonoscope.media.resampling import ResampledSound
from phonoscope.media.sound_file import SoundOptions, open_sound
from phonoscope.media.sound_writer import write_sound
from phonoscope.media.writer import explained

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.packet import Packet

_ENCODER_NAMES = {"libopus": "opus"}
"""What the codec of an encoder is called, where it is not the encoder's name."""


SOUND_FILES = {"aac": ("ipod", ".m4a"), "libopus": ("opus", ".opus")}
"""FFmpeg's format and the suffix of a file for sound that is copied into a video later, by its encoder; else WAV."""


def encode_sound(sound: SoundStream, folder: Path, options: VideoOptions) -> Path:
    """Encode sound as a video wants it, so that `join_segments` only has to copy it.

    It takes two seconds a minute, in which other processes draw.

    Parameters
    ----------
    folder
        Where the file goes; one that is there is replaced.
    options
        How the video will be written.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OutputError
        It cannot be written.
    MediaError
        The sound cannot be read.
    """
    import av

    muxer, suffix = SOUND_FILES.get(options.kind.sound_codec, ("wav", ".wav"))
    path = folder / f"sound{suffix}"
    if muxer == "wav":
        write_sound(path, ResampledSound(sound, SOUND_RATE_HZ, options.sound_channels), overwrite=True)
        return path
    with part_of(path, overwrite=True) as part:
        container = av.open(str(part), "w", format=muxer, options={"fflags": "+bitexact"})
        try:
            track = add_soundtrack(container, replace(options, sound_rate_hz=sound.rate_hz))
            for block in sound:
                track.add(block)
                mux(container, track.encode_all())
            mux(container, track.finish())
            container.close()
        except Exception as error:
            raise explained(error, path) from error
        finally:
            let_go(container)
    return path


class JoinedSound(Protocol):
    """Packets of sound, taken along with the frames that they belong to."""

    def until(self, end_s: Fraction) -> Iterator[Packet[Any]]:
        """Yield the packets that come before `end_s`."""
        ...

    def finish(self, end_s: Fraction) -> Iterator[Packet[Any]]:
        """Yield the last packets of sound that ends with the picture, at `end_s`."""
        ...


def joined_sound(
    container: OutputContainer, sound: Path | SoundStream | None, options: VideoOptions
) -> JoinedSound | None:
    """Add sound to a file that is written, and return what gives its packets; None where there is none.

    Raises
    ------
    MediaError
        The sound cannot be read.
    """
    if sound is None or not options.kind.sound_codec:
        return None
    if isinstance(sound, Path) and _fits(sound, options):
        return CopiedSound(container, sound)
    return EncodedSound(container, sound_stream(sound, options), options)


def sound_stream(sound: Path | SoundStream, options: VideoOptions) -> SoundStream:
    """Return the sound of a file, or a stream as it is."""
    return open_sound(sound, SoundOptions(channels=options.sound_channels)) if isinstance(sound, Path) else sound


class EncodedSound:
    """Encodes a stream of sound, not much further than the picture has come."""

    def __init__(self, container: OutputContainer, source: SoundStream, options: VideoOptions) -> None:
        self._track = add_soundtrack(container, replace(options, sound_rate_hz=source.rate_hz))
        self._blocks = iter(source)
        self._given_s = Fraction(0)

    def until(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield the packets that come before `end_s`."""
        for block in blocks_until(self._blocks, self._given_s, end_s):
            self._given_s += Fraction(len(block.samples), block.rate_hz)
            self._track.add(block)
        yield from self._track.encode_until(end_s)

    def finish(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield the last packets, after cutting the sound or filling it with silence to end at `end_s`."""
        yield from self.until(end_s)
        yield from self._track.finish(end_s)


class CopiedSound:
    """Copies the packets of a file."""

    def __init__(self, container: OutputContainer, path: Path) -> None:
        with opened(path) as source:
            self._stream = container.add_stream_from_template(source.streams.audio[0], opaque=True)
        self._packets = _packets(path)
        self._next: Packet[Any] | None = next(self._packets, None)

    def until(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield the packets that end before `end_s`."""
        while (packet := self._next) is not None and _end_s(packet) <= end_s:
            self._next = next(self._packets, None)
            packet.stream = self._stream
            yield packet

    def finish(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield the last packets; sound that goes on over `end_s` is cut there, sound that ends earlier stays so."""
        yield from self.until(end_s)
        packet = self._next
        if packet is not None and packet.pts is not None:
            left = int(end_s / packet.time_base) - packet.pts
            if left > 0:
                packet.duration = left
                packet.stream = self._stream
                yield packet


def _packets(path: Path) -> Iterator[Packet[Any]]:
    with opened(path) as source:
        for packet in source.demux(source.streams.audio[0]):
            if packet.size:
                yield packet


def blocks_until(blocks: Iterator[Sound], given_s: Fraction, end_s: Fraction) -> Iterator[Sound]:
    """Yield as many blocks as reach to `end_s`, after those that reach to `given_s`."""
    while given_s < end_s and (block := next(blocks, None)) is not None:
        given_s += Fraction(len(block.samples), block.rate_hz)
        yield block


def has_sound(path: Path) -> bool:
    """Tell whether a file has a sound track."""
    with opened(path) as source:
        return bool(source.streams.audio)


def _end_s(packet: Packet[Any]) -> Fraction:
    return ((packet.pts or 0) + (packet.duration or 0)) * packet.time_base


def _fits(path: Path, options: VideoOptions) -> bool:
    """Tell whether the sound of a file is already what the video wants."""
    wanted = options.kind.sound_codec
    with opened(path) as source:
        if not source.streams.audio:
            return False
        track = source.streams.audio[0]
        found = track.codec_context
        return (
            found.codec.name in (wanted, _ENCODER_NAMES.get(wanted), f"{wanted}float")
            and found.sample_rate == SOUND_RATE_HZ
            and found.layout.nb_channels == options.sound_channels
        )
