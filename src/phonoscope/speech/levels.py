"""How loud speech is, and how it is kept from clipping."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TARGET_RMS_DB = -20.0
"""Level of running speech in dB of full scale; leaves 20 dB for peaks (EBU R 128 speech lies near -23 LUFS)."""

CEILING = 0.89
"""Highest sample that leaves here: -1 dB, so that lossy coding does not clip."""

_KNEE = 0.6  # samples below pass unchanged; espeak-ng's peaks reach 0.5 at the target level
_FRAME_S = 0.01
_ACTIVE_DB = -40.0  # frames so far below the loudest are pauses


def frame_rms(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float32]:
    """Return the RMS of each 10 ms frame, float32, shape (frames,); the last, shorter frame counts as whole."""
    step = round(rate_hz * _FRAME_S)
    padded = np.pad(samples, (0, -len(samples) % step))
    return np.asarray(np.sqrt(np.mean(padded.reshape(-1, step) ** 2, axis=1)), np.float32)


def speech_rms(samples: NDArray[np.float32], rate_hz: int) -> float:
    """Return the RMS of the speech in some samples, pauses left out; 0 for silence."""
    frames = frame_rms(samples, rate_hz)
    if not len(frames) or frames.max() <= 0:
        return 0.0
    active = frames[frames > frames.max() * 10 ** (_ACTIVE_DB / 20)]
    return float(np.sqrt(np.mean(active**2)))


def energy_range(samples: NDArray[np.float32], rate_hz: int) -> tuple[int, int]:
    """Return the first sample that is heard and the one after the last; (0, 0) for silence."""
    frames = frame_rms(samples, rate_hz)
    heard = np.flatnonzero(frames > max(frames.max(initial=0) * 10 ** (_ACTIVE_DB / 20), 1e-4))
    if not len(heard):
        return 0, 0
    step = round(rate_hz * _FRAME_S)
    return int(heard[0]) * step, min(int(heard[-1] + 1) * step, len(samples))


def limit(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bend what exceeds the knee softly below the ceiling, sample by sample: no state, no clipping."""
    over = np.abs(samples) - _KNEE
    if over.max(initial=0) <= 0:
        return samples
    room = CEILING - _KNEE
    bent = _KNEE + room * np.tanh(np.maximum(over, 0) / room)
    return np.where(over > 0, np.copysign(bent, samples), samples).astype(np.float32)
