"""Sharp esses and loud syllables are turned down, frame by frame, by gains drawn from spectra."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ESS_BAND_HZ = 5000.0, 12000.0
"""Where the hiss of s, z, ʃ and tʃ lies."""

ESS_UNDER_SPEECH_DB = 6.0
"""Sibilants this far under the level of speech are clear and not yet sharp."""

ESS_SLOPE = 0.6
ESS_MOST_DB = 8.0
"""Of what is above that, this share is taken away, up to this much: more would make them lisp."""

ESS_ATTACK, ESS_RELEASE = 0.6, 0.25
"""Shares of the way to a lower or higher gain, each 10 ms."""

LOUD_OVER_SPEECH_DB = -2.0
"""Where compression begins, relative to the level of speech."""

KNEE_DB = 8.0
RATIO = 2.0
"""Above, two decibels become one; the bend is that wide."""

LEVEL_ATTACK, LEVEL_RELEASE = 0.5, 0.07
"""Shares of the way to a louder or softer level, each 10 ms: within a syllable, and over two."""


class Dynamics:
    """Gains of a de-esser and of a compressor.

    Parameters
    ----------
    bins_hz
        Frequency of each bin of the spectra.
    speech_db
        Level of speech in the sound, as `levels_db` measures it.
    """

    def __init__(self, bins_hz: NDArray[np.float64], speech_db: float) -> None:
        self._ess = (bins_hz >= ESS_BAND_HZ[0]) & (bins_hz <= ESS_BAND_HZ[1])
        self._speech_db = speech_db
        self._ess_db = 0.0
        self._level_db = speech_db - 40

    def gains(self, power: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the gain of each bin, shape (frames, bins), for spectra whose mean square is `power`, same shape."""
        gains = np.repeat(self._loudness_gains(levels_db(power))[:, None], power.shape[1], axis=1)
        if self._ess.any():
            gains[:, self._ess] *= self._ess_gains(levels_db(power[:, self._ess]))[:, None]
        return gains.astype(np.float32)

    def _ess_gains(self, hiss_db: NDArray[np.float64]) -> NDArray[np.float64]:
        over = np.maximum(0, hiss_db - (self._speech_db - ESS_UNDER_SPEECH_DB))
        wanted = np.minimum(ESS_SLOPE * over, ESS_MOST_DB)
        taken = np.empty_like(wanted)
        for place, want in enumerate(wanted.tolist()):
            self._ess_db += (want - self._ess_db) * (ESS_ATTACK if want > self._ess_db else ESS_RELEASE)
            taken[place] = self._ess_db
        return np.asarray(10 ** (-taken / 20))

    def _loudness_gains(self, heard_db: NDArray[np.float64]) -> NDArray[np.float64]:
        level = np.empty_like(heard_db)
        for place, now in enumerate(heard_db.tolist()):
            self._level_db += (now - self._level_db) * (LEVEL_ATTACK if now > self._level_db else LEVEL_RELEASE)
            level[place] = self._level_db
        over = level - (self._speech_db + LOUD_OVER_SPEECH_DB)
        # A parabola joins the two straight lines.
        bent = np.where(over < KNEE_DB / 2, np.maximum(0, over + KNEE_DB / 2) ** 2 / (2 * KNEE_DB), over)
        return np.asarray(10 ** (-bent * (1 - 1 / RATIO) / 20))


def levels_db(power: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the level of each frame in dB, at least -100, for spectra of shape (frames, bins)."""
    return np.asarray(10 * np.log10(power.sum(axis=1, dtype=np.float64) + 1e-10))
