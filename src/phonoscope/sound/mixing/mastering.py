"""The whole brought to its loudness, with its peaks held."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from phonoscope.core.errors import PhonoscopeError
from phonoscope.core.sound import Sound
from phonoscope.media.channels import to_sound_shape
from phonoscope.media.output import output_error
from phonoscope.sound.limiter import limit_peaks
from phonoscope.sound.loudness import LoudnessMeter
from phonoscope.sound.mixing.clips import CHANNELS, Planes
from phonoscope.sound.mixing.levelling import MOST_GAIN_DB
from phonoscope.sound.mixing.timeline import BLOCK
from phonoscope.sound.mixing.tracks import MIX_RATE_HZ

TOLERANCE_LU = 0.15
"""The limiter takes some loudness away; when it is more than this, the whole is made louder and limited anew."""

ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Mastered:
    """How the whole is finished: its gain, and what was measured with it."""

    gain_db: float
    loudness_lufs: float
    true_peak_dbtp: float


class Spool:
    """A mix in a file, as it is before its loudness is set: gone through as often as needed."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._meter = LoudnessMeter(MIX_RATE_HZ, peaks=False)

    def fill(self, blocks: Iterable[Planes]) -> Iterator[int]:
        """Write a mix, and yield how many samples have come after each block."""
        samples = 0
        for block in blocks:
            self._meter.take(block)
            self._file.write(np.ascontiguousarray(block.T).tobytes())
            samples += block.shape[1]
            yield samples
        self._file.flush()

    @property
    def loudness_lufs(self) -> float:
        """Integrated loudness of what was written."""
        return self._meter.report().loudness_lufs

    def __iter__(self) -> Iterator[Planes]:
        """Yield blocks of a second."""
        self._file.seek(0)
        while data := self._file.read(BLOCK * CHANNELS * 4):
            yield np.ascontiguousarray(np.frombuffer(data, np.float32).reshape(-1, CHANNELS).T)


@contextmanager
def spooled(path: Path) -> Iterator[Spool]:
    """Lend a spool in the folder of `path`; it is gone afterwards.

    Raises
    ------
    OutputError
        The disk takes no more.
    """
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent, prefix=".mix-") as file:
            yield Spool(file)
    except PhonoscopeError:
        raise
    except OSError as error:
        raise output_error(path, error) from error


class MasteredSound:
    """A spooled mix with its final gain and limiter, as a `SoundStream`."""

    def __init__(self, spool: Spool, samples: int, gain_db: float, ceiling_dbtp: float) -> None:
        self._spool = spool
        self._samples = samples
        self._gain = 10 ** (gain_db / 20)
        self._ceiling = 10 ** (ceiling_dbtp / 20)
        self.meter = LoudnessMeter(MIX_RATE_HZ)
        self.rate_hz = MIX_RATE_HZ

    @property
    def duration_s(self) -> float | None:
        """Length in seconds."""
        return self._samples / MIX_RATE_HZ

    def __iter__(self) -> Iterator[Sound]:
        """Yield consecutive blocks."""
        self.meter = LoudnessMeter(MIX_RATE_HZ)
        for planes in limit_peaks(self._spool, MIX_RATE_HZ, self._gain, self._ceiling):
            self.meter.take(planes)
            yield Sound(to_sound_shape(planes), MIX_RATE_HZ)


def first_gain_db(loudness_lufs: float, wanted_lufs: float) -> float:
    """Return the gain that would do if no peak were in the way; none for silence."""
    if math.isinf(loudness_lufs):
        return 0.0
    return min(wanted_lufs - loudness_lufs, MOST_GAIN_DB)


def settle(wanted_lufs: float, gain_db: float, attempt: Callable[[float], tuple[float, float]]) -> Mastered:
    """Write the mix with one gain after another until it is as loud as wanted.

    Parameters
    ----------
    gain_db
        To begin with.
    attempt
        Writes it with a gain, and tells its loudness and its true peak.
    """
    for _ in range(ROUNDS):
        loudness_lufs, peak_db = attempt(gain_db)
        missing = wanted_lufs - loudness_lufs
        if math.isinf(loudness_lufs) or abs(missing) <= TOLERANCE_LU or gain_db + missing > MOST_GAIN_DB:
            break
        gain_db += missing
    return Mastered(gain_db, loudness_lufs, peak_db)
