"""The frames of a sound track, decoded one after another, as far as the file can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.media.channels import LAYOUTS, cleaned, mix_down
from phonoscope.media.decoding import Damage, decode_track

if TYPE_CHECKING:
    from av import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

FULL_SCALE = {"u1": 128.0, "i2": 32768.0, "i4": 2147483648.0}
"""What a whole number of each numpy type stands for 1.0; eight bits are centred on 128."""

RECORDED_RATES_HZ = 4000, 1_600_000
"""Below, nothing that could be told apart is left of speech; above, nothing has ever been recorded."""


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """One decoded frame.

    Attributes
    ----------
    planes
        float32, shape (1 or 2, n), in [-1, 1].
    start_s
        Seconds on the file's clock; None where it does not tell.
    """

    planes: NDArray[np.float32]
    rate_hz: int
    start_s: float | None


def sound_track(container: InputContainer, number: int, name: str) -> AudioStream:
    """Return the sound track of that number, counted from 1.

    Raises
    ------
    MediaError
        There is no such track; the message lists those that there are.
    """
    tracks = container.streams.audio
    if not tracks:
        raise MediaError(f"'{name}' has no sound.", "Give a file that has.")
    if not 1 <= number <= len(tracks):
        there_are = "one sound track" if len(tracks) == 1 else f"{len(tracks)} sound tracks"
        listed = "; ".join(f"{place}: {_described(track)}" for place, track in enumerate(tracks, 1))
        raise MediaError(f"'{name}' has {there_are}, and no track {number}.", f"Choose one of: {listed}.")
    return tracks[number - 1]


def decode_sound(container: InputContainer, stream: AudioStream, damage: Damage) -> Iterator[Stretch]:
    """Yield the frames of a sound track, mixed down to at most two channels.

    What cannot be decoded is left out and counted in `damage`; timestamps tell where.
    """
    for frame in decode_track(container, stream, damage):
        if frame.samples:
            yield _stretch(frame)


def _stretch(frame: AudioFrame) -> Stretch:
    rate_hz = frame.sample_rate
    if not RECORDED_RATES_HZ[0] <= rate_hz <= RECORDED_RATES_HZ[1]:
        raise MediaError(
            f"The sound has {rate_hz} samples a second, which is no speech.",
            f"Give a recording of {RECORDED_RATES_HZ[0]} samples a second or more.",
        )
    start_s = None if frame.pts is None or frame.time_base is None else float(frame.pts * frame.time_base)
    speakers = [channel.name for channel in frame.layout.channels]
    return Stretch(mix_down(cleaned(_planes(frame)), speakers), rate_hz, start_s)


def _planes(frame: AudioFrame) -> NDArray[np.float32]:
    """Return a frame as float32, shape (channels, n)."""
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    scale = FULL_SCALE.get(samples.dtype.str[1:])
    if scale is None:
        return np.asarray(samples, np.float32)
    centre = 128 if samples.dtype == np.uint8 else 0
    # In double precision: 32-bit samples near full scale would round up to 1.
    return np.asarray((samples.astype(np.float64) - centre) / scale, np.float32)


def _described(track: AudioStream) -> str:
    """Return a track in words: ``aac, 48000 Hz, stereo, eng, Commentary``."""
    context = track.codec_context
    parts = (
        context.name,
        f"{context.sample_rate} Hz",
        LAYOUTS.get(context.layout.nb_channels) or context.layout.name,
        track.metadata.get("language", ""),
        track.metadata.get("title", ""),
    )
    return ", ".join(part for part in parts if part and part != "und")
