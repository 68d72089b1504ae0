"""Decoding a track as far as its file can be read."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.video.stream import VideoStream


@dataclass(slots=True)
class Damage:
    """What could not be read: how many packets, and whether the file broke off."""

    packets: int = 0
    broken_off: bool = False

    def __bool__(self) -> bool:
        return self.broken_off or self.packets > 0


def decode_track(
    container: InputContainer, stream: AudioStream | VideoStream, damage: Damage
) -> Generator[Any, None, None]:
    """Yield the frames of a track, PyAV's own; what cannot be decoded is left out and counted in `damage`."""
    import av

    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except (av.FFmpegError, OSError):
            damage.broken_off = True
            return
        if packet is None:
            return
        try:
            frames = packet.decode()
        except av.FFmpegError:
            damage.packets += 1
            continue
        yield from frames
