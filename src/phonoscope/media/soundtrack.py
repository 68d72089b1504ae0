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
from phonoscope.media.options import SOUND_RATE_HZ

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler
    from av.audio.stream import AudioStream
    from av.packet import Packet

BIT_RATE = {("aac", 1): 128_000, ("aac", 2): 160_000, ("libopus", 1): 80_000, ("libopus", 2): 128_000}
"""Bits a second by codec and channels: where speech and music are transparent to most ears, and the sound is still
a small part of the file."""

LAYOUTS = {1: "mono", 2: "stereo"}
"""FFmpeg's name of a layout by its channels."""


def with_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Return sound of shape (n,) or (n, any) as shape (channels, n), mixed down or repeated."""
    planes: NDArray[np.float32] = np.atleast_2d(samples.T)
    if len(planes) == channels:
        return planes
    if channels == 1:
        return np.asarray(planes.mean(axis=0, keepdims=True), np.float32)
    return np.repeat(planes[:1], channels, axis=0) if len(planes) == 1 else planes[:channels]


class Resampler:
    """Changes the rate of a stream of sound; without delay, and without a seam between its pieces."""

    def __init__(self, from_hz: int, to_hz: int, channels: int) -> None:
        from av import AudioResampler

        self._from_hz = from_hz
        self._channels = channels
        self._inner: AudioResampler | None = (
            None if from_hz == to_hz else AudioResampler(format="fltp", layout=LAYOUTS[channels], rate=to_hz)
        )
        self._taken = 0

    def push(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take sound of shape (channels, n) and return what is ready, shape (channels, m)."""
        if self._inner is None or planes.shape[1] == 0:
            return planes
        frame = audio_frame(planes, self._from_hz, self._taken)
        self._taken += planes.shape[1]
        return self._joined(self._inner.resample(frame))

    def flush(self) -> NDArray[np.float32]:
        """Return the rest, shape (channels, m)."""
        if self._inner is None or not self._taken:
            return np.zeros((self._channels, 0), np.float32)
        return self._joined(self._inner.resample(None))

    def _joined(self, frames: list[AudioFrame]) -> NDArray[np.float32]:
        empty = np.zeros((self._channels, 0), np.float32)
        return np.concatenate([empty, *(np.asarray(f.to_ndarray(), np.float32) for f in frames)], axis=1)


class Soundtrack:
    """Turns stretches of sound into packets, never past the end of the picture.

    Sound may be given ahead of the picture; it waits here, so that the file is well interleaved and ends with its
    picture however long the sound is.
    """

    def __init__(self, stream: AudioStream, from_hz: int, channels: int) -> None:
        self._stream = stream
        self._channels = channels
        self._from_hz = from_hz
        self._resampler = Resampler(from_hz, SOUND_RATE_HZ, channels)
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
        clean = np.clip(np.nan_to_num(sound.samples), -1, 1)
        self._wait(self._resampler.push(with_channels(clean, self._channels)))

    def encode_until(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield packets of the sound that is heard before `end_s`, as far as it has been given."""
        samples = min(round(end_s * SOUND_RATE_HZ) - self._encoded_samples, self._waiting_samples)
        if samples > 0:
            frame = audio_frame(self._next(samples), SOUND_RATE_HZ, self._encoded_samples)
            self._encoded_samples += samples
            # The stream cuts it into the codec's own frames, in the codec's own format.
            yield from self._stream.encode(frame)

    def finish(self, end_s: Fraction) -> Iterator[Packet[AudioStream]]:
        """Yield the last packets, after cutting the sound or filling it with silence to end at `end_s`."""
        self._wait(self._resampler.flush())
        missing = round(end_s * SOUND_RATE_HZ) - self._encoded_samples - self._waiting_samples
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


def audio_frame(planes: NDArray[np.float32], rate_hz: int, first_sample: int) -> AudioFrame:
    """Return sound of shape (channels, n) as a frame that begins at sample `first_sample`."""
    from av import AudioFrame

    frame = AudioFrame.from_ndarray(np.ascontiguousarray(planes), format="fltp", layout=LAYOUTS[len(planes)])
    frame.sample_rate = rate_hz
    frame.time_base = Fraction(1, rate_hz)
    frame.pts = first_sample
    return frame
