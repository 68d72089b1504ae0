"""A voice without rumble, noise, sharp esses and sudden loudness; its level is left to others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.sound.dynamics import Dynamics
from phonoscope.sound.noise_reduction import NoiseReducer
from phonoscope.sound.short_time import OVERLAP, Spectra, frequencies_hz, hop_samples

RUMBLE_HZ = 80.0
"""The deepest speaking voices begin here; traffic, wind and handling lie below."""

RUMBLE_ORDER = 4


def without_rumble(pieces: Iterable[NDArray[np.float32]], rate_hz: int) -> Iterator[NDArray[np.float32]]:
    """Yield sound, each piece of shape (channels, any), without what is deeper than any voice."""
    from scipy.signal import butter, sosfilt

    filters = butter(RUMBLE_ORDER, RUMBLE_HZ, "highpass", fs=rate_hz, output="sos")
    state: NDArray[np.float64] | None = None
    for piece in pieces:
        if state is None:
            state = np.zeros((len(filters), len(piece), 2))
        filtered, state = sosfilt(filters, piece, axis=1, zi=state)
        yield np.asarray(filtered, np.float32)


class VoiceShaper:
    """Shapes spectra: noise, esses and loud syllables down, alike in all channels.

    Parameters
    ----------
    speech_db
        Level of speech in the sound; what is loud and what is sharp is told by it.
    denoise
        Whether noise is turned down.
    """

    def __init__(self, rate_hz: int, speech_db: float, denoise: bool) -> None:
        bins_hz = frequencies_hz(rate_hz)
        # Parseval: with this factor the bins of a spectrum add up to the mean square under its window.
        self._scale = np.float32(2 / (0.5 * (OVERLAP * hop_samples(rate_hz)) ** 2))
        self._noise = NoiseReducer(len(bins_hz)) if denoise else None
        self._dynamics = Dynamics(bins_hz, speech_db)

    def __call__(self, spectra: Spectra) -> Spectra:
        """Take and return consecutive spectra, shape (frames, channels, bins)."""
        power = np.asarray((spectra.real**2 + spectra.imag**2).mean(axis=1) * self._scale, np.float32)
        gains = self._noise.gains(power) if self._noise else np.ones_like(power)
        gains = gains * self._dynamics.gains(power * gains**2)
        return spectra * gains[:, None, :]
