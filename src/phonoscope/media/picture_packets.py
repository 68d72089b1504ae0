"""The moving picture of a file as the packets it is stored in, to be copied without being decoded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

ATTACHED_PICTURE = 0x400
"""FFmpeg's mark of a cover (AV_DISPOSITION_ATTACHED_PIC); PyAV tells it since 14.1."""


def pictures(container: InputContainer) -> list[VideoStream]:
    """Return the streams of moving pictures; the cover of a song is none."""
    return [
        stream for stream in container.streams.video if not int(getattr(stream, "disposition", 0)) & ATTACHED_PICTURE
    ]


def picture_packets(container: InputContainer, picture: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Yield all packets of a picture, counted from the file's start, each with the time when it is decoded.

    Those times rise from packet to packet, as every muxer demands.
    """
    base = picture.time_base or Fraction(1, 90_000)
    origin = round(Fraction(container.start_time or 0, 1_000_000) / base)
    last = None
    for packet in _all_timed(container.demux(picture)):
        dts = (packet.dts or 0) - origin
        dts = dts if last is None else max(dts, last + 1)
        packet.dts = last = dts
        packet.pts = None if packet.pts is None else max(packet.pts - origin, dts)
        yield packet


def _all_timed(packets: Iterable[Packet[VideoStream]]) -> Iterator[Packet[VideoStream]]:
    """Give a decoding time to packets that have none.

    Matroska stores only when a frame is shown, and FFmpeg finds out too late when the first ones are decoded.
    """
    waiting: list[Packet[VideoStream]] = []
    known = False
    for packet in packets:
        if not packet.size:  # Marks the end.
            continue
        if packet.dts is None and known:
            packet.dts = 0  # Raised to its place by the caller.
        if packet.dts is None:
            waiting.append(packet)
            continue
        if not known:
            yield from _before(waiting, packet.dts)
            waiting, known = [], True
        yield packet
    shown = [packet.pts for packet in waiting if packet.pts is not None]
    yield from _before(waiting, min(shown, default=0) + _step(waiting))


def _before(packets: list[Packet[VideoStream]], dts: int) -> Iterator[Packet[VideoStream]]:
    """Yield packets timed evenly so that the next would be decoded at `dts`."""
    step = _step(packets)
    for place, packet in enumerate(packets):
        packet.dts = dts - (len(packets) - place) * step
        yield packet


def _step(packets: list[Packet[VideoStream]]) -> int:
    return max(1, min((packet.duration or 1 for packet in packets), default=1))
