"""Steady noise is told from speech, frame by frame and pitch by pitch, and turned down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FLOOR_DB = -14.0
"""How far noise is turned down. More would uncover the estimate's errors as chirps; what stays masks them."""

SPEECH_SNR_DB = 15.0
"""How far speech stands out where it is present, in the estimate of its presence; from the paper."""

NOISE_MEMORY = 0.8
PRESENCE_MEMORY = 0.9
"""Shares of the last frame's estimates kept, at 100 frames a second; from the paper."""

STUCK = 0.99
"""Where speech has seemed present for that long, the estimate may be wrong: noise got louder."""

DECISION_MEMORY = 0.98
"""Share of the last frame in the estimated signal-to-noise ratio; what removes chirps (Cappé 1994)."""

LOWEST_RATIO = 10 ** (-20 / 10)

POWER_MEMORY = 0.85
MINIMUM_FRAMES = 75
MINIMA = 8
"""Noise is at most `MINIMUM_FACTOR` times the least power within 8 x 0.75 s: so that held notes do not become noise."""

MINIMUM_FACTOR = 4.0
"""The least of a smoothed power lies about this far under its mean."""

FIRST_FRAMES_SHARE = 0.15
"""Share of the first frames, quietest first, from which noise is guessed at the start."""

SILENT_POWER = 1e-10
"""Power of a bin below which there is nothing: far below the last of 16 bits."""


class NoiseReducer:
    """Gains that turn steady noise down.

    Noise is tracked by the probability of speech (Gerkmann and Hendriks, doi 10.1109/TASL.2011.2180896), bounded by the
    least power of the last seconds; gains are those of the log-spectral amplitude estimator (Ephraim and Malah,
    doi 10.1109/TASSP.1985.1164550), weighed by that probability (Cohen, doi 10.1109/97.1001645).
    """

    def __init__(self, bins: int) -> None:
        self._noise: NDArray[np.float32] | None = None
        self._presence = np.full(bins, 0.5, np.float32)
        self._last_clean = np.zeros(bins, np.float32)
        self._smooth = np.zeros(bins, np.float32)
        self._minima: list[NDArray[np.float32]] = []
        self._running = np.full(bins, np.inf, np.float32)
        self._frame = 0

    def gains(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the gain of each bin.

        Parameters
        ----------
        power
            Consecutive spectra, shape (frames, bins): squared magnitudes.

        Returns
        -------
        ndarray
            Shape (frames, bins), from `FLOOR_DB` to 1.
        """
        power = power + np.float32(SILENT_POWER)
        if self._noise is None:
            # What a file begins with before its sound does is no noise to go by.
            begun = np.flatnonzero(power.mean(axis=1) > 2 * SILENT_POWER)
            if not len(begun):
                return np.ones_like(power)
            silent, power = power[: begun[0]], power[begun[0] :]
            self._noise = (np.quantile(power, FIRST_FRAMES_SHARE, axis=0) * 1.5).astype(np.float32)
            self._smooth = self._noise.copy()
            return np.concatenate([np.ones_like(silent), self._each(power)])
        return self._each(power)

    def _each(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.stack([self._next(frame) for frame in power])

    def _next(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        from scipy.special import exp1

        noise, presence = self._track(power)
        over = np.minimum(power / noise, 1e4)
        ratio = DECISION_MEMORY * self._last_clean / noise + (1 - DECISION_MEMORY) * np.maximum(over - 1, 0)
        ratio = np.clip(ratio, LOWEST_RATIO, 1e6)
        wiener = ratio / (1 + ratio)
        gain = np.minimum(wiener * np.exp(0.5 * exp1(np.maximum(wiener * over, 1e-3))), 1.0)
        self._last_clean = gain * gain * power
        floor = np.float32(10 ** (FLOOR_DB / 20))
        gains: NDArray[np.float32] = np.maximum(gain, floor) ** presence * floor ** (1 - presence)
        return gains

    def _track(self, power: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Follow the noise; return its power, and the probability of speech, of each bin."""
        noise = self._noise if self._noise is not None else power
        snr = np.float32(10 ** (SPEECH_SNR_DB / 10))
        presence = 1 / (1 + (1 + snr) * np.exp(-np.minimum(power / noise, 200.0) * snr / (1 + snr)))
        self._presence = PRESENCE_MEMORY * self._presence + (1 - PRESENCE_MEMORY) * presence
        presence = np.where(self._presence > STUCK, np.minimum(presence, STUCK), presence)
        noise = NOISE_MEMORY * noise + (1 - NOISE_MEMORY) * (presence * noise + (1 - presence) * power)
        self._noise = np.maximum(np.minimum(noise, MINIMUM_FACTOR * self._least(power)), SILENT_POWER)
        return self._noise, presence

    def _least(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the least smoothed power of the last seconds."""
        self._smooth = POWER_MEMORY * self._smooth + (1 - POWER_MEMORY) * power
        self._running = np.minimum(self._running, self._smooth)
        self._frame += 1
        least = np.minimum.reduce([self._running, *self._minima])
        if self._frame % MINIMUM_FRAMES == 0:
            self._minima = [*self._minima[1 - MINIMA :], self._running]
            self._running = self._smooth.copy()
        return np.asarray(least)
