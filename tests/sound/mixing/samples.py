"""Sounds to mix, and what is heard in a mix."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from phonoscope.media.sound_file import open_sound
from phonoscope.sound.mixing import Mix, MixReport, mix_to_file
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ
from tests.media.recordings import StoredSound, joined, voice


def tone(duration_s: float, frequency_hz: float = 440.0, level: float = 0.3, rate_hz: int = MIX_RATE_HZ) -> StoredSound:
    """Return a sine."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return StoredSound(np.asarray(level * np.sin(2 * np.pi * frequency_hz * time_s), np.float32), rate_hz)


def spoken(duration_s: float, rate_hz: int = 16000, level_db: float = -26.0) -> StoredSound:
    """Return something like speech, as a stream."""
    return StoredSound(voice(duration_s, rate_hz, level_db=level_db), rate_hz)


def mixed(mix: Mix, folder: Path, suffix: str = ".wav") -> tuple[NDArray[np.float32], MixReport]:
    """Return what is heard, shape (n, 2), and what is told of it."""
    path = folder / f"mix{suffix}"
    report = mix_to_file(mix, path, overwrite=True)
    return joined(open_sound(path)), report


def level_db(samples: NDArray[np.float32], start_s: float, end_s: float, rate_hz: int = MIX_RATE_HZ) -> float:
    """Return the RMS of a part."""
    part = samples[round(start_s * rate_hz) : round(end_s * rate_hz)].astype(np.float64)
    return float(10 * np.log10(np.mean(part**2) + 1e-20))
