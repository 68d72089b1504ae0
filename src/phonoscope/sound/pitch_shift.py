"""Pitch without speed: stretched in time, then played as much faster; the vocal tract keeps its size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import tee

import numpy as np
from numpy.typing import NDArray

from phonoscope.media.resampling import Resampler
from phonoscope.sound.short_time import OVERLAP, Spectra, frequencies_hz, hop_samples, shape_spectra
from phonoscope.sound.time_stretch import stretch

ENVELOPE_S = 0.0016
"""Detail of the spectral envelope, as a quefrency: finer than formants, coarser than the harmonics of a high voice."""

MOST_CHANGE = 12.0
"""Largest factor by which a formant is lifted or lowered: more would lift noise where a voice has nothing."""


def shift_pitch(
    pieces: Iterable[NDArray[np.float32]], rate_hz: int, pitch: float, formants: float = 1.0
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound with another pitch; the same length, no delay.

    Parameters
    ----------
    pieces
        Consecutive sound, each of shape (channels, any).
    pitch
        Factor; 2 is an octave up.
    formants
        Factor of the formants: 1 keeps the speaker's size, 1.2 makes a child.
    """
    source, original = tee(pieces)
    virtual_hz = round(rate_hz * pitch)
    shifted = _resampled(stretch(source, rate_hz, Fraction(rate_hz, virtual_hz)), virtual_hz, rate_hz)
    paired = shape_spectra(_side_by_side(original, shifted), rate_hz, _Formants(rate_hz, formants))
    for both in paired:
        yield both[len(both) // 2 :]


class Envelope:
    """The envelope of spectra: formants without harmonics, by the low end of the cepstrum."""

    def __init__(self, rate_hz: int) -> None:
        self._size = OVERLAP * hop_samples(rate_hz)
        kept = max(8, round(ENVELOPE_S * rate_hz))
        quefrency = np.minimum(np.arange(self._size), self._size - np.arange(self._size))
        self._lifter = np.where(quefrency <= kept, 0.5 + 0.5 * np.cos(np.pi * quefrency / (kept + 1)), 0.0)

    def of(self, power: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the natural logarithm of the amplitude's envelope, shape (frames, bins), for powers of that shape."""
        from scipy import fft

        loudest = power.max(axis=1, keepdims=True)
        log_amplitude = 0.5 * np.log(np.maximum(power, 1e-8 * loudest) + 1e-20)
        return np.asarray(fft.rfft(fft.irfft(log_amplitude, self._size) * self._lifter).real)


class _Formants:
    """Gives shifted sound, in the second half of the channels, the envelope of the original in the first half."""

    def __init__(self, rate_hz: int, formants: float) -> None:
        self._envelope = Envelope(rate_hz)
        self._bins_hz = frequencies_hz(rate_hz)
        self._formants = formants

    def __call__(self, spectra: Spectra) -> Spectra:
        half = spectra.shape[1] // 2
        power = spectra.real**2 + spectra.imag**2
        wanted = self._envelope.of(power[:, :half].mean(axis=1))
        if self._formants != 1:
            wanted = np.stack([np.interp(self._bins_hz / self._formants, self._bins_hz, row) for row in wanted])
        change = wanted - self._envelope.of(power[:, half:].mean(axis=1))
        most = np.log(MOST_CHANGE)
        gains = np.exp(np.clip(change, -most, most)).astype(np.float32)
        return spectra * gains[:, None, :]


def _resampled(pieces: Iterable[NDArray[np.float32]], from_hz: int, to_hz: int) -> Iterator[NDArray[np.float32]]:
    resampler: Resampler | None = None
    for piece in pieces:
        resampler = resampler or Resampler(from_hz, to_hz, len(piece))
        yield resampler.push(piece)
    if resampler is not None:
        yield resampler.flush()


def _side_by_side(
    leading: Iterable[NDArray[np.float32]], following: Iterable[NDArray[np.float32]]
) -> Iterator[NDArray[np.float32]]:
    """Yield both sounds as channels of one, as long as `leading`; `following` is cut or filled with silence."""
    others = iter(following)
    spare: NDArray[np.float32] | None = None
    for piece in leading:
        spare = np.zeros((len(piece), 0), np.float32) if spare is None else spare
        while spare.shape[1] < piece.shape[1] and (other := next(others, None)) is not None:
            spare = np.concatenate([spare, other], axis=1)
        length = piece.shape[1]
        yield np.concatenate([piece, np.pad(spare[:, :length], ((0, 0), (0, max(0, length - spare.shape[1]))))])
        spare = spare[:, length:]
