"""Speed without pitch: pieces of the wave are taken nearer or farther apart, where they fit best."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

STEP_S = 0.0125
"""Half of a window, which holds two periods of a deep voice: long enough for its pitch, short enough for a plosive."""

SEARCH_S = 0.008
"""How far a window may be moved to fit: half a period of the deepest voice; the sound is never farther off its time."""

COARSE_HZ = 8000
"""Rate at which the place is searched first."""


def stretch(pieces: Iterable[NDArray[np.float32]], rate_hz: int, speed: Fraction) -> Iterator[NDArray[np.float32]]:
    """Yield the sound `speed` times as fast, at the same pitch.

    Waveform similarity overlap-add (Verhelst and Roelands, doi 10.1109/ICASSP.1993.319366).

    Parameters
    ----------
    pieces
        Consecutive sound, each of shape (channels, any).
    speed
        2 for twice as fast.

    Yields
    ------
    ndarray
        Shape (channels, any); together round(n / speed) samples for the n that came in.
    """
    stretcher = _Stretcher(rate_hz, speed)
    taken = given = 0
    channels = 0
    for piece in pieces:
        channels = len(piece)
        taken += piece.shape[1]
        ready = stretcher.take(piece)[:, : max(0, round(taken / speed) - given)]
        given += ready.shape[1]
        if ready.shape[1]:
            yield ready
    total = round(taken / speed)
    while given < total:
        ready = stretcher.take(np.zeros((channels, rate_hz // 4 + 1), np.float32))[:, : total - given]
        given += ready.shape[1]
        if ready.shape[1]:
            yield ready


class _Stretcher:
    """The sound around the place in the source that comes next."""

    def __init__(self, rate_hz: int, speed: Fraction) -> None:
        self._speed = speed
        self._step = max(8, round(STEP_S * rate_hz))
        self._reach = max(4, round(SEARCH_S * rate_hz))
        self._stride = max(1, rate_hz // COARSE_HZ)
        self._window = np.hanning(2 * self._step + 1)[:-1].astype(np.float32)
        # Positions count from `_margin` samples of silence before the start.
        self._margin = self._step + self._reach
        self._sound: NDArray[np.float32] | None = None
        self._first = -self._margin
        self._frame = 0
        self._place = -self._step
        self._half: NDArray[np.float32] | None = None

    def take(self, planes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take sound of shape (channels, n) and return what is ready, shape (channels, m)."""
        if self._sound is None:
            self._sound = np.zeros((len(planes), self._margin), np.float32)
            self._half = np.zeros((len(planes), self._step), np.float32)
        self._sound = np.concatenate([self._sound, planes], axis=1)
        ready = [np.zeros((len(planes), 0), np.float32)]
        while (step := self._next()) is not None:
            ready.append(step)
        return np.concatenate(ready, axis=1)

    def _next(self) -> NDArray[np.float32] | None:
        """Return the next step of sound, shape (channels, step), or None until more has come in."""
        sound, half = self._sound, self._half
        # The window's middle lies where its time is in the source.
        due = round(self._frame * self._step * self._speed) - self._step
        needed = max(due, self._place + self._step) + self._reach + 2 * self._step
        if sound is None or half is None or needed + self._stride > self._first + sound.shape[1]:
            return None
        self._place = due if self._frame == 0 else self._fitting(sound, due)
        window = sound[:, self._place - self._first :][:, : 2 * self._step] * self._window
        ready = half + window[:, : self._step]
        self._half = window[:, self._step :]
        self._frame += 1
        self._forget(round(self._frame * self._step * self._speed) - self._step)
        # The first window's rising half lies before the start.
        return ready if self._frame > 1 else ready[:, :0]

    def _forget(self, due: int) -> None:
        """Let go of sound that no later window can reach."""
        old = min(due - self._reach, self._place + self._step) - self._first - self._stride
        if self._sound is not None and old > 8 * self._step:
            self._sound = self._sound[:, old:].copy()
            self._first += old

    def _fitting(self, sound: NDArray[np.float32], due: int) -> int:
        """Return the place near `due` where the sound is most like what would follow the last window."""
        mono = sound.mean(axis=0)
        natural = self._place + self._step - self._first
        start = max(0, due - self._reach - self._first)
        wanted = mono[natural : natural + 2 * self._step]
        within = mono[start : due + self._reach + 2 * self._step - self._first]
        stride = self._stride
        coarse = _best(_thinned(within, stride), _thinned(wanted, stride)) * stride
        low = max(0, coarse - stride)
        fine = within[low : coarse + stride + len(wanted)]
        return start + low + _best(fine, wanted[: len(fine)]) + self._first


def _thinned(samples: NDArray[np.float32], stride: int) -> NDArray[np.float32]:
    """Return means of consecutive samples."""
    whole = len(samples) // stride * stride
    return np.asarray(samples[:whole].reshape(-1, stride).mean(axis=1))


def _best(within: NDArray[np.float32], wanted: NDArray[np.float32]) -> int:
    """Return where in `within` a stretch is most like `wanted` (normalised correlation); the middle if all are."""
    likeness = np.correlate(within, wanted, "valid")
    energy = np.cumsum(np.concatenate([[0.0], within.astype(np.float64) ** 2]))
    energy = energy[len(wanted) :] - energy[: len(energy) - len(wanted)]
    score = likeness / np.sqrt(energy + 1e-6)
    return int(np.argmax(score)) if np.ptp(score) > 1e-6 else len(score) // 2
