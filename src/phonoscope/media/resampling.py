"""Another sample rate, or other channels, for a stream of sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.errors import MediaError
from phonoscope.core.sound import Sound, SoundStream
from phonoscope.media.channels import LAYOUTS, cleaned, to_sound_shape, with_channels

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler


class Resampler:
    """Changes the rate of a stream of sound; without delay, without a seam between its pieces, exact in length.

    All that comes out, the flush included, is round(n * to_hz / from_hz) samples long for the n that went in.
    """

    def __init__(self, from_hz: int, to_hz: int, channels: int) -> None:
        from av import AudioResampler

        self._from_hz = from_hz
        self._to_hz = to_hz
        self._channels = channels
        self._inner: AudioResampler | None = (
            None if from_hz == to_hz else AudioResampler(format="fltp", layout=LAYOUTS[channels], rate=to_hz)
        )
        self._taken = 0
        self._given = 0

    def push(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take sound of shape (channels, n) and return what is ready, shape (channels, m)."""
        if self._inner is None or planes.shape[1] == 0:
            return planes
        frame = audio_frame(planes, self._from_hz, self._taken)
        self._taken += planes.shape[1]
        return self._counted(self._joined(self._inner.resample(frame)))

    def flush(self) -> NDArray[np.float32]:
        """Return the rest, shape (channels, m)."""
        if self._inner is None or not self._taken:
            return np.zeros((self._channels, 0), np.float32)
        rest = self._counted(self._joined(self._inner.resample(None)))
        missing = round(Fraction(self._taken * self._to_hz, self._from_hz)) - self._given
        return np.pad(rest, ((0, 0), (0, max(0, missing))))

    def _counted(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cut what is more than the sound that went in is long, and count the rest."""
        room = round(Fraction(self._taken * self._to_hz, self._from_hz)) - self._given
        planes = planes[:, : max(0, room)]
        self._given += planes.shape[1]
        return planes

    def _joined(self, frames: list[AudioFrame]) -> NDArray[np.float32]:
        empty = np.zeros((self._channels, 0), np.float32)
        return np.concatenate([empty, *(np.asarray(f.to_ndarray(), np.float32) for f in frames)], axis=1)


class ResampledSound:
    """A stream of sound at another rate, with other channels; a `SoundStream` itself.

    Parameters
    ----------
    source
        The sound.
    rate_hz
        Samples a second wanted.
    channels
        1 or 2; None for as many as `source` has.
    """

    def __init__(self, source: SoundStream, rate_hz: int, channels: int | None = None) -> None:
        self._source = source
        self._rate_hz = rate_hz
        self._channels = channels

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds; that of the source."""
        return self._source.duration_s

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks: together round(n * rate_hz / source.rate_hz) samples for the source's n."""
        resampler: Resampler | None = None
        channels = self._channels or 0
        for block in self._source:
            if block.rate_hz != self._source.rate_hz:
                raise MediaError(f"Sound of {self._source.rate_hz} Hz turned to {block.rate_hz} Hz.", "Resample it.")
            channels = channels or (1 if block.samples.ndim == 1 else block.samples.shape[1])
            resampler = resampler or Resampler(self._source.rate_hz, self._rate_hz, channels)
            yield from self._as_sound(resampler.push(with_channels(cleaned(block.samples), channels)))
        if resampler is not None:
            yield from self._as_sound(resampler.flush())

    def _as_sound(self, planes: NDArray[np.float32]) -> Iterator[Sound]:
        if planes.shape[1]:
            # The filter's ripple may reach over full scale.
            yield Sound(to_sound_shape(np.clip(planes, -1, 1)), self._rate_hz)


def mono_at(source: SoundStream, rate_hz: int = 16000) -> ResampledSound:
    """Return the sound mixed down to one channel at `rate_hz`, block by block, not shifted by a sample."""
    return ResampledSound(source, rate_hz, 1)


def audio_frame(planes: NDArray[np.float32], rate_hz: int, first_sample: int) -> AudioFrame:
    """Return sound of shape (channels, n) as a frame that begins at sample `first_sample`."""
    from av import AudioFrame

    frame = AudioFrame.from_ndarray(np.ascontiguousarray(planes), format="fltp", layout=LAYOUTS[len(planes)])
    frame.sample_rate = rate_hz
    frame.time_base = Fraction(1, rate_hz)
    frame.pts = first_sample
    return frame
