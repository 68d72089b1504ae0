"""How loud sound is heard to be, how noisy, and how near to full scale (ITU-R BS.1770-5, EBU Tech 3342)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from phonoscope.core.sound import Sound, SoundStream
from phonoscope.sound.levels import Averages, SpeechLevels
from phonoscope.sound.true_peaks import TruePeaks

BLOCK_S, STEPS = 0.1, 4
"""Power is gathered in steps of 0.1 s; a gating block is four of them."""

RANGE_STEPS = 30
"""Steps in the 3 s over which the loudness range is taken."""

ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
RANGE_GATE_LU = -20.0

OFFSET_LUFS = -0.691
"""A full-scale sine of 1 kHz in one channel shall be -3.01 LUFS."""

FULL_SCALE = 0.999


@dataclass(frozen=True, slots=True)
class SoundReport:
    """What was measured of a sound.

    Attributes
    ----------
    duration_s
        Its length.
    loudness_lufs
        Integrated loudness; -inf for silence.
    range_lu
        Loudness range: how far quiet and loud passages are apart.
    true_peak_db
        Highest value between the samples too, relative to full scale; -inf for silence.
    noise_floor_db
        RMS of the quietest tenth, at least -100.
    speech_db
        RMS of the frames that are not pauses, at least -100.
    snr_db
        Estimated ratio of speech to the noise floor.
    clipped_share
        Share of the samples at full scale, 0 to 1.
    """

    duration_s: float
    loudness_lufs: float
    range_lu: float
    true_peak_db: float
    noise_floor_db: float
    speech_db: float
    snr_db: float
    clipped_share: float


class LoudnessMeter:
    """Measures a stream of sound; holds ten numbers a second of it.

    Parameters
    ----------
    peaks
        Whether true peaks are looked for, which costs most.
    """

    def __init__(self, rate_hz: int, peaks: bool = True) -> None:
        self._rate_hz = rate_hz
        self._weighting = _k_weighting(rate_hz)
        self._state: NDArray[np.float64] | None = None
        self._peaks = TruePeaks() if peaks else None
        self._step = Averages(round(BLOCK_S * rate_hz))
        self._levels = SpeechLevels(rate_hz)
        self._samples = 0
        self._clipped = 0
        self._peak = 0.0

    def take(self, planes: NDArray[np.float32]) -> None:
        """Take the next stretch of sound, shape (channels, n)."""
        from scipy.signal import sosfilt

        if planes.shape[1] == 0:
            return
        if self._state is None:
            self._state = np.zeros((len(self._weighting), len(planes), 2))
        weighted, self._state = sosfilt(self._weighting, planes, axis=1, zi=self._state)
        self._step.take((weighted**2).sum(axis=0))
        self._levels.take(planes)
        # What stays under half of the highest peak cannot exceed it between its samples.
        if self._peaks is not None:
            self._peak = max(self._peak, float(self._peaks.take(planes, self._peak / 2).max(initial=0.0)))
        self._samples += planes.shape[1]
        self._clipped += int((np.abs(planes).max(axis=0) >= FULL_SCALE).sum())

    @property
    def duration_s(self) -> float:
        """How much sound has been taken, in seconds."""
        return self._samples / self._rate_hz

    def report(self) -> SoundReport:
        """Return what has been measured so far."""
        levels = self._levels.levels()
        return SoundReport(
            duration_s=self.duration_s,
            loudness_lufs=self._integrated(),
            range_lu=self._range(),
            true_peak_db=20 * math.log10(self._peak) if self._peak else -math.inf,
            noise_floor_db=levels.floor_db,
            speech_db=levels.speech_db,
            snr_db=levels.snr_db,
            clipped_share=self._clipped / self._samples if self._samples else 0.0,
        )

    def _blocks(self, steps: int) -> NDArray[np.float64]:
        """Return the mean power of all stretches of so many steps; of the whole, where it is shorter."""
        powers = np.frombuffer(self._step.means, np.float64)
        if len(powers) < steps:
            powers = np.append(powers, self._step.rest())
            return powers.mean(keepdims=True) if len(powers) else powers
        return np.convolve(powers, np.full(steps, 1 / steps), "valid")

    def _integrated(self) -> float:
        blocks = self._blocks(STEPS)
        blocks = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
        if not len(blocks):
            return -math.inf
        gated = blocks[blocks > blocks.mean() * 10 ** (RELATIVE_GATE_LU / 10)]
        return _lufs(float(gated.mean()))

    def _range(self) -> float:
        blocks = self._blocks(RANGE_STEPS)
        blocks = blocks[blocks > _power(ABSOLUTE_GATE_LUFS)]
        if not len(blocks):
            return 0.0
        gated = blocks[blocks > blocks.mean() * 10 ** (RANGE_GATE_LU / 10)]
        quiet, loud = np.quantile(gated, (0.1, 0.95))
        return _lufs(float(loud)) - _lufs(float(quiet))


class MeteredSound:
    """A stream of sound that is measured while it is gone through."""

    def __init__(self, source: SoundStream) -> None:
        self._source = source
        self._meter = LoudnessMeter(source.rate_hz)

    @property
    def rate_hz(self) -> int:
        """Samples a second."""
        return self._source.rate_hz

    @property
    def duration_s(self) -> float | None:
        """Length in seconds; that of the source."""
        return self._source.duration_s

    def __iter__(self) -> Iterator[Sound]:
        """Yield the source's blocks."""
        self._meter = LoudnessMeter(self.rate_hz)
        for block in self._source:
            self._meter.take(np.atleast_2d(block.samples.T))
            yield block

    def report(self) -> SoundReport:
        """Return what was measured of what was gone through last."""
        return self._meter.report()


def measure(source: SoundStream) -> SoundReport:
    """Go through a stream of sound and return its loudness, peaks and noise."""
    metered = MeteredSound(source)
    for _ in metered:
        pass
    return metered.report()


def _k_weighting(rate_hz: int) -> NDArray[np.float64]:
    """Return the two filters of BS.1770 for any rate, as second-order sections.

    The parameters of the analogue filters under the standard's table for 48 kHz, as in libebur128.
    """
    gain = 10 ** (3.999843853973347 / 20)
    k = math.tan(math.pi * min(1681.974450955533, 0.45 * rate_hz) / rate_hz)
    q, band = 0.7071752369554196, gain**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = [
        (gain + band * k / q + k * k) / a0,
        2 * (k * k - gain) / a0,
        (gain - band * k / q + k * k) / a0,
        1,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    k = math.tan(math.pi * 38.13547087602444 / rate_hz)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    return np.array([shelf, [1, -2, 1, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]])


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_LUFS) / 10))


def _lufs(power: float) -> float:
    return OFFSET_LUFS + 10 * math.log10(max(power, 1e-30))
