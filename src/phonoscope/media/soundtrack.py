"""The sound of a video file: resampled, cut or padded to the length of the picture, encoded."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import UsageError
from phonoscope.core.sound import Sound
from phonoscope.media.channels import cleaned, with_channels
from phonoscope.media.options import SOUND_RATE_HZ
from phonoscope.media.resampling import Resampler, audio_frame

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.packet import Packet

BIT_RATE = {
    ("aac", 1): 128_000,
    ("aac", 2): 160_000,
    ("libopus", 1): 80_000,
    ("libopus", 2): 128_000,
    ("libmp3lame", 1): 128_000,
    ("libmp3lame", 2): 192_000,
}
"""Bits a second by codec and channels: where speech and music are transparent to most ears, and the sound is still
a small part of the file."""


class Soundtrack:
    """Turns stretches of sound into packets, never past the end of the picture.

    Sound may be given ahead of the picture; it waits here, so that the file is well interleaved and ends with its
    picture however long the sound is.

    Parameters
    ----------
    stream
        The encoder.
    from_hz, to_hz
        Rate of the sound that will be given, and that in the file.
    channels
        1 or 2, in the file.
    """

    def __init__(self, stream: AudioStream, from_hz: int, channels: int, to_hz: int = SOUND_RATE_HZ) -> None:
        self._stream = stream
        self._channels = channels
        self._from_hz = from_hz
        self._to_hz = to_hz
        self._resampler = Resampler(from_hz, to_hz, channels)
        self._waiting: deque[NDArray[np.float32]] = deque()
        self._waiting_samples = 0
        self._encoded_samples = 0

    def add(self, sound: Sound) -> None:
        """Take the next stretch of sound."""
        if sound.rate_hz != self._from_hz:
            raise UsageError(
                f"Sound of {sound.rate_hz} Hz was given to a file that was announced {self._from_hz} Hz.",
                "Resample it first.",
            )
        # Samples outside [-1, 1] and NaN make the encoder fail or bang.
        self._wait(self._resampler.push(with_channels(cleaned(sound.samples), self._channels)))

    def encode_until(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield packets of the sound that is heard before `end_s`, as far as it has been given."""
        yield from self._encode(min(round(end_s * self._to_hz) - self._encoded_samples, self._waiting_samples))

    def encode_all(self) -> Iterator[Packet[AudioStream]]:
        """Yield packets of all the sound that has been given."""
        yield from self._encode(self._waiting_samples)

    def _encode(self, samples: int) -> Iterator[Packet[AudioStream]]:
        if samples > 0:
            frame = audio_frame(self._next(samples), self._to_hz, self._encoded_samples)
            self._encoded_samples += samples
            # The stream cuts it into the codec's own frames, in the codec's own format.
            yield from self._stream.encode(frame)

    def finish(self, end_s: Fraction | None = None) -> Iterator[Packet[AudioStream]]:
        """Yield the last packets, after cutting the sound or filling it with silence to end at `end_s`, if given."""
        self._wait(self._resampler.flush())
        if end_s is None:
            yield from self.encode_all()
        else:
            missing = round(end_s * self._to_hz) - self._encoded_samples - self._waiting_samples
            if missing > 0:
                self._wait(np.zeros((self._channels, missing), np.float32))
            yield from self.encode_until(end_s)
        yield from self._stream.encode(None)

    def _wait(self, planes: NDArray[np.float32]) -> None:
        if planes.shape[1]:
            self._waiting.append(planes)
            self._waiting_samples += planes.shape[1]

    def _next(self, samples: int) -> NDArray[np.float32]:
        """Return the next `samples` of those that wait, shape (channels, samples)."""
        pieces = []
        missing = samples
        while missing:
            head = self._waiting.popleft()
            if head.shape[1] > missing:
                self._waiting.appendleft(head[:, missing:])
                head = head[:, :missing]
            pieces.append(head)
            missing -= head.shape[1]
        self._waiting_samples -= samples
        return np.concatenate(pieces, axis=1)
