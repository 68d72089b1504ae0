"""Sound → log-mel frames, the recogniser's eyes: 100 frames a second, whatever the recording's level or colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
"""Samples a second of the sound that is analysed."""

HOP = 160
"""Samples between two frames: 10 ms."""

FRAME_RATE_HZ = RATE_HZ // HOP

WINDOW = 400
"""Samples of a Hann window: 25 ms. Frame t is centred on sample ``t * HOP + HOP / 2``."""

FFT = 512

BANDS = 56
LOWEST_HZ, HIGHEST_HZ = 60.0, 7600.0

FLOOR = 1e-6
"""Power added to each band: the hiss of a quiet room at -82 dB, so that digital silence is not a depth of its own."""

QUIET_TOP = 1.0
"""Logarithm of the loudest bands' power in the quietest of usual recordings; below, the hiss is as much quieter."""

LOWEST_FLOOR = 1e-10
"""Least hiss: a voice 40 dB below a quiet recording drowns in it, and so do the last bits of nothing."""

DEPTH = 15.0
"""Natural logarithm: what lies more than 65 dB under the loudest frames is not looked at."""

LOUDEST = 0.97
"""Quantile of all band levels that counts as the loudest."""

BAND_SHARE = 0.7
"""How much of a recording's colour is taken out of it band by band; the rest is taken out as loudness."""

SPREAD = 3.0
"""Divisor that brings the result to about unit variance."""

_BEFORE = WINDOW // 2 - HOP // 2
"""Samples of a frame's window before its own 10 ms."""

_AFTER = WINDOW - _BEFORE - HOP


def hz_to_mel(hz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """Return O'Shaughnessy's mel scale."""
    return np.asarray(2595 * np.log10(1 + np.asarray(hz) / 700))


def mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse of `hz_to_mel`."""
    return np.asarray(700 * (10 ** (mel / 2595) - 1))


def mel_bank(warp: float = 1.0) -> NDArray[np.float32]:
    """Return the weights of the bands, shape (BANDS, FFT // 2 + 1); each band's add up to 1.

    Parameters
    ----------
    warp
        Factor on all frequencies: above 1 the bands fit a shorter vocal tract (Lee & Rose 1998).
    """
    edges = mel_to_hz(np.linspace(hz_to_mel(LOWEST_HZ), hz_to_mel(HIGHEST_HZ), BANDS + 2)) * warp
    bins_hz = np.arange(FFT // 2 + 1) * RATE_HZ / FFT
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    weights = np.maximum(0, np.minimum((bins_hz - low) / (mid - low), (high - bins_hz) / (high - mid)))
    return np.asarray(weights / (weights.sum(axis=1, keepdims=True) + 1e-3), np.float32)


@lru_cache(maxsize=1)
def _bank() -> NDArray[np.float32]:
    return np.ascontiguousarray(mel_bank().T)


@lru_cache(maxsize=1)
def _window() -> NDArray[np.float32]:
    return np.asarray(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW), np.float32)


class LogMels:
    """Log-mel frames of sound as it comes: the same frames however it is cut."""

    def __init__(self) -> None:
        self._tail = np.zeros(_BEFORE, np.float32)

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take mono samples at `RATE_HZ`, and return the frames that are complete, shape (n, BANDS)."""
        sound = np.concatenate((self._tail, samples.astype(np.float32, copy=False)))
        frames = max(0, (len(sound) - WINDOW) // HOP + 1)
        self._tail = sound[frames * HOP :]
        if not frames:
            return np.zeros((0, BANDS), np.float32)
        return _log_mels(np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[: frames * HOP : HOP])

    def end(self) -> NDArray[np.float32]:
        """Return the last frames; together there is one for every 10 ms begun."""
        rest = len(self._tail) - _BEFORE
        frames = -(-rest // HOP)
        return (
            self.push(np.zeros(frames * HOP + _AFTER - rest, np.float32)) if frames > 0 else self.push(self._tail[:0])
        )


def _log_mels(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return log band powers of windows of samples, without the hiss."""
    from scipy.fft import rfft

    spectrum = rfft(frames * _window(), FFT, axis=1)
    power = spectrum.real**2 + spectrum.imag**2
    # Not a matrix product, whose threads would spin for the next one, and give other digits on another machine.
    bands = np.einsum("tf,fb->tb", power, _bank())
    return np.asarray(np.log(bands + np.float32(LOWEST_FLOOR)), np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What a recording is like: what is taken out of its frames.

    Attributes
    ----------
    top
        Log power of its loudest bands.
    colour
        Shape (BANDS,): log power of its louder frames below `top`, the colour of voice, room and microphone.
    """

    top: float
    colour: NDArray[np.float32]


def measure(around: NDArray[np.float32]) -> Reference:
    """Tell what a recording is like from frames of it, shape (n, BANDS), n > 0."""
    top = float(np.quantile(around, LOUDEST))
    levels = _below(around, top)
    loudness = levels.mean(axis=1)
    return Reference(top, levels[loudness >= np.median(loudness)].mean(axis=0))


def _below(mels: NDArray[np.float32], top: float) -> NDArray[np.float32]:
    """Return log powers, with the hiss, as they lie below `top`."""
    hiss = np.log(FLOOR) + min(0.0, top - QUIET_TOP)
    return np.asarray(np.maximum(np.logaddexp(mels, np.float32(hiss)) - top, -DEPTH), np.float32)


def level(mels: NDArray[np.float32], reference: Reference) -> NDArray[np.float32]:
    """Take a recording's level and colour out of frames.

    Parameters
    ----------
    mels
        Shape (n, BANDS).
    reference
        What the recording is like.

    Returns
    -------
    ndarray
        float32, shape (n, BANDS), about 0 for loud speech, down to -5 for silence.
    """
    colour = reference.colour
    offset = BAND_SHARE * colour + (1 - BAND_SHARE) * colour.mean()
    return np.asarray((_below(mels, reference.top) - offset) / SPREAD, np.float32)
