"""Sound in step with its file's clock, and in blocks of one size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from phonoscope.media.sound_decoding import Stretch

START_JITTER_S = 0.01
"""A sound track that begins this much later than the file, at most, begins with it: codecs' own delays."""

JITTER_S = 0.06
"""A gap that is no longer than this is taken for imprecise timestamps: two frames of most codecs."""

LONGEST_GAP_S = 600.0
"""A longer gap is a clock that was set anew, not silence."""


def without_gaps(stretches: Iterable[Stretch], origin_s: float) -> Iterator[Stretch]:
    """Yield the stretches, and silence where the file's clock is ahead of the sound heard so far."""
    heard_s = 0.0
    tolerance_s = START_JITTER_S
    for stretch in stretches:
        if stretch.start_s is not None:
            gap_s = stretch.start_s - origin_s - heard_s
            if tolerance_s < gap_s <= LONGEST_GAP_S:
                for samples in _in_seconds(round(gap_s * stretch.rate_hz), stretch.rate_hz):
                    quiet = np.zeros((len(stretch.planes), samples), np.float32)
                    yield Stretch(quiet, stretch.rate_hz, None)
                    heard_s += samples / stretch.rate_hz
            elif abs(gap_s) > JITTER_S:
                # The clock was set anew, or runs behind: sound is not cut away for it.
                origin_s += gap_s
        tolerance_s = JITTER_S
        yield stretch
        heard_s += stretch.planes.shape[1] / stretch.rate_hz


def _in_seconds(samples: int, rate_hz: int) -> Iterator[int]:
    """Yield parts of `samples`, each of a second at most."""
    while samples > 0:
        yield min(samples, rate_hz)
        samples -= rate_hz


def in_blocks(pieces: Iterable[NDArray[np.float32]], size: int) -> Iterator[NDArray[np.float32]]:
    """Yield the same sound, shape (channels, any), in blocks of `size` samples and a last, shorter one."""
    waiting: list[NDArray[np.float32]] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += piece.shape[1]
        if length < size:
            continue
        joined = np.concatenate(waiting, axis=1)
        whole = length - length % size
        for start in range(0, whole, size):
            yield joined[:, start : start + size]
        waiting = [joined[:, whole:].copy()]
        length -= whole
    if length:
        yield np.concatenate(waiting, axis=1)
