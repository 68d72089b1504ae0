"""A voice in a large hall: reflections that are drawn once and always the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

DECAY_S = 1.6
"""Time in which the hall falls silent by 60 dB: a concert hall for speech and song."""

FIRST_ECHO_S = 0.02
"""The nearest wall is seven metres away, there and back."""

WET, DRY = 0.35, 0.8
"""Shares of hall and voice in the amplitude: words stay clear."""

DAMPED_HZ = 4500.0
"""Air and curtains swallow what is higher."""

SEED = 1891


def in_hall(pieces: Iterable[NDArray[np.float32]], rate_hz: int) -> Iterator[NDArray[np.float32]]:
    """Yield the sound, each piece of shape (channels, any), in a hall; the same length, the end of the echo is cut."""
    from scipy.signal import oaconvolve

    echo: NDArray[np.float32] | None = None
    tail: NDArray[np.float32] | None = None
    for piece in pieces:
        if echo is None or tail is None:
            echo = _reflections(rate_hz, len(piece))
            tail = np.zeros((len(piece), echo.shape[1] - 1), np.float32)
        wet = oaconvolve(piece, echo, axes=1).astype(np.float32)
        wet[:, : tail.shape[1]] += tail
        tail = wet[:, piece.shape[1] :].copy()
        yield DRY * piece + WET * wet[:, : piece.shape[1]]


def _reflections(rate_hz: int, channels: int) -> NDArray[np.float32]:
    """Return the hall's answer to a click, shape (channels, n), with a power of 1."""
    from scipy.signal import butter, sosfilt

    time_s = np.arange(round((FIRST_ECHO_S + DECAY_S) * rate_hz)) / rate_hz - FIRST_ECHO_S
    noise = np.random.default_rng(SEED).standard_normal((channels, len(time_s)))
    damping = butter(1, min(DAMPED_HZ, 0.4 * rate_hz), fs=rate_hz, output="sos")
    answer = sosfilt(damping, noise, axis=1) * 10 ** (-3 * np.maximum(time_s, 0) / DECAY_S) * (time_s >= 0)
    return np.asarray(answer / np.sqrt((answer**2).sum(axis=1, keepdims=True)), np.float32)
