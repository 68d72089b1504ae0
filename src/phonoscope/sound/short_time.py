"""Sound taken apart into short overlapping spectra, changed, and put together again: the same length, no delay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

HOP_S = 0.01
"""From one spectrum to the next: as often as phones change."""

OVERLAP = 4
"""Spectra that see each sample. Their windows are 40 ms long, which holds two periods of the deepest voice."""

Spectra = NDArray[np.complex64]
ShapeSpectra = Callable[[Spectra], Spectra]


def frequencies_hz(rate_hz: int) -> NDArray[np.float64]:
    """Return the frequency of each bin of a spectrum."""
    return np.fft.rfftfreq(OVERLAP * hop_samples(rate_hz), 1 / rate_hz)


def hop_samples(rate_hz: int) -> int:
    """Return how many samples lie from one spectrum to the next."""
    return max(1, round(HOP_S * rate_hz))


def shape_spectra(
    pieces: Iterable[NDArray[np.float32]], rate_hz: int, shape: ShapeSpectra
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound with its spectra changed.

    Parameters
    ----------
    pieces
        Consecutive sound, each of shape (channels, any).
    shape
        Takes consecutive spectra, complex64 of shape (frames, channels, bins), and returns as many. A spectrum of 1 is
        a constant of 1 / window length; both windows are square roots of a Hann window.

    Yields
    ------
    ndarray
        Shape (channels, any); together as long as what came in.
    """
    from scipy import fft

    hop = hop_samples(rate_hz)
    size = OVERLAP * hop
    window = np.sqrt(np.hanning(size + 1)[:-1]).astype(np.float32)
    joiner = _Joiner(hop)
    waiting: NDArray[np.float32] | None = None
    taken = given = 0
    for piece in _padded(pieces, size):
        if waiting is None:
            waiting = np.zeros((len(piece.samples), size - hop), np.float32)
        taken += 0 if piece.is_padding else piece.samples.shape[1]
        waiting = np.concatenate([waiting, piece.samples], axis=1)
        count = (waiting.shape[1] - size) // hop + 1
        if count < 1:
            continue
        frames = np.lib.stride_tricks.sliding_window_view(waiting, size, axis=1)[:, : count * hop : hop].swapaxes(0, 1)
        spectra = shape(fft.rfft(frames * window, axis=-1))
        ready = joiner.join(fft.irfft(spectra, size, axis=-1) * (window * np.float32(2 / OVERLAP)))
        waiting = waiting[:, count * hop :].copy()
        ready = ready[:, : taken - given]
        given += ready.shape[1]
        if ready.shape[1]:
            yield ready


class _Piece:
    """Sound, or the silence behind its end that pushes the last of it out."""

    __slots__ = ("is_padding", "samples")

    def __init__(self, samples: NDArray[np.float32], is_padding: bool = False) -> None:
        self.samples = samples
        self.is_padding = is_padding


def _padded(pieces: Iterable[NDArray[np.float32]], size: int) -> Iterator[_Piece]:
    channels = 0
    for piece in pieces:
        channels = len(piece)
        yield _Piece(piece)
    if channels:
        yield _Piece(np.zeros((channels, size), np.float32), is_padding=True)


class _Joiner:
    """Adds overlapping frames up; what lies before the sound's start is dropped."""

    def __init__(self, hop: int) -> None:
        self._hop = hop
        self._tail: NDArray[np.float32] | None = None
        self._skip = (OVERLAP - 1) * hop

    def join(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take frames of shape (frames, channels, window) and return finished sound, shape (channels, n)."""
        count, channels, _ = frames.shape
        hop = self._hop
        total = np.zeros((channels, (count + OVERLAP - 1) * hop), np.float32)
        if self._tail is not None:
            total[:, : self._tail.shape[1]] = self._tail
        for part in range(OVERLAP):
            quarter = frames[:, :, part * hop : (part + 1) * hop].swapaxes(0, 1).reshape(channels, count * hop)
            total[:, part * hop : (part + count) * hop] += quarter
        self._tail = total[:, count * hop :].copy()
        done = total[:, : count * hop]
        dropped = min(self._skip, done.shape[1])
        self._skip -= dropped
        return done[:, dropped:]
